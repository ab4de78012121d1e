/**
 * Federated evaluation of a student that predicts a number: sums over rows that no one but their site may see.
 *
 * A share holds, of the standardised target and in this order: rows, squared error, absolute error, -ln density
 * (from NLL_FLOOR up, so that no row takes away), values inside their 50 % and 90 % intervals, and widths of the
 * 90 % interval. An error counts as MOST_ERROR spreads at most and a density as NLL_CAP nats, so one record more or
 * less moves the seven values by 1, 16, 4, 22, 1, 1 and 27 at most.
 */
import { rowsOfMatrix } from '#engine/data/matrix.ts'
import { HALF_WIDTH, LEAST_VARIANCE, MOST_VARIANCE, gaussiansOf, negativeLogDensity } from './gaussian.ts'
import { sumErrors, type ErrorSums } from './regression-metrics.ts'
import type { ShareInput } from './share-input.ts'

const MOST_ERROR = 4
const NLL_CAP = 16
/** The surest answer, where it is right; answers are single floats. */
const NLL_FLOOR = negativeLogDensity(0, 0, Math.fround(LEAST_VARIANCE))
const MOST_WIDTH = 2 * HALF_WIDTH[90] * Math.sqrt(MOST_VARIANCE)
const MOST_OF_ROW = [1, MOST_ERROR ** 2, MOST_ERROR, NLL_CAP - NLL_FLOOR, 1, 1, MOST_WIDTH]

export const REGRESSION_COUNTS = MOST_OF_ROW.length
export const LARGEST_OF_ROW = Math.max(...MOST_OF_ROW)
export const ROW_L1 = MOST_OF_ROW.reduce((sum, most) => sum + most, 0)
export const ROW_L2 = Math.sqrt(MOST_OF_ROW.reduce((sum, most) => sum + most ** 2, 0))

/** Of the rows of `logits` whose value is known. */
export function computeRegressionCounts({ logits, values = new Float32Array() }: ShareInput): Float64Array {
  const places = Int32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]))
  const known = values.filter((value) => !Number.isNaN(value))
  const caps = { error: MOST_ERROR, nll: NLL_CAP }
  const sums = sumErrors(gaussiansOf(rowsOfMatrix(logits, 2, places)), known, caps)
  const { rows, squared, absolute, nll, covered50, covered90, width90 } = sums
  const shifted = Math.max(0, nll - NLL_FLOOR * rows) // rounding may leave a hair below
  return Float64Array.of(rows, squared, absolute, shifted, covered50, covered90, width90)
}

/** What the sum of the sites' shares says of all their rows together. */
export function errorsOfCounts(sum: Float64Array): ErrorSums {
  const [rows = 0, squared = 0, absolute = 0, shifted = 0, covered50 = 0, covered90 = 0, width90 = 0] = sum
  return { rows, squared, absolute, nll: shifted + NLL_FLOOR * rows, covered50, covered90, width90 }
}
