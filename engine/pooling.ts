/**
 * Pooling: the largest or the mean value under each place of a window, [batch, channels, ...space].
 *
 * Mostly windows lie side by side. Then each entry of the input has one place, and a derivative finds its way back
 * by stretching: repeat each place's value all over its window. The mean's derivative is that stretched, over the
 * number of entries; the maximum's goes where the input equals the stretched maximum.
 *
 * Where windows overlap, an entry hears from several places: a maximum is a gather at the places of the largest values,
 * so its rule is a scatter, and a mean is a convolution with equal weights.
 */
import { convTransposeAt } from './convolution.ts'
import { apply, constant, scalar } from './expr.ts'
import type { Expr } from './expr.ts'
import { cast, div, equal, expandLike, mean, mul, regroup, relu, view } from './ops.ts'
import { showShape, sizeOf } from './shape.ts'
import { attributesOf, geometryOf, spaceOf } from './window.ts'
import type { Geometry, WindowOptions } from './window.ts'

/** The largest value under each place of a window; equal largest ones share the derivative. */
export function maxPool(x: Expr, window: readonly number[], options: WindowOptions = {}): Expr {
  // The largest of rectified values is the rectified largest, and there are fewer of those to rectify.
  if (x.kind === 'apply' && x.op === 'Relu') return relu(maxPool(x.inputs[0]!, window, options))
  const { strides = window } = options
  const geometry = geometryOf('MaxPool', spaceOf('MaxPool', x), window, { ...options, strides })
  const { dilations, pads, strides: steps } = attributesOf(geometry)
  const shape = [x.shape[0]!, x.shape[1]!, ...geometry.places]
  const attributes = { kernel_shape: window, strides: steps, dilations, pads }
  const y: Expr = apply('MaxPool', [x], { shape, attributes }, (dy) => [
    tiles(geometry) ? toWinners(dy, y, x, geometry) : scatter(dy, placesOf(y), x),
  ])
  return y
}

/** Whether the windows lie side by side within the input, each entry in at most one. */
const tiles = ({ kernel, strides, pads }: Geometry): boolean =>
  kernel.every((extent, i) => extent === strides[i] && pads[i]!.every((n) => n === 0))

function toWinners(dy: Expr, y: Expr, x: Expr, { kernel, places, size }: Geometry): Expr {
  const winners = cast(
    equal(
      corner(
        x,
        places.map((n, i) => n * kernel[i]!),
      ),
      stretch(y, kernel),
    ),
    'float32',
  )
  const count = mul(averagePool(winners, kernel), sizeOf(kernel))
  return corner(mul(winners, stretch(div(dy, count), kernel)), size)
}

/** The first entries of each spatial axis, or all of them and zeros. */
const corner = (x: Expr, extents: readonly number[]): Expr =>
  view(
    x,
    extents.map(() => 0),
    extents,
  )

/** Each entry repeated all over a window: [.., n, m] -> [.., n x window[0], m x window[1]]. */
function stretch(x: Expr, window: readonly number[]): Expr {
  const lead = x.shape.slice(0, 2)
  const shape = [...lead, ...window.map((n, i) => n * (x.shape[i + 2] as number))]
  const scales = constant([1, 1, ...window], [shape.length])
  const attributes = { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' }
  return apply('Resize', [x, constant([], [0]), scales], { shape, attributes }, (dy) => [
    mul(averagePool(dy, window), sizeOf(window)),
    undefined,
    undefined,
  ])
}

/** The mean under each place of a window, not counting what lies in the padding. */
export function averagePool(x: Expr, window: readonly number[], options: WindowOptions = {}): Expr {
  const { strides = window } = options
  const channels = x.shape[1] as number
  const geometry = geometryOf('AveragePool', spaceOf('AveragePool', x), window, { ...options, strides })
  const { pads, strides: steps } = attributesOf(geometry)
  const shape = [x.shape[0]!, channels, ...geometry.places]
  const attributes = { kernel_shape: window, strides: steps, pads }
  return apply('AveragePool', [x], { shape, attributes }, (dy) => {
    if (tiles(geometry)) return [corner(stretch(div(dy, sizeOf(window)), window), geometry.size)]
    const ones = constant(new Float32Array(channels * sizeOf(window)).fill(1), [channels, 1, ...window])
    const counts = constant(countsOf(geometry), geometry.places)
    return [convTransposeAt(div(dy, counts), ones, { ...geometry, groups: channels })]
  })
}

/** How many entries of the input each place of the window covers. */
function countsOf({ places, strides, pads, kernel, size }: Geometry): number[] {
  const along = places.map((n, i) =>
    Array.from({ length: n }, (_, at) => {
      const start = at * strides[i]! - pads[i]![0]
      return Math.min(start + kernel[i]!, size[i]!) - Math.max(start, 0)
    }),
  )
  return along.reduce((counts, line) => counts.flatMap((c) => line.map((n) => c * n)), [1])
}

/** The mean over all of space: [batch, channels, ...space] -> [batch, channels]. */
export const globalAveragePool = (x: Expr): Expr =>
  mean(
    x,
    spaceOf('GlobalAveragePool', x).map((_, i) => i + 2),
  )

// ---------------------------------------------------------------------------------------------------------
// Places in a flat tensor

/** Where each largest value came from, in the flat input: MaxPool's second output. */
const placesOf = (pooled: Expr): Expr =>
  apply('Output', [pooled], { shape: pooled.shape, dtype: 'int64', attributes: { index: 1 } })

/** All elements in one list, whose extent is named after the shape when only a run knows it. */
const flat = (x: Expr): Expr =>
  regroup(x, [x.shape.every((dim) => typeof dim === 'number') ? sizeOf(x.shape) : showShape(x.shape)])

const gatherElements = (list: Expr, indices: Expr): Expr =>
  apply('GatherElements', [list, indices], { shape: indices.shape }, (dy) => [
    scatterElements(dy, indices, list),
    undefined,
  ])
const scatterElements = (values: Expr, indices: Expr, like: Expr): Expr =>
  apply(
    'ScatterElements',
    [expandLike(scalar(0), like), indices, values],
    { shape: like.shape, attributes: { reduction: 'add' } },
    (dy) => [undefined, undefined, gatherElements(dy, indices)],
  )

/** Zeros in the shape of `like`, with each value added at its place. */
const scatter = (values: Expr, places: Expr, like: Expr): Expr =>
  regroup(scatterElements(flat(values), flat(places), flat(like)), like.shape)
