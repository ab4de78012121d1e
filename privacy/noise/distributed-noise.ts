/**
 * Noise that no one site knows: each adds a part under its mask, and only the sum is ever seen.
 *
 * Of n sites, at least t are in any sum that is unmasked, and c of them may tell each other, or the coordinator,
 * their own parts. So t - c parts are certain to be there and unknown, and each has 1/(t - c) of the variance that
 * the promise needs. When more sites answer, the noise is larger than promised, never smaller.
 *
 * Everything happens on the grid of the fixed-point encoding: one grid unit is 1/scale. A row of probabilities that
 * changes moves, in grid units, by at most 2 scale in L1 and sqrt(2) scale in L2, rounding included, because the
 * encoding keeps the sum of a row. Miniature: t = 4, c = 1, scale 1024, a promise of 6 on the sum: each site adds
 * a discrete Gaussian of 6 * 1024 / sqrt(3) = 3547.3 units.
 */
import type { Calibration, PrivacyTarget } from '../accounting/calibration.ts'
import { calibrate } from '../accounting/calibration.ts'
import type { Mechanism } from '../accounting/mechanism.ts'
import { PrivacyError } from '../errors.ts'
import type { Residue32 } from '../fixed-point.ts'
import { discreteGaussian, fractionAtLeast, type Fraction, type NextWord } from './discrete-gaussian.ts'

export interface NoisySum {
  /** Sites that are asked: n. */
  readonly sites: number
  /** Sites without which nothing is unmasked: t. */
  readonly threshold: number
  /** Sites whose noise an adversary may know: c < t. */
  readonly colluders: number
  /** Grid units to one: s. */
  readonly scale: number
  /** Rows of probabilities that a site sums, its sub-teachers: M. */
  readonly rowsPerSite: number
}

/** One row of class probabilities for each question, summed over all sub-teachers of all sites. */
export interface SoftVotes extends NoisySum {
  readonly classes: number
  readonly questions: number
}

/** A part finer than this is no longer close to a Gaussian once it is summed. */
const LEAST_SITE_STD_DEV = 2
/** The tail beyond so many deviations, 2e-33, is never met. */
const DEVIATIONS_WITHOUT_WRAP = 12

/**
 * What each site adds to each word: the parameter of its discrete Gaussian, in grid units. `sumStdDev`, in units of
 * the summed values, is the least that any adversary faces. Throws `DP_PARAMETER_INVALID`, `DP_NOISE_TOO_FINE` when
 * a part has less than 2 grid units, and `DP_SUM_WRAPS` when values and noise could leave the words' range.
 */
export function siteNoise(sum: NoisySum, sumStdDev: number): Fraction {
  const part = fractionAtLeast((sumStdDev * sum.scale) / Math.sqrt(unknownParts(sum)))
  const stdDev = part.numerator / part.denominator
  if (stdDev < LEAST_SITE_STD_DEV)
    throw new PrivacyError(
      'DP_NOISE_TOO_FINE',
      `Each site would add noise of ${stdDev} grid units; it must be at least ${LEAST_SITE_STD_DEV}.`,
    )
  const largest =
    sum.sites * sum.rowsPerSite * sum.scale + DEVIATIONS_WITHOUT_WRAP * Math.sqrt(sum.sites) * stdDev
  if (!(largest < 2 ** 31))
    throw new PrivacyError(
      'DP_SUM_WRAPS',
      `The noisy sum may reach ${Math.ceil(largest)} grid units; words hold less than 2^31.`,
    )
  return part
}

/** Adds a draw to each word, modulo 2^32, in place. */
export function addNoise(words: Residue32, stdDev: Fraction, nextWord: NextWord): void {
  const draw = discreteGaussian(stdDev, nextWord)
  for (let i = 0; i < words.length; i++) words[i] = (words[i] as number) + draw()
}

/** What the answers to all questions cost a record in one sub-teacher, when each site adds `siteStdDev`. */
export function softVotesMechanism(votes: SoftVotes, siteStdDev: number): Mechanism {
  return {
    kind: 'distributedDiscreteGaussian',
    sites: unknownParts(votes),
    siteStdDev,
    l2: Math.SQRT2 * votes.scale,
    l1: 2 * votes.scale,
    dimensions: votes.classes,
    count: votes.questions,
  }
}

/**
 * The least noise on the sum that keeps all questions within the target, for `siteNoise`.
 * Throws `DP_UNREACHABLE`, and `DP_PARAMETER_INVALID` where a figure is out of range.
 */
export function calibrateSoftVotes(target: PrivacyTarget, votes: SoftVotes): Calibration {
  const toSite = votes.scale / Math.sqrt(unknownParts(votes))
  return calibrate(target, (sumStdDev) => [
    softVotesMechanism(votes, Math.max(LEAST_SITE_STD_DEV, sumStdDev * toSite)),
  ])
}

/** Parts of the noise that are sure to be in the sum and known to no adversary. */
function unknownParts({ threshold, colluders, sites }: NoisySum): number {
  const parts = threshold - colluders
  if (!(Number.isInteger(parts) && parts >= 1 && colluders >= 0 && threshold <= sites))
    throw new PrivacyError(
      'DP_PARAMETER_INVALID',
      `With a threshold of ${threshold} of ${sites} sites and ${colluders} colluders, no noise is certain to be unknown.`,
    )
  return parts
}
