/**
 * Measuring the finished student, and writing the run's report.
 *
 * A coordinator can honestly measure three things: its student on the labelled hold-out, its student on the
 * sites' own rows through one sum of counts, and a student of the same shape that never met a teacher. Lone
 * teachers, their ensemble and a pooled model need every site's data in one place; only a simulation has
 * that, and hands those arms in.
 */
import { parameterCount } from '#engine/layout.ts'
import { decodeNetwork } from '#engine/checkpoint.ts'
import { datasetViews, knownRows, subset, type Dataset } from '#engine/data/dataset.ts'
import type { FeatureSchema } from '#engine/data/schema.ts'
import { predictLogits } from '#engine/infer.ts'
import type { Network } from '#engine/network.ts'
import type { Runtime } from '#engine/session/index.ts'
import { distil } from '#distill/distil.ts'
import { headOf } from '#distill/heads.ts'
import { leadingMetric } from '#distill/measured.ts'
import { meanUncertainty, uncertaintyOfStudent } from '#distill/uncertainty.ts'
import { reportRows } from '#distill/report-rows.ts'
import { assembleReport, type ReportHead, type SeedResult } from '#distill/assemble-report.ts'
import { reportSchema, type Report } from '#distill/report.ts'
import { specText } from '#distill/spec-text.ts'
import { shownSettings } from '#distill/trials.ts'
import { headsText, lossOf, lossText } from '#federation/plan.ts'
import type { Blobs, Clock } from '#federation/ports.ts'
import { questionOf, type FederationState, type Question, type Run } from '#federation/state.ts'
import { privacyStatement } from '#federation/privacy-plan.ts'
import { bestTrial } from '#federation/tuning.ts'
import { decodeManifest } from '#proto/manifest.ts'
import type { ArmView } from '#proto/snapshot.ts'
import type { PublicData } from './datasets.ts'
import { federatedMetrics } from './federated-metrics.ts'
import { teachingSet } from './teaching.ts'

/** What weight averaging is charged with in the comparison of bytes; a low number flatters it. */
export const FED_AVG_ROUNDS = 10

export type Comparison = Pick<SeedResult, 'ensemble' | 'pooled' | 'teachers' | 'bySite'> & {
  /** Longest time any site spent on its teacher. */
  readonly teacherSeconds: number
  /** When the last teacher was ready: what came before was not spent on answering. */
  readonly teachersReadyAtMs: number
}

/** Measures on the hold-out what only someone with all the data can. */
export type ComparisonArms = (context: {
  readonly run: Run
  readonly student: Network
  readonly holdout: Dataset
  readonly transfer: Dataset
  readonly schema: FeatureSchema
  readonly runtime: Runtime
  readonly signal: AbortSignal
}) => Promise<Comparison>

export interface EvaluationParts {
  readonly blobs: Blobs
  readonly runtime: Runtime
  readonly clock: Clock
  readonly comparison?: ComparisonArms
  readonly labelsAlone?: boolean | undefined
}

type Rows = Pick<Dataset, 'inputs' | 'rows'>

/** Stores the report and returns its hash. */
export async function evaluateRun(
  { blobs, runtime, clock, comparison, labelsAlone = true }: EvaluationParts,
  state: FederationState,
  run: Run,
  data: PublicData,
  signal: AbortSignal,
): Promise<string> {
  const began = clock()
  const { schema, transfer, holdout } = data
  const { plan } = run
  const student = decodeNetwork(await blobs.get(run.student?.networkHash ?? ''))
  const head = headOf(transfer)
  const predict = async (network: Network, data: Rows, temperature?: number): Promise<Float32Array> =>
    head.predict(await predictLogits(runtime, network, data.inputs, data.rows), temperature)

  const teaching = await teachingSet(blobs, state, run, plan.rounds - 1, data)
  // The targets are soft, so the student is compared as it was taught: at the plan's temperature.
  const followed = head.fidelity(await predict(student, teaching, plan.temperature), teaching.targets)
  const federated = await federatedMetrics(blobs, questionOf(state, run, 'evaluate', run.round), transfer)
  const onHoldout = holdout && head.measure(await predict(student, holdout), holdout)
  const unsure =
    holdout && lossOf(plan) === 'dirichlet'
      ? uncertaintyOfStudent(
          await predictLogits(runtime, student, holdout.inputs, holdout.rows),
          student.spec.outputs,
        )
      : undefined
  const measured = onHoldout ?? federated ?? head.measure(new Float32Array(), subset(transfer, []))

  const lone = holdout && labelsAlone && (await publicLabelsAlone(runtime, run, transfer, signal))
  const compared =
    holdout && comparison && (await comparison({ run, student, holdout, transfer, schema, runtime, signal }))
  const { teacherSeconds = 0, teachersReadyAtMs = 0, ...arms } = compared ?? { teachers: [] }
  const result: SeedResult = {
    seed: plan.seed,
    student: { ...measured, ...followed, ...(unsure && meanUncertainty(unsure)) },
    ...(lone && { noDistillation: head.measure(await predict(lone, holdout), holdout) }),
    ...(run.selection && { selection: selectionOf(run.selection) }),
    ...(plan.tuning && { trials: trialsOf(run) }),
    ...(federated && { federated }),
    ...arms,
    ...(plan.margin !== undefined && { undecided: teaching.undecided }),
    bytes: await bytesOf(blobs, state, run),
    seconds: {
      teachers: teacherSeconds,
      answers: secondsOfAnswering(state, run, teachersReadyAtMs),
      distil: run.student?.seconds ?? 0,
      evaluate: secondsBetween(began, clock()),
      total: secondsBetween(run.startedAt, clock()),
    },
  }
  const about = {
    task: head.task,
    rule: headsText(plan, 'rule') ?? plan.rule,
    loss: lossText(plan),
    ...(plan.heads && {
      heads: plan.heads.map(({ name, rule, loss, weight }) => ({ name, rule, loss, weight })),
    }),
    temperature: plan.temperature,
    alpha: plan.alpha,
    student: specText(plan.student),
    classes: [...transfer.classes],
    privacy: privacyStatement(plan),
    ...(plan.notes && { notes: plan.notes }),
  } satisfies ReportHead
  return blobs.put(new TextEncoder().encode(JSON.stringify(assembleReport(about, [result]))))
}

