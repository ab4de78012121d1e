/**
 * Losses of features: what a layer of the student holds, against maps or vectors that the teachers' sums give.
 */
import type { Expr } from '#engine/expr.ts'
import { add, div, mean, reshape, sqrt, square, sub, sum } from '#engine/ops.ts'

/**
 * Where a layer looks: the mean over channels of squared activations [batch, channels, ...space], one number a place,
 * brought to length 1 in each row: [batch, places]. Of any number of channels, so that sites' maps add up.
 */
export function attentionMap(activations: Expr): Expr {
  const energy = mean(square(activations), [1])
  const places = energy.shape.slice(1).reduce<number>((product, dim) => product * (dim as number), 1)
  return unitRows(reshape(energy, [energy.shape[0]!, places]))
}

/**
 * Attention transfer (Zagoruyko and Komodakis, arXiv 1612.03928, equation 2, p = 2): the mean square between unit maps
 * [batch, places]; 1000 is its usual weight. The teachers' need not be of length 1, as a mean of maps is not.
 */
export const attentionRows = (student: Expr, teachers: Expr): Expr =>
  mean(square(sub(student, unitRows(teachers))), [-1])

/**
 * A hint (FitNets: Romero et al., arXiv 1412.6550, equation 3): the mean square between the student's features and
 * the teachers', both [batch, width]. `spectralTarget` makes one of any width, so no regressor stands between.
 */
export const hintRows = (features: Expr, target: Expr): Expr => mean(square(sub(features, target)), [-1])

/** Patient distillation (Sun et al., arXiv 1908.09355, equation 7): |f / |f| - t / |t||^2, of one layer. */
export const patientRows = (features: Expr, target: Expr): Expr =>
  sum(square(sub(unitRows(features), unitRows(target))), [-1])

const unitRows = (x: Expr): Expr => div(x, sqrt(add(sum(square(x), [-1], { keepDims: true }), 1e-12)))
