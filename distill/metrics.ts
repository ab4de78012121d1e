/**
 * How good predictions are: quality, calibration, ranking, and fidelity to a teacher.
 *
 * Everything is computed from rows x classes probabilities (row-major, each row summing to one) and one
 * class index per row. A figure that the rows cannot give, such as a ranking when only one class occurs, is
 * null, never NaN.
 */
import { areaUnderRoc, averagePrecision } from './ranking.ts'

export interface Predictions {
  readonly rows: number
  readonly classes: number
  /** rows x classes. */
  readonly probabilities: Float32Array
}

export interface ClassMetrics extends Readonly<
  Partial<Record<(typeof labelFigures)[number], number | null | undefined>>
> {
  /** Rows that carry the class. */
  readonly support: number
  readonly precision: number | null
  readonly recall: number | null
  readonly f1: number | null
}

/** What each label has of its own, where classes do not exclude each other; as in `Metrics`. */
export const labelFigures = ['auroc', 'auprc', 'auprcBaseline', 'nll', 'brier', 'ece'] as const

export interface Metrics {
  readonly rows: number
  readonly accuracy: number | null
  /** Unweighted mean of F1 over the classes that occur among labels or predictions. */
  readonly macroF1: number | null
  /** Class 1 against class 0 when binary; else the mean of one-against-rest over classes that can be ranked. */
  readonly auroc: number | null
  /** Average precision, likewise. */
  readonly auprc: number | null
  /** What a ranking without knowledge would reach: the prevalence, averaged like `auprc`. */
  readonly auprcBaseline: number | null
  /** Mean -log p(label), with p floored at e^-16. */
  readonly nll: number | null
  /** Mean squared distance between the probability vector and the one-hot label: 0 to 2. */
  readonly brier: number | null
  /** Expected calibration error of the top class over 15 equal bins of confidence (Guo et al. 2017). */
  readonly ece: number | null
  readonly perClass: readonly ClassMetrics[]
  readonly reliability: readonly ReliabilityBin[]
}

/** Rows whose top class has a probability in one of `CALIBRATION_BINS` equal parts of [0, 1], from the lowest. */
export interface ReliabilityBin {
  readonly rows: number
  /** Sum of the top class's probability over the rows. */
  readonly confidence: number
  /** Rows of which the top class is the label. */
  readonly correct: number
}

export const CALIBRATION_BINS = 15
/** A label's probability is floored at e^-16 before its logarithm, so that one row costs at most 16. */
export const NLL_CAP = 16

/** Measures labelled predictions; labels are class indices in [0, classes). */
export function evaluate(predictions: Predictions, labels: Int32Array): Metrics {
  const { rows, classes } = predictions
  const counts = countOutcomes(predictions, labels)
  return {
    rows,
    ...confusionMetrics(counts.confusion, classes),
    ...rankingMetrics(predictions, labels),
    nll: ratio(counts.nll, rows),
    brier: ratio(counts.brier, rows),
    ece: calibrationError(counts.bins),
    reliability: reliabilityOf(counts.bins),
  }
}

/** Counts that add up over rows and over sites: all of `Metrics` but the rankings follows from them. */
export interface OutcomeCounts {
  /** classes x classes: row = label, column = prediction. */
  readonly confusion: Float64Array
  readonly bins: {
    readonly count: Float64Array
    readonly confidence: Float64Array
    readonly correct: Float64Array
  }
  readonly nll: number
  readonly brier: number
}

export function countOutcomes(
  { rows, classes, probabilities }: Predictions,
  labels: Int32Array,
): OutcomeCounts {
  const confusion = new Float64Array(classes * classes)
  const bins = {
    count: new Float64Array(CALIBRATION_BINS),
    confidence: new Float64Array(CALIBRATION_BINS),
    correct: new Float64Array(CALIBRATION_BINS),
  }
  let [nll, brier] = [0, 0]
  for (let row = 0; row < rows; row++) {
    const p = probabilities.subarray(row * classes, (row + 1) * classes)
    const label = labels[row] ?? 0
    const predicted = argmax(p)
    const confidence = p[predicted] ?? 0
    const bin = Math.min(CALIBRATION_BINS - 1, Math.floor(confidence * CALIBRATION_BINS))
    bump(confusion, label * classes + predicted, 1)
    bump(bins.count, bin, 1)
    bump(bins.confidence, bin, confidence)
    bump(bins.correct, bin, predicted === label ? 1 : 0)
    nll += Math.min(NLL_CAP, -Math.log(p[label] ?? 0))
    brier += p.reduce((sum, value, index) => sum + (value - (index === label ? 1 : 0)) ** 2, 0)
  }
  return { confusion, bins, nll, brier }
}

