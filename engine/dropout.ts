/**
 * Dropout (Srivastava et al., JMLR 15, 2014) whose masks are a function of a seed, the row and the column.
 *
 * ONNX Runtime's own random operators go on from wherever they were, so a run that stops and resumes would
 * see other masks. Here each element hashes (seed, row, column) to 32 bits, within the graph: MurmurHash3's
 * finaliser, two multiplications and three shifts, in int32 arithmetic that wraps around. The same step of the
 * same job therefore drops the same elements on every runtime, and nothing has to be fed but one integer.
 */
import { apply, constant } from './expr.ts'
import type { Expr } from './expr.ts'
import { cast, less, mul, reshape, where } from './ops.ts'
import { sizeOf } from './shape.ts'

/**
 * Puts a share `rate` of the elements of `x` [batch, ...] to 0 and scales the others by 1 / (1 - rate), so that
 * the mean stays. `seed` is int32 [1]; `label` tells apart the dropouts of one network.
 */
export function dropout(x: Expr, rate: number, seed: Expr, label: number): Expr {
  if (rate === 0) return x
  const width = sizeOf(x.shape.slice(1))
  const columns = constant(
    Int32Array.from({ length: width }, (_, i) => Math.imul(i + 1 + 0x10000 * label, 0x9e3779b1)),
    [1, width],
    'int32',
  )
  const rows = mulInt(rowNumbers(x), 0x85ebca77)
  const bits = mixed(addInt(addInt(rows, columns, [x.shape[0]!, width]), mulInt(seed, 0xc2b2ae3d)))
  // Of the 2^32 signed values, a share `rate` lies below the threshold.
  const threshold = Math.round(rate * 2 ** 32) - 2 ** 31
  const dropped = reshape(less(bits, constant([threshold], [1], 'int32')), x.shape)
  return mul(where(dropped, 0, x), 1 / (1 - rate))
}

/** 0, 1, .. down the first axis, int32 [batch, 1]. */
function rowNumbers(x: Expr): Expr {
  const count = apply('Shape', [x], { shape: [1], dtype: 'int64', attributes: { start: 0, end: 1 } })
  const length = reshape(cast(count, 'int32'), [])
  const [zero, one] = [0, 1].map((n) => constant([n], [], 'int32'))
  const rows = apply('Range', [zero!, length, one!], { shape: [x.shape[0]!], dtype: 'int32' })
  return reshape(rows, [x.shape[0]!, 1])
}

/** fmix32 of MurmurHash3 (Appleby, public domain): every input bit changes every output bit half the time. */
function mixed(h: Expr): Expr {
  const first = mulInt(shiftXor(h, 16), 0x85ebca6b)
  return shiftXor(mulInt(shiftXor(first, 13), 0xc2b2ae35), 16)
}

/** h ^ (h >>> places). Only unsigned numbers shift, and only signed ones multiply. */
function shiftXor(h: Expr, places: number): Expr {
  const by = constant([places], [1], 'uint32')
  const attributes = { direction: 'RIGHT' }
  const shifted = apply('BitShift', [cast(h, 'uint32'), by], { shape: h.shape, dtype: 'uint32', attributes })
  return apply('BitwiseXor', [h, cast(shifted, 'int32')], { shape: h.shape, dtype: 'int32' })
}

const mulInt = (x: Expr, factor: number): Expr =>
  apply('Mul', [x, constant([factor | 0], [1], 'int32')], { shape: x.shape, dtype: 'int32' })

const addInt = (x: Expr, y: Expr, shape = x.shape): Expr => apply('Add', [x, y], { shape, dtype: 'int32' })
