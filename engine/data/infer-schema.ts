/**
 * A first feature schema from a public table, for a person to look over: numbers are centred by their mean
 * and scaled by their standard deviation, short lists of values become categories, and the classes come
 * from the target column. Run it on public rows only: center and spread are statistics of those rows.
 * A number to predict is scaled by the same rows, as far as they have it.
 */
import { EngineError } from '../errors.ts'
import type { Table } from './csv.ts'
import type { Column, FeatureSchema } from './schema.ts'
import type { OneTarget, Standard, Target, TargetClass, Task } from './target.ts'
import { inferLabels } from './infer-labels.ts'
import { readTargets } from './infer-targets.ts'
import { canonicalValue, parseNumber } from './cells.ts'
import { targetColumns } from './target.ts'

export interface InferOptions {
  /** A column; for multilabel as `inferLabels` reads it, for multitask as `readTargets` does. */
  readonly target: string
  /** classify unless said. */
  readonly task?: Task
  /** Which values make up each class. Absent: each distinct value is a class. */
  readonly classes?: readonly TargetClass[]
  /** A number above this is the class "positive", any other number "negative". */
  readonly positiveAbove?: number
  /** Columns to read as categories even where they look like numbers. */
  readonly categorical?: readonly string[]
  /** The only columns to use, in this order. Absent: all but the target. */
  readonly columns?: readonly string[]
  /** Rows whose mean and deviation center and scale the numbers; kinds and categories come from all rows. */
  readonly statisticsFrom?: Int32Array
}

/** A numeric column has more distinct values than this; a shorter list of numbers is a set of codes. */
const FEWEST_NUMBERS = 10
/** More distinct texts than this are names or notes, not categories. */
const MOST_CATEGORIES = 100
const MARKERS = ['', '?', 'NA']

/**
 * Rejects with `DATA_MISSING_COLUMN`; with `DATA_BAD_VALUE` for a column of free text or a number to predict that is
 * none; with `DATA_EMPTY` when no row named for statistics has the number to predict.
 */
export function inferSchema(table: Table, options: InferOptions): FeatureSchema {
  const target = inferTarget(table, options)
  const targets = targetColumns({ target })
  const names = options.columns ?? table.columns.filter((name) => !targets.includes(name))
  const columns = names.flatMap((name) => inferColumn(table, name, options) ?? [])
  return { version: 1, features: { kind: 'table', columns, missingMarkers: MARKERS }, target }
}

function inferTarget(table: Table, options: InferOptions): Target {
  const { target: column, task, statisticsFrom } = options
  if (task === 'multitask')
    return {
      kind: 'several',
      targets: readTargets(column).map(({ name, ...words }) => ({
        name,
        target: inferTarget(table, { ...options, ...words }) as OneTarget,
      })),
    }
  if (task === 'multilabel')
    return {
      kind: 'labels',
      labels: inferLabels(column, (name) => distinctValues(present(columnOf(table, name)))),
    }
  const cells = columnOf(table, column)
  if (task !== 'regress') return { column, classes: classesOf(present(cells), options) }
  const known = present(statisticsFrom ? Array.from(statisticsFrom, (row) => cells[row] ?? '') : cells)
  const text = known.find((cell) => parseNumber(cell) === undefined)
  if (text !== undefined)
    throw new EngineError('DATA_BAD_VALUE', `The target "${column}" should be a number and is "${text}".`)
  if (known.length === 0)
    throw new EngineError(
      'DATA_EMPTY',
      `No public row has the target "${column}", so nothing public says its center and spread; give them in a schema.`,
    )
  return { kind: 'numeric', column, ...centerAndSpread(known.map(Number)) }
}

function inferColumn(table: Table, name: string, options: InferOptions): Column | undefined {
  const cells = columnOf(table, name)
  const values = present(cells)
  if (values.length === 0) return undefined // an empty column teaches nothing
  const distinct = distinctValues(values)
  const anyMissing = values.length < cells.length
  const isNumeric =
    !options.categorical?.includes(name) &&
    distinct.length > FEWEST_NUMBERS &&
    values.every((value) => parseNumber(value) !== undefined)
  if (isNumeric) {
    const { statisticsFrom } = options
    const chosen = statisticsFrom ? present(Array.from(statisticsFrom, (row) => cells[row] ?? '')) : values
    return {
      name,
      kind: 'numeric',
      ...centerAndSpread(chosen.map(Number)),
      missing: anyMissing ? 'indicator' : 'reject',
    }
  }
  if (distinct.length > MOST_CATEGORIES)
    throw new EngineError(
      'DATA_BAD_VALUE',
      `Column "${name}" holds text with ${distinct.length} distinct values, such as "${distinct[0]}"; leave it out.`,
    )
  return { name, kind: 'categorical', categories: distinct, missing: anyMissing ? 'indicator' : 'reject' }
}

/** Mean and (population) standard deviation, kept to six digits so that a schema file stays readable. */
function centerAndSpread(values: readonly number[]): Standard {
  const n = Math.max(1, values.length)
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n
  const spread = Number(Math.sqrt(variance).toPrecision(6))
  return { center: Number(mean.toPrecision(6)), spread: spread > 0 ? spread : 1 }
}

function classesOf(
  values: readonly string[],
  { classes, positiveAbove, target }: InferOptions,
): TargetClass[] {
  if (classes) return [...classes]
  const distinct = distinctValues(values)
  if (positiveAbove === undefined) return distinct.map((value) => ({ name: value, values: [value] }))
  const isPositive = (value: string) => {
    const number = parseNumber(value)
    if (number !== undefined) return number > positiveAbove
    throw new EngineError('DATA_BAD_VALUE', `The target "${target}" should be a number and is "${value}".`)
  }
  return [
    { name: 'negative', values: distinct.filter((value) => !isPositive(value)) },
    { name: 'positive', values: distinct.filter(isPositive) },
  ]
}

function columnOf(table: Table, name: string): string[] {
  const at = table.columns.indexOf(name)
  if (at < 0)
    throw new EngineError(
      'DATA_MISSING_COLUMN',
      `The table has no column "${name}"; it has ${table.columns.join(', ')}.`,
    )
  return table.rows.map((cells) => cells[at] ?? '')
}

function present(cells: readonly string[]): string[] {
  return cells.filter((cell) => !MARKERS.includes(cell))
}

/** Numbers in ascending order, then texts in alphabetical order. */
function distinctValues(values: readonly string[]): string[] {
  return [...new Set(values.map(canonicalValue))].sort((a, b) => {
    const [x, y] = [parseNumber(a), parseNumber(b)]
    if (x !== undefined && y !== undefined) return x - y
    if (x === undefined && y === undefined) return a < b ? -1 : 1
    return x === undefined ? 1 : -1
  })
}
