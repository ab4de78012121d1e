/**
 * ONNX operators by name, each in the engine's own ops, opset 11 and later. What they mean is told at
 * https://onnx.ai/onnx/operators/; where an attribute became an input over the years, both are read.
 *
 * To add one, add its line to the table; `engine/import/onnx.test.ts` compares each with ONNX Runtime.
 */
import { conv, convTranspose } from '../convolution.ts'
import { EngineError } from '../errors.ts'
import { constant, scalar } from '../expr.ts'
import type { Expr } from '../expr.ts'
import { batchNormBy, layerNorm } from '../normalisation.ts'
import * as ops from '../ops.ts'
import { add, div, mul, neg, relu, slice, square, squeeze, sub, transpose } from '../ops.ts'
import { averagePool, maxPool } from '../pooling.ts'
import { normaliseAxes } from '../shape.ts'
import type { Dim } from '../shape.ts'
import type { Padding } from '../window.ts'
import { overDim, reshapeTo, timesDim } from './sizes.ts'
import type { Sizes } from './sizes.ts'

/** A tensor that a run computes, or whole numbers known now. */
export type Value = Expr | Sizes

export interface GraphNode {
  readonly op: string
  readonly name: string
  /** Names of values; '' for an optional input that is left out. */
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: Readonly<Record<string, number | string | readonly number[]>>
}

const unsupported = (what: string): EngineError =>
  new EngineError('ENGINE_IMPORT_UNSUPPORTED', `the engine does not know ${what}.`)

const isSizes = (value: Value): value is Sizes => 'sizes' in value

/** What an operator reads, by place and by name. */
export type Arguments = ReturnType<typeof argumentsOf>

export function argumentsOf(node: GraphNode, inputs: readonly (Value | undefined)[]) {
  const value = (i: number): Value => {
    const found = inputs[i]
    if (found) return found
    throw new EngineError('ENGINE_MODEL_INVALID', `input ${i + 1} is missing.`)
  }
  const attribute = (name: string): number | string | readonly number[] | undefined =>
    Object.hasOwn(node.attributes, name) ? node.attributes[name] : undefined
  const tensorOf = (found: Value, i: number): Expr => {
    if (!isSizes(found)) return found
    throw unsupported(`whole numbers as input ${i + 1}`)
  }
  const number = (name: string, otherwise: number): number => {
    const found = attribute(name)
    return typeof found === 'number' ? found : otherwise
  }
  const numbers = (name: string): readonly number[] | undefined => {
    const found = attribute(name)
    return typeof found === 'object' ? found : undefined
  }
  return {
    count: inputs.length,
    outputs: node.outputs.length,
    value,
    number,
    numbers,
    text: (name: string): string => String(attribute(name) ?? ''),
    /** A tensor. */
    x: (i = 0): Expr => tensorOf(value(i), i),
    maybe: (i: number): Expr | undefined => inputs[i] && tensorOf(inputs[i], i),
    all: (): Expr[] => inputs.map((_, i) => tensorOf(value(i), i)),
    /** A list of whole numbers: an input or, in an older opset, an attribute. */
    list: (i: number, name: string): readonly number[] | undefined => {
      const found = inputs[i]
      if (!found) return numbers(name)
      if (isSizes(found) && found.sizes.every((dim) => typeof dim === 'number')) return found.sizes
      throw unsupported(`an input ${i + 1} that is computed in the run`)
    },
    /** A float known now, likewise. */
    known: (i: number, name: string): number | undefined => {
      const found = inputs[i]
      if (!found) return attribute(name) === undefined ? undefined : number(name, 0)
      if (!isSizes(found) && found.kind === 'constant' && found.data.length === 1) return found.data[0]
      throw unsupported(`an input ${i + 1} that is not a constant`)
    },
  }
}

type Operator = (node: Arguments) => Value | readonly Value[]

// ---------------------------------------------------------------------------------------------------------
// Elementwise

const unary =
  (op: (x: Expr) => Expr): Operator =>
  (node) =>
    op(node.x())

