/** A teacher that exists already: an ONNX model, from scikit-learn, XGBoost, PyTorch or anything that exports. */
import { readFile } from 'node:fs/promises'
import { openOnnxModel } from '#engine/export/onnx.ts'
import type { Squashing } from '#engine/predictor.ts'
import type { Runtime } from '#engine/session/index.ts'
import type { Blobs } from '#federation/ports.ts'
import { CollegiumError } from '#proto/errors.ts'
import { teacherOf, type Teacher } from './teacher.ts'

export interface ModelShape {
  readonly features: number
  readonly classes: number
  /** What made probabilities, where the model gives those. */
  readonly squashing?: Squashing
}

/**
 * Opens the model file and tries it on one row. Rejects with `CONFIG_UNREADABLE`, or `ENGINE_MODEL_INVALID`
 * when the model takes other features or gives other classes than the federation's schema.
 */
export async function openOnnxTeacher(
  runtime: Runtime,
  blobs: Blobs,
  file: string,
  { features, classes, squashing }: ModelShape,
  who: 'teacher' | 'student' = 'teacher',
): Promise<Teacher> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new CollegiumError('CONFIG_UNREADABLE', `The ${who}'s model ${file} cannot be read.`, { cause })
  })
  const predictor = await openOnnxModel(runtime, bytes, squashing)
  const { inputs, outputs } = predictor
  const networkHash = await blobs.put(bytes)
  const unfit = (what: string) =>
    new CollegiumError(
      'ENGINE_MODEL_INVALID',
      `The ${who}'s model ${file} ${what}, where the schema has ${features} and ${classes}.`,
    )
  try {
    if ((inputs ?? features) !== features || (outputs ?? classes) !== classes)
      throw unfit(
        `takes ${inputs ?? 'any number of'} features and gives ${outputs ?? 'any number of'} outputs`,
      )
    const tried = await predictor.logits(new Float32Array(features), 1)
    if (tried.length !== classes) throw unfit(`gives ${tried.length} numbers for one row of ${features}`)
    return teacherOf('onnx', predictor, networkHash)
  } catch (error) {
    await predictor.release()
    throw error
  }
}
