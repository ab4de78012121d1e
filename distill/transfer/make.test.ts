import { assert, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeDataset } from '#engine/data/encode.ts'
import { rowCount, type RawData } from '#engine/data/read.ts'
import { parseFeatureSchema } from '#engine/data/schema.ts'
import { seededRandom } from '#engine/random.ts'
import { makeItems } from './make.ts'
import { smoothField } from './smooth-images.ts'

const patients = parseFeatureSchema({
  version: 1,
  features: {
    kind: 'table',
    columns: [
      { name: 'age', kind: 'numeric', center: 50, spread: 10 },
      { name: 'chol', kind: 'numeric', center: 240, spread: 60, missing: 'indicator', missingValues: ['0'] },
      { name: 'sex', kind: 'categorical', categories: ['f', 'm'], frequencies: [3, 1] },
      { name: 'pain', kind: 'categorical', categories: ['1', '2', '3'] },
    ],
  },
  target: { column: 'sick', classes: ['no', 'yes'].map((name) => ({ name, values: [name] })) },
})

const pictures = (shape: readonly number[], divideBy = 255) =>
  parseFeatureSchema({
    version: 1,
    features: { kind: 'tensor', shape, divideBy },
    target: { classes: ['0', '1'].map((name) => ({ name, values: [name] })) },
  })

const table = (columns: string, ...rows: string[]): RawData => ({
  kind: 'table',
  table: { columns: columns.split(','), rows: rows.map((row) => row.split(',')) },
})

const rowsOf = (raw: RawData) => (raw.kind === 'table' ? raw.table.rows : [])
const dataOf = (raw: RawData) => (raw.kind === 'tensor' ? raw.items.data : [])
const column = (raw: RawData, name: string) => {
  const at = raw.kind === 'table' ? raw.table.columns.indexOf(name) : -1
  return rowsOf(raw).map((cells) => cells[at] as string)
}

describe('rows made of a schema', () => {
  const made = makeItems(patients, 4000, seededRandom(1))

  it('are encoded like any other, and have no label', () => {
    const { rows, labels, inputs } = encodeDataset(patients, made, { labels: 'optional' })
    expect([rows, labels]).toEqual([4000, undefined])
    // Standardised, the first of the eight numbers of a row has mean 0 and deviation 1: 4 / sqrt(4000) is .063.
    const ages = Array.from({ length: rows }, (_, row) => inputs[8 * row] as number)
    const mean = ages.reduce((sum, age) => sum + age, 0) / rows
    const spread = Math.sqrt(ages.reduce((sum, age) => sum + (age - mean) ** 2, 0) / rows)
    expect(Math.abs(mean)).toBeLessThan(0.063)
    expect(Math.abs(spread - 1)).toBeLessThan(0.045)
  })

  it('have categories as often as the schema says, or equally often, and a tenth missing where that is flagged', () => {
    // Four standard deviations of a share p of 4000: 4 sqrt(p (1 - p) / 4000).
    const share = (name: string, cell: string) => column(made, name).filter((c) => c === cell).length / 4000
    expect(Math.abs(share('sex', 'f') - 0.75)).toBeLessThan(0.028)
    expect(Math.abs(share('pain', '2') - 1 / 3)).toBeLessThan(0.03)
    expect(Math.abs(share('chol', '') - 0.1)).toBeLessThan(0.019)
  })

  it('are the same for the same randomness, and others for other', () => {
    expect(makeItems(patients, 5, seededRandom(1))).toEqual(makeItems(patients, 5, seededRandom(1)))
    expect(makeItems(patients, 5, seededRandom(2))).not.toEqual(makeItems(patients, 5, seededRandom(1)))
  })

  it('need frequencies for each category', () => {
    const columns = [{ name: 'sex', kind: 'categorical', categories: ['f', 'm'], frequencies: [1] }]
    const said = { ...patients, features: { kind: 'table', columns } }
    expect(() => parseFeatureSchema(said)).toThrow('column "sex" does not say of each category how often')
  })
})

