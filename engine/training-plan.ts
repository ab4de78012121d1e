/**
 * Which rows make which batch, and which batches go into one call to the runtime.
 *
 * An epoch visits every row once, in an order fixed by the seed and the epoch's number, in
 * ceil(rows / batchSize) batches whose sizes differ by at most one: 10 rows in batches of at most 4 are
 * 3 + 3 + 4, so no row is dropped and none is stuck in a ragged remainder with an outsized say.
 * Steps are counted from 0 through all epochs; how they are grouped into calls changes no bit of the result.
 */
import type { Random } from './random.ts'

export interface TrainingPlan {
  readonly rows: number
  readonly stepsPerEpoch: number
  readonly totalSteps: number
  /** Consecutive ranges of steps: whole epochs, or pieces of one. */
  readonly calls: readonly StepRange[]
}

export interface StepRange {
  readonly first: number
  readonly count: number
}

export function planTraining(options: {
  rows: number
  batchSize: number
  epochs: number
  /** An upper bound on the steps of one call; at least one is made. */
  stepsPerCall: number
  /** Whether someone looks at the parameters after every epoch, so that no call may span two. */
  pauseAtEpochs: boolean
}): TrainingPlan {
  const { rows, batchSize, epochs, stepsPerCall, pauseAtEpochs } = options
  const stepsPerEpoch = Math.ceil(rows / batchSize)
  const totalSteps = stepsPerEpoch * epochs
  const most = Math.max(1, Math.floor(stepsPerCall))
  const wholeEpochs = pauseAtEpochs ? 1 : Math.floor(most / stepsPerEpoch)
  const calls: StepRange[] = []
  for (let first = 0; first < totalSteps;) {
    const toEpochEnd = stepsPerEpoch - (first % stepsPerEpoch)
    const wanted = most >= stepsPerEpoch ? wholeEpochs * stepsPerEpoch : Math.min(most, toEpochEnd)
    const count = Math.min(wanted, totalSteps - first)
    calls.push({ first, count })
    first += count
  }
  return { rows, stepsPerEpoch, totalSteps, calls }
}

/** The epoch of a step, from 1, and the batch's bounds within that epoch's order. */
export function batchOf(plan: TrainingPlan, step: number): { epoch: number; start: number; end: number } {
  const { rows, stepsPerEpoch } = plan
  const i = step % stepsPerEpoch
  const cut = (k: number): number => Math.floor((k * rows) / stepsPerEpoch)
  return { epoch: 1 + (step - i) / stepsPerEpoch, start: cut(i), end: cut(i + 1) }
}

/** The rows that a call visits, one batch after another, and the `count + 1` places that bound its batches. */
export function rowsOf(
  plan: TrainingPlan,
  { first, count }: StepRange,
  random: Random,
): { order: Int32Array; offsets: BigInt64Array } {
  const pieces: Int32Array[] = []
  const offsets = new BigInt64Array(count + 1)
  let order = new Int32Array(0)
  let drawn = 0
  let place = 0
  for (let i = 0; i < count; i++) {
    const { epoch, start, end } = batchOf(plan, first + i)
    if (epoch !== drawn) {
      order = random.fork(`epoch ${epoch}`).shuffle(Int32Array.from({ length: plan.rows }, (_, row) => row))
      drawn = epoch
    }
    pieces.push(order.subarray(start, end))
    place += end - start
    offsets[i + 1] = BigInt(place)
  }
  const all = new Int32Array(place)
  pieces.reduce((at, piece) => {
    all.set(piece, at)
    return at + piece.length
  }, 0)
  return { order: all, offsets }
}
