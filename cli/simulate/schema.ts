/** The feature schema of a simulation: given, or derived from the data. */
import { parse as parseYaml } from 'yaml'
import type { Table } from '#engine/data/csv.ts'
import { inferSchema } from '#engine/data/infer-schema.ts'
import type { RawData } from '#engine/data/read.ts'
import { parseFeatureSchema, type FeatureSchema } from '#engine/data/schema.ts'
import { taskOf, type Task } from '#engine/data/target.ts'
import { CollegiumError } from '#proto/errors.ts'
import { inFile, readText } from '#store/files.ts'
import { tensorSchema, type Pool } from './pool.ts'

export async function readSchema(file: string): Promise<FeatureSchema> {
  const text = await readText(file)
  return inFile(file, () => parseFeatureSchema(parseYaml(text)))
}

/** With what it costs to miss the classes named. Throws `USAGE` for one that the schema does not have. */
export function withCosts(schema: FeatureSchema, costs: ReadonlyMap<string, number>): FeatureSchema {
  if (schema.target.kind === 'several')
    throw new CollegiumError(
      'USAGE',
      '--costs is about the classes of one target; of several a schema says what their classes cost: give it with --schema.',
    )
  if (!('classes' in schema.target))
    throw new CollegiumError('USAGE', '--costs is about classes; leave it out.')
  const { classes } = schema.target
  const odd = [...costs.keys()].find((name) => !classes.some((known) => known.name === name))
  if (odd !== undefined)
    throw new CollegiumError(
      'USAGE',
      `--costs names "${odd}"; the classes are ${classes.map(({ name }) => name).join(', ')}.`,
    )
  const priced = classes.map((each) => ({ ...each, cost: costs.get(each.name) ?? each.cost ?? 1 }))
  return { ...schema, target: { ...schema.target, classes: priced } }
}

/** Of all rows: good enough to tell their labels. */
export function sketchSchema(pool: Pool, target: string | undefined, task: Task): FeatureSchema {
  if (pool.raw.kind !== 'table') return tensorSchema(pool)
  const { table } = pool.raw
  return inferSchema(table, { target: targetOf(table, target), task })
}

const targetOf = ({ columns }: Table, target: string | undefined): string => target ?? columns.at(-1) ?? ''

/**
 * Kinds, categories and classes from all rows; centers and spreads from the public ones alone, which are rows
 * of the pool or a file of their own.
 */
export function publicSchema(
  pool: Pool,
  sketch: FeatureSchema,
  wished: string | undefined,
  shown: RawData | Int32Array,
): FeatureSchema {
  if (pool.raw.kind !== 'table') return sketch
  const task = taskOf(sketch)
  const target = targetOf(pool.raw.table, wished)
  const { columns, rows } = pool.raw.table
  if (shown instanceof Int32Array)
    return inferSchema({ columns, rows }, { target, task, statisticsFrom: shown })
  const extra = shown.kind === 'table' ? rowsUnder(columns, shown.table) : []
  const statisticsFrom = Int32Array.from(extra, (_, index) => rows.length + index)
  return inferSchema({ columns, rows: [...rows, ...extra] }, { target, task, statisticsFrom })
}

/** The rows of a table under the columns of another; a column it lacks is empty. */
function rowsUnder(columns: readonly string[], table: Table): string[][] {
  const places = columns.map((name) => table.columns.indexOf(name))
  return table.rows.map((cells) => places.map((place) => cells[place] ?? ''))
}
