import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitTemperature, logLosses } from './temperature-scaling.ts'

describe('logLosses', () => {
  it('are -log softmax at the label, and bounded', () => {
    const data = { logits: Float32Array.of(Math.log(3), 0, 100, 0), labels: Int32Array.of(1, 1) }
    // softmax(log 3, 0) = (3/4, 1/4).
    expect([...logLosses(data, 1)]).toEqual([expect.closeTo(Math.log(4), 6), 16])
  })

  it('say log C when nothing is known or all is too hot', () => {
    const data = { logits: Float32Array.of(1, 0, 0), labels: Int32Array.of(2) }
    expect(logLosses(data, 1e6)[0]).toBeCloseTo(Math.log(3), 5)
  })
})

describe('fitTemperature', () => {
  /** Two classes; the first is said with the odds `said` : 1 in ten rows, of which it is right in `right`. */
  const bold = (said: number, right: number) => ({
    logits: Float32Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? Math.log(said) : 0)),
    labels: Int32Array.from({ length: 10 }, (_, row) => (row < right ? 0 : 1)),
  })

  it('makes a classifier as sure as it is right', () => {
    // Odds of 9 : 1 said, 8 : 2 = 4 : 1 held: log 9 / T = log 4.
    expect(fitTemperature(bold(9, 8))).toBeCloseTo(Math.log(9) / Math.log(4), 2)
    // And a shy one bolder: log 2 / T = log 4.
    expect(fitTemperature(bold(2, 8))).toBeCloseTo(0.5, 2)
  })

  it('is as hot as may be for one that is wrong, as cold for one that is right, and 1 for none', () => {
    expect(fitTemperature(bold(9, 2))).toBeCloseTo(20, 1)
    expect(fitTemperature(bold(9, 10))).toBeCloseTo(0.05, 2)
    expect(fitTemperature({ logits: new Float32Array(), labels: new Int32Array() })).toBe(1)
  })

  it('undoes what sharpened the logits, so that knowledge is compared and boldness is not', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 3, noNaN: true }), (sharper) => {
        const data = bold(9, 8)
        const sharp = { ...data, logits: data.logits.map((logit) => logit * sharper) }
        const [plain, bolder] = [data, sharp].map((each) => logLosses(each, fitTemperature(each))[0]!)
        expect(bolder).toBeCloseTo(plain!, 2)
      }),
      { numRuns: 30 },
    )
  })
})
