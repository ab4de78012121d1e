/** Share kinds that say what the teacher predicts and nothing else. */
import type { ShareInput } from '../share-input.ts'
import { logSoftmaxRows, softmaxRows } from '../softmax.ts'
import { boundedValues, clipped } from './bounded.ts'
import { USUAL_SCALE, type ShareKind } from './kind.ts'

/** softmax(z / T) per item. Replacing a row moves it by at most 2 in L1 and sqrt(2) in L2. */
export const probabilities = {
  purpose: 'teach',
  encoding: 'simplex',
  scale: USUAL_SCALE,
  clip: 0,
  length: ({ rows, classes }) => rows * classes,
  largest: () => 1,
  sensitivity: ({ rows }) => ({ unit: 'site', l1: 2 * rows, l2: Math.sqrt(2 * rows) }),
  compute: ({ logits, classes, temperature }) => softmaxRows(logits, classes, temperature),
} as const satisfies ShareKind

/**
 * log softmax(z / T), centred to mean zero in each row and clipped to [-clip, clip]: the logits that any
 * network with these predictions shares. Replacing an answer moves each value by at most 2 clip.
 */
export const logProbabilities = {
  ...boundedValues(2),
  compute: centredLogits,
} as const satisfies ShareKind

/**
 * ln max(p, e^-clip), where p is softmax(z / T): logarithms of the probabilities themselves, in [-clip, 0], not up to a constant
 * a row. Their mean over teachers is what a Dirichlet distribution learns from (losses/dirichlet.ts).
 */
export const flooredLogProbabilities = {
  ...boundedValues(1),
  compute: ({ logits, classes, temperature, clip }) =>
    logSoftmaxRows(logits, classes, temperature).map((value) => Math.max(-clip, value)),
} as const satisfies ShareKind

function centredLogits({ logits, classes, temperature, clip }: ShareInput): Float64Array {
  const values = logSoftmaxRows(logits, classes, temperature)
  for (let at = 0; at < values.length; at += classes) {
    const row = values.subarray(at, at + classes)
    const mean = row.reduce((sum, value) => sum + value, 0) / classes
    row.forEach((value, index) => (row[index] = clipped(value - mean, clip)))
  }
  return values
}
