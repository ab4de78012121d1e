/**
 * The Gaussian mechanism, exactly (Balle and Wang 2018, 1805.06530, theorem 8).
 *
 * `noiseMultiplier` is the standard deviation over the L2 sensitivity. Gaussian mechanisms compose into one: with
 * multipliers s_i, into that of 1 / sqrt(sum of 1 / s_i^2); Q alike, into s / sqrt(Q).
 */
import { logNormalCdf, normalCdf } from './special-functions.ts'

/** The smallest delta at an epsilon >= 0: Phi(1/2s - epsilon s) - e^epsilon Phi(-1/2s - epsilon s). */
export function gaussianDelta(noiseMultiplier: number, epsilon: number): number {
  const half = 1 / (2 * noiseMultiplier)
  const shift = epsilon * noiseMultiplier
  return Math.max(0, normalCdf(half - shift) - Math.exp(epsilon + logNormalCdf(-half - shift)))
}

/** The smallest epsilon >= 0 at a delta in (0, 1). */
export function gaussianEpsilon(noiseMultiplier: number, delta: number): number {
  return firstThat((epsilon) => gaussianDelta(noiseMultiplier, epsilon) <= delta)
}

/** The smallest noise multiplier that gives (epsilon, delta), epsilon >= 0 and delta in (0, 1). */
export function gaussianNoiseMultiplier(epsilon: number, delta: number): number {
  return firstThat((noiseMultiplier) => gaussianDelta(noiseMultiplier, epsilon) <= delta)
}

/** The multiplier of all together. */
export function composeGaussians(parts: readonly { noiseMultiplier: number; count: number }[]): number {
  return parts.reduce((sum, { noiseMultiplier, count }) => sum + count / noiseMultiplier ** 2, 0) ** -0.5
}

/** The least x >= 0, to the last bit, from which on the condition holds. */
function firstThat(holds: (x: number) => boolean): number {
  if (holds(0)) return 0
  let high = 1
  while (!holds(high)) high *= 2
  let low = high / 2
  while (holds(low)) [low, high] = [low / 2, low]
  for (;;) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) return high
    if (holds(middle)) high = middle
    else low = middle
  }
}
