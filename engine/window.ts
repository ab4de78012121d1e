/**
 * How the window of a convolution or of a pooling moves over one or two spatial axes. Along each axis it takes
 * `places` steps of `stride` over `extent` entries with zeros around them, and looks at entries `dilation` apart.
 * Dumoulin and Visin, "A guide to convolution arithmetic", arXiv 1603.07285, draws all of these.
 */
import { EngineError } from './errors.ts'
import type { Expr } from './expr.ts'
import { showShape } from './shape.ts'

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

/** A window with every choice made. */
export interface Geometry {
  readonly kernel: readonly number[]
  readonly strides: readonly number[]
  readonly dilations: readonly number[]
  readonly pads: readonly (readonly [before: number, after: number])[]
  readonly groups: number
  /** Spatial extents where the window moves, and how many places it takes there. */
  readonly size: readonly number[]
  readonly places: readonly number[]
}

export function geometryOf(
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

/** As ONNX's operators are told. */
export const attributesOf = ({ strides, dilations, pads, groups }: Geometry) => ({
  strides,
  dilations,
  pads: [...pads.map(([before]) => before), ...pads.map(([, after]) => after)],
  group: groups,
})

/** The spatial extents of [batch, channels, ...space]. */
export function spaceOf(op: string, x: Expr): number[] {
  const space = x.shape.slice(2)
  if (space.length < 1 || space.length > 2 || space.some((d) => typeof d !== 'number')) {
    throw shapeError(`${op} needs shape [batch, channels, ...one or two extents], not ${showShape(x.shape)}.`)
  }
  return space as number[]
}

export const perAxis = (value: number | readonly number[] | undefined, rank: number): readonly number[] =>
  typeof value === 'object' ? value : Array.from({ length: rank }, () => value ?? 1)

export const shapeError = (message: string): EngineError => new EngineError('ENGINE_SHAPE', message)
