/**
 * A network as bytes: the safetensors format (https://github.com/huggingface/safetensors#format).
 *
 *     8 bytes   N, little-endian
 *     N bytes   JSON: { "__metadata__": { "collegium.spec": "{...}" },
 *                       "hidden1.weight": { "dtype": "F32", "shape": [64, 256], "data_offsets": [0, 65536] }, ... }
 *     the rest  the tensors' numbers, little-endian, at those offsets
 *
 * The tensors lie in the order of the flat vector, so the rest of the file is that vector. Readers of
 * safetensors anywhere can open it; nothing in it is ever executed.
 */
import { z } from 'zod'
import { EngineError, firstLine } from './errors.ts'
import type { Network } from './network.ts'
import { layoutOf, parameterCount } from './layout.ts'
import { parseSpec } from './spec.ts'

/** The metadata key under which saved and exported networks keep their spec, as JSON. */
export const SPEC_KEY = 'collegium.spec'

const MAX_HEADER_BYTES = 1_000_000

const headerSchema = z
  .object({ __metadata__: z.object({ [SPEC_KEY]: z.string() }) })
  .catchall(
    z.object({ dtype: z.string(), shape: z.array(z.int()), data_offsets: z.tuple([z.int(), z.int()]) }),
  )

export function encodeNetwork({ spec, parameters }: Network): Uint8Array {
  const tensors = layoutOf(spec).map(({ name, shape, offset, size }) => {
    return [name, { dtype: 'F32', shape, data_offsets: [4 * offset, 4 * (offset + size)] }] as const
  })
  const header = { __metadata__: { [SPEC_KEY]: JSON.stringify(spec) }, ...Object.fromEntries(tensors) }
  // Spaces round the header up to 8 bytes, so that the numbers behind it lie aligned.
  const text = JSON.stringify(header)
  const json = new TextEncoder().encode(text.padEnd(8 * Math.ceil(text.length / 8)))
  const bytes = new Uint8Array(8 + json.length + parameters.byteLength)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true)
  bytes.set(json, 8)
  bytes.set(new Uint8Array(parameters.buffer, parameters.byteOffset, parameters.byteLength), 8 + json.length)
  return bytes
}

/** Throws ENGINE_MODEL_INVALID when the bytes are not a network that `encodeNetwork` wrote, whole and unaltered in shape. */
export function decodeNetwork(bytes: Uint8Array): Network {
  if (bytes.length < 8) throw invalid('it is too short')
  const headerBytes = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true))
  if (headerBytes > Math.min(MAX_HEADER_BYTES, bytes.length - 8)) throw invalid('its header is cut short')
  const header = readHeader(bytes.subarray(8, 8 + headerBytes))

  const spec = parseSpec(parseJson(header['__metadata__'][SPEC_KEY]))
  const size = parameterCount(spec)
  // A copy, which aligns the numbers and frees the caller's buffer.
  const data = new Uint8Array(bytes.subarray(8 + headerBytes))
  if (data.length !== 4 * size)
    throw invalid(`its spec needs ${4 * size} bytes of numbers, it has ${data.length}`)
  for (const { name, shape, offset, size: length } of layoutOf(spec)) {
    const found = header[name]
    const wanted = { dtype: 'F32', shape, data_offsets: [4 * offset, 4 * (offset + length)] }
    if (JSON.stringify(found) !== JSON.stringify(wanted))
      throw invalid(`its tensor "${name}" does not fit its spec`)
  }
  const parameters = new Float32Array(data.buffer, data.byteOffset, size)
  if (!parameters.every(Number.isFinite)) throw invalid('it holds a number that is not finite')
  return { spec, parameters }
}

function readHeader(bytes: Uint8Array): z.output<typeof headerSchema> {
  const parsed = headerSchema.safeParse(parseJson(new TextDecoder().decode(bytes)))
  if (!parsed.success) throw invalid('its header does not describe a network')
  return parsed.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw invalid(`its header is not JSON (${firstLine(cause)})`)
  }
}

const invalid = (reason: string): EngineError =>
  new EngineError('ENGINE_MODEL_INVALID', `This is not a saved network: ${reason}.`)
