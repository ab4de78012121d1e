import type * as Layers from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import { decodeNetwork, encodeNetwork } from '../checkpoint.ts'
import { toTfjsLayersModel } from '../export/tfjs.ts'
import { predictLogits, softmaxRows } from '../infer.ts'
import { crossEntropy } from '../losses.ts'
import { initialise } from '../network.ts'
import { seededRandom } from '../random.ts'
import { openRuntime } from '../session/index.ts'
import type { Runtime } from '../session/index.ts'
import { parseSpec } from '../spec.ts'
import { openTensorFlow } from '../tfjs.ts'
import type { TensorFlow } from '../tfjs.ts'
import { train } from '../train.ts'
import { importKeras } from './keras.ts'
import { weightPaths } from './keras-weights.ts'

type Symbolic = Layers.SymbolicTensor
type Model = Layers.LayersModel

const random = seededRandom('keras')
const rows = 6
let runtime: Runtime
let tf: TensorFlow
beforeAll(async () => {
  runtime = await openRuntime()
  tf = await openTensorFlow()
})

const sizeOf = (shape: readonly (number | null)[]): number => shape.reduce<number>((n, d) => n * (d ?? 1), 1)
const apart = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(Math.abs(a.length - b.length), ...Array.from(a, (x, i) => Math.abs(x - b[i]!)))

/** The model as its two files, with weights drawn here: fresh ones would leave every bias and statistic alone. */
async function saved(model: Model): Promise<{ modelJson: object; weights: Uint8Array }> {
  model.setWeights(
    model.weights.map((weight) => {
      const isVariance = weight.name.includes('variance')
      const data = Array.from({ length: sizeOf(weight.shape) }, () => 0.4 * random.normal())
      return tf.tensor(isVariance ? data.map((x) => 0.5 + x * x) : data, weight.shape as number[])
    }),
  )
  let artifacts: { modelTopology?: unknown; weightSpecs?: object[]; weightData?: unknown } = {}
  await model.save(
    tf.io.withSaveHandler((given) => {
      artifacts = given
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } })
    }),
  )
  const weightsManifest = [{ paths: ['weights.bin'], weights: artifacts.weightSpecs }]
  const modelJson = { format: 'layers-model', modelTopology: artifacts.modelTopology, weightsManifest }
  return {
    modelJson: JSON.parse(JSON.stringify(modelJson)) as object,
    weights: new Uint8Array(artifacts.weightData as ArrayBuffer),
  }
}

/** What TensorFlow.js itself answers. */
const answers = (model: Model, data: Float32Array, shape: readonly number[]): Float32Array =>
  tf.tidy(() => (model.predict(tf.tensor(data, [rows, ...shape])) as { dataSync(): Float32Array }).dataSync())

const image = [8, 8, 3]
/** One block behind another, from an input to a tensor. */
const chain =
  (...layers: (() => Layers.layers.Layer)[]) =>
  (x: Symbolic): Symbolic =>
    layers.reduce((y, make) => make().apply(y) as Symbolic, x)

const l = () => tf.layers.layers
const models: Record<string, { shape: number[]; body: (x: Symbolic) => Symbolic; vocabulary?: number }> = {
  'a dense network': {
    shape: [5],
    body: chain(
      () => l().dense({ units: 7, activation: 'tanh' }),
      () => l().batchNormalization({}),
      () => l().dense({ units: 6, useBias: false }),
      () => l().leakyReLU({ alpha: 0.3 }),
      () => l().dropout({ rate: 0.2 }),
      () => l().dense({ units: 3 }),
    ),
  },
  'convolutions, flattened as height, width, channels': {
    shape: image,
    body: chain(
      () => l().conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }),
      () => l().conv2d({ filters: 5, kernelSize: [2, 3], useBias: false }),
      () => l().batchNormalization({ epsilon: 0.01 }),
      () => l().reLU({ maxValue: 6 }),
      () => l().flatten(),
      () => l().dense({ units: 3 }),
    ),
  },
  'depthwise and separable convolutions, padding, pooling': {
    shape: image,
    body: chain(
      () => l().zeroPadding2d({ padding: [[0, 1], [2, 1]] }), // prettier-ignore
      () => l().depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, strides: 2 }),
      () => l().maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
      () => l().separableConv2d({ filters: 4, kernelSize: 2, depthMultiplier: 2, padding: 'same' }),
      () => l().averagePooling2d({ poolSize: 2, strides: 1, padding: 'same' }),
      () => l().globalAveragePooling2d({}),
      () => l().dense({ units: 3 }),
    ),
  },
  'a series, with dilated convolutions': {
    shape: [10, 2],
    body: chain(
      () => l().conv1d({ filters: 4, kernelSize: 3, dilationRate: 2, padding: 'same', activation: 'relu' }),
      () => l().conv1d({ filters: 4, kernelSize: 2 }),
      () => l().maxPooling1d({ poolSize: 2 }),
      () => l().layerNormalization({}),
      () => l().dense({ units: 5, activation: 'swish' }),
      () => l().globalAveragePooling1d(),
      () => l().dense({ units: 3 }),
    ),
  },
  'words, reshaped on the way': {
    shape: [6],
    vocabulary: 9,
    body: chain(
      () => l().embedding({ inputDim: 9, outputDim: 4 }),
      () => l().reshape({ targetShape: [3, 2, 4] }),
      () => l().conv2d({ filters: 3, kernelSize: 2 }),
      () => l().flatten(),
      () => l().dense({ units: 3 }),
    ),
  },
  'residuals, one inside another, and a sum of three': {
    shape: image,
    body: (x) => {
      const conv = (y: Symbolic, filters = 4): Symbolic =>
        l().conv2d({ filters, kernelSize: 3, padding: 'same', activation: 'relu' }).apply(y) as Symbolic
      const sum = (...ys: Symbolic[]): Symbolic => l().add().apply(ys) as Symbolic
      const stem = conv(x)
      const inner = conv(stem)
      const outer = sum(stem, conv(sum(inner, conv(conv(inner)))))
      const three = sum(outer, conv(outer), conv(outer))
      return chain(
        () => l().activation({ activation: 'relu' }),
        () => l().globalAveragePooling2d({}),
        () => l().dense({ units: 3 }),
      )(three)
    },
  },
}

