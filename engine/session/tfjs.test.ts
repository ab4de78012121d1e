/** What the interpreter does that no network of ours asks for, or that it must refuse. */
import { beforeAll, describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import { apply, constant, input } from '../expr.ts'
import type { Expr } from '../expr.ts'
import { evaluator } from '../evaluate.ts'
import { encodeModel, emitGraph } from '../onnx/emit.ts'
import { conv, convTranspose } from '../convolution.ts'
import { add, cast, mul, slice, sum } from '../ops.ts'
import { averagePool, maxPool } from '../pooling.ts'
import { crossEntropy } from '../losses.ts'
import { initialise } from '../network.ts'
import { seededRandom } from '../random.ts'
import { parseSpec } from '../spec.ts'
import { train } from '../train.ts'
import { openTensorFlow } from '../tfjs.ts'
import { openRuntime } from './index.ts'
import type { Runtime } from './index.ts'

let [tfjs, native] = [] as unknown as [Runtime, Runtime]
beforeAll(async () => {
  tfjs = await openRuntime({ prefer: 'tfjs-cpu' })
  native = await openRuntime()
})

const graphOf = (inputs: Parameters<typeof emitGraph>[0]['inputs'], outputs: Record<string, Expr>) =>
  encodeModel(emitGraph({ name: 'g', inputs, outputs }))

describe('a model that is not interpreted', () => {
  const x = input('x', [2])

  it('is refused for an operator, by its name', async () => {
    const odd = apply('Hardmax', [x], { shape: [2] })
    await expect(tfjs.load(graphOf([x], { odd }))).rejects.toMatchObject({
      code: 'ENGINE_MODEL_INVALID',
      message: expect.stringContaining('the operator Hardmax') as string,
    })
  })

  it('is refused for an attribute that would change the numbers', async () => {
    const odd = apply('Concat', [x, x], { shape: [4], attributes: { axis: 0, new_axis: 1 } })
    await expect(tfjs.load(graphOf([x], { odd }))).rejects.toMatchObject({
      code: 'ENGINE_MODEL_INVALID',
      message: expect.stringMatching(/Concat .* the attribute new_axis/) as string,
    })
  })

  it('is refused for double precision', async () => {
    const double = emitGraph({ name: 'g', inputs: [x], outputs: { y: add(x, x) }, precision: 'float64' })
    await expect(tfjs.load(encodeModel(double))).rejects.toMatchObject({
      code: 'ENGINE_MODEL_INVALID',
      message: 'tfjs-cpu cannot load the model: TensorFlow.js has no double, the element type of "x"',
    })
  })

  it('stops at an int64 that int32 cannot hold', async () => {
    const n = input('n', [1], 'int64')
    const session = await tfjs.load(graphOf([n], { f: cast(n, 'float32') }))
    const run = (value: bigint) => session.run({ n: { data: BigInt64Array.of(value), shape: [1] } })
    expect((await run(-(2n ** 31n)))['f']?.data).toEqual(Float32Array.of(-(2 ** 31)))
    await expect(run(2n ** 31n)).rejects.toMatchObject({
      code: 'ENGINE_RUN_FAILED',
      message: expect.stringContaining('2147483648 in "n" does not fit in int32') as string,
    })
  })

  it('names the node that fails', async () => {
    const session = await tfjs.load(
      graphOf([x], { y: apply('Softmax', [x], { shape: [2], attributes: { axis: 3 } }) }),
    )
    const run = session.run({ x: { data: Float32Array.of(1, 2), shape: [2] } })
    await expect(run).rejects.toMatchObject({
      code: 'ENGINE_RUN_FAILED',
      message: expect.stringMatching(/^tfjs-cpu stopped: Softmax "g\/Softmax_\d+": /) as string,
    })
  })
})

it('multiplies integers as 32 bits do', async () => {
  // 0x9e3779b1 * 0x85ebca77 needs 64 bits; a double keeps 53 of them.
  const x = input('x', [1], 'int32')
  const product = apply('Mul', [x, constant([0x85ebca77 | 0], [1], 'int32')], { shape: [1], dtype: 'int32' })
  const session = await tfjs.load(graphOf([x], { product }))
  const { product: got } = await session.run({ x: { data: Int32Array.of(0x9e3779b1 | 0), shape: [1] } })
  expect(got?.data).toEqual(Int32Array.of(Math.imul(0x9e3779b1, 0x85ebca77)))
})

it('answers with numbers of its own, not with the array that was fed', async () => {
  const x = input('x', [2])
  const session = await tfjs.load(graphOf([x], { y: apply('Identity', [x], { shape: [2] }) }))
  const fed = Float32Array.of(1, 2)
  const { y } = await session.run({ x: { data: fed, shape: [2] } })
  fed[0] = 9
  expect(y?.data).toEqual(Float32Array.of(1, 2))
})

it('leaves nothing behind: what a run makes it frees, and a released session the rest', async () => {
  const tf = await openTensorFlow()
  const before = tf.memory().numTensors
  const x = input('x', [3])
  const session = await tfjs.load(graphOf([x], { y: mul(slice(x, 0, 1, 2), constant([2, 3], [2])) }))
  const held = tf.memory().numTensors
  expect(held).toBeGreaterThan(before)
  for (let i = 0; i < 3; i++) await session.run({ x: { data: Float32Array.of(1, 2, 3), shape: [3] } })
  await expect(session.run({})).rejects.toThrow('the input "x" is missing')
  expect(tf.memory().numTensors).toBe(held)
  await session.release()
  expect(tf.memory().numTensors).toBe(before)
})

it('leaves nothing behind after a training either, whose steps are turns of a loop', async () => {
  const tf = await openTensorFlow()
  const before = tf.memory().numTensors
  const data = Float32Array.of(1, 2, 3, 4, 5, 6)
  const { curve } = await train(tfjs, {
    network: initialise(parseSpec({ kind: 'mlp', inputs: 2, hidden: [3], outputs: 2 }), seededRandom(1)),
    batch: { inputs: { data, width: 2 }, targets: { data: Float32Array.of(1, 0, 0, 1, 1, 0), width: 2 } },
    loss: crossEntropy,
    epochs: 2,
    batchSize: 1,
    seed: 1,
  })
  expect(curve).toHaveLength(2)
  expect(tf.memory().numTensors).toBe(before)
})

describe('windows', () => {
  const window = fc.record({
    size: fc.constantFrom<number[]>([7], [6, 5]),
    channels: fc.constantFrom(2, 4),
    groups: fc.constantFrom(1, 2),
    kernel: fc.constantFrom(1, 2, 3),
    stride: fc.constantFrom(1, 2, 3),
    dilation: fc.constantFrom(1, 2),
    before: fc.constantFrom(0, 1),
    after: fc.constantFrom(0, 1),
  })
  const numbers = (n: number, seed: number): number[] =>
    Array.from({ length: n }, (_, i) => Math.sin(1 + seed + 2.3 * i))

  /** The largest difference between the two runtimes. */
  const apart = async (y: Expr, feeds: Record<string, number[]>): Promise<number> => {
    const [a, b] = await Promise.all(
      [tfjs, native].map(async (runtime) => (await evaluator(runtime, { y }))(feeds)),
    )
    if (a!.y.length !== b!.y.length) return Infinity
    return Math.max(...b!.y.map((value, i) => Math.abs(a!.y[i]! - value)))
  }

  it('convolve forth and back as ONNX Runtime does, however they move', async () => {
    await fc.assert(
      fc.asyncProperty(
        window,
        async ({ size, channels, groups, kernel, stride, dilation, before, after }) => {
          const padding = size.map(() => [before, after] as const)
          const options = { strides: stride, dilations: dilation, padding, groups }
          const w = input('w', [channels, channels / groups, ...size.map(() => kernel)])
          const x = input('x', [2, channels, ...size])
          const feeds = {
            x: numbers(2 * channels * size.reduce((a, b) => a * b), 1),
            w: numbers(
              w.shape.reduce<number>((a, b) => a * Number(b), 1),
              2,
            ),
          }
          expect(await apart(conv(x, w, options), feeds)).toBeLessThan(1e-5)
          expect(await apart(convTranspose(x, w, options), feeds)).toBeLessThan(1e-5)
        },
      ),
      { numRuns: 25, seed: 7 },
    )
  })

  it('pool as ONNX Runtime does, and find the same places', async () => {
    await fc.assert(
      fc.asyncProperty(window, async ({ size, channels, kernel, stride, before }) => {
        const pads = Math.min(before, kernel - 1)
        const options = { strides: stride, padding: size.map(() => [pads, pads] as const) }
        const x = input('x', [2, channels, ...size])
        const feeds = { x: numbers(2 * channels * size.reduce((a, b) => a * b), 3) }
        const largest = maxPool(
          x,
          size.map(() => kernel),
          options,
        )
        const at = apply('Output', [largest], {
          shape: largest.shape,
          dtype: 'int64',
          attributes: { index: 1 },
        })
        expect(await apart(largest, feeds)).toBeLessThan(1e-5)
        expect(await apart(add(cast(at, 'float32'), mul(sum(largest), 0)), feeds)).toBeLessThan(1e-5)
        expect(
          await apart(
            averagePool(
              x,
              size.map(() => kernel),
              options,
            ),
            feeds,
          ),
        ).toBeLessThan(1e-5)
      }),
      { numRuns: 25, seed: 7 },
    )
  })
})
