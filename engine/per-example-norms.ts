/**
 * The squared norm of each example's own gradient, layer by layer, mostly without that gradient.
 *
 * A layer that multiplies by its weights gives example i the gradient G_i = X_i' D_i, where X_i [T, k] are the
 * T inputs that the weights met (tokens, or the windows of a convolution) and D_i [T, m] the derivatives there.
 * Its norm needs no G_i, as |X'D|^2 = tr(D' X X' D) = the sum over s, t of (X X')[s,t] (D D')[s,t]: two T x T matrices,
 * the "ghost norm" (Goodfellow, arXiv 1510.01799, for T = 1; Li et al., arXiv 2110.05679, and Bu, Mao and Xu,
 * arXiv 2205.10683, beyond). A bias is a weight whose input is always 1: add 1 to X X'.
 *
 *     X = (3, 4), D = (2):  G = (6, 8)', with bias 2:   36 + 64 + 4 = 104 = (25 + 1) * 4
 *
 * The rule of Bu, Mao and Xu (section 4) chooses for each layer what is smaller: its two T x T matrices an
 * example, or its k m weights an example. Layers with a weight or two per channel have small gradients anyway;
 * an embedding's X is one-hot, so X X' says which of an example's tokens are equal.
 */
import type { Apply, Expr } from './expr.ts'
import { add, cast, concat, equal, matmul, mul, pad, regroup, slice, square, sum } from './ops.ts'
import { sizeOf } from './shape.ts'
import type { Dim } from './shape.ts'

/** One node that reads parameters, with the derivative of the loss by what it computes. */
export interface Reading {
  readonly node: Apply
  readonly dy: Expr
  /** The extent that counts examples, and how many consecutive rows of `dy` each of them has. */
  readonly batch: Dim
  readonly steps: number
  readonly isParameter: (x: Expr) => boolean
}

/**
 * The operators that may read parameters: at which of their inputs, in every allowed combination, and the sum of
 * squares of each example's gradient, [batch].
 */
export const normRules: Readonly<
  Record<string, { readonly at: readonly (readonly number[])[]; squares(reading: Reading): Expr }>
> = {
  Gemm: { at: [[1], [1, 2]], squares: productNorms },
  MatMul: { at: [[1]], squares: productNorms },
  Conv: { at: [[1], [1, 2]], squares: convNorms },
  Gather: { at: [[0]], squares: embeddingNorms },
  Add: { at: [[0], [1]], squares: elementNorms },
  Mul: { at: [[0], [1]], squares: elementNorms },
}

/** Rows of a dense layer, or the steps of each example. */
function productNorms({ node, dy, batch, steps, isParameter }: Reading): Expr {
  const [x, , bias] = node.inputs as [Expr, Expr, Expr?]
  const each = steps * sizeOf(x.shape.slice(1, -1))
  const split = (z: Expr): Expr => regroup(z, [batch, each, z.shape.at(-1)!])
  return pairNorms(split(x), split(dy), { stepsLast: false, bias: bias !== undefined && isParameter(bias) })
}

/** The steps are the places of the window, and each group of channels has its own weights. */
function convNorms({ node, dy, isParameter }: Reading): Expr {
  const [x, , bias] = node.inputs as [Expr, Expr, Expr?]
  const groups = node.attributes['group'] as number
  const [batch, outputs, ...places] = dy.shape as [Dim, number, ...number[]]
  const d = regroup(dy, [batch, groups, outputs / groups, sizeOf(places)])
  return pairNorms(windowsOf(node, x), d, { stepsLast: true, bias: bias !== undefined && isParameter(bias) })
}

/**
 * |X'D|^2 of each example, and |1'D|^2 more with a bias: `x` [batch, .., steps, k] and `d` [batch, .., steps, m], or
 * with `stepsLast` [batch, .., k, steps] and [batch, .., m, steps]. Gives [batch].
 */
