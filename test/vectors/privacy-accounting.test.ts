/**
 * Costs that other implementations and arbitrary precision agree on.
 *
 * D is google/differential-privacy at b5b0286 (python/dp_accounting), O pytorch/opacus at 4d0ebc8, A
 * yuxiangw/autodp at 06489ea, T tensorflow/privacy at 03035d5 (research/pate_2018); "run" are values computed with
 * them. Closed forms are held to 1e-6, RDP to 3e-5 of both O and D, privacy loss distributions to 1e-3 absolute.
 */
import { describe, expect, it } from 'vitest'
import { calibrate } from '#privacy/accounting/calibration.ts'
import { epsilonOf, type Accountant } from '#privacy/accounting/epsilon.ts'
import { gaussianEpsilon, gaussianNoiseMultiplier } from '#privacy/accounting/gaussian.ts'
import { distributedGaussianRdp, skellamRdp, sumDiscrepancy } from '#privacy/accounting/integer-noise.ts'
import { gaussianLoss, laplaceLoss, type LossSource } from '#privacy/accounting/loss-source.ts'
import type { Mechanism } from '#privacy/accounting/mechanism.ts'
import * as pate from '#privacy/accounting/pate-analysis.ts'
import { composeLosses } from '#privacy/accounting/pld-composition.ts'
import { deltaAt, epsilonAt, lossPair } from '#privacy/accounting/pld.ts'
import * as curves from '#privacy/accounting/rdp-curves.ts'
import { epsilonFromRdp, rdpOrders, type RdpCurve } from '#privacy/accounting/rdp.ts'
import { sampledGaussianLogMoment, sampledGaussianRdp } from '#privacy/accounting/sampled-gaussian-rdp.ts'

/** What `expect(value).toSatisfy` takes; its name is what a failure prints. */
function named(name: string, holds: (value: number) => boolean): (value: number) => boolean {
  return Object.defineProperty(holds, 'name', { value: name })
}
const within = (relative: number) => (expected: number) =>
  named(`${expected} +- ${relative} of it`, (value) => Math.abs(value / expected - 1) <= relative)
const exactly = within(1e-6)
const roughly = within(3e-5)
const nearly = (expected: number) =>
  named(`${expected} +- .001`, (value) => Math.abs(value - expected) <= 1e-3)

const sampled = (samplingRate: number, noiseMultiplier: number, count: number): Mechanism[] => [
  { kind: 'sampledGaussian', samplingRate, noiseMultiplier, count },
]
const rdp = (mechanisms: Mechanism[], delta: number) => epsilonOf(mechanisms, delta, ['rdp']).epsilon
const times =
  (count: number, curve: RdpCurve): RdpCurve =>
  (order) =>
    count * curve(order)

/** The composed pair of sources, each run as often as its count says. */
function losses(...parts: [LossSource, number][]) {
  const total = composeLosses(parts.map(([source, count]) => ({ pair: lossPair(source), count })))!
  const worse = (of: (law: typeof total.add) => number) => Math.max(of(total.remove), of(total.add))
  return {
    delta: (epsilon: number) => worse((law) => deltaAt(law, epsilon)),
    epsilon: (delta: number) => worse((law) => epsilonAt(law, delta)),
  }
}

