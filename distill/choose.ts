/**
 * Which items to ask about next, when not all may be asked about: those of which the student is least certain, by
 * the lead of its first class over its second (margin sampling: Scheffer, Decomain and Wrobel 2001; Settles 2009,
 * section 3.1). What the student says of an item follows from released sums, so to choose by it costs no privacy.
 */
import { leadOf } from './decided.ts'

/**
 * The `wanted` of the `candidates`, which are rows of a transfer set, on which the student is least certain;
 * ascending, the earlier row first among equals. `probabilities` is candidates x classes, in the same order.
 */
export function leastCertain(
  candidates: readonly number[],
  probabilities: ArrayLike<number>,
  classes: number,
  wanted: number,
): number[] {
  return candidates
    .map((row, index) => ({ row, lead: leadOf(probabilities, index * classes, classes) }))
    .sort((a, b) => a.lead - b.lead || a.row - b.row)
    .slice(0, wanted)
    .map(({ row }) => row)
    .sort((a, b) => a - b)
}
