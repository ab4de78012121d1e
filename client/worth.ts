/**
 * What the federation is worth to this site: on its own rows its own teacher, the released student, and that student
 * once it is fitted to the site's rows.
 */
import { knownRows, subset, type Dataset } from '#engine/data/dataset.ts'
import { oneTask } from '#engine/data/target.ts'
import { openOnnxModel } from '#engine/export/onnx.ts'
import type { Runtime } from '#engine/session/index.ts'
import { fitted, fitToRows } from '#distill/fit-to-site.ts'
import { headOf } from '#distill/heads.ts'
import type { HeadMeasured } from '#distill/measured.ts'
import type { Teacher } from './teacher/teacher.ts'

/** Of one target. */
export interface Worth {
  /** Its name, where there are several. */
  readonly target?: string
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

/** For each target of which the site keeps rows to measure on. What comes of it stays at the site. */
export async function worthOf(
  { runtime, teacher, training, validation }: WorthParts,
  studentOnnx: Uint8Array,
): Promise<Worth[]> {
  const known = subset(validation, knownRows(validation))
  if (known.rows === 0) return []
  const { inputs, rows } = known
  const head = headOf(known)
  const student = await openOnnxModel(runtime, studentOnnx, head.squashing)
  try {
    const logits = await student.logits(inputs, rows)
    const fit = head.task === 'classify' && (await fitToRows(training, student))
    const measured = (raw: Float32Array): readonly HeadMeasured[] => {
      const metrics = head.measure(head.predict(raw), known)
      return metrics.heads ?? [{ name: '', task: oneTask(head.task), classes: known.classes, metrics }]
    }
    const [ofTeacher, ofStudent] = [measured(await teacher.logits(inputs, rows)), measured(logits)]
    const ofFitted = fit ? measured(fitted(logits, fit)) : []
    return ofStudent.flatMap(({ name, task, metrics }, at) => {
      const metric = task === 'regress' ? 'rmse' : 'accuracy'
      const of = (all: readonly HeadMeasured[]) => all[at]?.metrics[metric] ?? 0
      const one = { rows: metrics.rows, metric, teacher: of(ofTeacher), student: of(ofStudent) } as const
      if (metrics.rows === 0) return []
      return [{ ...(name !== '' && { target: name }), ...one, ...(fit && { fitted: of(ofFitted) }) }]
    })
  } finally {
    await student.release()
  }
}

/** In the words of the site's log. */
export function worthText({ target, rows, metric, teacher, student, fitted }: Worth): string {
  const what = target === undefined ? '' : `${target}: `
  const where = `${what}on ${rows} rows of this site that trained nobody, its teacher`
  if (metric === 'rmse')
    return `${where} errs by ${figure(teacher)} and the student by ${figure(student)} (root mean square)`
  const [own, everyones] = [`${where} is right on ${percent(teacher)}`, `the student on ${percent(student)}`]
  return fitted === undefined
    ? `${own} and ${everyones}`
    : `${own}, ${everyones}, and the student fitted to this site on ${percent(fitted)}`
}

const figure = (value: number): string => String(Number(value.toPrecision(4)))

const percent = (fraction: number): string => `${(100 * fraction).toFixed(1)} %`
