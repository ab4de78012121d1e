import { describe, expect, it } from 'vitest'
import type { Table } from './csv.ts'
import { encodeDataset } from './encode.ts'
import { inferSchema } from './infer-schema.ts'
import { parseFeatureSchema } from './schema.ts'
import { classNames } from './target.ts'

// Ages 20, 22, ..., 42: twelve distinct numbers, mean 31, variance 4 (12^2 - 1) / 12 = 47.667.
const ages = Array.from({ length: 12 }, (_, i) => 20 + 2 * i)
const table: Table = {
  columns: ['age', 'cp', 'chol', 'empty', 'target'],
  rows: ages.map((age, i) => [`${age}`, `${(i % 3) + 1}.0`, i === 0 ? '?' : `${i / 10}`, '', `${i % 4}`]),
}

describe('inferSchema', () => {
  const schema = inferSchema(table, { target: 'target', positiveAbove: 0 })

  it('tells numbers from codes, flags columns with gaps and leaves out empty ones', () => {
    expect(parseFeatureSchema(JSON.parse(JSON.stringify(schema)))).toEqual(schema)
    expect(schema.features).toMatchObject({
      columns: [
        { name: 'age', kind: 'numeric', center: 31, spread: 6.90411, missing: 'reject' },
        { name: 'cp', kind: 'categorical', categories: ['1', '2', '3'], missing: 'reject' },
        { name: 'chol', kind: 'numeric', missing: 'indicator' },
      ],
    })
    expect(schema.target).toMatchObject({
      classes: [
        { name: 'negative', values: ['0'] },
        { name: 'positive', values: ['1', '2', '3'] },
      ],
    })
  })

  it('encodes the table it came from', () => {
    const dataset = encodeDataset(schema, { kind: 'table', table }, { labels: 'required' })
    expect(dataset).toMatchObject({ rows: 12, features: 1 + 3 + 2 })
    expect([...(dataset.labels ?? [])].filter((label) => label === 0)).toHaveLength(3)
  })

  it('takes statistics from the rows named', () => {
    const { features } = inferSchema(table, {
      target: 'target',
      columns: ['age'],
      statisticsFrom: Int32Array.of(0, 2),
    })
    expect(features).toMatchObject({ columns: [{ center: 22, spread: 2 }] }) // ages 20 and 24
  })

  it('makes each target value a class unless told otherwise, and reads codes as categories on demand', () => {
    const other = inferSchema(table, { target: 'target', columns: ['age'], categorical: ['age'] })
    expect(classNames(other)).toEqual(['0', '1', '2', '3'])
    expect(other.features).toMatchObject({ columns: [{ kind: 'categorical' }] })
  })

  it('refuses free text and unknown columns', () => {
    const notes: Table = {
      columns: ['note', 'target'],
      rows: Array.from({ length: 101 }, (_, i) => [`patient ${i}`, `${i % 2}`]),
    }
    expect(() => inferSchema(notes, { target: 'target' })).toThrow(
      expect.objectContaining({ code: 'DATA_BAD_VALUE' }),
    )
    expect(() => inferSchema(table, { target: 'outcome' })).toThrow(
      expect.objectContaining({ code: 'DATA_MISSING_COLUMN' }),
    )
  })
})
