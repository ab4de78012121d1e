/**
 * Convolution and pooling over one or two spatial axes, channels first: [batch, channels, ...space].
 *
 * A convolution, weighed with its upstream derivative y, is one trilinear form of input, kernel and y:
 *
 *     F(x, w, y) = sum over n, o, c, p, k of  y[n,o,p] w[o,c,k] x[n,c, p stride + k dilation - padding]
 *
 * It is linear in each of the three, so its derivative by one is the same form with that one left open:
 *
 *     dF/dy = conv(x, w)      dF/dx = convTranspose(y, w)      dF/dw = kernelGradient(x, y)
 *
 * and the rules of conv and of convTranspose are the other two members of the family. ONNX Runtime has the
 * first two. The third could be a Conv whose kernel is y, a kernel as large as an image, which it runs slowly;
 * here the k shifted views of x are stacked and multiplied by y as matrices, row by row of the batch, which
 * is faster and needs no transpose.
 *
 * Max pooling is a gather at the places of the largest values, so its rule is gather's: scatter.
 * Dumoulin and Visin, "A guide to convolution arithmetic", arXiv 1603.07285, draws all of these.
 */
import { EngineError } from './errors.ts'
import { apply, constant, scalar } from './expr.ts'
import type { Expr } from './expr.ts'
import { concat, div, expandLike, matmul, mean, pad, reshape, slice, sum, transpose } from './ops.ts'
import { sameShape, showShape, sizeOf } from './shape.ts'
import type { Shape } from './shape.ts'

/** `same` keeps ceil(extent / stride), with the odd zero at the end, as TensorFlow does. */
export type Padding = 'same' | 'valid' | readonly (readonly [before: number, after: number])[]

export interface WindowOptions {
  /** One number an axis, or one for all; 1 unless told. */
  strides?: number | readonly number[]
  padding?: Padding
}
export interface ConvOptions extends WindowOptions {
  dilations?: number | readonly number[]
  /** Channels are cut in so many groups that do not see each other; as many as channels is depthwise. */
  groups?: number
}

const shapeError = (message: string): EngineError => new EngineError('ENGINE_SHAPE', message)

/** How a window moves along the spatial axes, with every choice made. */
interface Geometry {
  readonly kernel: readonly number[]
  readonly strides: readonly number[]
  readonly dilations: readonly number[]
  readonly pads: readonly (readonly [number, number])[]
  readonly groups: number
  /** Spatial extents where the window moves, and how many places it takes there. */
  readonly size: readonly number[]
  readonly places: readonly number[]
}

const attributesOf = ({ strides, dilations, pads, groups }: Geometry) => ({
  strides,
  dilations,
  pads: [...pads.map(([before]) => before), ...pads.map(([, after]) => after)],
  group: groups,
})

function spaceOf(op: string, x: Expr): number[] {
  const space = x.shape.slice(2)
  if (space.length < 1 || space.length > 2 || space.some((d) => typeof d !== 'number')) {
    throw shapeError(`${op} needs shape [batch, channels, ...one or two extents], not ${showShape(x.shape)}.`)
  }
  return space as number[]
}

const perAxis = (value: number | readonly number[] | undefined, rank: number): readonly number[] =>
  typeof value === 'object' ? value : Array.from({ length: rank }, () => value ?? 1)

function geometryOf(
  op: string,
  size: readonly number[],
  kernel: readonly number[],
  options: ConvOptions,
): Geometry {
  const strides = perAxis(options.strides, size.length)
  const dilations = perAxis(options.dilations, size.length)
  const { padding = 'valid', groups = 1 } = options
  const reach = kernel.map((k, i) => (k - 1) * dilations[i]! + 1)
  const pads = size.map((extent, i): readonly [number, number] => {
    if (padding === 'valid') return [0, 0]
    if (padding !== 'same') return padding[i] ?? [0, 0]
    const total = Math.max((Math.ceil(extent / strides[i]!) - 1) * strides[i]! + reach[i]! - extent, 0)
    return [Math.floor(total / 2), Math.ceil(total / 2)]
  })
  const places = size.map((extent, i) => {
    const room = extent + pads[i]![0] + pads[i]![1] - reach[i]!
    return Math.floor(room / strides[i]!) + 1
  })
  if (kernel.length !== size.length || places.some((n) => !(n >= 1))) {
    throw shapeError(`${op} cannot move a window ${showShape(kernel)} over extents ${showShape(size)}.`)
  }
  return { kernel, strides, dilations, pads, groups, size, places }
}