function pairNorms(x: Expr, d: Expr, { stepsLast, bias }: { stepsLast: boolean; bias: boolean }): Expr {
  const [stepsAxis, widthAxis] = stepsLast ? [-1, -2] : [-2, -1]
  const steps = x.shape.at(stepsAxis) as number
  const weights = (x.shape.at(widthAxis) as number) * (d.shape.at(widthAxis) as number)
  if (steps === 1) {
    // The matrices are single numbers, and sums of squares are quicker than products of one by one.
    const squares = (z: Expr): Expr => sum(square(z), [-1, -2])
    return sumPerExample(mul(bias ? add(squares(x), 1) : squares(x), squares(d)))
  }
  if (2 * steps ** 2 < weights) {
    const pairs = (z: Expr): Expr => matmul(z, z, stepsLast ? { transposeA: true } : { transposeB: true })
    return sumPerExample(mul(bias ? add(pairs(x), 1) : pairs(x), pairs(d)))
  }
  const gradient = stepsLast ? matmul(d, x, { transposeB: true }) : matmul(x, d, { transposeA: true })
  const squares = sumPerExample(square(gradient))
  return bias ? add(squares, sumPerExample(square(sum(d, [stepsAxis])))) : squares
}

/** What a convolution's kernel meets: [batch, groups, numbers in a window, places]. */
function windowsOf({ attributes, inputs, shape }: Apply, x: Expr): Expr {
  const [, within, ...kernel] = inputs[1]!.shape as [number, number, ...number[]]
  const of = (name: string): readonly number[] => attributes[name] as readonly number[]
  const [strides, dilations, pads] = [of('strides'), of('dilations'), of('pads')]
  const places = shape.slice(2) as number[]
  const padded = kernel.reduce((z, _, i) => pad(z, i + 2, pads[i]!, pads[kernel.length + i]!), x)
  const views = kernel.reduce(
    (zs, length, i) =>
      zs.flatMap((z) =>
        Array.from({ length }, (_, tap) => slice(z, i + 2, tap * dilations[i]!, places[i]!, strides[i])),
      ),
    [padded],
  )
  const form = [x.shape[0]!, attributes['group'] as number, within, sizeOf(places)]
  return concat(
    views.map((view) => regroup(view, form)),
    2,
  )
}

/** X is one-hot, so X X' says which tokens of an example are the same. */
function embeddingNorms({ node, dy, batch, steps }: Reading): Expr {
  const tokens = node.inputs[1]!
  const same = equal(regroup(tokens, [batch, steps, 1]), regroup(tokens, [batch, 1, steps]))
  const d = regroup(dy, [batch, steps, dy.shape.at(-1)!])
  return sumPerExample(mul(cast(same, 'float32'), matmul(d, d, { transposeB: true })))
}

/** y = x + p or x p, with p stretched over the examples: their gradients are no larger than p. */
function elementNorms({ node, dy, batch, steps, isParameter }: Reading): Expr {
  const [a, b] = node.inputs as [Expr, Expr]
  const [parameter, other] = isParameter(a) ? [a, b] : [b, a]
  const slope = node.op === 'Mul' ? mul(dy, other) : dy
  const own = steps === 1 ? slope : regroup(slope, [batch, steps, ...slope.shape.slice(1)])
  const lead = own.shape.length - parameter.shape.length
  const stretched = own.shape.flatMap((dim, i) =>
    i > 0 && (i < lead || dim !== parameter.shape[i - lead]) ? [i] : [],
  )
  return sumPerExample(square(stretched.length > 0 ? sum(own, stretched) : own))
}

/**
 * How many consecutive rows of `x` belong to each example: 1 when its first axis is the batch, more when it
 * was reshaped from a value whose first axis is. Undefined when neither can be seen.
 */
export function stepsOf(x: Expr, batch: Dim): number | undefined {
  let source = x
  while (source.shape[0] !== batch) {
    if (source.kind !== 'apply' || !['Reshape', 'Cast'].includes(source.op)) return undefined
    source = source.inputs[0]!
  }
  return sizeOf(source.shape.slice(1)) / sizeOf(x.shape.slice(1))
}

/** All but the first axis summed away. */
const sumPerExample = (x: Expr): Expr =>
  x.shape.length === 1 ? x : sum(regroup(x, [x.shape[0]!, sizeOf(x.shape.slice(1))]), [1])