export function confusionMetrics(confusion: Float64Array, classes: number) {
  const sum = (cells: (other: number) => number) =>
    Array.from({ length: classes }, (_, other) => confusion[cells(other)] ?? 0).reduce((a, b) => a + b, 0)
  const perClass = Array.from({ length: classes }, (_, k): ClassMetrics => {
    const hits = confusion[k * classes + k] ?? 0
    const support = sum((other) => k * classes + other)
    const predicted = sum((other) => other * classes + k)
    return {
      support,
      precision: ratio(hits, predicted),
      recall: ratio(hits, support),
      f1: ratio(2 * hits, support + predicted),
    }
  })
  const rows = perClass.reduce((total, { support }) => total + support, 0)
  const accuracy = ratio(
    sum((k) => k * classes + k),
    rows,
  )
  return { accuracy, macroF1: meanOf(perClass.map(({ f1 }) => f1)), perClass }
}

/** Sum over bins of |correct - confidence| / rows. */
export function calibrationError({ count, confidence, correct }: OutcomeCounts['bins']): number | null {
  const rows = count.reduce((a, b) => a + b, 0)
  const gap = correct.reduce((total, hits, bin) => total + Math.abs(hits - (confidence[bin] ?? 0)), 0)
  return ratio(gap, rows)
}

export const reliabilityOf = ({ count, confidence, correct }: OutcomeCounts['bins']): ReliabilityBin[] =>
  [...count].map((rows, bin) => ({ rows, confidence: confidence[bin] ?? 0, correct: correct[bin] ?? 0 }))

function rankingMetrics({ rows, classes, probabilities }: Predictions, labels: Int32Array) {
  const scoresOf = (k: number) =>
    Float32Array.from({ length: rows }, (_, row) => probabilities[row * classes + k] ?? 0)
  const ranked = classes === 2 ? [1] : Array.from({ length: classes }, (_, k) => k)
  const figures = ranked.map((k) => {
    const scores = scoresOf(k)
    const positive = Uint8Array.from(labels, (label) => (label === k ? 1 : 0))
    const prevalence = ratio(
      positive.reduce((a, b) => a + b, 0),
      rows,
    )
    const auprc = averagePrecision(scores, positive)
    return { auroc: areaUnderRoc(scores, positive), auprc, baseline: auprc === null ? null : prevalence }
  })
  return {
    auroc: meanOf(figures.map(({ auroc }) => auroc)),
    auprc: meanOf(figures.map(({ auprc }) => auprc)),
    auprcBaseline: meanOf(figures.map(({ baseline }) => baseline)),
  }
}

/**
 * How closely a student follows a teacher on the same rows (Stanton et al. 2021): the fraction of equal top
 * classes, and the mean KL(teacher || student) in nats.
 */
export function fidelity(
  student: Predictions,
  teacher: Predictions,
): { agreement: number | null; meanKl: number | null } {
  const { rows, classes } = student
  let [agreed, kl] = [0, 0]
  for (let row = 0; row < rows; row++) {
    const q = student.probabilities.subarray(row * classes, (row + 1) * classes)
    const p = teacher.probabilities.subarray(row * classes, (row + 1) * classes)
    if (argmax(p) === argmax(q)) agreed++
    p.forEach((value, index) => {
      if (value > 0) kl += value * (Math.log(value) - Math.max(-NLL_CAP, Math.log(q[index] ?? 0)))
    })
  }
  return { agreement: ratio(agreed, rows), meanKl: ratio(Math.max(0, kl), rows) }
}

/** The fraction of rows whose largest score, logit or probability, is at the label; 0 without rows. */
export function accuracy(scores: Float32Array, labels: Int32Array, classes: number): number {
  const hits = labels.filter(
    (label, row) => argmax(scores.subarray(row * classes, (row + 1) * classes)) === label,
  )
  return ratio(hits.length, labels.length) ?? 0
}

/** The index of the largest value; the first of equals. */
export function argmax(values: Float32Array): number {
  let best = 0
  for (let i = 1; i < values.length; i++) if ((values[i] ?? 0) > (values[best] ?? 0)) best = i
  return best
}

/** The mean of the figures there are; null when there are none. */
export function meanOf(figures: readonly (number | null)[]): number | null {
  const known = figures.filter((figure) => figure !== null)
  return ratio(
    known.reduce((a, b) => a + b, 0),
    known.length,
  )
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null
}

function bump(into: Float64Array, index: number, by: number): void {
  into[index] = (into[index] ?? 0) + by
}
