import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from './random.ts'
import { batchStart, callRows, epochOrder, epochShape, shuffledBatches } from './training-plan.ts'

describe('an epoch', () => {
  it('deals 10 rows in batches of at most 4 as 3, 3 and 4', () => {
    const shape = epochShape(10, 4)
    expect([0, 1, 2, 3].map((i) => batchStart(shape, i))).toEqual([0, 3, 6, 10])
  })

  it('visits every row once, in batches that differ by at most one row, however the calls are cut', () => {
    const counts = fc.record({
      rows: fc.integer({ min: 1, max: 300 }),
      batchSize: fc.integer({ min: 1, max: 100 }),
    })
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 7 }), ({ rows, batchSize }, perCall) => {
        const shape = epochShape(rows, batchSize)
        const order = epochOrder(rows, 1, seededRandom(rows))
        const visited: number[] = []
        const sizes: number[] = []
        for (let first = 0; first < shape.batches; first += perCall) {
          const call = callRows(shape, order, first, Math.min(first + perCall, shape.batches))
          const cuts = Array.from(call.offsets, Number)
          expect([cuts[0], cuts.at(-1)]).toEqual([0, call.order.length])
          cuts.slice(1).forEach((cut, i) => sizes.push(cut - cuts[i]!))
          visited.push(...call.order)
        }
        expect(visited.sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, i) => i))
        expect(Math.max(...sizes)).toBeLessThanOrEqual(batchSize)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('shuffles batches of neighbours where they stay together', () => {
    const order = [...shuffledBatches(epochShape(12, 3), seededRandom(4))]
    const batches = [0, 3, 6, 9].map((from) => order.slice(from, from + 3))
    for (const [first, ...rest] of batches) expect([first! % 3, ...rest]).toEqual([0, first! + 1, first! + 2])
    expect(batches.map(([first]) => first).sort((a, b) => a! - b!)).toEqual([0, 3, 6, 9])
    expect(order).not.toEqual(Array.from({ length: 12 }, (_, i) => i))
  })

  it('has an order of its own, fixed by the seed and its number', () => {
    const order = (seed: number, epoch: number): number[] => [...epochOrder(50, epoch, seededRandom(seed))]
    expect(order(1, 1)).toEqual(order(1, 1))
    expect(order(1, 1)).not.toEqual(order(1, 2))
    expect(order(1, 1)).not.toEqual(order(2, 1))
  })
})
