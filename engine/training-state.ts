/**
 * All that training holds between two epochs: from it another call of `train` goes on as if nothing had happened,
 * to the bit. In memory, as bytes, and inside the error that tells of a run that diverged.
 */
import { z } from 'zod'
import { EngineError } from './errors.ts'
import { decodeTensors, encodeTensors, invalidFile, parseJson } from './safetensors.ts'
import type { NamedTensor } from './safetensors.ts'
import { divergedAt } from './training-calls.ts'

export interface TrainingState {
  /** Epochs done. */
  readonly epoch: number
  /** The latest weights, which validation may not have found the best. */
  readonly parameters: Float32Array
  /** The optimiser's vectors. */
  readonly slots: readonly Float32Array[]
  /** Steps since negligible numbers were last put to 0. */
  readonly unsettled: number
  readonly best: {
    readonly epoch: number
    readonly parameters: Float32Array
    /** What validation judged by; absent without validation, where the latest is the best. */
    readonly score?: number
  }
}

/** Training stopped because its loss or its weights are no longer finite numbers; code ENGINE_DIVERGED. */
export class TrainingDiverged extends EngineError {
  /** The end of the last good epoch, or the start: a job with a smaller rate can resume from it. */
  readonly lastGood: TrainingState

  constructor(message: string, lastGood: TrainingState) {
    super('ENGINE_DIVERGED', message)
    this.lastGood = lastGood
  }
}

/** Throws `TrainingDiverged` when an epoch of so many steps has left a number that is not finite. */
export function checkFinite(
  next: Pick<TrainingState, 'epoch' | 'parameters' | 'slots'>,
  lastGood: TrainingState,
  steps: number,
): void {
  // A step's loss tells of the step before it; of the last, only the vectors themselves can.
  if ([next.parameters, ...next.slots].every(isFiniteVector)) return
  throw new TrainingDiverged(divergedAt(next.epoch, steps), lastGood)
}

/** Zero times a number is 0, times anything else NaN: one pass without a branch. */
export function isFiniteVector(vector: Float32Array): boolean {
  let zero = 0
  for (let i = 0; i < vector.length; i++) zero += vector[i]! * 0
  return zero === 0
}

const STATE_KEY = 'collegium.training-state'
const WHAT = 'a saved training state'

const factsSchema = z.strictObject({
  version: z.literal(1),
  epoch: z.int().min(0),
  unsettled: z.int().min(0),
  slots: z.int().min(0).max(16),
  best: z.strictObject({ epoch: z.int().min(0), score: z.number().optional() }),
})

/**
 * A safetensors file: `parameters`, `slot.0`, .., and `best` where that is not the latest; the numbers beside them
 * as JSON in its metadata. Of the job it holds nothing: who resumes says the same job again.
 */
export function encodeTrainingState(state: TrainingState): Uint8Array {
  const { epoch, unsettled, parameters, slots, best } = state
  const { parameters: kept, ...bestFacts } = best
  const facts = { version: 1, epoch, unsettled, slots: slots.length, best: bestFacts }
  const vectors: [string, Float32Array][] = [
    ['parameters', parameters],
    ...slots.map((slot, i): [string, Float32Array] => [`slot.${i}`, slot]),
    ...(best.epoch === epoch ? [] : [['best', kept] satisfies [string, Float32Array]]),
  ]
  const tensors = vectors.map(([name, data]): NamedTensor => ({ name, shape: [data.length], data }))
  return encodeTensors({ metadata: { [STATE_KEY]: JSON.stringify(facts) }, tensors })
}

/** Throws ENGINE_MODEL_INVALID when the bytes are not a state that `encodeTrainingState` wrote, whole and unaltered. */
export function decodeTrainingState(bytes: Uint8Array): TrainingState {
  const invalid = invalidFile(WHAT)
  const { metadata, tensors } = decodeTensors(bytes, WHAT)
  const parsed = factsSchema.safeParse(parseJson(metadata[STATE_KEY] ?? '', WHAT))
  if (!parsed.success) throw invalid('it does not say, in a version known here, how far training was')
  const { epoch, unsettled, slots, best } = parsed.data
  const wanted = ['parameters', ...Array.from({ length: slots }, (_, i) => `slot.${i}`)]
  if (best.epoch !== epoch) wanted.push('best')
  const size = tensors[0]?.data.length
  const fits =
    best.epoch <= epoch &&
    tensors.length === wanted.length &&
    tensors.every(({ name, data }, i) => name === wanted[i] && data.length === size)
  if (!fits) throw invalid(`it should hold ${wanted.join(', ')}, all of one length`)
  const vectors = tensors.map(({ data }) => data)
  const { score } = best
  return {
    epoch,
    unsettled,
    parameters: vectors[0]!,
    slots: vectors.slice(1, 1 + slots),
    best: {
      epoch: best.epoch,
      parameters: vectors[1 + slots] ?? vectors[0]!,
      ...(score !== undefined && { score }),
    },
  }
}
