/** Rules for sites that do not know all classes, or know them in other proportions. */
import { softmaxRows } from '../softmax.ts'
import { normalised, sumOf, type CombineRule } from './rule.ts'

/** sum(f_c p_c) / sum f_c: a class is judged by the sites that know it, the more the more of it they have. */
export const classWeighted = {
  shareKinds: ['class-weighted'],
  finalize: (sums, _, { rows, classes }) => ({
    targets: normalised(meansByClass(sumOf(sums, 'class-weighted'), rows * classes, 0), classes),
  }),
} as const satisfies CombineRule

/**
 * softmax of the mean, over the sites that have a class, of its logits without class frequencies. A class that no
 * site has gets nothing. Where the sites differ in features rather than in classes it corrects what needs no
 * correcting, and harms.
 */
export const priorCorrected = {
  shareKinds: ['prior-corrected'],
  finalize: (sums, _, { rows, classes }) => ({
    targets: Float32Array.from(
      softmaxRows(meansByClass(sumOf(sums, 'prior-corrected'), rows * classes, NOBODY), classes),
    ),
  }),
} as const satisfies CombineRule

/** As a logit: e^-100 is no probability that a float32 knows. */
const NOBODY = -100

/** The first `length` values, each over its class's weight, which stand behind them; `otherwise` where that is 0. */
function meansByClass(sum: Float64Array, length: number, otherwise: number): Float64Array {
  const weights = sum.subarray(length)
  return sum.subarray(0, length).map((value, at) => {
    const weight = weights[at % weights.length] as number
    return weight > 0 ? value / weight : otherwise
  })
}
