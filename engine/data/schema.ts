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
 */
import { z } from 'zod'
import { EngineError } from '../errors.ts'

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
    target: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('classes').optional(),
        /** The column that holds the class; absent for formats that keep labels in a file of their own. */
        column: name.optional(),
        classes: z
          .array(
            z.strictObject({
              name,
              values: z.array(cell).min(1),
              /** What it costs to take a row of this class for one of another, in any unit; absent: 1. */
              cost: z.number().positive().optional(),
            }),
          )
          .min(2)
          .max(10_000),
      }),
      z.strictObject({
        kind: z.literal('numeric'),
        column: name,
        center: z.number(),
        spread: z.number().positive(),
      }),
      z.strictObject({
        kind: z.literal('labels'),
        labels: z
          .array(z.strictObject({ name, column: name, yes: z.array(cell).min(1), no: z.array(cell).min(1) }))
          .min(2)
          .max(1000),
      }),
    ]),
  })
  .superRefine((schema, context) => {
    const clash = (message: string) => context.addIssue({ code: 'custom', message })
    const classes = classesOf(schema.target)
    duplicate(
      classes.flatMap(({ values }) => values.map(canonicalValue)),
      (value) => clash(`the value "${value}" belongs to two classes`),
    )
    duplicate(classNames(schema), (value) => clash(`two classes are named "${value}"`))
    for (const { name, yes, no } of labelsOf(schema.target))
      duplicate([...yes, ...no].map(canonicalValue), (value) =>
        clash(`the label "${name}" has the value "${value}" twice`),
      )
    if (schema.features.kind !== 'table') {
      if (taskOf(schema) !== 'classify')
        clash('a tensor has no column that could hold a number or labels to predict')
      if (schema.unit !== undefined) clash('a tensor has no column that could say whose it is')
      return
    }
    const columns = schema.features.columns
    duplicate(
      columns.map(({ name }) => name),
      (value) => clash(`two columns are named "${value}"`),
    )
    const targets = targetColumns(schema)
    const both = columns.find(({ name }) => targets.includes(name))
    if (both) clash(`the target "${both.name}" is also a feature`)
    if (schema.unit !== undefined && [...columns.map(({ name }) => name), ...targets].includes(schema.unit))
      clash(`the unit "${schema.unit}" is also a feature or the target`)
    for (const column of columns)
      if (column.kind === 'categorical') {
        const { name, categories, frequencies } = column
        duplicate(categories.map(canonicalValue), (value) =>
          clash(`column "${name}" has the category "${value}" twice`),
        )
        if (
          frequencies &&
          (frequencies.length !== categories.length || !frequencies.some((often) => often > 0))
        )
          clash(`column "${name}" does not say of each category how often it occurs`)
      }
  })

export type FeatureSchema = z.infer<typeof featureSchemaSchema>
export type Column = z.infer<typeof columnSchema>
export type Target = FeatureSchema['target']
export type TargetClass = Extract<Target, { classes: unknown }>['classes'][number]
/** What is yes or no of a row, and the cells of a column that say so. */
export type TargetLabel = Extract<Target, { labels: unknown }>['labels'][number]
/** How a number was standardised: (value - center) / spread. */
export interface Standard {
  readonly center: number
  readonly spread: number
}

/** What is predicted: one of some classes, a number, or which of several labels a row has. */
export const tasks = ['classify', 'regress', 'multilabel'] as const
export type Task = (typeof tasks)[number]

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

/** Of classes that exclude each other, or of labels that do not; none for a numeric target. */
export function classNames({ target }: Pick<FeatureSchema, 'target'>): string[] {
  return [...classesOf(target), ...labelsOf(target)].map(({ name }) => name)
}

/** What it costs to miss each class; undefined where the schema names no cost. */
export function classCosts({ target }: Pick<FeatureSchema, 'target'>): number[] | undefined {
  const classes = classesOf(target)
  return classes.some(({ cost }) => cost !== undefined) ? classes.map(({ cost = 1 }) => cost) : undefined
}

const classesOf = (target: Target): readonly TargetClass[] => ('classes' in target ? target.classes : [])
const labelsOf = (target: Target): readonly TargetLabel[] => ('labels' in target ? target.labels : [])

/** The columns that say what is to be predicted; none where labels come in a file of their own. */
export function targetColumns({ target }: Pick<FeatureSchema, 'target'>): string[] {
  if (target.kind === 'labels') return [...new Set(target.labels.map(({ column }) => column))]
  return target.column === undefined ? [] : [target.column]
}

export function taskOf({ target }: Pick<FeatureSchema, 'target'>): Task {
  if (target.kind === 'numeric') return 'regress'
  return target.kind === 'labels' ? 'multilabel' : 'classify'
}

/** The outputs of every network on this schema: a logit for each class or label, or a number's mean and log-variance. */
export const outputCount = (schema: FeatureSchema): number =>
  taskOf(schema) === 'regress' ? 2 : classNames(schema).length

const numberPattern = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** The finite number a cell spells in plain decimal or scientific form, or undefined. */
export function parseNumber(text: string): number | undefined {
  if (!numberPattern.test(text)) return undefined
  const value = Number(text)
  return Number.isFinite(value) ? value : undefined
}

/** One spelling for each category: numbers by value ("1.0" is "1"), text without single quotes around it. */
export function canonicalValue(text: string): string {
  const bare = text.trim().replace(/^'(.*)'$/, '$1')
  const value = parseNumber(bare)
  return value === undefined ? bare : String(value === 0 ? 0 : value)
}

function duplicate(values: readonly string[], report: (value: string) => void): void {
  const seen = new Set<string>()
  for (const value of values) {
    if (seen.has(value)) return report(value)
    seen.add(value)
  }
}
