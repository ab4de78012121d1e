/**
 * What pulls a student's normal distribution towards the teachers': alpha KL + (1 - alpha) NLL.
 *
 * As with classes, sum_k w_k KL(N_k || N) and KL(N_mix || N) have the same gradient in N, where N_mix has the mean
 * and the variance of the mixture and the w_k add up to one: both are the same quadratic in the student's mean over
 * the same variance. So a student of the two moments learns exactly as from every teacher at once.
 */
import type { Expr } from '#engine/expr.ts'
import { field, type LossFn } from '#engine/losses.ts'
import { add, mean, mul, reshape, slice } from '#engine/ops.ts'
import { gaussianKlRows, gaussianNllRows, gaussianOf } from './gaussian.ts'

/**
 * Reads `targets` [batch, 2], mean and variance, and, when alpha < 1, `values` [batch, 2]: the value and 1, or 0 and
 * 0 where it is not known. Such a row contributes its soft part only.
 */
export function gaussianDistillation(alpha: number): LossFn {
  return (outputs, batch) => {
    const student = gaussianOf(outputs)
    const soft = (): Expr => {
      const targets = field(batch, 'targets')
      return gaussianKlRows(student, { mean: column(targets, 0), variance: column(targets, 1) })
    }
    const hard = (): Expr => {
      const values = field(batch, 'values')
      const rows = gaussianNllRows(student, column(values, 0))
      return mul(rows, reshape(column(values, 1), rows.shape))
    }
    if (alpha === 1) return mean(soft())
    if (alpha === 0) return mean(hard())
    return mean(add(mul(hard(), 1 - alpha), mul(soft(), alpha)))
  }
}

/** [batch, 1]. */
const column = (x: Expr, at: number): Expr => slice(x, -1, at, 1)
