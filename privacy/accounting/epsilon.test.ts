import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { epsilonOf, type Accountant } from './epsilon.ts'
import type { Mechanism } from './mechanism.ts'
import { confidentGnMax, gnMax, lnMax } from './pate.ts'

const sampled = (samplingRate: number, noiseMultiplier: number, count: number): Mechanism => ({
  kind: 'sampledGaussian',
  samplingRate,
  noiseMultiplier,
  count,
})
const epsilon = (mechanisms: Mechanism[], delta = 1e-5, accountants?: Accountant[]) =>
  epsilonOf(mechanisms, delta, accountants).epsilon

/** One of each kind. */
const every: Mechanism[] = [
  { kind: 'gaussian', noiseMultiplier: 20, count: 10 },
  sampled(0.01, 1, 10),
  { kind: 'laplace', scale: 20, count: 10 },
  { kind: 'randomizedResponse', classes: 10, epsilon: 0.2, count: 10 },
  { kind: 'pure', epsilon: 0.05, count: 10 },
  {
    kind: 'distributedDiscreteGaussian',
    sites: 5,
    siteStdDev: 20000,
    l2: 1448.2,
    l1: 2048,
    dimensions: 10,
    count: 10,
  },
  { kind: 'skellam', variance: 1e9, l2: 1448.2, l1: 2048, count: 10 },
]

describe('epsilon', () => {
  it('grows with steps, rate and less noise, by either accountant', () => {
    const growth = fc.double({ min: 1.1, max: 2, noNaN: true })
    const point = fc.record({
      rate: fc.double({ min: 0.001, max: 0.1, noNaN: true }),
      noise: fc.double({ min: 1, max: 4, noNaN: true }),
      count: fc.integer({ min: 1, max: 100 }),
    })
    for (const accountant of ['rdp', 'pld'] as const)
      fc.assert(
        fc.property(point, growth, ({ rate, noise, count }, more) => {
          const at = (q: number, s: number, t: number) => epsilon([sampled(q, s, t)], 1e-5, [accountant])
          const here = at(rate, noise, count)
          expect(at(rate * more, noise, count)).toBeGreaterThanOrEqual(here)
          expect(at(rate, noise / more, count)).toBeGreaterThanOrEqual(here)
          expect(at(rate, noise, Math.ceil(count * more))).toBeGreaterThanOrEqual(here)
        }),
        { numRuns: accountant === 'rdp' ? 30 : 4 },
      )
  })

  it('grows when delta shrinks, and when a mechanism is added', () => {
    for (const each of every) {
      expect(epsilon([each], 1e-7)).toBeGreaterThan(epsilon([each], 1e-5))
      const both = epsilon([each, { kind: 'gaussian', noiseMultiplier: 5, count: 1 }])
      expect(both).toBeGreaterThan(epsilon([each]))
    }
  })

  it('is that of the smaller bound, PLD where every mechanism has one', () => {
    const withPld = every.filter(({ kind }) => kind !== 'skellam')
    expect(epsilonOf(withPld, 1e-5).accountant).toBe('pld')
    expect(epsilon(withPld)).toBeLessThan(epsilon(withPld, 1e-5, ['rdp']))
    const all = epsilonOf(every, 1e-5)
    expect(all.accountant).toBe('rdp')
    expect(all.order).toBeGreaterThan(1)
    expect(epsilonOf([{ kind: 'gaussian', noiseMultiplier: 1, count: 3 }], 1e-5).accountant).toBe('exact')
  })

  it('does not depend on how releases are listed', () => {
    const split = every.flatMap((each) => [
      { ...each, count: 3 },
      { ...each, count: each.count - 3 },
    ])
    expect(epsilon(split.reverse())).toBeCloseTo(epsilon(every), 10)
    const noSkellam = (list: Mechanism[]) => list.filter(({ kind }) => kind !== 'skellam')
    expect(epsilon(noSkellam(split))).toBeCloseTo(epsilon(noSkellam(every)), 8)
  })

  it('of nothing is zero', () => {
    expect(epsilonOf([], 1e-5)).toEqual({ epsilon: 0, accountant: 'exact' })
  })

  it('of pure mechanisms stays below their sum, which RDP and PLD may exceed only at no delta', () => {
    expect(epsilon([{ kind: 'pure', epsilon: 0.5, count: 2 }], 1e-9)).toBeLessThanOrEqual(1 + 1e-3)
    expect(epsilon([{ kind: 'pure', epsilon: 0.1, count: 100 }])).toBeLessThan(4.5)
  })

  it('falls back to coarser grids, and to RDP, for very little noise', () => {
    const loud = epsilonOf([sampled(0.01, 0.05, 10)], 1e-5)
    expect(loud.accountant).toBe('pld')
    expect(loud.epsilon).toBeGreaterThan(100)
    const none = epsilonOf([{ kind: 'laplace', scale: 0.0001, count: 100_000 }], 1e-5)
    expect(none.accountant).toBe('rdp')
    expect(none.epsilon).toBeLessThan(1e9 * 1.001)
  })

  it.each([
    [{ kind: 'gaussian', noiseMultiplier: 0, count: 1 }, 'noiseMultiplier'],
    [{ kind: 'gaussian', noiseMultiplier: 1, count: 1.5 }, 'count'],
    [sampled(1.2, 1, 1), 'samplingRate'],
    [sampled(0, 1, 1), 'samplingRate'],
    [{ kind: 'laplace', scale: NaN, count: 1 }, 'scale'],
    [{ kind: 'randomizedResponse', classes: 1, epsilon: 1, count: 1 }, 'classes'],
    [{ ...every[5]!, siteStdDev: 0.4 } as Mechanism, 'siteStdDev'],
  ] satisfies [Mechanism, string][])('refuses %j', (mechanism, field) => {
    const refusal = expect.objectContaining({
      code: 'DP_PARAMETER_INVALID',
      message: expect.stringContaining(field),
    })
    expect(() => epsilonOf([mechanism], 1e-5)).toThrowError(refusal)
  })

  it('refuses a delta that is no probability', () => {
    for (const delta of [0, 1, -1, NaN])
      expect(() => epsilonOf(every, delta)).toThrowError(
        expect.objectContaining({ code: 'DP_PARAMETER_INVALID' }),
      )
  })
})

describe('PATE, whatever the votes', () => {
  // RDP of the argmax is order / stdDev^2 (theorem 5 of 1802.08908), of the test order / 2 stdDev^2.
  it('is charged as its noise', () => {
    expect(gnMax(40, 1)).toEqual([{ kind: 'gaussian', noiseMultiplier: 40 * Math.SQRT1_2, count: 1 }])
    // 640 tests and 286 releases: 2.7578869 by RDP at order 8 (tensorflow/privacy's example), tighter exactly.
    const list = confidentGnMax({ stdDev: 150, asked: 640 }, { stdDev: 40, answered: 286 })
    const cost = epsilonOf(list, 1e-5, ['rdp'])
    expect(cost.epsilon).toBeCloseTo(2.7578869, 6)
    expect(epsilon(list)).toBeLessThan(2.7578869)
    expect(lnMax(20, 7)).toEqual([{ kind: 'pure', epsilon: 0.1, count: 7 }])
  })
})
