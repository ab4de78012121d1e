/**
 * An ONNX model as a network that the engine runs, trains and saves like its own.
 *
 * The nodes become one layer of the kind `graph`, and the float tensors that the model holds become parameters in
 * the network's flat vector: trained, or frozen there. Lone floats and whole numbers belong to the arithmetic and
 * stay in the graph; the statistics of batch normalisation are kept as they are.
 */
import { EngineError } from '../errors.ts'
import { input } from '../expr.ts'
import { showPort } from '../export/onnx.ts'
import type { Layer } from '../layers.ts'
import { layoutOf, parameterCount } from '../layout.ts'
import type { Network } from '../network.ts'
import { decodeModel, toNumber } from '../onnx/emit.ts'
import { onnx } from '../onnx/gen/onnx.js'
import { applyGraph } from '../onnx/graph.ts'
import type { Graph, GraphConstant, GraphParameter } from '../onnx/graph.ts'
import { heldInputs, knownInputs } from '../onnx/operators.ts'
import type { GraphNode } from '../onnx/operators.ts'
import { showShape, sizeOf } from '../shape.ts'
import { parseSpec } from '../spec.ts'

export interface OnnxImport {
  /** Whether training may move its weights; a frozen network only answers. */
  readonly trainable: boolean
  /**
   * How a row lists an image of several channels: `first` as the model's own input does, channel after channel
   * (unless told); `last` pixel after pixel, as the engine's specs do.
   */
  readonly channels?: 'first' | 'last'
}

const MOST_BYTES = 1_000_000_000
const OLDEST_OPSET = 11
const { DataType } = onnx.TensorProto
const { AttributeType } = onnx.AttributeProto

const invalid = (message: string): EngineError => new EngineError('ENGINE_MODEL_INVALID', message)
const unsupported = (message: string): EngineError => new EngineError('ENGINE_IMPORT_UNSUPPORTED', message)

/** A tensor that the model holds, as an initializer or in a node of its own. */
interface Held {
  readonly shape: readonly number[]
  readonly isFloat: boolean
  readonly data: ArrayLike<number>
  readonly inNode: boolean
}

/**
 * Takes a model with one float input [rows, ...] and float logits or probabilities [rows, classes], named so or
 * the only output. A softmax at the end is taken off, since networks answer logits; dropout is left out.
 * Throws ENGINE_IMPORT_UNSUPPORTED naming the node and what the engine lacks, and ENGINE_MODEL_INVALID.
 */
export function importOnnx(bytes: Uint8Array, { trainable, channels = 'first' }: OnnxImport): Network {
  if (bytes.length > MOST_BYTES) throw invalid(`The model has more than ${MOST_BYTES} bytes.`)
  const model = decodeModel(bytes)
  const opset = toNumber(model.opset_import.find(({ domain }) => !domain)?.version)
  if (opset < OLDEST_OPSET) {
    throw unsupported(`The model is of opset ${opset}; export it with opset ${OLDEST_OPSET} or later.`)
  }
  const source = model.graph!
  const held = heldTensors(source)
  const { input: from, extents } = sourceOf(source, held)
  const end = logitsOf(source, (source.node ?? []).map(readNode))
  const nodes = needed(end.nodes, end.output, held)
  const { parameters, constants } = dealt(nodes, held, trainable)
  const graph: Graph = {
    kind: 'graph',
    name: 'model',
    extents,
    input: from,
    output: end.output,
    parameters,
    constants: [...constants, ...end.constants],
    nodes,
  }

  // Once by itself, so that what the engine lacks is told as such.
  const features = sizeOf(extents)
  const shapes = new Map(parameters.map(({ name, shape }) => [name, shape]))
  const { shape } = applyGraph(graph, input('inputs', ['batch', features]), (name) =>
    input(name, shapes.get(name)!),
  )
  const [batch, outputs] = shape
  if (shape.length !== 2 || batch !== 'batch' || typeof outputs !== 'number') {
    throw invalid(`The model gives ${showShape(shape)} for a batch of rows, not [batch, classes].`)
  }
  const layers: Layer[] = channels === 'last' ? [turnedFrom(extents), graph] : [graph]
  const spec = parseSpec({ kind: 'layers', inputs: features, layers, outputs })
  const vector = new Float32Array(parameterCount(spec))
  for (const { name, offset } of layoutOf(spec)) {
    vector.set(held.get(name.slice(graph.name.length + 1))!.data, offset)
  }
  if (!vector.every(Number.isFinite)) throw invalid('The model holds a number that is not finite.')
  return { spec, parameters: vector }
}

const turnedFrom = ([channels, ...space]: readonly number[]): Layer => ({
  kind: 'rearrange',
  name: 'channelsFirst',
  to: 'channelsFirst',
  extents: [...space, channels!],
})

