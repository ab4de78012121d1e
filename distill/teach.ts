/** The built-in teacher: a network trained on one site's labelled rows. Pooled and lone students train so too. */
import type { BatchData } from '#engine/batch.ts'
import { datasetViews, knownRows, subset, type Dataset } from '#engine/data/dataset.ts'
import { holdOut } from '#engine/data/split.ts'
import { initialise, type Network } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
import type { Runtime } from '#engine/session/index.ts'
import type { NetworkSpec } from '#engine/spec.ts'
import { train, type TrainingProgress, type TrainingResult } from '#engine/train.ts'
import { EngineError } from '#engine/errors.ts'
import { optimiserOf, type Training } from './distil.ts'
import { headOf } from './heads.ts'

export interface TeacherTraining extends Training {
  /**
   * The fraction of rows that decide when to stop, a fixed share of each class; 0 trains on every row for
   * all epochs.
   */
  readonly stopping: number
  /** Epochs without a lower loss on those rows before it stops. */
  readonly patience: number
}

export interface TeacherJob {
  readonly spec: NetworkSpec
  /** A network of that spec that knows something already; a fresh one unless given. */
  readonly start?: Network
  /** Rows without a label or value are left out. */
  readonly dataset: Dataset
  readonly training: TeacherTraining
  readonly seed: number | string
  readonly onEpoch?: (progress: TrainingProgress) => void
  readonly signal?: AbortSignal
  readonly clock?: () => number
}

/**
 * Minimises the head's loss: cross-entropy of labels, or the likelihood of values.
 * Rejects with `DATA_EMPTY` when no row has a label or value, and as `train` does.
 */
export async function trainTeacher(runtime: Runtime, job: TeacherJob): Promise<TrainingResult> {
  const { spec, dataset, training, seed } = job
  const { targets, targetWidth, loss } = headOf(dataset).lesson
  const labelled = knownRows(dataset)
  if (labelled.length === 0) throw new EngineError('DATA_EMPTY', 'There is no labelled row to train on.')
  const silent = datasetViews(dataset).find((view) => knownRows(view).length === 0)
  if (silent)
    throw new EngineError(
      'DATA_EMPTY',
      `There is no row whose target "${silent.name}" is known, and a teacher must answer for every target.`,
    )

  const random = seededRandom(seed)
  const { kept, held } = holdOut(labelled, training.stopping, random.fork('stopping rows'), dataset.labels)
  const batchOf = (rows: Int32Array): BatchData => {
    const part = subset(dataset, rows)
    return {
      inputs: { data: part.inputs, width: part.features },
      targets: { data: targets(part), width: targetWidth },
    }
  }
  return train(runtime, {
    network: job.start ?? initialise(spec, random.fork('teacher')),
    batch: batchOf(kept),
    loss,
    optimiser: optimiserOf(training),
    ...(training.augment && { augment: training.augment }),
    epochs: training.epochs,
    batchSize: training.batchSize,
    seed,
    ...(held.length > 0 && { validation: { batch: batchOf(held), patience: training.patience } }),
    ...(job.onEpoch && { onEpoch: job.onEpoch }),
    ...(job.signal && { signal: job.signal }),
    ...(job.clock && { clock: job.clock }),
  })
}
