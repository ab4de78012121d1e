/**
 * Rows made of nothing but the feature schema, for a federation that has no public row at all.
 *
 * A schema pins, for every column, a center and a spread or the categories with their frequencies. Columns are
 * drawn from those independently of each other: what goes together in real rows (older patients, higher pressure)
 * is not in a schema, and not in these rows. Teachers are asked about patients that nobody has seen, and some that
 * cannot be; the student learns what the teachers say there, which is as good as their extrapolation.
 */
import type { Table } from '#engine/data/csv.ts'
import type { Column, FeatureSchema } from '#engine/data/schema.ts'
import type { Random } from '#engine/random.ts'

/** How often a cell is missing in a column that flags it: often enough for the flag to be learnt. */
const MISSING_RATE = 0.1

/**
 * `count` rows of a schema for tables. Numbers are normal around their center; categories come by their
 * `frequencies`, or equally often. The rows have no target column.
 */
export function drawRows({ columns, missingMarkers }: TableFeatures, count: number, random: Random): Table {
  const draws = columns.map((column) => cellDraw(column, missingMarkers, random.fork(column.name)))
  return {
    columns: columns.map(({ name }) => name),
    rows: Array.from({ length: count }, () => draws.map((draw) => draw())),
  }
}

export type TableFeatures = Extract<FeatureSchema['features'], { kind: 'table' }>

function cellDraw(column: Column, markers: readonly string[], random: Random): () => string {
  const present = column.kind === 'numeric' ? numberDraw(column, random) : categoryDraw(column, random)
  const missing = missingCell(column, markers)
  if (column.missing !== 'indicator' || missing === undefined) return present
  return () => (random.next() < MISSING_RATE ? missing : present())
}

/** What a file writes where a cell of this column is missing, if the schema knows such a thing. */
export const missingCell = (
  { missingValues = [] }: Pick<Column, 'missingValues'>,
  markers: readonly string[],
) => markers[0] ?? missingValues[0]

function numberDraw({ center, spread }: Extract<Column, { kind: 'numeric' }>, random: Random): () => string {
  return () => numberCell(center + spread * random.normal())
}

function categoryDraw(
  { categories, frequencies }: Extract<Column, { kind: 'categorical' }>,
  random: Random,
): () => string {
  const weights = frequencies ?? categories.map(() => 1)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return () => {
    let left = random.next() * total
    const at = weights.findIndex((weight) => (left -= weight) < 0)
    return categories[at] ?? categories.at(-1) ?? ''
  }
}

/** Six digits: what a person would write down. */
export const numberCell = (value: number): string => String(Number(value.toPrecision(6)))
