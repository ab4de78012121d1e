/**
 * What pulls a student's normal distribution towards the teachers': alpha KL + (1 - alpha) NLL.
 *
 * As with classes, sum_k w_k KL(N_k || N) and KL(N_mix || N) have the same gradient in N, where N_mix has the mean
 * and the variance of the mixture and the w_k add up to one: both are the same quadratic in the student's mean over
 * the same variance. So a student of the two moments learns exactly as from every teacher at once.
 *
 * The likelihood forgives an error where the variance is large. The losses of imitation do not: with one of them the mean
 * is taught by it alone, in squared or absolute errors, and the variance by the likelihood of the mean that there is.
 */
import type { Expr } from '#engine/expr.ts'
import { field, type LossFn } from '#engine/losses.ts'
import { add, mean, mul, reshape, slice, stopGradient, sub } from '#engine/ops.ts'
import { gaussianKlRows, gaussianNllRows, gaussianOf, unmixed } from './gaussian.ts'
import { huberRows } from './imitation.ts'
import { numberLosses, type NumberLoss, type NumberLossName } from './number-losses.ts'

/**
 * Reads `targets` [batch, 2], mean and variance, and, when alpha < 1 or the loss imitates where it may, `values`
 * [batch, 3]: the value, 1, and how far teachers are believed there; or three times 0 where it is not known. Such a row
 * contributes its soft part only.
 */
export function gaussianDistillation(alpha: number, name: NumberLossName = 'kd'): LossFn {
  const { means }: NumberLoss = numberLosses[name]
  return (outputs, batch) => {
    const { mean: predicted, logVariance } = gaussianOf(outputs)
    const student = { mean: means ? stopGradient(predicted) : predicted, logVariance }
    const targets = field(batch, 'targets')
    const likelihood = mixed(alpha, {
      soft: () => gaussianKlRows(student, { mean: column(targets, 0), variance: column(targets, 1) }),
      hard: () => ofKnown(batch, gaussianNllRows(student, valuesOf(batch))),
    })
    if (!means) return mean(likelihood)
    const teachers = column(targets, 0)
    const imitation = mixed(alpha, {
      soft: () => {
        const anywhere = huberRows(predicted, teachers)
        if (!batch['values']) return anywhere
        const [values, attention] = [valuesOf(batch), column(batch['values'], 2)]
        const known = means.soft({ student: predicted, teachers, values, attention })
        return add(anywhere, ofKnown(batch, sub(known, anywhere)))
      },
      hard: () => ofKnown(batch, means.hard(predicted, valuesOf(batch))),
    })
    return mean(add(imitation, likelihood))
  }
}

type Batch = Readonly<Record<string, Expr>>

/** alpha soft + (1 - alpha) hard; a part without weight reads nothing. */
function mixed(alpha: number, { soft, hard }: { soft: () => Expr; hard: () => Expr }): Expr {
  if (alpha === 1) return soft()
  return alpha === 0 ? hard() : add(mul(hard(), 1 - alpha), mul(soft(), alpha))
}

const valuesOf = (batch: Batch): Expr =>
  unmixed(column(field(batch, 'values'), 0), column(field(batch, 'values'), 1))

/** 0 for rows whose value is not known. */
const ofKnown = (batch: Batch, rows: Expr): Expr =>
  mul(rows, reshape(column(field(batch, 'values'), 1), rows.shape))

/** [batch, 1]. */
const column = (x: Expr, at: number): Expr => slice(x, -1, at, 1)
