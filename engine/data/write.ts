/** Raw rows back to the bytes of a data file: what a simulation hands out as its public files. */
import type { Table } from './csv.ts'
import type { IdxArray } from './idx.ts'

/** UTF-8 CSV with a header line, cells quoted where they must be; `readCsv` gives the same table back. */
export function writeCsv({ columns, rows }: Table): Uint8Array {
  const quoted = (cell: string) =>
    /[",\n\r;\t]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
  const lines = [columns, ...rows].map((cells) => cells.map(quoted).join(','))
  return new TextEncoder().encode(`${lines.join('\n')}\n`)
}

/** IDX of bytes, or of big-endian float32; `readIdx` gives the same array back. */
export function writeIdx({ shape, data }: IdxArray): Uint8Array {
  const width = data.BYTES_PER_ELEMENT
  const start = 4 + 4 * shape.length
  const bytes = new Uint8Array(start + data.length * width)
  const view = new DataView(bytes.buffer)
  view.setUint8(2, width === 1 ? 0x08 : 0x0d)
  view.setUint8(3, shape.length)
  shape.forEach((size, axis) => view.setUint32(4 + 4 * axis, size))
  if (width === 1) bytes.set(data, start)
  else data.forEach((value, i) => view.setFloat32(start + 4 * i, value))
  return bytes
}
