/**
 * The claim of graph-parameters.ts about a malicious coordinator, on circles small enough to try everything: every
 * choice of corrupt sites and of sites that help to unmask.
 */
import { describe, expect, it } from 'vitest'

const SITES = 12
const T = 5 // 2 t = 10 exceeds six neighbours and three corrupt sites, not four.

const bits = (set: number): number => {
  let count = 0
  for (let rest = set; rest > 0; rest &= rest - 1) count++
  return count
}

/** Of site 0: places 1, 2, 3 and 11, 10, 9; of the others, turned. */
const NEIGHBOURS = Array.from({ length: SITES }, (_, site) =>
  [1, 2, 3, 9, 10, 11].reduce((set, step) => set | (1 << ((site + step) % SITES)), 0),
)
const ALL = (1 << SITES) - 1

const reach = (set: number): number => {
  let near = 0
  for (let site = 0; site < SITES; site++) if ((set >> site) & 1) near |= NEIGHBOURS[site]!
  return near
}

/**
 * How many sets of honest sites can be told the sum of, with so many in league, without every other honest site being
 * next to one of them: each member has `T` neighbours in the set, or in league, that give shares.
 */
function partialSums(corrupt: number): number {
  let found = 0
  for (let league = 0; league <= ALL; league++) {
    if (bits(league) !== corrupt) continue
    const honest = ALL & ~league
    for (let set = honest; set > 0; set = (set - 1) & honest) {
      if ((set | league | reach(set)) === ALL) continue
      let enough = true
      for (let site = 0; enough && site < SITES; site++)
        if ((set >> site) & 1) enough = bits(NEIGHBOURS[site]! & (set | league)) >= T
      if (enough) found++
    }
  }
  return found
}

describe('on any circle', () => {
  it('no sum can be bared that leaves a site out of its sight while 2 t exceeds the degree and all in league', () => {
    expect(partialSums(2)).toBe(0)
    expect(partialSums(3)).toBe(0)
  })

  it('but with one more in league, two at either end of a run of sites, one can', () => {
    expect(partialSums(4)).toBeGreaterThan(0)
  })
})
