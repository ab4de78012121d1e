import { describe, expect, it } from 'vitest'
import { ditherBounded } from './dither.ts'

/** u = 0, 1/n, 2/n, ...: the mean over these is the mean over all u, where v s is a multiple of 1/n. */
const grid = (n: number) => Array.from({ length: n }, (_, i) => i / n)
const mean = (rows: readonly ArrayLike<number>[]) =>
  Array.from(rows[0] ?? [], (_, k) => rows.reduce((sum, row) => sum + row[k]!, 0) / rows.length)

describe('bounded values, rounded at random', () => {
  it('are right in the mean, below zero too', () => {
    // At 2 units per 1.0, multiples of 1/4: -1.25 units are -2 for one u in four and -1 for three.
    const drawn = grid(4).map((u) => new Int32Array(ditherBounded([-0.625, 0.75, -1], 1, 2, () => u).buffer))
    expect(mean(drawn)).toEqual([-1.25, 1.5, -2])
    expect(drawn.map(([first = NaN]) => first).sort((a, b) => a - b)).toEqual([-2, -1, -1, -1])
  })

  it.each([1.1, -1.1, NaN, Infinity])('%d is refused', (value) => {
    expect(() => ditherBounded([0, value], 1, 2, () => 0)).toThrow('Value 1 of the share')
  })
})
