/** Every op of the vocabulary, in the ways of `op-check.ts`. */
import { describe, expect, it } from 'vitest'
import { evaluator } from './evaluate.ts'
import { constant, input } from './expr.ts'
import type { Expr } from './expr.ts'
import { gradients } from './gradient.ts'
import * as ops from './ops.ts'
import { checkOp } from './op-check.ts'
import type { Case, TfTensor } from './op-check.ts'
import { openRuntime } from './session/index.ts'
import type { TensorFlow } from './tfjs.ts'

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
  {
    op: 'leakyRelu',
    shapes: [[3, 4]],
    build: (x) => ops.leakyRelu(x, 0.2),
    tf: (tf, x) => tf.leakyRelu(x, 0.2),
    single: true,
  },
  {
    op: 'relu6',
    shapes: [[3, 4]],
    build: (x) => ops.relu6(ops.mul(x, 5)),
    tf: (tf, x) => tf.relu6(tf.mul(x, 5)),
  },
  {
    op: 'regroup',
    shapes: [[2, 3, 2]],
    build: (x) => ops.regroup(x, [3, 4]),
    tf: (tf, x) => tf.reshape(x, [3, 4]),
  },
  {
    op: 'view',
    shapes: [[2, 5, 4]],
    build: (x) => ops.view(x, [-1, 1], [5, 4]),
    symbolic: true,
    // Rows -1 to 3 and columns 1 to 4 of a 5 x 4 matrix.
    tf: (tf, x) =>
      tf.pad(tf.slice(x, [0, 0, 1], [2, 4, 3]), [
        [0, 0],
        [1, 0],
        [0, 1],
      ]),
  },
  {
    op: 'reverse',
    shapes: [[2, 3, 1, 2]],
    build: (x) => ops.reverse(x, [1, 2, 3]),
    tf: (tf, x) => tf.reverse(x, [1, 3]),
  },
  { op: 'silu', shapes: [[6]], build: ops.silu, tf: (tf, x) => tf.mul(x, tf.sigmoid(x)) },
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
    op: 'slice',
    shapes: [[2, 7, 2]],
    build: (x) => ops.slice(x, 1, 1, 3, 2),
    forwardOnly: true,
    tf: (tf, x) => tf.stridedSlice(x, [0, 1, 0], [2, 6, 2], [1, 2, 1]),
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
    op: 'affine',
    shapes: [[2, 3, 4], [4, 2], [2]],
    build: (x, w, b) => ops.affine(x, w, b),
    symbolic: true,
  },
  {
    op: 'embed',
    shapes: [[4, 2]],
    build: (x) => ops.embed(x, constant([2, 0, 2, 1, 3, 3], [2, 3])),
    tf: (tf, x) => tf.gather(x, tf.tensor2d([2, 0, 2, 1, 3, 3], [2, 3], 'int32')),
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
  'toRows',
  'fromRows',
]

it('has a case for every op', () => {
  const tested = new Set([...cases.map((c) => c.op), ...helpers])
  expect(Object.keys(ops).filter((name) => !tested.has(name))).toEqual([])
})

for (const [i, op] of cases.entries()) checkOp(op, i)

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

describe('at its kinks', () => {
  it('relu6 has derivative 0', async () => {
    const x = input('x', [5])
    const [slope] = gradients(ops.sum(ops.relu6(x)), [x])
    const evaluate = await evaluator(await openRuntime(), { slope: slope! })
    // The floats next to 0 and 6, and numbers whose products with a steep slope overflow.
    expect((await evaluate({ x: [0, 1e-30, 5.9999995, 6, -1e30] })).slope).toEqual([0, 1, 1, 0, 0])
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
