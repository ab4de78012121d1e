import { beforeAll, describe, expect, it } from 'vitest'
import { decodeNetwork, encodeNetwork } from '../checkpoint.ts'
import { conv } from '../convolution.ts'
import { apply, constant, input, scalar } from '../expr.ts'
import type { Attributes, Expr } from '../expr.ts'
import { toOnnx } from '../export/onnx.ts'
import { predictLogits } from '../infer.ts'
import { crossEntropy } from '../losses.ts'
import { initialise, namedParameters } from '../network.ts'
import { emitGraph, encodeModel } from '../onnx/emit.ts'
import { matmul, softmax } from '../ops.ts'
import { seededRandom } from '../random.ts'
import { floats } from '../session/runtime.ts'
import { openRuntime } from '../session/index.ts'
import type { Runtime } from '../session/index.ts'
import type { Shape } from '../shape.ts'
import { parseSpec } from '../spec.ts'
import { train } from '../train.ts'
import { importOnnx } from './onnx.ts'

const random = seededRandom('import')
const normals = (size: number): Float32Array => Float32Array.from({ length: size }, () => random.normal())

let runtime: Runtime
beforeAll(async () => {
  runtime = await openRuntime()
})

const apart = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(Math.abs(a.length - b.length), ...Array.from(a, (x, i) => Math.abs(x - b[i]!)))

const specs = [
  { kind: 'mlp', inputs: 6, hidden: [8], outputs: 3, activation: 'gelu' },
  { kind: 'mlp', inputs: 6, hidden: [8], outputs: 3, activation: 'relu6' },
  {
    kind: 'cnn',
    inputs: 128,
    image: [8, 8, 2],
    channels: [4, 6],
    hidden: [5],
    outputs: 3,
    activation: 'silu',
  },
  { kind: 'resnet', inputs: 192, image: [8, 8, 3], depth: 8, width: 4, outputs: 3 },
  { kind: 'mobilenet', inputs: 192, image: [8, 8, 3], widthMultiplier: 0.125, outputs: 3 },
  { kind: 'tcn', inputs: 24, steps: 12, channels: 2, filters: [4, 4], outputs: 3 },
  { kind: 'transformer', inputs: 24, tokens: 6, width: 8, heads: 2, depth: 1, hidden: 8, outputs: 3 },
  {
    kind: 'transformer',
    inputs: 6,
    tokens: 6,
    vocabulary: 5,
    width: 8,
    heads: 2,
    depth: 1,
    hidden: 8,
    outputs: 3,
  },
] as const

describe.each(specs)('a $kind of ours, written as ONNX and read back', (json) => {
  const network = initialise(parseSpec(json), random)
  const rows = 7
  const inputs =
    'vocabulary' in json
      ? Float32Array.from({ length: rows * 6 }, () => random.integer(5))
      : normals(rows * json.inputs)
  const imported = importOnnx(toOnnx(network), { trainable: true })

  it('gives the same logits, to 1e-6, also after another round and from a checkpoint', async () => {
    const expected = await predictLogits(runtime, network, inputs, rows)
    const again = importOnnx(toOnnx(imported), { trainable: false })
    for (const same of [imported, again, decodeNetwork(encodeNetwork(imported))]) {
      expect(apart(await predictLogits(runtime, same, inputs, rows), expected)).toBeLessThan(1e-6)
    }
  })

  it('trains: the loss falls, and statistics stay', async () => {
    const targets = new Float32Array(rows * 3)
    for (let row = 0; row < rows; row++) targets[3 * row + (row % 3)] = 1
    const { network: tuned, curve } = await train(runtime, {
      network: imported,
      batch: { inputs: { data: inputs, width: json.inputs }, targets: { data: targets, width: 3 } },
      loss: crossEntropy,
      optimiser: { kind: 'adam', learningRate: 0.01 },
      epochs: 12,
      batchSize: rows,
      seed: 1,
    })
    expect(curve.at(-1)!.loss).toBeLessThan(0.9 * curve[0]!.loss)
    const before = namedParameters(imported)
    const kept = (parameters: typeof before) =>
      parameters.filter(({ trained }) => !trained).map(({ data }) => data)
    expect(kept(namedParameters(tuned))).toEqual(kept(before))
  })
})

/** A model file of nodes as others write them: the engine's writer, with operators and attributes named freely. */
function written(row: Shape, build: (x: Expr) => Record<string, Expr>): Uint8Array {
  const x = input('input', ['N', ...row])
  return encodeModel(emitGraph({ name: 'other', inputs: [x], outputs: build(x) }))
}
const node = (op: string, inputs: readonly Expr[], shape: Shape, attributes: Attributes = {}): Expr =>
  apply(op, inputs, { shape, attributes })
