/** What the federation is worth to this site: its own teacher beside the released student, on its own rows. */
import type { Dataset } from '#engine/data/dataset.ts'
import { openOnnxModel } from '#engine/export/onnx.ts'
import type { Runtime } from '#engine/session/index.ts'
import { headOf } from '#distill/heads.ts'
import type { Teacher } from './teacher/teacher.ts'

export interface Worth {
  /** Rows of the site that trained neither. */
  readonly rows: number
  /** What both figures are: accuracies, 0 to 1, of labels their mean, or root mean squared errors in the number's own unit. */
  readonly metric: 'accuracy' | 'rmse'
  readonly teacher: number
  readonly student: number
}

export interface WorthParts {
  readonly runtime: Runtime
  readonly teacher: Pick<Teacher, 'logits'>
  readonly validation: Dataset
}

/** Undefined where the site keeps no labelled rows to measure on. What comes of it stays at the site. */
export async function worthOf(
  { runtime, teacher, validation }: WorthParts,
  studentOnnx: Uint8Array,
): Promise<Worth | undefined> {
  const { inputs, rows, labels, values, marks } = validation
  if (!(labels ?? values ?? marks) || rows === 0) return undefined
  const head = headOf(validation)
  const metric = head.task === 'regress' ? 'rmse' : 'accuracy'
  const student = await openOnnxModel(runtime, studentOnnx, head.squashing)
  try {
    const on = (raw: Float32Array) => head.measure(head.predict(raw), validation)[metric] ?? 0
    return {
      rows,
      metric,
      teacher: on(await teacher.logits(inputs, rows)),
      student: on(await student.logits(inputs, rows)),
    }
  } finally {
    await student.release()
  }
}

/** In the words of the site's log. */
export function worthText({ rows, metric, teacher, student }: Worth): string {
  const where = `on ${rows} rows of this site that trained nobody, its teacher`
  return metric === 'rmse'
    ? `${where} errs by ${figure(teacher)} and the student by ${figure(student)} (root mean square)`
    : `${where} is right on ${percent(teacher)} and the student on ${percent(student)}`
}

const figure = (value: number): string => String(Number(value.toPrecision(4)))

const percent = (fraction: number): string => `${(100 * fraction).toFixed(1)} %`
