/**
 * What a teacher says of labels that do not exclude each other: a number for each label of each item, which no other
 * label's number moves.
 */
import { sigmoids } from '../sigmoid.ts'
import { boundedValues, clipped } from './bounded.ts'
import { USUAL_SCALE, type ShareKind } from './kind.ts'

/** sigmoid(z / T), 0 to 1. Another answer moves each value by at most 1, and by chance all of them at once. */
export const labelProbabilities: ShareKind = {
  task: 'multilabel',
  purpose: 'teach',
  encoding: 'weights',
  scale: USUAL_SCALE,
  clip: 0,
  length: ({ rows, classes }) => rows * classes,
  largest: () => 1,
  sensitivity: ({ rows, classes }) => ({
    unit: 'site',
    l1: rows * classes,
    l2: Math.sqrt(rows * classes),
  }),
  compute: ({ logits, temperature }) => sigmoids(logits, temperature),
}

/** z / T itself, the logarithm of the odds, clipped to [-clip, clip]: a value moves by at most 2 clip. */
export const labelLogits: ShareKind = {
  task: 'multilabel',
  ...boundedValues(2),
  compute: ({ logits, temperature, clip }) =>
    Float64Array.from(logits, (logit) => clipped(logit / temperature, clip)),
}
