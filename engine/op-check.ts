/**
 * What every op's test asks, four ways: its value on both runtimes against TensorFlow.js, its gradient against
 * central differences in double precision, its gradient against TensorFlow.js, and the gradient of its gradient
 * against central differences again.
 */
import { describe, expect, it } from 'vitest'
import { evaluator } from './evaluate.ts'
import { input } from './expr.ts'
import type { Expr } from './expr.ts'
import { gradients } from './gradient.ts'
import * as ops from './ops.ts'
import { seededRandom } from './random.ts'
import { openRuntime } from './session/index.ts'
import { openTensorFlow } from './tfjs.ts'
import type { TensorFlow } from './tfjs.ts'

export type TfTensor = ReturnType<TensorFlow['tensor']>

export interface Case {
  op: string
  shapes: number[][]
  build: (...xs: Expr[]) => Expr
  /** The same in TensorFlow.js, unless it has no such op. */
  tf?: (tf: TensorFlow, ...xs: TfTensor[]) => TfTensor
  /** TensorFlow.js computes the value, but not its gradient. */
  forwardOnly?: boolean
  /** Inputs above zero. */
  positive?: boolean
  /** The runtime has no double-precision kernel, so differences are taken in single precision. */
  single?: boolean
  /** Symbolic first extent of the first input. */
  symbolic?: boolean
}

const native = await openRuntime({ prefer: 'onnxruntime-node' })
const wasm = await openRuntime({ prefer: 'onnxruntime-web' })
const tf = await openTensorFlow()

export function checkOp(
  { op, shapes, build, tf: reference, positive, symbolic, single, forwardOnly }: Case,
  i: number | string,
): void {
  describe(`${op} ${JSON.stringify(shapes)}${symbolic ? ' with a symbolic batch' : ''}`, () => {
    const random = seededRandom(`case ${i}`)
    const sizes = shapes.map((shape) => shape.reduce((a, b) => a * b, 1))
    // Away from 0, where relu and abs have their kinks, and from each other, where max has: differences cannot
    // step over them.
    const values = sizes.map((size) => {
      const ranks = random.shuffle(Array.from({ length: size }, (_, rank) => rank))
      return ranks.map((rank) => {
        const share = (rank + 0.4 + 0.2 * random.next()) / size
        if (positive) return 0.05 + 1.5 * share
        return share < 0.5 ? 3 * share - 1.55 : 3 * share - 1.45
      })
    })
    const xs = shapes.map((shape, k) =>
      input(`x${k}`, symbolic && k === 0 ? ['n', ...shape.slice(1)] : shape),
    )
    const y = build(...xs)
    const feeds = Object.fromEntries(values.map((v, k) => [`x${k}`, v]))

    // A scalar whose gradient tells all outputs apart: the sum of the outputs with uneven weights.
    const outputSize = y.shape.reduce<number>((n, d) => n * (typeof d === 'string' ? shapes[0]![0]! : d), 1)
    const weights = Array.from({ length: outputSize }, () => 0.5 + random.next())
    const weighted = ops.sum(ops.mul(y, input('weights', y.shape)))
    const slopes = Object.fromEntries(gradients(weighted, xs).map((g, k) => [`g${k}`, g]))
    const fed = { ...feeds, weights }
    // The error of a difference is the larger of h^2 and the number format's rounding / h.
    const [precision, h, tolerance] = single
      ? (['float32', 1e-2, 1e-3] as const)
      : (['float64', 1e-5, 1e-7] as const)

    it('gives the same values on both runtimes and in TensorFlow.js', async () => {
      const results = await Promise.all([native, wasm].map(async (r) => (await evaluator(r, { y }))(feeds)))
      const expected = reference ? Array.from(await reference(tf, ...tensors()).data()) : results[0]!.y
      for (const { y } of results) expect(apart(y, expected)).toBeLessThan(2e-6)
    })

    it('has the gradient that central differences show', async () => {
      const evaluate = await evaluator(native, { weighted, ...slopes }, precision)
      const got = await evaluate(fed)
      for (const k of shapes.keys()) {
        const shown = await differences(
          async (v) => (await evaluate({ ...fed, [`x${k}`]: v })).weighted[0]!,
          values[k]!,
          h,
        )
        expect(apart(got[`g${k}` as keyof typeof got], shown)).toBeLessThan(tolerance)
      }
      await evaluate.release()
    })

    it.runIf(reference && !forwardOnly)('has the gradient that TensorFlow.js finds', async () => {
      const got: Record<string, number[]> = await (await evaluator(native, slopes))(fed)
      const loss = (...inputs: TfTensor[]): TfTensor => {
        const out = reference!(tf, ...inputs)
        return tf.sum(tf.mul(out, tf.tensor(weights, out.shape)))
      }
      const expected = tf.grads(loss)(tensors())
      for (const [k, tensor] of expected.entries())
        expect(apart(got[`g${k}`]!, Array.from(tensor.dataSync()))).toBeLessThan(5e-6)
    })

    it('has a gradient whose gradient central differences show too', async () => {
      const steepness = Object.values(slopes).map((g, k) => ops.sum(ops.mul(g, input(`v${k}`, g.shape))))
      const total = steepness.reduce(ops.add)
      const curvature = Object.fromEntries(gradients(total, xs).map((g, k) => [`h${k}`, g]))
      const directions = sizes.map((size, k) => [`v${k}`, Array.from({ length: size }, () => random.next())])
      const all = { ...fed, ...Object.fromEntries(directions) }
      const evaluate = await evaluator(native, { total, ...curvature }, precision)
      const got: Record<string, number[]> = await evaluate(all)
      for (const k of shapes.keys()) {
        const shown = await differences(
          async (v) => (await evaluate({ ...all, [`x${k}`]: v })).total[0]!,
          values[k]!,
          h,
        )
        expect(apart(got[`h${k}`]!, shown)).toBeLessThan(10 * tolerance)
      }
      await evaluate.release()
    })

    const tensors = (): TfTensor[] => values.map((v, k) => tf.tensor(v, shapes[k]))
  })
}

/** (f(x + h) - f(x - h)) / 2h for each number in turn; the error is of order h^2. */
async function differences(
  f: (x: number[]) => Promise<number>,
  at: readonly number[],
  h: number,
): Promise<number[]> {
  const slopes: number[] = []
  for (const i of at.keys()) {
    const moved = (by: number): number[] => at.map((x, j) => (j === i ? x + by : x))
    slopes.push(((await f(moved(h))) - (await f(moved(-h)))) / (2 * h))
  }
  return slopes
}

/** The largest difference, relative to values above 1. */
function apart(got: readonly number[], expected: readonly number[]): number {
  if (got.length !== expected.length) return Infinity
  return Math.max(...expected.map((value, i) => Math.abs(got[i]! - value) / (1 + Math.abs(value))))
}
