import { describe, expect, it } from 'vitest'
import type { Table } from './csv.ts'
import { UNLABELLED } from './dataset.ts'
import { encodeDataset, type EncodeOptions } from './encode.ts'
import { EngineError } from '../errors.ts'
import { featureCount, featureNames, parseFeatureSchema } from './schema.ts'

const schema = parseFeatureSchema({
  version: 1,
  features: {
    kind: 'table',
    columns: [
      { name: 'age', kind: 'numeric', center: 50, spread: 10 },
      { name: 'chol', kind: 'numeric', center: 200, spread: 50, missing: 'indicator', missingValues: ['0'] },
      { name: 'cp', kind: 'categorical', categories: ['1', '2', 'none'], missing: 'none' },
    ],
  },
  target: {
    column: 'target',
    classes: [
      { name: 'healthy', values: ['0'] },
      { name: 'ill', values: ['1', '2'] },
    ],
  },
})

const table = (...rows: string[][]): Table => ({ columns: ['target', 'cp', 'age', 'chol', 'unused'], rows })
const encode = (rows: string[][], labels: EncodeOptions['labels'] = 'required') =>
  encodeDataset(schema, { kind: 'table', table: table(...rows) }, { labels })

describe('encodeDataset of tables', () => {
  it('centres, scales, one-hots, flags what is missing and groups classes', () => {
    const dataset = encode([
      ['0', '2.0', '63', '240', 'x'],
      ['2', 'none', '50', '?', 'x'],
      ['1.0', '', '40', '0.0', 'x'],
    ])
    expect(featureNames(schema)).toEqual(['age', 'chol', 'chol missing', 'cp=1', 'cp=2', 'cp=none'])
    expect(featureCount(schema)).toBe(6)
    // (63 - 50) / 10 = 1.3, (240 - 200) / 50 = .8; then 0; then (40 - 50) / 10 = -1, chol 0 means missing.
    expect(dataset.inputs).toEqual(
      Float32Array.from(
        [
          [1.3, 0.8, 0, 0, 1, 0],
          [0, 0, 1, 0, 0, 1],
          [-1, 0, 1, 0, 0, 0],
        ].flat(),
      ),
    )
    expect(dataset).toMatchObject({ rows: 3, features: 6, classes: ['healthy', 'ill'] })
    expect([...(dataset.labels ?? [])]).toEqual([0, 1, 1])
  })

  it('clips numbers to eight spreads', () => {
    expect(encode([['0', '1', '1e9', '-1e9', '']]).inputs.slice(0, 2)).toEqual(Float32Array.of(8, -8))
  })

  it('reads labels where there are any, when they are optional', () => {
    expect([
      ...(encode(
        [
          ['0', '1', '1', '1', ''],
          ['?', '1', '1', '1', ''],
        ],
        'optional',
      ).labels ?? []),
    ]).toEqual([0, UNLABELLED])
    expect(encode([['', '1', '1', '1', '']], 'optional').labels).toBeUndefined()
    expect(encode([['nonsense', '1', '1', '1', '']], 'none').labels).toBeUndefined()
    const bare: Table = { columns: ['cp', 'age', 'chol'], rows: [['1', '1', '1']] }
    expect(
      encodeDataset(schema, { kind: 'table', table: bare }, { labels: 'optional' }).labels,
    ).toBeUndefined()
  })

  it.each([
    [['0', '1', 'old', '1', ''], 'DATA_BAD_VALUE', 'Row 1: column "age" should be a number and is "old".'],
    [['0', '1', '0x10', '1', ''], 'DATA_BAD_VALUE', '"age"'],
    [['0', '1', 'Infinity', '1', ''], 'DATA_BAD_VALUE', '"age"'],
    [['0', '1', 'NA', '1', ''], 'DATA_MISSING_VALUE', 'Row 1: column "age" is missing.'],
    [
      ['0', '3', '1', '1', ''],
      'DATA_UNKNOWN_CATEGORY',
      'Row 1: column "cp" is "3", which is none of "1", "2", "none".',
    ],
    [['', '1', '1', '1', ''], 'DATA_MISSING_VALUE', 'Row 1: the target "target" is missing.'],
    [['7', '1', '1', '1', ''], 'DATA_UNKNOWN_CATEGORY', 'the target "target" is "7"'],
  ])('refuses the row %j', (row, code, message) => {
    expect(() => encode([row])).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    )
  })

  it('names a missing column and what there is', () => {
    const other: Table = { columns: ['age', 'target'], rows: [['1', '0']] }
    expect(() => encodeDataset(schema, { kind: 'table', table: other }, { labels: 'none' })).toThrow(
      expect.objectContaining({
        code: 'DATA_MISSING_COLUMN',
        message: 'The file has no column "chol"; it has "age", "target".',
      }),
    )
  })
})

