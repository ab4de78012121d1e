import { describe, expect, it } from 'vitest'
import { cheapestClass, costOfDecisions } from './costs.ts'

describe('cheapestClass', () => {
  it('weighs what is likely by what missing it costs', () => {
    const p = Float32Array.of(0.8, 0.2)
    expect(cheapestClass(p, [1, 1])).toBe(0)
    // .2 x 5 = 1 > .8 x 1
    expect(cheapestClass(p, [1, 5])).toBe(1)
    // .2 x 3 = .6 < .8
    expect(cheapestClass(p, [1, 3])).toBe(0)
  })
})

describe('costOfDecisions', () => {
  // Decided: bad, good, bad. Labels good, bad, bad: a refused good one costs 1, an accepted bad one 5, the last nothing.
  const predictions = { rows: 3, classes: 2, probabilities: Float32Array.of(0.8, 0.2, 0.9, 0.1, 0.3, 0.7) }

  it('is the mean price of the mistakes', () => {
    expect(costOfDecisions(predictions, Int32Array.of(0, 1, 1), [1, 5])).toBe(6 / 3)
  })

  it('is the share of mistakes where all cost 1', () => {
    // Decided: good, good, bad.
    expect(costOfDecisions(predictions, Int32Array.of(0, 1, 1), [1, 1])).toBeCloseTo(1 / 3, 12)
  })

  it('is not known without rows', () => {
    const none = { rows: 0, classes: 2, probabilities: new Float32Array() }
    expect(costOfDecisions(none, new Int32Array(), [1, 5])).toBeNull()
  })
})
