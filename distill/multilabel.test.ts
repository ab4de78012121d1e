/** Labels that do not exclude each other: measured, shared, counted and combined each by itself. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { headOf } from './heads.ts'
import { evaluate } from './metrics.ts'
import { labelCountsLength, metricsOfLabelCounts, rowL1OfLabels, rowL2OfLabels } from './multilabel-counts.ts'
import { labelFidelity, multilabelMetrics } from './multilabel-metrics.ts'
import { combine } from './rules.ts'
import { shareKinds, type ShareKindName } from './shares.ts'
import { asPairs } from './sigmoid.ts'

const { log } = Math

const rows = fc.integer({ min: 1, max: 12 })
/** None is a tie, or on the edge of a bin of calibration: single and double floats may fall on either side of it. */
const logit = fc.integer({ min: -16, max: 16 }).map((k) => 0.37 * k + 0.11)
/** Logits and marks of some rows of some labels. */
const measured = fc.record({ rows, classes: fc.integer({ min: 2, max: 4 }) }).chain(({ rows, classes }) =>
  fc.record({
    rows: fc.constant(rows),
    classes: fc.constant(classes),
    logits: fc.array(logit, { minLength: rows * classes, maxLength: rows * classes }),
    marks: fc.array(fc.constantFrom(-1, 0, 1), { minLength: rows * classes, maxLength: rows * classes }),
  }),
)
const share = (kind: ShareKindName, { rows, classes, logits, marks }: Partial<Measured> & Sized) =>
  shareKinds[kind].compute({
    rows,
    classes,
    logits: Float32Array.from(logits),
    marks: Float32Array.from(marks ?? []),
    temperature: 1,
    clip: shareKinds[kind].clip,
  })
interface Sized {
  readonly rows: number
  readonly classes: number
  readonly logits: readonly number[]
}
interface Measured extends Sized {
  readonly marks: readonly number[]
}

describe('multilabelMetrics', () => {
  // The essay's rows: angina .9 yes, .6 no; disease .2 no, .7 not known.
  const metrics = multilabelMetrics(Float32Array.of(0.9, 0.2, 0.6, 0.7), Float32Array.of(1, -1, -1, 0), 2)

  it('measures each label on the rows in which it is known', () => {
    const [angina, disease] = metrics.perClass
    // Of two rows called yes one has it: precision 1/2, recall 1, F1 2/3. .9 ranks above .6.
    expect(angina).toMatchObject({ support: 1, precision: 0.5, recall: 1, auroc: 1, auprc: 1 })
    expect(angina?.f1).toBeCloseTo(2 / 3, 12)
    expect(angina?.nll).toBeCloseTo(-(log(0.9) + log(0.4)) / 2, 6)
    // Of both classes, as for any two: 2 x .1^2 and 2 x .6^2.
    expect(angina?.brier).toBeCloseTo((0.02 + 0.72) / 2, 6)
    expect(disease).toMatchObject({ support: 0, recall: null, f1: null, auroc: null })
    expect(disease?.nll).toBeCloseTo(-log(0.8), 6)
  })

  it('averages over the labels that have the figure', () => {
    expect(metrics).toMatchObject({ rows: 2, accuracy: 0.75, auroc: 1 })
    expect(metrics.macroF1).toBeCloseTo(2 / 3, 12)
    expect(metrics.nll).toBeCloseTo((-(log(0.9) + log(0.4)) / 2 - log(0.8)) / 2, 6)
    // Confidences .9 right, .6 wrong: (.1 + .6) / 2; and .8 right: .2.
    expect(metrics.ece).toBeCloseTo((0.35 + 0.2) / 2, 6)
    expect(metrics.reliability?.reduce((sum, bin) => sum + bin.rows, 0)).toBe(3)
  })

  it('says of one label what classifying says of two classes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean())), (some) => {
        const yes = Float32Array.from(some, ([p]) => p)
        const marks = Float32Array.from(some, ([, has]) => (has ? 1 : -1))
        const labels = Int32Array.from(some, ([, has]) => (has ? 1 : 0))
        const { macroF1: _, perClass: __, ...ofLabel } = multilabelMetrics(yes, marks, 1)
        const {
          macroF1: ___,
          perClass: ____,
          ...ofClasses
        } = evaluate({ rows: some.length, classes: 2, probabilities: asPairs(yes) }, labels)
        expect(ofLabel).toEqual(ofClasses)
      }),
    )
  })

  it('has nothing to say of no rows', () => {
    const empty = multilabelMetrics(new Float32Array(), new Float32Array(), 2)
    expect([empty.rows, empty.accuracy, empty.nll, empty.auroc]).toEqual([0, null, null, null])
  })
})

