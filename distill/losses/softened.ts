/**
 * What every loss of soft targets reads, and the few forms they read it in.
 *
 * A site's share fixes the temperature at which teachers answer, T0, before anything is asked. A loss that
 * works at another T raises the targets to T0 / T and normalises them. For one prediction, and for a mean of
 * logits, that is exact; for a mean of probabilities it is the mean's own softening, not the mean of the softened.
 */
import type { Expr } from '#engine/expr.ts'
import { div, log, maximum, mean, mul, softmax, sub } from '#engine/ops.ts'
import type { Operand } from '#engine/ops.ts'

export interface Taught {
  /** The student's, [batch, classes]. */
  readonly logits: Expr
  /** The teachers' probabilities, [batch, classes], softened at `sharedAt`. */
  readonly targets: Expr
  readonly sharedAt: number
  /** At which the loss compares them: a number, or [1] that changes from step to step, or one a row, [batch, 1]. */
  readonly temperature: Operand
  /**
   * What else there is: `labels` [batch, classes], one-hot and 0 where unknown; `winners`, one-hot of the label or,
   * where unknown, of the likeliest class; `disagreement` [batch, 1]; and the loss's own numbers, [1].
   */
  readonly batch: Readonly<Record<string, Expr>>
}

/** Fixed point cannot tell a smaller probability from 0. */
const LEAST_PROBABILITY = 2 ** -20

/** The teachers' logits at temperature 1, up to a constant a row: mean 0. */
export const teacherLogits = ({ targets, sharedAt }: Pick<Taught, 'targets' | 'sharedAt'>): Expr =>
  centred(mul(log(maximum(targets, LEAST_PROBABILITY)), sharedAt))

/** The targets softened at `temperature`. */
export const targetsAt = (taught: Pick<Taught, 'targets' | 'sharedAt'>, temperature: Operand): Expr =>
  temperature === taught.sharedAt ? taught.targets : softmax(div(teacherLogits(taught), temperature))

/** Less the mean of the row. */
export const centred = (x: Expr): Expr => sub(x, mean(x, [-1], { keepDims: true }))
