import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binomialMass, binomialTail, clopperPearson, logGamma, regularisedBeta } from './binomial.ts'

describe('logGamma', () => {
  it.each([
    [0.5, Math.log(Math.PI) / 2], // Gamma(1/2) = sqrt(pi)
    [1, 0],
    [6, Math.log(120)], // 5!
    [21, Math.log(2432902008176640000)], // 20!
    [100, 359.1342053695754], // Abramowitz and Stegun, table 6.4
  ])('of %f', (x, expected) => expect(logGamma(x)).toBeCloseTo(expected, 12))
})

describe('regularisedBeta', () => {
  it.each([
    [0.5, 2, 3, 11 / 16], // P[Bin(4, 1/2) >= 2] = (6 + 4 + 1) / 16
    [0.3, 1, 1, 0.3], // uniform
    [0.2, 3, 1, 0.008], // x^3
    [0.25, 0.5, 0.5, 1 / 3], // arcsine law: 2/pi asin(sqrt(1/4)) = 2/pi pi/6
  ])('I_%f(%f, %f)', (x, a, b, expected) => expect(regularisedBeta(x, a, b)).toBeCloseTo(expected, 13))

  it('is symmetric: I_x(a, b) = 1 - I_1-x(b, a)', () => {
    const shape = fc.double({ min: 0.1, max: 5000, noNaN: true })
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), shape, shape, (x, a, b) => {
        expect(regularisedBeta(x, a, b) + regularisedBeta(1 - x, b, a)).toBeCloseTo(1, 9)
      }),
    )
  })
})

describe('the binomial', () => {
  it('tail is the sum of its masses', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.nat(60),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (trials, from, p) => {
          let tail = 0
          for (let k = from; k <= trials; k++) tail += binomialMass(k, trials, p)
          expect(binomialTail(from, trials, p)).toBeCloseTo(tail, 10)
        },
      ),
    )
  })
})

describe('clopperPearson', () => {
  it.each([
    // Closed forms: nothing found in n is [0, 1 - .025^(1/n)], all found its mirror.
    [0, 20, 0, 1 - 0.025 ** (1 / 20)],
    [20, 20, 0.025 ** (1 / 20), 1],
    // R: binom.test(10, 100)$conf.int and binom.test(5, 10)$conf.int
    [10, 100, 0.04900469, 0.1762226],
    [5, 10, 0.187086, 0.812914],
    [0, 0, 0, 1],
  ])('of %i in %i is [%f, %f]', (k, n, low, high) => {
    const interval = clopperPearson(k, n)
    expect(interval.low).toBeCloseTo(low, 6)
    expect(interval.high).toBeCloseTo(high, 6)
  })
})
