import { describe, expect, it } from 'vitest'
import { predictLogits } from './infer.ts'
import { initialise } from './network.ts'
import { seededRandom } from './random.ts'
import { takesRegressor, withoutRegressor, withRegressor } from './regressor.ts'
import { openRuntime } from './session/index.ts'
import { parseSpec } from './spec.ts'

const runtime = await openRuntime({ threads: 1 })
const image = [8, 8, 1]

describe('a regressor', () => {
  it.each([
    { kind: 'mlp', inputs: 5, hidden: [7], outputs: 3 },
    { kind: 'resnet', inputs: 64, image, depth: 8, width: 2, outputs: 3 },
  ])(
    'stands behind the logits of %o, which stay as they are, and leaves the network when it goes',
    async (json) => {
      const spec = parseSpec(json)
      const random = seededRandom('regressor')
      const fresh = initialise(spec, random)
      const network = { spec, parameters: fresh.parameters.map((value) => value + 0.1) }
      const wide = withRegressor(network, 4, random)
      const inputs = Float32Array.from({ length: 2 * spec.inputs }, () => random.normal())
      const [logits, more] = [
        await predictLogits(runtime, network, inputs, 2),
        await predictLogits(runtime, wide, inputs, 2),
      ]
      for (const row of [0, 1])
        for (const k of [0, 1, 2]) expect(more[row * 7 + k]).toBeCloseTo(logits[row * 3 + k]!, 4)
      expect(more[3]).not.toBe(0)
      expect(withoutRegressor(wide, spec)).toEqual(network)
    },
  )

  it('says 0 of every row where it starts without randomness, and stands behind another', async () => {
    const spec = parseSpec({ kind: 'mlp', inputs: 5, hidden: [7], outputs: 3 })
    const random = seededRandom('zero')
    const network = initialise(spec, random)
    const wide = withRegressor(withRegressor(network, 1), 2, random)
    const inputs = Float32Array.from({ length: 10 }, () => random.normal())
    const outputs = await predictLogits(runtime, wide, inputs, 2)
    expect([outputs[3], outputs[9]]).toEqual([0, 0])
    expect(outputs[4]).not.toBe(0)
    expect(withoutRegressor(wide, spec)).toEqual(network)
  })

  it('needs a dense, linear last layer', () => {
    const norm = { kind: 'layerNorm', name: 'a', width: 3 }
    const spec = parseSpec({ kind: 'layers', inputs: 3, outputs: 3, layers: [norm] })
    const network = initialise(spec, seededRandom(1))
    expect(takesRegressor(spec)).toBe(false)
    expect(() => withRegressor(network, 2, seededRandom(1))).toThrow('last layer is dense and linear')
  })
})
