import { expect, it } from 'vitest'
import * as normalisation from './normalisation.ts'
import { batchNorm, batchNormBy, layerNorm, standardise } from './normalisation.ts'
import { constant } from './expr.ts'
import { abs, add } from './ops.ts'
import { checkOp } from './op-check.ts'
import type { Case, TfTensor } from './op-check.ts'
import type { TensorFlow } from './tfjs.ts'

const standard = (tf: TensorFlow, x: TfTensor, axes: number[]): TfTensor => {
  const { mean, variance } = tf.moments(x, axes, true)
  return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-5)))
}

const cases: Case[] = [
  {
    op: 'standardise',
    shapes: [[4, 5]],
    build: (x) => standardise(x, [0]).value,
    symbolic: true,
    tf: (tf, x) => standard(tf, x, [0]),
  },
  {
    op: 'standardise',
    shapes: [[4, 5]],
    build: (x) => {
      const s = standardise(x, [1])
      return add(s.mean, s.variance)
    },
  },
  {
    op: 'layerNorm',
    shapes: [[2, 3, 4], [4], [4]],
    build: (x, a, b) => layerNorm(x, a, b),
    tf: (tf, x, a, b) => tf.add(tf.mul(standard(tf, x, [2]), a), b),
  },
  {
    op: 'batchNorm',
    shapes: [[3, 2, 2, 2], [2], [2]],
    build: (x, a, b) => batchNorm(x, a, b).value,
    symbolic: true,
    tf: (tf, x, a, b) =>
      tf.add(tf.mul(standard(tf, x, [0, 2, 3]), tf.reshape(a, [2, 1, 1])), tf.reshape(b, [2, 1, 1])),
  },
  {
    op: 'batchNorm',
    shapes: [[4, 3], [3], [3]],
    build: (x, a, b) => batchNorm(x, a, b).value,
    symbolic: true,
  },
  {
    op: 'batchNormBy',
    shapes: [[3, 2, 4], [2], [2]],
    build: (x, a, b) =>
      batchNormBy(x, a, b, { mean: constant([0.5, -1], [2]), variance: abs(constant([2, 0.3], [2])) }),
    tf: (tf, x, a, b) => {
      const column = (v: TfTensor): TfTensor => tf.reshape(v, [2, 1])
      const scaled = tf.div(
        tf.sub(x, column(tf.tensor([0.5, -1]))),
        tf.sqrt(tf.add(column(tf.tensor([2, 0.3])), 1e-5)),
      )
      return tf.add(tf.mul(scaled, column(a)), column(b))
    },
  },
]

it('has a case for every op', () => {
  const tested = new Set(cases.map(({ op }) => op))
  expect(Object.keys(normalisation).filter((name) => !tested.has(name))).toEqual([])
})

for (const [i, op] of cases.entries()) checkOp(op, `normalisation ${i}`)
