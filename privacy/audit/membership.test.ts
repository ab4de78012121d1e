import { describe, expect, it } from 'vitest'
import { chance } from '../../test/support/chance.ts'
import { divergence, labelLeak } from './label-leak.ts'
import {
  confidenceScores,
  likelihoodRatioScores,
  logitConfidences,
  noisedVoteScores,
  type Shadow,
} from './membership.ts'
import { summariseRoc } from './roc.ts'

describe('scores of predictions', () => {
  const predictions = { probabilities: [0.8, 0.1, 0.1, 0, 1, 0], labels: [0, 0], classes: 3 }

  it('are the probability of the own label', () => {
    expect([...confidenceScores(predictions)]).toEqual([0.8, 0])
  })

  it('are ln(p / (1 - p)), finite at 0', () => {
    const [sure, never] = logitConfidences(predictions)
    expect(sure).toBeCloseTo(Math.log(0.8 / 0.2), 12)
    expect(never).toBeCloseTo(-17 * Math.LN2, 12) // half a unit of 2^16
  })
})

describe('the likelihood ratio', () => {
  it('is z over the shadows that went without the row', () => {
    const shadow = (confidences: number[], known: number[]): Shadow => ({
      confidences,
      trainedOn: (row) => known.includes(row),
    })
    // Row 0: out values 1 and 3, mean 2, squares 2. Row 1: 5 and 9, mean 7, squares 8. Pooled: 10 / 2 = 5.
    const shadows = [shadow([1, 5], []), shadow([3, 0], [1]), shadow([0, 9], [0])]
    const [first, second] = likelihoodRatioScores([4, 7], shadows)
    expect(first).toBeCloseTo(2 / Math.sqrt(5), 12)
    expect(second).toBe(0)
  })

  it('knows nothing of a row that every shadow has seen', () => {
    const all: Shadow = { confidences: [1, 2], trainedOn: (row) => row === 0 }
    expect(likelihoodRatioScores([5, 5], [all, all])[0]).toBe(-Infinity)
  })
})

/**
 * A model of models: how sure one is of a row is how easy the row is (widely spread), plus what remembering adds,
 * plus the luck of its training.
 */
function simulated(seed: string, memory: number) {
  const random = chance(seed)
  const rows = 2000
  const ease = Array.from({ length: rows }, () => 3 * random.normal())
  const model = (trainedOn: (row: number) => boolean) =>
    ease.map((easy, row) => easy + (trainedOn(row) ? memory : 0) + 0.5 * random.normal())
  const shadows = Array.from({ length: 32 }, (): Shadow => {
    const coins = ease.map(() => random.integer(2) === 1)
    const trainedOn = (row: number) => coins[row] === true
    return { confidences: model(trainedOn), trainedOn }
  })
  const half = rows / 2
  const confidences = model((row) => row < half)
  const split = (scores: ArrayLike<number>) => {
    const all = Array.from(scores)
    return summariseRoc({ members: all.slice(0, half), nonMembers: all.slice(half) })
  }
  return { ratio: split(likelihoodRatioScores(confidences, shadows)), threshold: split(confidences) }
}

describe('attacks on simulated models', () => {
  it('find the rows of one that remembers, the likelihood ratio far more of them', () => {
    // Remembering lifts a member by 2 deviations of training, but by 1/3 of those of ease.
    const { ratio, threshold } = simulated('overfitted', 1)
    expect(ratio.auc).toBeGreaterThan(0.88) // Phi(2 / sqrt 2) = .921 but for 16 shadows' error in the mean
    expect(threshold.auc).toBeLessThan(0.65) // Phi(1 / (3.04 sqrt 2)) = .592
    const [strict] = ratio.rates
    expect(strict?.resolved).toBe(true)
    expect(strict?.interval.low).toBeGreaterThan(0.01)
  })

  it('find nothing in one that never saw them', () => {
    const { ratio, threshold } = simulated('innocent', 0)
    // The AUC of 1000 against 1000 has a deviation of sqrt(2001 / (12 1000 1000)) = .013.
    for (const { auc } of [ratio, threshold]) expect(Math.abs(auc - 0.5)).toBeLessThan(0.052)
    expect(ratio.rates[0]?.interval.low).toBeLessThan(0.01)
  })
})

describe('the label leak', () => {
  it('is a divergence in nats', () => {
    expect(divergence([0.5, 0.5], [0.25, 0.75])).toBeCloseTo(0.5 * Math.log(2) + 0.5 * Math.log(2 / 3), 12)
    expect(divergence([0.3, 0.7], [0.3, 0.7])).toBe(0)
  })

  it('is complete from the answer alone, and small from a sum with others', () => {
    // A site with 9 rows of class 0 and none of class 1 answers so; two others answer the contrary.
    const own = [0.95, 0.05, 0.95, 0.05]
    const sum = [0.95 + 0.1, 0.05 + 1.9, 0.95 + 0.1, 0.05 + 1.9]
    const { alone, summed, uninformed } = labelLeak(own, sum, [9, 0])
    expect(alone).toBeCloseTo(0, 12) // (9 + .5) / 10 = .95
    // .35 ln(.35 / .95) + .65 ln(.65 / .05) and .5 ln(.5 / .95) + .5 ln(.5 / .05)
    expect(summed).toBeCloseTo(0.35 * Math.log(0.35 / 0.95) + 0.65 * Math.log(13), 12)
    expect(uninformed).toBeCloseTo(0.5 * Math.log(0.5 / 0.95) + 0.5 * Math.log(10), 12)
  })
})

describe('the likelihood ratio through noise', () => {
  it('takes away what the others vote, and counts their spread and the noise', () => {
    // Row 0: others .2 and .4 (mean .3, variance .02); 1.6 was seen, so the holder's vote looks like 1.0, which is .7 above.
    // Row 1: others .5 and .5; 1.4 was seen, so .4, which is .1 below.
    const votes = [[0.9, 0.5], [0.2, 0.3], [0.4, 0.5]] // prettier-ignore
    const scores = noisedVoteScores({ seen: [1.6, 1.4], variance: 0.02, votes, holder: (row) => row })
    expect(scores[0]).toBeCloseTo(0.7 / Math.sqrt(0.04), 9)
    expect(scores[1]).toBeCloseTo(-0.1 / Math.sqrt(0.02), 9)
  })

  it('knows nothing but the range of a vote where there is one sub-teacher', () => {
    const scores = noisedVoteScores({ seen: [1, 0], variance: 0.25, votes: [[1, 0]], holder: () => 0 })
    expect([...scores]).toEqual([1, -1])
  })
})
