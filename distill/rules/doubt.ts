/**
 * Rules that trust a teacher less the more it doubts or errs on an item, relative to the others:
 *
 *     w_k = (1 - d_k / sum d) / (K - 1)        d: the entropy H (EBKD), or e^CE at a public label (CA-MKD)
 *
 * A weight depends on the sum of all doubts, which no site knows. The weighted mean does not need it at the sites:
 * sum w p = (sum p - sum(d p) / sum d) / (K - 1), and since each p adds up to one, sum d is what the row of sum(d p)
 * adds up to. So two sums are exact, and on whichever scale doubts are measured.
 */
import { normalised, sumOf, total, type CombineRule } from './rule.ts'

const lessDoubtful = (doubt: 'entropy-weighted' | 'confidence-weighted') =>
  ({
    shareKinds: ['probabilities', doubt],
    finalize(sums, sites, { classes }) {
      const values = sumOf(sums, 'probabilities').slice()
      const doubted = sumOf(sums, doubt)
      for (let at = 0; at < values.length; at += classes) {
        const row = doubted.subarray(at, at + classes)
        const doubts = total(row)
        // Where nobody doubts, and where one is alone, there is nobody to prefer.
        if (doubts <= 0 || sites < 2) continue
        row.forEach((value, c) => (values[at + c] = (values[at + c] as number) - value / doubts))
      }
      return { targets: normalised(values, classes) }
    },
  }) as const satisfies CombineRule

/** EBKD (Kwon et al. 2020): for any items. */
export const entropyWeighted = lessDoubtful('entropy-weighted')
/** CA-MKD (Zhang et al. 2022): for items with public labels; without one, all weigh the same. */
export const confidenceWeighted = lessDoubtful('confidence-weighted')
