import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { blocksOf, recut } from './blocks.ts'
import type { Range } from './blocks.ts'
import { evaluator } from './evaluate.ts'
import { input } from './expr.ts'
import { openRuntime } from './session/index.ts'

const lay = (sizes: number[]): Range[] =>
  sizes.map((size, i) => ({ offset: sizes.slice(0, i).reduce((a, b) => a + b, 0), size }))

it('joins small ranges, and leaves large ones alone', () => {
  // 2 + 3 reach 5, at which a block is large itself; 7 is large from the start.
  expect(blocksOf(lay([2, 3, 1, 7, 1, 1]), 5)).toEqual(lay([5, 1, 7, 2]))
  expect(blocksOf(lay([4]), 5)).toEqual(lay([4]))
})

it('gives back the same vector, however it was and is cut', async () => {
  const runtime = await openRuntime()
  const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 })
  const check = async (sizes: number[], most: number): Promise<void> => {
    const pieces = lay(sizes)
    const total = sizes.reduce((a, b) => a + b)
    const held = pieces.map((range, i) => ({ ...range, value: input(`x${i}`, [1, range.size]) }))
    const evenly = Array.from({ length: Math.ceil(total / most) }, (_, i) => Math.min(most, total - i * most))
    const wanted = recut(held, lay(evenly))
    const evaluate = await evaluator(runtime, Object.fromEntries(wanted.map((x, i) => [`y${i}`, x])))
    const counted = Array.from({ length: total }, (_, i) => i)
    const feeds = pieces.map(
      ({ offset, size }, i) => [`x${i}`, counted.slice(offset, offset + size)] as const,
    )
    expect(Object.values(await evaluate(Object.fromEntries(feeds))).flat()).toEqual(counted)
    await evaluate.release()
  }
  await fc.assert(fc.asyncProperty(cuts, fc.integer({ min: 1, max: 12 }), check), { numRuns: 30 })
})
