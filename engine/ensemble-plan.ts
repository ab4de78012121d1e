/**
 * Which rows each member of an ensemble sees in which step.
 *
 * All members take the same number of steps an epoch: as many as the longest subset needs in batches of at most
 * `batchSize`. Each member's rows, in an order of its own, are dealt into that many batches whose sizes differ by at
 * most one, as `train` deals them; so a member with fewer rows has smaller batches, and one with fewer rows than there
 * are batches has empty ones, in which its gradient is 0. What a member's batch lacks of the longest one of the step
 * is filled up with a spare row of weight 0:
 *
 *     5 and 3 rows, batches of at most 2:     a | a a | a a
 *                                             b | b - | b -
 */
import type { BatchData } from './batch.ts'
import { rowsIn } from './batch.ts'
import { WEIGHT } from './ensemble-graph.ts'
import { batchStart, epochShape } from './training-plan.ts'
import type { callRows, EpochShape } from './training-plan.ts'

/** How the longest of the subsets is dealt, which sets the number of batches for all. */
export const ensembleShape = (subsets: readonly Int32Array[], batchSize: number): EpochShape =>
  epochShape(Math.max(...subsets.map(({ length }) => length)), batchSize)

/**
 * The batch with weights, 1 for each of its rows; and, if subsets differ in length, with one more row, of weight 0: a
 * copy of the first, as its loss is a number wherever those of real rows are.
 */
export function withWeights(batch: BatchData, subsets: readonly Int32Array[]): BatchData {
  const rows = rowsIn(batch)
  const spare = subsets.some(({ length }) => length !== subsets[0]!.length) ? 1 : 0
  const weight = new Float32Array(rows + spare).fill(1, 0, rows)
  const longer = Object.entries(batch).map(([name, { data, width }]) => {
    if (spare === 0) return [name, { data, width }]
    const all = new Float32Array((rows + 1) * width)
    all.set(data)
    all.set(data.subarray(0, width), rows * width)
    return [name, { data: all, width }]
  })
  return { ...Object.fromEntries(longer), [WEIGHT]: { data: weight, width: 1 } }
}

/** Batches `first` to before `end`: every member's rows after those of the member before, filled up with `spare`. */
export function interleave(
  orders: readonly Int32Array[],
  batches: number,
  { first, end, spare }: { first: number; end: number; spare: number },
): ReturnType<typeof callRows> {
  const steps = Array.from({ length: end - first }, (_, i) => {
    const parts = orders.map((order) => {
      const shape = { rows: order.length, batches }
      return order.subarray(batchStart(shape, first + i), batchStart(shape, first + i + 1))
    })
    // Where all are empty, a spare row each: the runtime takes no batch of nothing.
    return { parts, each: Math.max(1, ...parts.map(({ length }) => length)) }
  })
  const order = new Int32Array(steps.reduce((total, { each }) => total + each * orders.length, 0)).fill(spare)
  const offsets = new BigInt64Array(steps.length + 1)
  let at = 0
  for (const [i, { parts, each }] of steps.entries()) {
    for (const part of parts) {
      order.set(part, at)
      at += each
    }
    offsets[i + 1] = BigInt(at)
  }
  return { order, offsets }
}