describe('RDP of the subsampled Gaussian', () => {
  it('V1: D rdp_privacy_accountant_test.py, 50 steps', () => {
    const at = (order: number) => 50 * sampledGaussianRdp(0.01, 2.5, order)
    expect(at(5)).toSatisfy(roughly(2.18075656e-3))
    expect(at(50)).toSatisfy(roughly(2.38460375e-2))
    expect(at(100)).toSatisfy(exactly(167.416308))
    // At low fractional orders D gives upper bounds, 3 % and 6e-5 above. The integrals by mpmath, 30 digits:
    expect(at(1.5)).toSatisfy(exactly(6.5007089718804e-4))
    expect(at(2.5)).toSatisfy(exactly(1.08541805691812e-3))
    expect(at(1.5)).toBeLessThan(6.70579741e-4)
    expect(at(2.5)).toBeLessThan(1.0854871e-3)
  })

  it('V12: A unit_test_dp_sgd_poisson_sampling_add_remove.py', () => {
    expect(sampledGaussianRdp(0.01, 1, 2)).toSatisfy(exactly(1.7181342207e-4))
    expect(sampledGaussianRdp(0.01, 1, 4)).toSatisfy(exactly(3.6315404891e-4))
    expect(sampledGaussianRdp(0.01, 1, 10)).toSatisfy(exactly(0.0382704189))
    expect(sampledGaussianRdp(0.01, 1, 64)).toSatisfy(exactly(27.3217318746))
  })

  it('V13: D _compute_log_a', () => {
    expect(sampledGaussianLogMoment(1e-3, 1, 2)).toSatisfy(exactly(1.718280352214e-6))
    expect(sampledGaussianLogMoment(0.01, 10, 20)).toSatisfy(exactly(1.912969991e-4))
    expect(sampledGaussianLogMoment(0.999, 100, 256.1)).toSatisfy(exactly(3.260108038))
  })

  it('V8: O accountants_test.py, confirmed by mpmath; D is above', () => {
    expect(rdp(sampled(0.04, 1.5, 2250), 1e-5)).toSatisfy(exactly(7.32911117143))
    expect(rdp(sampled(0.04, 1.5, 2250), 1e-5)).toBeLessThan(7.3293347)
  })

  it('V16, V17, V18: run', () => {
    expect(rdp(sampled(0.01, 1, 1000), 1e-5)).toSatisfy(exactly(2.1013652716))
    const whole = rdpOrders.filter(Number.isInteger)
    const wholeOnly = epsilonFromRdp(
      times(1000, (a) => sampledGaussianRdp(0.01, 1, a)),
      1e-5,
      whole,
    )
    expect(wholeOnly.epsilon).toSatisfy(exactly(2.1077531))
    expect(rdp(sampled(256 / 60000, 1.1, 14062), 1e-5)).toSatisfy(exactly(2.5965559))
    expect(rdp(sampled(0.001, 0.8, 1000), 1e-6)).toSatisfy(exactly(1.4618759))
  })

  it('V20: run, with a Gaussian beside it', () => {
    const both: Mechanism[] = [
      ...sampled(0.01, 1, 1000),
      { kind: 'gaussian', noiseMultiplier: 20, count: 1000 },
    ]
    const cost = epsilonOf(both, 1e-5, ['rdp'])
    expect(cost.epsilon).toSatisfy(exactly(8.4223334))
    expect(cost.order).toBe(3.7)
    expect(cost.epsilon).toSatisfy(roughly(8.4223636))
  })
})