/** The one input that nothing fills, and the extents of a row. */
function sourceOf(
  graph: onnx.IGraphProto,
  held: ReadonlyMap<string, Held>,
): { input: string; extents: number[] } {
  const open = (graph.input ?? []).filter(({ name }) => !held.has(name!))
  const tensor = open[0]?.type?.tensor_type
  const extents = (tensor?.shape?.dim ?? []).slice(1).map((dim) => toNumber(dim.dim_value))
  const isFloat = tensor?.elem_type === DataType.FLOAT
  if (open.length !== 1 || !isFloat || extents.length === 0 || extents.some((n) => !(n >= 1))) {
    const found = open.map(showPort).join(', ') || 'none'
    throw invalid(`The model needs one float input [rows, ...] with known extents; it has ${found}.`)
  }
  return { input: open[0]!.name!, extents }
}

/** Nodes that end in logits, and what they are called there. */
function logitsOf(
  graph: onnx.IGraphProto,
  nodes: readonly GraphNode[],
): { nodes: readonly GraphNode[]; output: string; constants: readonly GraphConstant[] } {
  const ports = (graph.output ?? []).filter(({ type }) => type?.tensor_type?.elem_type === DataType.FLOAT)
  const named = (part: string) => ports.find(({ name }) => name!.toLowerCase().includes(part))?.name
  const output = named('logit') ?? named('prob') ?? (ports.length === 1 ? ports[0]!.name! : undefined)
  if (output === undefined) {
    const found = (graph.output ?? []).map(showPort).join(', ') || 'none'
    throw invalid(
      `The model needs one float output, or one named "logits" or "probabilities"; it has ${found}.`,
    )
  }
  const givenBy = (name: string): GraphNode | undefined => {
    const node = nodes.find(({ outputs }) => outputs.includes(name))
    return node?.op === 'Identity' ? (givenBy(node.inputs[0]!) ?? node) : node
  }
  const last = givenBy(output)
  if (last?.op === 'Softmax') return { nodes, output: last.inputs[0]!, constants: [] }
  if (last?.op === 'LogSoftmax' || named('logit') || !named('prob')) return { nodes, output, constants: [] }
  // Probabilities made in another way: softmax(log p) is p.
  const node = (op: string, inputs: string[], result: string): GraphNode => ({
    op,
    name: result,
    inputs,
    outputs: [result],
    attributes: {},
  })
  return {
    nodes: [...nodes, node('Clip', [output, 'least'], 'positive'), node('Log', ['positive'], 'log p')],
    output: 'log p',
    constants: [{ name: 'least', kind: 'float', data: [1e-30] }],
  }
}

/** Those that the output depends on, in their order; what nodes merely hold is known already. */
function needed(nodes: readonly GraphNode[], output: string, held: ReadonlyMap<string, Held>): GraphNode[] {
  const names = new Set([output])
  const kept = [...nodes].reverse().filter((node) => {
    if (!node.outputs.some((name) => names.has(name))) return false
    node.inputs.forEach((name) => names.add(name))
    return true
  })
  return kept.reverse().filter(({ outputs }) => !held.has(outputs[0]!))
}

/** Which of the tensors held are learned, and which are part of the arithmetic. */
function dealt(
  nodes: readonly GraphNode[],
  held: ReadonlyMap<string, Held>,
  trainable: boolean,
): { parameters: GraphParameter[]; constants: GraphConstant[] } {
  const readAs = (table: Readonly<Record<string, readonly number[]>>): Set<string> =>
    new Set(nodes.flatMap(({ op, inputs }) => (table[op] ?? []).flatMap((i) => inputs[i] ?? [])))
  const [known, statistics] = [readAs(knownInputs), readAs(heldInputs)]
  const used = new Set(nodes.flatMap(({ inputs }) => inputs))
  const parameters: GraphParameter[] = []
  const constants: GraphConstant[] = []
  for (const [name, { shape, isFloat, data, inNode }] of held) {
    if (!used.has(name)) continue
    const lone = data.length === 1 && (shape.length === 0 || inNode || known.has(name))
    if (isFloat && !lone) {
      const trained = trainable && !inNode && !statistics.has(name)
      parameters.push({ name, shape, trained })
    } else if (shape.length > 1) {
      throw unsupported(
        `The model's constant "${name}" is whole numbers of shape ${showShape(shape)}, not a list.`,
      )
    } else {
      const kind = isFloat ? 'float' : shape.length === 0 ? 'int' : 'ints'
      constants.push({ name, kind, data: Array.from(data, isFloat ? finite : clamped) })
    }
  }
  return { parameters, constants }
}

