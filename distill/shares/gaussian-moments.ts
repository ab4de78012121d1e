/**
 * Gaussian answers as sums: a mixture's mean and variance follow from two sums that any number of sites can add.
 *
 *     mean = sum mu / K        variance = sum (sigma^2 + mu^2) / K - mean^2
 *
 * (Lakshminarayanan et al., arXiv 1612.01474, section 2.4.) So a site answers mu and sigma^2 + mu^2 for each item, of
 * the standardised target. With the bound B on both, |mu| <= sqrt(B) and sigma^2 <= B - mu^2.
 */
import { gaussiansOf, MOST_VARIANCE } from '../gaussian.ts'
import type { ShareKind } from './kind.ts'

export const gaussianMoments: ShareKind = {
  task: 'regress',
  purpose: 'teach',
  encoding: 'bounded',
  scale: 2 ** 16,
  clip: MOST_VARIANCE,
  length: ({ rows }) => rows * 2,
  largest: ({ clip }) => clip,
  /** A mean moves by at most 2 sqrt(B), a second moment, which is never negative, by at most B. */
  sensitivity: ({ rows }, clip) => ({
    unit: 'site',
    l1: rows * (2 * Math.sqrt(clip) + clip),
    l2: Math.sqrt(rows * (4 * clip + clip ** 2)),
  }),
  compute: ({ logits, clip }) => {
    const moments = Float64Array.from(gaussiansOf(logits))
    for (let at = 0; at < moments.length; at += 2) {
      const [mean = 0, variance = 1] = moments.subarray(at, at + 2)
      const clipped = Math.max(-Math.sqrt(clip), Math.min(Math.sqrt(clip), mean))
      moments[at] = clipped
      moments[at + 1] = Math.min(clip, variance + clipped ** 2)
    }
    return moments
  },
}