/** The dashboard's table of a stored report; of several targets, the figure that leads each, and what is said of all. */
export function armsOfReport(bytes: Uint8Array): ArmView[] {
  return reportRows(parseReport(bytes)).map(({ kind, name, metrics, heads = [] }) => {
    const leading = heads.map((head): [string, number | null] => {
      const { name: metric } = leadingMetric[head.task]
      return [`${head.name} ${metric}`, head.metrics[metric]?.mean ?? null]
    })
    const common = Object.entries(metrics).map(([metric, { mean }]): [string, number | null] => [
      metric,
      mean,
    ])
    return {
      kind: kind === 'teachers' ? 'teacher' : kind,
      name,
      metrics: Object.fromEntries([...leading, ...common]),
    }
  })
}

export function parseReport(bytes: Uint8Array): Report {
  return reportSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))
}

const selectionOf = ({
  rule,
  by,
  scores,
}: NonNullable<Run['selection']>): NonNullable<SeedResult['selection']> =>
  scores.map((score) => ({ ...score, ...(by && { by }), chosen: score.rule === rule }))

function trialsOf(run: Run): NonNullable<SeedResult['trials']> {
  const best = bestTrial(run)?.trial
  return run.trials.map(({ trial, settings, score, seconds }) => ({
    seed: run.plan.seed,
    settings: shownSettings(settings),
    ...(score && { score }),
    seconds,
    chosen: trial === best,
  }))
}

/** A student of the same shape on the labelled transfer rows, or nothing where they say nothing of a target. */
async function publicLabelsAlone(
  runtime: Runtime,
  { plan }: Run,
  transfer: Dataset,
  signal: AbortSignal,
): Promise<Network | undefined> {
  if (datasetViews(transfer).some((view) => knownRows(view).length === 0)) return undefined
  const { inputs, rows, labels, values, marks, heads } = subset(transfer, knownRows(transfer))
  const { network } = await distil(runtime, {
    student: plan.student,
    task: headOf(transfer).task,
    inputs,
    rows,
    // Of no weight beside the labels.
    targets: new Float32Array(rows * plan.student.outputs).fill(1 / plan.student.outputs),
    ...(labels && { labels }),
    ...(values && { values }),
    ...(marks && { marks }),
    ...(heads && { heads }),
    headLessons: plan.heads?.map((head) => ({ ...head, alpha: 0 })),
    temperature: 1,
    alpha: 0,
    training: plan.training,
    seed: `${plan.seed}/no-distillation`,
    signal,
  })
  return network
}

/** From the journal, so that it is the same after a restart: answers as received; manifests, data and student as fetched. */
async function bytesOf(blobs: Blobs, state: FederationState, run: Run): Promise<Report['bytes']> {
  const { plan } = run
  const questions = run.questions.flatMap((id) => state.questions[id] ?? [])
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const sites = plan.roster.length
  const said = (list: Readonly<Record<string, { bytes: number }>> = {}) =>
    sum(Object.values(list).map(({ bytes }) => bytes))
  const answers = sum(questions.map((question) => said(question.answers)))
  // What sites say to each other passes through the coordinator: shares to one site each, the rest to all.
  const steps = questions.map(({ steps: { keys, shares, signatures, unmasking } }) => ({
    up: said(keys) + said(shares) + said(signatures) + said(unmasking),
    down: said(keys) + said(shares) / sites + said(signatures),
  }))
  // What nobody was asked about, because an earlier sum was known, nobody fetched.
  const asked = (purpose: Question['purpose']) => questions.some((question) => question.purpose === purpose)
  const digests = questions.flatMap((question) => manifestOf(question).digest?.hash ?? [])
  const fetched = [
    plan.schemaHash,
    ...digests,
    ...(asked('teach') ? [plan.transfer.hash] : []),
    ...new Set(questions.flatMap((question) => manifestOf(question).studentHashes)),
  ]
  const sizes = await Promise.all(fetched.map(async (hash) => (await blobs.get(hash)).byteLength))
  const manifests = questions.map(({ manifest }) => Buffer.byteLength(manifest, 'base64'))
  return {
    upPerSite: Math.round((answers + sum(steps.map(({ up }) => up))) / sites),
    downPerSite: Math.round(sum(sizes) + sum(manifests) + sum(steps.map(({ down }) => down))),
    fedAvgUpPerSite: 4 * parameterCount(plan.student) * FED_AVG_ROUNDS,
    fedAvgRounds: FED_AVG_ROUNDS,
  }
}

/** From each question's opening, or from when all teachers were ready if that was later, to its closing. */
function secondsOfAnswering(state: FederationState, run: Run, readyAtMs: number): number {
  const spent = run.questions.map((id) => {
    const { openedAt = 0, closedAt = openedAt } = state.questions[id] ?? {}
    return Math.max(0, closedAt - Math.max(openedAt, readyAtMs)) / 1000
  })
  return spent.reduce((total, seconds) => total + seconds, 0)
}

/** Clocks are set back now and then. */
const secondsBetween = (from: number, to: number) => Math.max(0, to - from) / 1000

const manifestOf = ({ manifest }: Question) => decodeManifest(Buffer.from(manifest, 'base64'))
