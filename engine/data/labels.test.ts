/** Targets of several labels: their schema, derived or given, and what rows say of them. */
import { describe, expect, it } from 'vitest'
import { concatenate, knownRows, subset } from './dataset.ts'
import { encodeDataset } from './encode.ts'
import { inferSchema } from './infer-schema.ts'
import { parseFeatureSchema } from './schema.ts'
import { classNames, outputCount, targetColumns, taskOf } from './target.ts'

const table = (rows: readonly string[][]) => ({
  kind: 'table' as const,
  table: { columns: ['x', 'angina', 'disease'], rows },
})
const some = table([
  ['1', 'yes', '0'],
  ['2', 'no', '3'],
  ['3', '?', '1'],
])
const schema = inferSchema(some.table, { target: 'angina,disease>0', task: 'multilabel' })

describe('a schema of several labels', () => {
  it('is derived from words, with the columns that hold them left out of the features', () => {
    expect(schema.target).toEqual({
      kind: 'labels',
      labels: [
        { name: 'angina', column: 'angina', yes: ['yes'], no: ['no'] },
        { name: 'disease>0', column: 'disease', yes: ['1', '3'], no: ['0'] },
      ],
    })
    expect(schema.features).toMatchObject({ columns: [{ name: 'x' }] })
    expect([taskOf(schema), outputCount(schema)]).toEqual(['multilabel', 2])
    expect(classNames(schema)).toEqual(['angina', 'disease>0'])
    expect(targetColumns(schema)).toEqual(['angina', 'disease'])
    expect(parseFeatureSchema(JSON.parse(JSON.stringify(schema)))).toEqual(schema)
  })

  it.each([
    ['1', '2'],
    ['-1', '1'],
    ['False', 'True'],
    ['absent', 'present'],
  ])('takes %s for no and %s for yes, in any order of rows', (no, yes) => {
    for (const values of [
      [no, yes],
      [yes, no],
    ]) {
      const rows = values.map((value, at) => [String(at), value, '0'])
      const { target } = inferSchema(table([...rows, ['5', no, '2']]).table, {
        target: 'angina,disease>1',
        task: 'multilabel',
      })
      expect(target).toMatchObject({
        labels: [
          { yes: [yes], no: [no] },
          { yes: ['2'], no: ['0'] },
        ],
      })
    }
  })

  it.each([
    ['angina,disease', 'The label "disease" holds "0", "1", "3", which do not say yes or no'],
    ['angina,disease>9', 'The label "disease" is not above 9 in every row.'],
    ['angina,disease>-1', 'The label "disease" is above -1 in every row.'],
    ['angina>0,disease>0', 'The label "angina" should be a number and is "no".'],
    ['angina', 'Several labels are a list such as angina,disease>0, not "angina".'],
    ['angina,fever', 'The table has no column "fever"'],
  ])('says what is wrong with %s', (target, message) => {
    expect(() => inferSchema(some.table, { target, task: 'multilabel' })).toThrow(message)
  })

  it.each([
    ['two classes are named "a"', { name: 'a', column: 'c', yes: ['1'], no: ['0'] }],
    ['the label "b" has the value "1" twice', { name: 'b', column: 'c', yes: ['1'], no: ['1.0'] }],
    ['the target "x" is also a feature', { name: 'b', column: 'x', yes: ['1'], no: ['0'] }],
  ])('says that %s', (message, label) => {
    const labels = [{ name: 'a', column: 'c', yes: ['1'], no: ['0'] }, label]
    expect(() => parseFeatureSchema({ ...schema, target: { kind: 'labels', labels } })).toThrow(message)
  })
})

describe('rows of several labels', () => {
  it('say yes, no or nothing of each', () => {
    const dataset = encodeDataset(schema, some, { labels: 'required' })
    expect(dataset).toMatchObject({ multilabel: true, classes: ['angina', 'disease>0'] })
    expect([...dataset.marks!]).toEqual([1, -1, -1, 1, 0, 1])
    const last = subset(dataset, [2])
    expect([...last.marks!]).toEqual([0, 1])
    expect([...concatenate([last, dataset]).marks!]).toEqual([0, 1, 1, -1, -1, 1, 0, 1])
  })

  it('may say nothing where labels are optional, and must say something where they are required', () => {
    const silent = table([
      ['1', '?', '?'],
      ['2', '', '1'],
    ])
    expect([...knownRows(encodeDataset(schema, silent, { labels: 'optional' }))]).toEqual([1])
    expect(() => encodeDataset(schema, silent, { labels: 'required' })).toThrow(
      'Row 1: none of its labels is known.',
    )
    const without = { kind: 'table' as const, table: { columns: ['x'], rows: [['1']] } }
    const unlabelled = encodeDataset(schema, without, { labels: 'optional' })
    expect([unlabelled.multilabel, unlabelled.marks]).toEqual([true, undefined])
  })

  it('may not say what the schema does not know', () => {
    expect(() => encodeDataset(schema, table([['1', 'perhaps', '0']]), { labels: 'optional' })).toThrow(
      'Row 1: the label "angina" is "perhaps", which says neither yes nor no: "yes", "no".',
    )
  })
})
