import { describe, expect, it } from 'vitest'
import { gaussianDelta, gaussianEpsilon } from './gaussian.ts'
import { gaussianLoss, laplaceLoss, randomizedResponseLoss, type LossSource } from './loss-source.ts'
import { composeLosses } from './pld-composition.ts'
import { deltaAt, epsilonAt, lossPair, type LossDistribution } from './pld.ts'

const composed = (...parts: [LossSource, number][]) =>
  composeLosses(parts.map(([source, count]) => ({ pair: lossPair(source), count })))!
const total = ({ masses, infinityMass }: LossDistribution) =>
  masses.reduce((sum, mass) => sum + mass, infinityMass)

describe('a law on the grid', () => {
  // The essay's miniature: mass 1 under P and .8 under Q, between losses 0 and ln 2, is .6 and .4.
  it('divides mass so that both worlds keep theirs', () => {
    const source: LossSource = {
      lowest: 0,
      highest: Math.LN2,
      symmetric: false,
      masses: () => ({ p: Float64Array.of(0, 1, 0), q: Float64Array.of(0, 0.8, 0) }),
    }
    const { first, masses, infinityMass } = lossPair(source, Math.LN2).remove
    expect(first).toBe(0)
    expect(masses[0]).toBeCloseTo(0.6, 14)
    expect(masses[1]).toBeCloseTo(0.4, 14)
    expect(infinityMass).toBe(0)
  })

  it('has the exact delta at grid points and never less between them', () => {
    const { remove } = lossPair(gaussianLoss(0.8), 0.1)
    for (let point = 0; point < 60; point++) {
      const [on, between] = [point / 10, point / 10 + 0.025]
      expect(deltaAt(remove, on) / gaussianDelta(0.8, on)).toBeCloseTo(1, 9)
      expect(deltaAt(remove, between)).toBeGreaterThan(gaussianDelta(0.8, between))
    }
  })

  it('holds all the mass there is, in both directions', () => {
    for (const source of [gaussianLoss(1), gaussianLoss(0.7, 0.01), laplaceLoss(0.3, 0.5), laplaceLoss(2)]) {
      const { remove, add } = lossPair(source)
      expect(total(remove)).toBeCloseTo(1, 12)
      expect(total(add)).toBeCloseTo(1, 12)
    }
  })

  // Laplace, scale b: delta(epsilon) = 1 - exp((epsilon - 1/b) / 2) for epsilon < 1/b (Balle and Wang 2018, appendix).
  it('of Laplace noise has its closed delta', () => {
    const { remove } = lossPair(laplaceLoss(0.5))
    for (const epsilon of [0, 0.5, 1, 1.9])
      expect(deltaAt(remove, epsilon)).toBeCloseTo(1 - Math.exp((epsilon - 2) / 2), 12)
    expect(deltaAt(remove, 2)).toBe(0)
  })

  // delta(epsilon) = (e^E - e^epsilon) / (e^E + k - 1): the one outcome whose loss is above epsilon.
  it('of randomised response has its closed delta', () => {
    const { remove } = lossPair(randomizedResponseLoss(1, 4))
    for (const epsilon of [0, 0.5, 0.9])
      expect(deltaAt(remove, epsilon)).toBeCloseTo((Math.E - Math.exp(epsilon)) / (Math.E + 3), 12)
  })

  // Subsampling: delta of removing is q delta_1(ln(1 + (e^epsilon - 1) / q)) (Balle, Barthe and Gaboardi 2018).
  it('of a subsampled Gaussian is amplified by its rate', () => {
    const { remove } = lossPair(gaussianLoss(1, 0.1))
    for (const epsilon of [0.1, 0.5, 1])
      expect(deltaAt(remove, epsilon)).toBeCloseTo(
        0.1 * gaussianDelta(1, Math.log1p(Math.expm1(epsilon) / 0.1)),
        10,
      )
  })

  // Losses beyond 37 and 710 are where e^-loss is lost beside 1, and where e^loss overflows.
  it.each([
    [0.1, 1],
    [0.03, 1],
    [0.03, 0.01],
  ])('goes on where exponentials end: noise %d, rate %d', (noise, rate) => {
    const { remove, add } = lossPair(gaussianLoss(noise, rate), 0.01)
    expect(total(remove)).toBeCloseTo(1, 11)
    expect(total(add)).toBeCloseTo(1, 11)
    const exact = gaussianEpsilon(noise, 1e-6 / rate) + Math.log(rate)
    expect(epsilonAt(remove, 1e-6)).toBeGreaterThanOrEqual(exact - 1e-9)
    expect(epsilonAt(remove, 1e-6)).toBeLessThan(exact + 0.01)
  })

  it('gives back the epsilon of a delta', () => {
    const { remove, add } = composed([gaussianLoss(1, 0.1), 40])
    for (const law of [remove, add])
      for (const epsilon of [0.2, 1, 2.5])
        expect(epsilonAt(law, deltaAt(law, epsilon))).toBeCloseTo(epsilon, 6)
    expect(epsilonAt(remove, 0.999)).toBe(0)
    expect(epsilonAt({ step: 1, first: 0, masses: Float64Array.of(0.9), infinityMass: 0.1 }, 0.05)).toBe(
      Infinity,
    )
  })
})

describe('a total of losses', () => {
  // k Gaussians of multiplier s sqrt(k) are one of multiplier s.
  it.each([1e-3, 1e-6, 1e-9, 1e-12])('is that of one Gaussian, and never below it: delta %d', (delta) => {
    const exact = gaussianEpsilon(1, delta)
    for (const count of [2, 10, 1000]) {
      const epsilon = epsilonAt(composed([gaussianLoss(Math.sqrt(count)), count]).remove, delta)
      expect(epsilon).toBeGreaterThanOrEqual(exact)
      // Rounding shows at last: 1e-15 of mass is a thousandth of this delta.
      expect(epsilon).toBeLessThan(exact + (delta > 1e-12 ? 1e-3 : 5e-3))
    }
  })

  it('does not depend on how it is put together', () => {
    const source = gaussianLoss(1.2, 0.05)
    const whole = composed([source, 30], [laplaceLoss(3), 2])
    const parts = composed([laplaceLoss(3), 1], [source, 11], [source, 19], [laplaceLoss(3), 1])
    for (const epsilon of [0.5, 1, 2])
      for (const direction of ['remove', 'add'] as const)
        expect(deltaAt(parts[direction], epsilon)).toBeCloseTo(deltaAt(whole[direction], epsilon), 11)
  })

  it('counts what may lie outside its window', () => {
    const { remove } = composed([gaussianLoss(1), 50])
    expect(remove.infinityMass).toBeGreaterThanOrEqual(1e-15)
    expect(total(remove)).toBeCloseTo(1, 11)
  })

  it('is none where it would not fit', () => {
    expect(composeLosses([{ pair: lossPair(laplaceLoss(0.1)), count: 100_000 }])).toBeUndefined()
  })
})
