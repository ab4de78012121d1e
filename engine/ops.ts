/**
 * The vocabulary: every operation that networks, losses and optimisers are written in.
 *
 * An op is one function. It checks its shapes, names the ONNX operator (opset 18) that computes it, and
 * gives its backward rule beside it, written in these same ops. To add an op is to add one function here
 * and one case in `ops.test.ts`, which compares every rule with central differences.
 *
 *     export const exp = (x: Expr): Expr => {
 *       const y: Expr = apply('Exp', [x], { shape: x.shape }, (dy) => [mul(dy, y)])
 *       return y
 *     }
 *
 * Numbers stand for scalars. Shapes combine as in NumPy; where an input was stretched, its rule sums the
 * derivative back to the input's own shape (`sumTo`).
 */
import { EngineError } from './errors.ts'
import { apply, constant, scalar } from './expr.ts'
import type { DType, Expr, Pullback } from './expr.ts'
import { broadcastShapes, normaliseAxes, sameShape, showShape, sizeOf } from './shape.ts'
import type { Dim, Shape } from './shape.ts'

export type Operand = Expr | number

const asExpr = (x: Operand): Expr => (typeof x === 'number' ? scalar(x) : x)

const shapeError = (message: string): EngineError => new EngineError('ENGINE_SHAPE', message)

// ---------------------------------------------------------------------------------------------------------
// Elementwise, two inputs

/** The number in a float scalar constant, so that arithmetic with 0, 1 and other numbers happens here. */
const numberIn = (x: Expr): number | undefined =>
  x.kind === 'constant' && x.shape.length === 0 && x.dtype === 'float32' ? x.data[0] : undefined

/** An explicit stretch that the operator itself would do anyway is left out. */
function unstretched(x: Expr, other: Expr): Expr {
  if (x.kind !== 'apply' || x.op !== 'Expand') return x
  const source = x.inputs[0]!
  const without = broadcastShapes('Expand', source.shape, other.shape)
  return sameShape(without, broadcastShapes('Expand', x.shape, other.shape)) ? source : x
}

/** The scalar that a value repeats, when it is known to. */
function scalarBehind(x: Expr): Expr | undefined {
  if (x.shape.length === 0) return x
  return x.kind === 'apply' && x.op === 'Expand' ? scalarBehind(x.inputs[0]!) : undefined
}

function binary(
  op: string,
  left: Operand,
  right: Operand,
  dtype: DType,
  rule?: (dy: Expr, a: Expr, b: Expr, y: Expr) => [Expr, Expr],
): Expr {
  const wholeA = asExpr(left)
  const wholeB = asExpr(right)
  const a = unstretched(wholeA, wholeB)
  const b = unstretched(wholeB, a)
  const shape = broadcastShapes(op, a.shape, b.shape)
  const pullback: Pullback | undefined =
    rule &&
    ((dy) => {
      const [da, db] = rule(dy, a, b, y)
      return [sumTo(da, a), sumTo(db, b)]
    })
  const y = apply(op, [a, b], { shape, dtype }, pullback)
  return y
}

export function add(a: Operand, b: Operand): Expr {
  const [x, y] = [asExpr(a), asExpr(b)]
  const [m, n] = [numberIn(x), numberIn(y)]
  if (m !== undefined && n !== undefined) return scalar(m + n)
  if (m === 0) return y
  if (n === 0) return x
  return binary('Add', x, y, x.dtype, (dy) => [dy, dy])
}

export function sub(a: Operand, b: Operand): Expr {
  const [x, y] = [asExpr(a), asExpr(b)]
  const [m, n] = [numberIn(x), numberIn(y)]
  if (m !== undefined && n !== undefined) return scalar(m - n)
  if (n === 0) return x
  return binary('Sub', x, y, x.dtype, (dy) => [dy, neg(dy)])
}

export function mul(a: Operand, b: Operand): Expr {
  const [x, y] = [asExpr(a), asExpr(b)]
  const [m, n] = [numberIn(x), numberIn(y)]
  if (m !== undefined && n !== undefined) return scalar(m * n)
  if (m === 1) return y
  if (n === 1) return x
  return binary('Mul', x, y, x.dtype, (dy, u, v) => [mul(dy, v), mul(dy, u)])
}

