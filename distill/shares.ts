/**
 * Share kinds: the bounded, fixed-length vectors that sites contribute, and that only ever meet as a sum.
 *
 * Whatever a federation learns is `finalize(sum of shares)`, so a kind fixes, before anything is asked, how
 * long its vector is, how large a value can be, how far one site or one record can move it, and how it
 * becomes fixed-point words. Two sites on one transfer item of two classes:
 *
 *     north  probabilities  [.9, .1]
 *     south  probabilities  [.5, .5]
 *     sum                   [1.4, .6]     / 2 sites -> the target [.7, .3]
 *
 * Values here are real numbers; `federation` turns them into words, masks and adds those.
 */
import { computeEvaluationCounts, countsLength, largestCount, ROW_L1, ROW_L2 } from './evaluation-counts.ts'
import type { ShareInput, ShareSize } from './share-input.ts'
import { logSoftmaxRows, softmaxRows } from './softmax.ts'

/** How far the vector can move, in the norms that noise is calibrated to, when one `unit` is replaced or removed. */
export interface Sensitivity {
  /** site: any answer for any other. record: one row more or less among those the site measures on. */
  readonly unit: 'site' | 'record'
  readonly l1: number
  readonly l2: number
}

export interface ShareKind {
  readonly purpose: 'teach' | 'evaluate'
  /** simplex: each row is non-negative and sums to one. bounded: |value| <= clip. counts: 0 <= value <= largest. */
  readonly encoding: 'simplex' | 'bounded' | 'counts'
  /** Fixed-point units per 1.0 unless a run says otherwise. */
  readonly scale: number
  /** The usual bound on |value|; 0 where the kind needs none. */
  readonly clip: number
  /** Values in the vector. */
  length(size: ShareSize): number
  /** No |value| exceeds this. `rows` counts what is measured on, for counts. */
  largest(bounds: { rows: number; clip: number }): number
  sensitivity(size: ShareSize, clip: number): Sensitivity
  compute(input: ShareInput): Float64Array
}

export const shareKinds = {
  /** softmax(z / T) per item. Replacing a row moves it by at most 2 in L1 and sqrt(2) in L2. */
  probabilities: {
    purpose: 'teach',
    encoding: 'simplex',
    scale: 2 ** 16,
    clip: 0,
    length: ({ rows, classes }) => rows * classes,
    largest: () => 1,
    sensitivity: ({ rows }) => ({ unit: 'site', l1: 2 * rows, l2: Math.sqrt(2 * rows) }),
    compute: ({ logits, classes, temperature }) => softmaxRows(logits, classes, temperature),
  },
  /**
   * log softmax(z / T), centred to mean zero in each row and clipped to [-clip, clip]: the logits that any
   * network with these predictions shares. Replacing an answer moves each value by at most 2 clip.
   */
  'log-probabilities': {
    purpose: 'teach',
    encoding: 'bounded',
    scale: 2 ** 16,
    clip: 8,
    length: ({ rows, classes }) => rows * classes,
    largest: ({ clip }) => clip,
    sensitivity: ({ rows, classes }, clip) => ({
      unit: 'site',
      l1: 2 * clip * rows * classes,
      l2: 2 * clip * Math.sqrt(rows * classes),
    }),
    compute: ({ logits, classes, temperature, clip }) => centredLogits(logits, classes, temperature, clip),
  },
  /** Everything a report needs to know about predictions on private rows, as counts (see evaluation-counts.ts). */
  'evaluation-counts': {
    purpose: 'evaluate',
    encoding: 'counts',
    scale: 2 ** 8,
    clip: 0,
    length: ({ classes }) => countsLength(classes),
    largest: ({ rows }) => largestCount(rows),
    sensitivity: () => ({ unit: 'record', l1: ROW_L1, l2: ROW_L2 }),
    compute: computeEvaluationCounts,
  },
} as const satisfies Readonly<Record<string, ShareKind>>

export type ShareKindName = keyof typeof shareKinds

function centredLogits(
  logits: Float32Array,
  classes: number,
  temperature: number,
  clip: number,
): Float64Array {
  const values = logSoftmaxRows(logits, classes, temperature)
  for (let at = 0; at < values.length; at += classes) {
    const row = values.subarray(at, at + classes)
    const mean = row.reduce((sum, value) => sum + value, 0) / classes
    row.forEach((value, index) => (row[index] = Math.max(-clip, Math.min(clip, value - mean))))
  }
  return values
}
