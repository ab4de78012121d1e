/**
 * Combine rules: from the sum of the sites' shares to one soft target for each transfer item.
 *
 * A rule sees a sum and the number of sites in it, never one site's answer. Since
 * sum_k w_k KL(p_k || q) and KL(sum_k w_k p_k || q) have the same gradient in q when the w_k add up to one,
 * a student that learns from the mean prediction learns exactly as from every teacher at once.
 */
import { softmaxRows } from './softmax.ts'
import type { ShareKindName } from './shares.ts'
import type { ShareSize } from './share-input.ts'

export interface CombineRule {
  /** What sites are asked for. */
  readonly shareKind: ShareKindName
  /**
   * `sum` holds rows x classes added values, `sites` how many were added; the shares were softened at
   * `temperature`, and so are the targets: rows x classes, each row summing to one.
   */
  finalize(
    sum: Float64Array,
    sites: number,
    size: ShareSize & { readonly temperature: number },
  ): { readonly targets: Float32Array }
}

export const combineRules = {
  /** The mean of the teachers' probabilities (Hinton, Vinyals, Dean 2015; FedMD shares the same sum). */
  'mean-probability': {
    shareKind: 'probabilities',
    finalize: (sum, sites, { classes }) => ({ targets: normalised(sum, sites, classes) }),
  },
  /**
   * softmax of the mean logits: the teachers' normalised geometric mean (FedDF: Lin et al. 2020, algorithm 1).
   * A teacher is trusted more the surer it is, which helps equals and hurts under label skew.
   */
  'mean-logit': {
    shareKind: 'log-probabilities',
    finalize: (sum, sites, { classes }) => ({
      targets: Float32Array.from(
        softmaxRows(
          sum.map((value) => value / sites),
          classes,
        ),
      ),
    }),
  },
} as const satisfies Readonly<Record<string, CombineRule>>

export type CombineRuleName = keyof typeof combineRules

/** Fixed point leaves a row's sum a rounding away from the number of sites; here it becomes one again. */
function normalised(sum: Float64Array, sites: number, classes: number): Float32Array {
  const targets = new Float32Array(sum.length)
  for (let at = 0; at < sum.length; at += classes) {
    const row = sum.subarray(at, at + classes)
    const total = row.reduce((a, b) => a + b, 0) || sites
    row.forEach((value, index) => (targets[at + index] = value / total))
  }
  return targets
}
