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
import { apply, constant, ruled } from './expr.ts'
import type { Expr } from './expr.ts'
import { add, div, expandLike, extent, mean, mul, neg, reshape, sqrt, square, sub, sum } from './ops.ts'

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
 *
 * One operator computes all three. The rule is the one above, with the factors of each channel gathered up front so
 * that the large tensors are passed over as seldom as can be: a dy + b (x - mean) + c, where a, b, c are [channels].
 */
export function batchNorm(x: Expr, scale: Expr, shift: Expr, epsilon = 1e-5): Standardised {
  const channels = scale.shape
  const axes = x.shape.flatMap((_, i) => (i === 1 ? [] : [i]))
  const count = extent(x, axes)
  // Running statistics so far, of which a momentum of 0 keeps nothing.
  const [zeros, ones] = [0, 1].map((n) => constant(new Float32Array(channels[0] as number).fill(n), channels))
  const attributes = { training_mode: 1, epsilon: { float: epsilon }, momentum: { float: 0 } }
  const inputs = [x, scale, shift, zeros!, ones!]
  const y = apply('BatchNormalization', inputs, { shape: x.shape, attributes })
  const outputs = [1, 2].map((index) => apply('Output', [y], { shape: channels, attributes: { index } }))
  const mean = ruled(outputs[0]!, [x], (dm) => [expandLike(perChannel(div(dm, count), x), x)])
  const centred = sub(x, perChannel(mean, x))
  const variance = ruled(outputs[1]!, [x], (dv) => [mul(centred, perChannel(div(mul(dv, 2), count), x))])
  // ONNX Runtime refuses the operator unless all its outputs are named, which being listed here does.
  const value = ruled(y, [x, scale, shift, ...outputs], (dy) => {
    const r = div(1, sqrt(add(variance, epsilon)))
    const [total, along] = [sum(dy, axes), mul(sum(mul(dy, centred), axes), r)]
    const a = mul(scale, r)
    const share = neg(div(a, count))
    const [b, c] = [mul(mul(share, r), along), mul(share, total)]
    const moved = add(mul(dy, perChannel(a, x)), mul(centred, perChannel(b, x)))
    return [add(moved, perChannel(c, x)), along, total, undefined, undefined]
  })
  return { value, mean, variance }
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
