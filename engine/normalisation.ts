/**
 * Normalisation: mean 0 and variance 1 along some axes, and the layers built on that.
 *
 * With y = (x - mean) r and r = (variance + epsilon)^-1/2, every input moves every output through the mean and
 * through r. Worked through (Ioffe and Szegedy, arXiv 1502.03167, section 3) it comes to
 *
 *     dx = r (dy - mean(dy) - y mean(dy y))
 *
 * and that is how it is computed: the product's rule below hands the share of r to the centred input at once,
 * as r is a function of it, and centring takes off the mean.
 */
import { apply } from './expr.ts'
import type { Expr } from './expr.ts'
import { add, div, mean, mul, reshape, sqrt, square, sub } from './ops.ts'

export interface Standardised {
  readonly value: Expr
  /** With extents of 1 along the axes. */
  readonly mean: Expr
  /** Over n, not n - 1. */
  readonly variance: Expr
}

export function standardise(x: Expr, axes: readonly number[], epsilon = 1e-5): Standardised {
  const average = (z: Expr): Expr => mean(z, axes, { keepDims: true })
  const middle = average(x)
  const centred = sub(x, middle)
  const variance = average(square(centred))
  const r = div(1, sqrt(add(variance, epsilon)))
  const value: Expr = apply('Mul', [centred, r], { shape: x.shape }, (dy) => [
    mul(r, sub(dy, mul(value, average(mul(dy, value))))),
    undefined,
  ])
  return { value, mean: middle, variance }
}

/** Layer normalisation over the last axis (Ba, Kiros and Hinton, arXiv 1607.06450); scale and shift [width]. */
export const layerNorm = (x: Expr, scale: Expr, shift: Expr, epsilon = 1e-5): Expr =>
  add(mul(standardise(x, [-1], epsilon).value, scale), shift)

/**
 * Batch normalisation of [batch, channels, ...space] by the batch's own statistics, for training; they come
 * with the result, [channels] each, for the running averages. Scale and shift are [channels].
 */
export function batchNorm(x: Expr, scale: Expr, shift: Expr, epsilon = 1e-5): Standardised {
  const channels = scale.shape
  const axes = x.shape.flatMap((_, i) => (i === 1 ? [] : [i]))
  const { value, mean, variance } = standardise(x, axes, epsilon)
  const y = add(mul(value, perChannel(scale, x)), perChannel(shift, x))
  return { value: y, mean: reshape(mean, channels), variance: reshape(variance, channels) }
}

/** The same by statistics gathered before, for inference: one multiplication and one addition. */
export function batchNormBy(
  x: Expr,
  scale: Expr,
  shift: Expr,
  { mean, variance }: { mean: Expr; variance: Expr },
  epsilon = 1e-5,
): Expr {
  const slope = div(scale, sqrt(add(variance, epsilon)))
  return add(mul(x, perChannel(slope, x)), perChannel(sub(shift, mul(mean, slope)), x))
}

/** [channels] -> [channels, 1, ..], which stretches over batch and space. */
const perChannel = (list: Expr, x: Expr): Expr =>
  reshape(list, [...list.shape, ...x.shape.slice(2).map(() => 1)])