/** Between tensors, or between whole numbers. */
const binary =
  (op: (a: Expr, b: Expr) => Expr, whole: (a: Dim, b: Dim) => Dim): Operator =>
  (node) => {
    const [a, b] = [node.value(0), node.value(1)]
    if (!isSizes(a) || !isSizes(b)) return op(node.x(0), node.x(1))
    const [m, n] = [a.sizes, b.sizes]
    const length = Math.max(m.length, n.length)
    if ([m, n].some((list) => list.length !== length && list.length !== 1))
      throw unsupported('lists of two lengths')
    const at = (list: readonly Dim[], i: number): Dim => list[list.length === 1 ? 0 : i]!
    const sizes = Array.from({ length }, (_, i) => whole(at(m, i), at(n, i)))
    return { sizes, scalar: a.scalar && b.scalar }
  }

const ofNumbers =
  (op: (a: number, b: number) => number) =>
  (a: Dim, b: Dim): Dim => {
    if (typeof a === 'number' && typeof b === 'number') return op(a, b)
    throw unsupported('this arithmetic with the number of rows')
  }

function clip(x: Expr, low: number | undefined, high: number | undefined): Expr {
  if (low === 0)
    return high === undefined ? relu(x) : high === 6 ? ops.relu6(x) : clip(relu(x), undefined, high)
  const above = low === undefined ? x : ops.maximum(x, low)
  return high === undefined ? above : ops.minimum(above, high)
}
const hardSigmoid = (x: Expr, slope: number, offset: number): Expr => clip(add(mul(x, slope), offset), 0, 1)

/** Gaussian error linear unit by tanh (Hendrycks and Gimpel, arXiv 1606.08415, section 2). */
const tanhGelu = (x: Expr): Expr => {
  const inner = mul(add(x, mul(mul(x, square(x)), 0.044715)), Math.sqrt(2 / Math.PI))
  return mul(mul(x, 0.5), add(ops.tanh(inner), 1))
}

/** Exponential linear unit; exp sees nothing above 0, so neither branch overflows. */
const elu = (x: Expr, alpha: number): Expr => add(relu(x), mul(sub(ops.exp(neg(relu(neg(x)))), 1), alpha))

function pow(node: Arguments): Expr {
  const exponent = node.known(1, 'exponent')!
  return exponent === 2
    ? square(node.x())
    : exponent === 0.5
      ? ops.sqrt(node.x())
      : ops.pow(node.x(), exponent)
}

const fold =
  (op: (a: Expr, b: Expr) => Expr): Operator =>
  (node) =>
    node.all().reduce(op)

// ---------------------------------------------------------------------------------------------------------
// Products, windows, normalisation

function gemm(node: Arguments): Expr {
  const [a, b, c] = [node.x(0), node.x(1), node.maybe(2)]
  const [transposeA, transposeB] = [node.number('transA', 0) === 1, node.number('transB', 0) === 1]
  const [alpha, beta] = [node.number('alpha', 1), node.number('beta', 1)]
  if (c?.shape.length === 1 && !transposeA && !transposeB && alpha === 1 && beta === 1)
    return ops.affine(a, b, c)
  const product = mul(ops.matmul(a, b, { transposeA, transposeB }), alpha)
  return c ? add(product, mul(c, beta)) : product
}

/** A matrix on the right meets all rows at once, which spares its derivative a sum over batches. */
function matmul(node: Arguments): Expr {
  const [a, b] = [node.x(0), node.x(1)]
  if (a.shape.length < 2 || b.shape.length < 2) throw unsupported('a product with a single vector')
  if (a.shape.length === 2 || b.shape.length > 2) return ops.matmul(a, b)
  return ops.fromRows(ops.matmul(ops.toRows(a), b), a.shape.slice(0, -1))
}

function paddingOf(node: Arguments, rank: number): Padding {
  const auto = node.text('auto_pad')
  if (auto === 'SAME_UPPER') return 'same'
  if (auto === 'SAME_LOWER') throw unsupported('auto_pad SAME_LOWER')
  const pads = node.numbers('pads') ?? []
  const padding = Array.from({ length: rank }, (_, i) => [pads[i] ?? 0, pads[rank + i] ?? 0] as const)
  if (auto === 'VALID' || padding.every(([before, after]) => before + after === 0)) return 'valid'
  if (pads.some((n) => n < 0)) throw unsupported('negative padding')
  return padding
}

function convolution(node: Arguments): Expr {
  const rank = node.x().shape.length - 2
  const [strides, dilations] = [node.numbers('strides') ?? 1, node.numbers('dilations') ?? 1]
  const options = { strides, dilations, groups: node.number('group', 1), padding: paddingOf(node, rank) }
  return conv(node.x(0), node.x(1), options, node.maybe(2))
}

