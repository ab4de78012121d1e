import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { autocorrelation, chiSquare, varianceZ } from '../../test/support/goodness-of-fit.ts'
import { wordStream } from '../masks.ts'
import { discreteGaussian, fractionAtLeast, type Fraction, type NextWord } from './discrete-gaussian.ts'

const stream = (fill: number): NextWord => wordStream(new Uint8Array(32).fill(fill))
const draws = (next: () => number, count: number) => Array.from({ length: count }, next)
const valueOf = ({ numerator, denominator }: Fraction) => numerator / denominator

/** exp(-y^2 / 2 sigma^2) over its sum. */
function exactPmf(sigma: number): (y: number) => number {
  const weight = (y: number) => Math.exp(-(y * y) / (2 * sigma * sigma))
  let total = 0
  for (let y = -Math.ceil(12 * sigma); y <= 12 * sigma; y++) total += weight(y)
  return (y) => weight(y) / total
}

function exactVariance(sigma: number): number {
  const pmf = exactPmf(sigma)
  let variance = 0
  for (let y = -Math.ceil(12 * sigma); y <= 12 * sigma; y++) variance += y * y * pmf(y)
  return variance
}

// Four deviations of a normal deviate, one in 16,000: the seeds are fixed, so a pass stays a pass.
const FOUR_SIGMA = 4
const isSampleOf = (samples: readonly number[], sigma: number) =>
  chiSquare(samples, exactPmf(sigma), 5 * sigma).z < FOUR_SIGMA &&
  Math.abs(varianceZ(samples, exactVariance(sigma))) < FOUR_SIGMA &&
  [1, 2, 7].every((lag) => Math.abs(autocorrelation(samples, lag)) * Math.sqrt(samples.length) < FOUR_SIGMA)

describe('the law that the tests compare with', () => {
  // privacy-accounting reference values: sigma 1 and 1/2.
  it('is the discrete Gaussian', () => {
    expect(exactPmf(1)(0)).toBeCloseTo(0.3989422782668617, 14)
    expect(exactVariance(1)).toBeCloseTo(0.9999997887677281, 13)
    expect(exactVariance(0.5)).toBeCloseTo(0.21501267508813848, 13)
  })
})

describe('draws', () => {
  it.each([
    { numerator: 1, denominator: 2 },
    { numerator: 1, denominator: 1 },
    { numerator: 2 ** 22, denominator: 2 ** 22 },
    { numerator: 7, denominator: 3 },
    { numerator: 25, denominator: 2 },
    { numerator: 2 ** 22 - 1, denominator: 2 ** 14 },
  ])(
    'follow the law, vary as it does and know nothing of each other: sigma $numerator/$denominator',
    (sigma) => {
      const samples = draws(discreteGaussian(sigma, stream(5)), 100_000)
      expect(isSampleOf(samples, valueOf(sigma))).toBe(true)
    },
  )

  it('of a large sigma have its variance', () => {
    const samples = draws(discreteGaussian(fractionAtLeast(28_862), stream(6)), 100_000)
    expect(Math.abs(varianceZ(samples, 28_862 ** 2))).toBeLessThan(FOUR_SIGMA)
  })

  it('are the same for the same bits', () => {
    const twice = [0, 1].map(() => draws(discreteGaussian({ numerator: 9, denominator: 2 }, stream(1)), 50))
    expect(twice[0]).toEqual(twice[1])
  })

  it('are refused for a sigma that could not be exact', () => {
    for (const [numerator, denominator] of [
      [0, 1],
      [1, 0],
      [1.5, 1],
      [2 ** 22 + 1, 1],
      [NaN, 1],
    ] as const)
      expect(() => discreteGaussian({ numerator, denominator }, stream(1))).toThrowError(
        expect.objectContaining({ code: 'DP_PARAMETER_INVALID' }),
      )
  })
})

describe('the test of draws', () => {
  const uniform = (next: NextWord) => () => (next() + 0.5) / 2 ** 32
  /** Box and Muller's method, in floating point. */
  const normal = (draw: () => number) => () =>
    Math.sqrt(-2 * Math.log(draw())) * Math.cos(2 * Math.PI * draw())
  const wrong: Record<string, (sigma: number, next: NextWord) => () => number> = {
    'half of sigma': (sigma, next) => discreteGaussian(fractionAtLeast(sigma / 2), next),
    'a rounded float': (sigma, next) => {
      const draw = normal(uniform(next))
      return () => Math.round(sigma * draw())
    },
    'a truncated float': (sigma, next) => {
      const draw = normal(uniform(next))
      return () => Math.trunc(sigma * draw())
    },
    'the variance divided by one site too many': (sigma, next) =>
      discreteGaussian(fractionAtLeast(sigma * Math.sqrt(9 / 10)), next),
    'a variance for a deviation': (sigma, next) => discreteGaussian(fractionAtLeast(sigma * sigma), next),
    'every draw given twice': (sigma, next) => {
      const draw = discreteGaussian(fractionAtLeast(sigma), next)
      let last: number | undefined
      return () => {
        const given = last ?? draw()
        last = last === undefined ? given : undefined
        return given
      }
    },
    'zeros drawn twice as often': (sigma, next) => {
      const draw = discreteGaussian(fractionAtLeast(sigma), next)
      return () => {
        const y = draw()
        return y === 0 || next() > 0.02 * 2 ** 32 ? y : 0
      }
    },
  }

  it.each(Object.keys(wrong))('rejects %s', (name) => {
    const samples = draws(wrong[name]!(1.5, stream(5)), 100_000)
    expect(isSampleOf(samples, 1.5)).toBe(false)
  })

  it('accepts what is right', () => {
    const rejected = Array.from({ length: 20 }, (_, seed) =>
      isSampleOf(draws(discreteGaussian({ numerator: 3, denominator: 2 }, stream(seed)), 20_000), 1.5),
    ).filter((fits) => !fits)
    expect(rejected).toEqual([])
  })
})

describe('a fraction of a scale', () => {
  it('is never below it, and above by less than a millionth from 2 on', () => {
    fc.assert(
      fc.property(fc.double({ min: 2, max: 2 ** 21, noNaN: true }), (value) => {
        const fraction = fractionAtLeast(value)
        expect(valueOf(fraction)).toBeGreaterThanOrEqual(value)
        expect(valueOf(fraction)).toBeLessThanOrEqual(value * (1 + 1e-6))
        expect(() => discreteGaussian(fraction, stream(0))).not.toThrow()
      }),
    )
  })

  it('is refused outside the range', () => {
    for (const value of [0, -1, NaN, Infinity, 2 ** 22])
      expect(() => fractionAtLeast(value)).toThrowError(
        expect.objectContaining({ code: 'DP_PARAMETER_INVALID' }),
      )
  })
})
