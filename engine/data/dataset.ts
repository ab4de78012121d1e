/** Encoded rows: what networks read. */
import { joined, rowsOfMatrix } from './matrix.ts'
import type { Standard } from './target.ts'

/** What is to be predicted of the rows of a dataset, and what is known of it: of one target. */
export interface Targets {
  /** One class index per row, `UNLABELLED` where the label is not known; absent when none is. */
  readonly labels?: Int32Array
  /** Empty where the target is a number. */
  readonly classes: readonly string[]
  /** What it costs to take a row of each class for one of another, as the schema has it; absent where it names none. */
  readonly costs?: readonly number[]
  /** The classes are labels, of which a row may have any number; absent where they exclude each other. */
  readonly multilabel?: true
  /** rows x classes, for labels: 1 yes, -1 no, 0 not known; absent when none is. */
  readonly marks?: Float32Array
  /** How `values` were standardised; present exactly where the target is a number. */
  readonly standard?: Standard
  /** One standardised number per row, NaN where it is not known; absent when none is. */
  readonly values?: Float32Array
}

/** One of several targets. */
export interface NamedTargets extends Targets {
  readonly name: string
}

export interface Dataset extends Targets {
  readonly rows: number
  /** Numbers per row. */
  readonly features: number
  /** rows x features, row-major. */
  readonly inputs: Float32Array
  /** Whose each row is; absent where every row is by itself. */
  readonly units?: readonly string[]
  /** Where there are several targets: each of them, in the schema's order; the dataset itself then has none. */
  readonly heads?: readonly NamedTargets[]
}

export const UNLABELLED = -1

/** The dataset with each of its targets alone: itself, where it has one. */
export function datasetViews({
  heads,
  ...dataset
}: Dataset): readonly (Dataset & { readonly name?: string })[] {
  const { rows, features, inputs, units } = dataset
  return heads?.map((head) => ({ rows, features, inputs, ...(units && { units }), ...head })) ?? [dataset]
}

/** The chosen rows, in the order given; an index may repeat. */
export function subset(dataset: Dataset, rows: Int32Array | readonly number[]): Dataset {
  const { features, units, heads } = dataset
  return {
    rows: rows.length,
    features,
    inputs: rowsOfMatrix(dataset.inputs, features, rows),
    ...targetsOfRows(dataset, rows),
    ...(units && { units: Array.from(rows, (row) => units[row] ?? '') }),
    ...(heads && { heads: heads.map((head) => ({ name: head.name, ...targetsOfRows(head, rows) })) }),
  }
}

function targetsOfRows(targets: Targets, rows: Int32Array | readonly number[]): Targets {
  const { labels, values, marks, classes } = targets
  return {
    ...whatOf(targets),
    ...(labels && { labels: Int32Array.from(rows, (row) => labels[row] ?? UNLABELLED) }),
    ...(values && { values: Float32Array.from(rows, (row) => values[row] ?? NaN) }),
    ...(marks && { marks: rowsOfMatrix(marks, classes.length, rows) }),
  }
}

/** What is to be predicted, whatever is known of it. */
const whatOf = ({ classes, costs, multilabel, standard }: Targets): Targets => ({
  classes,
  ...(costs && { costs }),
  ...(multilabel && { multilabel }),
  ...(standard && { standard }),
})

/** One dataset after another, all of one schema. Labels, values, marks and units stay only where every part has them. */
export function concatenate(parts: readonly [Dataset, ...Dataset[]]): Dataset {
  const [first] = parts
  const rows = parts.reduce((sum, part) => sum + part.rows, 0)
  const units = parts.flatMap((part) => part.units ?? [])
  const { features, heads } = first
  return {
    rows,
    features,
    inputs: joined(parts.map(({ inputs }) => inputs)),
    ...(units.length === rows && { units }),
    ...joinedTargets(parts),
    ...(heads && {
      heads: heads.map(({ name }, at) => ({
        name,
        ...joinedTargets(parts.flatMap((part) => part.heads?.[at] ?? [])),
      })),
    }),
  }
}

function joinedTargets(parts: readonly Targets[]): Targets {
  const labels = parts.every((part) => part.labels) && parts.flatMap((part) => [...(part.labels ?? [])])
  const values = joinedWhereAll(parts.map((part) => part.values))
  const marks = joinedWhereAll(parts.map((part) => part.marks))
  return {
    ...whatOf(parts[0] ?? { classes: [] }),
    ...(labels && { labels: Int32Array.from(labels) }),
    ...(values && { values }),
    ...(marks && { marks }),
  }
}

/** Undefined when one of them is. */
function joinedWhereAll(parts: readonly (Float32Array | undefined)[]): Float32Array | undefined {
  const there = parts.filter((part) => part !== undefined)
  return there.length === parts.length ? joined(there) : undefined
}

/** The rows whose label or value is known; of several labels, or several targets, one suffices. */
export function knownRows(dataset: Dataset): Int32Array {
  const views = datasetViews(dataset)
  return Int32Array.from({ length: dataset.rows }, (_, row) => row).filter((row) =>
    views.some((view) => isKnown(view, row)),
  )
}

function isKnown({ labels, values, marks, classes }: Targets, row: number): boolean {
  if (values) return !Number.isNaN(values[row])
  if (marks)
    return marks.subarray(row * classes.length, (row + 1) * classes.length).some((mark) => mark !== 0)
  return (labels?.[row] ?? UNLABELLED) !== UNLABELLED
}

/** rows x classes, row-major, a 1 at each row's label; an unlabelled row is all zeros. */
export function oneHot(labels: Int32Array, classes: number): Float32Array {
  const rows = new Float32Array(labels.length * classes)
  labels.forEach((label, row) => {
    if (label !== UNLABELLED) rows[row * classes + label] = 1
  })
  return rows
}

/** How many rows carry each class. */
export function classCounts(labels: Int32Array, classes: number): number[] {
  const counts = Array.from({ length: classes }, () => 0)
  for (const label of labels) if (label !== UNLABELLED) counts[label] = (counts[label] ?? 0) + 1
  return counts
}