export function div(a: Operand, b: Operand): Expr {
  const n = numberIn(asExpr(b))
  if (n !== undefined) return mul(a, 1 / n)
  return binary('Div', a, b, 'float32', (dy, _u, v, y) => {
    const du = div(dy, v)
    return [du, neg(mul(du, y))]
  })
}

/** The larger of two values; where they are equal the derivative goes to the first. */
export const maximum = (a: Operand, b: Operand): Expr => where(less(a, b), b, a)
/** The smaller of two values; where they are equal the derivative goes to the first. */
export const minimum = (a: Operand, b: Operand): Expr => where(greater(a, b), b, a)

export const greater = (a: Operand, b: Operand): Expr => binary('Greater', a, b, 'bool')
export const less = (a: Operand, b: Operand): Expr => binary('Less', a, b, 'bool')
export const equal = (a: Operand, b: Operand): Expr => binary('Equal', a, b, 'bool')

/** `a` where the condition holds, else `b`. */
export function where(condition: Expr, left: Operand, right: Operand): Expr {
  const [a, b] = [asExpr(left), asExpr(right)]
  const shape = broadcastShapes('Where', condition.shape, broadcastShapes('Where', a.shape, b.shape))
  return apply('Where', [condition, a, b], { shape, dtype: a.dtype }, (dy) => [
    undefined,
    sumTo(where(condition, dy, 0), a),
    sumTo(where(condition, 0, dy), b),
  ])
}

// ---------------------------------------------------------------------------------------------------------
// Elementwise, one input

function unary(op: string, x: Expr, rule: (dy: Expr, y: Expr) => Expr): Expr {
  const y: Expr = apply(op, [x], { shape: x.shape, dtype: x.dtype }, (dy) => [rule(dy, y)])
  return y
}

export function neg(x: Expr): Expr {
  const n = numberIn(x)
  if (n !== undefined) return scalar(-n)
  const single = scalarBehind(x)
  if (single && single !== x) return expandLike(neg(single), x)
  return unary('Neg', x, (dy) => neg(dy))
}
export const exp = (x: Expr): Expr => unary('Exp', x, (dy, y) => mul(dy, y))
/** Natural logarithm; the caller keeps x above 0. */
export const log = (x: Expr): Expr => unary('Log', x, (dy) => div(dy, x))
export const sqrt = (x: Expr): Expr => unary('Sqrt', x, (dy, y) => div(mul(dy, 0.5), y))
export const abs = (x: Expr): Expr => unary('Abs', x, (dy) => mul(dy, sign(x)))
/** -1, 0 or 1, with derivative 0. */
export const sign = (x: Expr): Expr => apply('Sign', [x], { shape: x.shape }, () => [undefined])
export const square = (x: Expr): Expr => mul(x, x)
/** x to a fixed power; the caller keeps x above 0 unless the power is a positive integer. */
export function pow(x: Expr, exponent: number): Expr {
  return apply('Pow', [x, scalar(exponent)], { shape: x.shape }, (dy) => [
    mul(dy, mul(pow(x, exponent - 1), exponent)),
    undefined,
  ])
}

/** 1 where x > 0, else 0; no derivative flows through it. */
export const isPositive = (x: Expr): Expr => step(x, 3e38, 0)

/**
 * 1 where slope x + offset > 0, else 0, for a slope as steep as a float allows: the hard sigmoid max(0, min(1, slope x + offset))
 * is that step, in one vectorised pass where comparing and converting take two and Sign is unvectorised.
 */
const step = (x: Expr, slope: number, offset: number): Expr =>
  apply(
    'HardSigmoid',
    [x],
    { shape: x.shape, attributes: { alpha: { float: slope }, beta: { float: offset } } },
    () => [undefined],
  )

/** max(x, 0), with derivative 0 at 0. */
export const relu = (x: Expr): Expr => unary('Relu', x, (dy, y) => mul(dy, isPositive(y)))
/** x above 0, `slope` x below. */
export const leakyRelu = (x: Expr, slope = 0.01): Expr =>
  apply('LeakyRelu', [x], { shape: x.shape, attributes: { alpha: { float: slope } } }, (dy) => [
    mul(dy, add(mul(isPositive(x), 1 - slope), slope)),
  ])
/** min(max(x, 0), 6), with derivative 0 at 0 and at 6. */
export const relu6 = (x: Expr): Expr =>
  apply('Clip', [x, scalar(0), scalar(6)], { shape: x.shape }, (dy) => [
    mul(mul(dy, isPositive(x)), step(x, -(2 ** 124), 6 * 2 ** 124)),
  ])