describe('rows mixed of samples', () => {
  const samples = table('pain,age,chol,sex,id,sick', '1,40,200,f,a,no', '2,60,0,m,b,yes', '3,50,240,f,c,no')
  const mixed = makeItems(patients, 3000, seededRandom(1), samples)

  it('begin with the samples and their labels; mixtures have none', () => {
    expect(mixed.kind === 'table' && mixed.table.columns).toEqual(['age', 'chol', 'sex', 'pain', 'sick'])
    expect(rowsOf(mixed).slice(0, 2)).toEqual([
      ['40', '200', 'f', '1', 'no'],
      ['60', '0', 'm', '2', 'yes'],
    ])
    expect(
      column(mixed, 'sick')
        .slice(3)
        .every((cell) => cell === ''),
    ).toBe(true)
    const { rows, labels } = encodeDataset(patients, mixed, { labels: 'optional' })
    expect([rows, labels?.slice(0, 4)]).toEqual([3000, Int32Array.of(0, 1, 0, -1)])
  })

  it('take categories from the samples, and keep the mean of their numbers', () => {
    expect(new Set(column(mixed, 'pain'))).toEqual(new Set(['1', '2', '3']))
    const ages = column(mixed, 'age').map(Number)
    // The samples' mean is 50. Mixtures of them with noise deviate by at most 12: four standard errors are .88.
    expect(Math.abs(ages.reduce((sum, age) => sum + age, 0) / 3000 - 50)).toBeLessThan(0.88)
  })

  it('never mix a number with a missing one', () => {
    // Spreads are tiny, so a number of this column is 200 if it is one; 100 would be half of 0, which says "missing".
    const narrow = {
      ...patients.features,
      columns: [
        {
          name: 'chol',
          kind: 'numeric',
          center: 200,
          spread: 0.1,
          missing: 'indicator',
          missingValues: ['0'],
        },
      ],
    }
    const schema = parseFeatureSchema({ ...patients, features: narrow })
    const cells = column(makeItems(schema, 400, seededRandom(1), table('chol', '0', '200', '?')), 'chol')
    const kinds = { missing: 0, empty: 0, number: 0 }
    for (const cell of cells) {
      if (cell === '?') kinds.empty++
      else if (cell === '0') kinds.missing++
      else if (Math.abs(Number(cell) - 200) < 1) kinds.number++
    }
    expect(kinds.missing + kinds.empty + kinds.number).toBe(400)
    // A third each: 133, with a standard deviation of 9.4.
    for (const times of Object.values(kinds)) expect(Math.abs(times - 133)).toBeLessThan(38)
  })

  it('have no target where the samples have none', () => {
    const unlabelled = table('age,chol,sex,pain', '40,200,f,1', '60,210,m,2')
    const made = makeItems(patients, 3, seededRandom(1), unlabelled)
    expect(made.kind === 'table' && made.table.columns).toEqual(['age', 'chol', 'sex', 'pain'])
  })

  it('need two samples, which fit the schema, and more items than those', () => {
    const make = (count: number, given: RawData) => () => makeItems(patients, count, seededRandom(1), given)
    expect(make(9, table('age,chol,sex,pain', '40,200,f,1'))).toThrow('Of 1 samples no 9 items can be mixed')
    expect(make(3, samples)).toThrow('Of 3 samples no 3 items can be mixed')
    expect(make(9, table('age', '40', '50'))).toThrow('no column "chol"')
  })
})

describe('images', () => {
  it('mixed of two are on the line between them, pixel by pixel', () => {
    const [a, b] = [
      [0, 100, 200, 40],
      [255, 0, 100, 40],
    ] as const
    const items = { shape: [2, 2, 2], data: Uint8Array.of(...a, ...b) }
    const data = dataOf(makeItems(pictures([2, 2]), 50, seededRandom(1), { kind: 'tensor', items }))
    expect(Array.from(data.slice(0, 8))).toEqual([...a, ...b])
    for (let item = 2; item < 50; item++) {
      const pixels = data.slice(4 * item, 4 * item + 4)
      const share = (pixels[0] as number) / 255
      const between = a.map((value, i) => (1 - share) * value + share * b[i]!)
      // Each pixel is rounded, the share by up to .5 / 255, which moves a pixel by up to .2.
      pixels.forEach((pixel, i) => expect(Math.abs(pixel - between[i]!)).toBeLessThanOrEqual(0.71))
    }
  })

  it('made of their shape alone are smooth, and neither all black nor all white', () => {
    const made = makeItems(pictures([28, 28]), 40, seededRandom(1))
    const data = dataOf(made)
    expect([rowCount(made), data.length, data instanceof Uint8Array]).toEqual([40, 40 * 784, true])
    let [steps, values, square] = [0, 0, 0]
    for (let i = 0; i < data.length; i++) {
      values += data[i]!
      square += data[i]! ** 2
      if (i % 28 > 0) steps += (data[i]! - data[i - 1]!) ** 2
    }
    const mean = values / data.length
    const variance = square / data.length - mean ** 2
    expect(mean).toBeGreaterThan(40)
    expect(mean).toBeLessThan(215)
    // Independent neighbours would differ by twice the variance, in square and on average.
    expect(steps / (40 * 28 * 27)).toBeLessThan(variance / 2)
  })

  it('have the range and the channels of their schema', () => {
    const data = dataOf(makeItems(pictures([8, 6, 3], 1), 10, seededRandom(1)))
    expect([data.length, data instanceof Float32Array]).toEqual([10 * 144, true])
    expect(data.every((value) => value >= 0 && value <= 1)).toBe(true)
  })

  it('are of two or three axes', () => {
    expect(() => makeItems(pictures([16]), 10, seededRandom(1))).toThrow('[16] are no images')
  })

  it('of fields of any size are finite and of about unit variance', () => {
    assert(
      property(integer({ min: 1, max: 40 }), integer({ min: 1, max: 40 }), integer(), (h, w, seed) => {
        const field = smoothField(h, w, 4, seededRandom(seed))
        expect(field.length).toBe(h * w)
        expect(field.every(Number.isFinite)).toBe(true)
      }),
    )
    const random = seededRandom('fields')
    const corners = Array.from({ length: 2000 }, () => smoothField(9, 9, 3, random)[40] as number)
    const variance = corners.reduce((sum, x) => sum + x * x, 0) / 2000
    // Of 2000 normal numbers the mean square has a standard deviation of sqrt(2 / 2000) = .032.
    expect(Math.abs(variance - 1)).toBeLessThan(0.13)
  })
})
