/** Shapes: lists of extents. An extent is a number, or a name where only a run knows it (the batch). */
import { EngineError } from './errors.ts'

export type Dim = number | string
export type Shape = readonly Dim[]

export const showShape = (shape: Shape): string => `[${shape.join(', ')}]`

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((d, i) => d === b[i])

/** The number of elements; throws when an extent is only known at run time. */
export function sizeOf(shape: Shape): number {
  return shape.reduce<number>((size, dim) => {
    if (typeof dim === 'string') {
      throw new EngineError('ENGINE_SHAPE', `The size of ${showShape(shape)} is known only at run time.`)
    }
    return size * dim
  }, 1)
}

/** NumPy's rule: align at the right, an extent of 1 stretches. */
export function broadcastShapes(op: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, i): Dim => {
    const x = a[i - rank + a.length] ?? 1
    const y = b[i - rank + b.length] ?? 1
    if (x === y || y === 1) return x
    if (x === 1) return y
    throw new EngineError('ENGINE_SHAPE', `${op} cannot combine shapes ${showShape(a)} and ${showShape(b)}.`)
  })
}

/** Negative axes count from the end; the result is sorted. */
export function normaliseAxes(op: string, shape: Shape, axes: readonly number[]): number[] {
  return axes
    .map((axis) => {
      if (!Number.isInteger(axis) || axis < -shape.length || axis >= shape.length) {
        throw new EngineError('ENGINE_SHAPE', `${op} has no axis ${axis} in shape ${showShape(shape)}.`)
      }
      return axis < 0 ? axis + shape.length : axis
    })
    .sort((a, b) => a - b)
}
