/**
 * Losses of students that predict numbers: what teachers say, what labels say, and whom to believe.
 *
 * `student`, `teachers` and `values` are [batch, d]; every loss gives a value a row, [batch], summed over the d.
 * All but plain imitation need the true values, and so learn from labelled rows only.
 */
import type { Expr } from '#engine/expr.ts'
import { abs, greater, less, mul, reshape, square, stopGradient, sub, sum, where } from '#engine/ops.ts'

/** e^2 / 2 within `delta` of 0, delta (|e| - delta / 2) beyond (Huber 1964): no outlying teacher outweighs the rest. */
export function huberRows(student: Expr, teachers: Expr, delta = 1): Expr {
  const error = sub(student, teachers)
  const size = abs(error)
  const far = mul(sub(size, delta / 2), delta)
  return sum(where(less(size, delta), mul(square(error), 0.5), far), [-1])
}

/** |a - b|^2. */
export const squaredErrorRows = (a: Expr, b: Expr): Expr => sum(square(sub(a, b)), [-1])

/**
 * Teachers as an upper bound (Chen et al., NIPS 2017, equation 5): |s - y|^2 of rows on which the student is not yet
 * better than its teachers. The paper adds half of it to smooth L1 with the true values.
 */
export const teacherBoundRows = (taught: Imitated): Expr =>
  where(isWorse(taught), squaredErrorRows(taught.student, taught.values), 0)

/** Imitation of better teachers only (Saputra et al., arXiv 1908.00858): |s - t|^2 of the same rows. */
export const boundedImitationRows = (taught: Imitated): Expr =>
  where(isWorse(taught), squaredErrorRows(taught.student, taught.teachers), 0)

/**
 * Attentive imitation (Saputra et al., arXiv 1908.00858): a |s - t|^2, where a [batch, 1], from `attentionOf`, is how far
 * the teachers are to be believed on each row.
 */
export const attentiveImitationRows = ({ student, teachers, attention }: Imitated): Expr => {
  const apart = squaredErrorRows(student, teachers)
  return mul(apart, reshape(attention, apart.shape))
}

/**
 * 1 - e / (largest e - smallest e) of the teachers' squared error e on each row, and 0 where that is negative; 1
 * everywhere when all errors are equal.
 */
export function attentionOf(errors: ArrayLike<number>): Float32Array {
  const all = Array.from(errors)
  const range =
    all.reduce((a, b) => Math.max(a, b), -Infinity) - all.reduce((a, b) => Math.min(a, b), Infinity)
  return Float32Array.from(all, (error) => (range > 0 ? Math.max(0, 1 - error / range) : 1))
}

export interface Imitated {
  readonly student: Expr
  readonly teachers: Expr
  readonly values: Expr
  readonly attention: Expr
}

/** Which rows the student errs more on than its teachers, [batch]. */
const isWorse = ({ student, teachers, values }: Imitated): Expr =>
  greater(stopGradient(squaredErrorRows(student, values)), squaredErrorRows(teachers, values))
