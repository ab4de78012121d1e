import { describe, expect, it } from 'vitest'
import { activationNetwork, activationShape } from './activations.ts'
import { predictLogits } from './infer.ts'
import { initialise, namedParameters } from './network.ts'
import { seededRandom } from './random.ts'
import { openRuntime } from './session/index.ts'
import { parseSpec } from './spec.ts'

const runtime = await openRuntime({ threads: 1 })
const image = [8, 8, 1]
const random = seededRandom('activations')

/** With biases and running statistics that are not 0, so that none of them may go missing. */
function networkOf(json: object) {
  const spec = parseSpec({ inputs: 64, outputs: 3, image, ...json })
  const { parameters } = initialise(spec, random)
  return { spec, parameters: parameters.map((value) => value + 0.1 + 0.1 * random.next()) }
}

const inputs = Float32Array.from({ length: 4 * 64 }, () => random.normal())

describe('activations', () => {
  it.each([
    // Two halvings of 8; two strides of 2, and four times the first width; one stride of 2.
    [{ kind: 'cnn', channels: [2, 3] }, [3, 2, 2]],
    [{ kind: 'resnet', depth: 8, width: 2 }, [8, 2, 2]],
    [
      {
        kind: 'mobilenet',
        blocks: [
          { channels: 4, stride: 2 },
          { channels: 6, stride: 1 },
        ],
      },
      [6, 4, 4],
    ],
  ])('of %o are what the rest of the network decides by', async (json, shape) => {
    const network = networkOf(json)
    expect(activationShape(network.spec)).toEqual(shape)
    const seen = await predictLogits(runtime, activationNetwork(network)!, inputs, 4)
    const [channels, height, width] = shape as [number, number, number]
    const places = height * width
    expect(seen).toHaveLength(4 * channels * places)
    // What follows is the mean over places, or for cnn the places as they are, and the last layer.
    const held = new Map(namedParameters(network).map(({ name, data }) => [name, data]))
    const [weights, bias] = [held.get('output.weight')!, held.get('output.bias')!]
    const logits = await predictLogits(runtime, network, inputs, 4)
    const flat = json.kind === 'cnn'
    logits.forEach((logit, at) => {
      const [row, output] = [Math.floor(at / 3), at % 3]
      let sum = bias[output]!
      for (let i = 0; i < channels * places; i++) {
        const weight = weights[(flat ? i : Math.floor(i / places)) * 3 + output]!
        sum += (seen[row * channels * places + i]! * weight) / (flat ? 1 : places)
      }
      expect(sum).toBeCloseTo(logit, 3)
    })
  })

  it('of an imported network end where channels go last, in front of its dense layers', () => {
    const conv = {
      kind: 'conv',
      window: [3, 3],
      stride: 1,
      dilation: 1,
      groups: 1,
      padding: 'valid',
      bias: true,
      activation: 'relu',
    }
    const turn = (name: string, to: string, extents: number[] = []) => ({
      kind: 'rearrange',
      name,
      to,
      extents,
    })
    const spec = parseSpec({
      kind: 'layers',
      inputs: 64,
      outputs: 2,
      layers: [
        turn('a', 'channelsFirst', [8, 8, 1]),
        { ...conv, name: 'b', inputs: 1, outputs: 3 },
        { kind: 'residual', name: 'c', body: [], shortcut: [], activation: 'relu' },
        turn('d', 'channelsLast'),
        turn('e', 'flatten'),
        { kind: 'dense', name: 'f', inputs: 108, outputs: 2, activation: 'linear' },
      ],
    })
    // A window of 3 without padding takes two of 8 places along each axis.
    expect(activationShape(spec)).toEqual([3, 6, 6])
    expect(activationNetwork(initialise(spec, random))!.spec.outputs).toBe(108)
  })

  it.each([
    { kind: 'mlp', inputs: 5, hidden: [4], outputs: 2 },
    { kind: 'tcn', inputs: 12, steps: 6, channels: 2, filters: [3], outputs: 2 },
    { kind: 'transformer', inputs: 12, tokens: 3, width: 4, heads: 2, depth: 1, hidden: 8, outputs: 2 },
  ])('are not there without convolutions of images: $kind', (json) => {
    const spec = parseSpec(json)
    expect(activationShape(spec)).toBeUndefined()
    expect(activationNetwork(initialise(spec, random))).toBeUndefined()
  })
})
