/** A number: its mean and log-variance, judged by likelihood (see gaussian.ts). */
import type { Standard } from '#engine/data/schema.ts'
import { field } from '#engine/losses.ts'
import { add, exp, mean, mul } from '#engine/ops.ts'
import { gaussiansOf, negativeLogDensity } from '../gaussian.ts'
import { gaussianNllRows, gaussianOf } from '../losses/gaussian.ts'
import { meanGaussianKl, regressionMetrics, sumErrors } from '../regression-metrics.ts'
import type { Head } from './head.ts'

export function gaussianHead(standard: Standard): Head {
  return {
    task: 'regress',
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
      targets: ({ values = new Float32Array() }) => ({ data: values, width: 1 }),
      loss: (outputs, batch) => mean(gaussianNllRows(gaussianOf(outputs), field(batch, 'targets'))),
    },
  }
}