const built = ({ shape, body }: { shape: number[]; body: (x: Symbolic) => Symbolic }): Model => {
  const x = tf.layers.input({ shape })
  return tf.layers.model({ inputs: x, outputs: body(x) })
}

describe.each(Object.entries(models))('%s from TensorFlow.js', (_name, wanted) => {
  const { shape, vocabulary } = wanted
  const draw = vocabulary ? () => random.integer(vocabulary) : () => random.normal()

  it('answers the same to 1e-5, keeps doing so when saved, and trains', async () => {
    const model = built(wanted)
    const { modelJson, weights } = await saved(model)
    const network = importKeras(modelJson, weights)
    const data = Float32Array.from({ length: rows * sizeOf(shape) }, draw)
    const expected = answers(model, data, shape)
    for (const same of [network, decodeNetwork(encodeNetwork(network))]) {
      expect(apart(await predictLogits(runtime, same, data, rows), expected)).toBeLessThan(1e-5)
    }

    const targets = new Float32Array(rows * 3)
    for (let row = 0; row < rows; row++) targets[3 * row + (row % 3)] = 1
    const { curve } = await train(runtime, {
      network,
      batch: { inputs: { data, width: sizeOf(shape) }, targets: { data: targets, width: 3 } },
      loss: crossEntropy,
      optimiser: { kind: 'adam', learningRate: 0.01 },
      epochs: 12,
      batchSize: rows,
      seed: 1,
    })
    expect(curve.at(-1)!.loss).toBeLessThan(0.9 * curve[0]!.loss)
  })
})

describe.each([
  { kind: 'mlp', inputs: 5, hidden: [6, 4], outputs: 3, activation: 'gelu' },
  { kind: 'mlp', inputs: 5, hidden: [6], outputs: 3, activation: 'leakyRelu' },
  { kind: 'cnn', inputs: 192, image, channels: [4], hidden: [5], outputs: 3, dropout: 0.2 },
  { kind: 'resnet', inputs: 192, image, depth: 8, width: 4, outputs: 3 },
  { kind: 'mobilenet', inputs: 192, image, widthMultiplier: 0.125, outputs: 3 },
] as const)('a $kind of ours, exported to TensorFlow.js', (json) => {
  it('comes back the same, and again', async () => {
    const network = initialise(parseSpec(json), random)
    const data = Float32Array.from({ length: rows * json.inputs }, () => random.normal())
    const expected = await predictLogits(runtime, network, data, rows)
    const back = toTfjsLayersModel(network)
    const once = importKeras(back.modelJson, back.weights)
    const again = toTfjsLayersModel(once)
    const twice = importKeras(again.modelJson, again.weights)
    for (const same of [once, twice]) {
      expect(apart(await predictLogits(runtime, same, data, rows), expected)).toBeLessThan(1e-6)
    }
  })
})

