/**
 * The arms that only a simulation can measure: every lone teacher, their ensemble, and one model of all
 * sites' rows together, on the same hold-out as the student. A real coordinator never holds what this needs.
 */
import { shareValues, type SideInputs } from '#client/share-values.ts'
import type { Teacher } from '#client/teacher/teacher.ts'
import type { Comparison, ComparisonArms } from '#coordinator/evaluation.ts'
import { headOf } from '#distill/heads.ts'
import { fitted, fitToRows } from '#distill/fit-to-site.ts'
import { meanUncertainty, uncertaintyOfTeachers } from '#distill/uncertainty.ts'
import { combineHeads, kindsFor, usualRule } from '#distill/rules.ts'
import { joinHeads, sharePartsOf } from '#distill/shares.ts'
import { trainTeacher, type TeacherJob } from '#distill/teach.ts'
import { concatenate, type Dataset } from '#engine/data/dataset.ts'
import { headWidths, rulesOf } from '#federation/plan.ts'
import { ruleOf } from '#federation/state.ts'
import { oneTask } from '#engine/data/target.ts'
import { predictLogits } from '#engine/infer.ts'
import type { Runtime } from '#engine/session/index.ts'

export interface ComparedSite {
  readonly site: string
  readonly teacher: Pick<Teacher, 'logits' | 'memberLogits'>
  readonly sideInputs: SideInputs
  /** The rows the teacher learnt from. */
  readonly training: Dataset
  /** Rows of the site that trained nobody, to measure the student on. */
  readonly heldOut?: Dataset
  readonly teacherSeconds: number
  readonly readyAtMs: number
}

export interface ComparisonOptions {
  /** Asked once the run is evaluated, when every teacher is ready. */
  readonly sites: (runtime: Runtime) => readonly ComparedSite[] | Promise<readonly ComparedSite[]>
  /** How a model of all sites' rows is trained, where there is to be one. */
  readonly pooled?: (dataset: Dataset) => Pick<TeacherJob, 'spec' | 'training'>
  readonly seed: number
}

export function createComparison(options: ComparisonOptions): ComparisonArms {
  return async ({ run, student, holdout, transfer, runtime, signal }): Promise<Comparison> => {
    const compared = await options.sites(runtime)
    const classes = student.spec.outputs
    const head = headOf(holdout)
    const measure = (raw: Float32Array, of = holdout) => head.measure(head.predict(raw), of)

    const rule = ruleOf(run, run.round)
    const rules = rule === 'by-target' ? rulesOf(run.plan) : [rule ?? usualRule[oneTask(head.task)]]
    const heads = headWidths(run.plan)
    const question = {
      kind: joinHeads(rules.map((each) => kindsFor([each]))),
      rows: holdout.rows,
      classes,
      ...(heads.length > 0 && { heads }),
      temperature: 1,
    }
    const parts = sharePartsOf(question)
    const sum = new Float64Array(parts.reduce((total, { length }) => total + length, 0))
    const teachers: Comparison['teachers'][number][] = []
    const predictions: Float32Array[] = []
    let voices = 0
    for (const { site, teacher, sideInputs } of compared) {
      const { inputs, rows } = holdout
      const answered = await teacher.logits(inputs, rows)
      teachers.push({ site, metrics: measure(answered) })
      if (head.task === 'classify') predictions.push(head.predict(answered))
      const { hash: transferHash } = run.plan.transfer
      const sides = await sideInputs(parts, { inputs, rows, transfer, transferHash })
      for (const voice of (await teacher.memberLogits?.(inputs, rows)) ?? [answered]) {
        shareValues(parts, { ...question, logits: voice }, sides).forEach(
          (value, index) => (sum[index] = (sum[index] ?? 0) + value),
        )
        voices++
      }
    }
    const targets = combineHeads(rules, { ...question, sum, sites: voices })

    const bySite: NonNullable<Comparison['bySite']>[number][] = []
    const asked = {
      logits: (inputs: Float32Array, rows: number) => predictLogits(runtime, student, inputs, rows),
    }
    for (const { site, heldOut, teacher, training } of compared) {
      if (!heldOut || heldOut.rows === 0) continue
      const { inputs, rows } = heldOut
      const logits = await asked.logits(inputs, rows)
      const fit = head.task === 'classify' && (await fitToRows(training, asked))
      bySite.push({
        site,
        metrics: measure(logits, heldOut),
        teacher: measure(await teacher.logits(inputs, rows), heldOut),
        ...(fit && { fitted: measure(fitted(logits, fit), heldOut) }),
      })
    }
    const pooled =
      options.pooled &&
      measure(await pooledLogits(runtime, compared, holdout, { ...options, pooled: options.pooled }, signal))
    return {
      teachers,
      ensemble: {
        ...head.measure(targets, holdout),
        ...(predictions.length > 0 && meanUncertainty(uncertaintyOfTeachers(predictions, classes))),
      },
      ...(pooled && { pooled }),
      ...(bySite.length > 0 && { bySite }),
      teacherSeconds: Math.max(0, ...compared.map(({ teacherSeconds }) => teacherSeconds)),
      teachersReadyAtMs: Math.max(0, ...compared.map(({ readyAtMs }) => readyAtMs)),
    }
  }
}

async function pooledLogits(
  runtime: Runtime,
  sites: readonly ComparedSite[],
  holdout: Dataset,
  { pooled, seed }: Required<Pick<ComparisonOptions, 'pooled' | 'seed'>>,
  signal: AbortSignal,
): Promise<Float32Array> {
  const [first, ...rest] = sites.map(({ training }) => training)
  if (!first) throw new RangeError('a comparison needs at least one site')
  const dataset = concatenate([first, ...rest])
  const { network } = await trainTeacher(runtime, {
    ...pooled(dataset),
    dataset,
    seed: `${seed}/pooled`,
    signal,
  })
  return predictLogits(runtime, network, holdout.inputs, holdout.rows)
}
