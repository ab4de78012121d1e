import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { medianOfGroups } from './group-median.ts'

const argmax = (row: ArrayLike<number>) => Array.from(row).indexOf(Math.max(...Array.from(row)))
const meanOf = (answers: readonly number[][]) =>
  answers[0]!.map((_, k) => answers.reduce((sum, answer) => sum + answer[k]!, 0) / answers.length)

describe('the median of groups', () => {
  it('is the middle value of each class, made to add up to one', () => {
    // Medians .5, .3, .1 of sum .9.
    const means = [
      [0.6, 0.3, 0.1],
      [0.5, 0.4, 0.1],
      [0.2, 0.1, 0.7],
    ]
    const median = medianOfGroups(means, 3)
    expect([...median].map((value) => value * 0.9)).toEqual(
      [0.5, 0.3, 0.1].map((value) => expect.closeTo(value, 12)),
    )
  })

  it('of two is their mean, and uniform where all medians are zero', () => {
    expect([...medianOfGroups([[0.6, 0.4], [0.2, 0.8]], 2)]).toEqual([0.4, expect.closeTo(0.6, 12)]) // prettier-ignore
    expect([...medianOfGroups([[1, 0, 0], [0, 1, 0], [0, 0, 1]], 3)]).toEqual([1 / 3, 1 / 3, 1 / 3]) // prettier-ignore
  })

  it('does not depend on the order of the groups', () => {
    const row = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 7 }), (means) => {
        expect(medianOfGroups(means, 3)).toEqual(medianOfGroups(means.toReversed(), 3))
      }),
    )
  })
})

describe('liars on the simplex', () => {
  // Honest sites prefer class 0 by the margin m; liars put everything on class 1. With m = .25 the mean turns
  // beyond a = .25 / 1.25 = 1/5: of 100 sites, 20 make (80 . .25 - 20) / 100 = 0 and 21 make it -.0125.
  const honest = [0.625, 0.375]
  const liar = [0, 1]
  const answers = (liars: number, sites: number) =>
    Array.from({ length: sites }, (_, site) => (site < liars ? liar : honest))

  it('turn the mean beyond m / (1 + m), and not before', () => {
    expect(argmax(meanOf(answers(19, 100)))).toBe(0)
    expect(argmax(meanOf(answers(21, 100)))).toBe(1)
  })

  it('turn the median once they hold half of the groups, and not before', () => {
    const combined = (badGroups: number, groups: number) =>
      argmax(medianOfGroups(Array.from({ length: groups }, (_, g) => meanOf(answers(g < badGroups ? 4 : 0, 4))), 2)) // prettier-ignore
    expect([0, 1, 2, 3, 4, 5].map((bad) => combined(bad, 5))).toEqual([0, 0, 0, 1, 1, 1])
    // With four groups two are half: the middle two are one of each, (.625 + 0) / 2 against (.375 + 1) / 2.
    expect([0, 1, 2].map((bad) => combined(bad, 4))).toEqual([0, 0, 1])
  })

  it('bring the mean of 12 sites down with 3 that the median of three groups withstands in one group', () => {
    // 3 of 12 is 1/4, beyond 1/5. In one group of four they spoil that group alone.
    const sites = answers(3, 12)
    expect(argmax(meanOf(sites))).toBe(1)
    const groups = [sites.slice(0, 4), sites.slice(4, 8), sites.slice(8)].map(meanOf)
    expect(argmax(medianOfGroups(groups, 2))).toBe(0)
  })
})