const weights = (name: string, shape: readonly number[]): Expr =>
  constant(
    normals(shape.reduce((a, b) => a * b, 1)).map((x) => x / 2),
    shape,
    'float32',
    name,
  )
const list = (...numbers: number[]): Expr => constant(numbers, [numbers.length], 'int64')
const whole = (op: string, inputs: readonly Expr[], shape: Shape, attributes: Attributes = {}): Expr =>
  apply(op, inputs, { shape, dtype: 'int64', attributes })

/** The output of ONNX Runtime itself for the file. */
async function reference(model: Uint8Array, data: Float32Array, shape: number[], output: string) {
  const session = await runtime.load(model)
  const outputs = await session.run({ input: { data, shape } }, [output])
  await session.release()
  return floats(outputs, output)
}

/** One operator between an input [N, ...row] and logits [N, classes]. */
const rowsOf = (x: Expr, width: number): Expr => node('Flatten', [x], ['N', width], { axis: 1 })
const image: Shape = [2, 6, 6]
const cases: Record<string, [Shape, (x: Expr) => Expr]> = {
  'Gemm with its weights turned, as PyTorch has them': [
    [6],
    (x) => node('Gemm', [x, weights('w', [3, 6]), weights('b', [3])], ['N', 3], { transB: 1 }),
  ],
  'Gemm that is scaled': [
    [6],
    (x) =>
      node('Gemm', [x, weights('w', [6, 3]), weights('b', [1, 3])], ['N', 3], {
        alpha: { float: 0.5 },
        beta: { float: 2 },
      }),
  ],
  'MatMul of tokens': [
    [4, 6],
    (x) =>
      rowsOf(
        node('Add', [node('MatMul', [x, weights('w', [6, 3])], ['N', 4, 3]), weights('b', [3])], ['N', 4, 3]),
        12,
      ),
  ],
  ...Object.fromEntries(
    [
      'Abs',
      'Elu',
      'Erf',
      'Exp',
      'Gelu',
      'HardSigmoid',
      'HardSwish',
      'LeakyRelu',
      'Neg',
      'Relu',
      'Sigmoid',
      'Softplus',
      'Tanh',
    ]
      // Gelu came with opset 20, and the writer writes 18.
      .filter((op) => op !== 'Gelu')
      .map((op): [string, [Shape, (x: Expr) => Expr]] => [op, [[6], (x) => node(op, [x], ['N', 6])]]),
  ),
  'Sub, Div, Sqrt, Pow, Reciprocal, Log and Exp': [
    [6],
    (x) => {
      const positive = node('Exp', [x], ['N', 6])
      const root = node('Sqrt', [node('Pow', [positive, scalar(3)], ['N', 6])], ['N', 6])
      const over = node('Div', [root, node('Sub', [positive, scalar(-1)], ['N', 6])], ['N', 6])
      return node('Log', [node('Reciprocal', [over], ['N', 6])], ['N', 6])
    },
  ],
  'Clip, Min and Max': [
    [6],
    (x) => {
      const above = node('Clip', [x, scalar(-0.5), scalar(Infinity)], ['N', 6])
      const clipped = node('Clip', [above, scalar(-0.5), scalar(0.25)], ['N', 6])
      const least = node('Min', [clipped, node('Neg', [x], ['N', 6])], ['N', 6])
      return node('Max', [least, scalar(-0.4), weights('floor', [6])], ['N', 6])
    },
  ],
  PRelu: [image, (x) => rowsOf(node('PRelu', [x, weights('slope', [2, 1, 1])], ['N', ...image]), 72)],
  'Conv with stride, dilation, uneven padding and groups': [
    image,
    (x) =>
      rowsOf(
        node('Conv', [x, weights('w', [4, 1, 3, 2]), weights('b', [4])], ['N', 4, 2, 4], {
          strides: [2, 2],
          dilations: [1, 2],
          pads: [0, 1, 0, 2],
          group: 2,
        }),
        32,
      ),
  ],
  'Conv that pads itself': [
    image,
    (x) =>
      rowsOf(
        node('Conv', [x, weights('w', [3, 2, 3, 3])], ['N', 3, 3, 3], {
          strides: [2, 2],
          auto_pad: 'SAME_UPPER',
        }),
        27,
      ),
  ],
  'Conv of a series': [[2, 9], (x) => rowsOf(node('Conv', [x, weights('w', [3, 2, 4])], ['N', 3, 6]), 18)],
  ConvTranspose: [
    [2, 3, 3],
    (x) =>
      rowsOf(
        node('ConvTranspose', [x, weights('w', [2, 3, 3, 3]), weights('b', [3])], ['N', 3, 5, 5], {
          strides: [2, 2],
          pads: [1, 1, 1, 1],
        }),
        75,
      ),
  ],
  BatchNormalization: [
    image,
    (x) => {
      const variance = constant([0.5, 2], [2], 'float32', 'variance')
      const rest = [weights('scale', [2]), weights('shift', [2]), weights('mean', [2]), variance]
      return rowsOf(
        node('BatchNormalization', [x, ...rest], ['N', ...image], { epsilon: { float: 0.001 } }),
        72,
      )
    },
  ],
  LayerNormalization: [
    [3, 4],
    (x) => {
      const rest = [weights('scale', [4]), weights('shift', [4])]
      return rowsOf(
        node('LayerNormalization', [x, ...rest], ['N', 3, 4], { axis: -1, epsilon: { float: 0.01 } }),
        12,
      )
    },
  ],
  'MaxPool with overlapping, padded windows': [
    image,
    (x) =>
      rowsOf(
        node('MaxPool', [x], ['N', 2, 3, 3], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }),
        18,
      ),
  ],
  'AveragePool, its padding not counted': [
    image,
    (x) =>
      rowsOf(
        node('AveragePool', [x], ['N', 2, 3, 3], {
          kernel_shape: [3, 3],
          strides: [2, 2],
          pads: [1, 1, 0, 0],
        }),
        18,
      ),
  ],
  'AveragePool, its padding counted': [
    image,
    (x) =>
      rowsOf(
        node('AveragePool', [x], ['N', 2, 3, 3], {
          kernel_shape: [3, 3],
          strides: [2, 2],
          pads: [1, 1, 0, 0],
          count_include_pad: 1,
        }),
        18,
      ),
  ],
  'GlobalAveragePool and GlobalMaxPool': [
    image,
    (x) =>
      rowsOf(
        node(
          'Concat',
          [node('GlobalAveragePool', [x], ['N', 2, 1, 1]), node('GlobalMaxPool', [x], ['N', 2, 1, 1])],
          ['N', 4, 1, 1],
          { axis: 1 },
        ),
        4,
      ),
  ],
  'ReduceMean, ReduceSum and ReduceMax': [
    [3, 4],
    (x) => {
      const parts = ['ReduceMean', 'ReduceSum', 'ReduceMax'].map((op) =>
        node(op, [x, list(-1)], ['N', 3], { keepdims: 0 }),
      )
      return node('Concat', parts, ['N', 9], { axis: -1 })
    },
  ],
  'Softmax in the middle, and LogSoftmax': [
    [3, 4],
    (x) =>
      rowsOf(
        node('LogSoftmax', [node('Softmax', [x], ['N', 3, 4], { axis: -1 })], ['N', 3, 4], { axis: 2 }),
        12,
      ),
  ],
  'Transpose, Split, Squeeze and Unsqueeze': [
    [3, 4],
    (x) => {
      const turned = node('Transpose', [x], ['N', 4, 3], { perm: [0, 2, 1] })
      const first = node('Split', [turned, list(1, 2)], ['N', 4, 1], { axis: 2 })
      const second = apply('Output', [first], { shape: ['N', 4, 2], attributes: { index: 1 } })
      const column = node('Squeeze', [first, list(2)], ['N', 4])
      const back = node('Unsqueeze', [column, list(-1)], ['N', 4, 1])
      return rowsOf(node('Mul', [second, back], ['N', 4, 2]), 8)
    },
  ],
  'Slice and Gather of columns': [
    [8],
    (x) => {
      const every = node('Slice', [x, list(-7), list(9_000_000), list(1), list(3)], ['N', 3])
      const some = node('Gather', [x, list(0, -1, 0)], ['N', 3], { axis: 1 })
      return node('Sub', [every, some], ['N', 3])
    },
  ],
  'a table read by numbers in the input': [
    [3],
    (x) => {
      const positive = node('Abs', [x], ['N', 3])
      const numbers = apply('Cast', [node('Clip', [positive, scalar(0), scalar(3)], ['N', 3])], {
        shape: ['N', 3],
        dtype: 'int64',
        attributes: { to: 'int64' },
      })
      return rowsOf(node('Gather', [weights('table', [4, 2]), numbers], ['N', 3, 2]), 6)
    },
  ],
  'a shape that the graph computes: x.view(x.size(0), -1)': [
    [3, 4],
    (x) => {
      const shape = whole('Shape', [x], [3])
      const rows = whole('Gather', [shape, constant([0], [], 'int64')], [], { axis: 0 })
      const target = whole('Concat', [whole('Unsqueeze', [rows, list(0)], [1]), list(-1)], [2], { axis: 0 })
      return node('Reshape', [x, target], ['N', 12])
    },
  ],
  'rows merged with the batch, and parted again': [
    [3, 4],
    (x) => {
      const merged = node('Reshape', [x, list(-1, 4)], ['M', 4])
      const product = node('Gemm', [merged, weights('w', [4, 2])], ['M', 2])
      return node('Reshape', [product, list(-1, 6)], ['N', 6])
    },
  ],
}

