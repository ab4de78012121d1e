/**
 * Convolution over one or two spatial axes, channels first: [batch, channels, ...space].
 *
 * A convolution, weighed with its upstream derivative y, is one trilinear form of input, kernel and y:
 *
 *     F(x, w, y) = sum over n, o, c, p, k of  y[n,o,p] w[o,c,k] x[n,c, p stride + k dilation - padding]
 *
 * It is linear in each of the three, so its derivative by one is the same form with that one left open:
 *
 *     dF/dy = conv(x, w)      dF/dx = convTranspose(y, w)      dF/dw = kernelGradient(x, y)
 *
 * and the rules of each are the other two members of the family, however it is computed itself. ONNX Runtime has
 * the first two. Of these Conv is the quicker, above all with several threads, so it does the second's work too
 * wherever the stride is 1; `kernel-gradient.ts` does the third's.
 */
import { apply, ruled } from './expr.ts'
import type { Expr } from './expr.ts'
import { productsOfShifts } from './kernel-gradient.ts'
import { reshape, reverse, sum, transpose, view } from './ops.ts'
import { sameShape, showShape } from './shape.ts'
import { attributesOf, geometryOf, perAxis, shapeError, spaceOf } from './window.ts'
import type { ConvOptions, Geometry } from './window.ts'

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

/** `convTranspose` to a size that the options leave open: [batch, inputs, ...places] to [batch, outputs, ...size]. */
export function convTransposeAt(y: Expr, w: Expr, geometry: Geometry): Expr {
  const form = geometry.strides.every((stride) => stride === 1) ? turnedConv : spreadConv
  return ruled(form(y, w, geometry), [y, w], (dx) => [
    convAt(dx, w, geometry),
    kernelGradient(dx, y, geometry),
  ])
}

function kernelGradient(x: Expr, y: Expr, geometry: Geometry): Expr {
  return ruled(productsOfShifts(x, y, geometry), [x, y], (dw) => [
    convTransposeAt(y, dw, geometry),
    convAt(x, dw, geometry),
  ])
}

function spreadConv(y: Expr, w: Expr, geometry: Geometry): Expr {
  const { size, places, strides, dilations, kernel, pads, groups } = geometry
  const shape = [y.shape[0]!, (w.shape[1] as number) * groups, ...size]
  // Extents at the end that the last window does not reach.
  const output_padding = size.map((extent, i) => {
    const reached = (places[i]! - 1) * strides[i]! + (kernel[i]! - 1) * dilations[i]! + 1
    return extent + pads[i]![0] + pads[i]![1] - reached
  })
  return apply('ConvTranspose', [y, w], { shape, attributes: { ...attributesOf(geometry), output_padding } })
}

/** With a stride of 1 the way back is a convolution with the kernel turned around. */
function turnedConv(y: Expr, w: Expr, geometry: Geometry): Expr {
  const { size, dilations, kernel, groups, pads, places } = geometry
  const [outputs, within] = w.shape as [number, number]
  const axes = kernel.map((_, i) => i)
  const cut = reshape(w, [groups, outputs / groups, within, ...kernel])
  const exchanged = transpose(cut, [0, 2, 1, ...axes.map((i) => i + 3)])
  const turned = reverse(
    reshape(exchanged, [groups * within, outputs / groups, ...kernel]),
    axes.map((i) => i + 2),
  )
  // Places whose whole window lay in the padding say nothing about the input.
  const around = pads.map((side, i) => side.map((zeros) => (kernel[i]! - 1) * dilations[i]! - zeros))
  const blind = around.map((side) => side.map((n) => Math.max(-n, 0)))
  const seen = view(
    y,
    blind.map(([before]) => before!),
    places.map((n, i) => n - blind[i]![0]! - blind[i]![1]!),
  )
  const needed = around.map(([before, after]) => [Math.max(before!, 0), Math.max(after!, 0)] as const)
  const shape = [y.shape[0]!, groups * within, ...size]
  return apply('Conv', [seen, turned], { shape, attributes: attributesOf({ ...geometry, pads: needed }) })
}
