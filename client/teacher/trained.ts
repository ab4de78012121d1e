/** Teachers that are networks of the engine: trained here or not, kept as a blob, and opened from one. */
import { attentionMapsOf } from '#distill/attention-maps.ts'
import { parseAugmentText } from '#distill/augment-text.ts'
import { trainTeacher, type TeacherTraining } from '#distill/teach.ts'
import { decodeNetwork, encodeNetwork } from '#engine/checkpoint.ts'
import type { Dataset } from '#engine/data/dataset.ts'
import type { FeatureSchema } from '#engine/data/schema.ts'
import { embeddingNetwork, embeddingWidth } from '#engine/embeddings.ts'
import { openPredictor, predictLogits } from '#engine/infer.ts'
import type { Network } from '#engine/network.ts'
import type { Runtime } from '#engine/session/index.ts'
import type { NetworkSpec } from '#engine/spec.ts'
import type { TrainingProgress } from '#engine/train.ts'
import type { Blobs, Clock } from '#federation/ports.ts'
import type { TeacherConfig, TrainingWishes } from '../config.ts'
import { teacherOf, type Teacher } from './teacher.ts'

type Kind = TeacherConfig['kind']

export interface NetworkTeacher extends Teacher {
  readonly network: Network
}

export interface TeacherPlan {
  readonly spec: NetworkSpec
  readonly training: TeacherTraining
}

/** The site's wishes over what is usual, for a network of a spec. Throws `ENGINE_SPEC_INVALID`. */
export function planTraining(
  wishes: TrainingWishes,
  usual: TeacherTraining,
  { schema, spec }: { readonly schema: FeatureSchema; readonly spec: NetworkSpec },
): TeacherPlan {
  const { epochs = usual.epochs, batchSize = usual.batchSize } = wishes
  const { learningRate = usual.learningRate, weightDecay = usual.weightDecay } = wishes
  const training = { ...usual, epochs, batchSize, learningRate, weightDecay }
  if (wishes.augment === undefined) return { spec, training }
  return { spec, training: { ...training, augment: parseAugmentText(wishes.augment, schema, spec) } }
}

export interface TrainedJob {
  readonly plan: TeacherPlan
  /** Where it starts; fresh unless given. */
  readonly start?: Network
  readonly training: Dataset
  readonly seed: number
  readonly signal: AbortSignal
  readonly onEpoch: (progress: TrainingProgress) => void
  readonly clock: Clock
}

/** Trains, keeps the network as a blob, and opens it. Rejects as `trainTeacher` does. */
export async function trainNetwork(
  runtime: Runtime,
  blobs: Blobs,
  kind: Kind,
  job: TrainedJob,
): Promise<NetworkTeacher> {
  const { plan, training: dataset, start, seed, signal, onEpoch, clock } = job
  const from = start && { start }
  const { network } = await trainTeacher(runtime, { ...plan, ...from, dataset, seed, signal, onEpoch, clock })
  return keepNetwork(runtime, blobs, kind, network)
}

/** Keeps the network as a blob, and opens it. */
export async function keepNetwork(
  runtime: Runtime,
  blobs: Blobs,
  kind: Kind,
  network: Network,
): Promise<NetworkTeacher> {
  return openNetwork(runtime, kind, network, await blobs.put(encodeNetwork(network)))
}

/** A teacher kept before. */
export async function restoreNetwork(
  runtime: Runtime,
  blobs: Blobs,
  kind: Kind,
  networkHash: string,
): Promise<NetworkTeacher> {
  return openNetwork(runtime, kind, decodeNetwork(await blobs.get(networkHash)), networkHash)
}

/** Opens a network that is kept under this hash, or was made from the one that is. */
export async function openNetwork(
  runtime: Runtime,
  kind: string,
  network: Network,
  networkHash: string,
): Promise<NetworkTeacher> {
  const attention = attentionMapsOf(runtime, network)
  return {
    ...teacherOf(kind, await openPredictor(runtime, network), networkHash),
    ...(embeddingWidth(network.spec) !== undefined && {
      embeddings: async (inputs, rows, depth) => {
        const seeing = embeddingNetwork(network, depth)!
        const data = await predictLogits(runtime, seeing, inputs, rows)
        return { data, width: seeing.spec.outputs }
      },
    }),
    ...(attention && { attention }),
    network,
  }
}
