import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { chance } from '../../test/support/chance.ts'
import { ready } from '../crypto.ts'
import { asResidues, encodeSimplex } from '../fixed-point.ts'
import { createPlainSum } from '../sum.ts'
import { commitTo, requireOpening } from './commitment.ts'
import { contributionCommitment, dealGroups, groupSeed, type Contribution } from './groups.ts'
import { requireRowSums } from './row-sums.ts'

beforeAll(() => ready)
const coded = (code: string): unknown => expect.objectContaining({ code })

describe('row sums', () => {
  const scale = 1024
  const answer = (rows: readonly number[][]) => encodeSimplex(rows.flat(), 3, scale)
  const honest = [answer([[0.2, 0.3, 0.5], [1, 0, 0]]), answer([[1 / 3, 1 / 3, 1 / 3], [0, 0.9, 0.1]])] // prettier-ignore
  const sumOf = (answers: readonly Uint32Array[]) => {
    const sum = createPlainSum(6)
    answers.forEach((words, site) => sum.add(`site ${site}`, asResidues(words)))
    return sum.reveal()
  }
  const expected = { classes: 3, scale, sites: 3 }

  it('hold for any answers on the simplex, to the unit', () => {
    expect(() => requireRowSums(sumOf([...honest, answer([[0, 0, 1], [0.5, 0.5, 0]])]), expected)).not.toThrow() // prettier-ignore
  })

  it.each([
    ['one unit too many', [0, 0, 1025, 1024, 0, 0], 'Row 0'],
    ['a tenfold vote', [0, 0, 10240, 1024, 0, 0], 'Row 0'],
    ['a vote taken back', [1024, 0, 0, 1024, 0, 2 ** 32 - 1024], 'Row 1'],
  ])('give away %s', (_, words, row) => {
    const sum = sumOf([...honest, Uint32Array.from(words)])
    expect(() => requireRowSums(sum, expected)).toThrow(coded('SUM_INCONSISTENT'))
    expect(() => requireRowSums(sum, expected)).toThrow(row)
  })

  it('do not give away what stays on the simplex', () => {
    const liar = Uint32Array.from([2048, 0, 2 ** 32 - 1024, 0, 1024, 0]) // beyond the bounds, but of the right sum
    expect(() => requireRowSums(sumOf([...honest, liar]), expected)).not.toThrow()
  })

  it('with noise hold within eight of its deviations, and a vote beyond shows', () => {
    const random = chance('noise')
    const noise = 20
    const noisy = (extra: number) =>
      asResidues(sumOf([...honest, answer([[0, 0, 1], [0, 1, 0]])]).map((word, at) => word + Math.round(noise * random.normal()) + (at === 0 ? extra : 0))) // prettier-ignore
    for (let round = 0; round < 200; round++)
      expect(() => requireRowSums(noisy(0), { ...expected, noise })).not.toThrow()
    // Slack: 8 sqrt(3) 20 = 277.1; a second vote is 1024 more.
    expect(() => requireRowSums(noisy(1024), { ...expected, noise })).toThrow(coded('SUM_INCONSISTENT'))
  })
})

describe('commitments', () => {
  const bytes = (fill: number, length = 32) => new Uint8Array(length).fill(fill)
  const [share, blind] = [bytes(2, 400), bytes(3)]
  const subject = { question: '01'.repeat(32), site: 'north' }

  it('open to the share, the question, the site and the blind they were made of, and to nothing else', () => {
    const commitment = commitTo(subject, share, blind)
    expect(() => requireOpening(commitment, subject, share, blind)).not.toThrow()
    for (const [otherSubject, otherShare, otherBlind] of [
      [{ ...subject, question: '09'.repeat(32) }, share, blind],
      [{ ...subject, site: 'south' }, share, blind],
      [subject, bytes(2, 401), blind],
      [subject, share, bytes(9)],
    ] as const)
      expect(() => requireOpening(commitment, otherSubject, otherShare, otherBlind)).toThrow(
        coded('COMMITMENT_MISMATCH'),
      )
  })

  it('to equal shares do not look alike', () => {
    expect(commitTo(subject, share, blind)).not.toBe(commitTo(subject, share, bytes(4)))
  })

  it('need a blind of 32 bytes', () => {
    expect(() => commitTo(subject, share, bytes(3, 16))).toThrow(coded('COMMITMENT_MISMATCH'))
  })
})

describe('groups', () => {
  const roster = (n: number) => Array.from({ length: n }, (_, i) => `site-${i}`)
  const seed = new Uint8Array(32).fill(5)

  it('hold every site once, at least four each, sizes even', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 12, max: 120 }),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (n, dealt) => {
          const groups = dealGroups(roster(n), dealt)
          expect(groups.flat().toSorted()).toEqual(roster(n).toSorted())
          const sizes = groups.map(({ length }) => length)
          expect(sizes).toHaveLength(Math.floor(n / 4))
          expect(Math.min(...sizes)).toBeGreaterThanOrEqual(4)
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
        },
      ),
    )
  })

  it('are one where the roster is too small for three', () => {
    expect(dealGroups(roster(11), seed)).toHaveLength(1)
    expect(dealGroups(roster(12), seed)).toHaveLength(3)
  })

  it('follow from the seed alone, not from the order of the roster', () => {
    expect(dealGroups(roster(20), seed)).toEqual(dealGroups(roster(20).toReversed(), seed))
    expect(dealGroups(roster(20), seed)).not.toEqual(dealGroups(roster(20), new Uint8Array(32).fill(6)))
  })

  it('put two given sites together no more often than chance', () => {
    // In 3 groups of 4 the second of two shares the first one's group in 3 of 11 cases; deviation .0141 of 1000.
    const together = Array.from({ length: 1000 }, (_, deal) => {
      const groups = dealGroups(
        roster(12),
        Uint8Array.from({ length: 32 }, (_, at) => (deal >> (8 * at)) & 255),
      )
      return groups.some((group) => group.includes('site-0') && group.includes('site-1'))
    })
    expect(Math.abs(together.filter(Boolean).length / 1000 - 3 / 11)).toBeLessThan(0.06)
  })

  describe('the seed', () => {
    const question = new Uint8Array(32).fill(1)
    const contributions = ['a', 'b', 'c'].map((site, at): Contribution => {
      const revealed = new Uint8Array(32).fill(at)
      return { site, revealed, commitment: contributionCommitment(site, revealed) }
    })

    it('comes of all contributions and the question, in any order', () => {
      const made = groupSeed(question, contributions)
      expect(groupSeed(question, contributions.toReversed())).toEqual(made)
      expect(groupSeed(question, contributions.slice(1))).not.toEqual(made)
      expect(groupSeed(new Uint8Array(32), contributions)).not.toEqual(made)
    })

    it('names the site that reveals another contribution, or copied a commitment', () => {
      const [a, b, c] = contributions as [Contribution, Contribution, Contribution]
      const changed = { ...b, revealed: new Uint8Array(32).fill(9) }
      expect(() => groupSeed(question, [a, changed, c])).toThrow('"b"')
      const copied = { ...b, revealed: a.revealed, commitment: a.commitment }
      expect(() => groupSeed(question, [a, copied, c])).toThrow(coded('COMMITMENT_MISMATCH'))
    })
  })
})