// ---------------------------------------------------------------------------------------------------------
// From the format's records

function heldTensors({ initializer, node }: onnx.IGraphProto): Map<string, Held> {
  const held = new Map<string, Held>()
  for (const tensor of initializer ?? []) held.set(tensor.name!, readTensor(tensor.name!, tensor, false))
  for (const { op_type, input, output, attribute } of node ?? []) {
    const name = output?.[0]
    // PyTorch writes tensors that happen to be equal once; they are learned apart.
    const twin = op_type === 'Identity' ? held.get(input?.[0] ?? '') : undefined
    if (twin && name !== undefined) held.set(name, twin)
    const value = attribute?.[0]
    if (op_type !== 'Constant' || name === undefined || !value) continue
    if (value.t) held.set(name, readTensor(name, value.t, true))
    else {
      const isFloat = value.type === AttributeType.FLOAT || value.type === AttributeType.FLOATS
      const isList = value.type === AttributeType.FLOATS || value.type === AttributeType.INTS
      const found = attributeOf(value)
      const data = typeof found === 'object' ? found : [Number(found)]
      held.set(name, { shape: isList ? [data.length] : [], isFloat, data, inNode: true })
    }
  }
  return held
}

function readTensor(name: string, tensor: onnx.ITensorProto, inNode: boolean): Held {
  const shape = (tensor.dims ?? []).map(toNumber)
  const type: onnx.TensorProto.DataType = tensor.data_type ?? DataType.UNDEFINED
  // A copy lies aligned.
  const raw = new Uint8Array(tensor.raw_data ?? [])
  if (raw.length % (type === DataType.INT64 ? 8 : 4) !== 0) {
    throw invalid(`The model's tensor "${name}" is cut short.`)
  }
  const isRaw = raw.length > 0
  const isFloat = type === DataType.FLOAT
  let data: ArrayLike<number>
  if (isFloat) data = isRaw ? new Float32Array(raw.buffer) : (tensor.float_data ?? [])
  else if (type === DataType.INT64)
    data = whole(isRaw ? new BigInt64Array(raw.buffer) : (tensor.int64_data ?? []))
  else if (type === DataType.INT32)
    data = whole(isRaw ? new Int32Array(raw.buffer) : (tensor.int32_data ?? []))
  else {
    const found = `is of type ${DataType[type]}; the engine reads FLOAT, INT32 and INT64`
    throw unsupported(`The model's tensor "${name}" ${found}.`)
  }
  if (data.length !== sizeOf(shape)) {
    const where = data.length === 0 ? ' (its numbers may lie in a second file; export the model as one)' : ''
    throw invalid(
      `The model's tensor "${name}" holds ${data.length} numbers for shape ${showShape(shape)}${where}.`,
    )
  }
  return { shape, isFloat, data, inNode }
}

const whole = (numbers: ArrayLike<unknown>): number[] => Array.from(numbers, clamped)

/** ONNX writes "to the end" as the largest int64, which as a number here would no longer be whole. */
const clamped = (n: unknown): number =>
  Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number(n), Number.MAX_SAFE_INTEGER))

/** JSON has no infinity; nothing that a float can be lies beyond the largest one. */
const LARGEST = 3.4028234663852886e38
const finite = (x: number): number => Math.max(-LARGEST, Math.min(x, LARGEST))

function readNode(
  { op_type, domain, name, input, output, attribute }: onnx.INodeProto,
  i: number,
): GraphNode {
  const [op, own] = [op_type ?? '', name || `#${i + 1}`]
  if (domain && domain !== 'ai.onnx') {
    throw unsupported(`Node ${own} (${domain}.${op}): the engine knows the operators of ONNX alone.`)
  }
  // A constant's value is read elsewhere.
  const attributes = op === 'Constant' ? [] : (attribute ?? [])
  return {
    op,
    name: own,
    inputs: input ?? [],
    outputs: output ?? [],
    attributes: Object.fromEntries(attributes.map((a) => [a.name!, attributeOf(a)])),
  }
}

function attributeOf(attribute: onnx.IAttributeProto): number | string | number[] {
  switch (attribute.type) {
    case AttributeType.FLOAT:
      return attribute.f ?? 0
    case AttributeType.INT:
      return clamped(attribute.i ?? 0)
    case AttributeType.INTS:
      return (attribute.ints ?? []).map(clamped)
    case AttributeType.FLOATS:
      return attribute.floats ?? []
    case AttributeType.STRING:
      return new TextDecoder().decode(attribute.s ?? new Uint8Array())
    default:
      throw unsupported(
        `The attribute "${attribute.name}" is a graph or a tensor, which the engine does not read.`,
      )
  }
}