describe('the end of a model', () => {
  it.each(['softmax', 'its own layer', 'softmax before a reshape'])('loses its softmax: %s', async (how) => {
    const model = built({
      shape: [4],
      body: chain(
        () => l().dense({ units: 3, ...(how !== 'its own layer' && { activation: 'softmax' }) }),
        ...(how === 'its own layer' ? [() => l().softmax()] : []),
        ...(how === 'softmax before a reshape' ? [() => l().reshape({ targetShape: [3] })] : []),
      ),
    })
    const { modelJson, weights } = await saved(model)
    const data = Float32Array.from({ length: rows * 4 }, () => random.normal())
    const logits = await predictLogits(runtime, importKeras(modelJson, weights), data, rows)
    expect(apart(softmaxRows(logits, 3), answers(model, data, [4]))).toBeLessThan(1e-6)
  })

  it('makes two classes of one sigmoid', async () => {
    const model = built({ shape: [4], body: chain(() => l().dense({ units: 1, activation: 'sigmoid' })) })
    const { modelJson, weights } = await saved(model)
    const data = Float32Array.from({ length: rows * 4 }, () => random.normal())
    const network = importKeras(modelJson, weights)
    const probabilities = softmaxRows(await predictLogits(runtime, network, data, rows), 2)
    const second = probabilities.filter((_, i) => i % 2 === 1)
    expect(apart(second, answers(model, data, [4]))).toBeLessThan(1e-6)
  })
})

/** A Keras 3 `config` by hand: a dense layer 2 -> 2 behind a dense layer 2 -> 2, the first of them in a model inside. */
describe('what Keras 3 writes otherwise', () => {
  const tensor = (name: string) => ({
    class_name: '__keras_tensor__',
    config: { keras_history: [name, 0, 0] },
  })
  const call = (...names: string[]) => [
    { args: [names.length > 1 ? names.map(tensor) : tensor(names[0]!)], kwargs: {} },
  ]
  const dtype = { module: 'keras', class_name: 'DTypePolicy', config: { name: 'float32' } }
  const dense = (name: string, activation: unknown) => ({ name, units: 2, activation, use_bias: true, dtype })
  const modelJson = {
    format: 'layers-model',
    modelTopology: {
      keras_version: '3.8.0',
      model_config: {
        class_name: 'Functional',
        config: {
          name: 'functional',
          layers: [
            {
              class_name: 'InputLayer',
              name: 'x',
              config: { batch_shape: [null, 2], name: 'x' },
              inbound_nodes: [],
            },
            {
              class_name: 'Sequential',
              name: 'base',
              config: { name: 'base', layers: [{ class_name: 'Dense', config: dense('a', 'relu') }] },
              inbound_nodes: call('x'),
            },
            { class_name: 'Add', name: 'sum', config: { name: 'sum' }, inbound_nodes: call('base', 'x') },
            {
              class_name: 'Dense',
              name: 'b',
              config: dense('b', { module: 'keras', class_name: 'linear', config: {} }),
              inbound_nodes: call('sum'),
            },
          ],
          input_layers: ['x', 0, 0],
          output_layers: [['b', 0, 0]],
        },
      },
    },
    weightsManifest: [
      {
        paths: ['group1-shard1of2.bin', 'group1-shard2of2.bin'],
        weights: [
          { name: 'functional/base/a/kernel', shape: [2, 2], dtype: 'float32' },
          { name: 'functional/base/a/bias', shape: [2], dtype: 'float32' },
          {
            name: 'functional/b/kernel',
            shape: [2, 2],
            dtype: 'float32',
            quantization: { dtype: 'uint8', scale: 0.5, min: -1 },
          },
        ],
      },
    ],
  }
  // a: kernel [[1, 2], [3, 4]], bias [0, -20]. b, quantised, by code / 2 - 1: [[1, -1], [0, 2]], no bias.
  const floats = new Uint8Array(Float32Array.of(1, 2, 3, 4, 0, -20).buffer)
  const weights = Uint8Array.of(...floats, 4, 0, 2, 6)

  it('is read: models inside models, history for names, quantised weights', async () => {
    const network = importKeras(modelJson, weights)
    // x = (1, 2): relu(x a) = relu(7, -10) = (7, 0); + x = (8, 2); times b = (8, -8 + 4).
    expect([...(await predictLogits(runtime, network, Float32Array.of(1, 2), 1))]).toEqual([8, -4])
    expect(weightPaths(modelJson)).toEqual(['group1-shard1of2.bin', 'group1-shard2of2.bin'])
  })

  it('looks back only in a causal convolution, which TensorFlow.js cannot do', async () => {
    const series = {
      name: 'c',
      filters: 1,
      kernel_size: [2],
      strides: [1],
      padding: 'causal',
      use_bias: false,
    }
    const layers = [
      { class_name: 'Conv1D', config: { ...series, batch_input_shape: [null, 3, 1], activation: 'linear' } },
      { class_name: 'Flatten', config: { name: 'f' } },
    ]
    const network = importKeras(
      {
        modelTopology: { class_name: 'Sequential', config: layers },
        weightsManifest: [
          { paths: ['w'], weights: [{ name: 'c/kernel', shape: [2, 1, 1], dtype: 'float32' }] },
        ],
      },
      new Uint8Array(Float32Array.of(10, 1).buffer),
    )
    // y = 10 times the step before + this step
    const logits = await predictLogits(runtime, network, Float32Array.of(1, 2, 3), 1)
    expect([...logits]).toEqual([1, 12, 23])
  })

  it('is refused when bytes are missing, or a file lies elsewhere', () => {
    const invalid = (message: RegExp) =>
      expect.objectContaining({ code: 'ENGINE_MODEL_INVALID', message: expect.stringMatching(message) })
    expect(() => importKeras(modelJson, weights.subarray(1))).toThrow(
      invalid(/"functional\/b\/kernel" \[2, 2\]/),
    )
    expect(() => importKeras(modelJson, Uint8Array.of(...weights, 0))).toThrow(invalid(/lists 28 bytes/))
    for (const file of ['../secret', '/etc/secret', 'a/../../secret', 'http://example.org/w.bin']) {
      const elsewhere = { ...modelJson, weightsManifest: [{ paths: [file], weights: [] }] }
      expect(() => weightPaths(elsewhere)).toThrow(invalid(/beside it/))
    }
  })
})

