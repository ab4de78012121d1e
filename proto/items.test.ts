import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { haveCommonRow, itemsOf, itemsProblem, rowsOf } from './items.ts'

const rows = fc
  .uniqueArray(fc.nat(300), { minLength: 1, maxLength: 60 })
  .map((all) => all.sort((a, b) => a - b))
const base64 = (...bytes: number[]) => Buffer.from(bytes).toString('base64')

describe('items', () => {
  // 0b01000011: bits 0, 1 and 6, from row 3 on.
  it('are a slice, or a bitmap from the first row on', () => {
    expect(itemsOf([4, 5, 6])).toEqual({ firstRow: 4, rowCount: 3 })
    expect(itemsOf([3, 4, 9])).toEqual({ firstRow: 3, rowCount: 3, bitmap: base64(0b01000011) })
  })

  it('come back as the rows they were, and make sense in any set that reaches that far', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const items = itemsOf(all)
        const end = all.at(-1)! + 1
        expect([...rowsOf(items)]).toEqual(all)
        expect(items.rowCount).toBe(all.length)
        expect(itemsProblem(items, end)).toBeUndefined()
        expect(itemsProblem(items, end - 1)).toMatch(/past the end/)
      }),
    )
  })

  it('have a row in common exactly where their rows do', () => {
    fc.assert(
      fc.property(rows, rows, (one, other) => {
        const shared = one.some((row) => other.includes(row))
        expect(haveCommonRow(itemsOf(one), itemsOf(other))).toBe(shared)
      }),
    )
    expect(haveCommonRow(itemsOf([0, 2, 4]), itemsOf([1, 3, 5]))).toBe(false)
  })

  it.each([
    ['does not begin at the first row', { firstRow: 0, rowCount: 2, bitmap: base64(0b1010) }, /neither/],
    ['goes on after the last', { firstRow: 0, rowCount: 2, bitmap: base64(0b101, 0) }, /neither/],
    ['has more than it says', { firstRow: 0, rowCount: 2, bitmap: base64(0b1101) }, /has 3 of them, not 2/],
    ['spells a slice', { firstRow: 0, rowCount: 3, bitmap: base64(0b111) }, /follow each other/],
    ['is empty', { firstRow: 0, rowCount: 1, bitmap: '' }, /neither/],
  ])('are refused when the bitmap %s', (_what, items, problem) => {
    expect(itemsProblem(items, 20)).toMatch(problem)
  })
})
