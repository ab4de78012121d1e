/**
 * What the federation is worth to this site: on its own rows its own teacher, the released student, and that student
 * once it is fitted to the site's rows.
 */
import type { Dataset } from '#engine/data/dataset.ts'
import { openOnnxModel } from '#engine/export/onnx.ts'
import type { Runtime } from '#engine/session/index.ts'
import { fitted, fitToRows } from '#distill/fit-to-site.ts'
import { headOf } from '#distill/heads.ts'
import type { Teacher } from './teacher/teacher.ts'

export interface Worth {
  /** Rows of the site that trained none of them. */
  readonly rows: number
  /** What the figures are: accuracies, 0 to 1, of labels their mean, or root mean squared errors in the number's own unit. */
  readonly metric: 'accuracy' | 'rmse'
  readonly teacher: number
  readonly student: number
  /** Of classes alone. */
  readonly fitted?: number
}

export interface WorthParts {
  readonly runtime: Runtime
  readonly teacher: Pick<Teacher, 'logits'>
  /** What the student is fitted to. */
  readonly training: Dataset
  readonly validation: Dataset
}

/** Undefined where the site keeps no labelled rows to measure on. What comes of it stays at the site. */
export async function worthOf(
  { runtime, teacher, training, validation }: WorthParts,
  studentOnnx: Uint8Array,
): Promise<Worth | undefined> {
  const { inputs, rows, labels, values, marks } = validation
  if (!(labels ?? values ?? marks) || rows === 0) return undefined
  const head = headOf(validation)
  const metric = head.task === 'regress' ? 'rmse' : 'accuracy'
  const student = await openOnnxModel(runtime, studentOnnx, head.squashing)
  try {
    const on = (raw: Float32Array) => head.measure(head.predict(raw), validation)[metric] ?? 0
    const logits = await student.logits(inputs, rows)
    const fit = head.task === 'classify' && (await fitToRows(training, student))
    return {
      rows,
      metric,
      teacher: on(await teacher.logits(inputs, rows)),
      student: on(logits),
      ...(fit && { fitted: on(fitted(logits, fit)) }),
    }
  } finally {
    await student.release()
  }
}

/** In the words of the site's log. */
export function worthText({ rows, metric, teacher, student, fitted }: Worth): string {
  const where = `on ${rows} rows of this site that trained nobody, its teacher`
  if (metric === 'rmse')
    return `${where} errs by ${figure(teacher)} and the student by ${figure(student)} (root mean square)`
  const [own, everyones] = [`${where} is right on ${percent(teacher)}`, `the student on ${percent(student)}`]
  return fitted === undefined
    ? `${own} and ${everyones}`
    : `${own}, ${everyones}, and the student fitted to this site on ${percent(fitted)}`
}

const figure = (value: number): string => String(Number(value.toPrecision(4)))

const percent = (fraction: number): string => `${(100 * fraction).toFixed(1)} %`
