/** Distillation proper: soft targets, and whatever labels there are, become a student. */
import type { Augmentation } from '#engine/augment.ts'
import type { BatchData } from '#engine/batch.ts'
import { UNLABELLED, oneHot } from '#engine/data/dataset.ts'
import type { Task } from '#engine/data/schema.ts'
import { initialise, type Network } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
import { withoutRegressor, withRegressor } from '#engine/regressor.ts'
import type { Runtime } from '#engine/session/index.ts'
import type { NetworkSpec } from '#engine/spec.ts'
import { train, type TrainingJob, type TrainingProgress, type TrainingResult } from '#engine/train.ts'
import type { TrainingState } from '#engine/training-state.ts'
import { withAttention, type AttentionLesson } from './attention-lesson.ts'
import { gaussianDistillation } from './losses/gaussian-distillation.ts'
import { HINT_WIDTH, withHint, type HintLesson } from './hint-lesson.ts'
import { withLearntTemperature } from './learnt-temperature.ts'
import { attentionOf } from './losses/imitation.ts'
import { numberLosses, type NumberLoss } from './losses/number-losses.ts'
import { multilabelLoss, teachesClasses, teachesNumbers, type LossName } from './losses/registry.ts'
import { withRelation, type RelationLesson } from './relation-lesson.ts'
import { teachingLoss, type PreparedLoss } from './losses/teaching-loss.ts'
import { isLearnt, type Path, type TemperatureSchedule } from './schedules.ts'

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
  /** rows x classes or labels, softened at `temperature` already; or rows x 2, mean and variance. */
  readonly targets: Float32Array
  /** classify unless said. */
  readonly task?: Task
  /** Class indices, `UNLABELLED` where unknown; without them alpha counts as 1. */
  readonly labels?: Int32Array
  /** A number >= 0 a row, in nats, for losses that read it: how far teachers are from agreeing. */
  readonly disagreement?: Float32Array
  /** Standardised numbers, NaN where unknown; likewise. */
  readonly values?: Float32Array
  /** rows x labels: 1 yes, -1 no, 0 unknown; likewise. */
  readonly marks?: Float32Array
  readonly temperature: number
  readonly alpha: number
  /** "kd" unless told; several labels have one loss. */
  readonly loss?: LossName
  readonly temperatureSchedule?: TemperatureSchedule | undefined
  readonly alphaSchedule?: Path | undefined
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
  const { known, ...taught } = lessons[job.task ?? 'classify'](job)
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

/** What is known of the rows besides the targets, and the loss that reads both. */
interface TaskLesson extends Pick<PreparedLoss, 'loss'>, Partial<Pick<PreparedLoss, 'stepNumbers'>> {
  readonly known: BatchData
}

function categoricalLesson(job: Distillation): TaskLesson {
  const { targets, temperature, temperatureSchedule, disagreement } = job
  const classes = job.student.outputs
  const labels = job.labels?.some((label) => label !== UNLABELLED) ? job.labels : undefined
  const { loss: name = 'kd' } = job
  if (!teachesClasses(name)) throw new TypeError(`internal: ${name} teaches no classes`)
  const { loss, stepNumbers, reads } = teachingLoss({
    name,
    temperature,
    temperatureSchedule,
    alpha: labels ? job.alpha : 1,
    alphaSchedule: labels && job.alphaSchedule,
  })
  const wide = (of: Int32Array) => ({ data: oneHot(of, classes), width: classes })
  const known = {
    ...(labels && reads.has('labels') && { labels: wide(labels) }),
    ...(disagreement && reads.has('disagreement') && { disagreement: { data: disagreement, width: 1 } }),
    ...(reads.has('winners') && { winners: wide(winnersOf(targets, classes, labels)) }),
  }
  return { known, loss, stepNumbers }
}

/** Each label is taught by itself, by what is known of it. */
function multilabelLesson(job: Distillation): TaskLesson {
  const { temperature, temperatureSchedule, student } = job
  const marks = job.marks?.some((mark) => mark !== 0) ? job.marks : undefined
  const { loss, stepNumbers, reads } = teachingLoss({
    name: multilabelLoss,
    temperature,
    temperatureSchedule,
    alpha: marks ? job.alpha : 1,
    alphaSchedule: marks && job.alphaSchedule,
  })
  const known = marks && reads.has('labels') ? { labels: { data: marks, width: student.outputs } } : {}
  return { known, loss, stepNumbers }
}

/** A number has neither temperature nor schedules. */
function gaussianLesson({ targets, loss: name = 'kd', ...job }: Distillation): TaskLesson {
  if (!teachesNumbers(name)) throw new TypeError(`internal: ${name} teaches no numbers`)
  const values = job.values?.some((value) => !Number.isNaN(value)) ? job.values : undefined
  const alpha = values ? job.alpha : 1
  const { means }: NumberLoss = numberLosses[name]
  const reads = alpha < 1 || means !== undefined
  const known = values && reads ? { values: { data: withKnown(values, targets), width: 3 } } : {}
  return { known, loss: gaussianDistillation(alpha, name) }
}

/** rows x 3: the value, 1, and how far the teachers are believed there; or three times 0 where it is not known. */
function withKnown(values: Float32Array, targets: Float32Array): Float32Array {
  const known = [...values.keys()].filter((row) => !Number.isNaN(values[row]))
  const attention = attentionOf(
    known.map((row) => ((values[row] as number) - (targets[2 * row] as number)) ** 2),
  )
  const triples = new Float32Array(3 * values.length)
  known.forEach((row, at) => triples.set([values[row] as number, 1, attention[at] as number], 3 * row))
  return triples
}

const lessons = {
  classify: categoricalLesson,
  regress: gaussianLesson,
  multilabel: multilabelLesson,
} as const satisfies Record<Task, (job: Distillation) => TaskLesson>

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
