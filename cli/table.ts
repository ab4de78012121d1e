/** Plain aligned tables: no borders, two spaces between columns, readable when copied into a letter. */
import type { Colors } from './colors.ts'

export interface TableOptions {
  readonly head?: readonly string[]
  /** Indices of columns set flush right: numbers. */
  readonly right?: readonly number[]
  /** Styles one body row, such as bold for the row that matters. */
  readonly emphasise?: (row: readonly string[]) => boolean
  readonly color: Colors
}

export function renderTable(rows: readonly (readonly string[])[], options: TableOptions): string {
  const { head, right = [], emphasise, color } = options
  const all = head ? [head, ...rows] : rows
  const columns = Math.max(0, ...all.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(...all.map((row) => (row[at] ?? '').length)),
  )
  // Padded before it is coloured: colour codes have a length and no width.
  const line = (row: readonly string[]) =>
    widths
      .map((width, at) =>
        right.includes(at) ? (row[at] ?? '').padStart(width) : (row[at] ?? '').padEnd(width),
      )
      .join('  ')
      .trimEnd()
  return [
    ...(head ? [color.dim(line(head))] : []),
    ...rows.map((row) => (emphasise?.(row) ? color.bold(line(row)) : line(row))),
  ].join('\n')
}
