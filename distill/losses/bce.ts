/**
 * For several labels at once: T^2 sum_c KL(Bernoulli(t_c) || Bernoulli(sigmoid(z_c / T))), where the targets t_c
 * are probabilities of their own that need not add up to one (multi-label logits distillation: Yang et al.,
 * arXiv 2308.06453, whose weight of 10 is left to alpha).
 */
import type { Expr } from '#engine/expr.ts'
import { squaredRows } from '#engine/losses.ts'
import { abs, add, div, log, maximum, mul, neg, softplus, sub, sum } from '#engine/ops.ts'
import type { SoftLoss } from './soft-loss.ts'

export const bce = {
  temperature: 1,
  soft: ({ logits, targets, temperature }) => {
    const crossed = binaryCrossEntropyRows(div(logits, temperature), targets)
    return mul(sub(crossed, binaryEntropyRows(targets)), squaredRows(temperature))
  },
  hard: markedCrossEntropyRows,
} as const satisfies SoftLoss

/** -sum_c t_c log s_c + (1 - t_c) log(1 - s_c) with s = sigmoid(z); no logit is too large for it. */
function binaryCrossEntropyRows(logits: Expr, targets: Expr): Expr {
  // -log sigmoid(z) = softplus(-z), and -log(1 - sigmoid(z)) = softplus(z).
  return sum(add(mul(targets, softplus(neg(logits))), mul(sub(1, targets), softplus(logits))), [-1])
}

/** -sum_c log of the probability of what is known of label c; `marks` are 1 yes, -1 no, 0 not known, which adds nothing. */
export function markedCrossEntropyRows(logits: Expr, marks: Expr): Expr {
  return sum(mul(abs(marks), softplus(neg(mul(marks, logits)))), [-1])
}

function binaryEntropyRows(targets: Expr): Expr {
  const part = (p: Expr): Expr => mul(p, log(maximum(p, 1e-30)))
  return neg(sum(add(part(targets), part(sub(1, targets))), [-1]))
}
