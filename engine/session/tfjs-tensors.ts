/** Numbers between ONNX, JavaScript and TensorFlow.js, which holds int64 and uint32 as the int32 of the same bits. */
import { onnx } from '../onnx/gen/onnx.js'
import type { TensorFlow, TfTensor } from '../tfjs.ts'

const { DataType } = onnx.TensorProto

/** Row numbers and extents fit; whatever does not is no such number, and is refused. */
export function toInt32(name: string, data: BigInt64Array): Int32Array {
  const bad = data.find((n) => BigInt.asIntN(32, n) !== n)
  if (bad !== undefined) throw new Error(`${bad} in "${name}" does not fit in int32, which int64 is held as`)
  return Int32Array.from(data, Number)
}

type Dtype = 'float32' | 'int32' | 'bool'

/** What TensorFlow.js calls an element type; throws for one that it does not have. */
export function dtypeOf(type: onnx.TensorProto.DataType, where: string): Dtype {
  if (type === DataType.FLOAT) return 'float32'
  if (type === DataType.BOOL) return 'bool'
  if (type === DataType.INT32 || type === DataType.INT64 || type === DataType.UINT32) return 'int32'
  throw new Error(
    `TensorFlow.js has no ${DataType[type]?.toLowerCase() ?? type}, the element type of ${where}`,
  )
}

/** A stored tensor, as one of TensorFlow.js. */
export function storedTensor(tf: TensorFlow, stored: onnx.ITensorProto): TfTensor {
  const name = stored.name ?? ''
  const dtype = dtypeOf(stored.data_type ?? 0, `"${name}"`)
  return tf.tensor(storedNumbers(stored), (stored.dims ?? []).map(Number), dtype)
}

/** Its numbers alone. They may be stored as bytes, or one by one. */
export function storedNumbers(stored: onnx.ITensorProto): Float32Array | Int32Array | Uint8Array {
  const { raw_data: raw, float_data: floats, int32_data: ints, int64_data: longs } = stored
  const type: onnx.TensorProto.DataType = stored.data_type ?? DataType.UNDEFINED
  // A copy begins at offset 0, as a view of wider elements must.
  const bytes = raw?.length ? new Uint8Array(raw).buffer : undefined
  if (type === DataType.FLOAT) return bytes ? new Float32Array(bytes) : Float32Array.from(floats ?? [])
  if (type === DataType.BOOL) return bytes ? new Uint8Array(bytes) : Uint8Array.from(ints ?? [])
  if (type !== DataType.INT64) return bytes ? new Int32Array(bytes) : Int32Array.from(ints ?? [])
  return toInt32(
    stored.name ?? '',
    bytes ? new BigInt64Array(bytes) : BigInt64Array.from(longs ?? [], (n) => BigInt(n)),
  )
}

/** The numbers in a tensor that says how to compute others: a shape, axes, bounds. */
export const numbersIn = (tensor: TfTensor): number[] => Array.from(tensor.dataSync() as Int32Array)