function transposedConvolution(node: Arguments): Expr {
  const rank = node.x().shape.length - 2
  if (node.numbers('output_padding')?.some((n) => n !== 0) || node.numbers('output_shape')) {
    throw unsupported('output_padding or output_shape')
  }
  const [strides, dilations] = [node.numbers('strides') ?? 1, node.numbers('dilations') ?? 1]
  const options = { strides, dilations, groups: node.number('group', 1), padding: paddingOf(node, rank) }
  const y = convTranspose(node.x(0), node.x(1), options)
  const bias = node.maybe(2)
  return bias ? add(y, ops.reshape(bias, [...bias.shape, ...y.shape.slice(2).map(() => 1)])) : y
}

const pool =
  (how: 'max' | 'average'): Operator =>
  (node) => {
    const x = node.x()
    const window = node.numbers('kernel_shape') ?? []
    const strides = node.numbers('strides') ?? window.map(() => 1)
    if (node.number('ceil_mode', 0) !== 0) throw unsupported('windows that overlap the end (ceil_mode)')
    if (node.numbers('dilations')?.some((n) => n !== 1)) throw unsupported('dilated windows')
    if (node.outputs > 1) throw unsupported('the places of the largest values')
    const padding = paddingOf(node, window.length)
    if (how === 'max') return maxPool(x, window, { strides, padding })
    if (node.number('count_include_pad', 0) === 0 || typeof padding === 'string') {
      return averagePool(x, window, { strides, padding })
    }
    const padded = padding.reduce((z, [before, after], i) => ops.pad(z, i + 2, before, after), x)
    return averagePool(padded, window, { strides })
  }

const global =
  (op: typeof ops.mean): Operator =>
  (node) =>
    op(
      node.x(),
      node
        .x()
        .shape.slice(2)
        .map((_, i) => i + 2),
      { keepDims: true },
    )

/** By the statistics that the model holds: an imported network keeps them, also where its weights are trained. */
function batchNormalization(node: Arguments): Expr {
  if (node.number('training_mode', 0) !== 0)
    throw unsupported('training_mode; export the model for inference')
  const held = { mean: node.x(3), variance: node.x(4) }
  return batchNormBy(node.x(0), node.x(1), node.x(2), held, node.number('epsilon', 1e-5))
}

function layerNormalization(node: Arguments): Expr {
  const [x, scale] = [node.x(0), node.x(1)]
  const axis = node.number('axis', -1)
  if (![-1, x.shape.length - 1].includes(axis)) throw unsupported('a normalisation over several axes')
  return layerNorm(x, scale, node.maybe(2) ?? scalar(0), node.number('epsilon', 1e-5))
}

/** Before opset 13 softmax went by all axes from `axis` on, which is the same for the last one alone. */
const alongLast =
  (op: (x: Expr) => Expr): Operator =>
  (node) => {
    const x = node.x()
    const axis = node.number('axis', x.shape.length === 2 ? 1 : -1)
    if (![-1, x.shape.length - 1].includes(axis)) throw unsupported(`an axis ${axis} that is not the last`)
    return op(x)
  }

// ---------------------------------------------------------------------------------------------------------
// Arrangement

const reduction =
  (op: typeof ops.sum): Operator =>
  (node) => {
    const axes = node.list(1, 'axes')
    if (axes === undefined && node.number('noop_with_empty_axes', 0) === 1) return node.x()
    return op(node.x(), axes, { keepDims: node.number('keepdims', 1) === 1 })
  }

function flatten(node: Arguments): Expr {
  const x = node.x()
  const axis = node.number('axis', 1)
  const at = axis < 0 ? axis + x.shape.length : axis
  const side = (shape: readonly Dim[]): Dim => shape.reduce<Dim>(timesDim, 1)
  return reshapeTo(x, [side(x.shape.slice(0, at)), side(x.shape.slice(at))])
}

function reshape(node: Arguments): Value {
  const shape = node.value(1)
  if (!isSizes(shape)) throw unsupported('a shape that is computed in the run')
  const value = node.value(0)
  if (isSizes(value)) {
    if (shape.sizes.length > 1) throw unsupported('whole numbers in several axes')
    return { sizes: value.sizes, scalar: shape.sizes.length === 0 }
  }
  if (node.number('allowzero', 0) === 1 && shape.sizes.includes(0)) throw unsupported('an extent of 0')
  return reshapeTo(value, shape.sizes)
}

