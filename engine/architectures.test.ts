/** Every architecture learns a tiny set by heart, and its exports answer as it does. */
import { describe, expect, it } from 'vitest'
import { decodeNetwork, encodeNetwork } from './checkpoint.ts'
import { openOnnxModel, toOnnx } from './export/onnx.ts'
import { loadTfjsModel, toTfjsLayersModel } from './export/tfjs.ts'
import { predictLogits, softmaxRows } from './infer.ts'
import { parameterCount, trainedCount } from './layout.ts'
import { crossEntropy } from './losses.ts'
import { initialise, workPerRow } from './network.ts'
import { seededRandom } from './random.ts'
import { openRuntime } from './session/index.ts'
import { parseSpec } from './spec.ts'
import { train } from './train.ts'

const image = [8, 8, 2]
const cases = [
  {
    spec: { kind: 'cnn', inputs: 128, image, channels: [8, 8], hidden: [16], outputs: 3, dropout: 0.1 },
    // Kernels 8 x 2 x 9, 8 x 8 x 9; two halvings leave 2 x 2 x 8 = 32 numbers: 32 x 16 and 16 x 3; biases.
    parameters: 144 + 8 + 576 + 8 + 512 + 16 + 48 + 3,
    // 64 places x 144, 16 x 576, and the dense layers.
    work: 64 * 144 + 16 * 576 + 512 + 48,
  },
  {
    spec: { kind: 'resnet', inputs: 128, image, depth: 8, width: 4, outputs: 3 },
    // Stem 2-4; two convolutions 4-4; 4-8, 8-8, shortcut; 8-16, 16-16, shortcut; then 16 x 3 + 3. After each
    // convolution four numbers a channel.
    parameters: 9 * (8 + 2 * 16 + 32 + 64 + 128 + 256) + 32 + 128 + 51 + 4 * (4 + 2 * 4 + 3 * 8 + 3 * 16),
    work: undefined,
  },
  {
    spec: {
      kind: 'mobilenet',
      inputs: 128,
      image,
      widthMultiplier: 0.25,
      blocks: [{ channels: 64 }, { channels: 64, stride: 2 }],
      outputs: 3,
    },
    // Stem 2-8; depthwise 8, 8-16; depthwise 16, 16-16; 16 x 3 + 3; four numbers a channel of five norms.
    parameters: 144 + 72 + 128 + 144 + 256 + 51 + 4 * (8 + 8 + 16 + 16 + 16),
    work: undefined,
  },
  {
    spec: { kind: 'tcn', inputs: 40, steps: 20, channels: 2, filters: [8, 8], outputs: 3, dropout: 0.05 },
    // 2-8 and 8-8, shortcut; 8-8 twice; 8 x 3; biases.
    parameters: 3 * (16 + 64) + 16 + 3 * 128 + 24 + 5 * 8 + 3,
    work: undefined,
  },
  {
    spec: {
      kind: 'transformer',
      inputs: 24,
      tokens: 6,
      width: 16,
      heads: 4,
      depth: 1,
      hidden: 32,
      outputs: 3,
    },
    // Tokens of 4 numbers: 4 x 16 + 16; positions 6 x 16; attention 16 x 64 + 64; feed-forward 2 x 512 + 48;
    // three norms of 32; 16 x 3 + 3.
    parameters: 80 + 96 + 1024 + 64 + 1024 + 48 + 96 + 51,
    work: undefined,
  },
  {
    spec: {
      kind: 'transformer',
      inputs: 6,
      tokens: 6,
      vocabulary: 11,
      width: 16,
      heads: 2,
      hidden: 32,
      outputs: 3,
      dropout: 0.05,
    },
    parameters: 176 + 96 + 2 * (1024 + 64 + 1024 + 48 + 64) + 32 + 51,
    work: undefined,
  },
]

const rows = 24

