/**
 * The arms that only a simulation can measure: every lone teacher, their ensemble, and one model of all
 * sites' rows together, on the same hold-out as the student. A real coordinator never holds what this needs.
 */
import { createSideInputs, shareValues } from '#client/share-values.ts'
import type { Comparison, ComparisonArms } from '#coordinator/evaluation.ts'
import { evaluate, type Predictions } from '#distill/metrics.ts'
import { combine, kindsFor } from '#distill/rules.ts'
import { sharePartsOf } from '#distill/shares.ts'
import { trainTeacher, type TeacherJob } from '#distill/teach.ts'
import { concatenate, type Dataset } from '#engine/data/dataset.ts'
import { ruleOf } from '#federation/state.ts'
import { predictLogits, softmaxRows } from '#engine/infer.ts'
import type { Runtime } from '#engine/session/index.ts'

export interface ComparedSite {
  readonly site: string
  /** Raw predictions of the site's teacher, rows x classes. */
  readonly logits: (inputs: Float32Array, rows: number) => Promise<Float32Array>
  /** Of each sub-teacher, where the site sums what they answer. */
  readonly memberLogits?: (inputs: Float32Array, rows: number) => Promise<readonly Float32Array[]>
  /** The rows the teacher learnt from. */
  readonly training: Dataset
  /** Rows of the site that trained nobody, to measure the student on. */
  readonly heldOut?: Dataset
  readonly teacherSeconds: number
  readonly readyAtMs: number
}

export interface ComparisonOptions {
  /** Asked once the run is evaluated, when every teacher is ready. */
  readonly sites: (runtime: Runtime) => Promise<readonly ComparedSite[]>
  /** How a model of all sites' rows is trained. */
  readonly pooled: (dataset: Dataset) => Pick<TeacherJob, 'spec' | 'training'>
  readonly seed: number
}

export function createComparison(options: ComparisonOptions): ComparisonArms {
  return async ({ run, student, holdout, transfer, schema, runtime, signal }): Promise<Comparison> => {
    const compared = await options.sites(runtime)
    const classes = student.spec.outputs
    const labels = holdout.labels ?? new Int32Array(holdout.rows)
    const measure = (logits: Float32Array) => evaluate(predictionsOf(logits, classes), labels)

    const rule = ruleOf(run, run.round) ?? 'mean-probability'
    const question = { kind: kindsFor([rule]), rows: holdout.rows, classes, temperature: 1 }
    const parts = sharePartsOf(question)
    const sum = new Float64Array(parts.reduce((total, { length }) => total + length, 0))
    const teachers: Comparison['teachers'][number][] = []
    let voices = 0
    for (const { site, logits, memberLogits, training } of compared) {
      const { inputs, rows } = holdout
      const answered = await logits(inputs, rows)
      teachers.push({ site, metrics: measure(answered) })
      const side = await createSideInputs(runtime, training, schema)(parts, { inputs, rows, transfer })
      for (const voice of memberLogits ? await memberLogits(inputs, rows) : [answered]) {
        shareValues(parts, { ...question, logits: voice }, side).forEach(
          (value, index) => (sum[index] = (sum[index] ?? 0) + value),
        )
        voices++
      }
    }
    const probabilities = combine(rule, { ...question, sum, sites: voices })

    const bySite: NonNullable<Comparison['bySite']>[number][] = []
    for (const { site, heldOut, logits } of compared) {
      if (!heldOut?.labels || heldOut.rows === 0) continue
      const { inputs, rows, labels: own } = heldOut
      const on = (answers: Float32Array) => evaluate(predictionsOf(answers, classes), own)
      const metrics = on(await predictLogits(runtime, student, inputs, rows))
      bySite.push({ site, metrics, teacher: on(await logits(inputs, rows)) })
    }
    return {
      teachers,
      ensemble: evaluate({ rows: holdout.rows, classes, probabilities }, labels),
      pooled: measure(await pooledLogits(runtime, compared, holdout, options, signal)),
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
  { pooled, seed }: ComparisonOptions,
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

function predictionsOf(logits: Float32Array, classes: number): Predictions {
  return { rows: logits.length / classes, classes, probabilities: softmaxRows(logits, classes) }
}
