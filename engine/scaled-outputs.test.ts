import { expect, it } from 'vitest'
import { predictLogits } from './infer.ts'
import { initialise } from './network.ts'
import { seededRandom } from './random.ts'
import { endsInDense, scaledOutputs } from './scaled-outputs.ts'
import { openRuntime } from './session/index.ts'
import { parseSpec } from './spec.ts'

it('gives the outputs scaled and shifted, and leaves the network as it was', async () => {
  const runtime = await openRuntime({ threads: 1 })
  const spec = parseSpec({ kind: 'mlp', inputs: 2, hidden: [3], outputs: 2 })
  const network = initialise(spec, seededRandom(1))
  const rows = Float32Array.of(1, -1, 0.5, 2)
  const before = await predictLogits(runtime, network, rows, 2)
  const after = await predictLogits(runtime, scaledOutputs(network, 0.5, [1, -3]), rows, 2)
  const expected = Array.from(before, (logit, at) => 0.5 * logit + (at % 2 === 0 ? 1 : -3))
  after.forEach((logit, at) => expect(logit).toBeCloseTo(expected[at]!, 5))
  expect(await predictLogits(runtime, network, rows, 2)).toEqual(before)
})

it('refuses a network that ends otherwise', () => {
  const spec = parseSpec({
    kind: 'layers',
    inputs: 2,
    outputs: 2,
    layers: [{ kind: 'dense', name: 'only', inputs: 2, outputs: 2, activation: 'relu' }],
  })
  const network = initialise(spec, seededRandom(1))
  expect(endsInDense(network)).toBe(false)
  expect(() => scaledOutputs(network, 1, [0, 0])).toThrow(
    expect.objectContaining({ code: 'ENGINE_SPEC_INVALID' }),
  )
})
