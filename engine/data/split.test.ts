import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../random.ts'
import { classCounts, concatenate, oneHot, subset, type Dataset } from './dataset.ts'
import * as split from './split.ts'

const { allRows, holdOut } = split
const ascending = (rows: Iterable<number>) => [...rows].sort((a, b) => a - b)

/** A scattering of row indices, labels for the whole dataset, and a number of sites. */
const cases = fc.record({
  rows: fc.uniqueArray(fc.nat(199), { minLength: 20, maxLength: 120 }).map((rows) => Int32Array.from(rows)),
  labels: fc.array(fc.nat(4), { minLength: 200, maxLength: 200 }).map((labels) => Int32Array.from(labels)),
  sites: fc.integer({ min: 1, max: 10 }),
  seed: fc.nat(),
})

describe('every split', () => {
  const deals: [
    string,
    (c: { rows: Int32Array; labels: Int32Array; sites: number; seed: number }) => split.SiteRows[],
  ][] = [
    ['iid', ({ rows, sites, seed }) => split.splitIid(rows, sites, seededRandom(seed))],
    [
      'dirichlet',
      ({ rows, labels, sites, seed }) => split.splitDirichlet(rows, labels, sites, 0.1, seededRandom(seed)),
    ],
    [
      'shards',
      ({ rows, labels, sites, seed }) => split.splitShards(rows, labels, sites, 2, seededRandom(seed)),
    ],
    ['value', ({ rows, labels }) => split.splitByValue(rows, [...labels].map(String))],
  ]
  it.each(deals)('%s deals each row exactly once, to no empty site, the same way for a seed', (_, deal) => {
    fc.assert(
      fc.property(cases, (c) => {
        const sites = deal(c)
        expect(ascending(sites.flatMap(({ rows }) => [...rows]))).toEqual(ascending(c.rows))
        expect(sites.every(({ rows }) => rows.length > 0)).toBe(true)
        expect(new Set(sites.map(({ site }) => site)).size).toBe(sites.length)
        expect(deal(c)).toEqual(sites)
      }),
      { numRuns: 50 },
    )
  })
})

describe('holdOut', () => {
  it('parts the rows without loss and takes the amount asked for', () => {
    fc.assert(
      fc.property(
        cases,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        ({ rows, labels, seed }, fraction) => {
          for (const by of [undefined, labels]) {
            const { kept, held } = holdOut(rows, fraction, seededRandom(seed), by)
            expect(ascending([...kept, ...held])).toEqual(ascending(rows))
            expect(held.length).toBe(Math.round(fraction * rows.length))
          }
        },
      ),
    )
  })

  it('keeps the mix of classes when stratified', () => {
    const labels = Int32Array.from({ length: 100 }, (_, row) => (row < 30 ? 1 : 0))
    const { held } = holdOut(allRows(100), 0.2, seededRandom(1), labels)
    expect(
      classCounts(
        held.map((row) => labels[row] ?? 0),
        2,
      ),
    ).toEqual([14, 6])
  })

  it('takes a count when the amount is 1 or more', () => {
    expect(holdOut(allRows(100), 7, seededRandom(1)).held).toHaveLength(7)
  })
})

describe('the character of a split', () => {
  const labels = Int32Array.from({ length: 1000 }, (_, row) => row % 10)
  const distinct = (rows: Int32Array) => new Set([...rows].map((row) => labels[row])).size

  it('one shard each with as many sites as classes is one class a site', () => {
    const sites = split.splitShards(allRows(1000), labels, 10, 1, seededRandom(3))
    expect(sites.map(({ rows }) => distinct(rows))).toEqual(Array.from({ length: 10 }, () => 1))
  })

  it('a small Dirichlet concentration skews the labels and a large one does not', () => {
    const largestShare = (concentration: number) => {
      const [first] = split.splitDirichlet(allRows(1000), labels, 4, concentration, seededRandom(5))
      const counts = classCounts(
        Int32Array.from(first?.rows ?? [], (row) => labels[row] ?? 0),
        10,
      )
      return Math.max(...counts) - Math.min(...counts)
    }
    expect(largestShare(0.1)).toBeGreaterThan(60) // of 100 rows a class
    expect(largestShare(10_000)).toBeLessThan(10)
  })

  it('rounds by largest remainder', () => {
    // 5 x (.5, .3, .2) = 2.5, 1.5, 1: one left over, and the tie at .5 goes to the first.
    expect(split.largestRemainder([5, 3, 2], 5)).toEqual([3, 1, 1])
    expect(split.largestRemainder([0, 0], 3)).toEqual([2, 1])
  })
})

describe('readAssignment', () => {
  const read = (text: string, rows: number) => split.readAssignment(new TextEncoder().encode(text), rows)
  it('reads a site for each row, in any order', () => {
    expect(read('row,site\n1,b\n0,a\n', 2)).toEqual(['a', 'b'])
  })
  it.each([
    ['row,site\n0,a\n', 'leaves out row 1'],
    ['row,site\n0,a\n0,b\n', 'row 0 twice'],
    ['row,site\n0,a\n2,b\n', 'names row "2"'],
    ['index,site\n0,a\n', 'columns "row" and "site"'],
  ])('refuses %j', (text, message) => {
    expect(() => read(text, 2)).toThrow(message)
  })
})

describe('datasets', () => {
  const dataset: Dataset = {
    rows: 3,
    features: 2,
    inputs: Float32Array.of(1, 2, 3, 4, 5, 6),
    labels: Int32Array.of(0, 1, -1),
    classes: ['a', 'b'],
  }
  it('subset and concatenate keep inputs and labels together', () => {
    const both = concatenate([subset(dataset, [2, 0]), dataset])
    expect(both.inputs).toEqual(Float32Array.of(5, 6, 1, 2, 1, 2, 3, 4, 5, 6))
    expect(both.labels).toEqual(Int32Array.of(-1, 0, 0, 1, -1))
  })
  it('one-hot leaves unlabelled rows at zero', () => {
    expect(oneHot(dataset.labels ?? new Int32Array(), 2)).toEqual(Float32Array.of(1, 0, 0, 1, 0, 0))
  })
})