describe('the head of labels', () => {
  const head = headOf({ multilabel: true, classes: ['a', 'b'] })

  it('softens each logit by itself', () => {
    // sigmoid(ln 3) = 3/4; at temperature 2, sigmoid(ln sqrt 3) = sqrt 3 / (1 + sqrt 3).
    expect(head.predict(Float32Array.of(log(3), 0))[0]).toBeCloseTo(0.75, 6)
    expect(head.predict(Float32Array.of(log(3), 0), 2)[0]).toBeCloseTo(Math.sqrt(3) / (1 + Math.sqrt(3)), 6)
  })

  it('likes a row by all that is known of it', () => {
    const dataset = { rows: 2, features: 0, inputs: new Float32Array(), classes: ['a', 'b'] }
    const marks = Float32Array.of(1, -1, 0, 1)
    const [first, second] = head.confidences(Float32Array.of(0.5, 0.2, 0.9, 0.25), { ...dataset, marks })
    expect(first).toBeCloseTo(log(0.5) + log(0.8), 6)
    expect(second).toBeCloseTo(log(0.25), 6)
  })

  it('compares a student with a teacher label by label', () => {
    // The first label agrees exactly; of the second KL((.5, .5) || (.25, .75)) = ln(4/3) / 2.
    const { agreement, meanKl } = labelFidelity(Float32Array.of(0.75, 0.75), Float32Array.of(0.75, 0.5))
    expect(agreement).toBe(0.5)
    expect(meanKl).toBeCloseTo(log(4 / 3) / 4, 6)
  })
})

describe('shares of labels', () => {
  it.each(['label-probabilities', 'label-logits'] as const)('%s keep their bounds', (kind) => {
    fc.assert(
      fc.property(measured, measured, (one, other) => {
        const { classes, rows } = one
        const of = shareKinds[kind]
        const { clip } = of
        const values = share(kind, one)
        expect(values).toHaveLength(of.length({ rows, classes }))
        const bound = of.largest({ rows, clip })
        const least = kind === 'label-logits' ? -bound : 0
        expect(values.every((value) => value >= least && value <= bound)).toBe(true)
        const swapped = share(kind, { ...one, logits: one.logits.map((_, at) => other.logits[at] ?? 40) })
        const moved = values.map((value, at) => Math.abs(value - (swapped[at] as number)))
        const { l1, l2 } = of.sensitivity({ rows, classes }, clip)
        expect(moved.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(l1 + 1e-9)
        expect(Math.hypot(...moved)).toBeLessThanOrEqual(l2 + 1e-9)
      }),
    )
  })

  it.each([
    // Odds 3 and 1/3 for the first label: mean probability 1/2, and even odds. 3 and 1 for the second: 5/8, and sqrt 3.
    ['mean-label-probability', 'label-probabilities', [1 / 2, 5 / 8]],
    ['mean-label-logit', 'label-logits', [1 / 2, Math.sqrt(3) / (1 + Math.sqrt(3))]],
  ] as const)('are combined by %s', (rule, kind, expected) => {
    const size = { rows: 1, classes: 2 }
    const one = share(kind, { ...size, logits: [log(3), log(3)] })
    const other = share(kind, { ...size, logits: [-log(3), 0] })
    const sum = one.map((value, at) => value + (other[at] as number))
    const targets = combine(rule, { ...size, kind, temperature: 1, sum, sites: 2 })
    expected.forEach((value, at) => expect(targets[at]).toBeCloseTo(value, 6))
  })
})

describe('counts of labels', () => {
  it('add up to the metrics of all rows, but for the rankings, which are of 64 bins', () => {
    fc.assert(
      fc.property(measured, measured, (one, more) => {
        const { classes } = one
        const take = Math.min(more.logits.length, more.marks.length)
        const rows = Math.floor(take / classes)
        const other = {
          classes,
          rows,
          logits: more.logits.slice(0, rows * classes),
          marks: more.marks.slice(0, rows * classes),
        }
        const sum = share('label-counts', one)
        expect(sum).toHaveLength(labelCountsLength(classes))
        share('label-counts', other).forEach((value, at) => (sum[at] = (sum[at] as number) + value))
        const counted = metricsOfLabelCounts(sum, classes)
        const head = headOf({ multilabel: true, classes: Array<string>(classes).fill('') })
        const direct = multilabelMetrics(
          head.predict(Float32Array.from([...one.logits, ...other.logits])),
          Float32Array.from([...one.marks, ...other.marks]),
          classes,
        )
        for (const name of ['accuracy', 'macroF1', 'nll', 'brier', 'ece'] as const) {
          expect(counted[name] === null).toBe(direct[name] === null)
          expect(counted[name] ?? 0).toBeCloseTo(direct[name] ?? 0, 5)
        }
      }),
    )
  })

  it('move by no more than is said when a record is left out', () => {
    fc.assert(
      fc.property(measured, (all) => {
        const { classes, rows } = all
        const rest = {
          classes,
          rows: rows - 1,
          logits: all.logits.slice(classes),
          marks: all.marks.slice(classes),
        }
        const [more, less] = [share('label-counts', all), share('label-counts', rest)]
        const moved = more.map((value, at) => Math.abs(value - (less[at] as number)))
        expect(moved.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(rowL1OfLabels(classes) + 1e-9)
        expect(Math.hypot(...moved)).toBeLessThanOrEqual(rowL2OfLabels(classes) + 1e-9)
      }),
    )
  })
})
