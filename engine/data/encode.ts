/** Raw rows to network inputs, by the shared schema (see schema.ts). Deterministic, and blind to other rows. */
import { EngineError } from '../errors.ts'
import type { Table } from './csv.ts'
import { UNLABELLED, type Dataset, type Targets } from './dataset.ts'
import type { IdxArray } from './idx.ts'
import type { RawData } from './read.ts'
import { canonicalValue, parseNumber } from './cells.ts'
import { CLIP_SPREADS, columnWidth, featureCount } from './schema.ts'
import type { Column, FeatureSchema } from './schema.ts'
import { classCosts, classNames, targetColumns, targetViews } from './target.ts'
import type { HasOneTarget, HasTarget, Standard, TargetLabel } from './target.ts'

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

/** What is to be predicted, with what is known of it. */
function targetsOf(view: HasOneTarget, { labels, values, marks }: Known): Targets {
  const costs = classCosts(view)
  return {
    classes: classNames(view),
    ...(costs && { costs }),
    ...(view.target.kind === 'numeric' && { standard: standardOf(view.target) }),
    ...(view.target.kind === 'labels' && { multilabel: true as const }),
    ...(labels && { labels }),
    ...(values && { values }),
    ...(marks && { marks }),
  }
}

const standardOf = ({ center, spread }: Standard): Standard => ({ center, spread })

