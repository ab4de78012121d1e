import { describe, expect, it } from 'vitest'
import * as convolution from './convolution.ts'
import { conv, convTranspose } from './convolution.ts'
import { evaluator } from './evaluate.ts'
import { input } from './expr.ts'
import { gradients } from './gradient.ts'
import { checkOp } from './op-check.ts'
import type { Case, TfTensor } from './op-check.ts'
import { mul, relu, sum } from './ops.ts'
import * as pooling from './pooling.ts'
import { averagePool, globalAveragePool, maxPool } from './pooling.ts'
import { openRuntime } from './session/index.ts'
import type { TensorFlow } from './tfjs.ts'
import type { ConvOptions } from './window.ts'

// TensorFlow.js keeps channels last; these carry our layout into its and back.
const last = (tf: TensorFlow, x: TfTensor): TfTensor => tf.transpose(x, [0, 2, 3, 1])
const first = (tf: TensorFlow, x: TfTensor): TfTensor => tf.transpose(x, [0, 3, 1, 2])
const image = (x: TfTensor): never => x as never

const conv2d =
  (strides: number, padding: 'same' | 'valid', dilations = 1): Case['tf'] =>
  (tf, x, w, b) => {
    const kernel = tf.transpose(w, [2, 3, 1, 0])
    const y = tf.conv2d(image(last(tf, x)), image(kernel), strides, padding, 'NHWC', dilations)
    return first(tf, b ? tf.add(y, b) : y)
  }

const convCase = (shapes: number[][], options: ConvOptions, tf?: Case['tf'], symbolic = false): Case => ({
  op: `conv ${JSON.stringify(options)}`,
  shapes,
  build: (x, w, b) => conv(x, w, options, b),
  // The runtime convolves single floats only.
  single: true,
  symbolic,
  ...(tf && { tf }),
  // TensorFlow.js refuses gradients of dilated convolutions.
  forwardOnly: options.dilations !== undefined,
})

const cases: Case[] = [
  convCase([[2, 2, 5, 4], [3, 2, 3, 3], [3]], { padding: 'same' }, conv2d(1, 'same'), true),
  convCase(
    [
      [2, 2, 5, 6],
      [3, 2, 3, 2],
    ],
    { padding: 'same', strides: 2 },
    conv2d(2, 'same'),
  ),
  convCase(
    [
      [1, 2, 6, 6],
      [2, 2, 3, 3],
    ],
    { strides: 2 },
    conv2d(2, 'valid'),
  ),
  convCase(
    [
      [1, 2, 6, 7],
      [2, 2, 2, 2],
    ],
    { dilations: 2 },
    conv2d(1, 'valid', 2),
  ),
  convCase(
    [
      [2, 2, 3, 3],
      [4, 2, 1, 1],
    ],
    {},
    conv2d(1, 'valid'),
  ),
  convCase(
    [
      [2, 4, 5, 4],
      [6, 2, 3, 3],
    ],
    {
      padding: [
        [1, 1],
        [2, 0],
      ],
      groups: 2,
      strides: [2, 1],
    },
    undefined,
    true,
  ),
  convCase(
    [
      [2, 3, 4, 4],
      [3, 1, 3, 3],
    ],
    { padding: 'same', groups: 3 },
    (tf, x, w) => {
      const kernel = tf.transpose(w, [2, 3, 0, 1])
      return first(tf, tf.depthwiseConv2d(image(last(tf, x)), image(kernel), 1, 'same'))
    },
  ),
  convCase([[2, 2, 7], [3, 2, 3], [3]], { padding: [[4, 0]], dilations: 2 }, undefined, true),
  convCase(
    [
      [2, 2, 7],
      [3, 2, 3],
    ],
    { padding: 'same' },
    (tf, x, w) => {
      const y = tf.conv1d(tf.transpose(x, [0, 2, 1]) as never, tf.transpose(w, [2, 1, 0]) as never, 1, 'same')
      return tf.transpose(y, [0, 2, 1])
    },
  ),
  // Few channels, whose shifts are stacked; and more, where those of the derivative are.
  convCase(
    [
      [2, 1, 5, 4],
      [6, 1, 3, 3],
    ],
    { padding: 'same' },
    conv2d(1, 'same'),
    true,
  ),
  convCase(
    [
      [2, 4, 5, 6],
      [2, 4, 3, 3],
    ],
    { padding: 'same', strides: 2 },
    conv2d(2, 'same'),
    true,
  ),
  // Strides, dilations and groups that share no factor.
  convCase(
    [
      [2, 4, 11, 9],
      [2, 2, 3, 2],
    ],
    { strides: [3, 2], dilations: [2, 3], groups: 2 },
    undefined,
    true,
  ),
  convCase(
    [
      [2, 4, 7],
      [4, 1, 3],
    ],
    { strides: 2, groups: 4, padding: [[1, 1]] },
    undefined,
    true,
  ),
  // Windows that see nothing but padding.
  convCase(
    [
      [1, 2, 3, 3],
      [2, 2, 2, 2],
    ],
    {
      padding: [
        [2, 0],
        [1, 3],
      ],
    },
  ),
  {
    op: 'convTranspose',
    shapes: [
      [2, 3, 3, 2],
      [3, 2, 3, 3],
    ],
    build: (y, w) => convTranspose(y, w, { padding: 'same', strides: 2 }),
    single: true,
    symbolic: true,
    tf: (tf, y, w) => {
      const kernel = tf.transpose(w, [2, 3, 1, 0])
      return first(tf, tf.conv2dTranspose(image(last(tf, y)), image(kernel), [2, 6, 4, 2], 2, 'same'))
    },
  },
  {
    op: 'convTranspose',
    shapes: [
      [1, 2, 4],
      [2, 2, 3],
    ],
    build: (y, w) => convTranspose(y, w, { strides: 2, groups: 2, padding: [[1, 0]] }),
    single: true,
  },
  {
    op: 'maxPool',
    shapes: [[2, 2, 4, 6]],
    build: (x) => maxPool(x, [2, 2]),
    single: true,
    symbolic: true,
    tf: (tf, x) => first(tf, tf.maxPool(image(last(tf, x)), 2, 2, 'valid')),
  },
  {
    op: 'maxPool',
    shapes: [[2, 2, 5, 5]],
    build: (x) => maxPool(x, [3, 3], { strides: 2, padding: 'same' }),
    single: true,
    symbolic: true,
    tf: (tf, x) => first(tf, tf.maxPool(image(last(tf, x)), 3, 2, 'same')),
  },
  { op: 'maxPool', shapes: [[2, 2, 6]], build: (x) => maxPool(x, [2]), single: true },
  {
    op: 'maxPool',
    shapes: [[1, 1, 7, 5]],
    build: (x) => maxPool(relu(x), [3, 2]),
    single: true,
    symbolic: true,
    tf: (tf, x) => first(tf, tf.maxPool(tf.relu(image(last(tf, x))), [3, 2], [3, 2], 'valid')),
  },
  {
    op: 'averagePool',
    shapes: [[2, 2, 4, 4]],
    build: (x) => averagePool(x, [2, 2]),
    single: true,
    symbolic: true,
    tf: (tf, x) => first(tf, tf.avgPool(image(last(tf, x)), 2, 2, 'valid')),
  },
  {
    op: 'averagePool',
    shapes: [[2, 2, 5, 4]],
    build: (x) => averagePool(x, [3, 3], { strides: 2, padding: 'same' }),
    single: true,
    // Its gradient divides by the whole window at the border too, where its value does not.
    forwardOnly: true,
    tf: (tf, x) => first(tf, tf.avgPool(image(last(tf, x)), 3, 2, 'same')),
  },
  {
    op: 'globalAveragePool',
    shapes: [[2, 3, 2, 2]],
    build: globalAveragePool,
    tf: (tf, x) => tf.mean(x, [2, 3]),
    symbolic: true,
  },
]