describe('encodeDataset of tensors', () => {
  const images = parseFeatureSchema({
    version: 1,
    features: { kind: 'tensor', shape: [1, 2], divideBy: 255 },
    target: {
      classes: [
        { name: 'a', values: ['3'] },
        { name: 'b', values: ['8'] },
      ],
    },
  })
  const items = { shape: [2, 1, 2], data: Uint8Array.of(0, 255, 51, 102) }
  const labels = { shape: [2], data: Uint8Array.of(8, 3) }

  it('divides, flattens and maps labels', () => {
    const dataset = encodeDataset(images, { kind: 'tensor', items, labels }, { labels: 'required' })
    expect(dataset).toMatchObject({ rows: 2, features: 2 })
    expect(dataset.inputs).toEqual(Float32Array.of(0, 1, 0.2, 0.4))
    expect([...(dataset.labels ?? [])]).toEqual([1, 0])
  })

  it.each([
    [{ items: { ...items, shape: [2, 2, 1] }, labels }, 'DATA_FORMAT'],
    [{ items, labels: { shape: [1], data: Uint8Array.of(8) } }, 'DATA_FORMAT'],
    [{ items, labels: { shape: [2], data: Uint8Array.of(8, 4) } }, 'DATA_UNKNOWN_CATEGORY'],
    [{ items }, 'DATA_MISSING_COLUMN'],
    [{ items: { ...items, data: Float32Array.of(0, NaN, 0, 0) }, labels }, 'DATA_BAD_VALUE'],
  ])('refuses %#', (raw, code) => {
    expect(() => encodeDataset(images, { kind: 'tensor', ...raw }, { labels: 'required' })).toThrow(
      expect.objectContaining({ code }),
    )
  })

  it('refuses a file of the other kind', () => {
    expect(() => encodeDataset(schema, { kind: 'tensor', items }, { labels: 'none' })).toThrow(
      'describes a table',
    )
  })
})

describe('parseFeatureSchema', () => {
  it('takes what it costs to miss a class, 1 where only others say', () => {
    const classes = [
      { name: 'good', values: ['1'] },
      { name: 'bad', values: ['2'], cost: 5 },
    ]
    const features = { kind: 'table', columns: [{ name: 'x', kind: 'numeric', center: 0, spread: 1 }] }
    const priced = (some: object) =>
      parseFeatureSchema({ version: 1, features, target: { column: 'y', classes: some } })
    const table: Table = { columns: ['x', 'y'], rows: [['3', '2']] }
    const encode = (some: object) =>
      encodeDataset(priced(some), { kind: 'table', table }, { labels: 'required' })
    expect(encode(classes).costs).toEqual([1, 5])
    expect(encode(classes.map(({ name, values }) => ({ name, values }))).costs).toBeUndefined()
    expect(() => priced([classes[0]!, { ...classes[1]!, cost: 0 }])).toThrow(EngineError)
  })

  const [age] = schema.features.kind === 'table' ? schema.features.columns : []
  const withColumns = (...columns: unknown[]) => ({ ...schema, features: { kind: 'table', columns } })
  it.each([
    [{ ...schema, version: 2 }, 'version'],
    [{ ...schema, extra: 1 }, 'extra'],
    [withColumns(age, age), 'two columns are named "age"'],
    [withColumns({ ...age, name: 'target' }), 'the target "target" is also a feature'],
    [withColumns({ ...age, spread: 0 }), 'features.columns.0.spread'],
    [withColumns({ name: 'c', kind: 'categorical', categories: ['1', '1.0'] }), 'has the category "1" twice'],
    [
      {
        ...schema,
        target: {
          classes: [
            { name: 'a', values: ['1'] },
            { name: 'b', values: ['1.0'] },
          ],
        },
      },
      'two classes',
    ],
  ])('refuses schema %#, naming what is wrong', (json, message) => {
    expect(() => parseFeatureSchema(json)).toThrow(
      expect.objectContaining({ code: 'DATA_FORMAT', message: expect.stringContaining(message) }),
    )
  })
})
