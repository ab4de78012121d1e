/** What one target is taught by: the loss, and what of labels and values it reads beside the teachers' answers. */
import type { BatchData } from '#engine/batch.ts'
import { UNLABELLED, oneHot, type Targets } from '#engine/data/dataset.ts'
import type { OneTask } from '#engine/data/target.ts'
import { gaussianDistillation } from './losses/gaussian-distillation.ts'
import { attentionOf } from './losses/imitation.ts'
import { numberLosses, type NumberLoss } from './losses/number-losses.ts'
import { multilabelLoss, teachesClasses, teachesNumbers, type LossName } from './losses/registry.ts'
import { teachingLoss, type PreparedLoss } from './losses/teaching-loss.ts'
import type { Path, TemperatureSchedule } from './schedules.ts'

/** What a student is taught of one target. */
export interface Teaching extends Pick<Targets, 'labels' | 'values' | 'marks'> {
  /** rows x classes or labels, softened at `temperature` already; or rows x 2, mean and variance. */
  readonly targets: Float32Array
  /** A number >= 0 a row, in nats, for losses that read it: how far teachers are from agreeing. */
  readonly disagreement?: Float32Array
  readonly temperature: number
  /** Weight of the soft part, in [0, 1]; counts as 1 where no label, value or mark is known. */
  readonly alpha: number
  /** "kd" unless told; several labels have one loss. */
  readonly loss?: LossName
  readonly temperatureSchedule?: TemperatureSchedule | undefined
  readonly alphaSchedule?: Path | undefined
}

export interface TaskJob extends Teaching {
  readonly task: OneTask
  /** What the student gives for it. */
  readonly outputs: number
}

/** What is known of the rows besides the targets, and the loss that reads both. */
export interface TaskLesson extends Pick<PreparedLoss, 'loss'>, Partial<Pick<PreparedLoss, 'stepNumbers'>> {
  readonly known: BatchData
}

function categoricalLesson(job: TaskJob): TaskLesson {
  const { targets, temperature, temperatureSchedule, disagreement } = job
  const classes = job.outputs
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
function multilabelLesson(job: TaskJob): TaskLesson {
  const { temperature, temperatureSchedule, outputs } = job
  const marks = job.marks?.some((mark) => mark !== 0) ? job.marks : undefined
  const { loss, stepNumbers, reads } = teachingLoss({
    name: multilabelLoss,
    temperature,
    temperatureSchedule,
    alpha: marks ? job.alpha : 1,
    alphaSchedule: marks && job.alphaSchedule,
  })
  const known = marks && reads.has('labels') ? { labels: { data: marks, width: outputs } } : {}
  return { known, loss, stepNumbers }
}

/** A number has neither temperature nor schedules. */
function gaussianLesson({ targets, loss: name = 'kd', ...job }: TaskJob): TaskLesson {
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
} as const satisfies Record<OneTask, (job: TaskJob) => TaskLesson>

/** What a head with one target learns from. */
export const taskLesson = (job: TaskJob): TaskLesson => lessons[job.task](job)

/** Each row's label or, where there is none, the class that teachers find likeliest, the first of equals. */
function winnersOf(targets: Float32Array, classes: number, labels?: Int32Array): Int32Array {
  return Int32Array.from({ length: targets.length / classes }, (_, row) => {
    const label = labels?.[row] ?? UNLABELLED
    if (label !== UNLABELLED) return label
    const probabilities = targets.subarray(row * classes, (row + 1) * classes)
    return probabilities.indexOf(Math.max(...probabilities))
  })
}
