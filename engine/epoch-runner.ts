/** One epoch of training: from the state before it to the state after it. */
import { betaDraw } from './augment.ts'
import type { Augmentation } from './augment.ts'
import { workPerRow } from './network.ts'
import type { StepNumbers } from './losses.ts'
import type { Optimiser } from './optimiser.ts'
import { seededRandom } from './random.ts'
import { floats } from './session/runtime.ts'
import type { Session } from './session/runtime.ts'
import type { NetworkSpec } from './spec.ts'
import type { Segments } from './stream.ts'
import {
  callFeeds,
  divergedAt,
  feedsOf,
  settle,
  startState,
  STEPS_PER_CALL,
  throwIfCancelled,
  WORK_PER_CALL,
} from './training-calls.ts'
import type { Feeds } from './training-calls.ts'
import { numberName, slotName, trainedName } from './training-graph.ts'
import type { Subject } from './training-graph.ts'
import { batchStart, callRows } from './training-plan.ts'
import { TrainingDiverged } from './training-state.ts'
import type { TrainingState } from './training-state.ts'

export interface EpochParts {
  readonly session: Session
  readonly spec: NetworkSpec
  readonly subject: Pick<Subject, 'seeded' | 'mixes'>
  readonly segments: Segments
  readonly optimiser: Optimiser
  readonly augment: readonly Augmentation[]
  readonly stepNumbers: StepNumbers
  readonly batchSize: number
  /** Of the whole run, which schedules look ahead to. */
  readonly epochs: number
  readonly seed: number | string
  readonly signal?: AbortSignal | undefined
}

export interface EpochOutcome {
  readonly loss: number
  readonly after: Pick<TrainingState, 'parameters' | 'slots' | 'unsettled'>
}

export interface EpochRunner {
  /** `onCall` is told after every call how many of the epoch's steps are done, and their mean loss a row. */
  run(before: TrainingState, onCall?: (steps: number, loss: number) => unknown): Promise<EpochOutcome>
}

/** Everything that stays the same from epoch to epoch is worked out once. */
export function epochRunner(parts: EpochParts): EpochRunner {
  const { session, segments, optimiser, epochs, signal } = parts
  // Forward is two operations a multiplication, backward four.
  const work = 6 * workPerRow(parts.spec) * parts.batchSize
  const stepsPerCall = Math.max(1, Math.min(Math.floor(WORK_PER_CALL / work), STEPS_PER_CALL))
  const slots = Array.from({ length: optimiser.slots }, (_, i) => slotName(i))
  const draws = stepDraws(parts)
  const numbers = (steps: readonly number[], totalSteps: number): Feeds =>
    Object.fromEntries(
      Object.entries(parts.stepNumbers).map(([name, at]) => [
        numberName(name),
        { data: Float32Array.from(steps, (step) => at(step, totalSteps)), shape: [steps.length] },
      ]),
    )

  return {
    async run(before, onCall) {
      const epoch = before.epoch + 1
      const state = startState(before.parameters, before.slots, optimiser)
      let { unsettled } = before
      let [loss, visited, done] = [0, 0, 0]
      for await (const segment of segments.epoch(epoch)) {
        const data = feedsOf(segment.batch, 0, segment.rows)
        for (let first = 0; first < segment.batches; first += stepsPerCall) {
          throwIfCancelled(signal)
          const end = Math.min(segment.batches, first + stepsPerCall)
          const steps = Array.from(
            { length: end - first },
            (_, i) => before.epoch * segments.batches + done + i + 1,
          )
          const totalSteps = epochs * segments.batches
          const scalars = steps.map((step) => optimiser.scalars(step, totalSteps))
          const call = callFeeds(callRows(segment, segment.order, first, end), scalars)
          const drawn = { ...draws(steps), ...numbers(steps, totalSteps) }
          const outputs = await session.run({ ...data, ...state, ...call, ...drawn })
          for (const [i, stepLoss] of floats(outputs, 'losses').entries()) {
            if (!Number.isFinite(stepLoss))
              throw new TrainingDiverged(divergedAt(epoch, done + i + 1), before)
            const rows = batchStart(segment, first + i + 1) - batchStart(segment, first + i)
            loss += (stepLoss * rows) / segments.rows
            visited += rows
          }
          for (const name of Object.keys(state)) state[name] = outputs[trainedName(name)]!
          done += steps.length
          unsettled += steps.length
          if (unsettled >= STEPS_PER_CALL) {
            for (const slot of slots) settle(floats(state, slot))
            unsettled = 0
          }
          await onCall?.(done, (loss * segments.rows) / visited)
        }
      }
      const after = {
        parameters: floats(state, 'parameters'),
        slots: slots.map((slot) => floats(state, slot)),
        unsettled,
      }
      return { loss, after }
    },
  }
}

/** What each of some steps, counted from 1 over the whole run, draws at random: its seed, and the share of mixup. */
function stepDraws({ subject, augment, seed }: EpochParts): (steps: readonly number[]) => Feeds {
  const random = seededRandom(seed)
  const [seeds, shares] = [random.fork('dropout'), random.fork('mixup')]
  const { alpha = 1 } = augment.find((augmentation) => augmentation.kind === 'mixup') ?? {}
  return (steps) => {
    const shape = [steps.length]
    const seedOf = (step: number): number => seeds.fork(`step ${step}`).integer(2 ** 32)
    const shareOf = (step: number): number => betaDraw(alpha, shares.fork(`step ${step}`))
    return {
      ...(subject.seeded && { seeds: { data: Int32Array.from(steps, seedOf), shape } }),
      ...(subject.mixes && { shares: { data: Float32Array.from(steps, shareOf), shape } }),
    }
  }
}
