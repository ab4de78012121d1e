import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { gaussianRdp } from './rdp-curves.ts'
import { sampledGaussianLogMoment, sampledGaussianRdp } from './sampled-gaussian-rdp.ts'

const rate = fc.double({ min: 1e-6, max: 0.999, noNaN: true })
const noiseMultiplier = fc.double({ min: 0.3, max: 50, noNaN: true })

/** ln of the paper's sum for whole orders: C(a, i) (1 - q)^(a - i) q^i e^((i^2 - i) / 2 s^2), from i = 0. */
function binomialLogMoment(q: number, s: number, order: number): number {
  let log = order * Math.log1p(-q)
  const terms: number[] = []
  for (let i = 0; i <= order; i++) {
    terms.push(log + (i * i - i) / (2 * s * s))
    log += Math.log((order - i) / (i + 1)) + Math.log(q) - Math.log1p(-q)
  }
  const peak = Math.max(...terms)
  return peak + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - peak), 0))
}

it('the integral is the binomial sum, at whole orders', () => {
  fc.assert(
    fc.property(rate, noiseMultiplier, fc.integer({ min: 2, max: 64 }), (q, s, order) => {
      const sum = binomialLogMoment(q, s, order)
      // The sum is 1 and a little: its logarithm keeps an absolute error, the integral a relative one.
      expect(Math.abs(sampledGaussianLogMoment(q, s, order) - sum)).toBeLessThan(1e-12 + 1e-11 * sum)
    }),
  )
})

// At order 2, A - 1 = q^2 (e^(1/s^2) - 1), in closed form.
it('keeps its digits however small the rate', () => {
  for (const q of [1e-9, 1e-5, 0.1])
    for (const s of [0.4, 1, 30])
      expect(sampledGaussianRdp(q, s, 2) / Math.log1p(q * q * Math.expm1(1 / (s * s)))).toBeCloseTo(1, 11)
})

it('lies between nothing and the Gaussian without sampling, and grows with the order', () => {
  fc.assert(
    fc.property(rate, noiseMultiplier, fc.double({ min: 1.05, max: 300, noNaN: true }), (q, s, order) => {
      const cost = sampledGaussianRdp(q, s, order)
      expect(cost).toBeGreaterThan(0)
      expect(cost).toBeLessThanOrEqual(gaussianRdp(s, order) * (1 + 1e-12))
      expect(sampledGaussianRdp(q, s, order * 1.1)).toBeGreaterThanOrEqual(cost * (1 - 1e-12))
    }),
  )
  expect(sampledGaussianRdp(0, 1, 3)).toBe(0)
  expect(sampledGaussianRdp(1, 2, 3)).toBe(3 / 8)
  expect(sampledGaussianRdp(0.5, 0.049, 3)).toBeGreaterThan(sampledGaussianRdp(0.5, 0.051, 3))
})