describe('RDP of other mechanisms', () => {
  it('V2: D, a constant curve', () => {
    const orders = Array.from({ length: 31 }, (_, i) => i + 2)
    const cost = epsilonFromRdp(() => 1.1, 1e-5, orders)
    expect(cost.epsilon).toSatisfy(exactly(1.32783806176))
    expect(cost.order).toBe(32)
  })

  it('V3: D, and the exact cost', () => {
    expect(epsilonFromRdp((order) => curves.gaussianRdp(4.530877117, order), 1e-6).epsilon).toSatisfy(
      exactly(1),
    )
    expect(gaussianEpsilon(4.530877117, 1e-6)).toSatisfy(exactly(0.927392338))
  })

  // D's parameter .3 spreads that much evenly over all 10 answers: the truth has .7 + .03.
  it('V4: D, randomised response', () => {
    expect(curves.randomizedResponseRdp(0.73, 10, 1.5)).toSatisfy(exactly(2.6946320226546))
    expect(curves.randomizedResponseRdpAgainstUniform(0.73, 10, 1.5)).toSatisfy(exactly(1.5030552584147))
  })

  it('V15: run, Gaussian', () => {
    const mechanisms: Mechanism[] = [{ kind: 'gaussian', noiseMultiplier: 100, count: 1000 }]
    const cost = epsilonOf(mechanisms, 1e-5, ['rdp'])
    expect(cost.epsilon).toSatisfy(exactly(1.308497269))
    expect(cost.order).toBe(14)
    expect(epsilonOf(mechanisms, 1e-5).epsilon).toSatisfy(exactly(1.1993695738))
  })

  it('V19: run, Laplace', () => {
    expect(rdp([{ kind: 'laplace', scale: 10, count: 100 }], 1e-5)).toSatisfy(exactly(4.5326857))
  })

  it('V25: run, GNMax with its threshold', () => {
    const cost = epsilonFromRdp((a) => (640 * a) / (2 * 150 ** 2) + (286 * a) / 40 ** 2, 1e-5)
    expect(cost.epsilon).toSatisfy(exactly(2.7578869))
    expect(cost.order).toBe(8)
  })

  it('V26: run, distributed discrete Gaussian, whole orders', () => {
    const noise = (siteStdDev: number) =>
      ({ sites: 100, siteStdDev, l2: Math.SQRT2, l1: 2, dimensions: 10 }) as const
    const whole = rdpOrders.filter(Number.isInteger)
    const epsilon = (siteStdDev: number) =>
      epsilonFromRdp(
        times(100, (a) => distributedGaussianRdp(noise(siteStdDev), a)),
        1e-5,
        whole,
      ).epsilon
    expect(sumDiscrepancy(100, 1)).toSatisfy(exactly(5.47788699e-4))
    expect(epsilon(1)).toSatisfy(exactly(7.1322849))
    expect(epsilon(2)).toSatisfy(exactly(3.1903519))
  })

  it('V27: run, Skellam', () => {
    const curve: RdpCurve = (order) => skellamRdp(100, { l2: Math.SQRT2, l1: 2 }, order)
    expect(curve(8)).toSatisfy(exactly(0.08105))
    expect(epsilonFromRdp(times(100, curve), 1e-5).epsilon).toSatisfy(exactly(7.1528616))
  })
})

describe('PATE given the votes: T core.py', () => {
  it('V21, V22: GNMax', () => {
    const clear = pate.gnMaxLogMiss([200, 30, 10, 5, 5], 40)
    expect(clear).toSatisfy(exactly(-6.08137741957826))
    const expected = [5.996215594e-4, 7.474188204e-4, 3.468076056e-3, 0.08]
    ;[2, 8, 32, 128].forEach((order, i) =>
      expect(pate.gnMaxRdpGivenVotes(clear, 40, order)).toSatisfy(exactly(expected[i]!)),
    )
    const close = pate.gnMaxLogMiss([100, 90, 30, 20, 10], 40)
    expect(close).toSatisfy(exactly(-0.397110324597))
    for (const order of [2, 8, 32])
      expect(pate.gnMaxRdpGivenVotes(close, 40, order)).toSatisfy(exactly(order / 1600))
  })

  it('V23: LNMax', () => {
    const miss = pate.lnMaxLogMiss([200, 30, 10, 5, 5], 20)
    expect(miss).toSatisfy(exactly(-6.8199416473))
    const expected = [2.296348159e-4, 2.727305352e-4, 8.50297394e-4]
    ;[2, 8, 32].forEach((order, i) =>
      expect(pate.lnMaxRdpGivenVotes(miss, 20, order)).toSatisfy(exactly(expected[i]!)),
    )
  })

  it('V24: the threshold', () => {
    const pass = pate.thresholdLogPass([60, 50, 50, 50, 40], 200, 40)
    expect(pass).toSatisfy(exactly(-8.366065308))
    expect(pate.thresholdRdpGivenVotes(pass, 40, 8)).toSatisfy(exactly(5.986443415e-5))
    expect(pate.thresholdRdpGivenVotes(pass, 40, 64)).toSatisfy(exactly(2.223069597e-3))
  })
})

describe('the exact Gaussian', () => {
  it('V14: D gaussian_mechanism.py', () => {
    expect(gaussianEpsilon(1, 1e-5)).toSatisfy(exactly(4.3771780957))
    expect(gaussianEpsilon(1, 1e-6)).toSatisfy(exactly(4.8865541175))
    expect(gaussianNoiseMultiplier(1, 1e-5)).toSatisfy(exactly(3.7306316348))
    expect(gaussianNoiseMultiplier(3, 1e-5)).toSatisfy(exactly(1.3905934567))
  })
})

