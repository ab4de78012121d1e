/**
 * The feature schema: how every site, and the coordinator, turn a row of their file into the same vector.
 *
 * It is declared once for a federation, pinned by hash, and derived from public or agreed numbers, so that
 * no site's statistics leave with it. A numeric column becomes (value - center) / spread, a categorical one
 * a one-hot group, and each column says what a missing cell means:
 *
 *     age    numeric      center 50, spread 10             "63" -> 1.3
 *     chol   numeric      missing: indicator               "?"  -> 0, 1      "240" -> 0.4, 0
 *     cp     categorical  ["typical", "atypical", "none"]  "atypical" -> 0, 1, 0
 *
 * The target is a class, or a number that is standardised the same way: sites whose teachers each had their own
 * center and spread would answer in different units, and their sum would mean nothing.
 *
 *     strength  numeric   center 36, spread 17             "53" -> 1
 *
 * Or it is several labels, each of which a row has or has not, whatever the others say:
 *
 *     angina    yes ["1"], no ["0"]                        "1" -> 1       "0" -> -1      "?" -> 0, not known
 *
 * Or several targets at once, each of them a class, a number or labels (target.ts).
 */
import { z } from 'zod'
import { EngineError } from '../errors.ts'
import { canonicalValue, duplicate } from './cells.ts'
import { targetClashes, targetColumns, targetSchema, taskOf } from './target.ts'

/** Encoded numbers are clipped to this many spreads around the center: one absurd cell cannot rule a network. */
export const CLIP_SPREADS = 8

const name = z.string().min(1).max(200)
const cell = z.string().max(200)

export const columnSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    name,
    kind: z.literal('numeric'),
    center: z.number(),
    spread: z.number().positive(),
    /** A missing cell is refused, read as the center, or read as the center and flagged in a feature of its own. */
    missing: z.enum(['reject', 'center', 'indicator']).default('reject'),
    /** Values that mean "missing" in this column only, such as a cholesterol of 0. */
    missingValues: z.array(cell).optional(),
  }),
  z.strictObject({
    name,
    kind: z.literal('categorical'),
    /** "1", "1.0" and "01" are one category. */
    categories: z.array(cell).min(1).max(10_000),
    /** How often each category occurs, in any unit, for rows that are made (`data make`); absent: equally often. */
    frequencies: z.array(z.number().min(0)).optional(),
    /** A missing cell is refused, read as none of the categories, or as a category of its own. */
    missing: z.enum(['reject', 'none', 'indicator']).default('reject'),
    missingValues: z.array(cell).optional(),
  }),
])

export const featureSchemaSchema = z
  .strictObject({
    version: z.literal(1),
    features: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('table'),
        columns: z.array(columnSchema).min(1).max(100_000),
        /** Cells that mean "missing" in every column. */
        missingMarkers: z.array(cell).default(['', '?', 'NA']),
      }),
      z.strictObject({
        kind: z.literal('tensor'),
        /** The shape of one item, such as [28, 28]. */
        shape: z.array(z.number().int().positive()).min(1).max(8),
        divideBy: z.number().positive(),
      }),
    ]),
    /**
     * The column that says whose row it is, such as a patient's number; all rows with one value are one person's.
     * It is no feature, it never leaves, and a transfer set needs none. Without it, each row is by itself.
     */
    unit: name.optional(),
    target: targetSchema,
  })
  .superRefine((schema, context) => {
    const clash = (message: string) => context.addIssue({ code: 'custom', message })
    for (const phrase of targetClashes(schema)) clash(phrase)
    if (schema.features.kind !== 'table') {
      if (taskOf(schema) !== 'classify')
        clash('a tensor has no column that could hold a number or labels to predict')
      if (schema.unit !== undefined) clash('a tensor has no column that could say whose it is')
      return
    }
    const columns = schema.features.columns
    const twice = duplicate(columns.map(({ name }) => name))
    if (twice !== undefined) clash(`two columns are named "${twice}"`)
    const targets = targetColumns(schema)
    const both = columns.find(({ name }) => targets.includes(name))
    if (both) clash(`the target "${both.name}" is also a feature`)
    if (schema.unit !== undefined && [...columns.map(({ name }) => name), ...targets].includes(schema.unit))
      clash(`the unit "${schema.unit}" is also a feature or the target`)
    for (const column of columns)
      if (column.kind === 'categorical') {
        const { name, categories, frequencies } = column
        const again = duplicate(categories.map(canonicalValue))
        if (again !== undefined) clash(`column "${name}" has the category "${again}" twice`)
        if (
          frequencies &&
          (frequencies.length !== categories.length || !frequencies.some((often) => often > 0))
        )
          clash(`column "${name}" does not say of each category how often it occurs`)
      }
  })

export type FeatureSchema = z.infer<typeof featureSchemaSchema>
export type Column = z.infer<typeof columnSchema>

/** Checks a schema read from JSON or YAML; rejects with `DATA_FORMAT`, naming the field. */
export function parseFeatureSchema(json: unknown): FeatureSchema {
  const parsed = featureSchemaSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const path = issue?.path.join('.') || 'top level'
  throw new EngineError('DATA_FORMAT', `The feature schema is not valid at ${path}: ${issue?.message}.`)
}

/** Whose privacy is meant, in one word: all rows of a patient, or each record. */
export const unitOf = ({ unit }: FeatureSchema): 'patient' | 'record' =>
  unit === undefined ? 'record' : 'patient'

/** How many numbers a column becomes. */
export function columnWidth(column: Column): number {
  const values = column.kind === 'numeric' ? 1 : column.categories.length
  return values + (column.missing === 'indicator' ? 1 : 0)
}

/** The length of an encoded row: the inputs of every network on this schema. */
export function featureCount({ features }: FeatureSchema): number {
  return features.kind === 'tensor'
    ? features.shape.reduce((product, size) => product * size, 1)
    : features.columns.reduce((sum, column) => sum + columnWidth(column), 0)
}

/** Height, width and channels of an item of two or three axes, which is an image; of another there are none. */
export function imageShape({ features }: FeatureSchema): [number, number, number] | undefined {
  if (features.kind !== 'tensor') return undefined
  const [height, width, channels = 1, ...more] = features.shape
  return height === undefined || width === undefined || more.length > 0
    ? undefined
    : [height, width, channels]
}

/** What each number of an encoded row is, in order: "age", "cp=typical", "chol missing". */
export function featureNames({ features }: FeatureSchema): string[] {
  if (features.kind === 'tensor')
    return Array.from({ length: features.shape.reduce((a, b) => a * b, 1) }, (_, index) => `[${index}]`)
  return features.columns.flatMap((column) => [
    ...(column.kind === 'numeric'
      ? [column.name]
      : column.categories.map((value) => `${column.name}=${value}`)),
    ...(column.missing === 'indicator' ? [`${column.name} missing`] : []),
  ])
}
