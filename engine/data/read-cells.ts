/** Reading cells of a table by what a schema says of them, and saying what is wrong with one. */
import { EngineError } from '../errors.ts'
import { canonicalValue, parseNumber } from './cells.ts'
import type { Table } from './csv.ts'
import { CLIP_SPREADS } from './schema.ts'
import type { Standard } from './target.ts'

/** In spreads from the center, clipped; `where` says whose cell it is when it is no number. */
export function standardised(cell: string, { center, spread }: Standard, where: () => string): number {
  const value = parseNumber(cell)
  if (value === undefined)
    throw new EngineError('DATA_BAD_VALUE', `${where()} should be a number and is "${show(cell)}".`)
  return Math.max(-CLIP_SPREADS, Math.min(CLIP_SPREADS, (value - center) / spread))
}

/** Whether a cell means "missing": a marker as it is written, or a value of this column by what it means. */
export function missingTest(
  markers: readonly string[],
  own: readonly string[] = [],
): (cell: string) => boolean {
  const literal = new Set(markers)
  const values = new Set(own.map(canonicalValue))
  return (cell) => literal.has(cell) || (values.size > 0 && values.has(canonicalValue(cell)))
}

/** Where a column is. Throws `DATA_MISSING_COLUMN`. */
export function indexOf(table: Table, column: string): number {
  const index = table.columns.indexOf(column)
  if (index >= 0) return index
  throw new EngineError(
    'DATA_MISSING_COLUMN',
    `The file has no column "${column}"; it has ${list(table.columns)}.`,
  )
}

/** A cell in a sentence. */
export function show(cell: string): string {
  return cell.length > 40 ? `${cell.slice(0, 40)}...` : cell
}

/** Names in a sentence, a dozen at most. */
export function list(names: readonly string[]): string {
  const shown = names.slice(0, 12).map((name) => `"${show(name)}"`)
  return shown.join(', ') + (names.length > shown.length ? `, and ${names.length - shown.length} more` : '')
}
