/**
 * One call to the runtime: how much work it is given, and what it is fed.
 *
 * A call does as many steps as make about `WORK_PER_CALL` floating-point operations. The runtime holds the
 * calling thread meanwhile, so the bound is what lets progress, cancel and a site's heartbeat get their turn.
 */
import type { BatchData } from './batch.ts'
import { EngineError } from './errors.ts'
import type { Optimiser } from './optimiser.ts'
import type { Tensor } from './session/runtime.ts'
import { dataName, scalarName, slotName } from './training-graph.ts'
import type { callRows } from './training-plan.ts'

export type Feeds = Record<string, Tensor>

/** About a tenth of a second of one core; the second bound is for tiny networks, whose steps cost more than their arithmetic. */
export const WORK_PER_CALL = 5e9
export const STEPS_PER_CALL = 200
/** Nothing against an optimiser's epsilon of 1e-8, and still a full float when 0.9^400 of it is left. */
const NEGLIGIBLE = 1e-19

/** The parameters and the optimiser's vectors, zeros where none are held. */
export const startState = (
  parameters: Float32Array,
  held: readonly Float32Array[] | undefined,
  { slots }: Optimiser,
): Feeds => {
  const shape = [parameters.length]
  const vectors = Array.from({ length: slots }, (_, i) => [
    slotName(i),
    { data: held?.[i] ?? new Float32Array(parameters.length), shape },
  ])
  return { parameters: { data: parameters, shape }, ...Object.fromEntries(vectors) }
}

/**
 * Puts negligible numbers to 0. The momentum of a weight that no row touches any more halves every few steps,
 * down to where numbers lose their leading bit and a CPU's arithmetic takes a hundred times as long.
 */
export function settle(vector: Float32Array): void {
  for (let i = 0; i < vector.length; i++) {
    const x = vector[i]!
    if (x < NEGLIGIBLE && x > -NEGLIGIBLE) vector[i] = 0
  }
}

/** Which rows, and each step's row of the optimiser's table of scalars. */
export function callFeeds(
  { order, offsets }: ReturnType<typeof callRows>,
  scalars: readonly number[][],
): Feeds {
  const columns = scalars[0]!.map((_, i) => Float32Array.from(scalars, (row) => row[i]!))
  return {
    steps: { data: BigInt64Array.of(BigInt(scalars.length)), shape: [] },
    order: { data: order, shape: [order.length] },
    offsets: { data: offsets, shape: [offsets.length] },
    ...Object.fromEntries(columns.map((data, i) => [scalarName(i), { data, shape: [data.length] }])),
  }
}

/** Rows `from` to before `to` of every tensor. */
export const feedsOf = (batch: BatchData, from: number, to: number): Feeds =>
  Object.fromEntries(
    Object.entries(batch).map(([name, { data, width }]) => [
      dataName(name),
      { data: data.subarray(from * width, to * width), shape: [to - from, width] },
    ]),
  )

export const divergedAt = (epoch: number, step: number): string =>
  `Training diverged at epoch ${epoch}, step ${step}: its loss or its weights are no longer finite numbers.`

export const diverged = (epoch: number, step: number): EngineError =>
  new EngineError('ENGINE_DIVERGED', divergedAt(epoch, step))

export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new EngineError('ENGINE_CANCELLED', 'Training was cancelled.')
}
