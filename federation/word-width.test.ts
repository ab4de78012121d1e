import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sharePartsOf, shareKinds } from '#distill/shares.ts'
import { MOST_VALUE_BITS, narrowestWord, scaleOfBits, unitsPerSite } from './word-width.ts'

const partsOf = (kind: string) => sharePartsOf({ kind, rows: 1, classes: 2 })

describe('the width of words', () => {
  it.each([
    // kind, bits, sites: scale, word
    ['probabilities', 1, 10, 1, 4], // 10 votes: 0 to 10
    ['probabilities', 4, 10, 15, 8], // 150
    ['probabilities', 8, 10, 255, 12], // 2550
    ['probabilities', 4, 17, 15, 8], // 255, just below 2^8
    ['probabilities', 4, 18, 15, 9], // 270
    ['density-ratio', 8, 10, 7, 12], // weights to 32: 255 / 32 = 7.97; 10 x 224 = 2240
    ['log-probabilities', 8, 10, 15, 12], // to 8 either way: 127 / 8 = 15.9; 10 x 120 = 1200 below 2^11, and a sign
    ['probabilities+log-probabilities', 8, 10, 15, 12], // one scale for both
  ])(
    'of %s in %i bits from %i sites: %i units per 1.0, words of %i bits',
    (kind, bits, sites, scale, word) => {
      const parts = partsOf(kind)
      expect(scaleOfBits(parts, bits)).toBe(scale)
      expect(narrowestWord(parts, scale, sites)).toBe(word)
    },
  )

  it('is none where a kind does not fit in so few bits', () => {
    expect(scaleOfBits(partsOf('log-probabilities'), 4)).toBe(0) // 7 / 8
    expect(scaleOfBits(partsOf('log-probabilities'), 5)).toBe(1) // 15 / 8
    expect(scaleOfBits(partsOf('density-ratio'), 5)).toBe(0) // 31 / 32
  })

  it('holds the largest sum, and one bit less would not', () => {
    const kinds = Object.entries(shareKinds).flatMap(([name, { purpose }]) =>
      purpose === 'teach' ? [name] : [],
    )
    const bits = fc.integer({ min: 1, max: MOST_VALUE_BITS })
    fc.assert(
      fc.property(fc.constantFrom(...kinds), bits, fc.integer({ min: 2, max: 1000 }), (name, b, sites) => {
        const [part] = partsOf(name)
        const scale = scaleOfBits([part!], b)
        fc.pre(scale > 0)
        const word = narrowestWord([part!], scale, sites)
        const units = Math.ceil(part!.kind.largest({ rows: 1, clip: part!.clip }) * scale)
        fc.pre(word < 32)
        expect(units).toBeLessThan(unitsPerSite(part!, word, sites))
        expect(units).toBeGreaterThanOrEqual(unitsPerSite(part!, word - 1, sites))
      }),
    )
  })
})
