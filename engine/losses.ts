/**
 * Losses: expressions over a batch's logits and its other named tensors, each [batch, width].
 *
 * A `...Rows` function gives one value a row, shape [batch]; a `LossFn` makes one scalar of a batch, a mean
 * over its rows, so that a step does not depend on the batch's size.
 */
import { EngineError } from './errors.ts'
import { constant } from './expr.ts'
import type { Expr } from './expr.ts'
import { add, div, log, logSoftmax, maximum, mean, mul, neg, reshape, square, sub, sum } from './ops.ts'
import type { Operand } from './ops.ts'
import type { Seen } from './seen.ts'

/** `seen` is what the network made of each row on the way to its logits. */
export type LossFn = (logits: Expr, batch: Readonly<Record<string, Expr>>, seen?: Seen) => Expr

/** One loss a row, shape [batch], each of which depends on that row alone. */
export type RowLossFn = (logits: Expr, batch: Readonly<Record<string, Expr>>) => Expr

/**
 * Numbers that a loss reads of the step and not of its rows: in a batch's record each is a tensor [1]. `step` counts
 * from 1 to `totalSteps`. Where a network is judged and not trained, they are those of the last step.
 */
export type StepNumbers = Readonly<Record<string, (step: number, totalSteps: number) => number>>

/** The loss as the last of `totalSteps` sees it. */
export const atLastStep =
  (loss: LossFn, numbers: StepNumbers, totalSteps: number): LossFn =>
  (logits, batch, seen) => {
    const last = Object.entries(numbers).map(([name, at]) => [
      name,
      constant([at(totalSteps, totalSteps)], [1]),
    ])
    return loss(logits, { ...batch, ...Object.fromEntries(last) }, seen)
  }

/** A named tensor of the batch; throws ENGINE_DATA_INVALID when the caller did not give it. */
export function field(batch: Readonly<Record<string, Expr>>, name: string): Expr {
  const found = batch[name]
  if (found) return found
  const given = Object.keys(batch).join(', ')
  throw new EngineError('ENGINE_DATA_INVALID', `The loss needs a batch tensor "${name}"; given are ${given}.`)
}

/** -sum_c t_c log softmax(z)_c; targets are probabilities or one-hot rows [batch, classes]. */
export const crossEntropyRows = (logits: Expr, targets: Expr): Expr =>
  neg(sum(mul(targets, logSoftmax(logits)), [-1]))

/** KL(p || q) of each row, from probabilities p [batch, classes] and log q of the same shape. */
export function klRows(targets: Expr, logProbabilities: Expr): Expr {
  // A probability of 0 contributes 0; the floor only keeps log finite there.
  const teacher = log(maximum(targets, 1e-30))
  return sum(mul(targets, sub(teacher, logProbabilities)), [-1])
}

/**
 * T^2 KL(p_t || softmax(z / T)), with the targets p_t already softened at temperature T: a number, or an
 * expression [1] or, for a temperature a row, [batch, 1].
 * The factor keeps the gradient's size independent of T (Hinton, Vinyals and Dean, arXiv 1503.02531, section 2).
 */
export const temperedKlRows = (logits: Expr, targets: Expr, temperature: Operand): Expr =>
  mul(klRows(targets, logSoftmax(div(logits, temperature))), squaredRows(temperature))

/** T^2 as a factor of rows [batch]. */
export const squaredRows = (temperature: Operand): Operand =>
  typeof temperature === 'number' ? temperature ** 2 : square(sum(temperature, [-1]))

/** The mean of a [batch] value under weights [batch] or [batch, 1]; 0 when every weight is 0. */
export function weightedMean(rows: Expr, weights: Expr): Expr {
  const w = reshape(weights, rows.shape)
  return div(sum(mul(rows, w)), add(sum(w), 1e-12))
}

/** Cross-entropy of each row with the batch's `targets`, soft or one-hot. */
export const rowCrossEntropy: RowLossFn = (logits, batch) => crossEntropyRows(logits, field(batch, 'targets'))

/** The mean of the same. */
export const crossEntropy: LossFn = (logits, batch) => mean(rowCrossEntropy(logits, batch))

/** Mean squared error over rows and outputs, against the batch's `targets`. */
export const meanSquaredError: LossFn = (logits, batch) => mean(square(sub(logits, field(batch, 'targets'))))
