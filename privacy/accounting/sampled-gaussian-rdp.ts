/**
 * RDP of the Poisson-subsampled Gaussian mechanism, the step of DP-SGD (Mironov, Talwar and Zhang 2019,
 * 1908.10530).
 *
 * Each record joins a batch with probability q, and N(0, s^2) is added to a sum that one record moves by at most
 * 1. The cost at order a is ln(A) / (a - 1), where, for z drawn from N(0, s^2),
 *
 *   A = E[(1 + x)^a],   x = q (e^u - 1),   u = (2z - 1) / (2 s^2).
 *
 * The paper sums a binomial series for whole orders and two slowly decaying, alternating ones for the others.
 * We integrate instead, the same way for every order. As E[x] = 0,
 *
 *   A - 1 = E[(1 + x)^a - 1 - a x],
 *
 * where nothing is negative, since the power is convex: no digit cancels, however small q. The integrand is
 * analytic in the strip |Im z| < pi s^2 and decays like a Gaussian, so the trapezoidal rule converges
 * exponentially (Trefethen and Weideman 2014): its relative error is about
 * exp(y^2 / 2 s^2 - 2 pi y / h) for every y inside the strip, and the step h below makes that e^-37, less than
 * rounding.
 */
import { logMixture } from './mixture.ts'
import { gaussianRdp } from './rdp-curves.ts'

/** Standard deviations of the Gaussian beyond which nothing is left to integrate: e^-72. */
const REACH = 12
/** Noise multiplier below which the steps would be too many. */
const LEAST_INTEGRATED = 0.05

/** Cost at an order > 1, in nats; rate q in [0, 1], noise multiplier s > 0. Adding or removing one record. */
export function sampledGaussianRdp(rate: number, noiseMultiplier: number, order: number): number {
  if (rate === 0) return 0
  // Sampling never adds to the cost, and takes little off where there is next to no noise to integrate over.
  if (rate === 1 || noiseMultiplier < LEAST_INTEGRATED) return gaussianRdp(noiseMultiplier, order)
  return sampledGaussianLogMoment(rate, noiseMultiplier, order) / (order - 1)
}

/** ln A of the essay, for q in (0, 1). */
export function sampledGaussianLogMoment(rate: number, noiseMultiplier: number, order: number): number {
  const variance = noiseMultiplier ** 2
  const step = Math.min(variance / 2.2, noiseMultiplier / 2)
  const last = Math.ceil((order + REACH * noiseMultiplier) / step)
  // The sum of e^term, kept as e^peak * sum.
  let peak = -Infinity
  let sum = 0
  for (let i = -Math.ceil((REACH * noiseMultiplier) / step); i <= last; i++) {
    const z = i * step
    const term =
      logConvexGap(logMixture(rate, (2 * z - 1) / (2 * variance)), order) - (z * z) / (2 * variance)
    if (term > peak) [peak, sum] = [term, sum * Math.exp(peak - term) + 1]
    else sum += Math.exp(term - peak)
  }
  const logGap = peak + Math.log((sum * step) / (noiseMultiplier * Math.sqrt(2 * Math.PI)))
  return logGap > 0 ? logGap + Math.log1p(Math.exp(-logGap)) : Math.log1p(Math.exp(logGap))
}

/** ln((1 + x)^a - 1 - a x), given ln(1 + x). */
function logConvexGap(logOnePlusX: number, order: number): number {
  const log = order * logOnePlusX
  // Where e^log could overflow, 1 + a x is a (1 + x) to the last digit.
  if (log > 50) return log + Math.log1p(-Math.exp(Math.log(order) + logOnePlusX - log))
  const x = Math.expm1(logOnePlusX)
  // Two almost equal numbers: the first terms of the binomial series instead.
  if (Math.abs(order * x) < 1e-3) {
    const series = 1 + ((order - 2) / 3) * x * (1 + ((order - 3) / 4) * x * (1 + ((order - 4) / 5) * x))
    return Math.log(((order * (order - 1)) / 2) * x * x * series)
  }
  return Math.log(Math.expm1(log) - order * x)
}
