/** A number: its mean and log-variance, judged by likelihood (see gaussian.ts). */
import type { Standard } from '#engine/data/target.ts'
import { field } from '#engine/losses.ts'
import { add, exp, mean, mul, reshape, split } from '#engine/ops.ts'
import { gaussiansOf, negativeLogDensity } from '../gaussian.ts'
import { gaussianNllRows, gaussianOf, unmixed } from '../losses/gaussian.ts'
import { meanGaussianKl, regressionMetrics, sumErrors } from '../regression-metrics.ts'
import type { Head } from './head.ts'

export function gaussianHead(standard: Standard): Head {
  return {
    task: 'regress',
    outputs: 2,
    predict: gaussiansOf,
    measure: (predictions, { values = new Float32Array() }) =>
      regressionMetrics(sumErrors(predictions, values), standard),
    fidelity: (student, teacher) => ({ meanKl: meanGaussianKl(student, teacher) }),
    confidences: (predictions, { values = new Float32Array() }) =>
      Float64Array.from(
        values,
        (value, row) => -negativeLogDensity(value, predictions[2 * row] ?? 0, predictions[2 * row + 1] ?? 1),
      ),
    /** In the target's own unit, each [batch, 1]; `gaussian` is what the network gave. */
    release: (given) => {
      const { mean: standardised, logVariance } = gaussianOf(given)
      const { center, spread } = standard
      return {
        mean: add(mul(standardised, spread), center),
        standard_deviation: mul(exp(mul(logVariance, 0.5)), spread),
        gaussian: given,
      }
    },
    lesson: {
      // The value, and 1, or two zeros where it is not known.
      targetWidth: 2,
      targets: ({ rows, values = new Float32Array(rows).fill(NaN) }) =>
        Float32Array.from({ length: 2 * rows }, (_, at) => {
          const value = values[at >> 1] ?? NaN
          if (Number.isNaN(value)) return 0
          return at % 2 === 0 ? value : 1
        }),
      loss(outputs, batch) {
        const [value, known] = split(field(batch, 'targets'), [1, 1], -1)
        const rows = gaussianNllRows(gaussianOf(outputs), unmixed(value!, known!))
        return mean(mul(rows, reshape(known!, rows.shape)))
      },
    },
  }
}