function squeezed(node: Arguments): Value {
  const value = node.value(0)
  if (isSizes(value)) return { sizes: value.sizes, scalar: true }
  const axes = node.list(1, 'axes') ?? value.shape.flatMap((dim, i) => (dim === 1 ? [i] : []))
  return squeeze(value, axes)
}

function unsqueezed(node: Arguments): Value {
  const value = node.value(0)
  if (isSizes(value)) return { sizes: value.sizes, scalar: false }
  const axes = node.list(1, 'axes') ?? []
  const rank = value.shape.length + axes.length
  const at = new Set(axes.map((axis) => (axis < 0 ? axis + rank : axis)))
  const rest = [...value.shape]
  return ops.reshape(
    value,
    Array.from({ length: rank }, (_, i) => (at.has(i) ? 1 : rest.shift()!)),
  )
}

function concat(node: Arguments): Value {
  const values = Array.from({ length: node.count }, (_, i) => node.value(i))
  if (values.every(isSizes)) return { sizes: values.flatMap(({ sizes }) => sizes), scalar: false }
  return ops.concat(node.all(), node.number('axis', 0))
}

function split(node: Arguments): Expr[] {
  const x = node.x()
  const [axis] = normaliseAxes('Split', x.shape, [node.number('axis', 0)]) as [number]
  const whole = x.shape[axis] as number
  const each = Math.ceil(whole / node.outputs)
  const even = Array.from({ length: node.outputs }, (_, i) => Math.min(each, whole - i * each))
  return ops.split(x, node.list(1, 'split') ?? even, axis)
}

/** Start and end may lie outside, and count from the end when negative. */
function sliced(node: Arguments): Value {
  const value = node.value(0)
  const [starts = [], ends = []] = [node.list(1, 'starts'), node.list(2, 'ends')]
  const axes = node.list(3, 'axes') ?? starts.map((_, i) => i)
  const steps = node.list(4, 'steps') ?? starts.map(() => 1)
  if (steps.some((step) => step < 1)) throw unsupported('a step backwards')
  const within = (n: number, length: number): number => Math.max(0, Math.min(n < 0 ? n + length : n, length))
  if (isSizes(value)) {
    const { length } = value.sizes
    const [from, to] = [within(starts[0]!, length), within(ends[0]!, length)]
    const every = steps[0]!
    return {
      sizes: value.sizes.filter((_, i) => i >= from && i < to && (i - from) % every === 0),
      scalar: false,
    }
  }
  return axes.reduce((x, axis, i) => {
    const length = x.shape[axis < 0 ? axis + x.shape.length : axis]
    if (
      typeof length === 'string' &&
      starts[i] === 0 &&
      ends[i]! >= Number.MAX_SAFE_INTEGER &&
      steps[i] === 1
    )
      return x
    if (typeof length !== 'number') throw unsupported('a slice of the rows')
    const [from, to] = [within(starts[i]!, length), within(ends[i]!, length)]
    if (from >= to) throw unsupported('an empty slice')
    return slice(x, axis, from, Math.ceil((to - from) / steps[i]!), steps[i])
  }, value)
}

/** Entries at places known now, or rows of a table by numbers that a run computes. */
function gather(node: Arguments): Value {
  const [data, indices] = [node.value(0), node.value(1)]
  const axis = node.number('axis', 0)
  if (!isSizes(indices)) {
    if (axis !== 0 || isSizes(data)) throw unsupported('rows gathered along an inner axis')
    const rows = ops.gather(data, reshapeTo(indices, [-1]))
    return reshapeTo(rows, [...indices.shape, ...data.shape.slice(1)])
  }
  const places = indices.sizes.map((at) => {
    if (typeof at === 'number') return at
    throw unsupported('an index that depends on the number of rows')
  })
  const from = (at: number, length: number): number => (at < 0 ? at + length : at)
  if (isSizes(data)) {
    const sizes = places.map((at) => data.sizes[from(at, data.sizes.length)])
    if (sizes.includes(undefined)) throw unsupported('an index outside the list')
    return { sizes: sizes as Dim[], scalar: indices.scalar }
  }
  const [at] = normaliseAxes('Gather', data.shape, [axis]) as [number]
  const length = data.shape[at]
  if (typeof length !== 'number') throw unsupported('rows picked from the batch')
  const picked = ops.concat(
    places.map((place) => slice(data, at, from(place, length), 1)),
    at,
  )
  return indices.scalar ? squeeze(picked, [at]) : picked
}

