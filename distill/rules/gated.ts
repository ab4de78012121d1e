/**
 * Rules that listen to the sites whose own rows lie near the item: sum(w_k p_k) / sum w_k, with the weight that each
 * site's gate gave (gates/gate.ts).
 *
 * With the density ratio it is Bayes' rule over all sites' rows together. Let site k have n_k rows of density p_k(x),
 * of which its teacher says p_k(y | x). Of all rows at x, the fraction of class y is
 *
 *     sum_k n_k p_k(x) p_k(y | x) / sum_k n_k p_k(x)
 *
 * and dividing each n_k p_k(x) by the density of the transfer set, the same for all sites, changes nothing.
 */
import { normalised, sumOf, type CombineRule } from './rule.ts'

const gated = (kind: 'radius-gated' | 'k-means-gated' | 'class-means-gated' | 'density-ratio') =>
  ({
    shareKinds: [kind],
    finalize: (sums, _, { classes }) => ({ targets: normalised(sumOf(sums, kind), classes) }),
  }) as const satisfies CombineRule

export const radiusGated = gated('radius-gated')
export const kMeansGated = gated('k-means-gated')
export const classMeansGated = gated('class-means-gated')
export const densityRatio = gated('density-ratio')
