import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitted, fitToSite } from './fit-to-site.ts'
import { logLosses } from './temperature-scaling.ts'

/** `counts[c]` rows of class c, all with the same logits. */
const alike = (logits: readonly number[], counts: readonly number[]) => {
  const labels = Int32Array.from(counts.flatMap((count, c) => Array<number>(count).fill(c)))
  return { logits: Float32Array.from(Array.from(labels, () => logits).flat()), labels }
}
const oddsOf = ({ biases }: { biases: Float64Array }) => Math.exp(biases[0]! - biases[1]!)

describe('fitToSite', () => {
  it("tells a student that knows nothing the site's own odds, ten rows towards even", () => {
    // (18 + 5) : (2 + 5), and of a class that the site lacks (20 + 5) : (0 + 5).
    expect(oddsOf(fitToSite(alike([0, 0], [18, 2]), 2))).toBeCloseTo(23 / 7, 4)
    expect(oddsOf(fitToSite(alike([0, 0], [20, 0]), 2))).toBeCloseTo(5, 4)
  })

  it("moves a student's own odds towards the site's", () => {
    // It says 3 : 1, so ten imaginary rows are 7.5 and 2.5; with 4 and 16 real ones 11.5 : 18.5. Scale and biases can
    // both say so; the nearest to no change is as good as any.
    const data = alike([Math.log(3), 0], [4, 16])
    const after = fitted(data.logits, fitToSite(data, 2))
    expect(Math.exp(after[0]! - after[1]!)).toBeCloseTo(11.5 / 18.5, 4)
  })

  it('makes a shy student bolder where its order is right', () => {
    // Logits (1, -1) and (-1, 1), always right, 1,000 rows each: by symmetry no bias. A row's votes are 1 + e q and e (1 - q),
    // with q = 1 / (1 + exp(-2)) = .880797 and e = 10 / 2000: odds 1.00440399 : .00059601, a scale of half their logarithm.
    const data = {
      logits: Float32Array.from({ length: 4000 }, (_, at) => (at % 4 === 0 || at % 4 === 3 ? 1 : -1)),
      labels: Int32Array.from({ length: 2000 }, (_, row) => row % 2),
    }
    const { temperature, biases } = fitToSite(data, 2)
    expect(1 / temperature).toBeCloseTo(Math.log(1.00440399 / 0.00059601) / 2, 3)
    expect([...biases]).toEqual([expect.closeTo(0, 6), expect.closeTo(0, 6)])
  })

  it('turns no order round, however wrong the student is', () => {
    // Wrong on each of 200 rows: the least log-loss would be at a temperature below zero.
    const data = {
      logits: Float32Array.from({ length: 400 }, (_, at) => (at % 4 === 0 || at % 4 === 3 ? 2 : -2)),
      labels: Int32Array.from({ length: 200 }, (_, row) => 1 - (row % 2)),
    }
    expect(fitToSite(data, 2).temperature).toBeCloseTo(20, 9)
  })

  it('changes nothing without rows', () => {
    const fit = fitToSite({ logits: new Float32Array(), labels: new Int32Array() }, 3)
    expect(fit).toEqual({ temperature: 1, biases: Float64Array.of(0, 0, 0) })
    expect(fitted(Float32Array.of(1, 2, 3), fit)).toEqual(Float32Array.of(1, 2, 3))
  })

  it('recovers the shift of a site whose classes alone are otherwise, given rows enough', () => {
    // Two classes, log-odds s of a student that is right about 1 : 1; the site has the first e^1 = 2.718 times as often.
    // Rows at s in {-2, 0, 2}, a thousand each, with the labels that odds of exp(s + 1) make.
    const levels = [-2, 0, 2]
    const rows = levels.flatMap((s) =>
      Array.from({ length: 1000 }, (_, at) => ({ s, label: at < 1000 / (1 + Math.exp(-s - 1)) ? 0 : 1 })),
    )
    const data = {
      logits: Float32Array.from(rows.flatMap(({ s }) => [s / 2, -s / 2])),
      labels: Int32Array.from(rows.map(({ label }) => label)),
    }
    const fit = fitToSite(data, 2)
    expect(fit.temperature).toBeCloseTo(1, 1)
    expect(fit.biases[0]! - fit.biases[1]!).toBeCloseTo(1, 1)
  })

  it("never has more log-loss on the site's rows than the student had", () => {
    const site = fc.integer({ min: 2, max: 4 }).chain((classes) =>
      fc
        .array(
          fc.record({
            label: fc.integer({ min: 0, max: classes - 1 }),
            logits: fc.array(fc.double({ min: -6, max: 6, noNaN: true }), {
              minLength: classes,
              maxLength: classes,
            }),
          }),
          { minLength: 1, maxLength: 40 },
        )
        .map((rows) => ({ classes, rows })),
    )
    const sum = (losses: Float64Array) => losses.reduce((a, b) => a + b, 0)
    fc.assert(
      fc.property(site, ({ classes, rows }) => {
        const labels = Int32Array.from(rows, ({ label }) => label)
        const logits = Float32Array.from(rows.flatMap((row) => row.logits))
        const fit = fitToSite({ logits, labels }, classes)
        const after = sum(logLosses({ logits: fitted(logits, fit), labels }, 1))
        expect(after).toBeLessThanOrEqual(sum(logLosses({ logits, labels }, 1)) + 1e-4)
        expect(fit.temperature).toBeGreaterThanOrEqual(0.05)
        expect(fit.temperature).toBeLessThanOrEqual(20)
      }),
      { numRuns: 300 },
    )
  })
})
