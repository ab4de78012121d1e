/**
 * The binomial distribution and exact intervals for a proportion, by way of the regularised incomplete beta
 * function I_x(a, b), because P[Bin(n, p) >= k] = I_p(k, n - k + 1).
 *
 * ln Gamma is Stirling's series (Abramowitz and Stegun 6.1.41) beyond 10, reached from below by
 * Gamma(x + 1) = x Gamma(x). I_x is its continued fraction (26.5.8), which converges fast below the mean
 * (a + 1) / (a + b + 2); beyond it I_x(a, b) = 1 - I_{1-x}(b, a).
 */

/** B_2k / (2k (2k - 1)), k = 1..7. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156]
const STIRLING_FROM = 10

/** ln Gamma(x), x > 0; absolute error about 1e-14 max(1, |ln Gamma(x)|). */
export function logGamma(x: number): number {
  let shift = 0
  for (; x < STIRLING_FROM; x++) shift += Math.log(x)
  const series = STIRLING.reduceRight((sum, term) => sum / (x * x) + term, 0) / x
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series - shift
}

/** I_x(a, b) for x in [0, 1] and a, b > 0. */
export function regularisedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - regularisedBeta(1 - x, b, a)
  const front = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)
  return Math.exp(front) / a / betaFraction(x, a, b)
}

/** P[Bin(trials, p) >= successes]. */
export function binomialTail(successes: number, trials: number, p: number): number {
  if (successes <= 0) return 1
  return successes > trials ? 0 : regularisedBeta(p, successes, trials - successes + 1)
}

/** P[Bin(trials, p) = successes], 0 < p < 1. */
export function binomialMass(successes: number, trials: number, p: number): number {
  const failures = trials - successes
  const ways = logGamma(trials + 1) - logGamma(successes + 1) - logGamma(failures + 1)
  return Math.exp(ways + successes * Math.log(p) + failures * Math.log1p(-p))
}

export interface Interval {
  readonly low: number
  readonly high: number
}

/**
 * Clopper and Pearson's interval (Biometrika 26, 1934) for a proportion: each end errs with probability at most
 * (1 - confidence) / 2, whatever the proportion. Without trials it is [0, 1].
 */
export function clopperPearson(successes: number, trials: number, confidence = 0.95): Interval {
  const tail = (1 - confidence) / 2
  return {
    low: successes <= 0 ? 0 : solve((p) => binomialTail(successes, trials, p) < tail),
    high: successes >= trials ? 1 : solve((p) => 1 - binomialTail(successes + 1, trials, p) > tail),
  }
}

/** The p in [0, 1] up to which `below` holds, to the last bit that bisection gives. */
function solve(below: (p: number) => boolean): number {
  let [low, high] = [0, 1]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (below(middle)) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** 1 + d1/(1 + d2/(1 + ...)) of A&S 26.5.8, forward by Lentz's method. */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  let [c, d, fraction] = [1, 0, 1]
  for (let step = 1; step <= 10_000; step++) {
    const m = step >> 1
    const top = step % 2 === 0 ? m * (b - m) : -(a + m) * (a + b + m)
    const term = (top * x) / ((a + step - 1) * (a + step))
    d = 1 / nonZero(1 + term * d, tiny)
    c = nonZero(1 + term / c, tiny)
    fraction *= c * d
    if (Math.abs(c * d - 1) < 1e-15) break
  }
  return fraction
}

const nonZero = (value: number, tiny: number) => (Math.abs(value) < tiny ? tiny : value)
