/**
 * Decisions where mistakes differ in price: a loan to somebody who will not pay it back costs five times the interest
 * on one that was refused to somebody who would have.
 *
 * With a cost for missing each class, deciding for a class costs in expectation what all other classes would, so the
 * cheapest decision is the class with the largest probability x cost (Elkan, IJCAI 2001):
 *
 *     p = (.8 good, .2 bad), costs (1, 5)     good: .2 x 5 = 1.0     bad: .8 x 1 = .8, so bad
 */
import { argmax, type Predictions } from './metrics.ts'

/** The class that is cheapest to decide for, of one row's probabilities. */
export const cheapestClass = (probabilities: Float32Array, costs: readonly number[]): number =>
  argmax(probabilities.map((p, index) => p * (costs[index] ?? 1)))

/** The mean cost a row of the cheapest decisions, in the unit of `costs`; null without rows. */
export function costOfDecisions(
  { rows, classes, probabilities }: Predictions,
  labels: Int32Array,
  costs: readonly number[],
): number | null {
  if (rows === 0) return null
  let total = 0
  for (let row = 0; row < rows; row++) {
    const label = labels[row] ?? 0
    const decided = cheapestClass(probabilities.subarray(row * classes, (row + 1) * classes), costs)
    if (decided !== label) total += costs[label] ?? 1
  }
  return total / rows
}
