/**
 * Hints (FitNets: Romero et al., arXiv 1412.6550, equation 3): a regressor on the student's embedding learns where the
 * teachers see an item, beside the loss, and is thrown away. What is special here is the target: coordinates that follow
 * from the sum of all teachers' cosines, in one space for all items, and of one width whatever the teachers' are.
 */
import { field } from '#engine/losses.ts'
import { add, mean, mul, split } from '#engine/ops.ts'
import type { Lesson } from './lesson.ts'
import { hintRows } from './losses/features.ts'

/** Coordinates that a hint has. */
export const HINT_WIDTH = 16

export interface HintLesson {
  /** rows x 16. */
  readonly targets: Float32Array
  /** Beside the other loss, whose weight is 1. */
  readonly weight: number
}

/** The same lesson for a network whose last 16 outputs are the regressor's. */
export function withHint({ targets, weight }: HintLesson, { batch, loss }: Lesson): Lesson {
  return {
    batch: { ...batch, hint: { data: targets, width: HINT_WIDTH } },
    loss: (outputs, given, seen) => {
      const width = outputs.shape[1] as number
      const [logits, told] = split(outputs, [width - HINT_WIDTH, HINT_WIDTH], 1)
      const hint = mean(hintRows(told!, field(given, 'hint')))
      return add(loss(logits!, given, seen), mul(hint, weight))
    },
  }
}
