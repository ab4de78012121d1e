import { describe, expect, it } from 'vitest'
import { gaussianKl } from './gaussian.ts'
import { meanGaussianKl, regressionMetrics, sumErrors } from './regression-metrics.ts'

/** Two rows predicted as N(0, 1), whose values lie half a deviation above and two below. */
const predictions = Float32Array.of(0, 1, 0, 1)
const values = Float32Array.of(0.5, -2)

describe('regressionMetrics', () => {
  it('are in the unit of the target', () => {
    const metrics = regressionMetrics(sumErrors(predictions, values), { spread: 10 })
    expect(metrics.rows).toBe(2)
    expect(metrics.rmse).toBeCloseTo(10 * Math.sqrt(2.125), 6) // (1/4 + 4) / 2
    expect(metrics.mae).toBeCloseTo(12.5, 6)
    // ln(2 pi) / 2 + (1/4 + 4) / 4, and a density per unit is a tenth of one per spread.
    expect(metrics.nll).toBeCloseTo(0.9189385 + 1.0625 + 2.3025851, 6)
    expect(metrics.width90).toBeCloseTo(32.897073, 5) // 2 x 1.6448536 x 10
  })

  it('count the values inside their intervals', () => {
    // .5 lies within .674 of the mean, 2 not even within 1.645.
    expect(regressionMetrics(sumErrors(predictions, values), { spread: 1 })).toMatchObject({
      coverage50: 0.5,
      coverage90: 0.5,
    })
    const wider = Float32Array.of(0, 4, 0, 4)
    expect(regressionMetrics(sumErrors(wider, values), { spread: 1 })).toMatchObject({
      coverage50: 0.5, // .25 and 1 deviations off
      coverage90: 1,
    })
  })

  it('are null, not NaN, without rows', () => {
    const none = regressionMetrics(sumErrors(new Float32Array(), new Float32Array()), { spread: 1 })
    expect(none).toEqual({
      rows: 0,
      rmse: null,
      mae: null,
      nll: null,
      coverage50: null,
      coverage90: null,
      width90: null,
    })
  })
})

describe('the KL divergence of normal distributions', () => {
  it('is 0 of equals, and known by hand', () => {
    const p = { mean: 0, variance: 1 }
    expect(gaussianKl(p, p)).toBe(0)
    // ln 2 + (1 + 1) / 8 - 1/2
    expect(gaussianKl(p, { mean: 1, variance: 4 })).toBeCloseTo(Math.LN2 - 0.25, 12)
  })

  it('is a mean over rows', () => {
    const teacher = Float32Array.of(0, 1, 0, 1)
    const student = Float32Array.of(1, 4, 0, 1)
    expect(meanGaussianKl(student, teacher)).toBeCloseTo((Math.LN2 - 0.25) / 2, 6)
    expect(meanGaussianKl(new Float32Array(), new Float32Array())).toBeNull()
  })
})
