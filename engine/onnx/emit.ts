/**
 * Writes expressions down as ONNX: values in order, one node each, constants as initializers.
 * Field meanings follow https://github.com/onnx/onnx/blob/main/docs/IR.md.
 */
import { EngineError, firstLine } from '../errors.ts'
import { constant, topologicalOrder } from '../expr.ts'
import type { Attribute, Attributes, Constant, DType, Expr, Input } from '../expr.ts'
import type { Shape } from '../shape.ts'
import { onnx } from './gen/onnx.js'

/** Opset 18 is the first in which every reduction takes its axes as an input; readers since 2022 know it. */
const OPSET = 18
const IR_VERSION = 8

const { DataType } = onnx.TensorProto
const { AttributeType } = onnx.AttributeProto

/** With `float64`, every float32 of the graph is written as a double: the tests' way to exact differences. */
export type Precision = 'float32' | 'float64'

const dataType = (dtype: DType, precision: Precision): onnx.TensorProto.DataType =>
  ({
    float32: precision === 'float64' ? DataType.DOUBLE : DataType.FLOAT,
    int32: DataType.INT32,
    uint32: DataType.UINT32,
    int64: DataType.INT64,
    bool: DataType.BOOL,
  })[dtype]

export interface GraphSource {
  name: string
  inputs: readonly Input[]
  outputs: Readonly<Record<string, Expr>>
  precision?: Precision
}

/**
 * One graph. Inputs that the outputs mention but `inputs` does not list are taken, under their names, from
 * the graph around this one, as ONNX allows for the body of a `Loop`.
 */
export function emitGraph({ name, inputs, outputs, precision = 'float32' }: GraphSource): onnx.IGraphProto {
  const names = new Map<Expr, string>()
  const node: onnx.INodeProto[] = []
  const initializer: onnx.ITensorProto[] = []
  const written = new Map<string, string>()
  const writtenAs = new Map<Expr, onnx.INodeProto>()
  const outputOf = new Map<Expr, string>()
  for (const [output, expr] of Object.entries(outputs)) {
    if (expr.kind === 'apply' && !outputOf.has(expr)) outputOf.set(expr, output)
  }

  topologicalOrder(Object.values(outputs)).forEach((expr, i) => {
    if (expr.kind === 'input') {
      names.set(expr, expr.name)
    } else if (expr.kind === 'constant') {
      // Equal single numbers are written once, unless they have names of their own to keep.
      const single = expr.data.length === 1 && expr.name === undefined
      const key = single ? `${expr.dtype} ${expr.shape.length} ${expr.data[0]}` : `#${i}`
      const known = written.get(key) ?? expr.name ?? `${name}/constant_${i}`
      if (!written.has(key)) initializer.push(tensor(known, expr, precision))
      written.set(key, known)
      names.set(expr, known)
    } else if (expr.op === 'Ruled') {
      names.set(expr, names.get(expr.inputs[0]!)!)
    } else if (expr.op === 'Output') {
      // A further output of a node already written, which gets a name once someone asks for it.
      const source = writtenAs.get(expr.inputs[0]!)!
      const label = `${source.name}:${expr.attributes['index'] as number}`
      source.output![expr.attributes['index'] as number] = label
      names.set(expr, label)
    } else {
      const label = `${name}/${expr.op}_${i}`
      const output = outputOf.get(expr) ?? label
      names.set(expr, output)
      const proto: onnx.INodeProto = {
        name: label,
        op_type: expr.op,
        input: expr.inputs.map((x) => names.get(x)!),
        output: [output],
        attribute: attributes(expr.attributes, precision),
      }
      writtenAs.set(expr, proto)
      node.push(proto)
    }
  })

  for (const [output, expr] of Object.entries(outputs)) {
    if (names.get(expr) === output) continue
    node.push({ name: `${name}/${output}`, op_type: 'Identity', input: [names.get(expr)!], output: [output] })
  }
  return {
    name,
    node,
    initializer,
    input: inputs.map((x) => valueInfo(x.name, x.shape, x.dtype, precision)),
    output: Object.entries(outputs).map(([n, x]) => valueInfo(n, x.shape, x.dtype, precision)),
  }
}

/** A complete model file around a graph. */
export function encodeModel(
  graph: onnx.IGraphProto,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  return onnx.ModelProto.encode({
    ir_version: IR_VERSION,
    opset_import: [{ domain: '', version: OPSET }],
    producer_name: 'collegium',
    metadata_props: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    graph,
  }).finish()
}

export function decodeModel(bytes: Uint8Array): onnx.ModelProto {
  try {
    const model = onnx.ModelProto.decode(bytes)
    if (model.graph && model.opset_import.length > 0) return model
  } catch (cause) {
    throw new EngineError('ENGINE_MODEL_INVALID', `The model is not an ONNX file: ${firstLine(cause)}.`, {
      cause,
    })
  }
  throw new EngineError('ENGINE_MODEL_INVALID', 'The model is not an ONNX file: it holds no graph.')
}

/** An int64 field: protobufjs decodes it as a number, or as an object that reads as one where `long` is present. */
export const toNumber = (field: unknown): number => Number(field ?? 0)

export function valueInfo(
  name: string,
  shape: Shape,
  dtype: DType = 'float32',
  precision: Precision = 'float32',
): onnx.IValueInfoProto {
  const dim = shape.map((d) => (typeof d === 'string' ? { dim_param: d } : { dim_value: d }))
  return { name, type: { tensor_type: { elem_type: dataType(dtype, precision), shape: { dim } } } }
}

export function tensor(
  name: string,
  { data, shape, dtype }: Constant,
  precision: Precision = 'float32',
): onnx.ITensorProto {
  const type = dataType(dtype, precision)
  return { name, dims: shape as number[], data_type: type, raw_data: littleEndian(data, type) }
}

/** The numbers as `raw_data`, which is little-endian like every platform that Node runs on. */
function littleEndian(data: ArrayLike<number>, type: onnx.TensorProto.DataType): Uint8Array {
  const { buffer, byteOffset, byteLength } = typedArray(data, type)
  return new Uint8Array(buffer, byteOffset, byteLength)
}

function typedArray(data: ArrayLike<number>, type: onnx.TensorProto.DataType): ArrayBufferView {
  if (type === DataType.FLOAT) return data instanceof Float32Array ? data : Float32Array.from(data)
  if (type === DataType.DOUBLE) return Float64Array.from(data)
  if (type === DataType.UINT32) return Uint32Array.from(data)
  if (type === DataType.INT32) return Int32Array.from(data)
  if (type === DataType.INT64) return BigInt64Array.from(Array.from(data, BigInt))
  return Uint8Array.from(data)
}

function attributes(source: Attributes, precision: Precision): onnx.IAttributeProto[] {
  return Object.entries(source).map(([name, value]) => ({ name, ...attributeValue(name, value, precision) }))
}

function attributeValue(name: string, value: Attribute, precision: Precision): onnx.IAttributeProto {
  if (name === 'to') return { type: AttributeType.INT, i: dataType(value as DType, precision) }
  if (typeof value === 'number') return { type: AttributeType.INT, i: value }
  if (typeof value === 'string') return { type: AttributeType.STRING, s: new TextEncoder().encode(value) }
  if ('float' in value) return { type: AttributeType.FLOAT, f: value.float }
  if ('tensor' in value)
    return { type: AttributeType.TENSOR, t: tensor('', constant([value.tensor], [1]), precision) }
  return { type: AttributeType.INTS, ints: [...value] }
}
