/** What a student says of rows, for people and scripts. */
import { HALF_WIDTH } from '#distill/gaussian.ts'
import type { Standard } from '#engine/data/schema.ts'

export interface PredictedClasses {
  readonly classes: readonly string[]
  readonly rows: readonly { readonly predicted: string; readonly probabilities: readonly number[] }[]
}

/** In the target's own unit; nine in ten values should lie between `low` and `high`. */
export interface PredictedNumbers {
  readonly target: string
  readonly rows: readonly {
    readonly mean: number
    readonly standardDeviation: number
    readonly low: number
    readonly high: number
  }[]
}

export type Predicted = PredictedClasses | PredictedNumbers

export function classesOf(probabilities: Float32Array, classes: readonly string[]): PredictedClasses {
  const rows = Array.from({ length: probabilities.length / classes.length }, (_, row) => {
    const of = [...probabilities.subarray(row * classes.length, (row + 1) * classes.length)]
    return { predicted: classes[of.indexOf(Math.max(...of))] ?? '', probabilities: of }
  })
  return { classes, rows }
}

/** Means and variances of the standardised target, in its own unit. */
export function numbersOf(
  predictions: Float32Array,
  { column, center, spread }: Standard & { readonly column: string },
): PredictedNumbers {
  const rows = Array.from({ length: predictions.length / 2 }, (_, row) => {
    const mean = center + spread * (predictions[2 * row] ?? 0)
    const standardDeviation = spread * Math.sqrt(predictions[2 * row + 1] ?? 0)
    const half = HALF_WIDTH[90] * standardDeviation
    return { mean, standardDeviation, low: mean - half, high: mean + half }
  })
  return { target: column, rows }
}

export function tableOf(predicted: Predicted): string[][] {
  if ('target' in predicted)
    return [
      [predicted.target, 'standard deviation', 'low', 'high'],
      ...predicted.rows.map(({ mean, standardDeviation, low, high }) =>
        [mean, standardDeviation, low, high].map((value) => String(Number(value.toPrecision(7)))),
      ),
    ]
  return [
    ['predicted', ...predicted.classes.map((name) => `probability ${name}`)],
    ...predicted.rows.map(({ predicted, probabilities }) => [
      predicted,
      ...probabilities.map((p) => p.toFixed(6)),
    ]),
  ]
}