describe.each(cases)('$spec.kind on $spec.inputs numbers', ({ spec: json, parameters, work }) => {
  const spec = parseSpec(json)
  const random = seededRandom('tiny')
  const vocabulary = spec.kind === 'transformer' ? spec.vocabulary : undefined
  const inputs = Float32Array.from({ length: rows * spec.inputs }, () =>
    vocabulary ? random.integer(vocabulary) : random.normal(),
  )
  const labels = Array.from({ length: rows }, () => random.integer(3))
  const targets = Float32Array.from({ length: rows * 3 }, (_, i) =>
    Number(labels[Math.floor(i / 3)] === i % 3),
  )
  const job = {
    batch: { inputs: { data: inputs, width: spec.inputs }, targets: { data: targets, width: 3 } },
    loss: crossEntropy,
    optimiser: { learningRate: 0.01 },
    batchSize: 8,
    seed: 1,
  }

  it('has the parameters that arithmetic says', () => {
    expect(parameterCount(spec)).toBe(parameters)
  })

  it.runIf(work)('makes the multiplications that arithmetic says', () => {
    expect(workPerRow(spec)).toBe(work)
  })

  it('learns a tiny set by heart, the same way twice', async () => {
    const runtime = await openRuntime({ prefer: 'onnxruntime-node' })
    const network = initialise(spec, seededRandom(3))
    const learned = await train(runtime, { ...job, network, epochs: 80 })
    const p = softmaxRows(await predictLogits(runtime, learned.network, inputs, rows), 3)
    const right = labels.filter((label, row) => p[3 * row + label]! > 0.5).length
    expect(right).toBe(rows)

    const twice = [1, 2].map(() => train(runtime, { ...job, network, epochs: 2 }))
    const [a, b] = await Promise.all(twice)
    expect(a!.network.parameters).toEqual(b!.network.parameters)
  })

  it('is the same as ONNX on both runtimes and as a checkpoint, to 1e-5', async () => {
    const [native, wasm] = [
      await openRuntime({ prefer: 'onnxruntime-node' }),
      await openRuntime({ prefer: 'onnxruntime-web' }),
    ]
    // Two epochs, so that running statistics are not what they began as.
    const { network } = await train(native, { ...job, network: initialise(spec, seededRandom(4)), epochs: 2 })
    const moved = network.parameters.subarray(trainedCount(spec))
    expect(moved.filter((x) => x === 0 || x === 1)).toHaveLength(0)
    const expected = await predictLogits(native, network, inputs, rows)
    for (const runtime of [native, wasm]) {
      const predictor = await openOnnxModel(runtime, toOnnx(decodeNetwork(encodeNetwork(network))))
      const got = await predictor.logits(inputs, rows)
      expect(Math.max(...got.map((z, i) => Math.abs(z - expected[i]!)))).toBeLessThan(1e-5)
      await predictor.release()
    }
  })

  const inKeras = spec.kind !== 'tcn' && spec.kind !== 'transformer'
  it.runIf(inKeras)('is the same as a TensorFlow.js layers model, to 1e-5', async () => {
    const runtime = await openRuntime({ prefer: 'onnxruntime-node' })
    const { network } = await train(runtime, {
      ...job,
      network: initialise(spec, seededRandom(5)),
      epochs: 2,
    })
    const expected = softmaxRows(await predictLogits(runtime, network, inputs, rows), 3)
    const { modelJson, weights } = toTfjsLayersModel(network)
    const predictor = await loadTfjsModel(JSON.parse(JSON.stringify(modelJson)) as object, weights)
    const got = softmaxRows(await predictor.logits(inputs, rows), 3)
    expect(Math.max(...got.map((p, i) => Math.abs(p - expected[i]!)))).toBeLessThan(1e-5)
    await predictor.release()
  })

  it.skipIf(inKeras)('is refused as a TensorFlow.js layers model, with the layer it lacks', () => {
    const unsupported = {
      code: 'ENGINE_EXPORT_UNSUPPORTED',
      message: expect.stringMatching(/^Layer \w+/) as string,
    }
    expect(() => toTfjsLayersModel(initialise(spec, random))).toThrow(expect.objectContaining(unsupported))
  })
})

it('refuses specs whose numbers do not fit together', () => {
  const refused = (json: object): void => expect(() => parseSpec(json)).toThrow(/is not valid at/)
  refused({ kind: 'cnn', inputs: 100, image, channels: [8], outputs: 3 })
  refused({ kind: 'cnn', inputs: 128, image, channels: [8, 8, 8, 8], outputs: 3 })
  refused({ kind: 'resnet', inputs: 128, image, depth: 9, outputs: 3 })
  refused({ kind: 'tcn', inputs: 41, steps: 20, channels: 2, filters: [8], outputs: 3 })
  refused({ kind: 'transformer', inputs: 24, tokens: 6, width: 10, heads: 4, outputs: 3 })
})
