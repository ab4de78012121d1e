/**
 * Every op, four ways: its value on both runtimes against TensorFlow.js, its gradient against central
 * differences in double precision, its gradient against TensorFlow.js, and the gradient of its gradient
 * against central differences again.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluator } from './evaluate.ts'
import { constant, input } from './expr.ts'
import type { Expr } from './expr.ts'
import { gradients } from './gradient.ts'
import * as ops from './ops.ts'
import { seededRandom } from './random.ts'
import { openRuntime } from './session/index.ts'
import type { Runtime } from './session/index.ts'
import { openTensorFlow } from './tfjs.ts'
import type { TensorFlow } from './tfjs.ts'

type TfTensor = ReturnType<TensorFlow['tensor']>

interface Case {
  op: string
  shapes: number[][]
  build: (...xs: Expr[]) => Expr
  /** The same in TensorFlow.js, unless it has no such op. */
  tf?: (tf: TensorFlow, ...xs: TfTensor[]) => TfTensor
  /** Inputs above zero. */
  positive?: boolean
  /** The runtime has no double-precision kernel, so differences are taken in single precision. */
  single?: boolean
  /** Symbolic first extent of the first input. */
  symbolic?: boolean
}

const indices = constant([2, 0, 2], [3], 'int64')
const tfIndices = (tf: TensorFlow): TfTensor => tf.tensor1d([2, 0, 2], 'int32')

