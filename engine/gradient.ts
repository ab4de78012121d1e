/**
 * Reverse-mode differentiation (Griewank and Walther, "Evaluating Derivatives", chapter 3).
 *
 * Walk the graph from the scalar back to its inputs. At each value, add up the derivatives that arrive from
 * its consumers, then hand the sum to its pullback, which says what that means for its own inputs:
 *
 *     y = a * b,  z = y + a      dz/dz = 1  ->  dz/dy = 1, dz/da = 1  ->  dz/da += b, dz/db = a
 */
import { EngineError } from './errors.ts'
import { inputsOf, scalar, topologicalOrder } from './expr.ts'
import type { Expr } from './expr.ts'
import { add, expandLike } from './ops.ts'
import { sameShape, showShape } from './shape.ts'

/**
 * The derivatives of a scalar with respect to any values it is computed from, intermediate ones included;
 * each has the shape of its value, and is zero where the scalar does not depend on it.
 * Throws ENGINE_SHAPE when `of` is not a scalar or a value on the way has no derivative.
 */
export function gradients(of: Expr, withRespectTo: readonly Expr[]): Expr[] {
  if (of.shape.length > 0) {
    throw new EngineError(
      'ENGINE_SHAPE',
      `Only a scalar has a gradient here, not shape ${showShape(of.shape)}.`,
    )
  }
  if (withRespectTo.some((x) => x.kind === 'apply' && x.op === 'Expand')) {
    // Ops read through an explicit stretch (`unstretched`), so its consumers do not lead back to it.
    throw new EngineError(
      'ENGINE_SHAPE',
      'Ask for the gradient of a value before it is stretched, not after.',
    )
  }
  const order = topologicalOrder([of])
  const wanted = new Set(withRespectTo)
  const depends = new Set<Expr>()
  for (const node of order) {
    if (wanted.has(node) || inputsOf(node).some((x) => depends.has(x))) depends.add(node)
  }

  const upstream = new Map<Expr, Expr>([[of, scalar(1)]])
  for (const node of order.reverse()) {
    const dy = upstream.get(node)
    if (!dy || node.kind !== 'apply' || !node.inputs.some((x) => depends.has(x))) continue
    const parts = node.pullback?.(dy)
    if (!parts)
      throw new EngineError('ENGINE_SHAPE', `${node.op} has no derivative; stop the gradient before it.`)
    node.inputs.forEach((x, i) => {
      const part = parts[i]
      if (!part || !depends.has(x)) return
      if (!sameShape(part.shape, x.shape)) {
        const shapes = `${showShape(part.shape)} for a value of shape ${showShape(x.shape)}`
        throw new EngineError('ENGINE_SHAPE', `The gradient of ${node.op} has shape ${shapes}.`)
      }
      const held = upstream.get(x)
      upstream.set(x, held ? add(held, part) : part)
    })
  }
  return withRespectTo.map((x) => upstream.get(x) ?? expandLike(scalar(0), x))
}
