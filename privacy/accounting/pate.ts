/**
 * PATE: many sub-teachers, each trained on its own part of the records, vote on each question (Papernot et al.
 * 2018, 1802.08908). One record moves one vote.
 *
 * The ledger charges what holds for any votes: `gnMax`, `confidentGnMax` and `lnMax` give mechanisms to compose.
 */
import type { Mechanism } from './mechanism.ts'

/** argmax of the votes plus N(0, stdDev^2) for each class: a vote that changes sides moves the histogram by sqrt(2). */
export function gnMax(stdDev: number, questions: number): Mechanism[] {
  return [{ kind: 'gaussian', noiseMultiplier: stdDev * Math.SQRT1_2, count: questions }]
}

/**
 * Confident-GNMax: the noisy top count is held against a threshold for every question, the noisy argmax is
 * released for those that pass. The test moves by 1 and is paid for `asked` questions, `answered` or not.
 */
export function confidentGnMax(
  test: { readonly stdDev: number; readonly asked: number },
  release: { readonly stdDev: number; readonly answered: number },
): Mechanism[] {
  return [
    { kind: 'gaussian', noiseMultiplier: test.stdDev, count: test.asked },
    ...gnMax(release.stdDev, release.answered),
  ]
}

/** argmax of the votes plus Laplace noise of the given scale (Papernot et al. 2017): pure epsilon = 2 / scale each. */
export function lnMax(scale: number, questions: number): Mechanism[] {
  return [{ kind: 'pure', epsilon: 2 / scale, count: questions }]
}