describe('what cannot be imported', () => {
  const refusal = async (wanted: { shape: number[]; body: (x: Symbolic) => Symbolic }): Promise<unknown> => {
    const { modelJson, weights } = await saved(built(wanted))
    try {
      return importKeras(modelJson, weights)
    } catch (error) {
      return error
    }
  }
  const unsupported = (message: RegExp) =>
    expect.objectContaining({ code: 'ENGINE_IMPORT_UNSUPPORTED', message: expect.stringMatching(message) })

  it.each<[string, number[], () => (x: Symbolic) => Symbolic, RegExp]>([
    [
      'a recurrent layer',
      [4, 2],
      () => chain(() => l().lstm({ units: 3, recurrentInitializer: 'zeros' })),
      /^Layer lstm_\S+ \(LSTM\): .* this class\.$/,
    ],
    [
      'an activation',
      [4],
      () => chain(() => l().dense({ units: 3, activation: 'selu' })),
      /^Layer dense_\S+ \(Dense\): .* activation selu\.$/,
    ],
    [
      'a softmax in the middle',
      [4],
      () =>
        chain(
          () => l().softmax(),
          () => l().dense({ units: 3 }),
        ),
      /^Layer dense_\S+ \(Dense\): .* softmax/,
    ],
    [
      'strides that differ',
      [8, 8, 1],
      () =>
        chain(
          () => l().conv2d({ filters: 2, kernelSize: 2, strides: [1, 2] }),
          () => l().flatten(),
        ),
      /^Layer conv2d_\S+ \(Conv2D\): .* strides/,
    ],
    [
      'classes that do not exclude each other',
      [4],
      () => chain(() => l().dense({ units: 3, activation: 'sigmoid' })),
      /do not exclude each other/,
    ],
    [
      'branches that cross',
      [4],
      () => (x) => {
        const dense = (y: Symbolic): Symbolic => l().dense({ units: 4 }).apply(y) as Symbolic
        const sum = (...ys: Symbolic[]): Symbolic => l().add().apply(ys) as Symbolic
        const [a, b] = [dense(x), dense(x)]
        return sum(dense(sum(a, b)), b)
      },
      /cannot place/,
    ],
    [
      'a layer that is used twice',
      [4],
      () => (x) => {
        const shared = l().dense({ units: 4 })
        return shared.apply(shared.apply(x)) as Symbolic
      },
      /^Layer dense_\S+ \(Dense\): .* used twice/,
    ],
  ])('%s is named', async (_name, shape, body, message) => {
    expect(await refusal({ shape, body: body() })).toEqual(unsupported(message))
  })

  it('is a file of another kind, or a damaged one', async () => {
    const invalid = expect.objectContaining({ code: 'ENGINE_MODEL_INVALID' })
    const { modelJson, weights } = await saved(built(models['a dense network']!))
    expect(() => importKeras({ format: 'graph-model', modelTopology: { node: [] } }, weights)).toThrow(
      invalid,
    )
    const changed = JSON.parse(JSON.stringify(modelJson).replace('"units":7', '"units":8')) as object
    expect(() => importKeras(changed, weights)).toThrow(
      expect.objectContaining({
        code: 'ENGINE_MODEL_INVALID',
        message: expect.stringMatching(
          /^Layer dense_\S+ \(Dense\): its weight kernel has shape \[5, 7\], where \[5, 8\] is needed\.$/,
        ),
      }),
    )
  })
})
