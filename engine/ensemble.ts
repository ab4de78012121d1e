/**
 * Ensembles: M networks of one shape trained at once, each on rows of its own.
 *
 * A small network leaves a processor waiting: its step is a few dozen operators on little data, and calling
 * them costs more than computing them. So M networks share each call. Every weight [k, m] is stacked to
 * [M, k, m], a batch is M batches of equal size, and each layer is one batched product:
 *
 *     x [M, each, k]  x  W [M, k, m]  +  b [M, 1, m]   ->   [M, each, m]
 *
 * No row of one member meets a weight of another, so the gradient of the sum of the members' losses is each
 * member's own gradient. The loss must be a mean over rows: over M equal batches, M times the whole mean is
 * the sum of the members' means. Adam and SGD work number by number and need no change; clipping by the norm of
 * all members together would tie them to each other, and is refused.
 */
import { layersOf } from './architectures.ts'
import type { Expr } from './expr.ts'
import { activations } from './layers.ts'
import { layoutOf, parameterCount } from './layout.ts'
import type { ParameterSlice } from './layout.ts'
import type { LossFn } from './losses.ts'
import { workPerRow } from './network.ts'
import type { Network } from './network.ts'
import { add, fromRows, matmul, mul, reshape, toRows } from './ops.ts'
import { optimiserFrom } from './optimiser.ts'
import type { OptimiserOptions } from './optimiser.ts'
import { seededRandom } from './random.ts'
import { floats } from './session/runtime.ts'
import type { Runtime } from './session/runtime.ts'
import { showShape } from './shape.ts'
import type { MlpSpec } from './spec.ts'
import {
  callFeeds,
  checkBatch,
  diverged,
  feedsOf,
  rowsIn,
  settle,
  startState,
  STEPS_PER_CALL,
  throwIfCancelled,
  widthsOf,
  WORK_PER_CALL,
  wrongData,
} from './train.ts'
import type { BatchData } from './train.ts'
import { slotName, subjectModel, trainedName } from './training-graph.ts'
import type { Subject } from './training-graph.ts'
import { callRows, epochOrder, epochShape } from './training-plan.ts'

export interface EnsembleJob {
  /** One shape: networks of the kind `mlp`. */
  readonly networks: readonly Network[]
  readonly batch: BatchData
  /** The rows of each member, equally many. */
  readonly subsets: readonly Int32Array[]
  /** A mean over rows. */
  readonly loss: LossFn
  readonly optimiser?: OptimiserOptions
  readonly epochs: number
  /** The most rows in one batch of a member. */
  readonly batchSize: number
  /** Member `i` is dealt batches as `train` deals them with the seed `memberSeed(seed, i)`. */
  readonly seed: number | string
  readonly onEpoch?: (progress: { epoch: number; epochs: number; loss: number }) => void | Promise<void>
  readonly signal?: AbortSignal
}

export const memberSeed = (seed: number | string, member: number): string => `${seed}/${member}`

/**
 * Trains all members; the result is what `train` makes of each alone, up to rounding. Throws
 * ENGINE_DATA_INVALID for networks or subsets that are not alike, else as `train` does.
 */
export async function trainEnsemble(runtime: Runtime, job: EnsembleJob): Promise<Network[]> {
  const { networks, batch, subsets, epochs, batchSize, seed, signal } = job
  const spec = checkEnsemble(job)
  const optimiser = optimiserFrom(job.optimiser)
  const [members, rows] = [networks.length, subsets[0]!.length]
  const layout = layoutOf(spec)
  const shape = epochShape(rows, batchSize)
  const work = 6 * workPerRow(spec) * batchSize * members
  const stepsPerCall = Math.max(1, Math.min(Math.floor(WORK_PER_CALL / work), STEPS_PER_CALL))
  const deals = subsets.map((_, i) => seededRandom(memberSeed(seed, i)).fork('batches'))
  const data = feedsOf(batch, 0, rowsIn(batch))
  const state = startState(stack(layout, networks), undefined, optimiser)
  const session = await runtime.load(
    subjectModel(stackedSubject(spec, members, job.loss), widthsOf(batch), optimiser),
  )
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const orders = subsets.map((subset, i) => epochOrder(rows, epoch, deals[i]!).map((at) => subset[at]!))
      let loss = 0
      for (let first = 0; first < shape.batches; first += stepsPerCall) {
        throwIfCancelled(signal)
        const end = Math.min(shape.batches, first + stepsPerCall)
        const before = (epoch - 1) * shape.batches + first
        const scalars = Array.from({ length: end - first }, (_, i) =>
          optimiser.scalars(before + i + 1, epochs * shape.batches),
        )
        const dealt = interleave(orders.map((order) => callRows(shape, order, first, end)))
        const outputs = await session.run({ ...data, ...state, ...callFeeds(dealt, scalars) })
        for (const [i, stepLoss] of floats(outputs, 'losses').entries()) {
          if (!Number.isFinite(stepLoss)) throw diverged(epoch, first + i + 1)
          loss += stepLoss / shape.batches / members
        }
        for (const name of Object.keys(state)) state[name] = outputs[trainedName(name)]!
      }
      for (let i = 0; i < optimiser.slots; i++) settle(floats(state, slotName(i)))
      await job.onEpoch?.({ epoch, epochs, loss })
    }
    const stacked = floats(state, 'parameters')
    if (!stacked.every(Number.isFinite)) throw diverged(epochs, shape.batches)
    return networks.map((_, member) => ({ spec, parameters: unstack(layout, stacked, member, members) }))
  } finally {
    await session.release()
  }
}

