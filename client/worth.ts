/** What the federation is worth to this site: its own teacher beside the released student, on its own rows. */
import type { Dataset } from '#engine/data/dataset.ts'
import { openOnnxModel } from '#engine/export/onnx.ts'
import type { Runtime } from '#engine/session/index.ts'
import { accuracy } from '#distill/metrics.ts'
import type { Teacher } from './teacher/teacher.ts'

export interface Worth {
  /** Rows of the site that trained neither. */
  readonly rows: number
  /** Accuracies, 0 to 1. */
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
  const { inputs, rows, labels, classes } = validation
  if (!labels || rows === 0) return undefined
  const student = await openOnnxModel(runtime, studentOnnx)
  try {
    const on = (logits: Float32Array) => accuracy(logits, labels, classes.length)
    return {
      rows,
      teacher: on(await teacher.logits(inputs, rows)),
      student: on(await student.logits(inputs, rows)),
    }
  } finally {
    await student.release()
  }
}

/** In the words of the site's log. */
export const worthText = ({ rows, teacher, student }: Worth): string =>
  `on ${rows} rows of this site that trained nobody, its teacher is right on ${percent(teacher)} and the student on ${percent(student)}`

const percent = (fraction: number): string => `${(100 * fraction).toFixed(1)} %`
