/** Inference: a network's logits through the same door as any other ONNX model's. */
import { openOnnxModel, toOnnx } from './export/onnx.ts'
import type { Network } from './network.ts'
import type { Predictor } from './predictor.ts'
import type { Runtime } from './session/runtime.ts'

export { softmaxRows } from './predictor.ts'
export type { Predictor } from './predictor.ts'

/** Prepares a network once, to be asked many times. */
export const openPredictor = (runtime: Runtime, network: Network): Promise<Predictor> =>
  openOnnxModel(runtime, toOnnx(network))

/** The logits of `rows` rows of inputs, row-major [rows, outputs], asked once. */
export async function predictLogits(
  runtime: Runtime,
  network: Network,
  inputs: Float32Array,
  rows: number,
): Promise<Float32Array> {
  const predictor = await openPredictor(runtime, network)
  try {
    return await predictor.logits(inputs, rows)
  } finally {
    await predictor.release()
  }
}