describe('an operator of another model', () => {
  it.each(Object.entries(cases))('%s is what ONNX Runtime says', async (_name, [row, build]) => {
    const rows = 5
    const size = (row as number[]).reduce((a, b) => a * b, 1)
    const data = normals(rows * size)
    const model = written(row, (x) => ({ output: build(x) }))
    const expected = await reference(model, data, [rows, ...(row as number[])], 'output')
    const got = await predictLogits(runtime, importOnnx(model, { trainable: true }), data, rows)
    expect(apart(got, expected)).toBeLessThan(2e-6)
  })
})

/** Convolution, batch normalisation, relu, pooling, flatten, a Gemm with turned weights: PyTorch's usual classifier. */
const classifier = (x: Expr): Expr => {
  const variance = constant([0.5, 2, 1], [3], 'float32', 'bn.running_var')
  const statistics = [
    weights('bn.weight', [3]),
    weights('bn.bias', [3]),
    weights('bn.running_mean', [3]),
    variance,
  ]
  const z = conv(x, weights('conv.weight', [3, 2, 3, 3]), { padding: [[1, 1], [1, 1]] }, weights('conv.bias', [3])) // prettier-ignore
  const normal = node('Relu', [node('BatchNormalization', [z, ...statistics], z.shape)], z.shape)
  const pooled = node('MaxPool', [normal], ['N', 3, 3, 3], { kernel_shape: [2, 2], strides: [2, 2] })
  return node(
    'Gemm',
    [rowsOf(pooled, 27), weights('fc.weight', [3, 27]), weights('fc.bias', [3])],
    ['N', 3],
    {
      transB: 1,
    },
  )
}

