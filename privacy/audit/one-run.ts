/**
 * A privacy audit from one training run (Steinke, Nasr and Jagielski, arXiv 2305.08846).
 *
 * Of m canaries a fair coin put each one in or left it out. The auditor sees what the mechanism gave out and
 * says "in" or "out" of r of them, the ones it is surest of, abstaining on the rest; v are right. If the
 * mechanism were (epsilon, delta) private, v would be no larger, stochastically, than a binomial of r throws with
 * success e^epsilon / (1 + e^epsilon), give or take delta; so many right guesses refute every smaller epsilon.
 */
import { binomialMass, binomialTail } from './binomial.ts'

export interface OneRunOutcome {
  readonly canaries: number
  readonly guesses: number
  readonly correct: number
}

/**
 * The p-value of "this mechanism is (epsilon, delta) private" (appendix D):
 * P[Bin(r, q) >= v] + 2 m delta max over i in 1..v of P[v > Bin(r, q) >= v - i] / i, q = 1 / (1 + e^-epsilon).
 */
export function oneRunPValue(outcome: OneRunOutcome, epsilon: number, delta: number): number {
  const { canaries, guesses, correct } = outcome
  const q = 1 / (1 + Math.exp(-epsilon))
  const tail = binomialTail(correct, guesses, q)
  if (delta === 0) return tail
  let [below, steepest] = [0, 0]
  for (let i = 1; i <= correct; i++) {
    below += binomialMass(correct - i, guesses, q)
    steepest = Math.max(steepest, below / i)
  }
  return Math.min(1, tail + 2 * canaries * delta * steepest)
}

const LARGEST_EPSILON = 64

/** The largest epsilon that the outcome refutes with this confidence, by bisection; 0 when it refutes none. */
export function oneRunEpsilon(outcome: OneRunOutcome, delta: number, confidence = 0.95): number {
  const refuted = (epsilon: number) => oneRunPValue(outcome, epsilon, delta) < 1 - confidence
  if (outcome.guesses === 0 || !refuted(0)) return 0
  let [low, high] = [0, LARGEST_EPSILON]
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2
    if (refuted(middle)) low = middle
    else high = middle
  }
  return low
}

/**
 * Guesses "in" of the `each` canaries with the highest scores and "out" of the `each` with the lowest. `each` must
 * be decided without looking at `included`; at most half of the canaries.
 */
export function guessCanaries(
  scores: ArrayLike<number>,
  included: ArrayLike<number | boolean>,
  each: number,
): OneRunOutcome {
  const order = Array.from(scores, (_, canary) => canary).sort(
    (a, b) => (scores[b] as number) - (scores[a] as number),
  )
  const isIn = (canary: number) => Boolean(included[canary])
  const saidIn = order.slice(0, each).filter(isIn).length
  const saidOut = order.slice(order.length - each).filter((canary) => !isIn(canary)).length
  return { canaries: order.length, guesses: 2 * each, correct: saidIn + saidOut }
}
