import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { metricsOfCounts } from './evaluation-counts.ts'
import { evaluate } from './metrics.ts'
import { combineRules } from './rules.ts'
import { shareKinds, type ShareKind, type ShareKindName } from './shares.ts'
import { softmaxRows } from './softmax.ts'

const kinds = Object.entries(shareKinds) as [ShareKindName, ShareKind][]
const close = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number) =>
  a.length === b.length && Array.from(a).every((value, i) => Math.abs(value - (b[i] ?? NaN)) <= tolerance)

/** Logits, some of them extreme, with a label for each row. */
const answers = fc.integer({ min: 2, max: 4 }).chain((classes) =>
  fc
    .array(
      fc.tuple(
        fc.array(fc.float({ min: -50, max: 50, noNaN: true }), { minLength: classes, maxLength: classes }),
        fc.nat(classes - 1),
      ),
      { maxLength: 12 },
    )
    .map((rows) => ({
      classes,
      rows: rows.length,
      logits: Float32Array.from(rows.flatMap(([logits]) => logits)),
      labels: Int32Array.from(rows, ([, label]) => label),
    })),
)

describe.each(kinds)('%s', (_, kind) => {
  it('keeps its length, its bounds and its sensitivity', () => {
    fc.assert(
      fc.property(answers, fc.double({ min: 0.5, max: 8, noNaN: true }), (answer, temperature) => {
        const { clip } = kind
        const share = kind.compute({ ...answer, temperature, clip })
        expect(share).toHaveLength(kind.length(answer))
        const largest = kind.largest({ rows: answer.rows, clip })
        expect(share.every((value) => Number.isFinite(value) && Math.abs(value) <= largest + 1e-9)).toBe(true)
        expect(kind.encoding === 'bounded' || share.every((value) => value >= 0)).toBe(true)
      }),
    )
  })

  it('moves within its stated sensitivity when its unit changes', () => {
    fc.assert(
      fc.property(answers, answers, (one, other) => {
        const { unit, l1, l2 } = kind.sensitivity(one, kind.clip)
        fc.pre(unit === 'record' ? one.rows > 0 : one.rows === other.rows && one.classes === other.classes)
        const without = (rows: number) => ({
          ...one,
          rows,
          logits: one.logits.subarray(0, rows * one.classes),
          labels: one.labels.subarray(0, rows),
        })
        const neighbour = unit === 'record' ? without(one.rows - 1) : other
        const settings = { temperature: 1, clip: kind.clip }
        const [a, b] = [kind.compute({ ...one, ...settings }), kind.compute({ ...neighbour, ...settings })]
        const moved = a.map((value, i) => Math.abs(value - (b[i] ?? 0)))
        expect(moved.reduce((x, y) => x + y, 0)).toBeLessThanOrEqual(l1 + 1e-6)
        expect(Math.hypot(...moved)).toBeLessThanOrEqual(l2 + 1e-6)
      }),
    )
  })
})

describe('probabilities', () => {
  it('softens by the temperature', () => {
    const logits = Float32Array.of(0, Math.log(9))
    const share = (temperature: number) =>
      shareKinds.probabilities.compute({ logits, rows: 1, classes: 2, temperature, clip: 0 })
    expect(close(share(1), [0.1, 0.9], 1e-7)).toBe(true)
    expect(close(share(2), [0.25, 0.75], 1e-7)).toBe(true) // sqrt 9 = 3 : 1
  })
})

describe('log-probabilities', () => {
  const compute = (logits: number[], clip = 8) =>
    shareKinds['log-probabilities'].compute({
      logits: Float32Array.from(logits),
      rows: 1,
      classes: logits.length,
      temperature: 1,
      clip,
    })
  it('centres, so that adding a constant to the logits changes nothing, and clips', () => {
    expect(close(compute([1, 2, 6]), [-2, -1, 3], 1e-6)).toBe(true)
    expect(close(compute([101, 102, 106]), [-2, -1, 3], 1e-5)).toBe(true)
    expect(close(compute([-30, 30]), [-8, 8], 1e-12)).toBe(true)
  })
})

