import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { metricsOfCounts } from './evaluation-counts.ts'
import { evaluate } from './metrics.ts'
import { joinKinds, shareKinds, sharePartsOf, splitKinds, type ShareKindName } from './shares.ts'
import { gateBounds } from './gates/gate.ts'
import type { ShareKind } from './shares/kind.ts'
import { softmaxRows } from './softmax.ts'

/** Kinds about classes; shares/ has the tests of those about numbers and about what teachers see. */
const kinds = (Object.entries(shareKinds) as [ShareKindName, ShareKind][]).filter(
  ([, { task, readsEmbeddings, readsAttention }]) => !task && !readsEmbeddings && !readsAttention,
)
const close = (a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number) =>
  a.length === b.length && Array.from(a).every((value, i) => Math.abs(value - (b[i] ?? NaN)) <= tolerance)

/** Logits, some of them extreme, with a label and a place between a gate's bounds for each row; and class counts. */
const answers = fc.integer({ min: 2, max: 4 }).chain((classes) =>
  fc
    .tuple(
      fc.array(
        fc.tuple(
          fc.array(fc.float({ min: -50, max: 50, noNaN: true }), { minLength: classes, maxLength: classes }),
          fc.nat(classes - 1),
          fc.double({ min: 0, max: 1, noNaN: true }),
        ),
        { maxLength: 12 },
      ),
      fc
        .array(fc.nat(9), { minLength: classes, maxLength: classes })
        .filter((counts) => counts.some((count) => count > 0)),
    )
    .map(([rows, counts]) => ({
      classes,
      rows: rows.length,
      logits: Float32Array.from(rows.flatMap(([logits]) => logits)),
      labels: Int32Array.from(rows, ([, label]) => label),
      places: rows.map(([, , place]) => place),
      classFrequencies: counts.map((count) => count / counts.reduce((a, b) => a + b)),
    })),
)

/** Counts have a row for each student, here one, whatever they count. */
const sizeOf = ({ encoding }: ShareKind, { rows, classes }: { rows: number; classes: number }) => ({
  rows: encoding === 'counts' ? 1 : rows,
  classes,
})

const weightsFor = ({ gate }: ShareKind, places: readonly number[]) => {
  if (!gate) return {}
  const { least, most } = gateBounds[gate]
  return { weights: places.map((place) => least + place * (most - least)) }
}

describe.each(kinds)('%s', (_, kind) => {
  it('keeps its length, its bounds and its sensitivity', () => {
    fc.assert(
      fc.property(answers, fc.double({ min: 0.5, max: 8, noNaN: true }), (answer, temperature) => {
        const { clip } = kind
        const share = kind.compute({ ...answer, ...weightsFor(kind, answer.places), temperature, clip })
        expect(share).toHaveLength(kind.length(sizeOf(kind, answer)))
        const largest = kind.largest({ rows: answer.rows, clip })
        expect(share.every((value) => Number.isFinite(value) && Math.abs(value) <= largest + 1e-9)).toBe(true)
        expect(kind.encoding === 'bounded' || share.every((value) => value >= 0)).toBe(true)
      }),
    )
  })

  it('moves within its stated sensitivity when its unit changes', () => {
    fc.assert(
      fc.property(answers, answers, (one, other) => {
        const { unit, l1, l2 } = kind.sensitivity(sizeOf(kind, one), kind.clip)
        fc.pre(unit === 'record' ? one.rows > 0 : one.rows === other.rows && one.classes === other.classes)
        const without = (rows: number) => ({
          ...one,
          rows,
          logits: one.logits.subarray(0, rows * one.classes),
          labels: one.labels.subarray(0, rows),
        })
        const neighbour = unit === 'record' ? without(one.rows - 1) : other
        const [a, b] = [one, neighbour].map((answer) =>
          kind.compute({ ...answer, ...weightsFor(kind, answer.places), temperature: 1, clip: kind.clip }),
        ) as [Float64Array, Float64Array]
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

describe('entropy-weighted', () => {
  it('weighs by the entropy over that of not knowing', () => {
    const logits = Float32Array.of(0, 0, 0, Math.log(9))
    const share = shareKinds['entropy-weighted'].compute({
      logits,
      rows: 2,
      classes: 2,
      temperature: 1,
      clip: 0,
    })
    // H(.1, .9) = .1 ln 10 + .9 ln(10/9) = .32508; over ln 2 it is .46900.
    expect(close(share, [0.5, 0.5, 0.0469, 0.4221], 1e-5)).toBe(true)
  })
})

describe('confidence-weighted', () => {
  it('weighs by how far from the label, and by nothing where there is no label', () => {
    const logits = Float32Array.of(0, Math.log(9), 0, Math.log(9), 0, Math.log(99), 0, 0)
    const labels = Int32Array.of(1, 0, 0, -1)
    const input = { logits, labels, rows: 4, classes: 2, temperature: 1, clip: 0 }
    const share = shareKinds['confidence-weighted'].compute(input)
    // Weights .05/.9, .05/.1, .05/.05 (.01 counts as .05), 1.
    const expected = [0.1 / 18, 0.05, 0.05, 0.45, 0.01, 0.99, 0.5, 0.5]
    expect(close(share, expected, 1e-6)).toBe(true)
  })
})

describe('prior-corrected', () => {
  it('takes the class frequencies out of a prediction, over the classes that the site has', () => {
    // p = [.6, .3, .1] with frequencies [.8, .2, 0]: logs of .75 and 1.5, whose mean is ln sqrt 1.125.
    const share = shareKinds['prior-corrected'].compute({
      logits: Float32Array.of(0.6, 0.3, 0.1).map(Math.log),
      classFrequencies: [0.8, 0.2, 0],
      rows: 1,
      classes: 3,
      temperature: 1,
      clip: 8,
    })
    expect(close(share, [-Math.log(2) / 2, Math.log(2) / 2, 0, 1, 1, 0], 1e-6)).toBe(true)
  })
})

describe('histogram', () => {
  it('puts a one into the bin of each probability', () => {
    const logits = Float32Array.of(0, 100)
    const share = shareKinds.histogram.compute({ logits, rows: 1, classes: 2, temperature: 1, clip: 0 })
    expect([...share.keys()].filter((at) => share[at] === 1)).toEqual([0, 31])
  })
})

describe('several kinds in one share', () => {
  const size = { rows: 2, classes: 3 }
  it('follow each other, each with its usual bound', () => {
    const kind = joinKinds(['prior-corrected', 'probabilities', 'log-probabilities', 'probabilities'])
    expect(kind).toBe('probabilities+log-probabilities+prior-corrected')
    expect(
      sharePartsOf({ ...size, kind, clip: 0 }).map(({ name, clip, offset, length }) => [
        name,
        clip,
        offset,
        length,
      ]),
    ).toEqual([
      ['probabilities', 0, 0, 6],
      ['log-probabilities', 8, 6, 6],
      ['prior-corrected', 8, 12, 9],
    ])
    expect(sharePartsOf({ ...size, kind: 'log-probabilities', clip: 4 })[0]?.clip).toBe(4)
  })

  it.each([
    'log-probabilities+probabilities',
    'probabilities+probabilities',
    'probabilities+',
    'other',
    '',
    'toString',
  ])('are written in one way only, so "%s" is nothing', (text) => {
    expect(splitKinds(text)).toBeUndefined()
  })
})
