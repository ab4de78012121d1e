/**
 * The one check that a sum of masked answers allows: each row of probabilities was dealt exactly `scale` units, so
 * each row of a sum over n answers holds exactly n x scale. A site that answered off the simplex, and thereby gave
 * itself more than one vote or took votes away, shows here, though not which site it was.
 *
 * It does not show one that lied within the simplex, but that is bounded. Liars who are a fraction a of the sites
 * move the mean by at most 2a in L1; where the honest mean prefers its first class by the margin m, liars who put
 * everything on the second make (1 - a) m into (1 - a) m - a, which turns when a > m / (1 + m) and not before.
 */
import { PrivacyError } from '../errors.ts'
import type { Residue32 } from '../fixed-point.ts'

export interface ExpectedRows {
  readonly classes: number
  /** Fixed-point units of one answer's row, times the votes that each answer sums. */
  readonly scale: number
  /** Answers in the sum. */
  readonly sites: number
  /** Standard deviation of the noise on each value of the sum, in fixed-point units; 0 without noise. */
  readonly noise?: number
}

/** In standard deviations; a row's noise passes this with probability 1.2e-15 (two tails of the normal). */
const NOISE_BOUND = 8

/**
 * Throws `SUM_INCONSISTENT`, naming the row, unless every row of the sum holds what its answers were dealt: to the
 * unit without noise, else within 8 standard deviations of what `classes` independent noises add up to.
 */
export function requireRowSums(words: Residue32, { classes, scale, sites, noise = 0 }: ExpectedRows): void {
  const expected = sites * scale
  const slack = NOISE_BOUND * Math.sqrt(classes) * noise
  for (let start = 0; start < words.length; start += classes) {
    let total = 0
    for (let k = 0; k < classes; k++) total += (words[start + k] as number) | 0 // signed: noise goes below zero
    if (Math.abs(total - expected) > slack)
      throw new PrivacyError(
        'SUM_INCONSISTENT',
        `Row ${start / classes} of the sum holds ${total} units; ${sites} answers make ${expected}${slack > 0 ? `, give or take ${Math.ceil(slack)}` : ''}.`,
      )
  }
}
