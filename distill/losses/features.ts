/**
 * Losses of features: what a layer of the student holds, against maps or vectors that the teachers' sums give.
 *
 * A map of attention says where a convolutional network looks. Sites' maps add up, whatever their numbers of channels,
 * once they are on one grid: each place of the grid takes the mean over its area of the layer's own places.
 *
 *     5 places to 3:   |  a  |  b  |  c  |  d  |  e  |
 *                      |    2/3    |    2/3    |  ..       (3 a + 2 b) / 5, (b + 3 c + d) / 5, (2 d + 3 e) / 5
 */
import { constant } from '#engine/expr.ts'
import type { Expr } from '#engine/expr.ts'
import { add, div, matmul, mean, reshape, sqrt, square, sub, sum } from '#engine/ops.ts'

/** Places of the grid along each of its two axes. */
export const ATTENTION_GRID = 7

/** Numbers in a map. */
export const ATTENTION_PLACES = ATTENTION_GRID ** 2

/**
 * Where a layer looks: the mean over channels of squared activations [batch, channels, height, width] on the grid, of
 * length 1 in each row: [batch, 49]. A row without activations looks nowhere, and stays 0.
 */
export function attentionMap(activations: Expr): Expr {
  const [batch, , height, width] = activations.shape as [string | number, number, number, number]
  const energy = reshape(mean(square(activations), [1]), [batch, height * width])
  return unitRows(matmul(energy, constant(gridWeights(height, width), [height * width, ATTENTION_PLACES])))
}

/** [height * width, 49]: which share of a place of the grid lies in each place of the layer. */
export function gridWeights(height: number, width: number): Float32Array {
  const [down, across] = [overlaps(height), overlaps(width)]
  return Float32Array.from({ length: height * width * ATTENTION_PLACES }, (_, at) => {
    const [from, to] = [Math.floor(at / ATTENTION_PLACES), at % ATTENTION_PLACES]
    const [y, x] = [Math.floor(from / width), from % width]
    return down(y, Math.floor(to / ATTENTION_GRID)) * across(x, to % ATTENTION_GRID)
  })
}

/** Of one axis with so many places: how much of place `to` of the grid lies in `from`. */
const overlaps =
  (places: number) =>
  (from: number, to: number): number => {
    const least = Math.max(from * ATTENTION_GRID, to * places)
    const most = Math.min((from + 1) * ATTENTION_GRID, (to + 1) * places)
    return Math.max(0, most - least) / places
  }

/**
 * Attention transfer (Zagoruyko and Komodakis, arXiv 1612.03928, equation 2, p = 2): the mean square between unit maps
 * [batch, 49]; 1000 is its usual weight. The teachers' need not be of length 1, as a mean of maps is not.
 */
export const attentionRows = (student: Expr, teachers: Expr): Expr =>
  mean(square(sub(student, unitRows(teachers))), [-1])

/**
 * A hint (FitNets: Romero et al., arXiv 1412.6550, equation 3): the mean square between what a regressor makes of the
 * student's features and the teachers', both [batch, width].
 */
export const hintRows = (features: Expr, target: Expr): Expr => mean(square(sub(features, target)), [-1])

const unitRows = (x: Expr): Expr => div(x, sqrt(add(sum(square(x), [-1], { keepDims: true }), 1e-12)))
