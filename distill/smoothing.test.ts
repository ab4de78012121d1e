import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '#engine/random.ts'
import { averagePrecision } from './ranking.ts'
import { ontoSimplex, smoothAnswers } from './smoothing.ts'

describe('smoothAnswers', () => {
  // By hand: two items at distance d^2 = 2, values (1, .1) and (.2, .9), noise variance .02. The rows are off by .1
  // each, half of it for each class: (.95, .05) and (.15, .85). Means .55 and .45; centred (.4, -.4) and (-.4, .4).
  // Of the noise .02 (2 - 1) / 2 = .01 is left. Answers without doubt vary by .55 x .45 = .2475. Where k is small the
  // centred vector is an eigenvector with the value s^2 - k + .01, so a class is likelier the nearer that is to
  // .4^2 + .4^2 = .32: s^2 is the greatest and k the least there is, at the shortest length.
  it('is the posterior mean of the Gaussian process', () => {
    const values = Float64Array.of(1, 0.1, 0.2, 0.9)
    const inputs = Float32Array.of(0, 0, 1, 1)
    const smoothed = smoothAnswers({ rows: 2, inputs, values, classes: 2, noiseStdDev: Math.sqrt(0.02) })
    // The median of {0, 2, 2, 0} sorted 0 0 2 2 at index 2 is 2; the shortest length is a quarter.
    const k = 0.2475 * Math.exp(-2 / (2 * 2 * 0.25 ** 2))
    const share = (0.2475 - k) / (0.2475 - k + 0.01)
    const expected = [0.55 + 0.4 * share, 0.45 - 0.4 * share, 0.55 - 0.4 * share, 0.45 + 0.4 * share]
    smoothed.forEach((value, at) => expect(value).toBeCloseTo(expected[at]!, 9))
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

  /** Answers about 200 items of a class that 1 in 20 has, all of them far out, with and without what tells them. */
  const rare = (draw: number, noise: number, told: number) => {
    const random = seededRandom(`rare ${draw}`)
    const rows = 200
    const truth = Array.from({ length: rows }, (_, i) => (i % 20 === 0 ? 0.25 : 0.03))
    const inputs = Float32Array.from({ length: 2 * rows }, (_, at) => {
      return random.normal() + (Math.floor(at / 2) % 20 === 0 ? 4 : 0)
    })
    const values = Float64Array.from(
      truth.flatMap((p) => [1 - told * p, told * p]),
      (p) => p + noise * random.normal(),
    )
    return { truth, smoothed: smoothAnswers({ rows, inputs, values, classes: 2, noiseStdDev: noise }) }
  }

  // Estimated by what the values vary more than the noise, the variance of f was above .04 in a quarter of such draws,
  // where there is nothing: the noise's own variance .95^2 is known to its sqrt(2 / 400) only, .064.
  it('sees nothing where there is nothing but noise, however large it is', () => {
    const seen = Array.from({ length: 10 }, (_, draw) => {
      const { smoothed } = rare(draw, 0.95, 0)
      const positives = smoothed.filter((_, at) => at % 2 === 1)
      return Math.max(...positives) - Math.min(...positives)
    })
    // Chance lets a kernel seem likelier now and then; then little is made of it.
    expect(seen.filter((range) => range === 0).length).toBeGreaterThanOrEqual(5)
    expect(seen.toSorted((a, b) => a - b)[7]).toBeLessThan(0.2)
  })

  it('ranks a rare class the better the less noise there is', () => {
    const rankOf = (noise: number) => {
      const ranks = Array.from({ length: 5 }, (_, draw) => {
        const { truth, smoothed } = rare(100 + draw, noise, 1)
        const scores = Float32Array.from({ length: 200 }, (_, i) => smoothed[2 * i + 1]!)
        return averagePrecision(
          scores,
          Uint8Array.from(truth, (p) => Number(p > 0.1)),
        )!
      })
      return ranks.reduce((a, b) => a + b, 0) / ranks.length
    }
    const ranks = [1, 0.3, 0.1].map(rankOf)
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
    expect(ranks.at(-1)).toBeGreaterThan(0.9)
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
