/**
 * A file of rows of float32 numbers, little-endian and nothing else, read a stretch at a time:
 *
 *     columns { inputs: 3, targets: 2 }        | i i i t t | i i i t t | i i i t t | ...
 *
 * The plainest form that any tool can write (`numpy.ndarray.tofile` of a float32 array), and one in which every
 * row's place is known without an index.
 */
import { EngineError } from '../errors.ts'
import type { BatchData, BatchWidths } from '../batch.ts'
import type { RowSource } from '../stream.ts'

/** Bytes of a file or an object store, by range. */
export interface ByteRanges {
  readonly bytes: number
  /** `length` bytes from `offset`. */
  read(offset: number, length: number): Promise<Uint8Array>
}

/**
 * The tensors of each row lie in the order of `columns`, which says how wide each is. Throws `DATA_EMPTY` for a
 * file of nothing and `DATA_FORMAT` for one that does not end with a whole row; reading rejects with `DATA_FORMAT`
 * when the file has become shorter since.
 */
export function rowFile(file: ByteRanges, columns: BatchWidths): RowSource {
  const width = Object.values(columns).reduce((a, b) => a + b, 0)
  const rowBytes = 4 * width
  if (file.bytes === 0) throw new EngineError('DATA_EMPTY', 'The file of rows is empty.')
  if (file.bytes % rowBytes !== 0) {
    throw new EngineError(
      'DATA_FORMAT',
      `The file of rows has ${file.bytes} bytes, which is no whole number of rows of ${rowBytes}.`,
    )
  }
  return {
    rows: file.bytes / rowBytes,
    widths: columns,
    async read(from, to) {
      const bytes = await file.read(from * rowBytes, (to - from) * rowBytes)
      if (bytes.length !== (to - from) * rowBytes) {
        throw new EngineError('DATA_FORMAT', `The file of rows ends before row ${to}; it was longer before.`)
      }
      return apart(floatsIn(bytes), columns, width)
    },
  }
}

function floatsIn(bytes: Uint8Array): Float32Array {
  // Numbers must lie aligned; those of a part of a larger buffer may not.
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes)
  return new Float32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4)
}

/** Each tensor's columns of rows in an array of their own. */
function apart(rows: Float32Array, columns: BatchWidths, width: number): BatchData {
  const count = rows.length / width
  let before = 0
  const tensors = Object.entries(columns).map(([name, own]) => {
    const data = new Float32Array(count * own)
    for (let row = 0; row < count; row++) {
      const start = row * width + before
      data.set(rows.subarray(start, start + own), row * own)
    }
    before += own
    return [name, { data, width: own }] as const
  })
  return Object.fromEntries(tensors)
}
