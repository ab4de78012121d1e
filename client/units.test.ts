import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Dataset } from '#engine/data/dataset.ts'
import { subset } from '#engine/data/dataset.ts'
import { ready } from '#privacy/crypto.ts'
import { identityOf } from '#privacy/identity.ts'
import { partUnits } from './data.ts'
import { partByUnit, rowsByUnit, unitKeyOf } from './units.ts'

beforeAll(() => ready)

const key = new Uint8Array(32).fill(3)

/** One row a number, its own value; of these people, where told. */
function dataset(values: readonly number[], units?: readonly string[]): Dataset {
  const labels = Int32Array.from(values, () => 0)
  const inputs = Float32Array.from(values)
  return { rows: values.length, features: 1, inputs, labels, classes: ['a', 'b'], ...(units && { units }) }
}
const valuesIn = ({ inputs }: Dataset, parts: readonly Int32Array[]) =>
  parts.map((rows) => [...rows].map((row) => inputs[row]))

describe('the parts of a dataset', () => {
  it('change for nobody else when one row is gone', () => {
    const values = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 60 })
    fc.assert(
      fc.property(values, fc.nat(), (all, at) => {
        const gone = all[at % all.length]!
        const rest = all.filter((value) => value !== gone)
        const before = valuesIn(dataset(all), partByUnit(dataset(all), key, 7))
        const after = valuesIn(dataset(rest), partByUnit(dataset(rest), key, 7))
        expect(after).toEqual(before.map((part) => part.filter((value) => value !== gone)))
      }),
    )
  })

  it('hold each person whole, and so do training and validation', () => {
    const people = Array.from({ length: 300 }, (_, i) => `p${i % 40}`)
    const data = dataset([...people.keys()], people)
    const parts = partByUnit(data, key, 10)
    const places = new Map<string, Set<number>>()
    parts.forEach((rows, part) =>
      rows.forEach((row) => places.set(people[row]!, (places.get(people[row]!) ?? new Set()).add(part))),
    )
    expect([...places.values()].every(({ size }) => size === 1)).toBe(true)
    const { training, validation } = partUnits(data, 0.3, key)
    expect(training.rows + validation.rows).toBe(300)
    expect(validation.rows).toBeGreaterThan(0)
    expect(validation.units?.some((unit) => training.units?.includes(unit))).toBe(false)
    expect(rowsByUnit(data).map((rows) => rows.length)).toEqual([
      ...Array.from({ length: 20 }, () => 8), // 300 = 7 * 40 + 20
      ...Array.from({ length: 20 }, () => 7),
    ])
  })

  it('are about equal, and others under another key', () => {
    const data = dataset([...Array(5000).keys()])
    const sizes = partByUnit(data, key, 10).map(({ length }) => length)
    // Binomial(5000, 1/10): 500 give or take 21.2; five deviations.
    for (const size of sizes) expect(Math.abs(size - 500)).toBeLessThan(106)
    expect(partByUnit(data, unitKeyOf(identityOf(key)), 10)).not.toEqual(partByUnit(data, key, 10))
    expect(unitKeyOf(identityOf(key))).toEqual(unitKeyOf(identityOf(key)))
    expect(subset(data, [1]).units).toBeUndefined()
  })
})