/** Each parameter tensor of all members, then the next tensor of all members. */
function stack(layout: readonly ParameterSlice[], networks: readonly Network[]): Float32Array {
  const stacked = new Float32Array(networks[0]!.parameters.length * networks.length)
  for (const { offset, size } of layout) {
    for (const [i, { parameters }] of networks.entries()) {
      stacked.set(parameters.subarray(offset, offset + size), offset * networks.length + i * size)
    }
  }
  return stacked
}

function unstack(
  layout: readonly ParameterSlice[],
  stacked: Float32Array,
  member: number,
  members: number,
): Float32Array {
  const parameters = new Float32Array(stacked.length / members)
  for (const { offset, size } of layout) {
    const from = offset * members + member * size
    parameters.set(stacked.subarray(from, from + size), offset)
  }
  return parameters
}

/** Batch by batch, every member's rows one after the other. */
function interleave(deals: readonly ReturnType<typeof callRows>[]): ReturnType<typeof callRows> {
  const { offsets } = deals[0]!
  const order = new Int32Array(deals.length * deals[0]!.order.length)
  let at = 0
  for (let step = 0; step + 1 < offsets.length; step++) {
    for (const deal of deals) {
      const part = deal.order.subarray(Number(offsets[step]), Number(offsets[step + 1]))
      order.set(part, at)
      at += part.length
    }
  }
  return { order, offsets: offsets.map((offset) => offset * BigInt(deals.length)) }
}

function stackedSubject(spec: MlpSpec, members: number, loss: LossFn): Subject {
  const lead = [members, 'each']
  const layers = layersOf(spec).filter((layer) => layer.kind === 'dense')
  return {
    layout: layoutOf(spec).map((range) => ({
      ...range,
      shape: [members, ...range.shape],
      offset: range.offset * members,
      size: range.size * members,
    })),
    rows: showShape(lead),
    dropout: false,
    value(parameters, batch) {
      const logits = layers.reduce<Expr>(
        (x, { name, outputs, activation }) => {
          const bias = reshape(parameters.get(`${name}.bias`)!, [members, 1, outputs])
          return activations[activation](add(matmul(x, parameters.get(`${name}.weight`)!), bias))
        },
        fromRows(batch['inputs']!, lead),
      )
      return mul(loss(toRows(logits), batch), members)
    },
  }
}

function checkEnsemble({ networks, batch, subsets, optimiser, epochs, batchSize }: EnsembleJob): MlpSpec {
  const spec = networks[0]?.spec
  const alike = networks.every((network) => JSON.stringify(network.spec) === JSON.stringify(spec))
  if (spec?.kind !== 'mlp' || !alike || networks.some((n) => n.parameters.length !== parameterCount(spec))) {
    throw wrongData('An ensemble needs at least one network, all of one spec of the kind mlp.')
  }
  for (const [name, value] of Object.entries({ epochs, batchSize })) {
    if (!Number.isInteger(value) || value < 1) {
      throw wrongData(`Training needs a whole number of at least 1 as ${name}, not ${value}.`)
    }
  }
  checkBatch(spec, 'training', batch)
  const [first = new Int32Array(), all] = [subsets[0], rowsIn(batch)]
  const fits = subsets.length === networks.length && first.length > 0
  if (
    !fits ||
    subsets.some((rows) => rows.length !== first.length || rows.some((row) => row < 0 || row >= all))
  ) {
    throw wrongData(
      `An ensemble needs a subset for each of its networks, equally many rows of the ${all} in each.`,
    )
  }
  if (optimiser?.clipNorm !== undefined)
    throw wrongData('An ensemble cannot clip by one norm; leave clipNorm out.')
  return spec
}
