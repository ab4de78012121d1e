/** Members of an ensemble whose weights are stacked together, trained an epoch at a time. */
import type { BatchData } from './batch.ts'
import { rowsIn } from './batch.ts'
import { stack, unstack } from './ensemble-graph.ts'
import { interleave } from './ensemble-plan.ts'
import { layoutOf } from './layout.ts'
import { workPerRow } from './network.ts'
import type { Optimiser } from './optimiser.ts'
import { seededRandom } from './random.ts'
import { floats } from './session/runtime.ts'
import type { Session } from './session/runtime.ts'
import type { MlpSpec } from './spec.ts'
import {
  callFeeds,
  diverged,
  feedsOf,
  settle,
  startState,
  STEPS_PER_CALL,
  throwIfCancelled,
  WORK_PER_CALL,
} from './training-calls.ts'
import { slotName, trainedName } from './training-graph.ts'
import { epochOrder } from './training-plan.ts'
import { isFiniteVector } from './training-state.ts'
import type { TrainingState } from './training-state.ts'

export interface GroupParts {
  readonly spec: MlpSpec
  readonly optimiser: Optimiser
  /** The training model of this many members. */
  readonly session: Session
  /** With weights, as `withWeights` gives it. */
  readonly batch: BatchData
  readonly batchSize: number
  /** Batches an epoch, and epochs of the whole run. */
  readonly batches: number
  readonly epochs: number
  readonly members: readonly {
    readonly subset: Int32Array
    readonly seed: string
    /** Where it starts: all members at one epoch. */
    readonly state: TrainingState
  }[]
  /** With validation: the mean loss of each member on rows of its own, and how long it may go without a lower one. */
  readonly judge?: ((stacked: Float32Array) => Promise<number[]>) | undefined
  readonly patience?: number | undefined
  readonly signal?: AbortSignal | undefined
}

export interface Group {
  readonly members: number
  /** The next epoch; gives the sum over members of their mean losses. */
  run(): Promise<number>
  /** Members whose patience lasts. */
  training(): number
  states(): TrainingState[]
}

export function openGroup(parts: GroupParts): Group {
  const { spec, optimiser, session, batch, batches, epochs, members, judge, patience = Infinity } = parts
  const count = members.length
  const layout = layoutOf(spec)
  const stackOf = (of: (state: TrainingState) => Float32Array): Float32Array =>
    stack(
      layout,
      members.map(({ state }) => of(state)),
    )
  const slots = Array.from({ length: optimiser.slots }, (_, i) => stackOf((state) => state.slots[i]!))
  const vectors = startState(
    stackOf(({ parameters }) => parameters),
    slots,
    optimiser,
  )
  const names = Object.keys(vectors)
  let { epoch, unsettled } = members[0]!.state
  let bests = members.map(({ state }) => state.best)

  const work = 6 * workPerRow(spec) * parts.batchSize * count
  const stepsPerCall = Math.max(1, Math.min(Math.floor(WORK_PER_CALL / work), STEPS_PER_CALL))
  const deals = members.map(({ seed }) => seededRandom(seed).fork('batches'))
  const data = feedsOf(batch, 0, rowsIn(batch))
  const spare = rowsIn(batch) - 1

  const learn = async (): Promise<number> => {
    const orders = members.map(({ subset }, i) =>
      epochOrder(subset.length, epoch, deals[i]!).map((at) => subset[at]!),
    )
    let loss = 0
    for (let first = 0; first < batches; first += stepsPerCall) {
      throwIfCancelled(parts.signal)
      const end = Math.min(batches, first + stepsPerCall)
      const before = (epoch - 1) * batches + first
      const scalars = Array.from({ length: end - first }, (_, i) =>
        optimiser.scalars(before + i + 1, epochs * batches),
      )
      const dealt = interleave(orders, batches, { first, end, spare })
      const outputs = await session.run({ ...data, ...vectors, ...callFeeds(dealt, scalars) })
      for (const [i, stepLoss] of floats(outputs, 'losses').entries()) {
        if (!Number.isFinite(stepLoss)) throw diverged(epoch, first + i + 1)
        loss += stepLoss / batches
      }
      for (const name of names) vectors[name] = outputs[trainedName(name)]!
      unsettled += end - first
      if (unsettled >= STEPS_PER_CALL) {
        for (let i = 0; i < optimiser.slots; i++) settle(floats(vectors, slotName(i)))
        unsettled = 0
      }
    }
    if (!names.every((name) => isFiniteVector(floats(vectors, name)))) throw diverged(epoch, batches)
    return loss
  }

  const member = (name: string, i: number): Float32Array => unstack(layout, floats(vectors, name), i, count)
  const isTraining = (best: TrainingState['best']): boolean => epoch - best.epoch < patience

  return {
    members: count,
    async run() {
      // Judged by the epochs before this one: who had stopped keeps the best it has.
      const going = bests.map(isTraining)
      epoch += 1
      const loss = await learn()
      const scores = await judge?.(floats(vectors, 'parameters'))
      if (!scores) return loss
      if (!scores.every(Number.isFinite)) throw diverged(epoch, batches)
      bests = bests.map((best, i) => {
        const score = scores[i]!
        const better = going[i] && (best.score === undefined || score < best.score)
        return better ? { epoch, parameters: member('parameters', i), score } : best
      })
      return loss
    },
    training: () => bests.filter(isTraining).length,
    states: () =>
      bests.map((best, i): TrainingState => {
        const parameters = member('parameters', i)
        const slots = names.slice(1).map((name) => member(name, i))
        return { epoch, parameters, slots, unsettled, best: judge ? best : { epoch, parameters } }
      }),
  }
}