export const tanh = (x: Expr): Expr => unary('Tanh', x, (dy, y) => mul(dy, sub(1, square(y))))
/** 1 / (1 + e^-x). */
export const sigmoid = (x: Expr): Expr => unary('Sigmoid', x, (dy, y) => mul(dy, mul(y, sub(1, y))))
/** log(1 + e^x), without overflow. */
export const softplus = (x: Expr): Expr => unary('Softplus', x, (dy) => mul(dy, sigmoid(x)))
/** x / (1 + e^-x) (Elfwing, Uchibe and Doya, arXiv 1702.03118). */
export const silu = (x: Expr): Expr => mul(x, sigmoid(x))
export const erf = (x: Expr): Expr =>
  unary('Erf', x, (dy) => mul(dy, mul(exp(neg(square(x))), 2 / Math.sqrt(Math.PI))))
/** x times the normal distribution function, exactly (Hendrycks and Gimpel, arXiv 1606.08415). */
export const gelu = (x: Expr): Expr => mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1))

/** The same value, through which no derivative flows. */
export const stopGradient = (x: Expr): Expr =>
  apply('Identity', [x], { shape: x.shape, dtype: x.dtype }, () => [undefined])

/** Another element type; no derivative flows through it. */
export const cast = (x: Expr, dtype: DType): Expr =>
  x.dtype === dtype
    ? x
    : apply('Cast', [x], { shape: x.shape, dtype, attributes: { to: dtype } }, () => [undefined])

// ---------------------------------------------------------------------------------------------------------
// Reductions. `axes` omitted means all of them; `keepDims` leaves extents of 1 behind.

interface ReduceOptions {
  keepDims?: boolean
}

function reduce(
  op: string,
  x: Expr,
  axes: readonly number[] | undefined,
  { keepDims = false }: ReduceOptions,
  rule: (dy: Expr, axes: readonly number[], y: Expr) => Expr,
): Expr {
  const over = axes ? normaliseAxes(op, x.shape, axes) : x.shape.map((_, i) => i)
  if (over.length === 0) return x
  const kept = x.shape.map((dim, i): Dim => (over.includes(i) ? 1 : dim))
  const shape = keepDims ? kept : x.shape.filter((_, i) => !over.includes(i))
  // A scalar stretches as it is; anything else first gets its reduced axes back.
  const align = (z: Expr): Expr => scalarBehind(z) ?? reshape(z, kept)
  const y: Expr = apply(
    op,
    [x, constant(over, [over.length], 'int64')],
    { shape, attributes: { keepdims: Number(keepDims) } },
    (dy) => [rule(align(dy), over, align(y)), undefined],
  )
  return y
}

export const sum = (x: Expr, axes?: readonly number[], options: ReduceOptions = {}): Expr =>
  reduce('ReduceSum', x, axes, options, (dy) => expandLike(dy, x))

export const mean = (x: Expr, axes?: readonly number[], options: ReduceOptions = {}): Expr =>
  reduce('ReduceMean', x, axes, options, (dy, over) => expandLike(div(dy, extent(x, over)), x))

/** The largest value; equal largest values share the derivative. */
export const max = (x: Expr, axes?: readonly number[], options: ReduceOptions = {}): Expr =>
  reduce('ReduceMax', x, axes, options, (dy, over, y) => {
    const winners = cast(equal(x, y), 'float32')
    return mul(winners, div(dy, sum(winners, over, { keepDims: true })))
  })

/** Sums what broadcasting stretched, so that `x` gets the shape of `target`. */
export function sumTo(x: Expr, target: Expr): Expr {
  if (sameShape(x.shape, target.shape)) return x
  const lead = x.shape.length - target.shape.length
  const stretched = x.shape.flatMap((dim, i) => (i < lead || dim !== target.shape[i - lead] ? [i] : []))
  return reshape(sum(x, stretched, { keepDims: lead === 0 }), target.shape)
}

/** The product of some extents, as a float scalar: a number when known, else read from the tensor at run time. */
export function extent(x: Expr, axes: readonly number[]): Expr {
  const known = axes.reduce((size, i) => size * (typeof x.shape[i] === 'number' ? x.shape[i] : 1), 1)
  return axes
    .filter((i) => typeof x.shape[i] === 'string')
    .reduce<Expr>((size, i) => mul(size, squeeze(cast(extentAt(x, i), 'float32'), [0])), scalar(known))
}

