/**
 * Exact samples of the discrete Gaussian: P[y] proportional to exp(-y^2 / 2 sigma^2) over the whole numbers
 * (Canonne, Kamath and Steinke 2020, 2004.00010).
 *
 * Floating-point noise leaks through its lowest bits (Mironov 2012), so no decision here is taken in floating
 * point: every draw is a comparison of whole numbers below 2^53, which doubles hold exactly. Bits in, integers out.
 *
 * The pieces, each made of the one before:
 * - a coin of probability a/b is a uniform integer below b held against a;
 * - a coin of probability e^-x, 0 <= x <= 1, flips coins of probability x/1, x/2, x/3, ... until one fails: the
 *   number of flips is odd with probability 1 - x + x^2/2 - ... = e^-x (von Neumann 1951);
 * - a discrete Laplace draw of scale t: a remainder u below t, kept with e^(-u/t), and a geometric multiple of t;
 * - a discrete Gaussian draw: a discrete Laplace draw y of scale t = floor(sigma) + 1, kept with
 *   exp(-(|y| - sigma^2/t)^2 / 2 sigma^2), the ratio of the two laws up to a constant.
 *
 * The paper leaves that last exponent to big integers. With sigma = p/q it is w^2 / 2 for w = (|y| q^2 t - p^2) / pqt,
 * and if w = n + r/d has the whole part n, then
 *
 *   e^(-w^2/2) = e^(-n^2/2) * e^(-n r/d) * e^(-(r/d)^2 / 2),
 *
 * coins of e^-1 and e^-1/2, n coins of e^(-r/d), and one whose flips are each three small coins: no square is formed.
 */
import { PrivacyError } from '../errors.ts'
import { uniformBelow } from '../masks.ts'

/** Uniform 32-bit words, independent; from a cryptographic source wherever privacy rests on them. */
export type NextWord = () => number

/** A positive fraction of whole numbers. */
export interface Fraction {
  readonly numerator: number
  readonly denominator: number
}

/** Numerator and denominator stay below this, and squares of either stay exact. */
const LARGEST_PART = 2 ** 22

/**
 * The least fraction at or above `value`, of the finest denominator 2^k that the sampler takes: rounding noise up
 * never costs privacy. Throws `DP_PARAMETER_INVALID` outside (0, 2^22).
 */
export function fractionAtLeast(value: number): Fraction {
  if (!(value > 0 && value < LARGEST_PART))
    throw new PrivacyError(
      'DP_PARAMETER_INVALID',
      `A noise scale of ${value} grid units cannot be sampled; it must lie above 0 and below 2^22.`,
    )
  let denominator = 1
  while (denominator < 2 ** 20 && value * denominator * 2 <= LARGEST_PART / 2) denominator *= 2
  return { numerator: Math.ceil(value * denominator), denominator }
}

/**
 * A source of independent draws. Sigma in grid units; numerator and denominator are whole and from 1 to 2^22.
 * Throws `DP_PARAMETER_INVALID`.
 */
export function discreteGaussian(
  { numerator: p, denominator: q }: Fraction,
  nextWord: NextWord,
): () => number {
  for (const part of [p, q])
    if (!Number.isInteger(part) || part < 1 || part > LARGEST_PART)
      throw new PrivacyError('DP_PARAMETER_INVALID', `Sigma is ${p}/${q}; both must be from 1 to 2^22.`)
  const t = Math.floor(p / q) + 1
  const d = p * q * t
  return () => {
    for (;;) {
      const y = discreteLaplace(t, nextWord)
      const w = Math.abs(Math.abs(y) * (q * q * t) - p * p)
      if (coinOfGaussian(w, d, nextWord)) return y
    }
  }
}

/** P[y] proportional to e^(-|y| / t), t a positive whole number. */
function discreteLaplace(t: number, nextWord: NextWord): number {
  for (;;) {
    const remainder = uniform(t, nextWord)
    if (!coinOfExp(remainder, t, nextWord)) continue
    let multiple = 0
    while (coinOfExp(1, 1, nextWord)) multiple++
    const size = remainder + t * multiple
    const negative = (nextWord() & 1) === 1
    // Zero has no sign: half of its draws are drawn again.
    if (!(negative && size === 0)) return negative ? -size : size
  }
}

/**
 * True with probability e^(-(w/d)^2 / 2). Both are exact but for a draw beyond 128 sigma, whose w may be rounded
 * in its last place, and which is kept with a probability below e^-8000.
 */
function coinOfGaussian(w: number, d: number, nextWord: NextWord): boolean {
  const r = w % d
  const n = (w - r) / d
  for (let whole = Math.floor((n * n) / 2); whole > 0; whole--) if (!coinOfExp(1, 1, nextWord)) return false
  if (n % 2 === 1 && !coinOfExp(1, 2, nextWord)) return false
  for (let i = 0; i < n; i++) if (!coinOfExp(r, d, nextWord)) return false
  let flips = 1
  while (coin(r, d, nextWord) && coin(r, d, nextWord) && coin(1, 2 * flips, nextWord)) flips++
  return flips % 2 === 1
}

/** True with probability e^(-a/b), 0 <= a <= b. */
function coinOfExp(a: number, b: number, nextWord: NextWord): boolean {
  let flips = 1
  while (coin(a, b, nextWord) && coin(1, flips, nextWord)) flips++
  return flips % 2 === 1
}

/** True with probability a/b. */
const coin = (a: number, b: number, nextWord: NextWord): boolean => a === b || uniform(b, nextWord) < a

/** A uniform whole number below `bound`, at most 2^53, by rejection. */
function uniform(bound: number, nextWord: NextWord): number {
  if (bound <= 2 ** 32) return uniformBelow(bound, nextWord)
  const fair = 2 ** 53 - (2 ** 53 % bound)
  for (;;) {
    const bits = (nextWord() >>> 11) * 2 ** 32 + nextWord()
    if (bits < fair) return bits % bound
  }
}
