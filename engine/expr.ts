/**
 * Expressions: a network, its loss and its gradients as one immutable graph of values.
 *
 * An `Expr` says how a tensor is computed, not what it holds. `ops.ts` makes them, `gradient.ts` walks them
 * backwards, `onnx/emit.ts` writes them down as ONNX nodes, and ONNX Runtime computes them.
 *
 *     const x = input('x', ['batch', 2])
 *     const y = mean(square(x))         // nothing is computed yet
 *     const [dx] = gradients(y, [x])    // 2x / count, again an expression
 *
 * Each computed value carries its own backward rule, `pullback`: given the derivative of some scalar with
 * respect to this value, the derivatives with respect to its inputs. A rule is itself written in ops, so a
 * gradient can be differentiated again.
 */
import type { Shape } from './shape.ts'

export type DType = 'float32' | 'int32' | 'uint32' | 'int64' | 'bool'

export type Attribute =
  number | string | readonly number[] | { readonly float: number } | { readonly tensor: number }
export type Attributes = Readonly<Record<string, Attribute>>

/** `undefined` for an input that has no derivative: an index, a condition, a shape. */
export type Pullback = (upstream: Expr) => readonly (Expr | undefined)[]

interface Value {
  readonly shape: Shape
  readonly dtype: DType
}
/** A tensor that the caller feeds, or that an enclosing graph holds under this name. */
export interface Input extends Value {
  readonly kind: 'input'
  readonly name: string
}
/** Numbers known when the graph is written; int64 too is held as plain numbers. */
export interface Constant extends Value {
  readonly kind: 'constant'
  readonly data: ArrayLike<number>
  /** What the written graph calls it, where a reader should find it again. */
  readonly name: string | undefined
}
/**
 * The first output of one ONNX operator; `Output` is a further one of its input, and `Ruled` is its first input
 * under another backward rule.
 */
export interface Apply extends Value {
  readonly kind: 'apply'
  readonly op: string
  readonly inputs: readonly Expr[]
  readonly attributes: Attributes
  readonly pullback: Pullback | undefined
}
export type Expr = Input | Constant | Apply

export const input = (name: string, shape: Shape, dtype: DType = 'float32'): Input => ({
  kind: 'input',
  name,
  shape,
  dtype,
})

export const constant = (
  data: ArrayLike<number>,
  shape: Shape,
  dtype: DType = 'float32',
  name?: string,
): Constant => ({ kind: 'constant', data, shape, dtype, name })

export const scalar = (value: number, dtype: DType = 'float32'): Constant => constant([value], [], dtype)

export function apply(
  op: string,
  inputs: readonly Expr[],
  result: { shape: Shape; dtype?: DType; attributes?: Attributes },
  pullback?: Pullback,
): Apply {
  const { shape, dtype = 'float32', attributes = {} } = result
  return { kind: 'apply', op, inputs, shape, dtype, attributes, pullback }
}

/**
 * `value`, which is computed one way, under a backward rule that is told another way, for the given inputs; what
 * `value` itself is made of is not differentiated.
 */
export const ruled = (value: Expr, inputs: readonly Expr[], rule: Pullback): Apply =>
  apply('Ruled', [value, ...inputs], value, (dy) => [undefined, ...rule(dy)])

export const inputsOf = (node: Expr): readonly Expr[] => (node.kind === 'apply' ? node.inputs : [])

/** Every value that the roots need, each after all of its own inputs, in an order fixed by the roots. */
export function topologicalOrder(roots: readonly Expr[]): Expr[] {
  const order: Expr[] = []
  const entered = new Set<Expr>()
  // An explicit stack: a deep network's gradient can be deeper than the call stack.
  const stack: { node: Expr; next: number }[] = []
  const enter = (node: Expr): void => {
    if (entered.has(node)) return
    entered.add(node)
    stack.push({ node, next: 0 })
  }
  for (const root of roots) {
    enter(root)
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const child = inputsOf(top.node)[top.next++]
      if (child) enter(child)
      else order.push(stack.pop()!.node)
    }
  }
  return order
}
