import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '#engine/random.ts'
import { ontoSimplex, smoothAnswers } from './smoothing.ts'

describe('smoothAnswers', () => {
  // By hand: two items at distance d^2 = 2, values .9 and .1 of one class, noise variance .04. The mean is .5,
  // what is centred (.4, -.4); its mean square .16 leaves s^2 = .12. With k = .12 exp(-2 / 2 l^2) the smoothed
  // value is .5 + (.12 - k) / (.12 - k + .04) * .4, the eigenvector (1, -1) having the eigenvalue .12 - k.
  it('is the posterior mean of the Gaussian process', () => {
    const values = Float64Array.of(0.9, 0.1)
    const inputs = Float32Array.of(0, 0, 1, 1)
    const smoothed = smoothAnswers({ rows: 2, inputs, values, classes: 1, noiseStdDev: 0.2 })
    // The median of {0, 2, 2, 0} sorted 0 0 2 2 at index 2 is 2; the shortest length, a quarter, is likeliest.
    const k = 0.12 * Math.exp(-2 / (2 * 2 * 0.25 ** 2))
    expect(smoothed[0]).toBeCloseTo(0.5 + ((0.12 - k) / (0.16 - k)) * 0.4, 9)
    expect(smoothed[1]).toBeCloseTo(0.5 - ((0.12 - k) / (0.16 - k)) * 0.4, 9)
  })

  it('takes most of the noise off a smooth function, and the more items the more', () => {
    const random = seededRandom('smoothing')
    const errorOf = (rows: number) => {
      const inputs = Float32Array.from({ length: rows * 2 }, () => random.normal())
      const truth = Array.from({ length: rows }, (_, i) => 1 / (1 + Math.exp(-3 * inputs[2 * i]!)))
      const values = Float64Array.from(
        truth.flatMap((p) => [p, 1 - p]),
        (p) => p + 0.3 * random.normal(),
      )
      const smoothed = smoothAnswers({ rows, inputs, values, classes: 2, noiseStdDev: 0.3 })
      const squares = truth.map((p, i) => (smoothed[2 * i]! - p) ** 2)
      return Math.sqrt(squares.reduce((a, b) => a + b, 0) / rows)
    }
    const [few, many] = [errorOf(60), errorOf(600)]
    expect(few).toBeLessThan(0.2)
    expect(many).toBeLessThan(0.09)
    expect(many).toBeLessThan(few)
  })

  it('says the mean where there is nothing but noise', () => {
    const random = seededRandom('nothing')
    const values = Float64Array.from({ length: 200 }, () => 0.5 + random.normal())
    const inputs = Float32Array.from({ length: 200 }, () => random.normal())
    const smoothed = smoothAnswers({ rows: 200, inputs, values, classes: 1, noiseStdDev: 1.2 })
    const mean = values.reduce((a, b) => a + b, 0) / 200
    for (const value of smoothed) expect(value).toBeCloseTo(mean, 2)
  })
})

describe('ontoSimplex', () => {
  it('is the nearest row of probabilities', () => {
    // Shifting by .2 leaves .7, .3 and nothing: the sum is 1.
    expect([...ontoSimplex(Float64Array.of(0.9, 0.5, -0.3), 3)]).toEqual([
      expect.closeTo(0.7, 12),
      expect.closeTo(0.3, 12),
      0,
    ])
    const row = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(row, row, (values, other) => {
        const near = ontoSimplex(Float64Array.from(values), 3)
        expect(near.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9)
        expect(near.every((p) => p >= 0)).toBe(true)
        const any = ontoSimplex(Float64Array.from(other), 3)
        const far = (row: Float64Array) => row.reduce((sum, p, i) => sum + (p - values[i]!) ** 2, 0)
        expect(far(near)).toBeLessThanOrEqual(far(any) + 1e-9)
      }),
    )
  })
})
