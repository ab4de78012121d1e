/**
 * Shadow models: networks like the teacher, each trained on a random half of the site's rows, so that every row is
 * unknown to about half of them. They train side by side in one graph.
 */
import { optimiserOf } from '#distill/distil.ts'
import { oneHot, subset, type Dataset } from '#engine/data/dataset.ts'
import { allRows, holdOut } from '#engine/data/split.ts'
import { trainEnsemble } from '#engine/ensemble.ts'
import { rowCrossEntropy } from '#engine/losses.ts'
import { initialise, type Network } from '#engine/network.ts'
import type { Random } from '#engine/random.ts'
import type { Runtime } from '#engine/session/index.ts'
import type { TeacherPlan } from '../teacher/trained.ts'

export interface ShadowNetwork {
  readonly network: Network
  readonly trainedOn: (row: number) => boolean
}

export interface ShadowJob {
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
export async function trainShadows(runtime: Runtime, job: ShadowJob): Promise<ShadowNetwork[]> {
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
