/** Where a network looks in images, by the network itself. */
import { activationNetwork, activationShape } from '#engine/activations.ts'
import { openOnnxModel, toOnnx } from '#engine/export/onnx.ts'
import type { Network } from '#engine/network.ts'
import { reshape } from '#engine/ops.ts'
import type { Runtime } from '#engine/session/index.ts'
import { attentionMap } from './losses/features.ts'

/** rows x features give rows x 49, each row of length 1 or of zeros. */
export type Looks = (inputs: Float32Array, rows: number) => Promise<Float32Array>

/** Undefined for a network without convolutions of images. */
export function attentionMapsOf(runtime: Runtime, network: Network): Looks | undefined {
  const [front, shape] = [activationNetwork(network), activationShape(network.spec)]
  if (!front || !shape) return undefined
  const outputs = (flat: Parameters<typeof reshape>[0]) => ({
    // The name under which a model is asked.
    logits: attentionMap(reshape(flat, [flat.shape[0]!, ...shape])),
  })
  return async (inputs, rows) => {
    const model = await openOnnxModel(runtime, toOnnx(front, { outputs }))
    try {
      return await model.logits(inputs, rows)
    } finally {
      await model.release()
    }
  }
}
