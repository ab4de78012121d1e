/** Several targets of one row: their schema, given or from words, and what rows say of each. */
import { describe, expect, it } from 'vitest'
import { concatenate, datasetViews, knownRows, subset } from './dataset.ts'
import { encodeDataset } from './encode.ts'
import { inferSchema } from './infer-schema.ts'
import { readTargets } from './infer-targets.ts'
import { parseFeatureSchema } from './schema.ts'
import { classNames, headShapes, outputCount, targetColumns, targetViews, taskOf } from './target.ts'

const table = (rows: readonly string[][], columns = ['x', 'stage', 'pulse', 'angina', 'fever']) => ({
  kind: 'table' as const,
  table: { columns, rows },
})
const some = table([
  ['1', '0', '100', 'yes', '0'],
  ['2', '3', '?', 'no', '?'],
  ['3', '?', '140', '?', '?'],
])
const words = 'risk=stage>0, pulse:number, findings=angina+fever>-1:labels'
const schema = inferSchema(table([...some.table.rows, ['4', '1', '120', 'no', '-1']]).table, {
  target: words,
  task: 'multitask',
})
const target = schema.target as Extract<typeof schema.target, { kind: 'several' }>
const [risk, pulse] = target.targets

describe('a schema of several targets', () => {
  it('is derived from words, with all their columns left out of the features', () => {
    // The three pulses 100, 140, 120 have the mean 120 and the variance 800 / 3.
    expect(target.targets).toEqual([
      {
        name: 'risk',
        target: {
          column: 'stage',
          classes: [
            { name: 'negative', values: ['0'] },
            { name: 'positive', values: ['1', '3'] },
          ],
        },
      },
      { name: 'pulse', target: { kind: 'numeric', column: 'pulse', center: 120, spread: 16.3299 } },
      {
        name: 'findings',
        target: {
          kind: 'labels',
          labels: [
            { name: 'angina', column: 'angina', yes: ['yes'], no: ['no'] },
            { name: 'fever>-1', column: 'fever', yes: ['0'], no: ['-1'] },
          ],
        },
      },
    ])
    expect(schema.features).toMatchObject({ columns: [{ name: 'x' }] })
    expect(parseFeatureSchema(JSON.parse(JSON.stringify(schema)))).toEqual(schema)
  })

  it('centres a number by the public rows alone', () => {
    const statisticsFrom = Int32Array.of(0, 2)
    const { target: ofTwo } = inferSchema(some.table, {
      target: 'stage>0,pulse:number',
      task: 'multitask',
      statisticsFrom,
    })
    expect(ofTwo).toMatchObject({ targets: [{}, { target: { center: 120, spread: 20 } }] })
  })

  it('is each target alone, and their outputs side by side', () => {
    expect([taskOf(schema), outputCount(schema), classNames(schema)]).toEqual(['multitask', 6, []])
    expect(headShapes(schema)).toEqual([
      { name: 'risk', task: 'classify', outputs: 2 },
      { name: 'pulse', task: 'regress', outputs: 2 },
      { name: 'findings', task: 'multilabel', outputs: 2 },
    ])
    expect(targetViews(schema).map(classNames)).toEqual([
      ['negative', 'positive'],
      [],
      ['angina', 'fever>-1'],
    ])
    expect(targetColumns(schema)).toEqual(['stage', 'pulse', 'angina', 'fever'])
  })

  const parse = (targets: readonly unknown[], change: object = {}) =>
    parseFeatureSchema({ ...schema, target: { kind: 'several', targets }, ...change })
  const inColumn = (column: string) => ({ ...pulse!.target, column })

  it.each<[string, readonly unknown[]]>([
    ['two targets are named "risk"', [risk, { ...pulse, name: 'risk' }]],
    ['the target "x" is also a feature', [risk, { name: 'again', target: inColumn('x') }]],
    [
      'the value "1" belongs to two classes',
      [
        pulse,
        {
          name: 'risk',
          target: {
            column: 'stage',
            classes: [
              { name: 'a', values: ['1'] },
              { name: 'b', values: ['1.0'] },
            ],
          },
        },
      ],
    ],
    ['must be a letter, then letters, digits or _, 40 at most', [risk, { ...pulse, name: '2nd' }]],
    ['must be a letter', [risk, { ...pulse, name: 'p'.repeat(41) }]],
    ['at target.targets', [risk]],
    ['at target.targets.1.target', [risk, { name: 'nest', target }]],
  ])('says that %s', (message, targets) => {
    expect(() => parse(targets)).toThrow(message)
  })

  it('may predict one column in two ways, and has no unit among them', () => {
    const both = [risk, { name: 'stage', target: inColumn('stage') }]
    expect(targetColumns(parse(both))).toEqual(['stage'])
    expect(() => parse(both, { unit: 'stage' })).toThrow('the unit "stage" is also a feature or the target')
  })

  it('is of a table', () => {
    const features = { kind: 'tensor', shape: [2], divideBy: 1 }
    expect(() => parse([risk, pulse], { features })).toThrow('a tensor has no column that could hold')
  })
})