/**
 * Cross-correlation, as networks mean by convolution: [batch, channels, ...size] with a kernel
 * [outputs, channels / groups, ...window] and biases [outputs] gives [batch, outputs, ...places].
 */
export function conv(x: Expr, w: Expr, options: ConvOptions = {}, bias?: Expr): Expr {
  const [outputs, channels, ...kernel] = w.shape as number[]
  const geometry = geometryOf('Conv', spaceOf('Conv', x), kernel, options)
  const { groups } = geometry
  const fits = x.shape[1] === channels! * groups && outputs! % groups === 0
  if (!fits || (bias && !sameShape(bias.shape, [outputs!]))) {
    const cut = groups === 1 ? '' : ` in ${groups} groups`
    const and = bias ? ` and biases ${showShape(bias.shape)}` : ''
    throw shapeError(
      `Conv cannot take inputs ${showShape(x.shape)} with weights ${showShape(w.shape)}${and}${cut}.`,
    )
  }
  return convAt(x, w, geometry, bias)
}

function convAt(x: Expr, w: Expr, geometry: Geometry, bias?: Expr): Expr {
  const shape = [x.shape[0]!, w.shape[0]!, ...geometry.places]
  const inputs = bias ? [x, w, bias] : [x, w]
  return apply('Conv', inputs, { shape, attributes: attributesOf(geometry) }, (dy) => [
    convTransposeAt(dy, w, geometry),
    kernelGradient(x, dy, geometry),
    bias && sum(dy, [0, ...geometry.size.map((_, i) => i + 2)]),
  ])
}

/**
 * Transposed convolution, the way back up: [batch, inputs, ...places] with a kernel
 * [inputs, outputs / groups, ...window] gives [batch, outputs, ...size], where a `conv` with the same options
 * turns `size` into `places`; of the sizes that do, `same` takes places x stride, the others the smallest.
 */
export function convTranspose(y: Expr, w: Expr, options: ConvOptions = {}): Expr {
  const [inputs = 0, , ...kernel] = w.shape as number[]
  const places = spaceOf('ConvTranspose', y)
  const { padding = 'valid', groups = 1 } = options
  const [strides, dilations] = [options.strides, options.dilations].map((n) => perAxis(n, places.length))
  const size = places.map((n, i) => {
    if (padding === 'same') return n * strides![i]!
    const [before, after] = padding === 'valid' ? [0, 0] : (padding[i] ?? [0, 0])
    return (n - 1) * strides![i]! + ((kernel[i] ?? 1) - 1) * dilations![i]! + 1 - before - after
  })
  if (y.shape[1] !== inputs || inputs % groups !== 0) {
    const shapes = `${showShape(y.shape)} with weights ${showShape(w.shape)}`
    throw shapeError(`ConvTranspose cannot take inputs ${shapes} in ${groups} groups.`)
  }
  return convTransposeAt(y, w, geometryOf('ConvTranspose', size, kernel, options))
}

function convTransposeAt(y: Expr, w: Expr, geometry: Geometry): Expr {
  const { size, places, strides, dilations, kernel, pads, groups } = geometry
  const shape = [y.shape[0]!, (w.shape[1] as number) * groups, ...size]
  // Extents at the end that the last window does not reach.
  const output_padding = size.map((extent, i) => {
    const reached = (places[i]! - 1) * strides[i]! + (kernel[i]! - 1) * dilations[i]! + 1
    return extent + pads[i]![0] + pads[i]![1] - reached
  })
  const attributes = { ...attributesOf(geometry), output_padding }
  return apply('ConvTranspose', [y, w], { shape, attributes }, (dx) => [
    convAt(dx, w, geometry),
    kernelGradient(dx, y, geometry),
  ])
}

