/** Gets a site's teacher ready: restored when nothing it was made from has changed, else made anew. */
import type { Dataset } from '#engine/data/dataset.ts'
import type { FeatureSchema } from '#engine/data/schema.ts'
import type { Runtime } from '#engine/session/index.ts'
import type { TrainingProgress } from '#engine/train.ts'
import type { Blobs } from '#federation/ports.ts'
import type { SiteState } from '#federation/site-state.ts'
import { hash } from '#privacy/crypto.ts'
import type { TeacherConfig } from '../config.ts'
import { planMlp, restoreMlp, trainMlp } from './mlp.ts'
import { openOnnxTeacher } from './onnx.ts'
import type { Teacher } from './teacher.ts'

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
  readonly onEpoch: (progress: TrainingProgress) => void
}

/** The teacher, and the key of everything it was made from: equal keys, equal teachers. */
export async function openTeacher(
  runtime: Runtime,
  blobs: Blobs,
  job: TeacherJob,
): Promise<{ teacher: Teacher; key: string }> {
  const { config, schema, schemaHash, training, dataHash, validationFraction, seed, earlier } = job
  if (config.kind === 'onnx') {
    const shape = { features: training.features, classes: training.classes.length }
    const teacher = await openOnnxTeacher(runtime, blobs, config.path, shape)
    return {
      teacher,
      key: hash(
        JSON.stringify(['onnx', teacher.networkHash, schemaHash, dataHash, validationFraction, seed]),
      ),
    }
  }
  const plan = planMlp(config, schema, training)
  const key = hash(JSON.stringify(['mlp', plan, schemaHash, dataHash, validationFraction, seed]))
  if (earlier?.key === key && (await blobs.has(earlier.networkHash)))
    return { teacher: await restoreMlp(runtime, blobs, earlier.networkHash), key }
  return { teacher: await trainMlp(runtime, blobs, { ...job, plan }), key }
}
