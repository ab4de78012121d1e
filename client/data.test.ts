import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { featureSchemaSchema } from '#engine/data/schema.ts'
import { ready } from '#privacy/crypto.ts'
import { tempFolder } from '../test/support/temp-folder.ts'
import { fileDataSource, givenDataSource, partRows } from './data.ts'

beforeAll(() => ready)

const schema = featureSchemaSchema.parse({
  version: 1,
  features: {
    kind: 'table',
    columns: [
      { name: 'age', kind: 'numeric', center: 50, spread: 10, missing: 'reject' },
      { name: 'sex', kind: 'categorical', categories: ['f', 'm'], missing: 'reject' },
    ],
  },
  target: {
    column: 'ill',
    classes: [
      { name: 'no', values: ['0'] },
      { name: 'yes', values: ['1'] },
    ],
  },
})

async function reading(text: string, options: { target?: string; columns?: string[] } = {}) {
  const file = path.join(await tempFolder(), 'rows.csv')
  await writeFile(file, text)
  const { target, columns } = options
  const data = { path: file, format: 'csv' as const, ...(columns && { columns }) }
  return fileDataSource({ data, ...(target !== undefined && { target }) })(schema)
}

const coded = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) })

describe('a data file', () => {
  it('becomes rows by the shared schema', async () => {
    const { dataset } = await reading('ill,age,sex\n1,60,m\n0,45,f\n')
    expect([...dataset.inputs]).toEqual([1, 0, 1, -0.5, 1, 0]) // (60 - 50) / 10, one-hot m; (45 - 50) / 10, one-hot f
    expect([...(dataset.labels ?? [])]).toEqual([1, 0])
  })

  it('may have no header and call its target otherwise', async () => {
    const { dataset } = await reading('60,m,1\n', { columns: ['age', 'sex', 'outcome'], target: 'outcome' })
    expect([...(dataset.labels ?? [])]).toEqual([1])
  })

  it('cannot call one of several columns to predict otherwise', async () => {
    const label = (name: string) => ({ name, column: name, yes: ['1'], no: ['0'] })
    const several = { ...schema, target: { kind: 'labels' as const, labels: [label('ill'), label('sad')] } }
    const file = path.join(await tempFolder(), 'rows.csv')
    await writeFile(file, 'age,sex,sick,sad\n50,f,0,1\n')
    await expect(
      fileDataSource({ data: { path: file, format: 'csv' }, target: 'sick' })(several),
    ).rejects.toEqual(coded('CONFIG_INVALID', /renamed to "sick" where ill, sad are predicted/))
  })

  it('has a hash that follows its bytes and how it is read', async () => {
    const one = await reading('age,sex,ill,other\n60,m,1,0\n')
    const same = await reading('age,sex,ill,other\n60,m,1,0\n')
    const changed = await reading('age,sex,ill,other\n61,m,1,0\n')
    const retargeted = await reading('age,sex,ill,other\n60,m,1,0\n', { target: 'other' })
    expect(same.dataHash).toBe(one.dataHash)
    expect(new Set([one, changed, retargeted].map(({ dataHash }) => dataHash)).size).toBe(3)
  })

  it('is refused in one sentence that names file, row, column and value', async () => {
    await expect(reading('')).rejects.toEqual(coded('DATA_EMPTY', /^rows\.csv: /))
    await expect(reading('age,sex,ill\n')).rejects.toEqual(coded('DATA_EMPTY', /^rows\.csv: /))
    await expect(reading('age,ill\n60,1\n')).rejects.toEqual(
      coded('DATA_MISSING_COLUMN', /rows\.csv: .*"sex"/),
    )
    await expect(reading('age,sex,ill\n60,x,1\n')).rejects.toEqual(
      coded('DATA_UNKNOWN_CATEGORY', /rows\.csv: Row 1: .*"sex" is "x"/),
    )
    await expect(reading('age,sex,ill\n60,m,\n')).rejects.toEqual(coded('DATA_MISSING_VALUE', /Row 1.*"ill"/))
    await expect(reading('age,sex,ill\nold,m,1\n')).rejects.toEqual(coded('DATA_BAD_VALUE', /"age".*"old"/))
    const gone = fileDataSource({ data: { path: '/nowhere/rows.csv', format: 'csv' } })
    await expect(gone(schema)).rejects.toEqual(
      coded('DATA_UNREADABLE', /rows\.csv cannot be read: the path does not exist/),
    )
  })
})

describe('parting the rows', () => {
  const rows = 50
  const dataset = {
    rows,
    features: 1,
    inputs: Float32Array.from({ length: rows }, (_, row) => row),
    labels: Int32Array.from({ length: rows }, (_, row) => (row % 5 === 0 ? 1 : 0)), // 10 of class 1
    classes: ['no', 'yes'],
  }

  it('loses and repeats none, gives each class its share, and follows the seed', () => {
    const { training, validation } = partRows(dataset, 0.2, 1)
    expect([...training.inputs, ...validation.inputs].sort((a, b) => a - b)).toEqual([...dataset.inputs])
    expect(validation.labels?.filter((label) => label === 1)).toHaveLength(2) // a fifth of 10
    expect(validation.rows).toBe(10)
    expect(partRows(dataset, 0.2, 1)).toEqual({ training, validation })
    expect(partRows(dataset, 0.2, 2).validation.inputs).not.toEqual(validation.inputs)
  })

  it('keeps a row to train on, and none apart when asked for none', () => {
    const single = { ...dataset, rows: 1, inputs: Float32Array.of(3), labels: Int32Array.of(1) }
    expect(partRows(single, 0.9, 1).training.rows).toBe(1)
    expect(partRows(dataset, 0, 1).validation.rows).toBe(0)
  })

  it('of given rows starts from a hash of their values', async () => {
    const hashOf = async (change: object) =>
      (await givenDataSource({ ...dataset, ...change })(schema)).dataHash
    expect(await hashOf({})).toBe(await hashOf({}))
    expect(await hashOf({})).not.toBe(await hashOf({ labels: new Int32Array(rows) }))
    const marked = (mark: number) => ({ marks: new Float32Array(rows).fill(mark) })
    expect(await hashOf(marked(1))).not.toBe(await hashOf(marked(-1)))
    const ofHead = (value: number) => ({
      heads: [{ name: 'age', classes: [], values: new Float32Array(rows).fill(value) }],
    })
    expect(await hashOf(ofHead(1))).not.toBe(await hashOf(ofHead(2)))
  })
})
