/** Raw rows to network inputs, by the shared schema (see schema.ts). Deterministic, and blind to other rows. */
import { EngineError } from '../errors.ts'
import { canonicalValue } from './cells.ts'
import type { Table } from './csv.ts'
import type { Dataset } from './dataset.ts'
import { knownIn, targetsOf, tensorLabels, type Known } from './encode-targets.ts'
import type { IdxArray } from './idx.ts'
import type { RawData } from './read.ts'
import { indexOf, list, missingTest, show, standardised } from './read-cells.ts'
import { columnWidth, featureCount, type Column, type FeatureSchema } from './schema.ts'
import { targetViews } from './target.ts'

export interface EncodeOptions {
  /**
   * required: every row must have a label; of several labels or targets, one at least must be known. optional: labels
   * are read where there are any, and a row without one is `UNLABELLED`. none: a label is not looked at.
   */
  readonly labels: 'required' | 'optional' | 'none'
}

/**
 * Encodes a whole data file. Columns are found by name, in any order; others are ignored.
 *
 * Rejects with `DATA_MISSING_COLUMN`, `DATA_UNKNOWN_CATEGORY`, `DATA_BAD_VALUE`, `DATA_MISSING_VALUE`, each
 * naming the data row (the first below the header is row 1), the column and the value; or with
 * `DATA_FORMAT` when file and schema are of different kinds or shapes.
 */
export function encodeDataset(schema: FeatureSchema, raw: RawData, { labels }: EncodeOptions): Dataset {
  if (schema.features.kind !== raw.kind)
    throw new EngineError(
      'DATA_FORMAT',
      `The schema describes a ${schema.features.kind}; the file is a ${raw.kind}.`,
    )
  const encoded =
    raw.kind === 'table'
      ? encodeTable(schema, raw.table, labels)
      : encodeTensor(schema, raw.items, raw.labels, labels)
  const { inputs, known } = encoded
  const features = featureCount(schema)
  const units = labels === 'required' && raw.kind === 'table' ? unitsOf(schema, raw.table) : undefined
  const heads = targetViews(schema).map(({ name = '', target }, at) => ({
    name,
    ...targetsOf({ target }, known[at] ?? {}),
  }))
  const { name: _, ...only } = heads[0] ?? { name: '', classes: [] }
  return {
    rows: inputs.length / features,
    features,
    inputs,
    ...(heads.length > 1 ? { classes: [], heads } : only),
    ...(units && { units }),
  }
}

interface Encoded {
  readonly inputs: Float32Array
  /** Of each target, in the schema's order; empty where nothing is looked at. */
  readonly known: readonly Known[]
}

function encodeTable(schema: FeatureSchema, table: Table, labels: EncodeOptions['labels']): Encoded {
  if (schema.features.kind !== 'table') throw new TypeError('not a table schema')
  const { columns, missingMarkers } = schema.features
  const width = featureCount(schema)
  const inputs = new Float32Array(table.rows.length * width)
  let offset = 0
  for (const column of columns) {
    const at = indexOf(table, column.name)
    const encode = columnEncoder(column, missingMarkers)
    table.rows.forEach((cells, row) => encode(cells[at] ?? '', row + 1, inputs, row * width + offset))
    offset += columnWidth(column)
  }
  return {
    inputs,
    known: labels === 'none' ? [] : knownIn(schema, table, missingTest(missingMarkers), labels),
  }
}

/** Rows that say nothing of whose they are would all be one person's. */
function unitsOf({ unit }: FeatureSchema, table: Table): string[] | undefined {
  if (unit === undefined) return undefined
  const at = indexOf(table, unit)
  return table.rows.map((cells, index) => {
    const cell = (cells[at] ?? '').trim()
    if (cell !== '') return cell
    throw new EngineError(
      'DATA_MISSING_VALUE',
      `Row ${index + 1}: column "${unit}", which says whose row it is, is empty.`,
    )
  })
}

/** Writes one cell of a column at `at` in `into`, where `columnWidth` zeros await it. */
type CellEncoder = (cell: string, row: number, into: Float32Array, at: number) => void

function columnEncoder(column: Column, markers: readonly string[]): CellEncoder {
  const isMissing = missingTest(markers, column.missingValues)
  const indicatorAt = columnWidth(column) - 1
  const encode = column.kind === 'numeric' ? numericEncoder(column) : categoricalEncoder(column)
  return (cell, row, into, at) => {
    if (!isMissing(cell)) encode(cell, row, into, at)
    else if (column.missing === 'indicator') into[at + indicatorAt] = 1
    else if (column.missing === 'reject')
      throw new EngineError('DATA_MISSING_VALUE', `Row ${row}: column "${column.name}" is missing.`)
  }
}

function numericEncoder({ name, ...standard }: Extract<Column, { kind: 'numeric' }>): CellEncoder {
  return (cell, row, into, at) => {
    into[at] = standardised(cell, standard, () => `Row ${row}: column "${name}"`)
  }
}

function categoricalEncoder({ name, categories }: Extract<Column, { kind: 'categorical' }>): CellEncoder {
  const indices = new Map(categories.map((value, index) => [canonicalValue(value), index]))
  return (cell, row, into, at) => {
    const index = indices.get(canonicalValue(cell))
    if (index === undefined)
      throw new EngineError(
        'DATA_UNKNOWN_CATEGORY',
        `Row ${row}: column "${name}" is "${show(cell)}", which is none of ${list(categories)}.`,
      )
    into[at + index] = 1
  }
}

function encodeTensor(
  schema: FeatureSchema,
  items: IdxArray,
  labels: IdxArray | undefined,
  wanted: EncodeOptions['labels'],
): Encoded {
  if (schema.features.kind !== 'tensor') throw new TypeError('not a tensor schema')
  const { shape, divideBy } = schema.features
  const [rows = 0, ...itemShape] = items.shape
  if (itemShape.join() !== shape.join())
    throw new EngineError(
      'DATA_FORMAT',
      `The schema describes items of shape [${shape.join(', ')}]; the file holds [${itemShape.join(', ')}].`,
    )
  const inputs = new Float32Array(items.data.length)
  for (let i = 0; i < inputs.length; i++) {
    const value = (items.data[i] ?? 0) / divideBy
    if (!Number.isFinite(value))
      throw new EngineError(
        'DATA_BAD_VALUE',
        `Item ${Math.floor((i * rows) / inputs.length) + 1} holds a value that is not finite.`,
      )
    inputs[i] = value
  }
  if (wanted === 'none' || (wanted === 'optional' && !labels)) return { inputs, known: [] }
  if (!labels) throw new EngineError('DATA_MISSING_COLUMN', 'The items came without their file of labels.')
  return { inputs, known: [{ labels: tensorLabels(schema, labels, rows) }] }
}
