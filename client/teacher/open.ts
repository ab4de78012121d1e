/** Gets a site's teacher ready: restored when nothing it was made from has changed, else made anew. */
import { encodeNetwork } from '#engine/checkpoint.ts'
import type { Dataset } from '#engine/data/dataset.ts'
import { unitOf, type FeatureSchema } from '#engine/data/schema.ts'
import { inWords, outputCount, taskOf } from '#engine/data/target.ts'
import type { Network } from '#engine/network.ts'
import type { Runtime } from '#engine/session/index.ts'
import type { TrainingProgress } from '#engine/train.ts'
import { headOf } from '#distill/heads.ts'
import type { Blobs, Clock, SecureRandom } from '#federation/ports.ts'
import type { Protection } from '#federation/site-events.ts'
import type { SiteState } from '#federation/site-state.ts'
import { bytesToHex, hash, hashBytes } from '#privacy/crypto.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { DpsgdTeacherConfig, PateTeacherConfig, TeacherConfig } from '../config.ts'
import { isBuiltIn, planBuiltIn } from './built-in.ts'
import { planSteps, trainDpsgd } from './dpsgd.ts'
import { planModel, readModel } from './model-file.ts'
import { openOnnxTeacher } from './onnx.ts'
import { restorePate, trainPate } from './pate.ts'
import type { Teacher } from './teacher.ts'
import {
  keepNetwork,
  restoreNetwork,
  trainNetwork,
  type NetworkTeacher,
  type TeacherPlan,
} from './trained.ts'

export interface TeacherJob {
  readonly config: TeacherConfig
  readonly schema: FeatureSchema
  readonly schemaHash: string
  readonly training: Dataset
  readonly dataHash: string
  readonly validationFraction: number
  readonly seed: number
  /** The teacher that the journal knows, if any. */
  readonly earlier: SiteState['teacher']
  readonly signal: AbortSignal
  readonly onEpoch: (progress: Pick<TrainingProgress, 'epoch' | 'epochs' | 'secondsLeft'>) => void
  readonly clock: Clock
  /** Decides whose rows each sub-teacher learns from. */
  readonly unitKey: Uint8Array
  readonly random: SecureRandom
}

export interface OpenedTeacher {
  readonly teacher: Teacher
  /** Of everything the teacher was made from: equal keys, equal teachers. */
  readonly key: string
  /** What it can promise each unit. */
  readonly protection?: Protection
}

/** The teacher that the site's configuration asks for. Rejects as reading, importing and training it do. */
export async function openTeacher(runtime: Runtime, blobs: Blobs, job: TeacherJob): Promise<OpenedTeacher> {
  const { config, schema, training } = job
  if (isBuiltIn(config)) return trainedTeacher(runtime, blobs, job, planBuiltIn(config, schema, training))
  if (config.kind === 'pate' || config.kind === 'dpsgd') return privateTeacher(runtime, blobs, job, config)
  const { squashing } = headOf(training)
  const shape = { features: training.features, classes: outputCount(schema), ...(squashing && { squashing }) }
  if (config.kind === 'onnx' && !config.train) {
    return asItIs(job, await openOnnxTeacher(runtime, blobs, config.path, shape))
  }
  const network = await readModel(config, shape)
  if (!config.train) return asItIs(job, await keepNetwork(runtime, blobs, config.kind, network))
  return trainedTeacher(runtime, blobs, job, planModel(config, schema, network, training), network)
}

const asItIs = (job: TeacherJob, teacher: Teacher): OpenedTeacher => ({
  teacher,
  key: keyOf(job, teacher.networkHash),
})

/**
 * Restored when nothing has changed. Training a second time costs privacy a second time, so it happens only for
 * other data or settings.
 */
async function privateTeacher(
  runtime: Runtime,
  blobs: Blobs,
  job: TeacherJob,
  config: PateTeacherConfig | DpsgdTeacherConfig,
): Promise<OpenedTeacher> {
  const { earlier, unitKey, schema } = job
  const task = taskOf(schema)
  if (task !== 'classify')
    throw new CollegiumError(
      'NOT_AVAILABLE',
      `A ${config.kind} teacher predicts classes; this federation predicts ${inWords[task]}.`,
    )
  const key = keyOf(job, config, bytesToHex(hashBytes([unitKey])))
  const unit = unitOf(schema)
  const kept = earlier?.key === key && (await blobs.has(earlier.networkHash)) ? earlier : undefined
  if (config.kind === 'pate') {
    const teacher = kept
      ? restorePate(runtime, blobs, kept.networkHash)
      : trainPate(runtime, blobs, { ...job, config })
    return { teacher: await teacher, key, protection: { mode: 'pate', unit, members: config.members } }
  }
  if (kept?.protection) {
    const teacher = await restoreNetwork(runtime, blobs, config.kind, kept.networkHash)
    return { teacher: learning(teacher, false), key, protection: kept.protection }
  }
  const { epsilon, delta } = config
  const plan = planSteps(config)
  const teacher = await trainDpsgd(runtime, blobs, { ...job, config, plan })
  return {
    teacher: learning(teacher, false),
    key,
    protection: { mode: 'dpsgd', unit, epsilon, delta, training: plan },
  }
}

/** Restored when nothing has changed, else trained. */
async function trainedTeacher(
  runtime: Runtime,
  blobs: Blobs,
  job: TeacherJob,
  plan: TeacherPlan,
  start?: Network,
): Promise<OpenedTeacher> {
  const { earlier, config } = job
  const key = start ? keyOf(job, plan, hash(encodeNetwork(start))) : keyOf(job, plan)
  if (earlier?.key === key && (await blobs.has(earlier.networkHash))) {
    const kept = await restoreNetwork(runtime, blobs, config.kind, earlier.networkHash)
    return { teacher: learning(kept, true), key }
  }
  const from = start && { start }
  const trained = await trainNetwork(runtime, blobs, config.kind, { ...job, ...from, plan })
  return { teacher: learning(trained, true), key }
}

/** What others say teaches it too; that is public, so it adds nothing to what a private training has cost. */
const learning = ({ network, ...teacher }: NetworkTeacher, seesOwnRows: boolean): Teacher => ({
  ...teacher,
  learner: { network, seesOwnRows },
})

function keyOf(job: TeacherJob, ...madeFrom: readonly unknown[]): string {
  const { config, schemaHash, dataHash, validationFraction, seed } = job
  return hash(JSON.stringify([config.kind, ...madeFrom, schemaHash, dataHash, validationFraction, seed]))
}
