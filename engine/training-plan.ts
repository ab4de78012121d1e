/**
 * Which rows make which batch, and which batches go into one call to the runtime.
 *
 * An epoch visits every row once, in an order fixed by the seed and the epoch's number, in
 * ceil(rows / batchSize) batches whose sizes differ by at most one: 10 rows in batches of at most 4 are
 * 3 + 3 + 4, so no row is dropped and none is stuck in a ragged remainder with an outsized say.
 * A call takes some consecutive batches of one epoch.
 */
import type { Random } from './random.ts'

export interface EpochShape {
  readonly rows: number
  readonly batches: number
}

export const epochShape = (rows: number, batchSize: number): EpochShape => ({
  rows,
  batches: Math.ceil(rows / batchSize),
})

/** The order in which an epoch, counted from 1, visits the rows. */
export const epochOrder = (rows: number, epoch: number, random: Random): Int32Array =>
  random.fork(`epoch ${epoch}`).shuffle(new Int32Array(rows).map((_, row) => row))

/** Where batch `i` begins in the epoch's order, and where the one before it ends. */
export const batchStart = ({ rows, batches }: EpochShape, i: number): number =>
  Math.floor((i * rows) / batches)

/** Batches `first` to before `end`: the part of the order that holds them, and the places that bound them there. */
export function callRows(
  shape: EpochShape,
  order: Int32Array,
  first: number,
  end: number,
): { order: Int32Array; offsets: BigInt64Array } {
  const start = batchStart(shape, first)
  const offsets = Array.from({ length: end - first + 1 }, (_, i) =>
    BigInt(batchStart(shape, first + i) - start),
  )
  return { order: order.subarray(start, batchStart(shape, end)), offsets: BigInt64Array.from(offsets) }
}