const cases: Case[] = [
  { op: 'add', shapes: [[3, 4], [4]], build: ops.add, tf: (tf, a, b) => tf.add(a, b) },
  {
    op: 'add',
    shapes: [
      [3, 1],
      [2, 1, 4],
    ],
    build: ops.add,
    tf: (tf, a, b) => tf.add(a, b),
  },
  {
    op: 'sub',
    shapes: [
      [1, 4],
      [3, 4],
    ],
    build: ops.sub,
    tf: (tf, a, b) => tf.sub(a, b),
  },
  {
    op: 'mul',
    shapes: [
      [3, 4],
      [3, 1],
    ],
    build: ops.mul,
    tf: (tf, a, b) => tf.mul(a, b),
  },
  { op: 'mul', shapes: [[], [3]], build: ops.mul, tf: (tf, a, b) => tf.mul(a, b) },
  { op: 'div', shapes: [[3, 4], [4]], build: ops.div, positive: true, tf: (tf, a, b) => tf.div(a, b) },
  {
    op: 'maximum',
    shapes: [
      [3, 4],
      [3, 4],
    ],
    build: ops.maximum,
    tf: (tf, a, b) => tf.maximum(a, b),
  },
  { op: 'maximum', shapes: [[3, 4], [4]], build: ops.maximum },
  {
    op: 'minimum',
    shapes: [
      [3, 4],
      [3, 4],
    ],
    build: ops.minimum,
    tf: (tf, a, b) => tf.minimum(a, b),
  },
  { op: 'minimum', shapes: [[3, 4], [4]], build: ops.minimum },
  {
    op: 'where',
    shapes: [
      [3, 4],
      [3, 1],
    ],
    build: (a, b) => ops.where(constant([1, 0, 0, 1], [4], 'bool'), a, b),
    tf: (tf, a, b) => tf.where(tf.tensor([[1, 0, 0, 1]], [1, 4], 'bool'), a, b),
  },
  { op: 'neg', shapes: [[3]], build: ops.neg, tf: (tf, x) => tf.neg(x) },
  { op: 'exp', shapes: [[3, 2]], build: ops.exp, tf: (tf, x) => tf.exp(x) },
  { op: 'log', shapes: [[5]], build: ops.log, positive: true, tf: (tf, x) => tf.log(x) },
  { op: 'sqrt', shapes: [[5]], build: ops.sqrt, positive: true, tf: (tf, x) => tf.sqrt(x) },
  { op: 'abs', shapes: [[5]], build: ops.abs, tf: (tf, x) => tf.abs(x) },
  { op: 'square', shapes: [[5]], build: ops.square, tf: (tf, x) => tf.square(x) },
  {
    op: 'pow',
    shapes: [[5]],
    build: (x) => ops.pow(x, 2.5),
    positive: true,
    tf: (tf, x) => tf.pow(x, 2.5),
  },
  { op: 'relu', shapes: [[3, 4]], build: ops.relu, tf: (tf, x) => tf.relu(x) },
  { op: 'tanh', shapes: [[6]], build: ops.tanh, tf: (tf, x) => tf.tanh(x) },
  { op: 'sigmoid', shapes: [[6]], build: ops.sigmoid, tf: (tf, x) => tf.sigmoid(x) },
  { op: 'softplus', shapes: [[6]], build: ops.softplus, tf: (tf, x) => tf.softplus(x) },
  { op: 'erf', shapes: [[6]], build: ops.erf, single: true, tf: (tf, x) => tf.erf(x) },
  { op: 'gelu', shapes: [[6]], build: ops.gelu, single: true },
  { op: 'sum', shapes: [[3, 4]], build: (x) => ops.sum(x), tf: (tf, x) => tf.sum(x) },
  { op: 'sum', shapes: [[3, 4, 2]], build: (x) => ops.sum(x, [0, -1]), tf: (tf, x) => tf.sum(x, [0, 2]) },
  {
    op: 'sum',
    shapes: [[3, 4]],
    build: (x) => ops.sum(x, [1], { keepDims: true }),
    tf: (tf, x) => tf.sum(x, 1, true),
  },
  { op: 'mean', shapes: [[3, 4]], build: (x) => ops.mean(x), tf: (tf, x) => tf.mean(x) },
  {
    op: 'mean',
    shapes: [[3, 4]],
    build: (x) => ops.mean(x, [0]),
    tf: (tf, x) => tf.mean(x, 0),
    symbolic: true,
  },
  { op: 'mean', shapes: [[3, 4]], build: (x) => ops.mean(x), tf: (tf, x) => tf.mean(x), symbolic: true },
  { op: 'max', shapes: [[3, 4]], build: (x) => ops.max(x, [1]), tf: (tf, x) => tf.max(x, 1) },
  {
    op: 'sumTo',
    shapes: [
      [2, 3, 4],
      [3, 1],
    ],
    build: (x, like) => ops.sumTo(ops.mul(x, 2), like),
  },
  { op: 'softmax', shapes: [[3, 4]], build: ops.softmax, tf: (tf, x) => tf.softmax(x) },
  { op: 'logSoftmax', shapes: [[3, 4]], build: ops.logSoftmax, tf: (tf, x) => tf.logSoftmax(x) },
  {
    op: 'expandLike',
    shapes: [[3, 1]],
    build: (x) => ops.expandLike(x, input('like', [2, 3, 4])),
    tf: (tf, x) => tf.broadcastTo(x, [2, 3, 4]),
  },
  {
    op: 'expandLike',
    shapes: [
      [3, 4],
      [1, 4],
    ],
    build: (x, y) => ops.expandLike(y, x),
    symbolic: true,
  },
  {
    op: 'reshape',
    shapes: [[3, 4]],
    build: (x) => ops.reshape(x, [2, 6]),
    tf: (tf, x) => tf.reshape(x, [2, 6]),
  },
  {
    op: 'squeeze',
    shapes: [[3, 1, 2]],
    build: (x) => ops.squeeze(x, [1]),
    tf: (tf, x) => tf.squeeze(x, [1]),
  },
  {
    op: 'transpose',
    shapes: [[2, 3, 4]],
    build: (x) => ops.transpose(x, [2, 0, 1]),
    tf: (tf, x) => tf.transpose(x, [2, 0, 1]),
  },
  {
    op: 'concat',
    shapes: [
      [2, 3],
      [2, 1],
      [2, 2],
    ],
    build: (...xs) => ops.concat(xs, 1),
    tf: (tf, ...xs) => tf.concat(xs, 1),
  },
  {
    op: 'split',
    shapes: [[2, 5]],
    build: (x) => {
      const [a, b] = ops.split(x, [2, 3], 1) as [Expr, Expr]
      return ops.concat([ops.square(b), a], 1)
    },
    tf: (tf, x) => {
      const [a, b] = tf.split(x, [2, 3], 1) as [TfTensor, TfTensor]
      return tf.concat([tf.square(b), a], 1)
    },
  },
  {
    op: 'slice',
    shapes: [[2, 5]],
    build: (x) => ops.slice(x, 1, 1, 3),
    tf: (tf, x) => tf.slice(x, [0, 1], [2, 3]),
  },
  {
    op: 'pad',
    shapes: [[2, 3]],
    build: (x) => ops.pad(x, 1, 2, 1),
    tf: (tf, x) =>
      tf.pad(x, [
        [0, 0],
        [2, 1],
      ]),
  },
  {
    op: 'gather',
    shapes: [[4, 2]],
    build: (x) => ops.gather(x, indices),
    tf: (tf, x) => tf.gather(x, tfIndices(tf)),
  },
  {
    op: 'scatterAdd',
    shapes: [
      [3, 2],
      [4, 2],
    ],
    build: (x, like) => ops.scatterAdd(x, indices, like),
  },
  {
    op: 'matmul',
    shapes: [
      [3, 4],
      [4, 2],
    ],
    build: (a, b) => ops.matmul(a, b),
    tf: (tf, a, b) => tf.matMul(a, b),
  },
  ...[true, false].flatMap((transposeA) =>
    [true, false].flatMap((transposeB): Case[] => {
      const a = transposeA ? [4, 3] : [3, 4]
      const b = transposeB ? [2, 4] : [4, 2]
      const build = (x?: Expr, y?: Expr): Expr => ops.matmul(x!, y!, { transposeA, transposeB })
      const tf: Case['tf'] = (tf, x, y) => tf.matMul(x, y, transposeA, transposeB)
      return [
        { op: 'matmul', shapes: [a, b], build, tf },
        {
          op: 'matmul',
          shapes: [
            [2, ...a],
            [2, ...b],
          ],
          build,
          tf,
        },
      ]
    }),
  ),
  {
    op: 'affine',
    shapes: [[3, 4], [4, 2], [2]],
    build: (x, w, b) => ops.affine(x, w, b),
    tf: (tf, x, w, b) => tf.add(tf.matMul(x, w), b),
    symbolic: true,
  },
]

