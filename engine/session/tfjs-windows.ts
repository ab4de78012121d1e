/**
 * Convolution and pooling on TensorFlow.js, in ONNX's terms: channels first, one or two spatial axes, any strides,
 * dilations, groups and uneven padding. The library's own operators have none of these in full, so a window is
 * taken apart into its taps. Over all places, tap k of a window sees one strided slice of the padded input,
 *
 *     view_k [batch, channels, ...places]  =  x[.., k dilation : : stride]
 *
 * and everything follows from the views: pooling is their largest or their mean, a convolution is one matrix
 * product with the views stacked (im2col; Chellapilla, Puri and Simard, 2006), and a transposed convolution is
 * that product transposed, its views laid back where they were taken and added.
 */
import type { TensorFlow, TfTensor } from '../tfjs.ts'
import { numbersIn } from './tfjs-tensors.ts'

/** How a window moves; one entry a spatial axis, `pads` first all before and then all after. */
export interface Moves {
  readonly strides: readonly number[]
  readonly dilations: readonly number[]
  readonly pads: readonly number[]
}
interface Window extends Required<Moves> {
  readonly kernel: readonly number[]
  readonly places: readonly number[]
}

const product = (extents: readonly number[]): number => extents.reduce((a, b) => a * b, 1)

/** ONNX leaves out what is 1, and 0 in the padding. */
const complete = (rank: number, { strides, dilations, pads }: Moves): Moves => ({
  strides: strides.length > 0 ? strides : Array.from({ length: rank }, () => 1),
  dilations: dilations.length > 0 ? dilations : Array.from({ length: rank }, () => 1),
  pads: pads.length > 0 ? pads : Array.from({ length: 2 * rank }, () => 0),
})

const reach = ({ kernel, dilations }: Pick<Window, 'kernel' | 'dilations'>, axis: number): number =>
  (kernel[axis]! - 1) * dilations[axis]! + 1

function windowOver(size: readonly number[], kernel: readonly number[], moves: Moves): Window {
  const rank = size.length
  const { strides, dilations, pads } = complete(rank, moves)
  const places = size.map((extent, i) => {
    const room = extent + pads[i]! + pads[rank + i]! - reach({ kernel, dilations }, i)
    return Math.floor(room / strides[i]!) + 1
  })
  return { kernel, strides, dilations, pads, places }
}

/** Every tap of the window, row-major, as its number along each axis. */
const tapsOf = (kernel: readonly number[]): number[][] =>
  kernel.reduce<number[][]>(
    (taps, length) => taps.flatMap((tap) => Array.from({ length }, (_, k) => [...tap, k])),
    [[]],
  )

/** For each tap, what it sees of [batch, channels, ...size] at all places. */
function views(tf: TensorFlow, x: TfTensor, window: Window, padding = 0): TfTensor[] {
  const { kernel, strides, dilations, pads, places } = window
  const rank = kernel.length
  const around = kernel.map((_, i): [number, number] => [pads[i]!, pads[rank + i]!])
  const padded = pads.some((n) => n > 0) ? tf.pad(x, [[0, 0], [0, 0], ...around], padding) : x
  const lead = padded.shape.slice(0, 2)
  return tapsOf(kernel).map((tap) => {
    const begin = tap.map((k, i) => k * dilations[i]!)
    const end = begin.map((at, i) => at + (places[i]! - 1) * strides[i]! + 1)
    return tf.stridedSlice(padded, [0, 0, ...begin], [...lead, ...end], [1, 1, ...strides])
  })
}

/** The transpose of `views`: lays each view back where it was taken, adds them, and cuts the padding off. */
function layBack(
  tf: TensorFlow,
  parts: readonly TfTensor[],
  window: Window,
  size: readonly number[],
): TfTensor {
  const { kernel, dilations, pads } = window
  const rank = kernel.length
  const padded = size.map((extent, i) => extent + pads[i]! + pads[rank + i]!)
  const laid = tapsOf(kernel).map((tap, t) => {
    const spread = spreadOut(tf, parts[t]!, window)
    const margins = tap.map((k, i): [number, number] => {
      const before = k * dilations[i]!
      return [before, padded[i]! - before - spread.shape[2 + i]!]
    })
    return tf.pad(spread, [[0, 0], [0, 0], ...margins])
  })
  const lead = parts[0]!.shape.slice(0, 2)
  return tf.slice(tf.addN(laid), [0, 0, ...pads.slice(0, rank)], [...lead, ...size])
}

/** `stride` - 1 zeros between neighbouring places. */
function spreadOut(tf: TensorFlow, x: TfTensor, { strides, places }: Window): TfTensor {
  if (strides.every((stride) => stride === 1)) return x
  const lead = x.shape.slice(0, 2)
  const gaps = strides.flatMap((stride): [number, number][] => [
    [0, 0],
    [0, stride - 1],
  ])
  const apart = tf.pad(tf.reshape(x, [...lead, ...places.flatMap((n) => [n, 1])]), [[0, 0], [0, 0], ...gaps])
  const wide = tf.reshape(apart, [...lead, ...places.map((n, i) => n * strides[i]!)])
  const needed = places.map((n, i) => (n - 1) * strides[i]! + 1)
  return tf.slice(wide, [0, 0, ...needed.map(() => 0)], [...lead, ...needed])
}