/** One extent, read from the tensor, as int64 [1]. */
const extentAt = (x: Expr, axis: number): Expr =>
  apply('Shape', [x], { shape: [1], dtype: 'int64', attributes: { start: axis, end: axis + 1 } })

/** Probabilities over the last axis. */
export function softmax(x: Expr): Expr {
  return alongLast('Softmax', x, (dy, y) => {
    const weighted = mul(dy, y)
    return sub(weighted, mul(y, sum(weighted, [-1], { keepDims: true })))
  })
}

/** Log-probabilities over the last axis, without overflow. */
export function logSoftmax(x: Expr): Expr {
  return alongLast('LogSoftmax', x, (dy, y) => sub(dy, mul(exp(y), sum(dy, [-1], { keepDims: true }))))
}

function alongLast(op: string, x: Expr, rule: (dy: Expr, y: Expr) => Expr): Expr {
  const y: Expr = apply(op, [x], { shape: x.shape, attributes: { axis: -1 } }, (dy) => [rule(dy, y)])
  return y
}

// ---------------------------------------------------------------------------------------------------------
// Arrangement

/** Stretches to the shape of another value, known or not until run time. */
export function expandLike(x: Expr, like: Expr): Expr {
  if (sameShape(x.shape, like.shape)) return x
  if (!sameShape(broadcastShapes('Expand', x.shape, like.shape), like.shape)) {
    throw shapeError(`Expand cannot stretch shape ${showShape(x.shape)} to ${showShape(like.shape)}.`)
  }
  const known = like.shape.filter((dim) => typeof dim === 'number')
  const target =
    known.length === like.shape.length
      ? constant(known, [known.length], 'int64')
      : apply('Shape', [like], { shape: [like.shape.length], dtype: 'int64' })
  return apply('Expand', [x, target], { shape: like.shape, dtype: x.dtype }, (dy) => [
    sumTo(dy, x),
    undefined,
  ])
}

/** The same elements in another shape; at most one extent may be known only at run time. */
export function reshape(x: Expr, shape: Shape): Expr {
  if (sameShape(x.shape, shape)) return x
  const known = (s: Shape): number => sizeOf(s.filter((dim) => typeof dim === 'number'))
  const named = (s: Shape): Dim[] => s.filter((dim) => typeof dim === 'string')
  if (
    known(x.shape) !== known(shape) ||
    !sameShape(named(x.shape), named(shape)) ||
    named(shape).length > 1
  ) {
    throw shapeError(`Reshape cannot turn shape ${showShape(x.shape)} into ${showShape(shape)}.`)
  }
  return regroup(x, shape)
}

/** The same elements in another shape, whose one extent known only at run time may be another than before. */
export function regroup(x: Expr, shape: Shape): Expr {
  if (sameShape(x.shape, shape)) return x
  const target = constant(
    shape.map((dim) => (typeof dim === 'string' ? -1 : dim)),
    [shape.length],
    'int64',
  )
  return apply('Reshape', [x, target], { shape, dtype: x.dtype }, (dy) => [regroup(dy, x.shape), undefined])
}

/** Drops axes of extent 1. */
export function squeeze(x: Expr, axes: readonly number[]): Expr {
  const drop = normaliseAxes('Squeeze', x.shape, axes)
  if (drop.some((i) => x.shape[i] !== 1)) {
    throw shapeError(`Squeeze cannot drop axes ${drop.join(', ')} of shape ${showShape(x.shape)}.`)
  }
  return reshape(
    x,
    x.shape.filter((_, i) => !drop.includes(i)),
  )
}

/** Reorders the axes; without an order, reverses them. */
export function transpose(
  x: Expr,
  order: readonly number[] = x.shape.map((_, i) => x.shape.length - 1 - i),
): Expr {
  if (
    order.length !== x.shape.length ||
    new Set(normaliseAxes('Transpose', x.shape, order)).size !== order.length
  ) {
    throw shapeError(`Transpose by [${order.join(', ')}] does not fit shape ${showShape(x.shape)}.`)
  }
  const inverse = order.map((_, i) => order.indexOf(i))
  return apply(
    'Transpose',
    [x],
    { shape: order.map((i) => x.shape[i]!), dtype: x.dtype, attributes: { perm: [...order] } },
    (dy) => [transpose(dy, inverse)],
  )
}

