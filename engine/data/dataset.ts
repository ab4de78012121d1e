/** Encoded rows: what networks read. */
import type { Standard } from './schema.ts'

export interface Dataset {
  readonly rows: number
  /** Numbers per row. */
  readonly features: number
  /** rows x features, row-major. */
  readonly inputs: Float32Array
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
  /** Whose each row is; absent where every row is by itself. */
  readonly units?: readonly string[]
}

export const UNLABELLED = -1

/** The chosen rows, in the order given; an index may repeat. */
export function subset(dataset: Dataset, rows: Int32Array | readonly number[]): Dataset {
  const { features, labels, values, marks, multilabel, standard, classes, costs, units } = dataset
  const inputs = rowsOfMatrix(dataset.inputs, features, rows)
  const chosen = {
    rows: rows.length,
    features,
    inputs,
    classes,
    ...(costs && { costs }),
    ...(standard && { standard }),
    ...(values && { values: Float32Array.from(rows, (row) => values[row] ?? NaN) }),
    ...(multilabel && { multilabel }),
    ...(marks && { marks: rowsOfMatrix(marks, classes.length, rows) }),
    ...(units && { units: Array.from(rows, (row) => units[row] ?? '') }),
  }
  return labels ? { ...chosen, labels: Int32Array.from(rows, (row) => labels[row] ?? UNLABELLED) } : chosen
}

function rowsOfMatrix(matrix: Float32Array, width: number, rows: ArrayLike<number>): Float32Array {
  const chosen = new Float32Array(rows.length * width)
  for (let index = 0; index < rows.length; index++) {
    const from = (rows[index] as number) * width
    chosen.set(matrix.subarray(from, from + width), index * width)
  }
  return chosen
}

/** One dataset after another, all of one schema. Labels, values, marks and units stay only where every part has them. */
export function concatenate(parts: readonly [Dataset, ...Dataset[]]): Dataset {
  const [first] = parts
  const rows = parts.reduce((sum, part) => sum + part.rows, 0)
  const inputs = new Float32Array(rows * first.features)
  const labels = new Int32Array(rows)
  const values = new Float32Array(rows)
  const marks = new Float32Array(rows * first.classes.length)
  let at = 0
  for (const part of parts) {
    inputs.set(part.inputs, at * first.features)
    if (part.labels) labels.set(part.labels, at)
    if (part.values) values.set(part.values, at)
    if (part.marks) marks.set(part.marks, at * first.classes.length)
    at += part.rows
  }
  const units = parts.flatMap((part) => part.units ?? [])
  const { features, classes, costs, standard, multilabel } = first
  return {
    rows,
    features,
    inputs,
    classes,
    ...(costs && { costs }),
    ...(units.length === rows && { units }),
    ...(standard && { standard }),
    ...(parts.every((part) => part.labels) && { labels }),
    ...(parts.every((part) => part.values) && { values }),
    ...(multilabel && { multilabel }),
    ...(parts.every((part) => part.marks) && { marks }),
  }
}

/** The rows whose label or value is known; of several labels, one suffices. */
export function knownRows({ rows, labels, values, marks, classes }: Dataset): Int32Array {
  const known = (row: number) => {
    if (values) return !Number.isNaN(values[row])
    if (marks)
      return marks.subarray(row * classes.length, (row + 1) * classes.length).some((mark) => mark !== 0)
    return (labels?.[row] ?? UNLABELLED) !== UNLABELLED
  }
  return Int32Array.from({ length: rows }, (_, row) => row).filter(known)
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
