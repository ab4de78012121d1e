/** Heads of several targets: together they do what each does alone with the rows that have its target. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { computeLoss, differencesOf } from '../../test/support/loss-lab.ts'
import type { Dataset, NamedTargets } from '#engine/data/dataset.ts'
import { evaluator } from '#engine/evaluate.ts'
import { input } from '#engine/expr.ts'
import { openRuntime } from '#engine/session/index.ts'
import { besideEachOther, columnsOf, takeColumns } from '../columns.ts'
import { headOf } from '../heads.ts'

const { log, PI, sqrt } = Math

const standard = { center: 100, spread: 20 }
const targets: readonly NamedTargets[] = [
  { name: 'risk', classes: ['low', 'mid', 'high'] },
  { name: 'pulse', classes: [], standard },
  { name: 'findings', classes: ['angina', 'fever'], multilabel: true },
]
const widths = [3, 2, 2]
const places = columnsOf(widths)
const head = headOf({ classes: [], heads: targets })
const alone = targets.map((target) => headOf(target))

type Row = readonly [label: number, value: number, marks: readonly [number, number]]

const datasetOf = (rows: readonly Row[]): Dataset => ({
  rows: rows.length,
  features: 1,
  inputs: new Float32Array(rows.length),
  classes: [],
  heads: [
    { ...targets[0]!, labels: Int32Array.from(rows, ([label]) => label) },
    { ...targets[1]!, values: Float32Array.from(rows, ([, value]) => value) },
    { ...targets[2]!, marks: Float32Array.from(rows.flatMap(([, , marks]) => [...marks])) },
  ],
})

/** Each target alone, of the rows that have it. */
const ofTarget = (rows: readonly Row[], at: number): { dataset: Dataset; kept: number[] } => {
  const isKnown = ([label, value, marks]: Row) =>
    [label >= 0, !Number.isNaN(value), marks.some((mark) => mark !== 0)][at]!
  const kept = [...rows.keys()].filter((row) => isKnown(rows[row]!))
  const { name: _, ...own } = datasetOf(kept.map((row) => rows[row]!)).heads![at]!
  return { kept, dataset: { rows: kept.length, features: 1, inputs: new Float32Array(kept.length), ...own } }
}
const rowsOf = (matrix: Float32Array, width: number, kept: readonly number[]) =>
  Float32Array.from(kept.flatMap((row) => [...matrix.subarray(row * width, (row + 1) * width)]))

const row: fc.Arbitrary<Row> = fc.tuple(
  fc.integer({ min: -1, max: 2 }),
  fc.constantFrom(NaN, -1.5, 0, 0.25, 2),
  fc.tuple(fc.constantFrom(-1, 0, 1), fc.constantFrom(-1, 0, 1)),
)
const logit = fc.integer({ min: -12, max: 12 }).map((k) => 0.37 * k + 0.11)
const answered = fc.array(fc.tuple(row, fc.tuple(logit, logit, logit, logit, logit, logit, logit)), {
  maxLength: 9,
})