describe('privacy loss distributions', () => {
  it('V5, V6, V7: D pld_privacy_accountant_test.py', () => {
    expect(losses([gaussianLoss(Math.sqrt(3)), 3]).delta(1)).toSatisfy(nearly(0.126936))
    expect(losses([gaussianLoss(0.5, 0.2), 3]).delta(1)).toSatisfy(nearly(0.15594))
    expect(losses([laplaceLoss(1), 3], [laplaceLoss(2), 2]).epsilon(1e-14)).toSatisfy(nearly(4))
    expect(losses([laplaceLoss(0.5, 0.2), 1], [laplaceLoss(0.5, 0.2), 2]).epsilon(1e-14)).toSatisfy(
      nearly(2.46964),
    )
  })

  it('V9: run; O bounds it from above, with an error of .01', () => {
    const epsilon = losses([gaussianLoss(1.5, 0.04), 2249]).epsilon(1e-5)
    expect(epsilon).toSatisfy(nearly(6.767051))
    expect(epsilon).toBeLessThan(6.777395712)
    expect(epsilon).toBeGreaterThan(6.777395712 - 0.02)
  })

  // Each bounds the truth from above with an error of .01.
  it('V11: O prv_accountant.py', () => {
    for (const [noiseMultiplier, rate, steps, upper] of [
      [0.8, 0.001, 1000, 0.4777713],
      [1.5, 0.05, 1000, 6.2099692],
      [2, 0.2, 100, 5.6720556],
      [3, 0.001, 50000, 0.3096942],
    ] as const) {
      const epsilon = losses([gaussianLoss(noiseMultiplier, rate), steps]).epsilon(1e-6)
      expect(epsilon).toBeLessThan(upper)
      expect(epsilon).toBeGreaterThan(upper - 0.02)
    }
  })

  it('V16, V17, V18, V19, V20: run', () => {
    expect(losses([gaussianLoss(1, 0.01), 1000]).epsilon(1e-5)).toSatisfy(nearly(1.8282436))
    expect(losses([gaussianLoss(1.1, 256 / 60000), 14062]).epsilon(1e-5)).toSatisfy(nearly(2.381686))
    expect(losses([gaussianLoss(0.8, 0.001), 1000]).epsilon(1e-6)).toSatisfy(nearly(0.467695))
    expect(losses([laplaceLoss(10), 100]).epsilon(1e-5)).toSatisfy(nearly(4.2203473))
    expect(losses([gaussianLoss(1, 0.01), 1000], [gaussianLoss(20), 1000]).epsilon(1e-5)).toSatisfy(
      nearly(7.8295959),
    )
  })

  it('V28: run, a thousand soft-vote questions', () => {
    const noiseMultiplier = 62.1892 / Math.SQRT2
    const epsilon = losses([gaussianLoss(noiseMultiplier), 1000]).epsilon(1e-5)
    expect(epsilon).toSatisfy(nearly(3.0000016))
    // Never below the truth.
    expect(epsilon).toBeGreaterThanOrEqual(gaussianEpsilon(noiseMultiplier / Math.sqrt(1000), 1e-5))
    expect(rdp([{ kind: 'gaussian', noiseMultiplier, count: 1000 }], 1e-5)).toSatisfy(exactly(3.2500447))
  })
})

describe('calibration', () => {
  const noiseFor = (count: number, accountants?: readonly Accountant[]) =>
    calibrate({ epsilon: 8, delta: 1e-5 }, (noise) => sampled(0.04, noise, count), accountants).noise

  // Printed to four digits, and searched with a tolerance of .01 in epsilon.
  it('V10: O accountants_test.py, 90 epochs of 25 steps and 2000 steps', () => {
    expect(noiseFor(2250, ['rdp'])).toSatisfy(nearly(1.416))
    expect(noiseFor(2000, ['rdp'])).toSatisfy(nearly(1.3562))
    for (const [count, upper] of [
      [2250, 1.34765625],
      [2000, 1.2915],
    ] as const) {
      const noise = noiseFor(count)
      expect(noise).toBeLessThan(upper)
      expect(noise).toBeGreaterThan(upper - 0.003)
    }
  })
})
// V29, the discrete Gaussian's own law, is with its sampler: privacy/noise/discrete-gaussian.test.ts.
