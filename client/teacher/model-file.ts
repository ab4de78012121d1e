/**
 * A teacher from a model file that the engine reads as a network of its own: a TensorFlow.js layers model, or an
 * ONNX model that is to learn from the site's rows. (One that only answers may use any operator: `onnx.ts`.)
 */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { defaultTeacherTraining } from '#distill/defaults.ts'
import type { Dataset } from '#engine/data/dataset.ts'
import type { FeatureSchema } from '#engine/data/schema.ts'
import { importKeras } from '#engine/import/keras.ts'
import { weightPaths } from '#engine/import/keras-weights.ts'
import { importOnnx } from '#engine/import/onnx.ts'
import type { Network } from '#engine/network.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { ModelTeacherConfig } from '../config.ts'
import type { ModelShape } from './onnx.ts'
import { planTraining, type TeacherPlan } from './trained.ts'

/** Smaller than for a fresh network: what the model brings should move, not be lost. */
const LEARNING_RATE = 0.001

/** How the model goes on learning. Weights that it learned elsewhere are not pulled to 0 unless that is asked for. */
export function planModel(
  wishes: ModelTeacherConfig,
  schema: FeatureSchema,
  { spec }: Network,
  { rows }: Dataset,
): TeacherPlan {
  const usual = { ...defaultTeacherTraining(rows), learningRate: LEARNING_RATE, weightDecay: 0 }
  return planTraining(wishes, usual, { schema, spec })
}

/**
 * Rejects with `CONFIG_UNREADABLE`, `ENGINE_IMPORT_UNSUPPORTED`, or `ENGINE_MODEL_INVALID` when the file is
 * damaged, or takes other features or gives other outputs than the federation's schema.
 */
export async function readModel(
  { kind, path: file, train }: ModelTeacherConfig,
  { features, classes }: ModelShape,
): Promise<Network> {
  const bytes = await read(file)
  const network = kind === 'onnx' ? importOnnx(bytes, { trainable: train }) : await readKeras(file, bytes)
  const { inputs, outputs } = network.spec
  if (inputs === features && outputs === classes) return network
  throw new CollegiumError(
    'ENGINE_MODEL_INVALID',
    `The teacher's model ${file} takes ${inputs} features and gives ${outputs} outputs, where the schema has ${features} and ${classes}.`,
  )
}

async function readKeras(file: string, bytes: Uint8Array): Promise<Network> {
  const modelJson = parseJson(file, bytes)
  const weights: Uint8Array[] = []
  for (const name of weightPaths(modelJson)) weights.push(await read(path.join(path.dirname(file), name)))
  return importKeras(modelJson, Buffer.concat(weights))
}

function parseJson(file: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    throw new CollegiumError('ENGINE_MODEL_INVALID', `The teacher's model ${file} is not JSON.`, { cause })
  }
}

const read = (file: string): Promise<Uint8Array> =>
  readFile(file).catch((cause: unknown) => {
    throw new CollegiumError('CONFIG_UNREADABLE', `The teacher's model ${file} cannot be read.`, { cause })
  })