interface Encoded {
  readonly inputs: Float32Array
  /** Of each target, in the schema's order; empty where nothing is looked at. */
  readonly known: readonly Known[]
}
interface Known {
  readonly labels?: Int32Array | undefined
  readonly values?: Float32Array | undefined
  readonly marks?: Float32Array | undefined
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

/** Of several targets a row need have one only. */
function knownIn(
  schema: FeatureSchema,
  table: Table,
  isMissing: (cell: string) => boolean,
  wanted: 'required' | 'optional',
): Known[] {
  const views = targetViews(schema)
  if (views.length === 1) return views.map((view) => tableTargets(view, table, isMissing, wanted))
  if (wanted === 'required') {
    const places = targetColumns(schema).map((column) => indexOf(table, column))
    const bare = table.rows.findIndex((cells) => places.every((at) => isMissing(cells[at] ?? '')))
    if (bare >= 0)
      throw new EngineError('DATA_MISSING_VALUE', `Row ${bare + 1}: none of its targets is known.`)
  }
  return views.map((view) => tableTargets(view, table, isMissing, 'optional'))
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

function indexOf(table: Table, column: string): number {
  const index = table.columns.indexOf(column)
  if (index >= 0) return index
  throw new EngineError(
    'DATA_MISSING_COLUMN',
    `The file has no column "${column}"; it has ${list(table.columns)}.`,
  )
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

function standardised(cell: string, { center, spread }: Standard, where: () => string): number {
  const value = parseNumber(cell)
  if (value === undefined)
    throw new EngineError('DATA_BAD_VALUE', `${where()} should be a number and is "${show(cell)}".`)
  return Math.max(-CLIP_SPREADS, Math.min(CLIP_SPREADS, (value - center) / spread))
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

function missingTest(markers: readonly string[], own: readonly string[] = []): (cell: string) => boolean {
  const literal = new Set(markers)
  const values = new Set(own.map(canonicalValue))
  return (cell) => literal.has(cell) || (values.size > 0 && values.has(canonicalValue(cell)))
}

function classIndices(schema: HasTarget): Map<string, number> {
  const classes = 'classes' in schema.target ? schema.target.classes : []
  return new Map(
    classes.flatMap(({ values }, index) => values.map((v) => [canonicalValue(v), index] as const)),
  )
}

/** The target column; without one, or where no row has a target, nothing. */
function tableTargets(
  schema: HasOneTarget,
  table: Table,
  isMissing: (cell: string) => boolean,
  wanted: 'required' | 'optional',
): Known {
  const { target } = schema
  if (target.kind === 'labels') return tableMarks(target.labels, table, isMissing, wanted)
  const [column] = targetColumns(schema)
  if (column === undefined)
    if (wanted === 'optional') return {}
    else throw new EngineError('DATA_MISSING_COLUMN', 'The feature schema names no target column.')
  if (wanted === 'optional' && !table.columns.includes(column)) return {}

  const at = indexOf(table, column)
  const where = (index: number) => `Row ${index + 1}: the target "${column}"`
  /** `read` of each row's target, `unknown` where it is missing. */
  const cells = (read: (cell: string, where: () => string) => number, unknown: number): number[] =>
    table.rows.map((cells, index) => {
      const cell = cells[at] ?? ''
      if (!isMissing(cell)) return read(cell, () => where(index))
      if (wanted === 'optional') return unknown
      throw new EngineError('DATA_MISSING_VALUE', `${where(index)} is missing.`)
    })
  if (target.kind === 'numeric') {
    const values = cells((cell, place) => standardised(cell, target, place), NaN)
    return values.every(Number.isNaN) ? {} : { values: Float32Array.from(values) }
  }
  const indices = classIndices(schema)
  const labels = cells((cell, place) => {
    const label = indices.get(canonicalValue(cell))
    if (label !== undefined) return label
    throw new EngineError(
      'DATA_UNKNOWN_CATEGORY',
      `${place()} is "${show(cell)}", which belongs to none of ${list(classNames(schema))}.`,
    )
  }, UNLABELLED)
  return labels.every((label) => label === UNLABELLED) ? {} : { labels: Int32Array.from(labels) }
}

/** A label whose cell is missing is not known; public rows may lack whole columns. */
function tableMarks(
  labels: readonly TargetLabel[],
  table: Table,
  isMissing: (cell: string) => boolean,
  wanted: 'required' | 'optional',
): Known {
  const readers = labels.map(({ name, column, yes, no }) => {
    if (wanted === 'optional' && !table.columns.includes(column)) return () => 0
    const at = indexOf(table, column)
    const meaning = new Map([
      ...yes.map((value) => [canonicalValue(value), 1] as const),
      ...no.map((value) => [canonicalValue(value), -1] as const),
    ])
    return (cells: readonly string[], row: number): number => {
      const cell = cells[at] ?? ''
      if (isMissing(cell)) return 0
      const mark = meaning.get(canonicalValue(cell))
      if (mark !== undefined) return mark
      throw new EngineError(
        'DATA_UNKNOWN_CATEGORY',
        `Row ${row + 1}: the label "${name}" is "${show(cell)}", which says neither yes nor no: ${list([...yes, ...no])}.`,
      )
    }
  })
  const marks = table.rows.flatMap((cells, row) => {
    const ofRow = readers.map((read) => read(cells, row))
    if (wanted === 'required' && ofRow.every((mark) => mark === 0))
      throw new EngineError('DATA_MISSING_VALUE', `Row ${row + 1}: none of its labels is known.`)
    return ofRow
  })
  return marks.every((mark) => mark === 0) ? {} : { marks: Float32Array.from(marks) }
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

function tensorLabels(schema: FeatureSchema, labels: IdxArray, rows: number): Int32Array {
  if (labels.shape.length !== 1 || labels.shape[0] !== rows)
    throw new EngineError(
      'DATA_FORMAT',
      `There are ${rows} items, and labels of shape [${labels.shape.join(', ')}] beside them.`,
    )
  const indices = classIndices(schema)
  return Int32Array.from(labels.data, (value, index) => {
    const label = indices.get(String(value))
    if (label === undefined)
      throw new EngineError(
        'DATA_UNKNOWN_CATEGORY',
        `Item ${index + 1}: the label is ${value}, which belongs to none of ${list(classNames(schema))}.`,
      )
    return label
  })
}

function show(cell: string): string {
  return cell.length > 40 ? `${cell.slice(0, 40)}...` : cell
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 12).map((name) => `"${show(name)}"`)
  return shown.join(', ') + (names.length > shown.length ? `, and ${names.length - shown.length} more` : '')
}
