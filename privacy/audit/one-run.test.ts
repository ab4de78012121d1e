import { describe, expect, it } from 'vitest'
import { normalCdf } from '../accounting/special-functions.ts'
import { chance } from '../../test/support/chance.ts'
import vectors from '../../test/vectors/audit-one-run.json' with { type: 'json' }
import { guessCanaries, oneRunEpsilon, oneRunPValue } from './one-run.ts'

describe('the one-run bound', () => {
  it.each(vectors.cases)('of $correct of $guesses guesses is $epsilon', ({ epsilon, delta, ...outcome }) => {
    expect(oneRunEpsilon(outcome, delta, vectors.confidence)).toBeCloseTo(epsilon, 5)
  })

  it('without delta is the binomial tail', () => {
    // 3 of 3 right by fair coins: 1/8.
    expect(oneRunPValue({ canaries: 10, guesses: 3, correct: 3 }, 0, 0)).toBeCloseTo(1 / 8, 12)
  })

  it('proves nothing from guesses no better than coins', () => {
    expect(oneRunEpsilon({ canaries: 1000, guesses: 100, correct: 52 }, 1e-5)).toBe(0)
    expect(oneRunEpsilon({ canaries: 1000, guesses: 0, correct: 0 }, 1e-5)).toBe(0)
  })
})

describe('guesses', () => {
  it('say "in" of the highest scores and "out" of the lowest', () => {
    // Highest two: canaries 1 (in) and 3 (out): one right. Lowest two: 0 (out) and 4 (out): both right.
    const outcome = guessCanaries([0, 9, 5, 8, 1, 4], [false, true, true, false, false, true], 2)
    expect(outcome).toEqual({ canaries: 6, guesses: 4, correct: 3 })
  })
})

/** delta of the Gaussian mechanism with sensitivity 1 (Balle and Wang, arXiv 1805.06530, theorem 8). */
function gaussianEpsilon(sigma: number, delta: number): number {
  let [low, high] = [0, 50]
  for (let step = 0; step < 60; step++) {
    const epsilon = (low + high) / 2
    const tail = normalCdf(-1 / (2 * sigma) - epsilon * sigma)
    if (normalCdf(1 / (2 * sigma) - epsilon * sigma) - Math.exp(epsilon) * tail > delta) low = epsilon
    else high = epsilon
  }
  return high
}

describe('an audited Gaussian mechanism', () => {
  /** Each canary adds 1 to a count of its own, which is released with noise. */
  const audit = (seed: string, sigma: number) => {
    const random = chance(seed)
    const included = Array.from({ length: 1000 }, () => random.integer(2) === 1)
    const released = included.map((isIn) => Number(isIn) + sigma * random.normal())
    return oneRunEpsilon(guessCanaries(released, included, 100), 1e-5)
  }

  it('is proved no more than it has, on 100 seeds', () => {
    const sigma = 1
    const truth = gaussianEpsilon(sigma, 1e-5)
    expect(truth).toBeCloseTo(4.3771780957, 6)
    const proved = Array.from({ length: 100 }, (_, seed) => audit(`gaussian ${seed}`, sigma))
    expect(proved.filter((epsilon) => epsilon > truth).length).toBeLessThanOrEqual(5)
    expect(Math.max(...proved)).toBeGreaterThan(1)
  })

  it('that forgets its noise is found out on every seed', () => {
    // All 200 guesses right: ((1 + e^-eps)^-200 = .05) gives eps = 4.2; against a claim of 3 that is a defect.
    for (let seed = 0; seed < 100; seed++) expect(audit(`bare ${seed}`, 0)).toBeGreaterThan(3)
  })
})
