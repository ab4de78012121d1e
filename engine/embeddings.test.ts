import { describe, expect, it } from 'vitest'
import { embeddingNetwork, embeddingWidth } from './embeddings.ts'
import { predictLogits } from './infer.ts'
import { initialise, namedParameters } from './network.ts'
import { seededRandom } from './random.ts'
import { openRuntime } from './session/index.ts'
import { parseSpec } from './spec.ts'

const runtime = await openRuntime({ threads: 1 })
const image = [8, 8, 1]

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
