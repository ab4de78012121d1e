import { describe, expect, it } from 'vitest'
import { specs } from '../test/support/every-spec.ts'
import { layersOf } from './architectures.ts'
import { embeddingFront, embeddingNetwork, embeddingWidth, type Depth } from './embeddings.ts'
import { evaluator } from './evaluate.ts'
import { input } from './expr.ts'
import { predictLogits } from './infer.ts'
import { layoutOf } from './layout.ts'
import { initialise, namedParameters } from './network.ts'
import { seededRandom } from './random.ts'
import { forwardSeeing } from './seen.ts'
import { openRuntime } from './session/index.ts'
import { parseSpec, type NetworkSpec } from './spec.ts'

const runtime = await openRuntime({ threads: 1 })
const image = [8, 8, 1]

const depths: readonly Depth[] = [1, 2, 3]

/** With biases and running statistics that are not 0, so that none of them may go missing. */
function networkOf(spec: NetworkSpec) {
  const random = seededRandom('depths')
  const { parameters } = initialise(spec, random)
  const rows = spec.kind === 'transformer' && spec.vocabulary !== undefined ? () => 3 : () => random.normal()
  const inputs = Float32Array.from({ length: 4 * spec.inputs }, rows)
  return { network: { spec, parameters: parameters.map((x) => x + 0.1 + 0.1 * random.next()) }, inputs }
}

describe('embeddings', () => {
  it.each([
    [{ kind: 'mlp', inputs: 5, hidden: [7, 4], outputs: 3 }, 4],
    [{ kind: 'cnn', inputs: 64, image, channels: [2, 3], hidden: [6], outputs: 3 }, 6],
    [{ kind: 'resnet', inputs: 64, image, depth: 8, width: 2, outputs: 3 }, 8],
    [{ kind: 'transformer', inputs: 12, tokens: 3, width: 4, heads: 2, depth: 1, hidden: 8, outputs: 3 }, 4],
  ])('of %o are what its last layer makes logits of', async (json, width) => {
    const spec = parseSpec(json)
    const random = seededRandom('embeddings')
    const network = initialise(spec, random)
    // Running statistics and biases too, so that none of them may go missing.
    const parameters = network.parameters.map((value) => value + 0.1 + 0.1 * random.next())
    const moved = { spec, parameters }
    const inputs = Float32Array.from({ length: 4 * spec.inputs }, () => random.normal())
    const body = embeddingNetwork(moved, 3)!
    expect([embeddingWidth(spec), body.spec.outputs]).toEqual([width, width])
    const embeddings = await predictLogits(runtime, body, inputs, 4)
    const held = new Map(namedParameters(moved).map(({ name, shape, data }) => [name, { shape, data }]))
    const weights = held.get('output.weight') ?? held.get('output.kernel')!
    const { data: bias } = held.get('output.bias')!
    const logits = await predictLogits(runtime, moved, inputs, 4)
    logits.forEach((logit, at) => {
      const [row, output] = [Math.floor(at / 3), at % 3]
      let sum = bias[output]!
      for (let k = 0; k < width; k++) {
        const index = weights.shape[0] === width ? k * 3 + output : output * width + k
        sum += embeddings[row * width + k]! * weights.data[index]!
      }
      expect(sum).toBeCloseTo(logit, 3)
    })
  })

  it('are not there for a network that decides by the inputs themselves, or that does not end in a dense layer', () => {
    const linear = parseSpec({ kind: 'mlp', inputs: 5, hidden: [], outputs: 3 })
    expect(embeddingWidth(linear)).toBeUndefined()
    expect(embeddingNetwork(initialise(linear, seededRandom(1)), 3)).toBeUndefined()
    const dense = { kind: 'dense', name: 'a', inputs: 5, outputs: 3, activation: 'relu' }
    const norm = { kind: 'layerNorm', name: 'b', width: 3 }
    const layers = (...list: object[]) => parseSpec({ kind: 'layers', inputs: 5, outputs: 3, layers: list })
    expect(embeddingWidth(layers(dense, norm))).toBeUndefined()
    const last = { ...dense, name: 'c', inputs: 3 }
    const activation = { kind: 'activation', name: 'd', activation: 'tanh' }
    expect(embeddingWidth(layers(dense, last, activation))).toBe(3)
  })
})

