/**
 * Logit standardisation (Sun et al., arXiv 2403.01427, algorithm 1): Hinton's loss on logits that each row
 * brings to mean 0 and deviation 1, so that the student takes the teachers' order and not the size of their
 * logits. The reference: T 2, nine parts of it to a tenth of cross-entropy, which is an alpha of .989; without
 * labels nothing decides how sure the student is.
 *
 * With two classes standardised logits are always -.707 and .707.
 */
import type { Expr } from '#engine/expr.ts'
import { temperedKlRows } from '#engine/losses.ts'
import { add, div, softmax, sqrt, square, sum } from '#engine/ops.ts'
import type { SoftLoss } from './soft-loss.ts'
import { centred, teacherLogits } from './softened.ts'

export const logitStd: SoftLoss = {
  temperature: 2,
  soft: (taught) => {
    const { logits, temperature } = taught
    const targets = softmax(div(standardised(teacherLogits(taught)), temperature))
    return temperedKlRows(standardised(logits), targets, temperature)
  },
}

/** Rows of mean 0 and sample deviation 1; a row of equal numbers stays 0, with a slope that is finite. */
function standardised(x: Expr): Expr {
  const apart = centred(x)
  const variance = div(sum(square(apart), [-1], { keepDims: true }), (x.shape.at(-1) as number) - 1)
  return div(apart, sqrt(add(variance, 1e-12)))
}
