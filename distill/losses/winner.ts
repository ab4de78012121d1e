/** A row's classes taken apart: its winner, and the others among themselves. `winners` are one-hot [batch, classes]. */
import type { Expr } from '#engine/expr.ts'
import { div, maximum, mul, sub, sum } from '#engine/ops.ts'

/** Far below any logit, so that softmax leaves nothing to the winner. */
const EXCLUDED = 1e4

/** The winner's probability or logarithm, [batch, 1]. */
export const ofWinner = (x: Expr, winners: Expr): Expr => sum(mul(x, winners), [-1], { keepDims: true })

/** What is left to the others, [batch, 1]; summed, since 1 - winner would lose the digits of a small rest. */
export const ofOthers = (x: Expr, winners: Expr): Expr => ofWinner(x, sub(1, winners))

/** The others' probabilities, made to add up to one; all 0, and so without a say, where nothing is left to them. */
export const orderOfOthers = (targets: Expr, winners: Expr): Expr =>
  div(mul(targets, sub(1, winners)), maximum(ofOthers(targets, winners), 1e-9))

/** Logits whose softmax is over the others alone. */
export const logitsOfOthers = (logits: Expr, winners: Expr): Expr => sub(logits, mul(winners, EXCLUDED))
