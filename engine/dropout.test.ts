import { describe, expect, it } from 'vitest'
import { dropout } from './dropout.ts'
import { evaluator } from './evaluate.ts'
import { input } from './expr.ts'
import { gradients } from './gradient.ts'
import { sum } from './ops.ts'
import { openRuntime } from './session/index.ts'

const [rows, columns, rate] = [64, 100, 0.3]
const x = input('x', ['n', columns])
const y = dropout(x, rate, input('seed', [1], 'int32'), 1)
const ones = new Float32Array(rows * columns).fill(1)

/** The mask in plain JavaScript, from the hash's definition. */
function kept(seed: number): number[] {
  const fmix = (h: number): number => {
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    return (h ^ (h >>> 16)) | 0
  }
  return Array.from(ones, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns]
    const place = Math.imul(column + 1 + 0x10000, 0x9e3779b1)
    const h = (Math.imul(row, 0x85ebca77) + place + Math.imul(seed, 0xc2b2ae3d)) | 0
    return fmix(h) < rate * 2 ** 32 - 2 ** 31 ? 0 : 1 / (1 - rate)
  })
}

describe.each(['onnxruntime-node', 'onnxruntime-web'] as const)('dropout on %s', (prefer) => {
  it('keeps what its hash says, which is the share it should be', async () => {
    const run = await evaluator(await openRuntime({ prefer }), { y, dx: gradients(sum(y), [x])[0]! })
    for (const seed of [1, -123456789]) {
      const got = await run({ x: ones, seed: [seed] })
      const expected = kept(seed)
      got.y.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6))
      expect(got.dx).toEqual(got.y)
      // 6400 draws: the share has standard deviation sqrt(.3 * .7 / 6400) = .0057; six of them are .035.
      expect(Math.abs(got.y.filter((v) => v === 0).length / 6400 - rate)).toBeLessThan(0.035)
    }
    await run.release()
  })
})
