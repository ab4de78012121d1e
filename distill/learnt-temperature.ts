/**
 * A temperature that is learnt against the student (CTKD: Li et al., arXiv 2211.16231), one for the whole batch:
 *
 *     T = 1 + 20 sigmoid(theta),     theta = 1 + mean over the batch of o,     T = 15.6 before the first step
 *
 * o is a further output of the student's last layer, which starts at 0 and is thrown away with its weights. What is
 * special is its slope. The student descends the loss; o climbs it, and makes the comparison ever harder to satisfy, for
 * a reversal of gradients lies between the two (Ganin and Lempitsky, arXiv 1409.7495). The curriculum is how strong that
 * is: not at all at first, fully after ten epochs.
 *
 * In the paper theta is a number by itself. Here it reads the last hidden layer too, and so that layer is reached by the
 * reversed slope, through weights that start at 0.
 */
import type { Expr } from '#engine/expr.ts'
import { field, type LossFn, type StepNumbers } from '#engine/losses.ts'
import { add, mean, mul, sigmoid, split, stopGradient, sub, type Operand } from '#engine/ops.ts'
import { valueAt } from './schedules.ts'

const LOWEST = 1
const RANGE = 20
const FIRST_THETA = 1
const RISING_EPOCHS = 10

/** x, with the slope -lambda in the place of 1. */
export const reversed = (x: Expr, lambda: Operand): Expr =>
  sub(stopGradient(mul(x, add(lambda, 1))), mul(x, lambda))

/** [1], of outputs [batch, 1] and a lambda from 0 to 1. */
export const learntTemperature = (outputs: Expr, lambda: Operand): Expr => {
  const theta = add(mean(reversed(outputs, lambda), [0]), FIRST_THETA)
  return add(mul(sigmoid(theta), RANGE), LOWEST)
}

/** Lambda of a step: from 0 at the first to 1 ten epochs later, along a cosine. */
export const reversalAt =
  (epochs: number) =>
  (step: number, steps: number): number =>
    valueAt({ kind: 'cosine', from: 0, to: 1 }, Math.min(1, ((step - 1) * epochs) / (steps * RISING_EPOCHS)))

interface Taught {
  readonly loss: LossFn
  readonly stepNumbers?: StepNumbers
}

/** The same lesson, which reads a `temperature` of its batch, for a network whose last output is what that follows from. */
export function withLearntTemperature(epochs: number, { loss, stepNumbers }: Taught): Required<Taught> {
  return {
    stepNumbers: { ...stepNumbers, reversal: reversalAt(epochs) },
    loss: (outputs, batch, seen) => {
      const width = outputs.shape[1] as number
      const [logits, told] = split(outputs, [width - 1, 1], 1)
      const temperature = learntTemperature(told!, field(batch, 'reversal'))
      return loss(logits!, { ...batch, temperature }, seen)
    },
  }
}
