/** The network inside an ONNX model that `toOnnx` wrote: its parameters are initializers under their own names. */
import { SPEC_KEY } from '../checkpoint.ts'
import { EngineError } from '../errors.ts'
import { layoutOf, parameterCount } from '../layout.ts'
import { namedParameters, type Network } from '../network.ts'
import { decodeModel } from '../onnx/emit.ts'
import { onnx } from '../onnx/gen/onnx.js'
import { parseJson } from '../safetensors.ts'
import { parseSpec } from '../spec.ts'

const WHAT = 'a model that Collegium exported'

/**
 * The model with the parameters that `change` gives its network; its outputs and metadata as they were. Throws
 * `ENGINE_MODEL_INVALID` for a model from elsewhere, and `ENGINE_SPEC_INVALID` where `change` gives another shape.
 */
export function withNetworkOf(model: Uint8Array, change: (network: Network) => Network): Uint8Array {
  const decoded = decodeModel(model)
  const tensors = new Map(decoded.graph?.initializer?.map((tensor) => [tensor.name, tensor]))
  const spec = parseSpec(
    parseJson(decoded.metadata_props.find(({ key }) => key === SPEC_KEY)?.value ?? '', WHAT),
  )
  const parameters = new Float32Array(parameterCount(spec))
  for (const { name, offset, size } of layoutOf(spec)) {
    // A copy lies aligned.
    const bytes = new Uint8Array(tensors.get(name)?.raw_data ?? [])
    if (bytes.byteLength !== 4 * size)
      throw new EngineError('ENGINE_MODEL_INVALID', `The model has no tensor "${name}" of ${size} numbers.`)
    parameters.set(new Float32Array(bytes.buffer), offset)
  }
  for (const { name, data } of namedParameters(change({ spec, parameters })))
    tensors.get(name)!.raw_data = new Uint8Array(data.slice().buffer)
  return onnx.ModelProto.encode(decoded).finish()
}
