/**
 * The weights beside a Keras or TensorFlow.js model: one run of bytes, and a manifest that says what lies in it.
 * Format: `WeightsManifestConfig` in tfjs-core's io/types.ts; a quantised x is stored as (x - min) / scale.
 */
import { z } from 'zod'
import { EngineError } from '../errors.ts'
import { showShape, sizeOf } from '../shape.ts'

/** Beside the model, not anywhere on the disk. */
const beside = z.string().refine((file) => !/^([/\\]|.*:)|(^|[/\\])\.\.([/\\]|$)/.test(file))

const entrySchema = z.object({
  name: z.string(),
  shape: z.array(z.int().min(0)),
  dtype: z.string(),
  quantization: z
    .object({ dtype: z.enum(['uint8', 'uint16']), scale: z.number(), min: z.number() })
    .optional(),
})
export const manifestSchema = z.array(z.object({ paths: z.array(beside), weights: z.array(entrySchema) }))

export interface KerasTensor {
  readonly shape: readonly number[]
  readonly data: Float32Array
}
/** One layer's tensors by their own names; undefined where it has no such. */
export type LayerWeights = (layer: string, weight: string) => KerasTensor | undefined

const invalid = (message: string): EngineError => new EngineError('ENGINE_MODEL_INVALID', message)

/** Files behind the manifest, in the order in which their bytes follow one another; they lie beside model.json. */
export function weightPaths(modelJson: unknown): string[] {
  const manifest = z.object({ weightsManifest: manifestSchema }).safeParse(modelJson)
  if (!manifest.success)
    throw invalid('This model.json has no weightsManifest that names the files of weights beside it.')
  return manifest.data.weightsManifest.flatMap(({ paths }) => paths)
}

/** Throws ENGINE_MODEL_INVALID unless the bytes are just as many as the manifest lists. */
export function readWeights(manifest: z.output<typeof manifestSchema>, bytes: Uint8Array): LayerWeights {
  let at = 0
  const tensors = new Map<string, KerasTensor>()
  for (const { name, shape, dtype, quantization } of manifest.flatMap(({ weights }) => weights)) {
    if (dtype !== 'float32') throw invalid(`The model's weight "${name}" is ${dtype}, not float32.`)
    const size = sizeOf(shape)
    const each = { float32: 4, uint16: 2, uint8: 1 }[quantization?.dtype ?? dtype]
    // A copy lies aligned.
    const own = new Uint8Array(bytes.subarray(at, at + each * size))
    at += each * size
    if (at > bytes.length) {
      throw invalid(`The model's weights end in "${name}" ${showShape(shape)}, after ${bytes.length} bytes.`)
    }
    tensors.set(name, {
      shape,
      data: quantization ? restored(own, quantization) : new Float32Array(own.buffer),
    })
  }
  if (at !== bytes.length)
    throw invalid(`The model's manifest lists ${at} bytes of weights, not ${bytes.length}.`)
  const bad = [...tensors].find(([, { data }]) => !data.every(Number.isFinite))
  if (bad) throw invalid(`The model's weight "${bad[0]}" holds a number that is not finite.`)
  // Keras 3 puts the model's name in front of the layer's.
  const names = [...tensors.keys()]
  return (layer, weight) => {
    const path = `${layer}/${weight}`
    const name = tensors.has(path) ? path : names.find((candidate) => candidate.endsWith(`/${path}`))
    return name === undefined ? undefined : tensors.get(name)
  }
}

function restored(
  bytes: Uint8Array<ArrayBuffer>,
  { dtype, scale, min }: { dtype: 'uint8' | 'uint16'; scale: number; min: number },
): Float32Array {
  const codes = dtype === 'uint8' ? bytes : new Uint16Array(bytes.buffer)
  return Float32Array.from(codes, (code) => code * scale + min)
}