/** [batch, channels, ...size] and [batch, outputs, ...places] -> [outputs, channels / groups, ...window]. */
function kernelGradient(
  x: Expr,
  y: Expr,
  { kernel, strides, dilations, pads, groups, places }: Geometry,
): Expr {
  const [batch, channels, outputs] = [x.shape[0]!, x.shape[1] as number, y.shape[1] as number]
  const area = places.reduce((a, b) => a * b, 1)
  const taps = kernel.reduce((a, b) => a * b, 1)
  const within = channels / groups
  const padded = pads.reduce(
    (z, [before, after], i) => (before + after ? pad(z, i + 2, before, after) : z),
    x,
  )
  const view = (z: Expr, axis: number, tap: number): Expr =>
    slice(z, axis + 2, tap * dilations[axis]!, places[axis]!, strides[axis])
  const views = kernel.reduce(
    (zs, length, axis) => zs.flatMap((z) => Array.from({ length }, (_, tap) => view(z, axis, tap))),
    [padded],
  )
  const lead = groups === 1 ? [batch] : [batch, groups]
  const columns = concat(
    views.map((z) => reshape(z, [...lead, within, area])),
    lead.length,
  )
  const rows = reshape(y, [...lead, outputs / groups, area])
  // [.., outputs / groups, taps x within], tap by tap; then the taps go last, where a kernel has them.
  const product = sum(matmul(rows, columns, { transposeB: true }), [0])
  return reshape(transpose(reshape(product, [outputs, taps, within]), [0, 2, 1]), [
    outputs,
    within,
    ...kernel,
  ])
}

// ---------------------------------------------------------------------------------------------------------
// Pooling

/** The largest value under each place of a window; of equal ones the first takes the derivative. */
export function maxPool(x: Expr, window: readonly number[], options: WindowOptions = {}): Expr {
  const { strides = window } = options
  const geometry = geometryOf('MaxPool', spaceOf('MaxPool', x), window, { ...options, strides })
  const { dilations, pads, strides: steps } = attributesOf(geometry)
  const shape = [x.shape[0]!, x.shape[1]!, ...geometry.places]
  const attributes = { kernel_shape: window, strides: steps, dilations, pads }
  const apart = geometry.strides.every((stride, i) => stride >= window[i]!)
  const y: Expr = apply('MaxPool', [x], { shape, attributes }, (dy) => {
    return [apart ? scatterApart(dy, placesOf(y), x) : scatter(dy, placesOf(y), x)]
  })
  return y
}

/** The mean under each place of a window, not counting what lies in the padding. */
export function averagePool(x: Expr, window: readonly number[], options: WindowOptions = {}): Expr {
  const { strides = window } = options
  const channels = x.shape[1] as number
  const geometry = geometryOf('AveragePool', spaceOf('AveragePool', x), window, { ...options, strides })
  const { pads, strides: steps } = attributesOf(geometry)
  const shape = [x.shape[0]!, channels, ...geometry.places]
  const attributes = { kernel_shape: window, strides: steps, pads }
  const ones = constant(new Float32Array(channels * sizeOf(window)).fill(1), [channels, 1, ...window])
  return apply('AveragePool', [x], { shape, attributes }, (dy) => {
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

const shapeOf = (x: Expr): Expr => apply('Shape', [x], { shape: [x.shape.length], dtype: 'int64' })

/** All elements in one list, whose extent is named after the shape when only a run knows it. */
function flat(x: Expr): Expr {
  const known = x.shape.every((dim) => typeof dim === 'number')
  const shape: Shape = [known ? sizeOf(x.shape) : showShape(x.shape)]
  const all = constant([-1], [1], 'int64')
  return apply('Reshape', [x, all], { shape, dtype: x.dtype }, (dy) => [unflat(dy, x), undefined])
}
const unflat = (list: Expr, like: Expr): Expr =>
  apply('Reshape', [list, shapeOf(like)], { shape: like.shape }, (dy) => [flat(dy), undefined])

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
  unflat(scatterElements(flat(values), flat(places), flat(like)), like)

/** The same where no place comes twice, which a plain loop does without adding. */
function scatterApart(values: Expr, places: Expr, like: Expr): Expr {
  const attributes = { kernel_shape: like.shape.slice(2).map(() => 1) }
  return apply('MaxUnpool', [values, places, shapeOf(like)], { shape: like.shape, attributes }, (dy) => [
    unflat(gatherElements(flat(dy), flat(places)), values),
    undefined,
    undefined,
  ])
}