export function concat(parts: readonly Expr[], axis: number): Expr {
  const first = parts[0]
  if (!first) throw shapeError('Concat needs at least one value.')
  if (parts.length === 1) return first
  const [at] = normaliseAxes('Concat', first.shape, [axis]) as [number]
  const extents = parts.map((part) => {
    const fits =
      part.shape.length === first.shape.length && part.shape.every((d, i) => i === at || d === first.shape[i])
    if (!fits || typeof part.shape[at] !== 'number') {
      throw shapeError(
        `Concat on axis ${at} cannot join ${showShape(first.shape)} and ${showShape(part.shape)}.`,
      )
    }
    return part.shape[at]
  })
  const total = extents.reduce((a, b) => a + b, 0)
  const shape = first.shape.map((dim, i) => (i === at ? total : dim))
  return apply('Concat', parts, { shape, dtype: first.dtype, attributes: { axis: at } }, (dy) =>
    split(dy, extents, at),
  )
}

/** Consecutive pieces along an axis. */
export function split(x: Expr, extents: readonly number[], axis: number): Expr[] {
  let start = 0
  return extents.map((length) => {
    const piece = slice(x, axis, start, length)
    start += length
    return piece
  })
}

/** `length` entries along one axis: consecutive, or every `step`-th. */
export function slice(x: Expr, axis: number, start: number, length: number, step = 1): Expr {
  const [at] = normaliseAxes('Slice', x.shape, [axis]) as [number]
  const whole = x.shape[at]
  const end = start + (length - 1) * step + 1
  if (typeof whole !== 'number' || start < 0 || end > whole) {
    throw shapeError(`Slice [${start}, ${end}) does not fit axis ${at} of ${showShape(x.shape)}.`)
  }
  if (length === whole) return x
  const bounds = [start, end, at, step].map((n) => constant([n], [1], 'int64'))
  const shape = x.shape.map((dim, i) => (i === at ? length : dim))
  return apply('Slice', [x, ...bounds], { shape, dtype: x.dtype }, (dy) => {
    const spread = spreadOut(dy, at, step)
    return [pad(spread, at, start, whole - end)]
  })
}

/** `step` - 1 zeros between the entries of one axis. */
function spreadOut(x: Expr, axis: number, step: number): Expr {
  if (step === 1) return x
  const length = x.shape[axis] as number
  const [before, after] = [x.shape.slice(0, axis), x.shape.slice(axis + 1)]
  const apart = pad(reshape(x, [...before, length, 1, ...after]), axis + 1, 0, step - 1)
  return slice(reshape(apart, [...before, length * step, ...after]), axis, 0, (length - 1) * step + 1)
}

/** The entries of a list from `start` to before `end`, both int64 [1]; their number is named, not known. */
export const sliceBetween = (list: Expr, start: Expr, end: Expr, extentName: string): Expr =>
  apply('Slice', [list, start, end, constant([0], [1], 'int64')], { shape: [extentName], dtype: list.dtype })

/** Zeros before and after the entries of one axis. */
export function pad(x: Expr, axis: number, before: number, after: number): Expr {
  const [at] = normaliseAxes('Pad', x.shape, [axis]) as [number]
  const inner = x.shape[at]
  if (typeof inner !== 'number')
    throw shapeError(`Pad needs a known extent on axis ${at} of ${showShape(x.shape)}.`)
  const rank = x.shape.length
  if (before === 0 && after === 0) return x
  const pads = Array.from({ length: 2 * rank }, (_, i) => (i === at ? before : i === rank + at ? after : 0))
  const shape = x.shape.map((dim, i) => (i === at ? before + inner + after : dim))
  return apply('Pad', [x, constant(pads, [2 * rank], 'int64')], { shape }, (dy) => [
    slice(dy, at, before, inner),
    undefined,
  ])
}

/**
 * The last axes seen through a window: `extents` entries of each from `from` on, zeros where it looks past an
 * end. One `Pad` with a negative number where it crops.
 */
