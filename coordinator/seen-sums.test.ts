import { describe, expect, it } from 'vitest'
import type { SummedShare } from '#distill/rules.ts'
import { sharePartsOf } from '#distill/shares.ts'
import { GRAM_BLOCK } from '#distill/shares/gram-blocks.ts'
import { seenLessons } from './seen-sums.ts'

/** Of two sites: in every pair the same cosine, another for each kind and round. */
function sumOf(rows: number, cosines: Readonly<Record<string, number>>): SummedShare {
  const kind = ['probabilities', ...Object.keys(cosines)].join('+')
  const share = { kind, rows, classes: 2, sites: 2, temperature: 1 }
  const parts = sharePartsOf(share)
  const sum = new Float64Array(parts.reduce((total, { length }) => total + length, 0)).fill(NaN)
  for (const { name, offset, length } of parts) sum.fill(2 * (cosines[name] ?? 0.5), offset, offset + length)
  return { ...share, sum }
}

const round = (rows: number, by: number) =>
  sumOf(rows, { 'gram-blocks': 0.3 + by, 'gram-blocks-third': 0.1 + by, 'gram-blocks-two-thirds': 0.2 + by })

describe('what sums say of how items lie to each other', () => {
  it('is told of each depth by itself, one round behind the other', () => {
    const plan = { relation: { loss: 'sp', weight: 5, depths: 3 } } as const
    // 64 items are a block; 70 are two, of which the second reaches back to item 6 of its round, 70 of all.
    const { relation } = seenLessons(plan, [round(64, 0), round(70, 0.5)])
    expect(relation).toMatchObject({ loss: 'sp', weight: 5 })
    const starts = [0, GRAM_BLOCK, 70]
    expect([...relation!.rows]).toEqual(
      starts.flatMap((start) => Array.from({ length: 64 }, (_, i) => start + i)),
    )
    for (const [depth, cosine] of [
      [1, 0.1],
      [2, 0.2],
      [3, 0.3],
    ] as const) {
      const gram = relation!.grams[depth]!
      expect(gram).toHaveLength(3 * 64 * 64)
      // On the diagonal of each block are ones.
      expect([gram[0], gram[64 * 64], gram.at(-1)]).toEqual([1, 1, 1])
      expect(gram[1]).toBeCloseTo(cosine, 6)
      expect(gram[64 * 64 + 1]).toBeCloseTo(cosine + 0.5, 6)
      expect(gram.at(-2)).toBeCloseTo(cosine + 0.5, 6)
    }
  })

  it('is told of the last hidden layer alone unless the plan has depths', () => {
    const sums = [sumOf(64, { 'gram-blocks': 0.3 })]
    const { relation } = seenLessons({ relation: { loss: 'sp', weight: 5 } }, sums)
    expect(Object.keys(relation!.grams)).toEqual(['3'])
    const deep = { relation: { loss: 'sp', weight: 5, depths: 3 } } as const
    expect(() => seenLessons(deep, sums)).toThrow('no sum of gram-blocks-third')
  })
})
