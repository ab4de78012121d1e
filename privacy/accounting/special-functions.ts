/**
 * The error function, the normal distribution, and sums of numbers kept as logarithms.
 *
 * Tails matter more than the middle here: a delta of 1e-12 is a difference of two tails. So each function keeps
 * its *relative* error near 1e-14, on both sides of zero: around zero the series of erf, whose terms are all
 * positive, and beyond 2 the continued fraction of erfc (Abramowitz and Stegun 7.1.6 and 7.1.14).
 */

const SERIES_BELOW = 2

/** erfc(x) = 2/sqrt(pi) * integral of exp(-t^2) from x to infinity. */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x)
  return x < SERIES_BELOW ? 1 - erfSeries(x) : Math.exp(-x * x) * scaledErfc(x)
}

/** ln erfc(x), finite far beyond where erfc itself is 0 in floating point. */
export function logErfc(x: number): number {
  return x < SERIES_BELOW ? Math.log(erfc(x)) : Math.log(scaledErfc(x)) - x * x
}

/** P[N(0, 1) <= x]. */
export const normalCdf = (x: number): number => erfc(-x * Math.SQRT1_2) / 2

/** ln P[N(0, 1) <= x]. */
export const logNormalCdf = (x: number): number => logErfc(-x * Math.SQRT1_2) - Math.LN2

/** P[from < N(0, 1) <= to], from <= to, without cancellation when both lie in one tail. */
export function normalBetween(from: number, to: number): number {
  return from > 0 ? normalCdf(-from) - normalCdf(-to) : normalCdf(to) - normalCdf(from)
}

/** ln(e^a + e^b). */
export function logAdd(a: number, b: number): number {
  const [low, high] = a < b ? [a, b] : [b, a]
  return low === -Infinity ? high : high + Math.log1p(Math.exp(low - high))
}

/** ln(e^a - e^b) for a >= b. */
export function logSubtract(a: number, b: number): number {
  return b === -Infinity ? a : a + Math.log(-Math.expm1(b - a))
}

/** ln of the sum of e^x over the values. */
export const logSum = (values: readonly number[]): number => values.reduce(logAdd, -Infinity)

/** erf(x) = 2/sqrt(pi) * exp(-x^2) * sum over n of 2^n x^(2n+1) / (1 * 3 * 5 ... (2n+1)). */
function erfSeries(x: number): number {
  let term = x
  let sum = x
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1)
    sum += term
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum
}

/** exp(x^2) erfc(x) for x >= 2, the continued fraction from its far end: x + (1/2)/(x + (2/2)/(x + ...)). */
function scaledErfc(x: number): number {
  if (x === Infinity) return 0
  let fraction = x
  for (let k = Math.ceil(20 + 480 / (x * x)); k > 0; k--) fraction = x + k / 2 / fraction
  return 1 / (fraction * Math.sqrt(Math.PI))
}
