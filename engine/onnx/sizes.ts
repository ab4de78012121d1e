/**
 * Shapes that a graph computes for itself.
 *
 * PyTorch writes x.view(len(x), -1) as Shape, Gather, Unsqueeze, Concat and Reshape. Nothing of that needs a
 * runtime: extents are known when a graph is read, all but the batch. So whole numbers are followed here as
 * `Sizes`, in which the batch stands by its name, and a whole multiple of it as "12 batch".
 */
import { EngineError } from '../errors.ts'
import type { Expr } from '../expr.ts'
import { regroup } from '../ops.ts'
import { showShape } from '../shape.ts'
import type { Dim, Shape } from '../shape.ts'

/** Whole numbers: a list, or a single one. */
export interface Sizes {
  readonly sizes: readonly Dim[]
  readonly scalar: boolean
}

/** How many times which name; a plain number has none. */
function factorsOf(dim: Dim): { count: number; name: string | undefined } {
  if (typeof dim === 'number') return { count: dim, name: undefined }
  const [, count, name] = /^(\d+) (.+)$/.exec(dim) ?? []
  return count === undefined ? { count: 1, name: dim } : { count: Number(count), name }
}

const dimOf = (count: number, name: string | undefined): Dim =>
  name === undefined ? count : count === 1 ? name : `${count} ${name}`

const shapeError = (message: string): EngineError => new EngineError('ENGINE_SHAPE', message)

export function timesDim(a: Dim, b: Dim): Dim {
  const [x, y] = [factorsOf(a), factorsOf(b)]
  if (x.name !== undefined && y.name !== undefined)
    throw shapeError(`The product of ${a} and ${b} is no extent.`)
  return dimOf(x.count * y.count, x.name ?? y.name)
}

/** The quotient, rounded down as whole numbers are, when it is a number or a whole multiple of the batch. */
export function overDim(a: Dim, b: Dim): Dim {
  const [x, y] = [factorsOf(a), factorsOf(b)]
  const named = x.name !== undefined || y.name !== undefined
  const fits = y.name === undefined || x.name === y.name
  if (!fits || y.count === 0 || (named && x.count % y.count !== 0)) {
    throw shapeError(`The quotient of ${a} by ${b} is no extent.`)
  }
  return dimOf(Math.floor(x.count / y.count), y.name === undefined ? x.name : undefined)
}

/**
 * ONNX's Reshape: 0 keeps the extent at its place, -1 is what remains. Rows may be merged with the batch and
 * parted from it again.
 */
export function reshapeTo(x: Expr, wanted: Shape): Expr {
  const kept = wanted.map((dim, i) => (dim === 0 ? (x.shape[i] ?? 0) : dim))
  const total = x.shape.reduce<Dim>(timesDim, 1)
  const stated = kept.filter((dim) => dim !== -1).reduce<Dim>(timesDim, 1)
  const open = kept.includes(-1)
  const shape = open ? kept.map((dim) => (dim === -1 ? overDim(total, stated) : dim)) : kept
  if (shape.reduce<Dim>(timesDim, 1) !== total || kept.filter((dim) => dim === -1).length > 1) {
    throw shapeError(`Reshape cannot turn shape ${showShape(x.shape)} into ${showShape(wanted)}.`)
  }
  return regroup(x, shape)
}
