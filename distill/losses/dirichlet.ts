/**
 * Ensemble distribution distillation (EnD^2: Malinin, Mlodozeniec and Gales, arXiv 1905.00076): the
 * student learns a Dirichlet distribution over predictions, and so how far its teachers disagree, not their mean alone.
 *
 *     -mean_k log Dir(p_k | a) = sum_c log Gamma(a_c) - log Gamma(a_0) - sum_c (a_c - 1) mean_k log p_kc,   a_0 = sum_c a_c
 *
 * The teachers enter by the mean of their log-probabilities alone, which is a sum over sites: nothing is lost. It arrives
 * in two parts, `targets` that add up to one, as for every loss, and by how much less than one their geometric mean did:
 * mean_k log p_kc = log target_c - disagreement.
 *
 * The paper's concentrations are exp(z), so that the prediction a / a_0 is softmax(z). Here it still is, and only a_0 is
 * kept within bounds, since teachers that agree would drive it to infinity. Whoever reads a student's
 * logits need not know how it was taught.
 */
import type { Expr } from '#engine/expr.ts'
import { logGamma } from '#engine/log-gamma.ts'
import { field } from '#engine/losses.ts'
import { add, div, exp, log, logSoftmax, maximum, mean, mul, sub, sum, tanh } from '#engine/ops.ts'
import type { Operand } from '#engine/ops.ts'
import type { SoftLoss } from './soft-loss.ts'

/** a_0 lies within a factor e^8 of 1, far inside what log Gamma can hold; a site bounds log p by as much. */
export const LOG_PRECISION_BOUND = 8
/** log Gamma has no slope that floats can hold at 0. */
const LEAST_CONCENTRATION = 1e-12

/** a = softmax(z) a_0 with a_0 = exp(B tanh(s / B)), s = log sum_c exp z_c, of logits z [batch, classes] over `temperature`. */
export const concentrationsOf = (logits: Expr, temperature: Operand = 1): Expr => {
  const scaled = div(logits, temperature)
  const logShares = logSoftmax(scaled)
  const logSum = mean(sub(scaled, logShares), [-1], { keepDims: true })
  const logPrecision = mul(tanh(div(logSum, LOG_PRECISION_BOUND)), LOG_PRECISION_BOUND)
  return maximum(exp(add(logShares, logPrecision)), LEAST_CONCENTRATION)
}

/** A value a row; `meanLogProbabilities` [batch, classes] are of teachers as they are, not centred. */
export function dirichletNllRows(concentrations: Expr, meanLogProbabilities: Expr): Expr {
  const total = sum(concentrations, [-1])
  const normaliser = sub(sum(logGamma(concentrations), [-1]), logGamma(total))
  return sub(normaliser, sum(mul(add(concentrations, -1), meanLogProbabilities), [-1]))
}

/** Reads `disagreement` [batch, 1], in nats. */
export const dirichlet: SoftLoss = {
  temperature: 1,
  reads: 'disagreement',
  soft: ({ logits, targets, temperature, batch }) => {
    const meanLogs = sub(log(maximum(targets, 1e-30)), field(batch, 'disagreement'))
    return dirichletNllRows(concentrationsOf(logits, temperature), meanLogs)
  },
}
