import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decidedRows, oneHotOfFirst } from './decided.ts'
import { combine } from './rules.ts'
import { votes } from './shares/votes.ts'
import { softmaxRows } from './softmax.ts'

const answer = (logits: ArrayLike<number>, classes: number, temperature = 1) =>
  votes.compute({
    logits: Float32Array.from(logits),
    rows: logits.length / classes,
    classes,
    temperature,
    clip: 0,
  })
const of = (rows: number, classes: number) => ({ rows, classes, temperature: 1 })

/** One to nine voters' logits about the same items. */
const electorate = fc
  .record({ classes: fc.integer({ min: 2, max: 5 }), rows: fc.integer({ min: 1, max: 6 }) })
  .chain(({ classes, rows }) => {
    const length = rows * classes
    const logits = fc.array(fc.float({ min: -9, max: 9, noNaN: true }), {
      minLength: length,
      maxLength: length,
    })
    return fc
      .array(logits, { minLength: 1, maxLength: 9 })
      .map((voters) => ({ classes, rows, voters: voters.map((own) => Float32Array.from(own)) }))
  })

describe('votes', () => {
  it('go to the likeliest class, at any temperature, and to the first of equals', () => {
    expect([...answer([0.1, 3, -2, 5, 5, 1], 3)]).toEqual([0, 1, 0, 1, 0, 0])
    expect([...answer([-1, -1.001], 2, 8)]).toEqual([1, 0])
  })

  it('add up to what counting by hand gives, and are whole numbers', () => {
    fc.assert(
      fc.property(electorate, ({ classes, rows, voters }) => {
        const sum = new Float64Array(rows * classes)
        for (const own of voters) answer(own, classes).forEach((value, i) => (sum[i] = sum[i]! + value))
        const counted = new Float64Array(rows * classes)
        for (const own of voters)
          for (let row = 0; row < rows; row++) {
            const z = [...own.subarray(row * classes, (row + 1) * classes)]
            const at = row * classes + z.indexOf(Math.max(...z))
            counted[at] = counted[at]! + 1
          }
        expect(sum).toEqual(counted)
        // Both rules see shares of the votes; plurality makes the first class of it the whole target.
        const share = { ...of(rows, classes), kind: 'votes', sum, sites: voters.length }
        const targets = combine('votes', share)
        targets.forEach((value, i) => expect(value * voters.length).toBeCloseTo(sum[i]!, 5))
        expect(combine('plurality', share)).toEqual(targets)
      }),
    )
  })

  it('move by as much as declared when one voter changes its mind on every item, and by no more', () => {
    fc.assert(
      fc.property(electorate, ({ classes, rows, voters }) => {
        const before = answer(voters[0]!, classes)
        const after = answer(voters.at(-1)!, classes)
        const moved = before.map((value, i) => value - after[i]!)
        const { l1, l2 } = votes.sensitivity({ rows, classes })
        expect(moved.reduce((sum, x) => sum + Math.abs(x), 0)).toBeLessThanOrEqual(l1)
        expect(Math.hypot(...moved)).toBeLessThanOrEqual(l2 + 1e-12)
      }),
    )
    // Two items, both turned: |1| four times, so 4 in L1 and 2 in L2, the very bounds.
    const turned = answer([1, 0, 1, 0], 2).map((value, i) => value - answer([0, 1, 0, 1], 2)[i]!)
    expect(Math.hypot(...turned)).toBe(votes.sensitivity(of(2, 2)).l2)
  })
})

describe('decided rows', () => {
  // Leads of .7 - .2 = .5, of .5 - .4 = .1 and of 0.
  const targets = Float32Array.of(0.7, 0.2, 0.1, 0.1, 0.5, 0.4, 0.4, 0.4, 0.2)

  it('are those whose first class leads the second by the margin; all of them without one', () => {
    expect(decidedRows(targets, 3, 0)).toEqual([0, 1, 2])
    expect(decidedRows(targets, 3, 0.05)).toEqual([0, 1])
    expect(decidedRows(targets, 3, 0.45)).toEqual([0])
    expect(decidedRows(targets, 3, 0.6)).toEqual([])
  })

  it('are fewer the larger the margin, and never one of those that a smaller margin leaves out', () => {
    fc.assert(
      fc.property(electorate, fc.double({ min: 0, max: 1, noNaN: true }), ({ classes, voters }, margin) => {
        const soft = Float32Array.from(softmaxRows(voters[0]!, classes))
        const [wide, narrow] = [decidedRows(soft, classes, margin / 2), decidedRows(soft, classes, margin)]
        expect(narrow.every((row) => wide.includes(row))).toBe(true)
      }),
    )
  })

  it('harden to the class that leads', () => {
    expect([...oneHotOfFirst(targets, 3, Float32Array)]).toEqual([1, 0, 0, 0, 1, 0, 1, 0, 0])
  })
})