export function view(x: Expr, from: readonly number[], extents: readonly number[]): Expr {
  const lead = x.shape.slice(0, x.shape.length - from.length)
  const whole = x.shape.slice(lead.length) as number[]
  const after = extents.map((extent, i) => extent + from[i]! - whole[i]!)
  if (from.every((n) => n === 0) && after.every((n) => n === 0)) return x
  const none = lead.map(() => 0)
  const pads = [...none, ...from.map((n) => 0 - n), ...none, ...after]
  return apply(
    'Pad',
    [x, constant(pads, [pads.length], 'int64')],
    { shape: [...lead, ...extents], dtype: x.dtype },
    (dy) => [
      view(
        dy,
        from.map((n) => 0 - n),
        whole,
      ),
      undefined,
    ],
  )
}

/** Entries of some axes in reverse. */
export function reverse(x: Expr, axes: readonly number[]): Expr {
  const turned = axes.filter((axis) => x.shape[axis] !== 1)
  if (turned.length === 0) return x
  const list = (of: (axis: number) => number): Expr => constant(turned.map(of), [turned.length], 'int64')
  // An end of -extent - 1 lies before the first entry.
  const bounds = [
    list(() => -1),
    list((axis) => -(x.shape[axis] as number) - 1),
    list((a) => a),
    list(() => -1),
  ]
  return apply('Slice', [x, ...bounds], { shape: x.shape, dtype: x.dtype }, (dy) => [reverse(dy, axes)])
}

/** All but the last axis in one: [.., width] -> [rows, width]. */
export function toRows(x: Expr): Expr {
  if (x.shape.length === 2) return x
  const [width, lead] = [x.shape.at(-1) as number, x.shape.slice(0, -1)]
  const rows = lead.some((dim) => typeof dim === 'string') ? showShape(lead) : sizeOf(lead)
  const target = constant([-1, width], [2], 'int64')
  return apply('Reshape', [x, target], { shape: [rows, width], dtype: x.dtype }, (dy) => [
    fromRows(dy, lead),
    undefined,
  ])
}

/** Rows under several axes again: [rows, width] -> [...lead, width]. */
export function fromRows(x: Expr, lead: Shape): Expr {
  const shape = [...lead, x.shape[1]!]
  if (sameShape(shape, x.shape)) return x
  const target = constant(
    shape.map((dim) => (typeof dim === 'string' ? -1 : dim)),
    [shape.length],
    'int64',
  )
  return apply('Reshape', [x, target], { shape, dtype: x.dtype }, (dy) => [toRows(dy), undefined])
}

/** Row numbers, given as floats in any shape, to rows of a table [rows, width]: [..] gives [.., width]. */
export function embed(table: Expr, numbers: Expr): Expr {
  const list = cast(reshape(toRows(reshape(numbers, [...numbers.shape, 1])), rowCount(numbers)), 'int32')
  return fromRows(gather(table, list), numbers.shape)
}
const rowCount = ({ shape }: Expr): Shape => [
  shape.length > 1 && shape.some((dim) => typeof dim === 'string')
    ? showShape(shape)
    : shape.length === 1
      ? shape[0]!
      : sizeOf(shape),
]

/** Rows of `x` by number: shape [n, ...rest] and indices [m] give [m, ...rest]. */
export function gather(x: Expr, indices: Expr): Expr {
  if (x.shape.length === 0 || indices.shape.length !== 1) {
    throw shapeError(
      `Gather needs rows and a list, not ${showShape(x.shape)} and ${showShape(indices.shape)}.`,
    )
  }
  const shape = [indices.shape[0]!, ...x.shape.slice(1)]
  return apply('Gather', [x, indices], { shape, dtype: x.dtype, attributes: { axis: 0 } }, (dy) => [
    scatterAdd(dy, indices, x),
    undefined,
  ])
}

/** Zeros in the shape of `like`, with each row of `rows` added at its index; the transpose of `gather`. */
export function scatterAdd(rows: Expr, indices: Expr, like: Expr): Expr {
  const places = reshape(cast(indices, 'int64'), [indices.shape[0]!, 1])
  return apply(
    'ScatterND',
    [expandLike(scalar(0), like), places, rows],
    { shape: like.shape, attributes: { reduction: 'add' } },
    (dy) => [undefined, undefined, gather(dy, indices)],
  )
}

// ---------------------------------------------------------------------------------------------------------
// Products

interface MatmulOptions {
  /** Read the last two axes of the first input in reverse. */
  transposeA?: boolean
  transposeB?: boolean
}

