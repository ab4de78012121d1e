/** Distillation proper: soft targets, and whatever labels there are, become a student. */
import type { Augmentation } from '#engine/augment.ts'
import { UNLABELLED, oneHot } from '#engine/data/dataset.ts'
import { initialise, type Network } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
import type { Runtime } from '#engine/session/index.ts'
import type { NetworkSpec } from '#engine/spec.ts'
import { train, type TrainingProgress, type TrainingResult } from '#engine/train.ts'
import type { TrainingState } from '#engine/training-state.ts'
import { hintonLoss } from './losses.ts'

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
  const { student, inputs, targets, labels, temperature, seed, start, training } = job
  const labelled = labels?.some((label) => label !== UNLABELLED) ?? false
  const alpha = labelled ? job.alpha : 1
  const classes = student.outputs
  return train(runtime, {
    network: start ?? initialise(student, seededRandom(seed).fork('student')),
    batch: {
      inputs: { data: inputs, width: student.inputs },
      targets: { data: targets, width: classes },
      ...(labels && alpha < 1 && { labels: { data: oneHot(labels, classes), width: classes } }),
    },
    loss: hintonLoss({ temperature, alpha }),
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

export function optimiserOf({ learningRate, weightDecay }: Training) {
  return { learningRate, weightDecay, schedule: 'cosine' } as const
}