describe('embeddings at three depths', () => {
  // Of H hidden layers, the ceil(H / 3)th, the ceil(2 H / 3)th and the last, with all that the last dense layer reads.
  it.each([
    // One; two: the first, the second, the second; four: the second, the third, the fourth.
    [{ kind: 'mlp', hidden: [7] }, ['hidden1', 'hidden1', 'hidden1'], [7, 7, 7]],
    [{ kind: 'mlp', hidden: [7, 4] }, ['hidden1', 'hidden2', 'hidden2'], [7, 4, 4]],
    [{ kind: 'mlp', hidden: [9, 7, 5, 4] }, ['hidden2', 'hidden3', 'hidden4'], [7, 5, 4]],
    // Before its pooling, and the mean over places. What is left of the second is 3 channels of 2 by 2 places.
    [{ kind: 'cnn', channels: [2, 3], hidden: [6] }, ['conv1', 'conv2', 'dropout'], [2, 3, 6]],
    [{ kind: 'cnn', channels: [2, 3], hidden: [] }, ['conv1', 'dropout', 'dropout'], [2, 12, 12]],
    // A stem and three blocks of 2, 4 and 8 channels.
    [{ kind: 'resnet', depth: 8, width: 2 }, ['stage1.block1', 'stage2.block1', 'globalAverage'], [2, 4, 8]],
    // A stem, and two halves of each of two blocks: the second of five, the fourth, the fifth.
    [
      { kind: 'mobilenet', widthMultiplier: 0.25, blocks: [{ channels: 16 }, { channels: 32 }] },
      ['block1.depthwise.norm', 'block2.depthwise.norm', 'globalAverage'],
      [8, 4, 8],
    ],
    [
      { kind: 'tcn', steps: 32, channels: 2, filters: [3, 4, 5] },
      ['block1', 'block2', 'lastStep'],
      [3, 4, 5],
    ],
    // A block's attention and what follows it are one hidden layer.
    [
      { kind: 'transformer', tokens: 4, width: 6, heads: 2, depth: 3, hidden: 8 },
      ['block1.feedForward', 'block2.feedForward', 'meanToken'],
      [6, 6, 6],
    ],
  ])('of %o are those of its hidden layers that far on the way', (json, names, widths) => {
    const spec = parseSpec({ inputs: 64, outputs: 3, ...(/net|cnn/.test(json.kind) && { image }), ...json })
    const layers = layersOf(spec)
    const { network } = networkOf(spec)
    expect(depths.map((depth) => layers[embeddingFront(layers, depth)!.count - 1]!.name)).toEqual(names)
    expect(depths.map((depth) => embeddingNetwork(network, depth)!.spec.outputs)).toEqual(widths)
  })

  it('are what a layer by layer pass leaves behind each activation, of dense layers', async () => {
    const { network, inputs } = networkOf(
      parseSpec({ kind: 'mlp', inputs: 5, hidden: [7, 4, 6], outputs: 3 }),
    )
    const held = new Map(namedParameters(network).map(({ name, data }) => [name, data]))
    let rows = Array.from({ length: 4 }, (_, row) => [...inputs.subarray(5 * row, 5 * row + 5)])
    for (const depth of depths) {
      const [weight, bias] = [held.get(`hidden${depth}.weight`)!, held.get(`hidden${depth}.bias`)!]
      const width = bias.length
      rows = rows.map((row) =>
        Array.from(bias, (start, k) =>
          Math.max(
            0,
            row.reduce((sum, x, i) => sum + x * weight[i * width + k]!, start),
          ),
        ),
      )
      const seen = await predictLogits(runtime, embeddingNetwork(network, depth)!, inputs, 4)
      for (const [at, value] of rows.flat().entries()) expect(seen[at]).toBeCloseTo(value, 4)
    }
  })

  it('are means over places, of convolutions', async () => {
    const json = { kind: 'cnn', inputs: 64, image, channels: [2, 3], hidden: [6], outputs: 3 }
    const { network, inputs } = networkOf(parseSpec(json))
    const held = new Map(namedParameters(network).map(({ name, data }) => [name, data]))
    const [kernel, bias] = [held.get('conv1.weight')!, held.get('conv1.bias')!]
    const seen = await predictLogits(runtime, embeddingNetwork(network, 1)!, inputs, 4)
    for (const [row, channel] of [
      [0, 0],
      [1, 1],
      [3, 0],
    ] as const) {
      const pixel = (y: number, x: number) =>
        y < 0 || x < 0 || y > 7 || x > 7 ? 0 : inputs[64 * row + 8 * y + x]!
      let total = 0
      for (let place = 0; place < 64; place++) {
        let sum = bias[channel]!
        for (let k = 0; k < 9; k++)
          sum +=
            kernel[9 * channel + k]! *
            pixel(Math.floor(place / 8) + Math.floor(k / 3) - 1, (place % 8) + (k % 3) - 1)
        total += Math.max(0, sum)
      }
      expect(seen[2 * row + channel]).toBeCloseTo(total / 64, 4)
    }
  })

  it.each(specs)('are in $name what a student sees of the same rows', async ({ spec }) => {
    const { network, inputs } = networkOf(spec)
    const parameters = new Map(layoutOf(spec).map(({ name, shape }) => [name, input(name, shape)]))
    const { seen } = forwardSeeing(spec, parameters, input('inputs', ['batch', spec.inputs]))
    for (const depth of depths) {
      const told = await predictLogits(runtime, embeddingNetwork(network, depth)!, inputs, 4)
      const run = await evaluator(runtime, { seen: seen.embeddings![depth] })
      const held = namedParameters(network).map(({ name, data }) => [name, data] as const)
      const { seen: own } = await run({ inputs, ...Object.fromEntries(held) })
      await run.release()
      expect(own).toHaveLength(told.length)
      for (const [at, value] of told.entries())
        expect(Math.abs(own[at]! - value)).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)))
    }
  })
})
