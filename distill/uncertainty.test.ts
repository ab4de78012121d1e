import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digamma, meanUncertainty, uncertaintyOfStudent, uncertaintyOfTeachers } from './uncertainty.ts'

const { log, atanh } = Math

/** Logits of these concentrations, as losses/dirichlet.ts has them: shares times exp(8 tanh(s / 8)). */
const logitsOf = (...concentrations: number[]) => {
  const total = concentrations.reduce((a, b) => a + b)
  return Float32Array.from(concentrations, (a) => log(a / total) + 8 * atanh(log(total) / 8))
}

describe('digamma', () => {
  it('has the values of Abramowitz and Stegun, table 6.1', () => {
    expect(digamma(1)).toBeCloseTo(-0.5772156649, 8)
    expect(digamma(1.5)).toBeCloseTo(0.03648997398, 8)
    expect(digamma(2)).toBeCloseTo(0.4227843351, 8)
    expect(digamma(10)).toBeCloseTo(2.251752589, 8) // sum of 1/k up to 9, less Euler's constant
  })
})

describe('of teachers', () => {
  it('parts what each doubts from what they disagree about', () => {
    // H(.9, .1) = .32508 nats; the mean of the first two is (.5, .5), of entropy ln 2.
    const { data, knowledge } = uncertaintyOfTeachers(
      [
        [0.9, 0.1, 0.5, 0.5],
        [0.1, 0.9, 0.5, 0.5],
      ],
      2,
    )
    expect(data[0]).toBeCloseTo(0.32508, 5)
    expect(knowledge[0]).toBeCloseTo(log(2) - 0.32508, 5)
    // Nobody knows, and all agree on it.
    expect(data[1]).toBeCloseTo(log(2), 12)
    expect(knowledge[1]).toBeCloseTo(0, 12)
  })
})

describe('of a student', () => {
  it('is that of the Dirichlet distribution that its logits mean', () => {
    // Dir(1, 1), any prediction as likely: E H = psi(3) - psi(2) = 1/2, of ln 2.
    const { data, knowledge } = uncertaintyOfStudent(logitsOf(1, 1), 2)
    expect(data[0]).toBeCloseTo(0.5, 6)
    expect(knowledge[0]).toBeCloseTo(log(2) - 0.5, 6)
    // Dir(2, 1): psi(4) - 2/3 psi(3) - 1/3 psi(2) = 1/3 + 1/2 (1 - 2/3) = 1/2 of H(2/3, 1/3) = .63651.
    const uneven = uncertaintyOfStudent(logitsOf(2, 1), 2)
    expect(uneven.data[0]).toBeCloseTo(0.5, 6)
    expect(uneven.knowledge[0]).toBeCloseTo(0.636514 - 0.5, 5)
  })

  it('knows more the larger its concentrations, and predicts the same', () => {
    const [vague, sure] = [logitsOf(0.3, 0.1), logitsOf(300, 100)]
    const [one, other] = [uncertaintyOfStudent(vague, 2), uncertaintyOfStudent(sure, 2)]
    expect(other.knowledge[0]).toBeLessThan(one.knowledge[0]! / 10)
    expect(one.data[0]! + one.knowledge[0]!).toBeCloseTo(other.data[0]! + other.knowledge[0]!, 5)
    expect(vague[0]! - vague[1]!).toBeCloseTo(sure[0]! - sure[1]!, 5)
  })

  it('is never negative, never more than ln C in all, and finite, whatever the logits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -80, max: 80, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (logits) => {
          const { data, knowledge } = uncertaintyOfStudent(Float32Array.from(logits), 3)
          const [own, other] = [data[0]!, knowledge[0]!]
          expect(own).toBeGreaterThanOrEqual(-1e-9)
          expect(other).toBeGreaterThanOrEqual(0)
          expect(own + other).toBeLessThanOrEqual(log(3) + 1e-6)
        },
      ),
    )
  })

  it('has no mean without rows', () => {
    expect(meanUncertainty(uncertaintyOfStudent(new Float32Array(), 2))).toEqual({
      dataUncertainty: null,
      knowledgeUncertainty: null,
    })
  })
})
