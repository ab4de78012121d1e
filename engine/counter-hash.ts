/**
 * Random numbers within a graph, as a function of a seed, a row and a column.
 *
 * ONNX Runtime's own random operators go on from wherever they were, so a run that stops and resumes would
 * see other numbers. Here each element hashes (seed, row, column) to 32 bits: MurmurHash3's finaliser, two
 * multiplications and three shifts, in int32 arithmetic that wraps around. The same step of the same job
 * therefore draws the same bits on every runtime, and nothing has to be fed but one integer.
 */
import { apply, constant } from './expr.ts'
import type { Expr } from './expr.ts'
import { add, cast, less, mul, reshape } from './ops.ts'

/** Columns between one label and the next: draws under one label are wider than that at their own risk. */
const COLUMNS_PER_LABEL = 0x10000

/**
 * Uniform bits, int32 [batch, columns], with as many rows as `x` [batch, ...]. `seed` is int32 [1]; draws under
 * different labels are independent.
 */
export function randomBits(x: Expr, columns: number, seed: Expr, label: number): Expr {
  const places = constant(
    Int32Array.from({ length: columns }, (_, i) => Math.imul(i + 1 + COLUMNS_PER_LABEL * label, 0x9e3779b1)),
    [1, columns],
    'int32',
  )
  const rows = mul(rowNumbers(x), int(0x85ebca77))
  return mixed(add(add(rows, places), mul(seed, int(0xc2b2ae3d))))
}

/** True for a share `rate` of the bits; bool, in their shape. */
export function chance(bits: Expr, rate: number): Expr {
  // Of the 2^32 signed values, a share `rate` lies below the threshold.
  return less(bits, int(Math.round(rate * 2 ** 32) - 2 ** 31))
}

/** Uniform on (0, 1], float32 in the shape of the bits. */
export const uniform = (bits: Expr): Expr =>
  // The last term is lost in anything but 0, from which it keeps a logarithm.
  add(add(mul(cast(bits, 'float32'), 2 ** -32), 0.5), 2 ** -33)

/** A whole number as int32 [1]. */
export const int = (value: number): Expr => constant([value | 0], [1], 'int32')

/** 0, 1, .. down the first axis, int32 [batch, 1]. */
export function rowNumbers(x: Expr): Expr {
  const count = apply('Shape', [x], { shape: [1], dtype: 'int64', attributes: { start: 0, end: 1 } })
  const length = reshape(cast(count, 'int32'), [])
  const [zero, one] = [0, 1].map((n) => constant([n], [], 'int32'))
  const rows = apply('Range', [zero!, length, one!], { shape: [x.shape[0]!], dtype: 'int32' })
  return reshape(rows, [x.shape[0]!, 1])
}

/** fmix32 of MurmurHash3 (Appleby, public domain): every input bit changes every output bit half the time. */
function mixed(h: Expr): Expr {
  const first = mul(shiftXor(h, 16), int(0x85ebca6b))
  return shiftXor(mul(shiftXor(first, 13), int(0xc2b2ae35)), 16)
}

/** h ^ (h >>> places). Only unsigned numbers shift, and only signed ones multiply. */
function shiftXor(h: Expr, places: number): Expr {
  const by = constant([places], [1], 'uint32')
  const attributes = { direction: 'RIGHT' }
  const shifted = apply('BitShift', [cast(h, 'uint32'), by], { shape: h.shape, dtype: 'uint32', attributes })
  return apply('BitwiseXor', [h, cast(shifted, 'int32')], { shape: h.shape, dtype: 'int32' })
}