describe('a classifier as PyTorch writes it', () => {
  const model = written(image, (x) => ({ output: classifier(x) }))
  const rows = 12
  const data = normals(rows * 72)
  const targets = new Float32Array(rows * 3)
  for (let row = 0; row < rows; row++) targets[3 * row + (row % 3)] = 1
  const job = {
    batch: { inputs: { data, width: 72 }, targets: { data: targets, width: 3 } },
    loss: crossEntropy,
    optimiser: { kind: 'adam', learningRate: 0.01 },
    epochs: 60,
    batchSize: 12,
    seed: 1,
  } as const

  it('keeps its names, and trains all but its statistics', async () => {
    const network = importOnnx(model, { trainable: true })
    expect(namedParameters(network).map(({ name, trained }) => [name, trained])).toEqual([
      ['model.conv.weight', true],
      ['model.conv.bias', true],
      ['model.bn.weight', true],
      ['model.bn.bias', true],
      ['model.fc.weight', true],
      ['model.fc.bias', true],
      ['model.bn.running_mean', false],
      ['model.bn.running_var', false],
    ])
    const { curve } = await train(runtime, { ...job, network })
    expect(curve.at(-1)!.loss).toBeLessThan(0.5 * curve[0]!.loss)
  })

  it('answers when frozen, and is refused to be trained', async () => {
    const network = importOnnx(model, { trainable: false })
    const expected = await reference(model, data, [rows, 2, 6, 6], 'output')
    expect(apart(await predictLogits(runtime, network, data, rows), expected)).toBeLessThan(2e-6)
    await expect(train(runtime, { ...job, network })).rejects.toMatchObject({
      code: 'ENGINE_DATA_INVALID',
      message: 'Every parameter of this network is frozen; there is nothing to train.',
    })
  })

  it('takes rows pixel by pixel when told', async () => {
    const network = importOnnx(model, { trainable: false, channels: 'last' })
    const pixels = new Float32Array(data.length)
    for (let row = 0; row < rows; row++) {
      for (let c = 0; c < 2; c++) {
        for (let p = 0; p < 36; p++) pixels[row * 72 + p * 2 + c] = data[row * 72 + c * 36 + p]!
      }
    }
    const expected = await reference(model, data, [rows, 2, 6, 6], 'output')
    expect(apart(await predictLogits(runtime, network, pixels, rows), expected)).toBeLessThan(2e-6)
  })
})

