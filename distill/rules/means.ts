/** Rules that treat all sites alike. */
import { softmaxRows } from '../softmax.ts'
import { normalised, sumOf, type CombineRule, type Sums } from './rule.ts'

/** The mean of the teachers' probabilities (Hinton, Vinyals, Dean 2015; FedMD shares the same sum). */
export const meanProbability = {
  shareKinds: ['probabilities'],
  finalize: (sums, _, { classes }) => ({ targets: normalised(sumOf(sums, 'probabilities'), classes) }),
} as const satisfies CombineRule

/**
 * softmax of the mean logits: the teachers' normalised geometric mean (FedDF: Lin et al. 2020, algorithm 1).
 * A teacher is trusted more the surer it is, which helps equals and hurts under label skew.
 */
export const meanLogit = {
  shareKinds: ['log-probabilities'],
  finalize: (sums, sites, { classes }) => ({
    targets: Float32Array.from(
      softmaxRows(
        sumOf(sums, 'log-probabilities').map((value) => value / sites),
        classes,
      ),
    ),
  }),
} as const satisfies CombineRule

/**
 * The teachers' normalised geometric mean too, but of probabilities as they are, not of logits: so the sum also tells by
 * how much it falls short of one, which it does the more the further teachers are apart,
 *
 *     disagreement = -ln sum_c exp(mean_k ln p_kc) >= 0
 *
 * and both together are all that a Dirichlet distribution can learn of its teachers (losses/dirichlet.ts). Two that say
 * (.9 .1) and (.1 .9) have the geometric means .3 and .3: the target (.5 .5), and a disagreement of -ln .6 = .51.
 */
export const geometricMean = {
  shareKinds: ['floored-log-probabilities'],
  finalize: (sums, sites, { classes }) => ({
    targets: Float32Array.from(softmaxRows(meanLogs(sums, sites), classes)),
  }),
  disagreement(sums, sites, { classes }) {
    const logs = meanLogs(sums, sites)
    return Float32Array.from({ length: logs.length / classes }, (_, row) => {
      const shortOfOne = logs
        .subarray(row * classes, (row + 1) * classes)
        .reduce((sum, log) => sum + Math.exp(log), 0)
      // Floors and fixed point may leave a hair more than one.
      return Math.max(0, -Math.log(shortOfOne))
    })
  },
} as const satisfies CombineRule

const meanLogs = (sums: Sums, sites: number): Float64Array =>
  sumOf(sums, 'floored-log-probabilities').map((value) => value / sites)

/** How much entropy reduction sharpens; the temperature of DS-FL. */
const SHARPNESS = 0.1

/** softmax of the mean probabilities over .1: entropy reduction aggregation (DS-FL: Itahara et al. 2021, equation 12). */
export const era = {
  shareKinds: ['probabilities'],
  finalize: (sums, _, { classes }) => ({
    targets: Float32Array.from(
      softmaxRows(normalised(sumOf(sums, 'probabilities'), classes), classes, SHARPNESS),
    ),
  }),
} as const satisfies CombineRule
