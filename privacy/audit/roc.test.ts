import { describe, expect, it } from 'vitest'
import { epsilonFromCounts, epsilonFromScores } from './epsilon-bound.ts'
import { rocCurve, summariseRoc } from './roc.ts'
import { chance } from '../../test/support/chance.ts'

describe('the ROC curve', () => {
  // Members 4, 3, 1 and non-members 3, 0, thresholds from above:
  // 4: 1 found, 0 accused; 3 (a tie): 2, 1; 1: 3, 1; 0: 3, 2.
  const scores = { members: [4, 3, 1], nonMembers: [3, 0] }

  it('has a point for each threshold, ties together', () => {
    expect(
      rocCurve(scores).map(({ truePositives, falsePositives }) => [truePositives, falsePositives]),
    ).toEqual([
      [0, 0],
      [1, 0],
      [2, 1],
      [3, 1],
      [3, 2],
    ])
  })

  it('gives area, accuracy and rates', () => {
    // Pairs: 4 beats both, 3 ties and beats, 1 loses and beats: (2 + 1.5 + 1) / 6. Accuracy at 1: (1 + 1/2) / 2.
    const { auc, balancedAccuracy, rates } = summariseRoc(scores)
    expect(auc).toBeCloseTo(0.75, 12)
    expect(balancedAccuracy).toBe(0.75)
    // No false alarm is affordable, so what is found without any: one of three.
    expect(rates.map(({ truePositiveRate }) => truePositiveRate)).toEqual([1 / 3, 1 / 3])
    expect(rates.map(({ resolved }) => resolved)).toEqual([false, false])
  })

  it('counts one false alarm in a thousand, and no more', () => {
    const nonMembers = Array.from({ length: 1000 }, (_, i) => i) // the highest is 999, then 998
    const { rates } = summariseRoc({ members: [998.5, 997.5, 5, 4], nonMembers })
    expect(rates[0]).toMatchObject({ truePositiveRate: 0.25, resolved: true })
    expect(rates[1]).toMatchObject({ truePositiveRate: 0.5 })
  })
})

describe('the epsilon that rates prove', () => {
  it('is ln(low TPR / high FPR)', () => {
    // Without delta: 100 of 100 found, at least .025^(1/100) = .96378; 0 of 100 accused, at most 1 - .96378.
    const counts = { truePositives: 100, falsePositives: 0, members: 100, nonMembers: 100 }
    const low = 0.025 ** (1 / 100)
    expect(epsilonFromCounts(counts, 0)).toBeCloseTo(Math.log(low / (1 - low)), 6)
    expect(epsilonFromCounts(counts, 0.5)).toBeCloseTo(Math.log((low - 0.5) / (1 - low)), 6)
  })

  it('is nothing for a coin', () => {
    const counts = { truePositives: 52, falsePositives: 48, members: 100, nonMembers: 100 }
    expect(epsilonFromCounts(counts, 0)).toBe(0)
  })

  it('stays below the truth of randomised response on 100 seeds', () => {
    // A bit told right with probability e / (1 + e) is (1, 0) private, and this is the best attack on it.
    const truth = 1
    const right = Math.exp(truth) / (1 + Math.exp(truth))
    const proved = Array.from({ length: 100 }, (_, seed) => {
      const random = chance(`response ${seed}`)
      const told = (bit: number) => Array.from({ length: 400 }, () => (random.next() < right ? bit : 1 - bit))
      return epsilonFromScores({ members: told(1), nonMembers: told(0) }, 0)
    })
    expect(proved.filter((epsilon) => epsilon > truth).length).toBeLessThanOrEqual(5)
    expect(Math.max(...proved)).toBeGreaterThan(0.7) // it is not zero that is always proved
  })
})
