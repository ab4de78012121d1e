import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gaussiansOf, LEAST_VARIANCE } from '../gaussian.ts'
import { errorsOfCounts } from '../regression-counts.ts'
import { sumErrors } from '../regression-metrics.ts'
import { gaussianMixture } from '../rules/gaussian-mixture.ts'
import { gaussianMoments } from './gaussian-moments.ts'
import { regressionCounts } from './regression-counts.ts'

const raw = fc.oneof(
  fc.double({ min: -3, max: 3, noNaN: true }),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
)
/** What the networks of one to five sites give for one to four rows. */
const answers = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }))
  .chain(([sites, rows]) =>
    fc.array(fc.array(raw, { minLength: 2 * rows, maxLength: 2 * rows }), {
      minLength: sites,
      maxLength: sites,
    }),
  )
const inputOf = (logits: ArrayLike<number>, clip = gaussianMoments.clip) => ({
  logits: Float32Array.from(logits),
  rows: logits.length / 2,
  classes: 2,
  temperature: 1,
  clip,
})
const mixture = (sum: Float64Array, sites: number) =>
  gaussianMixture.finalize({ 'gaussian-moments': sum }, sites, { rows: 1, classes: 2, temperature: 1 })
const added = (vectors: readonly Float64Array[]) =>
  vectors.reduce((sum, vector) => sum.map((value, at) => value + (vector[at] ?? NaN)))

describe('gaussian-moments', () => {
  it('are the mean and the second moment', () => {
    // A raw log-variance of 0 is a variance of 1: second moment 1 + 3^2.
    expect([...gaussianMoments.compute(inputOf([3, 0]))]).toEqual([3, 10])
  })

  it('keep their length, their bound and their sensitivity', () => {
    fc.assert(
      fc.property(answers, fc.double({ min: 1, max: 64, noNaN: true }), (sites, clip) => {
        const [one = new Float64Array(), other = one] = sites.map((site) =>
          gaussianMoments.compute(inputOf(site, clip)),
        )
        const rows = one.length / 2
        expect(one).toHaveLength(gaussianMoments.length({ rows, classes: 2 }))
        const largest = gaussianMoments.largest({ rows, clip })
        expect(one.every((value) => Math.abs(value) <= largest)).toBe(true)
        const moved = one.map((value, at) => Math.abs(value - (other[at] ?? NaN)))
        const { l1, l2 } = gaussianMoments.sensitivity({ rows, classes: 2 }, clip)
        expect(moved.reduce((sum, by) => sum + by, 0)).toBeLessThanOrEqual(l1)
        expect(Math.hypot(...moved)).toBeLessThanOrEqual(l2)
      }),
    )
  })
})

describe('gaussian-mixture', () => {
  it('has the mean and the variance of the mixture', () => {
    // N(0, 1) and N(2, 1): mean 1; second moments 1 and 5, their mean 3, less 1.
    const sum = added(
      [
        [0, 0],
        [2, 0],
      ].map((site) => gaussianMoments.compute(inputOf(site))),
    )
    expect([...mixture(sum, 2).targets]).toEqual([1, 2])
  })

  it('of fixed-point sums is that of the teachers themselves', () => {
    fc.assert(
      fc.property(answers, (sites) => {
        const shares = sites.map((site) => gaussianMoments.compute(inputOf(site)))
        const { scale } = gaussianMoments
        const rounded = shares.map((share) => share.map((value) => Math.round(value * scale) / scale))
        const { targets } = mixture(added(rounded), sites.length)
        const gaussians = sites.map((site) => gaussiansOf(Float32Array.from(site)))
        for (let row = 0; row < targets.length / 2; row++) {
          const means = gaussians.map((each) => each[2 * row] as number)
          const mean = means.reduce((a, b) => a + b, 0) / means.length
          // The mean of the variances, and the variance of the means; second moments are bounded at 64.
          const variances = gaussians.map((each, k) =>
            Math.min(each[2 * row + 1] as number, 64 - means[k]! ** 2),
          )
          const within = variances.reduce((a, b) => a + b, 0) / means.length
          const between = means.reduce((sum, each) => sum + (each - mean) ** 2, 0) / means.length
          // Rounding moves a mean by half a unit, and its square by 2 x 8 times that.
          expect(Math.abs((targets[2 * row] as number) - mean)).toBeLessThan(1e-5)
          const expected = Math.max(LEAST_VARIANCE, within + between)
          expect(Math.abs((targets[2 * row + 1] as number) - expected)).toBeLessThan(2e-4)
        }
      }),
    )
  })

  it('floors a variance that a lying site made negative', () => {
    expect(mixture(Float64Array.of(2, 0), 1).targets[1]).toBeCloseTo(LEAST_VARIANCE, 9)
  })
})

describe('regression-counts', () => {
  const values = fc.array(fc.tuple(raw, raw, fc.double({ min: -8, max: 8, noNaN: true })), { maxLength: 6 })
  const compute = (rows: readonly (readonly [number, number, number])[]) =>
    regressionCounts.compute({
      ...inputOf(rows.flatMap(([mean, logVariance]) => [mean, logVariance])),
      values: Float32Array.from(rows, ([, , value]) => value),
    })

  it('of several sites are those of all their rows together', () => {
    fc.assert(
      fc.property(values, values, (north, south) => {
        const apart = added([compute(north), compute(south)])
        const together = compute([...north, ...south])
        apart.forEach((value, at) => expect(value).toBeCloseTo(together[at] as number, 6))
      }),
    )
  })

  it('say what the rows themselves do, unless a row is absurd', () => {
    const rows = [
      [0.5, 0.2, 1],
      [-1, -1, -1.5],
    ] as const
    const exact = sumErrors(gaussiansOf(Float32Array.of(0.5, 0.2, -1, -1)), Float32Array.of(1, -1.5))
    const counted = errorsOfCounts(compute(rows))
    for (const name of Object.keys(exact) as (keyof typeof exact)[])
      expect(counted[name]).toBeCloseTo(exact[name], 9)
    // Eight spreads off count as four.
    expect(errorsOfCounts(compute([[0, 0, 8]])).squared).toBe(16)
  })

  it('of the surest answer that is right are not below nothing', () => {
    // Found by chance: the least variance is a little less as a single float than as a double.
    for (const rows of [1, 3]) {
      const likelihood = compute(Array.from({ length: rows }, () => [0, -80.07536697387697, 0] as const))[3]
      expect(likelihood).toBeGreaterThanOrEqual(0)
      expect(likelihood).toBeCloseTo(0, 6)
    }
  })

  it('keep their bounds, and one record moves them by no more than they say', () => {
    fc.assert(
      fc.property(values, fc.tuple(raw, raw, fc.double({ min: -8, max: 8, noNaN: true })), (rows, more) => {
        const [without, withIt] = [compute(rows), compute([...rows, more])]
        const largest = regressionCounts.largest({ rows: rows.length + 1, clip: 0 })
        expect(withIt).toHaveLength(regressionCounts.length({ rows: 1, classes: 2 }))
        expect(withIt.every((value) => value >= 0 && value <= largest)).toBe(true)
        const moved = withIt.map((value, at) => Math.abs(value - (without[at] as number)))
        const { l1, l2 } = regressionCounts.sensitivity({ rows: 1, classes: 2 }, 0)
        expect(moved.reduce((sum, by) => sum + by, 0)).toBeLessThanOrEqual(l1)
        expect(Math.hypot(...moved)).toBeLessThanOrEqual(l2)
      }),
    )
  })
})
