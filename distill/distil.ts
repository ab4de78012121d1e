/** Distillation proper: soft targets, and whatever labels there are, become a student. */
import type { Augmentation } from '#engine/augment.ts'
import { UNLABELLED, oneHot } from '#engine/data/dataset.ts'
import { initialise, type Network } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
import type { Runtime } from '#engine/session/index.ts'
import type { NetworkSpec } from '#engine/spec.ts'
import { train, type TrainingProgress, type TrainingResult } from '#engine/train.ts'
import type { TrainingState } from '#engine/training-state.ts'
import type { LossName } from './losses/registry.ts'
import { teachingLoss } from './losses/teaching-loss.ts'
import type { Path, TemperatureSchedule } from './schedules.ts'

export interface Training {
  readonly epochs: number
  readonly batchSize: number
  /** The first rate; it falls to zero along a cosine. */
  readonly learningRate: number
  /** Decoupled, on weights and not on biases (AdamW). */
  readonly weightDecay: number
  /** What is done to the inputs of each step; targets stay as they are, except under mixup. */
  readonly augment?: Augmentation[] | undefined
}

export interface Distillation {
  readonly student: NetworkSpec
  readonly rows: number
  /** rows x features. */
  readonly inputs: Float32Array
  /** rows x classes, softened at `temperature` already. */
  readonly targets: Float32Array
  /** Class indices, `UNLABELLED` where unknown; without them alpha counts as 1. */
  readonly labels?: Int32Array
  readonly temperature: number
  readonly alpha: number
  /** "kd" unless told. */
  readonly loss?: LossName
  readonly temperatureSchedule?: TemperatureSchedule | undefined
  readonly alphaSchedule?: Path | undefined
  readonly training: Training
  readonly seed: number | string
  /** A student to go on from; else one is initialised from the seed. */
  readonly start?: Network
  /** Goes on from here, as an earlier call with the same job left it. */
  readonly resume?: TrainingState
  readonly onEpoch?: (progress: TrainingProgress) => void | Promise<void>
  readonly signal?: AbortSignal
  readonly clock?: () => number
}

/** Trains the student. Rejects with `ENGINE_DIVERGED`, `ENGINE_CANCELLED` or `ENGINE_SHAPE`. */
export async function distil(runtime: Runtime, job: Distillation): Promise<TrainingResult> {
  const { student, inputs, targets, temperature, temperatureSchedule, seed, start, training } = job
  const classes = student.outputs
  const labels = job.labels?.some((label) => label !== UNLABELLED) ? job.labels : undefined
  const { loss, stepNumbers, reads } = teachingLoss({
    name: job.loss ?? 'kd',
    temperature,
    temperatureSchedule,
    alpha: labels ? job.alpha : 1,
    alphaSchedule: labels && job.alphaSchedule,
  })
  const wide = (data: Float32Array) => ({ data, width: classes })
  return train(runtime, {
    network: start ?? initialise(student, seededRandom(seed).fork('student')),
    batch: {
      inputs: { data: inputs, width: student.inputs },
      targets: wide(targets),
      ...(labels && reads.has('labels') && { labels: wide(oneHot(labels, classes)) }),
      ...(reads.has('winners') && { winners: wide(oneHot(winnersOf(targets, classes, labels), classes)) }),
    },
    loss,
    stepNumbers,
    optimiser: optimiserOf(training),
    ...(training.augment && { augment: training.augment }),
    epochs: training.epochs,
    batchSize: training.batchSize,
    seed,
    ...(job.resume && { resume: job.resume }),
    ...(job.onEpoch && { onEpoch: job.onEpoch }),
    ...(job.signal && { signal: job.signal }),
    ...(job.clock && { clock: job.clock }),
  })
}

/** Each row's label or, where there is none, the class that teachers find likeliest, the first of equals. */
function winnersOf(targets: Float32Array, classes: number, labels?: Int32Array): Int32Array {
  return Int32Array.from({ length: targets.length / classes }, (_, row) => {
    const label = labels?.[row] ?? UNLABELLED
    if (label !== UNLABELLED) return label
    const probabilities = targets.subarray(row * classes, (row + 1) * classes)
    return probabilities.indexOf(Math.max(...probabilities))
  })
}

export function optimiserOf({ learningRate, weightDecay }: Training) {
  return { learningRate, weightDecay, schedule: 'cosine' } as const
}
