import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { blocksOf, recut } from './blocks.ts'
import type { Range } from './blocks.ts'
import { evaluator } from './evaluate.ts'
import { input } from './expr.ts'
import { openRuntime } from './session/index.ts'

const lay = (sizes: number[]): Range[] =>
  sizes.map((size, i) => ({ offset: sizes.slice(0, i).reduce((a, b) => a + b, 0), size }))

it('cuts a vector into blocks', () => {
  expect(blocksOf(10, 4)).toEqual([
    { offset: 0, size: 4 },
    { offset: 4, size: 4 },
    { offset: 8, size: 2 },
  ])
  expect(blocksOf(4, 4)).toEqual([{ offset: 0, size: 4 }])
})

it('gives back the same vector, however it was and is cut', async () => {
  const runtime = await openRuntime()
  const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 })
  const check = async (sizes: number[], most: number): Promise<void> => {
    const pieces = lay(sizes)
    const total = sizes.reduce((a, b) => a + b)
    const held = pieces.map((range, i) => ({ ...range, value: input(`x${i}`, [1, range.size]) }))
    const wanted = recut(held, blocksOf(total, most))
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
