import { describe, expect, it } from 'vitest'
import { goingOn, groupsProblem } from './grouping.ts'
import { sumSizes } from './thresholds.ts'

describe('groups fit', () => {
  const fitting = {
    roster: Array.from({ length: 12 }),
    groups: { smallest: 4 },
    mode: 'masked',
    shareKind: 'probabilities',
  }

  it('twelve sites under masks, with or without noise', () => {
    expect(groupsProblem(fitting)).toBeUndefined()
    expect(groupsProblem({ ...fitting, mode: 'pate' })).toBeUndefined()
  })

  it.each<[string, Partial<typeof fitting>, RegExp]>([
    [
      'eleven sites',
      { roster: Array.from({ length: 11 }) },
      /takes 3 groups of 4 sites at least; there are 11/,
    ],
    ['groups of three', { groups: { smallest: 3 } }, /at least 4 sites, not 3/],
    ['answers without masks', { mode: 'plain' }, /a plain answer is seen alone/],
    ['what is not on the simplex', { shareKind: 'log-probabilities' }, /of probabilities, not of log-prob/],
    ['what nobody knows', { shareKind: 'toString' }, /not of toString/],
  ])('but not %s', (_, change, reason) => {
    expect(groupsProblem({ ...fitting, ...change })).toMatch(reason)
  })
})

describe('the sizes of sums', () => {
  it.each([
    [12, { fewest: 4, most: 4, threshold: 3 }],
    [14, { fewest: 4, most: 5, threshold: 3 }], // 5, 5, 4
    [15, { fewest: 5, most: 5, threshold: 4 }],
    [16, { fewest: 4, most: 4, threshold: 3 }],
  ])('of %i sites in groups of four or more', (sites, sizes) => {
    expect(sumSizes({ sites, threshold: sites, groups: { smallest: 4 } })).toEqual(sizes)
    expect(sumSizes({ sites, threshold: 11 })).toEqual({ fewest: sites, most: sites, threshold: 11 })
  })
})

const letters = (text: string) => text.split('')

describe('who goes on', () => {
  const seed = new Uint8Array(32)
  const groups = ['abcd', 'efgh', 'ijkl', 'mnop'].map((names) => ({ sites: letters(names), seed }))

  it('is whoever spoke in a group that has its threshold of three, while there are three groups', () => {
    expect(goingOn(groups, letters('abcdefghijklmnop')).join('')).toBe('abcdefghijklmnop')
    expect(goingOn(groups, letters('abcefgijkmno')).join('')).toBe('abcefgijkmno')
    expect(goingOn(groups, letters('abefghijklmnop')).join('')).toBe('efghijklmnop')
    expect(goingOn(groups, letters('abefijklmnop'))).toEqual([])
  })
})