describe('tensors that PyTorch wrote once, being equal', () => {
  it('are parameters of their own', () => {
    const scale = weights('a.scale', [4])
    const model = written([4], (x) => {
      const twin = node('Identity', [scale], [4])
      return { output: node('Mul', [node('Mul', [x, scale], ['N', 4]), twin], ['N', 4]) }
    })
    const [a, b] = namedParameters(importOnnx(model, { trainable: true }))
    expect([a!.name, a!.data]).toEqual(['model.a.scale', b!.data])
    expect(b!.offset).toBe(4)
  })
})

describe('a model that answers probabilities', () => {
  const w = constant([1, 0, 0, 1], [2, 2], 'float32', 'w')
  // softmax(ln 3, 0) = 3/4, 1/4
  const row = Float32Array.of(Math.log(3), 0)

  it('loses a softmax at its end', async () => {
    const model = written([2], (x) => ({ probabilities: softmax(matmul(x, w)) }))
    const logits = await predictLogits(runtime, importOnnx(model, { trainable: true }), row, 1)
    expect(apart(logits, row)).toBeLessThan(1e-6)
  })

  it('is read by the logarithm where it makes them in another way', async () => {
    const model = written([2], (x) => {
      const odds = node('Exp', [matmul(x, w)], ['N', 2])
      const total = node('ReduceSum', [odds, list(1)], ['N', 1], { keepdims: 1 })
      return { probabilities: node('Div', [odds, total], ['N', 2]) }
    })
    const logits = await predictLogits(runtime, importOnnx(model, { trainable: true }), row, 1)
    expect(apart(logits, [Math.log(0.75), Math.log(0.25)])).toBeLessThan(1e-6)
  })
})

describe('what cannot be imported', () => {
  const refused =
    (build: (x: Expr) => Record<string, Expr>, row: Shape = [4]) =>
    () =>
      importOnnx(written(row, build), { trainable: true })

  it('names the node and the operator', () => {
    expect(refused((x) => ({ y: node('Celu', [x], ['N', 4]) }))).toThrow(
      expect.objectContaining({
        code: 'ENGINE_IMPORT_UNSUPPORTED',
        message: 'Node other/Celu_1 (Celu): the engine has no such operator.',
      }),
    )
    expect(refused((x) => ({ y: node('Softmax', [x], ['N', 4, 2], { axis: 1 }), z: x }), [4, 2])).toThrow(
      expect.objectContaining({ code: 'ENGINE_MODEL_INVALID' }),
    )
    const window = { kernel_shape: [2], ceil_mode: 1 }
    expect(refused((x) => ({ y: rowsOf(node('MaxPool', [x], ['N', 2, 2], window), 4) }), [2, 4])).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/^Node other\/MaxPool_1 \(MaxPool\): .*ceil_mode/),
      }),
    )
  })

  it('tells shapes that do not fit, with the node and both', () => {
    expect(refused((x) => ({ y: node('Gemm', [x, weights('w', [5, 3])], ['N', 3]) }))).toThrow(
      expect.objectContaining({
        code: 'ENGINE_SHAPE',
        message: 'Node other/Gemm_2 (Gemm): MatMul cannot multiply shapes [batch, 4] and [5, 3].',
      }),
    )
  })

  it('is a damaged file, or one with other ends', () => {
    const invalid = expect.objectContaining({ code: 'ENGINE_MODEL_INVALID' })
    const garbage = new TextEncoder().encode('not a model')
    expect(() => importOnnx(garbage, { trainable: true })).toThrow(invalid)
    expect(refused((x) => ({ a: node('Relu', [x], ['N', 4]), b: node('Tanh', [x], ['N', 4]) }))).toThrow(
      'The model needs one float output, or one named "logits" or "probabilities"; it has "a" float [N, 4], "b" float [N, 4].',
    )
    expect(refused((x) => ({ a: node('Relu', [x], ['N', 'M']) }), ['M'])).toThrow(
      'The model needs one float input [rows, ...] with known extents; it has "input" float [N, M].',
    )
  })
})
