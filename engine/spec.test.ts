import { describe, expect, it } from 'vitest'
import { initialise, namedParameters } from './network.ts'
import { seededRandom } from './random.ts'
import { layersOf } from './architectures.ts'
import { layoutOf, parameterCount } from './layout.ts'
import { parseSpec } from './spec.ts'

const spec = parseSpec({ kind: 'mlp', inputs: 3, hidden: [4], outputs: 2 })

describe('a spec', () => {
  it('fills in relu, and becomes layers', () => {
    expect(layersOf(spec)).toEqual([
      { kind: 'dense', name: 'hidden1', inputs: 3, outputs: 4, activation: 'relu' },
      { kind: 'dense', name: 'output', inputs: 4, outputs: 2, activation: 'linear' },
    ])
  })

  it('lays its parameters out in one vector', () => {
    // 3 * 4 + 4 + 4 * 2 + 2 = 26
    expect(layoutOf(spec).map(({ name, offset, size }) => [name, offset, size])).toEqual([
      ['hidden1.weight', 0, 12],
      ['hidden1.bias', 12, 4],
      ['output.weight', 16, 8],
      ['output.bias', 24, 2],
    ])
    expect(parameterCount(spec)).toBe(26)
    expect(parameterCount(parseSpec({ kind: 'mlp', inputs: 784, hidden: [512, 256], outputs: 10 }))).toBe(
      535_818,
    )
  })

  it('is refused with the field that is wrong', () => {
    const code = 'ENGINE_SPEC_INVALID'
    const parse = (json: unknown) => () => parseSpec(json)
    expect(parse({ ...spec, kind: 'magic' })).toThrow(
      'not valid at kind: must be mlp, cnn, resnet, mobilenet, tcn, transformer or layers.',
    )
    expect(parse({ ...spec, hidden: [4, 0] })).toThrow('The network spec is not valid at hidden.1')
    expect(parse({ ...spec, inputs: 1.5 })).toThrow('The network spec is not valid at inputs')
    expect(parse({ ...spec, depth: 3 })).toThrow(expect.objectContaining({ code }))
    expect(parse(null)).toThrow(expect.objectContaining({ code }))
  })
})

describe('a spec of layers', () => {
  const dense = { kind: 'dense', name: 'only', inputs: 8, outputs: 2 }
  const conv = { kind: 'conv', name: 'c', inputs: 1, outputs: 2, window: [2, 2], padding: 'valid' }
  const image = { kind: 'rearrange', name: 'image', to: 'channelsFirst', extents: [3, 3, 1] }
  const flatten = { kind: 'rearrange', name: 'flat', to: 'flatten' }
  const parse = (inputs: number, ...layers: object[]) =>
    parseSpec({ kind: 'layers', inputs, layers, outputs: 2 })

  it('fills in what is usual, and lays its parameters out', () => {
    const spec = parse(9, image, conv, flatten, dense)
    expect(layersOf(spec)[1]).toEqual({
      ...conv,
      stride: 1,
      dilation: 1,
      groups: 1,
      bias: true,
      activation: 'linear',
    })
    // 2 * 1 * 2 * 2 + 2 + 8 * 2 + 2 = 28
    expect(parameterCount(spec)).toBe(28)
  })

  it.each<[string, number, object[], string]>([
    ['shapes', 9, [dense], 'Layer only: A dense layer cannot take inputs [batch, 9] with weights [8, 2]'],
    ['the end', 8, [{ ...dense, outputs: 3 }], 'the layers give [batch, 3], not [batch, 2]'],
    ['two of one name', 8, [{ ...dense, outputs: 8 }, dense], 'two parameters have the name only.weight'],
    [
      'a layer inside another',
      8,
      [{ kind: 'residual', name: 'r', body: [{ ...dense, outputs: 4 }], shortcut: [] }],
      'layers: ',
    ],
    ['no layers', 8, [], 'layers: '],
    ['an unknown layer', 8, [{ kind: 'lstm', name: 'l' }], 'layers.0'],
    ['too large an extent', 8, [{ ...dense, outputs: 1e9 }], 'layers.0.outputs'],
  ])('is refused for %s', (_name, inputs, layers, message) => {
    const refused = expect.objectContaining({
      code: 'ENGINE_SPEC_INVALID',
      message: expect.stringContaining(message),
    })
    expect(() => parse(inputs, ...layers)).toThrow(refused)
  })

  it('is refused when residuals lie too deep in one another', () => {
    const nested = (depth: number): object =>
      depth === 0 ? dense : { kind: 'residual', name: 'r', body: [nested(depth - 1)], shortcut: [] }
    expect(() => parse(8, nested(9))).toThrow(expect.objectContaining({ code: 'ENGINE_SPEC_INVALID' }))
    expect(() => parse(8, nested(2_000))).toThrow(expect.objectContaining({ code: 'ENGINE_SPEC_INVALID' }))
  })
})

describe('a fresh network', () => {
  it('has the variances of He and Glorot, and no biases', () => {
    const wide = parseSpec({ kind: 'mlp', inputs: 100, hidden: [400], outputs: 200 })
    const [w1, b1, w2, b2] = namedParameters(initialise(wide, seededRandom(1))).map(({ data }) => [...data])
    const variance = (xs: number[]): number => xs.reduce((sum, x) => sum + x * x, 0) / xs.length
    // He: 2 / 100. Glorot: the bound's square over 3 = 6 / (400 + 200) / 3 = 1 / 300.
    expect(variance(w1!) / 0.02).toBeCloseTo(1, 1)
    expect(variance(w2!) * 300).toBeCloseTo(1, 1)
    expect(Math.max(...w2!.map(Math.abs))).toBeLessThanOrEqual(0.1)
    expect([...b1!, ...b2!].every((b) => b === 0)).toBe(true)
  })

  it('depends on the seed alone', () => {
    const parameters = (seed: number): Float32Array => initialise(spec, seededRandom(seed)).parameters
    expect(parameters(1)).toEqual(parameters(1))
    expect(parameters(1)).not.toEqual(parameters(2))
  })
})
