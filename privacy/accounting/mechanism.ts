/**
 * Mechanisms as data: what was released, how noisy, how often. A ledger stores and composes these.
 *
 * Scales are relative to the sensitivity: the noise over how far one unit of privacy moves the value. Counts are
 * releases about the same records.
 */
import { PrivacyError } from '../errors.ts'
import { distributedGaussianRdp, skellamRdp } from './integer-noise.ts'
import { gaussianRdp, laplaceRdp, pureRdp, randomizedResponseRdp } from './rdp-curves.ts'
import { sampledGaussianRdp } from './sampled-gaussian-rdp.ts'
import type { RdpCurve } from './rdp.ts'

export type Mechanism =
  /** N(0, (noiseMultiplier * L2 sensitivity)^2) on each coordinate. */
  | { readonly kind: 'gaussian'; readonly noiseMultiplier: number; readonly count: number }
  /** A step of DP-SGD: each record in the batch with probability `samplingRate`, by itself (Poisson). */
  | {
      readonly kind: 'sampledGaussian'
      readonly samplingRate: number
      readonly noiseMultiplier: number
      readonly count: number
    }
  /** Laplace noise, its scale over the L1 sensitivity. */
  | { readonly kind: 'laplace'; readonly scale: number; readonly count: number }
  /** The truth with probability e^epsilon / (e^epsilon + classes - 1), else another answer, each alike. */
  | {
      readonly kind: 'randomizedResponse'
      readonly classes: number
      readonly epsilon: number
      readonly count: number
    }
  /** Anything of pure epsilon. */
  | { readonly kind: 'pure'; readonly epsilon: number; readonly count: number }
  /** Discrete Gaussian noise added by each of `sites`; all lengths in grid units. See `integer-noise.ts`. */
  | {
      readonly kind: 'distributedDiscreteGaussian'
      readonly sites: number
      readonly siteStdDev: number
      readonly l2: number
      readonly l1: number
      readonly dimensions: number
      readonly count: number
    }
  /** Skellam noise of this variance in all, in squared grid units. */
  | {
      readonly kind: 'skellam'
      readonly variance: number
      readonly l2: number
      readonly l1: number
      readonly count: number
    }

/** The cost of one release. */
export function rdpOf(mechanism: Mechanism): RdpCurve {
  switch (mechanism.kind) {
    case 'gaussian':
      return (order) => gaussianRdp(mechanism.noiseMultiplier, order)
    case 'sampledGaussian':
      return (order) => sampledGaussianRdp(mechanism.samplingRate, mechanism.noiseMultiplier, order)
    case 'laplace':
      return (order) => laplaceRdp(mechanism.scale, order)
    case 'randomizedResponse': {
      const truth = 1 / (1 + (mechanism.classes - 1) * Math.exp(-mechanism.epsilon))
      return (order) => Math.min(mechanism.epsilon, randomizedResponseRdp(truth, mechanism.classes, order))
    }
    case 'pure':
      return (order) => pureRdp(mechanism.epsilon, order)
    case 'distributedDiscreteGaussian':
      return (order) => distributedGaussianRdp(mechanism, order)
    case 'skellam':
      return (order) => skellamRdp(mechanism.variance, mechanism, order)
  }
}

/** Throws `DP_PARAMETER_INVALID`, naming the field, for a description outside its ranges. */
export function checkMechanism(mechanism: Mechanism): void {
  for (const [field, value] of Object.entries(mechanism)) {
    if (field === 'kind') continue
    const range = rangeOf[field as keyof typeof rangeOf]
    if (typeof value !== 'number' || !range.holds(value))
      throw new PrivacyError(
        'DP_PARAMETER_INVALID',
        `The ${field} of a ${mechanism.kind} mechanism is ${value}; it must be ${range.words}.`,
      )
  }
}

const positive = { words: 'above 0', holds: (x: number) => x > 0 && x < Infinity }
const whole = (least: number) => ({
  words: `a whole number from ${least}`,
  holds: (x: number) => Number.isSafeInteger(x) && x >= least,
})

const rangeOf = {
  noiseMultiplier: positive,
  scale: positive,
  epsilon: positive,
  variance: positive,
  l1: positive,
  l2: positive,
  siteStdDev: { words: 'at least 1/2 of a grid unit', holds: (x: number) => x >= 0.5 && x < Infinity },
  samplingRate: { words: 'above 0 and at most 1', holds: (x: number) => x > 0 && x <= 1 },
  classes: whole(2),
  sites: whole(1),
  dimensions: whole(1),
  count: whole(1),
}

/** Whether two mechanisms are alike but for how often they are used. */
export function sameNoise(one: Mechanism, other: Mechanism): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof Mechanism>
  keys.delete('count')
  return [...keys].every((key) => one[key] === other[key])
}
