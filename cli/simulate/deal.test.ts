import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '#engine/random.ts'
import { dealRows, type DealOptions, type Split } from './deal.ts'
import type { Pool } from './pool.ts'

/** `wards` gives each row's ward, in a folder of one file a ward. */
function poolOf(wards: readonly string[]): Pool {
  const table = { columns: ['x', 'ward'], rows: wards.map((ward, row) => [String(row), ward]) }
  return { raw: { kind: 'table', table }, format: 'csv', rows: wards.length, folderSites: wards }
}

const labelsOf = (rows: number) => Int32Array.from({ length: rows }, (_, row) => row % 2)

function deal(pool: Pool, options: Partial<DealOptions>, seed = 1) {
  const all = { split: { kind: 'iid' }, sites: 3, holdout: 0, public: 0, ...options } satisfies DealOptions
  return dealRows(pool, labelsOf(pool.rows), all, seededRandom(seed))
}

const repeated = (ward: string, rows: number) => Array.from({ length: rows }, () => ward)
const split = fc.constantFrom<Split>(
  { kind: 'iid' },
  { kind: 'dirichlet', concentration: 0.3 },
  { kind: 'shards', perSite: 2 },
  { kind: 'folder' },
  { kind: 'column', column: 'ward' },
)
const amount = fc.oneof(fc.double({ min: 0, max: 0.4, noNaN: true }), fc.integer({ min: 1, max: 15 }))

describe('dealRows', () => {
  it('deals every row once, to the hold-out, the public or a site, and the same rows to the same seed', () => {
    fc.assert(
      fc.property(split, amount, amount, fc.integer(), (how, holdout, shown, seed) => {
        const pool = poolOf([...repeated('a', 20), ...repeated('b', 30), ...repeated('c', 25)])
        const options = { split: how, holdout, public: shown }
        const dealt = deal(pool, options, seed)
        const rows = [...dealt.holdout, ...dealt.public, ...dealt.sites.flatMap((site) => [...site.rows])]
        expect(rows.sort((a, b) => a - b)).toEqual([...Array(75).keys()])
        expect(deal(pool, options, seed)).toEqual(dealt)
      }),
    )
  })

  it('takes a fraction of each given site, and a number from all of them in proportion', () => {
    const pool = poolOf([...repeated('a', 10), ...repeated('b', 20), ...repeated('c', 70)])
    const wards = (rows: Int32Array) =>
      ['a', 'b', 'c'].map((ward) => rows.filter((row) => pool.folderSites?.[row] === ward).length)
    const fractions = deal(pool, { split: { kind: 'folder' }, holdout: 0.5, public: 0.2 })
    expect(wards(fractions.holdout)).toEqual([5, 10, 35])
    expect(wards(fractions.public)).toEqual([1, 2, 7]) // a fifth of the other half
    expect([...fractions.heldOutBySite].map(([site, rows]) => [site, rows.length])).toEqual([
      ['a', 5],
      ['b', 10],
      ['c', 35],
    ])
    // 13 of 100: 1.3, 2.6 and 9.1, of which 2.6 has the largest remainder.
    expect(wards(deal(pool, { split: { kind: 'folder' }, holdout: 13 }).holdout)).toEqual([1, 3, 9])
  })

  it('refuses to set aside all rows, or more', () => {
    const pool = poolOf(repeated('a', 10))
    expect(() => deal(pool, { public: 10 })).toThrow('There are 10 rows, too few to set 10 of them aside.')
    // The hold-out comes first: 4 rows are left.
    expect(() => deal(pool, { holdout: 6, public: 5 })).toThrow('There are 4 rows')
  })

  it('names the site that is dealt nothing, and bounds the sites', () => {
    expect(() => deal(poolOf(repeated('a', 2)), { sites: 3 })).toThrow('"site-01" is dealt no rows')
    const wards = Array.from({ length: 1001 }, (_, row) => `w${row}`)
    expect(() => deal(poolOf(wards), { split: { kind: 'folder' } })).toThrow('1001 sites')
  })

  it('needs the column or the folder that it splits by', () => {
    const { folderSites: _, ...pool } = poolOf(repeated('a', 6))
    expect(() => deal(pool, { split: { kind: 'folder' } })).toThrow('a folder with one CSV file a site')
    expect(() => deal(pool, { split: { kind: 'column', column: 'city' } })).toThrow('no column "city"')
  })
})
