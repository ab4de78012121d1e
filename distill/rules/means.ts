/** Rules that treat all sites alike. */
import { softmaxRows } from '../softmax.ts'
import { normalised, sumOf, type CombineRule } from './rule.ts'

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
