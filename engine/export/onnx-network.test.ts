import { expect, it } from 'vitest'
import { initialise } from '../network.ts'
import { seededRandom } from '../random.ts'
import { scaledOutputs } from '../scaled-outputs.ts'
import { openRuntime } from '../session/index.ts'
import { parseSpec } from '../spec.ts'
import { openOnnxModel, outputNamesOf, toOnnx } from './onnx.ts'
import { withNetworkOf } from './onnx-network.ts'

const network = initialise(parseSpec({ kind: 'mlp', inputs: 2, hidden: [3], outputs: 2 }), seededRandom(1))

it('changes what the model answers and nothing else about it', async () => {
  const runtime = await openRuntime({ threads: 1 })
  const metadata = { run: 'run-1' }
  const edited = withNetworkOf(toOnnx(network, { metadata }), (held) => scaledOutputs(held, 2, [1, 0]))
  // Byte for byte what exporting the changed network gives, metadata included.
  expect(edited).toEqual(toOnnx(scaledOutputs(network, 2, [1, 0]), { metadata }))
  expect(outputNamesOf(edited)).toEqual(['logits', 'probabilities'])
  const model = await openOnnxModel(runtime, edited)
  expect((await model.logits(Float32Array.of(1, 2), 1)).length).toBe(2)
  await model.release()
})

it('refuses a model from elsewhere', () => {
  const bytes = toOnnx(network, { metadata: { 'collegium.spec': 'none' } })
  expect(() => withNetworkOf(bytes, (held) => held)).toThrow(/This is not a model that Collegium exported/)
  expect(() => withNetworkOf(new Uint8Array([1, 2, 3]), (held) => held)).toThrow(
    expect.objectContaining({ code: 'ENGINE_MODEL_INVALID' }),
  )
})