/** Element types by their numbers in the format. */
const FLOAT = 1
const WHOLE = [6, 7]

function cast(node: Arguments): Value {
  const [value, to] = [node.value(0), node.number('to', 0)]
  if (WHOLE.includes(to)) return isSizes(value) ? value : ops.cast(value, 'int32')
  if (to !== FLOAT) throw unsupported(`a cast to element type ${to}`)
  if (!isSizes(value)) return ops.cast(value, 'float32')
  if (value.sizes.some((dim) => typeof dim === 'string')) throw unsupported('the number of rows as a float')
  return constant(value.sizes as number[], value.scalar ? [] : [value.sizes.length])
}

function shapeOf(node: Arguments): Value {
  const { shape } = node.x()
  const end = node.number('end', shape.length)
  return { sizes: shape.slice(node.number('start', 0), end), scalar: false }
}

const same: Operator = (node) => node.value(0)

export const operators: Readonly<Record<string, Operator>> = {
  Abs: unary(ops.abs),
  Add: binary(
    add,
    ofNumbers((a, b) => a + b),
  ),
  AveragePool: pool('average'),
  BatchNormalization: batchNormalization,
  Cast: cast,
  Clip: (node) => clip(node.x(), node.known(1, 'min'), node.known(2, 'max')),
  Concat: concat,
  Conv: convolution,
  ConvTranspose: transposedConvolution,
  Div: binary(div, overDim),
  Dropout: same,
  Elu: (node) => elu(node.x(), node.number('alpha', 1)),
  Erf: unary(ops.erf),
  Exp: unary(ops.exp),
  Flatten: flatten,
  Gather: gather,
  Gelu: (node) => (node.text('approximate') === 'tanh' ? tanhGelu : ops.gelu)(node.x()),
  Gemm: gemm,
  GlobalAveragePool: global(ops.mean),
  GlobalMaxPool: global(ops.max),
  HardSigmoid: (node) => hardSigmoid(node.x(), node.number('alpha', 0.2), node.number('beta', 0.5)),
  HardSwish: (node) => mul(node.x(), hardSigmoid(node.x(), 1 / 6, 0.5)),
  Identity: same,
  LayerNormalization: layerNormalization,
  LeakyRelu: (node) => ops.leakyRelu(node.x(), node.number('alpha', 0.01)),
  Log: unary(ops.log),
  LogSoftmax: alongLast(ops.logSoftmax),
  MatMul: matmul,
  Max: fold(ops.maximum),
  MaxPool: pool('max'),
  Min: fold(ops.minimum),
  Mod: binary(
    () => {
      throw unsupported('the remainder of tensors')
    },
    ofNumbers((a, b) => ((a % b) + b) % b),
  ),
  Mul: binary(mul, timesDim),
  Neg: unary(neg),
  PRelu: (node) => sub(relu(node.x()), mul(node.x(1), relu(neg(node.x())))),
  Pow: pow,
  Reciprocal: unary((x) => div(1, x)),
  ReduceMax: reduction(ops.max),
  ReduceMean: reduction(ops.mean),
  ReduceSum: reduction(ops.sum),
  Relu: unary(relu),
  Reshape: reshape,
  Shape: shapeOf,
  Sigmoid: unary(ops.sigmoid),
  Slice: sliced,
  Softmax: alongLast(ops.softmax),
  Softplus: unary(ops.softplus),
  Split: split,
  Sqrt: unary(ops.sqrt),
  Squeeze: squeezed,
  Sub: binary(
    sub,
    ofNumbers((a, b) => a - b),
  ),
  Sum: fold(add),
  Tanh: unary(ops.tanh),
  Transpose: (node) => transpose(node.x(), node.numbers('perm')),
  Unsqueeze: unsqueezed,
}

/** Inputs that must be known when a graph is read: no learned parameters, be they floats. */
export const knownInputs: Readonly<Record<string, readonly number[]>> = { Clip: [1, 2], Pow: [1] }
/** Inputs that hold statistics, which training leaves alone. */
export const heldInputs: Readonly<Record<string, readonly number[]>> = { BatchNormalization: [3, 4] }
