/** What sites say of how items lie to each other, and that a sum of it is what one site with all embeddings says. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Embeddings } from '../share-input.ts'
import { blockStarts, GRAM_BLOCK, gramBlocks, meanGramBlocks } from './gram-blocks.ts'
import { gramLandmarks, LANDMARKS } from './gram-landmarks.ts'

const shareOf = (embeddings: Embeddings, clip = 1): Float64Array => {
  const rows = embeddings.data.length / embeddings.width
  return gramBlocks.compute({
    rows,
    classes: 2,
    logits: new Float32Array(2 * rows),
    embeddings,
    temperature: 1,
    clip,
  })
}

/** So many embeddings of one width, some of zeros. */
const embeddingsOf = (rows: number) =>
  fc.integer({ min: 1, max: 6 }).chain((width) =>
    fc
      .array(
        fc.oneof(
          {
            weight: 9,
            arbitrary: fc.array(fc.integer({ min: -5, max: 5 }), { minLength: width, maxLength: width }),
          },
          { weight: 1, arbitrary: fc.constant(Array.from({ length: width }, () => 0)) },
        ),
        { minLength: rows, maxLength: rows },
      )
      .map((items): Embeddings => ({ data: Float32Array.from(items.flat()), width })),
  )
const rowCounts = fc.integer({ min: GRAM_BLOCK, max: 3 * GRAM_BLOCK })
const answers = rowCounts.chain((rows) => fc.tuple(fc.constant(rows), embeddingsOf(rows), embeddingsOf(rows)))

const rowsOf = ({ data, width }: Embeddings): number[][] =>
  Array.from({ length: data.length / width }, (_, row) => [...data.subarray(row * width, (row + 1) * width)])
const unit = (row: number[]): number[] => {
  const length = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0))
  return length > 0 ? row.map((x) => x / length) : row
}

describe('gram-blocks', () => {
  it('of sites add up to the Gram matrix of their unit embeddings side by side', () => {
    fc.assert(
      fc.property(answers, ([rows, one, other]) => {
        const sideBySide = rowsOf(one).map((row, i) => [...unit(row), ...unit(rowsOf(other)[i]!)])
        const [a, b] = [shareOf(one), shareOf(other)]
        const mean = meanGramBlocks(
          a.map((value, at) => value + b[at]!),
          rows,
          2,
        )
        const expected = blockStarts(rows).flatMap((start) => {
          const block = sideBySide.slice(start, start + GRAM_BLOCK)
          return block.flatMap((x, i) =>
            block.map((y, j) => (i === j ? 1 : x.reduce((dot, value, k) => dot + value * y[k]!, 0) / 2)),
          )
        })
        expect(mean).toHaveLength(expected.length)
        expect(Math.max(...mean.map((value, at) => Math.abs(value - expected[at]!)))).toBeLessThan(1e-6)
      }),
      { numRuns: 30 },
    )
  })

  it('keeps its length, its bound and its sensitivity', () => {
    fc.assert(
      fc.property(answers, ([rows, one, other]) => {
        const [a, b] = [shareOf(one), shareOf(other)]
        const size = { rows, classes: 2 }
        expect(a).toHaveLength(gramBlocks.length(size))
        expect(a.every((value) => Math.abs(value) <= 1)).toBe(true)
        const moved = a.map((value, at) => Math.abs(value - b[at]!))
        const { l1, l2 } = gramBlocks.sensitivity(size)
        expect(moved.reduce((sum, by) => sum + by, 0)).toBeLessThanOrEqual(l1)
        expect(Math.hypot(...moved)).toBeLessThanOrEqual(l2)
      }),
      { numRuns: 30 },
    )
  })

  it('moves by all that its sensitivity allows when half of the items turn round', () => {
    // Items that all are alike, then half of them opposite: 2 in each of 32 x 32 pairs, which is sqrt(4 x 1024) = 64.
    const all = shareOf({ data: new Float32Array(GRAM_BLOCK).fill(1), width: 1 })
    const halves = shareOf({
      data: Float32Array.from({ length: GRAM_BLOCK }, (_, i) => (i < 32 ? 1 : -1)),
      width: 1,
    })
    expect(Math.hypot(...all.map((value, at) => value - halves[at]!))).toBeCloseTo(64, 9)
    expect(gramBlocks.sensitivity({ rows: 64, classes: 2 }).l2).toBe(64)
  })

  it('makes whole blocks of neighbours; the last reaches back over the one before', () => {
    expect(blockStarts(64)).toEqual([0])
    expect(blockStarts(130)).toEqual([0, 64, 66])
    expect(gramBlocks.length({ rows: 130, classes: 2 })).toBe(3 * 2016)
  })
})

describe('gram-landmarks', () => {
  it('of sites add up to cosines with the first 64 items of embeddings side by side, within its sensitivity', () => {
    const nothing = { classes: 2, logits: new Float32Array(), temperature: 1, clip: 1 }
    fc.assert(
      fc.property(answers, ([rows, one, other]) => {
        const [a, b] = [one, other].map((embeddings) =>
          gramLandmarks.compute({ ...nothing, rows, embeddings }),
        ) as [Float64Array, Float64Array]
        const sideBySide = rowsOf(one).map((row, i) => [...unit(row), ...unit(rowsOf(other)[i]!)])
        const expected = sideBySide.flatMap((x) =>
          sideBySide.slice(0, LANDMARKS).map((y) => x.reduce((dot, value, k) => dot + value * y[k]!, 0)),
        )
        expect(a).toHaveLength(gramLandmarks.length({ rows, classes: 2 }))
        expect(Math.max(...a.map((value, at) => Math.abs(value + b[at]! - expected[at]!)))).toBeLessThan(1e-6)
        const moved = a.map((value, at) => Math.abs(value - b[at]!))
        const { l1, l2 } = gramLandmarks.sensitivity({ rows, classes: 2 })
        expect(moved.reduce((sum, by) => sum + by, 0)).toBeLessThanOrEqual(l1)
        expect(Math.hypot(...moved)).toBeLessThanOrEqual(l2)
      }),
      { numRuns: 20 },
    )
  })
})
