/** The built-in teacher: a multi-layer perceptron, trained here on the site's own rows. */
import { defaultTeacher, defaultTeacherTraining } from '#distill/defaults.ts'
import { trainTeacher, type TeacherTraining } from '#distill/teach.ts'
import { decodeNetwork, encodeNetwork } from '#engine/checkpoint.ts'
import type { Dataset } from '#engine/data/dataset.ts'
import type { FeatureSchema } from '#engine/data/schema.ts'
import { openPredictor } from '#engine/infer.ts'
import type { Network } from '#engine/network.ts'
import type { Runtime } from '#engine/session/index.ts'
import { parseSpec, type NetworkSpec } from '#engine/spec.ts'
import type { TrainingProgress } from '#engine/train.ts'
import type { Blobs } from '#federation/ports.ts'
import type { MlpTeacherConfig } from '../config.ts'
import { teacherOf, type Teacher } from './teacher.ts'

export interface MlpPlan {
  readonly spec: NetworkSpec
  readonly training: TeacherTraining
}

/** The whole of what is trained: the site's wishes over defaults that suit its number of rows. */
export function planMlp(wishes: MlpTeacherConfig, schema: FeatureSchema, { rows }: Dataset): MlpPlan {
  const spec = defaultTeacher(schema, rows)
  const usual = defaultTeacherTraining(rows)
  const { hidden = spec.hidden, epochs = usual.epochs, batchSize = usual.batchSize } = wishes
  const { learningRate = usual.learningRate, weightDecay = usual.weightDecay } = wishes
  return {
    spec: parseSpec({ ...spec, hidden }),
    training: { ...usual, epochs, batchSize, learningRate, weightDecay },
  }
}

export interface MlpJob {
  readonly plan: MlpPlan
  readonly training: Dataset
  readonly seed: number
  readonly signal: AbortSignal
  readonly onEpoch: (progress: TrainingProgress) => void
}

/** Trains, keeps the network as a blob, and opens it. Rejects as `trainTeacher` does. */
export async function trainMlp(runtime: Runtime, blobs: Blobs, job: MlpJob): Promise<Teacher> {
  const { plan, training: dataset, seed, signal, onEpoch } = job
  const { network } = await trainTeacher(runtime, { ...plan, dataset, seed, signal, onEpoch })
  return openMlp(runtime, network, await blobs.put(encodeNetwork(network)))
}

/** A teacher trained before. */
export async function restoreMlp(runtime: Runtime, blobs: Blobs, networkHash: string): Promise<Teacher> {
  return openMlp(runtime, decodeNetwork(await blobs.get(networkHash)), networkHash)
}

async function openMlp(runtime: Runtime, network: Network, networkHash: string): Promise<Teacher> {
  return teacherOf('mlp', await openPredictor(runtime, network), networkHash)
}
