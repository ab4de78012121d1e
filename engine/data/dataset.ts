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
  const { features, labels, values, standard, classes, units } = dataset
  const inputs = new Float32Array(rows.length * features)
  rows.forEach((row, index) =>
    inputs.set(dataset.inputs.subarray(row * features, (row + 1) * features), index * features),
  )
  const chosen = {
    rows: rows.length,
    features,
    inputs,
    classes,
    ...(standard && { standard }),
    ...(values && { values: Float32Array.from(rows, (row) => values[row] ?? NaN) }),
    ...(units && { units: Array.from(rows, (row) => units[row] ?? '') }),
  }
  return labels ? { ...chosen, labels: Int32Array.from(rows, (row) => labels[row] ?? UNLABELLED) } : chosen
}

/** One dataset after another, all of one schema. Labels, values and units stay only where every part has them. */
export function concatenate(parts: readonly [Dataset, ...Dataset[]]): Dataset {
  const [first] = parts
  const rows = parts.reduce((sum, part) => sum + part.rows, 0)
  const inputs = new Float32Array(rows * first.features)
  const labels = new Int32Array(rows)
  const values = new Float32Array(rows)
  let at = 0
  for (const part of parts) {
    inputs.set(part.inputs, at * first.features)
    if (part.labels) labels.set(part.labels, at)
    if (part.values) values.set(part.values, at)
    at += part.rows
  }
  const units = parts.flatMap((part) => part.units ?? [])
  const { features, classes, standard } = first
  return {
    rows,
    features,
    inputs,
    classes,
    ...(units.length === rows && { units }),
    ...(standard && { standard }),
    ...(parts.every((part) => part.labels) && { labels }),
    ...(parts.every((part) => part.values) && { values }),
  }
}

/** The rows whose label or value is known. */
export function knownRows({ rows, labels, values }: Dataset): Int32Array {
  const known = (row: number) =>
    values ? !Number.isNaN(values[row]) : (labels?.[row] ?? UNLABELLED) !== UNLABELLED
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
