/**
 * Losses of a student that says how sure it is: a normal distribution for each target.
 *
 * A network's outputs [batch, 2 d] are d means, then d raw numbers that become log-variances. The teachers'
 * mixture has mean mu = sum mu_k / K and variance sum (sigma_k^2 + mu_k^2) / K - mu^2, both exact from sums.
 */
import type { Expr } from '#engine/expr.ts'
import { add, div, exp, log, maximum, mul, neg, slice, square, sub, sum, tanh } from '#engine/ops.ts'

export interface GaussianOutputs {
  /** [batch, d]. */
  readonly mean: Expr
  /** Natural logarithm, [batch, d]. */
  readonly logVariance: Expr
}

/**
 * A log-variance stays within this of 0: of a standardised target, deviations from .018 to 55 times its own.
 * Without a floor, the likelihood of a row that is fitted exactly has no upper bound.
 */
export const LOG_VARIANCE_BOUND = 8

/** B tanh(raw / B): the raw number itself where it is small, and a derivative wherever it is. */
export const boundedLogVariance = (raw: Expr): Expr =>
  mul(tanh(div(raw, LOG_VARIANCE_BOUND)), LOG_VARIANCE_BOUND)

/** Reads a network's outputs [batch, 2 d]. */
export function gaussianOf(outputs: Expr): GaussianOutputs {
  const targets = (outputs.shape.at(-1) as number) / 2
  const raw = slice(outputs, -1, targets, targets)
  return { mean: slice(outputs, -1, 0, targets), logVariance: boundedLogVariance(raw) }
}

/**
 * -log N(y | mu, sigma^2) = (log 2 pi + log sigma^2 + (y - mu)^2 / sigma^2) / 2, summed over the targets y
 * [batch, d] (Nix and Weigend 1994; Lakshminarayanan, Pritzel and Blundell, arXiv 1612.01474, equation 1).
 */
export function gaussianNllRows({ mean, logVariance }: GaussianOutputs, y: Expr): Expr {
  const distance = mul(square(sub(y, mean)), exp(neg(logVariance)))
  return mul(sum(add(add(logVariance, distance), Math.log(2 * Math.PI)), [-1]), 0.5)
}

/**
 * KL(N_t || N_s) = log(sigma_s / sigma_t) + (sigma_t^2 + (mu_t - mu_s)^2) / (2 sigma_s^2) - 1/2, summed over
 * targets; `variance` and `mean` of the teachers are [batch, d].
 */
export function gaussianKlRows(
  student: GaussianOutputs,
  teacher: { readonly mean: Expr; readonly variance: Expr },
): Expr {
  // Fixed point may leave a variance that is known to be small at 0.
  const variance = maximum(teacher.variance, Math.exp(-LOG_VARIANCE_BOUND))
  const spread = add(variance, square(sub(teacher.mean, student.mean)))
  const ratio = mul(spread, exp(neg(student.logVariance)))
  return mul(sum(sub(add(sub(student.logVariance, log(variance)), ratio), 1), [-1]), 0.5)
}

/**
 * The value of a row that has one: `known` is 1, or 0 beside a value of 0. Of a row mixed with one that lacks it
 * (augment.ts) both are the first's times its share, which `known` then weighs what is learnt of the value by.
 */
export const unmixed = (value: Expr, known: Expr): Expr => div(value, maximum(known, 1e-6))