/** Ops without a derivative of their own, which the cases above use, and pieces of other ops. */
const helpers = [
  'greater',
  'less',
  'equal',
  'sign',
  'isPositive',
  'stopGradient',
  'cast',
  'extent',
  'sliceBetween',
]

let native: Runtime
let wasm: Runtime
let tf: TensorFlow

beforeAll(async () => {
  native = await openRuntime({ prefer: 'onnxruntime-node' })
  wasm = await openRuntime({ prefer: 'onnxruntime-web' })
  tf = await openTensorFlow()
})

it('has a case for every op', () => {
  const tested = new Set([...cases.map((c) => c.op), ...helpers])
  expect(Object.keys(ops).filter((name) => !tested.has(name))).toEqual([])
})

for (const [i, { op, shapes, build, tf: reference, positive, symbolic, single }] of cases.entries()) {
  describe(`${op} ${JSON.stringify(shapes)}${symbolic ? ' with a symbolic batch' : ''}`, () => {
    const random = seededRandom(`case ${i}`)
    const sizes = shapes.map((shape) => shape.reduce((a, b) => a * b, 1))
    // Away from the kinks of relu, abs and max, which differences cannot step over.
    const values = sizes.map((size) =>
      Array.from({ length: size }, () => {
        const x = 0.05 + 1.5 * random.next()
        return positive || random.next() < 0.5 ? x : -x
      }),
    )
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

    it.runIf(reference)('has the gradient that TensorFlow.js finds', async () => {
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

describe('shape errors', () => {
  const x = input('x', ['batch', 3])
  it('name the op and both shapes', () => {
    expect(() => ops.add(x, input('y', [4]))).toThrow('Add cannot combine shapes [batch, 3] and [4].')
    expect(() => ops.matmul(x, input('w', [4, 2]))).toThrow(
      'MatMul cannot multiply shapes [batch, 3] and [4, 2].',
    )
    expect(() => ops.reshape(x, [4])).toThrow('Reshape cannot turn shape [batch, 3] into [4].')
    expect(() => ops.concat([x, input('y', [2, 2])], 1)).toThrow(
      'Concat on axis 1 cannot join [batch, 3] and [2, 2].',
    )
    expect(() => ops.slice(x, 1, 2, 2)).toThrow('Slice [2, 4) does not fit axis 1 of [batch, 3].')
    expect(() => ops.sum(x, [2])).toThrow('ReduceSum has no axis 2 in shape [batch, 3].')
  })

  it('refuse the gradient of anything but a scalar', () => {
    expect(() => gradients(x, [x])).toThrow('Only a scalar has a gradient here, not shape [batch, 3].')
  })
})

describe('arithmetic on known numbers', () => {
  it('happens when the graph is built', () => {
    const x = input('x', [3])
    expect(ops.mul(x, 1)).toBe(x)
    expect(ops.add(0, x)).toBe(x)
    expect(ops.mul(2, ops.neg(ops.add(1, 2)))).toMatchObject({ kind: 'constant', data: [-6] })
  })
})

afterAll(() => tf.disposeVariables())
