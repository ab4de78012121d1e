/**
 * Ensemble distribution distillation (EnD^2: Malinin, Mlodozeniec and Gales, arXiv 1905.00076): the
 * student learns a Dirichlet distribution over predictions, and so how far its teachers disagree, not their mean alone.
 *
 *     -mean_k log Dir(p_k | a) = sum_c log Gamma(a_c) - log Gamma(a_0) - sum_c (a_c - 1) mean_k log p_kc,   a_0 = sum_c a_c
 *
 * The teachers enter by the mean of their log-probabilities alone, which is a sum over sites: nothing is lost.
 * The student's prediction is a / a_0. How sure it is of it grows with a_0.
 */
import type { Expr } from '#engine/expr.ts'
import { logGamma } from '#engine/log-gamma.ts'
import { add, exp, mul, sub, sum, tanh } from '#engine/ops.ts'

/** Concentrations lie within a factor e^8 of 1, far inside what log Gamma can hold. */
export const LOG_CONCENTRATION_BOUND = 8

/** a = exp(B tanh(z / B)) of logits z [batch, classes], softened at `temperature`. */
export const concentrationsOf = (logits: Expr, temperature = 1): Expr => {
  const share = 1 / (LOG_CONCENTRATION_BOUND * temperature)
  return exp(mul(tanh(mul(logits, share)), LOG_CONCENTRATION_BOUND))
}

/** A value a row; `meanLogProbabilities` [batch, classes] are of teachers as they are, not centred. */
export function dirichletNllRows(concentrations: Expr, meanLogProbabilities: Expr): Expr {
  const total = sum(concentrations, [-1])
  const normaliser = sub(sum(logGamma(concentrations), [-1]), logGamma(total))
  return sub(normaliser, sum(mul(add(concentrations, -1), meanLogProbabilities), [-1]))
}
