/**
 * Federated evaluation: how good the student is on rows that no one but their site may see.
 *
 * Accuracy, F1, calibration and likelihood are functions of counts, and counts add up over sites. A share
 * holds, in this order, for C classes:
 *
 *     confusion   C x C        row = label, column = prediction
 *     bins        3 x 15       by confidence: rows, sum of confidence, rows predicted right
 *     sums        3            rows, sum of -log p(label) capped at 16, sum of squared error (Brier)
 *     histograms  2 x 64       binary only: p(class 1) of rows of class 1, and of rows of class 0
 *
 * The histograms give AUROC and AUPRC of all sites together, with scores equal that fall in the same bin. One
 * record more or less moves eight values: five counts by 1 (of them one histogram cell), a confidence by at
 * most 1, the likelihood by at most 16 and the Brier sum by at most 2. Of several targets a row may lack this one: it
 * then counts nothing.
 */
import { UNLABELLED } from '#engine/data/dataset.ts'
import { rowsOfMatrix } from '#engine/data/matrix.ts'
import {
  CALIBRATION_BINS,
  calibrationError,
  confusionMetrics,
  countOutcomes,
  NLL_CAP,
  reliabilityOf,
} from './metrics.ts'
import type { Metrics } from './metrics.ts'
import { precisionOfHistograms, rocOfHistograms } from './ranking.ts'
import type { ShareInput } from './share-input.ts'
import { softmaxRows } from './softmax.ts'

export const SCORE_BINS = 64

export const ROW_L1 = 6 + NLL_CAP + 2
export const ROW_L2 = Math.sqrt(6 + NLL_CAP ** 2 + 2 ** 2)

export function countsLength(classes: number): number {
  return classes * classes + 3 * CALIBRATION_BINS + 3 + (classes === 2 ? 2 * SCORE_BINS : 0)
}

/** The likelihood sum is the largest a value can be: 16 nats a row. */
export function largestCount(rows: number): number {
  return rows * NLL_CAP
}

/** Of the rows of `logits` whose label is known. */
export function computeEvaluationCounts(input: ShareInput): Float64Array {
  const { logits, labels = new Int32Array(), classes, temperature } = input
  const known = labels.filter((label) => label !== UNLABELLED)
  const places = Int32Array.from(labels.keys()).filter((row) => labels[row] !== UNLABELLED)
  const rows = known.length
  const own = rowsOfMatrix(logits, classes, places)
  const probabilities = Float32Array.from(softmaxRows(own, classes, temperature))
  const { confusion, bins, nll, brier } = countOutcomes({ rows, classes, probabilities }, known)
  const histograms = new Float64Array(classes === 2 ? 2 * SCORE_BINS : 0)
  if (classes === 2)
    known.forEach((label, row) => {
      const bin = Math.min(SCORE_BINS - 1, Math.floor((probabilities[2 * row + 1] ?? 0) * SCORE_BINS))
      const cell = (label === 1 ? 0 : SCORE_BINS) + bin
      histograms[cell] = (histograms[cell] ?? 0) + 1
    })
  return Float64Array.of(
    ...confusion,
    ...bins.count,
    ...bins.confidence,
    ...bins.correct,
    rows,
    nll,
    brier,
    ...histograms,
  )
}

/** Metrics of all sites' rows together from the sum of their counts. Rankings of more than two classes are null. */
export function metricsOfCounts(sum: Float64Array, classes: number): Metrics {
  let at = 0
  const take = (length: number) => sum.slice(at, (at += length))
  const confusion = take(classes * classes)
  const bins = {
    count: take(CALIBRATION_BINS),
    confidence: take(CALIBRATION_BINS),
    correct: take(CALIBRATION_BINS),
  }
  const [rows = 0, nll = 0, brier = 0] = take(3)
  const [positives, negatives] = [take(SCORE_BINS), take(SCORE_BINS)]
  const binary = classes === 2 && rows > 0
  const positiveRows = positives.reduce((a, b) => a + b, 0)
  return {
    rows,
    ...confusionMetrics(confusion, classes),
    auroc: binary ? rocOfHistograms(positives, negatives) : null,
    auprc: binary ? precisionOfHistograms(positives, negatives) : null,
    auprcBaseline: binary && positiveRows > 0 ? positiveRows / rows : null,
    nll: rows > 0 ? nll / rows : null,
    brier: rows > 0 ? brier / rows : null,
    ece: calibrationError(bins),
    reliability: reliabilityOf(bins),
  }
}
