import { describe, expect, it } from 'vitest'
import { accuracy, argmax, evaluate, fidelity, meanOf, NLL_CAP } from './metrics.ts'

const predictions = (classes: number, ...rows: number[][]) => ({
  rows: rows.length,
  classes,
  probabilities: Float32Array.from(rows.flat()),
})

describe('evaluate', () => {
  // Predictions 0, 1, 0, 1 for the labels 0, 1, 1, 1.
  const four = predictions(2, [0.75, 0.25], [0.25, 0.75], [0.5, 0.5], [0, 1])
  const metrics = evaluate(four, Int32Array.of(0, 1, 1, 1))

  it('counts hits and F1', () => {
    expect(metrics.accuracy).toBe(0.75)
    // Class 0: one hit, one true, two predicted -> F1 = 2 / 3. Class 1: two hits, three true, two predicted -> 4 / 5.
    expect(metrics.perClass).toEqual([
      { support: 1, precision: 0.5, recall: 1, f1: 2 / 3 },
      { support: 3, precision: 1, recall: 2 / 3, f1: 0.8 },
    ])
    expect(metrics.macroF1).toBeCloseTo((2 / 3 + 0.8) / 2, 12)
  })

  it('scores probabilities', () => {
    expect(metrics.nll).toBeCloseTo((-2 * Math.log(0.75) - Math.log(0.5) - 0) / 4, 12)
    // Squared errors: 2 / 16, 2 / 16, 2 / 4, 0.
    expect(metrics.brier).toBeCloseTo((0.125 + 0.125 + 0.5) / 4, 12)
    // Bins hold confidence .5 (wrong), .75 twice (right), 1 (right): gaps .5 + |2 - 1.5| + 0, over 4 rows.
    expect(metrics.ece).toBeCloseTo((0.5 + 0.5) / 4, 12)
  })

  it('ranks', () => {
    // Class 1 scores .25 (negative) below .75, .5, 1.
    expect(metrics).toMatchObject({ auroc: 1, auprc: 1, auprcBaseline: 0.75 })
  })

  it('averages one class against the rest over the classes that occur', () => {
    // Class 2 never occurs: it has no ranking, no recall, and no F1 since nothing is predicted as it.
    const three = predictions(3, [0.5, 0.3, 0.2], [0.2, 0.7, 0.1], [0.6, 0.3, 0.1])
    const { auroc, macroF1, perClass } = evaluate(three, Int32Array.of(0, 1, 1))
    // Class 0: positive .5 against .2 (won) and .6 (lost). Class 1: .7 and .3 against .3: won and tied.
    expect(auroc).toBeCloseTo((0.5 + 0.75) / 2, 12)
    expect(perClass[2]).toEqual({ support: 0, precision: null, recall: null, f1: null })
    expect(macroF1).toBeCloseTo((2 / 3 + 2 / 3) / 2, 12)
  })

  it('gives null, never NaN, where rows are too few', () => {
    const only = evaluate(predictions(2, [0.4, 0.6]), Int32Array.of(1))
    expect(only).toMatchObject({ accuracy: 1, auroc: null })
    const none = evaluate(predictions(2), new Int32Array())
    expect(none).toMatchObject({
      rows: 0,
      accuracy: null,
      macroF1: null,
      nll: null,
      ece: null,
      auprcBaseline: null,
    })
  })

  it('caps what a hopeless row costs', () => {
    expect(evaluate(predictions(2, [1, 0]), Int32Array.of(1)).nll).toBe(NLL_CAP)
  })
})

describe('fidelity', () => {
  it('is perfect for a copy', () => {
    const p = predictions(2, [0.3, 0.7], [0.9, 0.1])
    expect(fidelity(p, p)).toEqual({ agreement: 1, meanKl: 0 })
  })

  it('measures disagreement and KL(teacher || student)', () => {
    const { agreement, meanKl } = fidelity(
      predictions(2, [0.75, 0.25], [0.5, 0.5]),
      predictions(2, [0.25, 0.75], [1, 0]),
    )
    expect(agreement).toBe(0.5)
    // .25 ln(1/3) + .75 ln 3 = .5 ln 3; and ln 2.
    expect(meanKl).toBeCloseTo((0.5 * Math.log(3) + Math.log(2)) / 2, 6)
  })
})

describe('small helpers', () => {
  it('accuracy works on logits, argmax takes the first of equals, meanOf skips what is unknown', () => {
    expect(accuracy(Float32Array.of(2, 1, -3, -1), Int32Array.of(0, 0), 2)).toBe(0.5)
    expect(argmax(Float32Array.of(1, 3, 3))).toBe(1)
    expect(meanOf([1, null, 3])).toBe(2)
    expect(meanOf([null])).toBeNull()
  })
})
