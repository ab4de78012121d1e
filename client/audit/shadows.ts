/**
 * Shadow models: networks like the teacher that never saw a row. Sub-teachers are shadows as they are, for each
 * row is known to one of them. For other teachers, networks are trained on random halves of the site's rows, side by
 * side in one graph, so that every row is unknown to about half of them.
 */
import { optimiserOf } from '#distill/distil.ts'
import { oneHot, subset, type Dataset } from '#engine/data/dataset.ts'
import { allRows, holdOut } from '#engine/data/split.ts'
import { trainEnsemble } from '#engine/ensemble.ts'
import { predictEnsemble } from '#engine/ensemble-predict.ts'
import { rowCrossEntropy } from '#engine/losses.ts'
import { initialise, type Network } from '#engine/network.ts'
import type { Random } from '#engine/random.ts'
import type { Runtime } from '#engine/session/index.ts'
import { logitConfidences, type Shadow } from '#privacy/audit/membership.ts'
import type { Teacher } from '../teacher/teacher.ts'
import type { TeacherPlan } from '../teacher/trained.ts'
import { partByUnit } from '../units.ts'
import type { Suspects } from './suspects.ts'

/** What is known about how a site's teacher came to be. */
export interface Making {
  readonly teacher: Teacher
  /** A network and a training like its own, where it has one; of the kind `mlp`. */
  readonly plan?: TeacherPlan
  /** Decides whose rows each sub-teacher has. */
  readonly unitKey: Uint8Array
}

export interface ShadowOptions {
  /** Networks to train, where the teacher has no sub-teachers; 16 to 64 are usual. */
  readonly shadows: number
  readonly seed: number | string
  readonly random: Random
  readonly signal?: AbortSignal
  readonly onProgress?: (doing: string, fraction: number) => void
}

/**
 * How sure each shadow is of each row; none for a teacher that came as a file. `read` makes probabilities of
 * logits, as the observer sees them. Rejects as `trainEnsemble` does.
 */
export async function shadowsOf(
  runtime: Runtime,
  { teacher, plan, unitKey }: Making,
  { dataset, trained }: Suspects,
  read: (logits: Float32Array) => Float64Array,
  options: ShadowOptions,
): Promise<Shadow[]> {
  const { labels = new Int32Array(), inputs, rows } = dataset
  const classes = dataset.classes.length
  const confidences = (logits: Float32Array) =>
    logitConfidences({ probabilities: read(logits), labels, classes })
  if (teacher.memberLogits) {
    const members = await teacher.memberLogits(inputs, rows)
    const holder = holderOf(dataset, unitKey, members.length)
    return members.map((logits, member) => ({
      confidences: confidences(logits),
      trainedOn: (row) => row < trained && holder(row) === member,
    }))
  }
  if (plan?.spec.kind !== 'mlp') return []
  const { shadows: count, seed, random, signal, onProgress } = options
  const shadows = await trainShadows(runtime, {
    plan,
    dataset,
    count,
    random,
    seed,
    ...(signal && { signal }),
    onProgress: (fraction) => onProgress?.('training shadow models', fraction),
  })
  const networks = shadows.map(({ network }) => network)
  const logits = await predictEnsemble(runtime, networks, inputs, rows)
  return shadows.map(({ trainedOn }, at) => ({ confidences: confidences(logits[at]!), trainedOn }))
}

/** The sub-teacher that has each row of a dataset, or would have it. */
export function holderOf(dataset: Dataset, unitKey: Uint8Array, members: number): (row: number) => number {
  const holders = new Int32Array(dataset.rows)
  partByUnit(dataset, unitKey, members).forEach((rows, member) =>
    rows.forEach((row) => (holders[row] = member)),
  )
  return (row) => holders[row] as number
}

interface ShadowNetwork {
  readonly network: Network
  readonly trainedOn: (row: number) => boolean
}

interface ShadowJob {
  /** As the teacher is trained; of the kind `mlp`. */
  readonly plan: TeacherPlan
  /** Rows with labels: those that trained the teacher and those that did not. */
  readonly dataset: Dataset
  readonly count: number
  readonly seed: number | string
  readonly random: Random
  readonly signal?: AbortSignal
  readonly onProgress?: (fraction: number) => void
}

/** Rejects as `trainEnsemble` does. */
async function trainShadows(runtime: Runtime, job: ShadowJob): Promise<ShadowNetwork[]> {
  const { plan, dataset, count, random, seed, signal, onProgress } = job
  const { spec, training } = plan
  const members = Array.from({ length: count }, (_, member) => {
    const shadow = random.fork(`shadow ${member}`)
    const half = holdOut(allRows(dataset.rows), 0.5, shadow.fork('half'), dataset.labels).held
    const known = new Set(half)
    // As the teacher does, a shadow keeps some of its rows to decide when to stop; it has seen those too.
    const { kept, held } = holdOut(half, training.stopping, shadow.fork('stopping rows'), dataset.labels)
    return { kept, held, network: initialise(spec, shadow), trainedOn: (row: number) => known.has(row) }
  })
  const { inputs, labels = new Int32Array() } = subset(dataset, allRows(dataset.rows))
  const batch = {
    inputs: { data: inputs, width: spec.inputs },
    targets: { data: oneHot(labels, spec.outputs), width: spec.outputs },
  }
  const stops = members.every(({ held }) => held.length > 0)
  const { networks } = await trainEnsemble(runtime, {
    networks: members.map(({ network }) => network),
    batch,
    subsets: members.map(({ kept }) => kept),
    loss: rowCrossEntropy,
    optimiser: optimiserOf(training),
    epochs: training.epochs,
    batchSize: training.batchSize,
    seed,
    ...(stops && {
      validation: { batch, subsets: members.map(({ held }) => held), patience: training.patience },
    }),
    ...(signal && { signal }),
    ...(onProgress && { onEpoch: ({ epoch, epochs }) => onProgress(epoch / epochs) }),
  })
  return members.map(({ trainedOn }, member) => ({ network: networks[member] as Network, trainedOn }))
}
