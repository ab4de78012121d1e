/**
 * Which rows make which batch, and which batches go into one call to the runtime.
 *
 * An epoch visits every row once, in an order fixed by the seed and the epoch's number, in
 * ceil(rows / batchSize) batches whose sizes differ by at most one: 10 rows in batches of at most 4 are
 * 3 + 3 + 4, so no row is dropped and none is stuck in a ragged remainder with an outsized say.
 * A call takes some consecutive batches of one epoch.
 *
 * Rows that do not fit in memory at once are visited a *segment* at a time, and every segment is dealt so.
 * An epoch cuts the data into pieces, `PIECES_PER_SEGMENT` to a segment, shuffles them, and reads segments
 * from that sequence:
 *
 *     file      | 0 | 1 | 2 | 3 | 4 | 5 |          pieces of consecutive rows, read in one go each
 *     epoch     | 4 | 0 | 5 | 2 | 1 | 3 |          shuffled anew every epoch
 *     segments  |  4, 0, 5  |  2, 1, 3  |          and all rows of a segment shuffled
 *
 * So a segment mixes rows from many places. It still is no shuffle of the whole: of a file sorted by class, a
 * segment holds only the classes of its pieces. One segment that holds all is dealt as rows in memory are.
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
  shuffled(rows, epochDraw(epoch, random))

/** What an epoch draws from: a stream of its own. */
export const epochDraw = (epoch: number, random: Random): Random => random.fork(`epoch ${epoch}`)

/** The numbers from 0 to before `count`, shuffled. */
export const shuffled = (count: number, random: Random): Int32Array =>
  random.shuffle(new Int32Array(count).map((_, i) => i))

/** Batches that all have as many rows, neighbours in the data, in shuffled order. */
export function shuffledBatches({ rows, batches }: EpochShape, random: Random): Int32Array {
  const size = rows / batches
  const order = shuffled(batches, random)
  return new Int32Array(rows).map((_, i) => order[Math.floor(i / size)]! * size + (i % size))
}

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

/** More would mix better and read smaller: of a segment of 64 MiB, a piece is 4 MiB. */
export const PIECES_PER_SEGMENT = 16

/** Rows `from` to before `to` of the data. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** How many rows each segment has: as few segments as the bound allows, their sizes differing by at most one. */
export function segmentSizes(rows: number, mostRows: number): number[] {
  const shape = epochShape(rows, mostRows)
  return Array.from({ length: shape.batches }, (_, i) => batchStart(shape, i + 1) - batchStart(shape, i))
}

/** The rows of each segment of one epoch, as stretches to read one after the other. */
export function epochSegments(sizes: readonly number[], draw: Random): Stretch[][] {
  const rows = sizes.reduce((a, b) => a + b, 0)
  const pieces = { rows, batches: sizes.length === 1 ? 1 : Math.min(rows, sizes.length * PIECES_PER_SEGMENT) }
  const order = shuffled(pieces.batches, draw.fork('pieces'))
  const unread = Array.from(order, (piece) => ({
    from: batchStart(pieces, piece),
    to: batchStart(pieces, piece + 1),
  }))
  return sizes.map((size) => {
    const segment: Stretch[] = []
    for (let missing = size; missing > 0;) {
      const { from, to } = unread.shift()!
      const end = Math.min(to, from + missing)
      segment.push({ from, to: end })
      if (end < to) unread.unshift({ from: end, to })
      missing -= end - from
    }
    return segment
  })
}
