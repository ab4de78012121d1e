/**
 * Correlating instead of equating (DIST: Huang et al., arXiv 2205.10536):
 *
 *     T^2 (beta mean over rows of (1 - r(t_row, s_row))  +  gamma mean over classes of (1 - r(t_class, s_class)))
 *
 * where r is Pearson's correlation of probabilities: of a row's classes, and of a class over the batch. A small
 * student need not reach its teachers' probabilities, only rise and fall with them.
 *
 * The reference defaults: beta and gamma 2, T 1. With two classes a row's correlation is always 1 or -1 and has
 * no slope, so `dist-intra` takes the classes alone.
 */
import type { Expr } from '#engine/expr.ts'
import { squaredRows } from '#engine/losses.ts'
import { add, div, mean, mul, softmax, sqrt, square, sub, sum } from '#engine/ops.ts'
import type { SoftLoss } from './soft-loss.ts'
import { targetsAt, type Taught } from './softened.ts'

const BETA = 2
const GAMMA = 2

export const dist: SoftLoss = {
  temperature: 1,
  unlearnable: 'grows with the temperature, whatever the student does',
  soft: (taught) => {
    const [rows, columns] = [uncorrelated(taught, -1), uncorrelated(taught, 0)]
    return scaled(taught, add(mul(mean(rows), BETA), mul(mean(columns), GAMMA)))
  },
}

export const distIntra: SoftLoss = {
  temperature: 1,
  unlearnable: 'grows with the temperature, whatever the student does',
  soft: (taught) => scaled(taught, mul(mean(uncorrelated(taught, 0)), GAMMA)),
}

/** 1 - r along an axis of the probabilities [batch, classes]. */
function uncorrelated(taught: Taught, axis: 0 | -1): Expr {
  const student = softmax(div(taught.logits, taught.temperature))
  const teachers = targetsAt(taught, taught.temperature)
  return sub(1, sum(mul(standardised(student, axis), standardised(teachers, axis)), [axis]))
}

/** Mean 0 and length 1 along an axis; what does not vary stays 0, with a slope that is finite. */
function standardised(x: Expr, axis: number): Expr {
  const apart = sub(x, mean(x, [axis], { keepDims: true }))
  return div(apart, sqrt(add(sum(square(apart), [axis], { keepDims: true }), 1e-12)))
}

/** A temperature a row has no say over a batch; its mean does. */
const scaled = ({ temperature }: Taught, loss: Expr): Expr => {
  const factor = squaredRows(temperature)
  return mul(loss, typeof factor === 'number' ? factor : mean(factor))
}
