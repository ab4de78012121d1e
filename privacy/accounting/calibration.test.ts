import { describe, expect, it } from 'vitest'
import { calibrate } from './calibration.ts'
import { epsilonOf } from './epsilon.ts'
import { gaussianNoiseMultiplier } from './gaussian.ts'
import type { Mechanism } from './mechanism.ts'

const builders: Record<string, (noise: number) => Mechanism[]> = {
  gaussian: (noise) => [{ kind: 'gaussian', noiseMultiplier: noise, count: 100 }],
  sampled: (noise) => [{ kind: 'sampledGaussian', samplingRate: 0.02, noiseMultiplier: noise, count: 300 }],
  laplace: (noise) => [{ kind: 'laplace', scale: noise, count: 20 }],
  skellam: (noise) => [{ kind: 'skellam', variance: noise ** 2, l2: 10, l1: 20, count: 5 }],
}

describe('the least noise', () => {
  it.each(Object.keys(builders))('of %s keeps the promise, and a thousandth less would not', (name) => {
    const build = builders[name]!
    for (const target of [
      { epsilon: 0.5, delta: 1e-6 },
      { epsilon: 3, delta: 1e-5 },
    ]) {
      const { noise, cost } = calibrate(target, build)
      expect(cost.epsilon).toBeLessThanOrEqual(target.epsilon)
      expect(epsilonOf(build(noise), target.delta)).toEqual(cost)
      expect(epsilonOf(build(noise * 0.999), target.delta).epsilon).toBeGreaterThan(target.epsilon)
    }
  })

  it('of a Gaussian is the exact one', () => {
    const { noise } = calibrate({ epsilon: 3, delta: 1e-5 }, builders.gaussian!)
    expect(noise / (10 * gaussianNoiseMultiplier(3, 1e-5))).toBeCloseTo(1, 5)
  })

  it('is refused when no noise is enough, or nothing is promised', () => {
    const useless = (): Mechanism[] => [{ kind: 'pure', epsilon: 2, count: 50 }]
    expect(() => calibrate({ epsilon: 1, delta: 1e-6 }, useless)).toThrowError(
      expect.objectContaining({ code: 'DP_UNREACHABLE' }),
    )
    for (const target of [
      { epsilon: 0, delta: 1e-5 },
      { epsilon: NaN, delta: 1e-5 },
      { epsilon: 1, delta: 0 },
    ])
      expect(() => calibrate(target, builders.gaussian!)).toThrowError(
        expect.objectContaining({ code: 'DP_PARAMETER_INVALID' }),
      )
  })
})
