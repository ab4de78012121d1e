/**
 * Share kinds for sites that do not know all classes, or know them in other proportions: every class has a weight,
 * the same for all items. So the vector is rows x classes weighted values, and behind them the classes' weights.
 *
 * What they add to predictions is the site's class frequencies. In the sum those are the mean over sites.
 */
import type { ShareInput } from '../share-input.ts'
import { logSoftmaxRows, softmaxRows } from '../softmax.ts'
import { USUAL_SCALE, type ShareKind } from './kind.ts'

/**
 * f_c p_c, and f_c, where f is the fraction of the site's rows in class c. The frequencies are a row of
 * probabilities themselves, so the vector moves like rows + 1 of those.
 */
export const classWeighted = {
  purpose: 'teach',
  encoding: 'weights',
  scale: USUAL_SCALE,
  clip: 0,
  readsRows: true,
  length: ({ rows, classes }) => (rows + 1) * classes,
  largest: () => 1,
  sensitivity: ({ rows }) => ({ unit: 'site', l1: 2 * (rows + 1), l2: Math.sqrt(2 * (rows + 1)) }),
  compute: (input) => {
    const { logits, classes, temperature } = input
    const frequencies = frequenciesOf(input)
    const p = softmaxRows(logits, classes, temperature)
    const weighted = p.map((value, at) => value * (frequencies[at % classes] as number))
    return joined(weighted, frequencies)
  },
} as const satisfies ShareKind

/**
 * (log p_c - log f_c) / T over the classes that the site has, centred there and clipped, 0 for the others; and 1 for
 * each class that it has. Without its class frequencies a prediction says how likely each class makes the item
 * (Bayes), which is the same everywhere however the classes are dealt (Saerens et al. 2002).
 */
export const priorCorrected = {
  purpose: 'teach',
  encoding: 'bounded',
  scale: USUAL_SCALE,
  clip: 8,
  readsRows: true,
  length: ({ rows, classes }) => (rows + 1) * classes,
  largest: ({ clip }) => Math.max(1, clip),
  sensitivity: ({ rows, classes }, clip) => ({
    unit: 'site',
    l1: (2 * clip * rows + 1) * classes,
    l2: Math.sqrt(((2 * clip) ** 2 * rows + 1) * classes),
  }),
  compute: (input) => {
    const { logits, classes, temperature, clip } = input
    const frequencies = frequenciesOf(input)
    const own = Array.from(frequencies).flatMap((frequency, c) => (frequency > 0 ? [c] : []))
    const values = logSoftmaxRows(logits, classes)
    for (let at = 0; at < values.length; at += classes) {
      const row = values.slice(at, at + classes)
      const corrected = own.map(
        (c) => ((row[c] as number) - Math.log(frequencies[c] as number)) / temperature,
      )
      const mean = corrected.reduce((sum, value) => sum + value, 0) / own.length
      values.fill(0, at, at + classes)
      own.forEach((c, i) => {
        values[at + c] = Math.max(-clip, Math.min(clip, (corrected[i] as number) - mean))
      })
    }
    return joined(
      values,
      Array.from(frequencies, (frequency) => Number(frequency > 0)),
    )
  },
} as const satisfies ShareKind

function frequenciesOf({ classFrequencies }: ShareInput): ArrayLike<number> {
  if (classFrequencies) return classFrequencies
  throw new TypeError('internal: a share by classes needs their frequencies')
}

function joined(values: Float64Array, weights: ArrayLike<number>): Float64Array {
  const all = new Float64Array(values.length + weights.length)
  all.set(values)
  all.set(weights, values.length)
  return all
}
