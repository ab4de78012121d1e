import { describe, expect, it } from 'vitest'
import { leastCertain } from './choose.ts'
import { leadOf } from './decided.ts'

describe('the least certain', () => {
  // Rows 4, 7, 9 and 12 lead by .8, .1, .4 and .1.
  const candidates = [4, 7, 9, 12]
  const probabilities = [0.9, 0.1, 0.45, 0.55, 0.7, 0.3, 0.55, 0.45]

  it('are those whose first class leads by least, told in the order of the set', () => {
    expect(leastCertain(candidates, probabilities, 2, 2)).toEqual([7, 12])
    expect(leastCertain(candidates, probabilities, 2, 3)).toEqual([7, 9, 12])
    expect(leastCertain(candidates, probabilities, 2, 9)).toEqual(candidates)
  })

  it('are the earlier of equals', () => {
    expect(leastCertain([1, 2, 3], [0.5, 0.5, 0.5, 0.5, 0.5, 0.5], 2, 2)).toEqual([1, 2])
  })

  it('are measured against the second class, wherever it stands', () => {
    expect(leadOf([9, 0.2, 0.5, 0.3], 1, 3)).toBeCloseTo(0.2, 12)
    expect(leadOf([0.4, 0.2, 0.4], 0, 3)).toBe(0)
  })
})
