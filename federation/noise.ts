/**
 * The noise of a `pate` run, from its numbers alone, so that coordinator and site come to the same.
 *
 * Every site sums the answers of its M sub-teachers, each a row that adds up to one, and adds its part of the
 * noise (privacy/noise/distributed-noise.ts). One unit's data trained one sub-teacher at most, so they move each
 * item's row of the sum by at most sqrt(2) in L2. All items of the run compose, whatever their order and rounds.
 * Summed by group, every group's sum has all the noise, and a unit is in one of them.
 */
import type { Mechanism } from '#privacy/accounting/mechanism.ts'
import type { Fraction } from '#privacy/noise/discrete-gaussian.ts'
import {
  calibrateSoftVotes,
  siteNoise,
  softVotesMechanism,
  type SoftVotes,
} from '#privacy/noise/distributed-noise.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import type { NoisePlan, PrivacyPromise } from './privacy-plan.ts'
import { assumedColluders, sumSizes, type SumTerms } from './thresholds.ts'

export interface NoisyRun extends SumTerms {
  readonly members: number
  readonly classes: number
  /** Transfer items of all rounds. */
  readonly items: number
  /** Fixed-point units per 1.0. */
  readonly scale: number
}

/** The least noise that keeps the promise. Throws `DP_UNREACHABLE`, `DP_PARAMETER_INVALID`, `DP_SUM_WRAPS`. */
export function planNoise(promise: Omit<PrivacyPromise, 'unit'>, run: NoisyRun): NoisePlan {
  const { members } = run
  const colluders = assumedColluders(sumSizes(run).fewest)
  const votes = softVotes({ ...run, colluders })
  const { noise: stdDev } = calibrateSoftVotes(promise, votes)
  // A hair more than the least: the part of each site is rounded up, and the promise must survive a decimal or two.
  const noise = { stdDev: Math.max(stdDev * (1 + 1e-9), leastStdDev(votes)), members, colluders }
  siteNoise(votes, noise.stdDev)
  return noise
}

/** Each site's part on every word, as an exact fraction of grid units. Throws `DP_NOISE_TOO_FINE` and `DP_SUM_WRAPS`. */
export function siteNoiseOf(manifest: QuestionManifest): Fraction | undefined {
  const { noise } = manifest.privacy
  return noise && siteNoise(votesOf(manifest, noise), noise.stdDev)
}

/**
 * What one answer costs each unit, counted by its items; undefined where no noise is asked for. It follows from
 * the numbers that decide the noise and from no claim about epsilon. Throws as `siteNoiseOf` does.
 */
export function costOf(manifest: QuestionManifest): Mechanism | undefined {
  const { noise } = manifest.privacy
  const part = siteNoiseOf(manifest)
  if (!noise || !part) return undefined
  return softVotesMechanism(votesOf(manifest, noise), part.numerator / part.denominator)
}

function votesOf({ roster, threshold, groups, share }: QuestionManifest, noise: NoisePlan): SoftVotes {
  const { members, colluders } = noise
  const { rows: items, outputs: classes, scale } = share
  return softVotes({ sites: roster.length, threshold, groups, members, classes, items, scale, colluders })
}

function softVotes(run: NoisyRun & { readonly colluders: number }): SoftVotes {
  const { colluders, scale, members, classes, items } = run
  const { most: sites, threshold } = sumSizes(run)
  return { sites, threshold, colluders, scale, rowsPerSite: members, classes, questions: items }
}

/** Where next to nothing is asked the promise would do with less, but each part has two grid units at least. */
const leastStdDev = ({ threshold, colluders, scale }: SoftVotes): number =>
  (2 * Math.sqrt(threshold - colluders)) / scale
