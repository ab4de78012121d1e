/**
 * Named float32 tensors as bytes: the safetensors format (https://github.com/huggingface/safetensors#format).
 *
 *     8 bytes   N, little-endian
 *     N bytes   JSON: { "__metadata__": { "collegium.spec": "{...}" },
 *                       "hidden1.weight": { "dtype": "F32", "shape": [64, 256], "data_offsets": [0, 65536] }, ... }
 *     the rest  the tensors' numbers, little-endian, at those offsets
 *
 * Readers of safetensors anywhere can open it; nothing in it is ever executed. The tensors lie one after the
 * other, in the order they are given, without gaps.
 */
import { z } from 'zod'
import { EngineError, firstLine } from './errors.ts'

export interface NamedTensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly data: Float32Array
}

export interface TensorFile {
  readonly metadata: Readonly<Record<string, string>>
  readonly tensors: readonly NamedTensor[]
}

const MAX_HEADER_BYTES = 16_000_000

const headerSchema = z.object({ __metadata__: z.record(z.string(), z.string()) }).catchall(
  z.object({
    dtype: z.literal('F32'),
    shape: z.array(z.int().min(0)),
    data_offsets: z.tuple([z.int(), z.int()]),
  }),
)

export function encodeTensors({ metadata, tensors }: TensorFile): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata }
  let end = 0
  for (const { name, shape, data } of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [end, end + data.byteLength] }
    end += data.byteLength
  }
  // Spaces round the header up to 8 bytes, so that the numbers behind it lie aligned.
  const text = new TextEncoder().encode(JSON.stringify(header))
  const json = new Uint8Array(8 * Math.ceil(text.length / 8)).fill(' '.charCodeAt(0))
  json.set(text)
  const bytes = new Uint8Array(8 + json.length + end)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true)
  bytes.set(json, 8)
  let at = 8 + json.length
  for (const { data } of tensors) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at)
    at += data.byteLength
  }
  return bytes
}

/**
 * Throws ENGINE_MODEL_INVALID, saying that this is not `what`, for bytes that `encodeTensors` could not have
 * written and for numbers that are not finite.
 */
export function decodeTensors(bytes: Uint8Array, what: string): TensorFile {
  const invalid = invalidFile(what)
  if (bytes.length < 8) throw invalid('it is too short')
  const headerBytes = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true))
  if (headerBytes > Math.min(MAX_HEADER_BYTES, bytes.length - 8)) throw invalid('its header is cut short')
  const json = parseJson(new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes)), what)
  const parsed = headerSchema.safeParse(json)
  if (!parsed.success) throw invalid('its header does not describe tensors of numbers')
  const { __metadata__: metadata, ...described } = parsed.data

  // A copy, which aligns the numbers and frees the caller's buffer.
  const data = new Uint8Array(bytes.subarray(8 + headerBytes))
  let end = 0
  const tensors = Object.entries(described).map(([name, { shape, data_offsets }]): NamedTensor => {
    const start = end
    end += 4 * shape.reduce((a, b) => a * b, 1)
    if (data_offsets[0] !== start || data_offsets[1] !== end || end > data.length) {
      throw invalid(`its tensor "${name}" is not where its shape says`)
    }
    const numbers = new Float32Array(data.buffer, start, (end - start) / 4)
    if (!numbers.every(Number.isFinite))
      throw invalid(`its tensor "${name}" holds a number that is not finite`)
    return { name, shape, data: numbers }
  })
  if (end !== data.length) throw invalid(`its header tells of ${end} bytes of numbers, it has ${data.length}`)
  return { metadata, tensors }
}

export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw invalidFile(what)(`its header is not JSON (${firstLine(cause)})`)
  }
}

export const invalidFile =
  (what: string) =>
  (reason: string): EngineError =>
    new EngineError('ENGINE_MODEL_INVALID', `This is not ${what}: ${reason}.`)