/** x [batch, channels, ...size] and w [outputs, channels / groups, ...kernel] -> [batch, outputs, ...places]. */
export function conv(tf: TensorFlow, x: TfTensor, w: TfTensor, moves: Moves, groups: number): TfTensor {
  const [batch = 0, , ...size] = x.shape
  const [outputs = 0, within = 0, ...kernel] = w.shape
  const window = windowOver(size, kernel, moves)
  const area = product(window.places)
  const flat = views(tf, x, window).map((view) => tf.reshape(view, [batch, groups * within, 1, area]))
  const columns = tf.reshape(tf.concat(flat, 2), [batch, groups, within * product(kernel), area])
  const rows = tf.reshape(w, [groups, outputs / groups, within * product(kernel)])
  return tf.reshape(tf.matMul(rows, columns), [batch, outputs, ...window.places])
}

/** y [batch, inputs, ...places] and w [inputs, outputs / groups, ...kernel] -> [batch, outputs, ...size]. */
export function convTranspose(
  tf: TensorFlow,
  y: TfTensor,
  w: TfTensor,
  moves: Moves & { readonly extra: readonly number[] },
  groups: number,
): TfTensor {
  const [batch = 0, inputs = 0, ...places] = y.shape
  const [, within = 0, ...kernel] = w.shape
  const rank = kernel.length
  const window = { kernel, places, ...complete(rank, moves) }
  const size = places.map((n, i) => {
    const covered = (n - 1) * window.strides[i]! + reach(window, i) + (moves.extra[i] ?? 0)
    return covered - window.pads[i]! - window.pads[rank + i]!
  })
  const [taps, area] = [product(kernel), product(places)]
  const rows = tf.reshape(w, [groups, inputs / groups, within * taps])
  const columns = tf.matMul(rows, tf.reshape(y, [batch, groups, inputs / groups, area]), true)
  const parts = tf.split(tf.reshape(columns, [batch, groups * within, taps, area]), taps, 2)
  const shape = [batch, groups * within, ...places]
  return layBack(
    tf,
    parts.map((part) => tf.reshape(part, shape)),
    window,
    size,
  )
}

/** The largest value under each place and, if asked, where in the flat input it is: of equal ones, the first. */
export function maxPool(
  tf: TensorFlow,
  x: TfTensor,
  kernel: readonly number[],
  moves: Moves,
  withPlaces: boolean,
): TfTensor[] {
  const [batch = 0, channels = 0, ...size] = x.shape
  const window = windowOver(size, kernel, moves)
  const seen = tf.stack(views(tf, x, window, -Infinity))
  const largest = tf.max(seen, 0)
  if (!withPlaces) return [largest]
  // The views of the positions in one image say where each tap looks; the winning tap picks among them.
  const area = product(window.places)
  const positions = tf.reshape(tf.range(0, product(size), 1, 'int32'), [1, 1, ...size])
  const looked = tf.reshape(tf.stack(views(tf, positions, window)), [-1])
  const winner = tf.reshape(tf.argMax(seen, 0), [batch * channels, area])
  const picked = tf.add(tf.mul(winner, tf.scalar(area, 'int32')), tf.range(0, area, 1, 'int32'))
  const images = tf.range(0, batch * channels * product(size), product(size), 'int32')
  const places = tf.add(tf.gather(looked, picked as never), tf.reshape(images, [-1, 1]))
  return [largest, tf.reshape(places, largest.shape)]
}

/** The mean under each place; what lies in the padding counts only when told. */
export function averagePool(
  tf: TensorFlow,
  x: TfTensor,
  kernel: readonly number[],
  moves: Moves,
  countPadding: boolean,
): TfTensor {
  const size = x.shape.slice(2)
  const window = windowOver(size, kernel, moves)
  const ones = tf.ones([1, 1, ...size])
  const counts = countPadding ? tf.scalar(product(kernel)) : tf.addN(views(tf, ones, window))
  return tf.div(tf.addN(views(tf, x, window)), counts)
}

/** Each entry so many times along each axis. */
export function repeatEntries(tf: TensorFlow, x: TfTensor, times: readonly number[]): TfTensor {
  const cells = tf.reshape(
    x,
    x.shape.flatMap((extent) => [extent, 1]),
  )
  const tiled = tf.tile(
    cells,
    times.flatMap((n) => [1, n]),
  )
  return tf.reshape(
    tiled,
    x.shape.map((extent, i) => extent * times[i]!),
  )
}

/** Zeros in a shape, with each value added at its place in the flat result. */
export function scatterFlat(tf: TensorFlow, values: TfTensor, places: TfTensor, shape: TfTensor): TfTensor {
  const extents = numbersIn(shape)
  const list = tf.scatterND(tf.reshape(places, [-1, 1]), tf.reshape(values, [-1]), [
    product(extents),
  ] as never)
  return tf.reshape(list, extents)
}
