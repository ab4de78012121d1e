/**
 * Rows from anywhere, held in memory a bounded segment at a time. `training-plan.ts` says which rows make a
 * segment; here they are read, checked and joined.
 */
import { checkNumbers, rowsIn, widthsOf, wrongData } from './batch.ts'
import type { BatchData, BatchWidths } from './batch.ts'
import type { Random } from './random.ts'
import {
  epochDraw,
  epochSegments,
  epochShape,
  segmentSizes,
  shuffled,
  shuffledBatches,
} from './training-plan.ts'
import type { EpochShape, Stretch } from './training-plan.ts'

/** Rows that are read when they are needed: from a file, a database, a generator. */
export interface RowSource {
  readonly rows: number
  /** Of each tensor; `inputs` is required. */
  readonly widths: BatchWidths
  /** Rows `from` to before `to`. Asked for again in every epoch, the same rows must be the same numbers. */
  readonly read: (from: number, to: number) => Promise<BatchData>
}

/** The most bytes of rows that training holds at a time. */
export const SEGMENT_BYTES = 64 * 2 ** 20

export const isSource = (data: BatchData | RowSource): data is RowSource => typeof data['read'] === 'function'

/** Arrays as a source; reading copies nothing. */
export const arraySource = (batch: BatchData): RowSource => ({
  rows: rowsIn(batch),
  widths: widthsOf(batch),
  read: (from, to) =>
    Promise.resolve(
      Object.fromEntries(
        Object.entries(batch).map(([name, { data, width }]) => [
          name,
          { data: data.subarray(from * width, to * width), width },
        ]),
      ),
    ),
})

export interface Segment extends EpochShape {
  readonly batch: BatchData
  /** In which to visit its rows. */
  readonly order: Int32Array
}

export interface Segments {
  readonly rows: number
  /** Steps of an epoch. */
  readonly batches: number
  /** Each segment's rows stay as they are until the next one is asked for. */
  epoch(epoch: number): AsyncGenerator<Segment>
}

/** Deals rows in segments of at most `segmentBytes`, or of one row where that is more. */
export function segmentsOf(
  data: BatchData | RowSource,
  options: {
    batchSize: number
    random: Random
    segmentBytes?: number | undefined
    keepNeighbours?: boolean | undefined
  },
): Segments {
  const { batchSize, random, segmentBytes = SEGMENT_BYTES, keepNeighbours } = options
  const source = isSource(data) ? checkedSource(data) : arraySource(data)
  const bytesPerRow = 4 * Object.values(source.widths).reduce((a, b) => a + b, 0)
  // What is in memory already stays in one piece.
  const mostRows = isSource(data) ? Math.max(1, Math.floor(segmentBytes / bytesPerRow)) : source.rows
  const sizes = segmentSizes(source.rows, mostRows)
  const shapes = sizes.map((size) => epochShape(size, batchSize))
  const read = joiningReader(source, Math.max(...sizes))
  let whole: BatchData | undefined

  return {
    rows: source.rows,
    batches: shapes.reduce((total, { batches }) => total + batches, 0),
    async *epoch(epoch) {
      const draw = epochDraw(epoch, random)
      for (const [i, stretches] of epochSegments(sizes, draw).entries()) {
        const batch = whole ?? (await read(stretches))
        if (sizes.length === 1) whole = batch
        const shape = shapes[i]!
        yield {
          ...shape,
          batch,
          order: keepNeighbours ? shuffledBatches(shape, draw) : shuffled(shape.rows, draw),
        }
      }
    },
  }
}

/** Arrays are checked before training begins; what a source gives is checked as it comes. */
const checkedSource = (source: RowSource): RowSource => ({
  ...source,
  async read(from, to) {
    const batch = await source.read(from, to)
    for (const [name, width] of Object.entries(source.widths)) {
      if (batch[name]?.width !== width) {
        throw wrongData(`The source of rows gave no tensor "${name}" of ${width} columns.`)
      }
    }
    checkNumbers('training', batch, to - from, from)
    return batch
  },
})

/** Reads stretches one after the other into arrays for `mostRows` rows, which every segment uses again. */
function joiningReader({ widths, read }: RowSource, mostRows: number) {
  const held = new Map<string, Float32Array>()
  return async (stretches: readonly Stretch[]): Promise<BatchData> => {
    if (stretches.length === 1) return read(stretches[0]!.from, stretches[0]!.to)
    let rows = 0
    for (const { from, to } of stretches) {
      const batch = await read(from, to)
      for (const [name, width] of Object.entries(widths)) {
        if (!held.has(name)) held.set(name, new Float32Array(mostRows * width))
        held.get(name)!.set(batch[name]!.data, rows * width)
      }
      rows += to - from
    }
    return Object.fromEntries(
      Object.entries(widths).map(([name, width]) => [
        name,
        { data: held.get(name)!.subarray(0, rows * width), width },
      ]),
    )
  }
}
