import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compressShare, expandShare, keepLargest } from './top-values.ts'

describe('the largest values of a row', () => {
  it('are kept, the first of equals first, and scaled to its sum', () => {
    // .5 and .3 of 1: 5/8 and 3/8. Of three thirds the first two: a half each.
    const kept = keepLargest(Float64Array.of(0.3, 0.2, 0.5, 1 / 3, 1 / 3, 1 / 3), 3, 2)
    ;[0.375, 0, 0.625, 0.5, 0.5, 0].forEach((value, at) => expect(kept[at]).toBeCloseTo(value, 12))
  })

  it('are all of them where as many are wanted as there are', () => {
    const row = Float64Array.of(0.25, 0.75)
    expect([...keepLargest(row, 2, 5)]).toEqual([...row])
  })
})

describe('a compressed share', () => {
  it('comes back, byte for byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
        expect(expandShare(compressShare(bytes), bytes.length)).toEqual(bytes)
      }),
    )
  })

  it('is refused where it is none, or grows beyond what was asked for', () => {
    expect(() => expandShare(Uint8Array.of(1, 2, 3), 100)).toThrow('does not expand to the 100 bytes')
    const bomb = compressShare(new Uint8Array(1_000_000))
    expect(bomb.length).toBeLessThan(100)
    expect(() => expandShare(bomb, 1000)).toThrow('does not expand to the 1000 bytes')
  })
})
