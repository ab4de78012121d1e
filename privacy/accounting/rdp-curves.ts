/**
 * What mechanisms cost, as RDP at an order alpha > 1, in nats.
 *
 * Neighbours differ by one unit of privacy added or removed, except where a function says otherwise.
 */
import { logSum } from './special-functions.ts'

/** alpha / 2 s^2, s the noise multiplier (Mironov 2017, proposition 7). */
export const gaussianRdp = (noiseMultiplier: number, order: number): number =>
  order / (2 * noiseMultiplier ** 2)

/** Laplace noise of `scale` times the L1 sensitivity (Mironov 2017, proposition 6). */
export function laplaceRdp(scale: number, order: number): number {
  // The published mean of two exponentials, rearranged around e^((alpha - 1) epsilon) to stay finite.
  const epsilon = 1 / scale
  const dip = ((order - 1) * Math.expm1((1 - 2 * order) * epsilon)) / (2 * order - 1)
  return epsilon + Math.log1p(dip) / (order - 1)
}

/**
 * Randomised response over `classes` >= 2 answers: the truth with probability `truth`, each other answer alike.
 * One answer is replaced by another (Mironov 2017, proposition 5, for two classes).
 */
export function randomizedResponseRdp(truth: number, classes: number, order: number): number {
  const other = (1 - truth) / (classes - 1)
  return divergence(
    [
      [truth, other, 1],
      [other, truth, 1],
      [other, other, classes - 2],
    ],
    order,
  )
}

/** The same, where the neighbour without the record answers uniformly at random: the worse direction of two. */
export function randomizedResponseRdpAgainstUniform(truth: number, classes: number, order: number): number {
  const other = (1 - truth) / (classes - 1)
  const uniform = 1 / classes
  return Math.max(
    divergence(
      [
        [truth, uniform, 1],
        [other, uniform, classes - 1],
      ],
      order,
    ),
    divergence(
      [
        [uniform, truth, 1],
        [uniform, other, classes - 1],
      ],
      order,
    ),
  )
}

/** Any mechanism of pure epsilon: none is worse than randomised response over two answers. */
export const pureRdp = (epsilon: number, order: number): number =>
  Math.min(epsilon, randomizedResponseRdp(1 / (1 + Math.exp(-epsilon)), 2, order))

/** Renyi divergence of P from Q over outcomes [p, q, how many of them]. */
function divergence(outcomes: readonly (readonly [number, number, number])[], order: number): number {
  const terms = outcomes
    .filter(([, , times]) => times > 0)
    .map(([p, q, times]) => order * Math.log(p) + (1 - order) * Math.log(q) + Math.log(times))
  return Math.max(0, logSum(terms) / (order - 1))
}
