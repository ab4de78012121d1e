/**
 * IDX, the format of MNIST: two zero bytes, one byte of element type, one of rank, then `rank` big-endian
 * 32-bit sizes and the elements, row-major. A gzip of it is read as well.
 * Source: yann.lecun.com/exdb/mnist, "The IDX file format".
 *
 *     00 00 08 02  00 00 00 02  00 00 00 03  01 02 03 04 05 06     ->  uint8, shape [2, 3]
 */
import { gunzipSync } from 'node:zlib'
import { EngineError } from '../errors.ts'

export interface IdxArray {
  /** First the number of items, then the shape of one item. */
  readonly shape: readonly number[]
  readonly data: Uint8Array | Float32Array
}

/** Largest file, unpacked, that is read: 2 GiB less one byte, and no gzip expands beyond it. */
export const MAX_IDX_BYTES = 2 ** 31 - 1

type Read = (view: DataView, at: number) => number

/** Element types by their code; `width` in bytes. Integers beyond 2^24 are rounded to float32. */
const elementTypes: Readonly<Record<number, { width: number; read: Read }>> = {
  0x08: { width: 1, read: (view, at) => view.getUint8(at) },
  0x09: { width: 1, read: (view, at) => view.getInt8(at) },
  0x0b: { width: 2, read: (view, at) => view.getInt16(at) },
  0x0c: { width: 4, read: (view, at) => view.getInt32(at) },
  0x0d: { width: 4, read: (view, at) => view.getFloat32(at) },
  0x0e: { width: 8, read: (view, at) => view.getFloat64(at) },
}

/** Rejects with `DATA_EMPTY` (no bytes, no items) or `DATA_FORMAT` (header and length disagree, damaged gzip). */
export function readIdx(packed: Uint8Array): IdxArray {
  if (packed.length === 0) throw new EngineError('DATA_EMPTY', 'The IDX file is empty.')
  const bytes = packed[0] === 0x1f && packed[1] === 0x8b ? gunzip(packed) : packed
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const malformed = (what: string) => new EngineError('DATA_FORMAT', `The IDX file is damaged: ${what}.`)

  if (bytes.length < 4 || view.getUint16(0) !== 0) throw malformed('it does not begin with two zero bytes')
  const type = elementTypes[view.getUint8(2)]
  if (!type)
    throw malformed(`element type 0x${view.getUint8(2).toString(16).padStart(2, '0')} is not defined`)
  const rank = view.getUint8(3)
  const start = 4 + 4 * rank
  if (rank === 0) throw malformed('it has no dimensions')
  if (bytes.length < start) throw malformed(`it ends inside its header of ${start} bytes`)

  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis))
  const elements = shape.reduce((product, size) => product * size, 1)
  const expected = elements * type.width
  if (elements === 0)
    throw new EngineError('DATA_EMPTY', `The IDX file of shape [${shape.join(', ')}] holds no items.`)
  if (bytes.length - start !== expected)
    throw malformed(
      `shape [${shape.join(', ')}] needs ${expected} bytes of data and there are ${bytes.length - start}`,
    )
  if (type === elementTypes[0x08]) return { shape, data: bytes.subarray(start) }
  const data = new Float32Array(elements)
  for (let i = 0; i < elements; i++) data[i] = type.read(view, start + i * type.width)
  return { shape, data }
}

function gunzip(packed: Uint8Array): Uint8Array {
  try {
    return gunzipSync(packed, { maxOutputLength: MAX_IDX_BYTES })
  } catch (cause) {
    throw new EngineError('DATA_FORMAT', 'The gzip file is damaged, cut short or too large.', { cause })
  }
}