describe('heads of several targets', () => {
  it('are as wide as all of them', () => {
    expect([head.task, head.outputs, head.lesson.targetWidth, head.squashing]).toEqual([
      'multitask',
      7,
      7,
      undefined,
    ])
  })

  it('predict, measure and compare as each would alone', () => {
    fc.assert(
      fc.property(answered, fc.constantFrom(1, 2), (some, temperature) => {
        const rows = some.map(([known]) => known)
        const raw = Float32Array.from(some.flatMap(([, logits]) => logits))
        const predicted = head.predict(raw, temperature)
        const { heads = [], nll, rows: measured } = head.measure(predicted, datasetOf(rows))
        expect(measured).toBe(rows.length)
        const other = head.predict(raw.map((value) => -value))
        const kls: (number | null | undefined)[] = []
        alone.forEach((single, at) => {
          const own = takeColumns(predicted, places[at]!)
          expect(own).toEqual(single.predict(takeColumns(raw, places[at]!), temperature))
          const { kept, dataset } = ofTarget(rows, at)
          const { name, task, classes } = { ...targets[at]!, task: single.task }
          const metrics = single.measure(rowsOf(own, widths[at]!, kept), dataset)
          expect(heads[at]).toEqual({ name, task, classes, metrics })
          kls.push(single.fidelity(own, takeColumns(other, places[at]!)).meanKl)
        })
        const known = heads.map(({ metrics }) => metrics.nll)
        expect(nll).toEqual(known.includes(null) ? null : known.reduce((a, b) => a! + b!))
        const { agreement, meanKl } = head.fidelity(predicted, other)
        expect(agreement).toBeUndefined()
        expect(meanKl).toEqual(kls.includes(null) ? null : kls.reduce((a, b) => a! + b!))
      }),
    )
  })

  // Three rows: the first has a class and a label, the second a number, the third all but the first label.
  const rows: readonly Row[] = [
    [2, NaN, [1, 0]],
    [-1, 0.5, [0, 0]],
    [0, 1, [0, -1]],
  ]
  const predicted = besideEachOther(
    [
      Float32Array.of(0.25, 0.25, 0.5, 0.9, 0.05, 0.05, 0.8, 0.1, 0.1),
      Float32Array.of(9, 9, 0.5, 1, 0, 4),
      Float32Array.of(0.75, 0.5, 0.5, 0.5, 0.5, 0.6),
    ],
    widths,
  )

  it('measure each target on the rows that have it', () => {
    const { heads = [], nll } = head.measure(predicted, datasetOf(rows))
    expect(heads.map(({ metrics }) => metrics.rows)).toEqual([2, 2, 2])
    const [risk, pulse, findings] = heads.map(({ metrics }) => metrics)
    expect(risk?.accuracy).toBe(1)
    expect(risk?.nll).toBeCloseTo(-(log(0.5) + log(0.8)) / 2, 6)
    // Errors of 0 and of 1 spread; densities N(0; 1) and, half a deviation away, N(.5; 1) / 2, by the unit of 20.
    expect(pulse?.rmse).toBeCloseTo(20 * sqrt(0.5), 6)
    expect(pulse?.nll).toBeCloseTo(log(sqrt(2 * PI)) + (log(2) + 1 / 8) / 2 + log(20), 6)
    expect(findings?.perClass?.map(({ support }) => support)).toEqual([1, 0])
    expect(nll).toBeCloseTo(risk!.nll! + pulse!.nll! + findings!.nll!, 12)
  })

  it('like a row by all that is known of it', () => {
    const [first, second, third] = head.confidences(predicted, datasetOf(rows))
    // The means of two, of one and of three targets.
    expect(first).toBeCloseTo((log(0.5) + log(0.75)) / 2, 6)
    expect(second).toBeCloseTo(-log(sqrt(2 * PI)), 6)
    expect(third).toBeCloseTo((log(0.8) - log(2 * sqrt(2 * PI)) - 1 / 8 + log(0.4)) / 3, 6)
    const missed = Float32Array.of(0, 1, 0, 0, 1, 0.5, 0.5)
    expect([...head.confidences(missed, datasetOf([[0, NaN, [0, 0]]]))]).toEqual([-16])
  })

  it('learn what is known of a row, each head alone', async () => {
    const dataset = datasetOf(rows)
    const told = head.lesson.targets(dataset)
    expect([...told]).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0.5, 1, 0, 0, 1, 0, 0, 1, 1, 0, -1])
    const raw = Float32Array.from({ length: 21 }, (_, at) => ((7 * at) % 11) / 5 - 1)
    const trial = { logits: [...raw], width: 7, batch: { targets: [...told] } }
    const { values, slope } = await computeLoss(head.lesson.loss, trial)

    const single = await Promise.all(
      alone.map(({ lesson, outputs }, at) => {
        const { name: _, ...own } = dataset.heads![at]!
        const targets = [...lesson.targets({ ...dataset, ...own })]
        const logits = [...takeColumns(raw, places[at]!)]
        return computeLoss(lesson.loss, { logits, width: outputs, batch: { targets } })
      }),
    )
    expect(values[0]).toBeCloseTo(
      single.reduce((sum, each) => sum + each.values[0]!, 0),
      12,
    )
    const expected = besideEachOther(
      single.map((each) => Float32Array.from(each.slope)),
      widths,
    )
    slope.forEach((value, at) => expect(value).toBeCloseTo(expected[at]!, 6))
    const differences = await differencesOf(head.lesson.loss, trial)
    slope.forEach((value, at) => expect(value).toBeCloseTo(differences[at]!, 6))
    // The first row has no number, the second no class and no labels.
    expect([slope.slice(3, 5), slope.slice(7, 10), slope.slice(12, 14)].flat()).toEqual(Array(7).fill(0))
    // The third row's class teaches its three logits: (p - y) / 3 rows, which add up to nothing.
    expect(slope[14]).toBeLessThan(0)
    expect(slope[14]! + slope[15]! + slope[16]!).toBeCloseTo(0, 12)
  })

  it('learn of a row that is mixed with one without the number as much as is of the first', async () => {
    const slopeAt = async (value: number, known: number) => {
      const batch = { targets: [0, 0, 0, value, known, 0, 0] }
      const { slope } = await computeLoss(head.lesson.loss, { logits: Array(7).fill(0), width: 7, batch })
      return slope.slice(3, 5)
    }
    // Of N(0, 1) beside the value 2: by the mean -2, by the log-variance (1 - 4) / 2; a quarter of both.
    const [mean, logVariance] = await slopeAt(2 / 4, 1 / 4)
    expect(mean).toBeCloseTo(-2 / 4, 9)
    expect(logVariance).toBeCloseTo(-1.5 / 4, 9)
    expect(await slopeAt(0, 0)).toEqual([0, 0])
  })

  it('learn nothing of a target that no row has', () => {
    const bare = { ...datasetOf(rows), heads: targets }
    expect([...head.lesson.targets(bare)]).toEqual(Array(21).fill(0))
    const { nll, heads: measured } = head.measure(predicted, bare)
    expect([nll, measured?.map(({ metrics }) => metrics.rows)]).toEqual([null, [0, 0, 0]])
  })

  it('release each its outputs, under its name, and what the network gave', async () => {
    const released = head.release(input('given', ['batch', 7]))
    expect(Object.keys(released)).toEqual([
      'risk_logits',
      'risk_probabilities',
      'pulse_mean',
      'pulse_standard_deviation',
      'pulse_gaussian',
      'findings_logits',
      'findings_probabilities',
      'heads',
    ])
    const run = await evaluator(await openRuntime(), released)
    const given = [0, 0, log(2), 0.5, 0, 0, log(3)]
    const outputs = await run({ given })
    // Softmax of odds 1 : 1 : 2; the center and half a spread; a log-variance of 0; sigmoids of odds 1 and 3.
    const expected = {
      risk_probabilities: [0.25, 0.25, 0.5],
      pulse_mean: [110],
      findings_probabilities: [0.5, 0.75],
      heads: given,
    }
    for (const [name, values] of Object.entries(expected))
      values.forEach((value, at) => expect(outputs[name]?.[at]).toBeCloseTo(value, 5))
    const [variance] = [...alone[1]!.predict(Float32Array.of(0.5, 0))].slice(1)
    expect(outputs['pulse_standard_deviation']?.[0]).toBeCloseTo(20 * sqrt(variance!), 4)
    await run.release()
  })
})
