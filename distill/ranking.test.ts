import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { areaUnderRoc, averagePrecision, precisionOfHistograms, rocOfHistograms } from './ranking.ts'

const scores = Float32Array.of(0.8, 0.1, 0.9, 0.8)
const positive = Uint8Array.of(1, 0, 1, 0)

describe('areaUnderRoc', () => {
  it('counts pairs in order, ties half', () => {
    // The essay's example in another order: (1 + 1 + 1/2 + 1) / 4.
    expect(areaUnderRoc(scores, positive)).toBe(0.875)
  })

  it('agrees with counting every pair', () => {
    const rows = fc.array(fc.record({ score: fc.nat(5), positive: fc.boolean() }), { maxLength: 30 })
    fc.assert(
      fc.property(rows, (rows) => {
        const [up, down] = [rows.filter((row) => row.positive), rows.filter((row) => !row.positive)]
        const won = up.flatMap((a) =>
          down.map((b) => (a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0)),
        )
        const expected = won.length > 0 ? won.reduce<number>((a, b) => a + b, 0) / won.length : null
        const area = areaUnderRoc(
          Float32Array.from(rows, (row) => row.score / 5),
          Uint8Array.from(rows, (row) => Number(row.positive)),
        )
        expect(area === null ? null : area.toFixed(12)).toBe(expected === null ? null : expected.toFixed(12))
      }),
    )
  })
})

describe('averagePrecision', () => {
  it('adds precision wherever recall grows', () => {
    // .9: one of one, recall 1/2. .8 (two rows): two of three, recall 1. Area = (1 * 1/1 + 1 * 2/3) / 2 = 5/6.
    expect(averagePrecision(scores, positive)).toBeCloseTo(5 / 6, 12)
  })

  it('is the prevalence when all scores are equal', () => {
    expect(averagePrecision(new Float32Array(4), Uint8Array.of(1, 0, 0, 0))).toBe(0.25)
  })
})

describe('degenerate rows', () => {
  it('give null', () => {
    expect(areaUnderRoc(scores, Uint8Array.of(1, 1, 1, 1))).toBeNull()
    expect(areaUnderRoc(new Float32Array(), new Uint8Array())).toBeNull()
    expect(averagePrecision(scores, new Uint8Array(4))).toBeNull()
  })
})

describe('histograms', () => {
  it('rank as their rows would, each bin a tie', () => {
    // Bins 0.., 1.., 2..: negatives 1, 1, 0 and positives 0, 1, 1 are the rows above.
    const [positives, negatives] = [Float64Array.of(0, 1, 1), Float64Array.of(1, 1, 0)]
    expect(rocOfHistograms(positives, negatives)).toBe(0.875)
    expect(precisionOfHistograms(positives, negatives)).toBeCloseTo(5 / 6, 12)
  })

  it('knows nothing of scores that are no numbers', () => {
    expect(areaUnderRoc(Float32Array.of(0.5, NaN, 0.1), Uint8Array.of(1, 1, 0))).toBeNull()
    expect(averagePrecision(Float32Array.of(NaN, NaN), Uint8Array.of(1, 0))).toBeNull()
  })
})
