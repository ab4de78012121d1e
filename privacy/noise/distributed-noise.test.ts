import { describe, expect, it } from 'vitest'
import { varianceZ } from '../../test/support/goodness-of-fit.ts'
import { epsilonOf } from '../accounting/epsilon.ts'
import { rdpOf } from '../accounting/mechanism.ts'
import { gnMax } from '../accounting/pate.ts'
import { asResidues, decode } from '../fixed-point.ts'
import { wordStream } from '../masks.ts'
import type { Fraction } from './discrete-gaussian.ts'
import {
  addNoise,
  calibrateSoftVotes,
  siteNoise,
  softVotesMechanism,
  type SoftVotes,
} from './distributed-noise.ts'

const votes: SoftVotes = {
  sites: 10,
  threshold: 7,
  colluders: 2,
  scale: 1024,
  rowsPerSite: 50,
  classes: 10,
  questions: 1000,
}
const valueOf = ({ numerator, denominator }: Fraction) => numerator / denominator
const refused = (code: string) => expect.objectContaining({ code })

describe("a site's part of the noise", () => {
  // The essay's: 6 * 1024 / sqrt(3) = 3547.24.
  it('has its share of the variance, rounded up', () => {
    const part = valueOf(siteNoise({ ...votes, sites: 5, threshold: 4, colluders: 1 }, 6))
    expect(part).toBeGreaterThanOrEqual((6 * 1024) / Math.sqrt(3))
    expect(part).toBeCloseTo((6 * 1024) / Math.sqrt(3), 2)
  })

  it('is refused below two grid units', () => {
    // 2 = sumStdDev * scale / sqrt(5) at a sum deviation of 2 sqrt(5) / 1024 = 0.004367.
    expect(valueOf(siteNoise(votes, 0.00437))).toBeGreaterThanOrEqual(2)
    expect(() => siteNoise(votes, 0.00436)).toThrowError(refused('DP_NOISE_TOO_FINE'))
  })

  it('is refused when values and noise might wrap', () => {
    const wide = { ...votes, rowsPerSite: 209_000 }
    // 10 * 209,000 * 1024 = 2,140,160,000; left 7,323,648 = 12 * sqrt(2) * 1024 * 421.4.
    expect(() => siteNoise(wide, 421)).not.toThrow()
    expect(() => siteNoise(wide, 422)).toThrowError(refused('DP_SUM_WRAPS'))
  })

  it('is refused when no part is certain to be unknown', () => {
    for (const wrong of [{ colluders: 7 }, { threshold: 11 }, { colluders: -1 }, { threshold: 6.5 }])
      expect(() => siteNoise({ ...votes, ...wrong }, 60)).toThrowError(refused('DP_PARAMETER_INVALID'))
  })
})

describe('the whole noisy histogram', () => {
  // alpha / sigma^2 for every histogram, the data-independent bound of GNMax (V21: .08 at alpha 128, sigma 40).
  it('costs what GNMax pays for its winner alone', () => {
    const site = valueOf(siteNoise(votes, 40))
    const histogram = rdpOf({ ...softVotesMechanism(votes, site), count: 1 })
    const [winner] = gnMax(40, 1)
    for (const order of [2, 8, 32, 128]) {
      expect(histogram(order)).toBeCloseTo(order / 1600, 6) // a part is rounded up
      expect(rdpOf(winner!)(order)).toBeCloseTo(order / 1600, 12)
    }
  })
})

describe('the sum under the most dropouts and colluders', () => {
  /** Noise in the sum that no adversary knows, in units of the values, drawn word by word. */
  function unknownNoise(part: Fraction): number[] {
    const words = asResidues(new Uint32Array(20_000))
    const nextWord = wordStream(new Uint8Array(32).fill(4))
    for (let site = 0; site < votes.threshold - votes.colluders; site++) addNoise(words, part, nextWord)
    return [...decode(words, votes.scale)]
  }

  it('has the variance that was promised', () => {
    expect(Math.abs(varianceZ(unknownNoise(siteNoise(votes, 60)), 60 ** 2))).toBeLessThan(4)
  })

  it('would have less, and be seen to, if parts were cut for other sites', () => {
    const wrongDivisors = [votes.sites, votes.threshold, votes.threshold - votes.colluders + 1]
    for (const divisor of wrongDivisors) {
      const part = { numerator: Math.round((60 * 1024 * 16) / Math.sqrt(divisor)), denominator: 16 }
      expect(varianceZ(unknownNoise(part), 60 ** 2)).toBeLessThan(-4)
    }
  })
})

describe('soft votes', () => {
  // sqrt(2) * sqrt(1000) times the exact Gaussian multiplier of (3, 1e-6); as published, 69.04.
  it('are calibrated as one Gaussian would be, but for a hair', () => {
    const { noise, cost } = calibrateSoftVotes({ epsilon: 3, delta: 1e-6 }, votes)
    expect(noise).toBeGreaterThan(69.0435)
    expect(noise).toBeLessThan(69.044)
    expect(cost.epsilon).toBeLessThanOrEqual(3)
    const released = softVotesMechanism(votes, valueOf(siteNoise(votes, noise)))
    expect(epsilonOf([released], 1e-6).epsilon).toBeLessThanOrEqual(3)
  })

  it('cost no less on a coarse grid, where the Gaussian is not close and Renyi curves are used', () => {
    const coarse = { ...votes, scale: 1 }
    const { cost, noise } = calibrateSoftVotes({ epsilon: 3, delta: 1e-6 }, coarse)
    expect(cost.accountant).toBe('rdp')
    expect(noise).toBeGreaterThan(69.0435)
  })
})
