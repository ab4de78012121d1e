import { beforeAll, describe, expect, it } from 'vitest'
import type { Dataset } from '#engine/data/dataset.ts'
import { seededRandom, type Random } from '#engine/random.ts'
import { openRuntime, type Runtime } from '#engine/session/index.ts'
import { coverageOf, coverageText, coveredShare, FEWEST_COMPARED } from './coverage.ts'

const plane = (points: readonly (readonly number[])[]): Dataset => ({
  rows: points.length,
  features: 2,
  inputs: Float32Array.from(points.flat()),
  classes: [],
})

/** Normal points around a place, with a spread. */
function cloud(rows: number, random: Random, place = 0, spread = 1): Dataset {
  return plane(
    Array.from({ length: rows }, () => [place + spread * random.normal(), spread * random.normal()]),
  )
}

describe('the covered share', () => {
  it('counts rows with an item as near as own rows are to each other', () => {
    // Nearest other own rows are 1, 1, 1 and 3 away; with 4 rows the 95th percentile is the largest, 3.
    const own = plane([
      [0, 0],
      [1, 0],
      [2, 0],
      [5, 0],
    ])
    // From (0, 3): 3, sqrt 10, sqrt 13 and sqrt 34, so the first row alone is covered; from (5, 3) the last is too.
    expect(coveredShare(own, plane([[0, 3]]))).toBe(0.25)
    expect(
      coveredShare(
        own,
        plane([
          [0, 3],
          [5, 3],
        ]),
      ),
    ).toBe(0.5)
  })

  it('is all where items are the rows themselves, and nothing far away', () => {
    const own = cloud(100, seededRandom('own'))
    expect(coveredShare(own, own)).toBe(1)
    expect(coveredShare(own, cloud(100, seededRandom('items'), 50))).toBe(0)
  })

  it('is about .95 for as many rows of the same kind', () => {
    const own = cloud(300, seededRandom('own'))
    // 300 draws at .95 have a standard deviation of .013, the radius itself one like it: four of both.
    expect(Math.abs(coveredShare(own, cloud(300, seededRandom('items'))) - 0.95)).toBeLessThan(0.075)
  })
})

describe('coverage', () => {
  let runtime: Runtime
  beforeAll(async () => void (runtime = await openRuntime({ threads: 1 })))

  it('of rows of the same kind is chance, and is so again', async () => {
    const [own, items] = [cloud(300, seededRandom('own')), cloud(300, seededRandom('items'))]
    const once = await coverageOf(runtime, own, items, seededRandom(1))
    // Halves of 150: 2 sqrt(301 / (12 * 150 * 150)).
    expect(once?.toldApartNoise).toBeCloseTo(0.0668, 4)
    expect(Math.abs((once?.toldApart ?? 1) - 0.5)).toBeLessThan(0.1)
    expect(await coverageOf(runtime, own, items, seededRandom(1))).toEqual(once)
  })

  it('of items elsewhere says so twice', async () => {
    const found = await coverageOf(
      runtime,
      cloud(300, seededRandom('own')),
      cloud(300, seededRandom('items'), 4),
      seededRandom(1),
    )
    expect(found?.covered).toBeLessThan(0.2)
    // Unit normals 4 apart: the best possible area is Phi(4 / sqrt 2) = .998.
    expect(found?.toldApart).toBeGreaterThan(0.98)
  })

  it('of items spread too wide is high, but they are told apart', async () => {
    const found = await coverageOf(
      runtime,
      cloud(300, seededRandom('own')),
      cloud(4000, seededRandom('items'), 0, 4),
      seededRandom(1),
    )
    expect(found?.items).toBe(2000)
    expect(found?.covered).toBeGreaterThan(0.9)
    expect(found?.toldApart).toBeGreaterThan(0.75)
  })

  it('of too few rows is not told', async () => {
    const few = cloud(FEWEST_COMPARED - 1, seededRandom('few'))
    const many = cloud(FEWEST_COMPARED, seededRandom('many'))
    expect(await coverageOf(runtime, few, many, seededRandom(1))).toBeUndefined()
    expect(await coverageOf(runtime, many, few, seededRandom(1))).toBeUndefined()
  })

  it('reads as a line of a log', () => {
    expect(
      coverageText({ rows: 200, items: 2000, covered: 0.943, toldApart: 0.53, toldApartNoise: 0.04 }),
    ).toBe(
      'the transfer set covers 94 % of 200 own rows (as many others like them: about 95 %); a network tells them from 2000 items with AUROC 0.53, which is chance',
    )
  })
})
