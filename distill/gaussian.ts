/**
 * Predictions of a number: a normal distribution for each row.
 *
 * A network gives two numbers a row, the mean and a raw logarithm of the variance (Nix and Weigend 1994;
 * Lakshminarayanan et al., arXiv 1612.01474, section 2.2), both of the standardised target; losses/gaussian.ts bounds
 * the second. As predictions, rows x 2 hold mean and variance.
 */
import { LOG_VARIANCE_BOUND } from './losses/gaussian.ts'

/** No variance is smaller; .018 of the target's spread, squared. */
export const LEAST_VARIANCE = Math.exp(-LOG_VARIANCE_BOUND)
/** No variance is larger, and no mean further out than its root: 8 spreads, where targets are clipped too. */
export const MOST_VARIANCE = 64
const MOST_MEAN = Math.sqrt(MOST_VARIANCE)

/** Mean and raw log-variance, rows x 2, as mean and variance, rows x 2. */
export function gaussiansOf(raw: Float32Array): Float32Array {
  return raw.map((value, at) =>
    at % 2 === 0
      ? Math.max(-MOST_MEAN, Math.min(MOST_MEAN, value))
      : Math.min(MOST_VARIANCE, Math.exp(LOG_VARIANCE_BOUND * Math.tanh(value / LOG_VARIANCE_BOUND))),
  )
}

/** -ln of the density at `value` of a normal distribution, in nats of the target's own unit. */
export function negativeLogDensity(value: number, mean: number, variance: number): number {
  return (Math.log(2 * Math.PI * variance) + (value - mean) ** 2 / variance) / 2
}

/** KL(p || q) in nats between normal distributions. */
export function gaussianKl(
  p: { readonly mean: number; readonly variance: number },
  q: { readonly mean: number; readonly variance: number },
): number {
  const ratio = p.variance / q.variance
  return (ratio - 1 - Math.log(ratio) + (p.mean - q.mean) ** 2 / q.variance) / 2
}

/** Half the width of the central interval of a standard normal distribution that holds half, and nine in ten, of it. */
export const HALF_WIDTH = { 50: 0.6744897501960817, 90: 1.6448536269514722 } as const
