/**
 * Federated evaluation of a student of several labels: for one label behind the other the counts of a student of two
 * classes, no and yes (evaluation-counts.ts), on the rows that are known to have or not to have it. One record more
 * or less may move the counts of every label.
 */
import {
  computeEvaluationCounts,
  countsLength,
  metricsOfCounts,
  ROW_L1,
  ROW_L2,
} from './evaluation-counts.ts'
import type { Metrics } from './metrics.ts'
import { knownPlaces, macroMetrics, yesAt } from './multilabel-metrics.ts'
import type { ShareInput } from './share-input.ts'

const OF_LABEL = countsLength(2)

export const labelCountsLength = (labels: number): number => labels * OF_LABEL
export const rowL1OfLabels = (labels: number): number => labels * ROW_L1
export const rowL2OfLabels = (labels: number): number => Math.sqrt(labels) * ROW_L2

/** Of the rows of `logits` and `marks`. */
export function computeLabelCounts(input: ShareInput): Float64Array {
  const { logits, marks = new Float32Array(), classes: labels } = input
  const counts = new Float64Array(labelCountsLength(labels))
  for (let label = 0; label < labels; label++) {
    const known = knownPlaces(marks, label, labels)
    const ofLabel = computeEvaluationCounts({
      ...input,
      rows: known.length,
      classes: 2,
      // softmax(0, z) is 1 - sigmoid(z), sigmoid(z).
      logits: Float32Array.from(known.flatMap((at) => [0, logits[at] as number])),
      labels: yesAt(marks, known),
    })
    counts.set(ofLabel, label * OF_LABEL)
  }
  return counts
}

/** What the sum of the sites' shares says of all their rows together. */
export const metricsOfLabelCounts = (sum: Float64Array, labels: number): Metrics =>
  macroMetrics(
    Array.from({ length: labels }, (_, label) =>
      metricsOfCounts(sum.subarray(label * OF_LABEL, (label + 1) * OF_LABEL), 2),
    ),
  )