/**
 * The matrix product [.., n, k] x [.., k, m] -> [.., n, m]; leading axes are batches and broadcast.
 * Two plain matrices become one Gemm, which reads transposed inputs in place.
 */
export function matmul(a: Expr, b: Expr, options: MatmulOptions = {}): Expr {
  const { transposeA = false, transposeB = false } = options
  const [n, k] = lastTwo(a, transposeA)
  const [k2, m] = lastTwo(b, transposeB)
  if (k !== k2) {
    const turned = [transposeA && 'first transposed', transposeB && 'second transposed']
      .filter(Boolean)
      .join(', ')
    const how = turned ? ` (${turned})` : ''
    throw shapeError(`MatMul cannot multiply shapes ${showShape(a.shape)} and ${showShape(b.shape)}${how}.`)
  }
  const batch = broadcastShapes('MatMul', a.shape.slice(0, -2), b.shape.slice(0, -2))
  const shape = [...batch, n, m]
  // For Y = A B: dA = dY B' and dB = A' dY; a transposed input takes the transpose of its derivative.
  const pullback: Pullback = (dy) => [
    sumTo(
      transposeA
        ? matmul(b, dy, { transposeA: transposeB, transposeB: true })
        : matmul(dy, b, { transposeB: !transposeB }),
      a,
    ),
    sumTo(
      transposeB
        ? matmul(dy, a, { transposeA: true, transposeB: transposeA })
        : matmul(a, dy, { transposeA: !transposeA }),
      b,
    ),
  ]
  if (shape.length === 2) {
    const attributes = { transA: Number(transposeA), transB: Number(transposeB) }
    return apply('Gemm', [a, b], { shape, attributes }, pullback)
  }
  const turn = (x: Expr, yes: boolean): Expr => (yes ? swapLastTwo(x) : x)
  return apply('MatMul', [turn(a, transposeA), turn(b, transposeB)], { shape }, (dy) => {
    const [da, db] = pullback(dy) as [Expr, Expr]
    return [turn(da, transposeA), turn(db, transposeB)]
  })
}

/** x w + b for rows under any axes: [.., k], [k, m], [m] -> [.., m], as one Gemm. */
export function affine(x: Expr, w: Expr, b: Expr): Expr {
  if (x.shape.length > 2) return fromRows(affine(toRows(x), w, b), x.shape.slice(0, -1))
  const [n, k] = lastTwo(x, false)
  const [k2, m] = lastTwo(w, false)
  if (x.shape.length !== 2 || w.shape.length !== 2 || k !== k2 || !sameShape(b.shape, [m])) {
    const shapes = [x, w, b].map((e) => showShape(e.shape))
    throw shapeError(
      `A dense layer cannot take inputs ${shapes[0]} with weights ${shapes[1]} and biases ${shapes[2]}.`,
    )
  }
  return apply('Gemm', [x, w, b], { shape: [n, m] }, (dy) => [
    matmul(dy, w, { transposeB: true }),
    matmul(x, dy, { transposeA: true }),
    columnSums(dy),
  ])
}

/** [n, m] -> [m], as a product with ones: ONNX Runtime's matrix products outrun its sums over rows by far. */
function columnSums(x: Expr): Expr {
  const ones = apply('ConstantOfShape', [extentAt(x, 0)], {
    shape: [x.shape[0]!],
    attributes: { value: { tensor: 1 } },
  })
  return apply('MatMul', [ones, x], { shape: x.shape.slice(1) }, (dy) => [undefined, expandLike(dy, x)])
}

function lastTwo(x: Expr, transposed: boolean): [Dim, Dim] {
  const [rows, columns] = x.shape.slice(-2)
  if (rows === undefined || columns === undefined) {
    throw shapeError(`MatMul needs matrices, not shape ${showShape(x.shape)}.`)
  }
  return transposed ? [columns, rows] : [rows, columns]
}

function swapLastTwo(x: Expr): Expr {
  const rank = x.shape.length
  const [rows, columns] = x.shape.slice(-2) as [Dim, Dim]
  // Turning a single row or column moves nothing.
  if (rows === 1 || columns === 1) return reshape(x, [...x.shape.slice(0, -2), columns, rows])
  return transpose(
    x,
    x.shape.map((_, i) => (i < rank - 2 ? i : 2 * rank - 3 - i)),
  )
}