describe('evaluation-counts', () => {
  const { compute, clip } = shareKinds['evaluation-counts']
  it('add up over sites to the metrics of all rows together', () => {
    fc.assert(
      fc.property(answers, fc.nat(12), ({ rows, classes, logits, labels }, cut) => {
        const at = Math.min(cut, rows)
        const part = (from: number, to: number) =>
          compute({
            logits: logits.subarray(from * classes, to * classes),
            labels: labels.subarray(from, to),
            rows: to - from,
            classes,
            temperature: 1,
            clip,
          })
        const [a, b] = [part(0, at), part(at, rows)]
        const summed = metricsOfCounts(
          a.map((value, i) => value + (b[i] ?? 0)),
          classes,
        )
        const probabilities = Float32Array.from(softmaxRows(logits, classes))
        const direct = evaluate({ rows, classes, probabilities }, labels)
        for (const name of ['accuracy', 'macroF1', 'nll', 'brier', 'ece'] as const)
          expect(summed[name] ?? -1).toBeCloseTo(direct[name] ?? -1, 9)
        expect(summed.perClass).toEqual(direct.perClass)
      }),
    )
  })

  it('estimates rankings of two classes from histograms of 64 bins', () => {
    // Scores 0, 1/200, ..., 199/200; the upper half is positive but for one row in four swapped below.
    const rows = 200
    const labels = Int32Array.from({ length: rows }, (_, i) => Number(i >= 100 !== (i % 4 === 0)))
    const scores = Array.from({ length: rows }, (_, i) => (i + 0.5) / rows)
    const logits = Float32Array.from(scores.flatMap((p) => [Math.log(1 - p), Math.log(p)]))
    const exact = evaluate(
      { rows, classes: 2, probabilities: Float32Array.from(softmaxRows(logits, 2)) },
      labels,
    )
    const estimate = metricsOfCounts(compute({ logits, labels, rows, classes: 2, temperature: 1, clip }), 2)
    expect(Math.abs((estimate.auroc ?? 0) - (exact.auroc ?? 1))).toBeLessThan(0.01)
    expect(Math.abs((estimate.auprc ?? 0) - (exact.auprc ?? 1))).toBeLessThan(0.02)
    expect(estimate.auprcBaseline).toBe(exact.auprcBaseline)
  })
})

describe('combine rules', () => {
  /** One to five teachers' logits on the same items. */
  const teachers = fc
    .record({ classes: fc.integer({ min: 2, max: 4 }), rows: fc.integer({ min: 1, max: 5 }) })
    .chain((size) => {
      const logit = fc.float({ min: -6, max: 6, noNaN: true })
      const length = size.rows * size.classes
      return fc
        .array(fc.array(logit, { minLength: length, maxLength: length }), { minLength: 1, maxLength: 5 })
        .map((logits) => ({ ...size, logits }))
    })

  const combine = (
    name: keyof typeof combineRules,
    { rows, classes, logits }: { rows: number; classes: number; logits: number[][] },
    temperature: number,
  ) => {
    const rule = combineRules[name]
    const kind: ShareKind = shareKinds[rule.shareKind]
    const sum = new Float64Array(rows * classes)
    for (const own of logits)
      kind
        .compute({ logits: Float32Array.from(own), rows, classes, temperature, clip: 20 })
        .forEach((value, i) => (sum[i] = (sum[i] ?? 0) + value))
    return rule.finalize(sum, logits.length, { rows, classes, temperature }).targets
  }

  it('mean-probability is the mean of the softened probabilities', () => {
    fc.assert(
      fc.property(teachers, fc.constantFrom(1, 2, 4), (asked, temperature) => {
        const all = asked.logits.map((own) => softmaxRows(own, asked.classes, temperature))
        const direct = all[0]!.map((_, i) => all.reduce((sum, p) => sum + (p[i] ?? 0), 0) / all.length)
        expect(close(combine('mean-probability', asked, temperature), direct, 1e-6)).toBe(true)
      }),
    )
  })

  it('mean-logit is the softmax of the mean logits', () => {
    fc.assert(
      fc.property(teachers, fc.constantFrom(1, 2, 4), (asked, temperature) => {
        const mean = asked.logits[0]!.map(
          (_, i) => asked.logits.reduce((sum, z) => sum + (z[i] ?? 0), 0) / asked.logits.length,
        )
        const direct = softmaxRows(mean, asked.classes, temperature)
        expect(close(combine('mean-logit', asked, temperature), direct, 1e-5)).toBe(true)
      }),
    )
  })

  it('mends rows whose sum fixed point left a unit off', () => {
    const { targets } = combineRules['mean-probability'].finalize(Float64Array.of(1.4, 0.61), 2, {
      rows: 1,
      classes: 2,
      temperature: 1,
    })
    expect((targets[0] ?? 0) + (targets[1] ?? 0)).toBeCloseTo(1, 7)
  })
})
