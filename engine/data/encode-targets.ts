/** What a data file says of the targets of its rows (see target.ts): classes, numbers and marks of labels. */
import { EngineError } from '../errors.ts'
import { canonicalValue } from './cells.ts'
import type { Table } from './csv.ts'
import { UNLABELLED, type Targets } from './dataset.ts'
import type { IdxArray } from './idx.ts'
import { indexOf, list, show, standardised } from './read-cells.ts'
import { classCosts, classNames, targetColumns, targetViews } from './target.ts'
import type { HasOneTarget, HasTarget, Standard, TargetLabel } from './target.ts'

export interface Known {
  readonly labels?: Int32Array | undefined
  readonly values?: Float32Array | undefined
  readonly marks?: Float32Array | undefined
}

/** What is to be predicted, with what is known of it. */
export function targetsOf(view: HasOneTarget, { labels, values, marks }: Known): Targets {
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

/** Of several targets a row need have one only. */
export function knownIn(
  schema: HasTarget,
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

export function tensorLabels(schema: HasTarget, labels: IdxArray, rows: number): Int32Array {
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

function classIndices(schema: HasTarget): Map<string, number> {
  const classes = 'classes' in schema.target ? schema.target.classes : []
  return new Map(
    classes.flatMap(({ values }, index) => values.map((v) => [canonicalValue(v), index] as const)),
  )
}
