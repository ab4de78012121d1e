/** Distillation proper: soft targets, and whatever labels there are, become a student. */
import type { Augmentation } from '#engine/augment.ts'
import type { BatchData } from '#engine/batch.ts'
import type { NamedTargets } from '#engine/data/dataset.ts'
import type { Task } from '#engine/data/target.ts'
import { initialise, type Network } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
import { withoutRegressor, withRegressor } from '#engine/regressor.ts'
import type { Runtime } from '#engine/session/index.ts'
import type { NetworkSpec } from '#engine/spec.ts'
import { train, type TrainingJob, type TrainingProgress, type TrainingResult } from '#engine/train.ts'
import type { TrainingState } from '#engine/training-state.ts'
import { withAttention, type AttentionLesson } from './attention-lesson.ts'
import { HINT_WIDTH, withHint, type HintLesson } from './hint-lesson.ts'
import { withLearntTemperature } from './learnt-temperature.ts'
import { withRelation, type RelationLesson } from './relation-lesson.ts'
import { isLearnt } from './schedules.ts'
import { severalLesson, type HeadLesson } from './several-lesson.ts'
import { taskLesson, type Teaching } from './task-lesson.ts'

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

/** Of one target, `Teaching` says it; of several, their outputs and targets lie side by side. */
export interface Distillation extends Teaching {
  readonly student: NetworkSpec
  readonly rows: number
  /** rows x features. */
  readonly inputs: Float32Array
  /** classify unless said. */
  readonly task?: Task
  /** Of several targets: what is known of each, in the order of their outputs. */
  readonly heads?: readonly NamedTargets[]
  /** And how each is taught; as the distillation says, with a weight of 1, where absent. */
  readonly headLessons?: readonly HeadLesson[] | undefined
  /** What teachers say of how items lie to each other. */
  readonly relation?: RelationLesson | undefined
  /** Where teachers see the rows. */
  readonly hint?: HintLesson | undefined
  /** Where teachers look in them. */
  readonly attention?: AttentionLesson | undefined
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

/** Trains the student. Rejects with `ENGINE_DIVERGED`, `ENGINE_CANCELLED`, `ENGINE_SHAPE` or `ENGINE_SPEC_INVALID`. */
export async function distil(runtime: Runtime, job: Distillation): Promise<TrainingResult> {
  const { student, seed, training, onEpoch } = job
  const network = learnerOf(job)
  const isWider = network.spec.outputs > student.outputs
  const result = await train(runtime, {
    network,
    ...lessonOf(job),
    optimiser: optimiserOf(training),
    ...(training.augment && { augment: training.augment }),
    epochs: training.epochs,
    batchSize: training.batchSize,
    seed,
    ...(job.resume && { resume: job.resume }),
    ...(onEpoch && {
      onEpoch: (progress: TrainingProgress) =>
        onEpoch(isWider ? { ...progress, network: withoutRegressor(progress.network, student) } : progress),
    }),
    ...(job.signal && { signal: job.signal }),
    ...(job.clock && { clock: job.clock }),
  })
  return isWider ? { ...result, network: withoutRegressor(result.network, student) } : result
}

/** The student with the outputs that lessons need while it learns: [logits | temperature | hint]. */
function learnerOf({ student, start, seed, hint, temperatureSchedule }: Distillation): Network {
  const random = seededRandom(seed)
  const first = start ?? initialise(student, random.fork('student'))
  const warmed = temperatureSchedule && isLearnt(temperatureSchedule) ? withRegressor(first, 1) : first
  return hint ? withRegressor(warmed, HINT_WIDTH, random.fork('regressor')) : warmed
}

/** All that is taught, and by which loss. */
function lessonOf(job: Distillation): Pick<TrainingJob, 'loss' | 'stepNumbers' | 'keepNeighbours'> & {
  readonly batch: BatchData
} {
  const { student, inputs, targets, temperatureSchedule, hint, attention, relation } = job
  const { task = 'classify', heads = [] } = job
  const told = { ...job, outputs: student.outputs }
  const { known, ...taught } =
    task === 'multitask' ? severalLesson(told, heads, job.headLessons) : taskLesson({ ...told, task })
  const batch: BatchData = {
    inputs: { data: inputs, width: student.inputs },
    targets: { data: targets, width: student.outputs },
    ...known,
  }
  const learnt = temperatureSchedule && isLearnt(temperatureSchedule)
  const plain = { ...taught, ...(learnt && withLearntTemperature(job.training.epochs, taught)), batch }
  const hinted = hint ? { ...plain, ...withHint(hint, plain) } : plain
  const looking = attention ? { ...hinted, ...withAttention(attention, hinted) } : hinted
  return relation ? { ...looking, ...withRelation(relation, looking) } : looking
}

export function optimiserOf({ learningRate, weightDecay }: Training) {
  return { learningRate, weightDecay, schedule: 'cosine' } as const
}