it('has a case for every op', () => {
  const tested = new Set(cases.map(({ op }) => op.split(' ')[0]))
  const untold = Object.keys({ ...convolution, ...pooling }).filter((name) => !tested.has(name))
  // What `convTranspose` and every derivative of `conv` go through.
  expect(untold).toEqual(['convTransposeAt'])
})

for (const [i, op] of cases.entries()) checkOp(op, `convolution ${i}`)

describe('equal largest values', () => {
  it('share the derivative of a maximum', async () => {
    const x = input('x', [1, 1, 2, 5])
    const [slope] = gradients(sum(mul(maxPool(x, [2, 2]), input('weights', [2]))), [x])
    const evaluate = await evaluator(await openRuntime(), { slope: slope! })
    // Windows (1 1; 0 1) and (2 3; 3 2), and a column that no window reaches.
    const { slope: found } = await evaluate({ x: [1, 1, 2, 3, 9, 0, 1, 3, 2, 9], weights: [3, 4] })
    expect(found).toEqual([1, 1, 0, 2, 0, 0, 1, 2, 0, 0])
  })
})

describe('shape errors', () => {
  const x = input('x', ['batch', 4, 8, 8])
  it('name the op and both shapes', () => {
    expect(() => conv(x, input('w', [8, 3, 3, 3]))).toThrow(
      'Conv cannot take inputs [batch, 4, 8, 8] with weights [8, 3, 3, 3].',
    )
    expect(() => conv(x, input('w', [8, 2, 3, 3]), { groups: 4 })).toThrow('in 4 groups.')
    expect(() => conv(x, input('w', [8, 4, 9, 9]))).toThrow(
      'Conv cannot move a window [9, 9] over extents [8, 8].',
    )
    expect(() => convTranspose(x, input('w', [3, 4, 2, 2]))).toThrow(
      'ConvTranspose cannot take inputs [batch, 4, 8, 8] with weights [3, 4, 2, 2] in 1 groups.',
    )
    expect(() => maxPool(input('x', [4]), [2])).toThrow('MaxPool needs shape')
  })
})
