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
    expect(parse({ ...spec, kind: 'magic' })).toThrow(expect.objectContaining({ code }))
    expect(parse({ ...spec, hidden: [4, 0] })).toThrow('The network spec is not valid at hidden.1')
    expect(parse({ ...spec, inputs: 1.5 })).toThrow('The network spec is not valid at inputs')
    expect(parse({ ...spec, depth: 3 })).toThrow(expect.objectContaining({ code }))
    expect(parse(null)).toThrow(expect.objectContaining({ code }))
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
