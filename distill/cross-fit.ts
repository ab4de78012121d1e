/**
 * How well a way of teaching works, measured on public labels that teach nobody in the measurement: labelled items
 * are halved, each half is held back from a student that learns everything else, and that student is asked about it.
 * So each label is used once, and no student is asked about an item it was taught.
 */
import { knownRows, subset, type Dataset } from '#engine/data/dataset.ts'
import { rowsOfMatrix } from '#engine/data/matrix.ts'
import { predictLogits } from '#engine/infer.ts'
import { seededRandom } from '#engine/random.ts'
import type { Runtime } from '#engine/session/index.ts'
import { distil, type Distillation, type Training } from './distil.ts'
import { headOf } from './heads.ts'
import type { Measured } from './measured.ts'

type Taught = 'student' | 'targets' | 'loss' | 'temperature' | 'alpha' | 'seed' | 'signal'
type Scheduled = 'temperatureSchedule' | 'alphaSchedule' | 'disagreement'

export interface CrossFit extends Pick<Distillation, Taught | Scheduled> {
  /** What the targets are about. */
  readonly items: Dataset
  /** Those to measure on, as `validationRows` draws them. */
  readonly measured: Int32Array
  /** Whether students also learn from the labels or values of the items that they are not measured on. */
  readonly labelsTeach: boolean
  /** How a student learns from so many items. */
  readonly training: (rows: number) => Training
}

/** Fewer labelled items than this say nothing. */
export const LEAST_VALIDATION = 20

/** Items with a label or value, of which as many as wanted are drawn. */
export function validationRows(items: Dataset, most: number, seed: number | string): Int32Array {
  return seededRandom(seed).fork('validation items').shuffle(knownRows(items)).subarray(0, most)
}

/** What the student that was not taught these items gives for them, rows x outputs. */
export interface HeldBack {
  readonly rows: Int32Array
  readonly raw: Float32Array
}

/** The two halves, in the order of `measured`. Rejects as `distil` does. */
export async function answersByHalf(runtime: Runtime, job: CrossFit): Promise<HeldBack[]> {
  const { measured } = job
  const half = Math.ceil(measured.length / 2)
  const halves = [measured.subarray(0, half), measured.subarray(half)].filter((rows) => rows.length > 0)
  const answers: HeldBack[] = []
  for (const rows of halves) answers.push({ rows, raw: await rawFor(runtime, job, rows) })
  return answers
}

/** What both students together get right. Rejects as `distil` does. */
export async function crossFit(runtime: Runtime, job: CrossFit): Promise<Measured> {
  const { items, measured } = job
  const halves = await answersByHalf(runtime, job)
  const head = headOf(items)
  const raw = Float32Array.from(halves.flatMap((half) => [...half.raw]))
  return head.measure(head.predict(raw), subset(items, measured))
}

/** Teaches a student all items but those of the fold, and asks it about these. */
async function rawFor(runtime: Runtime, job: CrossFit, fold: Int32Array): Promise<Float32Array> {
  const { items, labelsTeach, targets, training } = job
  const held = new Set(fold)
  const taught = Int32Array.from({ length: items.rows }, (_, row) => row).filter((row) => !held.has(row))
  const { inputs, rows, labels, values } = subset(items, taught)
  const { network } = await distil(runtime, {
    ...job,
    task: headOf(items).task,
    rows,
    inputs,
    targets: rowsOfMatrix(targets, job.student.outputs, taught),
    ...(job.disagreement && { disagreement: rowsOfMatrix(job.disagreement, 1, taught) }),
    ...(labelsTeach && labels && { labels }),
    ...(labelsTeach && values && { values }),
    training: training(rows),
  })
  const asked = subset(items, fold)
  return predictLogits(runtime, network, asked.inputs, asked.rows)
}
