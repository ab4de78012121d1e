/**
 * How good predictions of a number are, and whether their uncertainty can be believed.
 *
 * Predictions are rows x 2, mean and variance of the standardised target; figures are in the target's own unit. A
 * distribution is judged by its likelihood and by its central intervals: of those that claim 90 %, nine in ten
 * should hold the value. A figure that no row gives is null, never NaN.
 */
import type { Standard } from '#engine/data/target.ts'
import { gaussianKl, HALF_WIDTH, negativeLogDensity } from './gaussian.ts'

export interface RegressionMetrics {
  readonly rows: number
  /** Root mean squared error of the mean, and mean absolute error. */
  readonly rmse: number | null
  readonly mae: number | null
  /** Mean -ln density of the value; of a density in the target's own unit, so it changes with the unit. */
  readonly nll: number | null
  /** The fraction of values inside their central 50 % and 90 % interval. */
  readonly coverage50: number | null
  readonly coverage90: number | null
  /** Mean width of the 90 % interval. */
  readonly width90: number | null
}

/** What adds up over rows and over sites, all of the standardised target; every metric follows from it. */
export interface ErrorSums {
  readonly rows: number
  readonly squared: number
  readonly absolute: number
  readonly nll: number
  readonly covered50: number
  readonly covered90: number
  readonly width90: number
}

/** Limits on what one row adds, so that a sum has a bound; none for rows that nobody hides. */
export interface RowCaps {
  readonly error: number
  readonly nll: number
}
const NO_CAPS: RowCaps = { error: Infinity, nll: Infinity }

export function sumErrors(
  predictions: Float32Array,
  values: Float32Array,
  caps: RowCaps = NO_CAPS,
): ErrorSums {
  const sums = {
    rows: values.length,
    squared: 0,
    absolute: 0,
    nll: 0,
    covered50: 0,
    covered90: 0,
    width90: 0,
  }
  values.forEach((value, row) => {
    const [mean = 0, variance = 1] = predictions.subarray(2 * row, 2 * row + 2)
    const deviation = Math.sqrt(variance)
    const distance = Math.abs(value - mean)
    const error = Math.min(caps.error, distance)
    sums.squared += error ** 2
    sums.absolute += error
    sums.nll += Math.min(caps.nll, negativeLogDensity(value, mean, variance))
    sums.covered50 += distance <= HALF_WIDTH[50] * deviation ? 1 : 0
    sums.covered90 += distance <= HALF_WIDTH[90] * deviation ? 1 : 0
    sums.width90 += 2 * HALF_WIDTH[90] * deviation
  })
  return sums
}

/** In the target's unit: a length is `spread` times as long, a density 1 / spread times as dense. */
export function regressionMetrics(sums: ErrorSums, { spread }: Pick<Standard, 'spread'>): RegressionMetrics {
  const { rows } = sums
  const mean = (sum: number): number | null => (rows > 0 ? sum / rows : null)
  const scaled = (sum: number | null): number | null => (sum === null ? null : sum * spread)
  const nll = mean(sums.nll)
  const squared = mean(sums.squared)
  return {
    rows,
    rmse: scaled(squared === null ? null : Math.sqrt(squared)),
    mae: scaled(mean(sums.absolute)),
    nll: nll === null ? null : nll + Math.log(spread),
    coverage50: mean(sums.covered50),
    coverage90: mean(sums.covered90),
    width90: scaled(mean(sums.width90)),
  }
}

/** The mean KL(teacher || student) in nats over rows of predictions; null without rows. */
export function meanGaussianKl(student: Float32Array, teacher: Float32Array): number | null {
  const rows = student.length / 2
  const at = (of: Float32Array, row: number) => ({ mean: of[2 * row] ?? 0, variance: of[2 * row + 1] ?? 1 })
  let sum = 0
  for (let row = 0; row < rows; row++) sum += gaussianKl(at(teacher, row), at(student, row))
  return rows > 0 ? sum / rows : null
}