describe('targets in words', () => {
  it('are named by their columns, or as they are told', () => {
    expect(readTargets('num>0.5, st depression:number ,1st:class,f=a+b>2:labels,a+b:labels')).toEqual([
      { name: 'num', task: 'classify', target: 'num', positiveAbove: 0.5 },
      { name: 'st_depression', task: 'regress', target: 'st depression' },
      { name: 't1st', task: 'classify', target: '1st' },
      { name: 'f', task: 'multilabel', target: 'a,b>2' },
      { name: 'a_b', task: 'multilabel', target: 'a,b' },
    ])
  })

  it.each([
    ['num>0', 'Several targets are a list such as num>0,chol:number, not "num>0".'],
    ['num>0,chol:real', 'The target "chol:real" is a class, number, labels, not "real".'],
    ['num>0,chol:toString', 'is a class, number, labels, not "toString"'],
    ['num>0,num:number', 'Two targets are named "num"; give one a name of its own, such as other=num.'],
    ['num>x,chol', 'The target "num>x" does not say above which number a row is positive.'],
    ['num>,chol', 'The target "num>" does not say above'],
    ['num>1>2,chol', 'The target "num>1>2" does not say above'],
    ['num>0,chol>9:number', 'The target "chol>9:number" is a number, which nothing divides; leave >9 out.'],
  ])('do not say %s', (text, message) => {
    expect(() => readTargets(text)).toThrow(expect.objectContaining({ code: 'DATA_FORMAT' }))
    expect(() => readTargets(text)).toThrow(message)
  })
})

describe('rows of several targets', () => {
  const dataset = encodeDataset(schema, some, { labels: 'required' })
  /** What is known of each target, as plain numbers. */
  const told = ({ heads = [] }: typeof dataset) =>
    heads.map(({ labels, values, marks }) => [...(labels ?? values ?? marks ?? [])])

  it('say something of some targets, and need not of all', () => {
    expect(dataset).toMatchObject({ rows: 3, classes: [] })
    expect([dataset.labels, dataset.values, dataset.marks]).toEqual([undefined, undefined, undefined])
    expect(dataset.heads?.map(({ name }) => name)).toEqual(['risk', 'pulse', 'findings'])
    const [stages, pulses, marks] = told(dataset)
    expect(stages).toEqual([0, 1, -1])
    expect([pulses![0], pulses![2]].map((value) => value!.toFixed(4))).toEqual(['-1.2247', '1.2247'])
    expect(pulses![1]).toBeNaN()
    expect(marks).toEqual([1, 1, -1, 0, 0, 0])
  })

  it('must say something of one target where targets are required', () => {
    const silent = table([...some.table.rows, ['4', '?', '', 'NA', '?']])
    expect(() => encodeDataset(schema, silent, { labels: 'required' })).toThrow(
      expect.objectContaining({
        code: 'DATA_MISSING_VALUE',
        message: 'Row 4: none of its targets is known.',
      }),
    )
    expect([...knownRows(encodeDataset(schema, silent, { labels: 'optional' }))]).toEqual([0, 1, 2])
    expect(told(encodeDataset(schema, silent, { labels: 'none' }))).toEqual([[], [], []])
  })

  it('may lack the columns of a target where they are optional, and not where they are required', () => {
    const narrow = table([['1', '3', '130']], ['x', 'stage', 'pulse'])
    expect(told(encodeDataset(schema, narrow, { labels: 'optional' }))).toMatchObject([[1], [{}], []])
    expect(() => encodeDataset(schema, narrow, { labels: 'required' })).toThrow('has no column "angina"')
  })

  it('are refused for what the schema does not know, by row and target', () => {
    const odd = table([['1', '0', 'fast', 'no', '0']])
    expect(() => encodeDataset(schema, odd, { labels: 'required' })).toThrow(
      'Row 1: the target "pulse" should be a number and is "fast".',
    )
  })

  it('are chosen and joined with all that is known of them', () => {
    const [last, first] = [subset(dataset, [2]), subset(dataset, [0])]
    expect(told(concatenate([last, first]))).toEqual(told(subset(dataset, [2, 0])))
    expect(concatenate([last, first]).heads).toEqual(subset(dataset, [2, 0]).heads)
    const bare = encodeDataset(schema, some, { labels: 'none' })
    expect(told(concatenate([first, bare]))).toEqual([[], [], []])
    expect(concatenate([first, bare]).heads?.[1]?.standard).toEqual({ center: 120, spread: 16.3299 })
  })

  it('are known by target, and by any of them', () => {
    const views = datasetViews(dataset)
    expect(views.map((view) => [view.name, [...knownRows(view)]])).toEqual([
      ['risk', [0, 1]],
      ['pulse', [0, 2]],
      ['findings', [0, 1]],
    ])
    expect([...knownRows(dataset)]).toEqual([0, 1, 2])
    for (const view of views) {
      expect(view.heads).toBeUndefined()
      expect(view.inputs).toBe(dataset.inputs)
    }
    const alone = datasetViews(views[0]!)
    expect(alone).toHaveLength(1)
    expect(alone[0]).toEqual(views[0])
  })

  it('keep whose they are in every view', () => {
    const owned = encodeDataset(
      { ...schema, unit: 'who' },
      table([['1', '0', '100', 'yes', '0', 'ann']], [...some.table.columns, 'who']),
      { labels: 'required' },
    )
    expect(datasetViews(owned).map(({ units }) => units)).toEqual([['ann'], ['ann'], ['ann']])
  })
})
