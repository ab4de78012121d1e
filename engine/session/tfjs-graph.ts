/** ONNX graphs, made ready and run on TensorFlow.js, node after node. */
import type { onnx } from '../onnx/gen/onnx.js'
import { toNumber } from '../onnx/emit.ts'
import type { TensorFlow, TfTensor } from '../tfjs.ts'
import { dtypeOf, numbersIn, storedNumbers, storedTensor } from './tfjs-tensors.ts'

/** An attribute's value as its operator reads it; a stored tensor comes as its numbers. */
export type AttributeValue = number | string | readonly number[]
export type Attributes = Readonly<Record<string, AttributeValue>>

/** `undefined` for an input that is left out. `outputs` says how many of its outputs anyone reads. */
export type Compute = (
  inputs: readonly (TfTensor | undefined)[],
  attributes: Attributes,
  outputs: number,
) => TfTensor | readonly TfTensor[]

export interface Op {
  /** Every attribute that is understood, with its default. */
  readonly defaults: Attributes
  readonly compute: Compute
}
export type OpTable = Readonly<Record<string, Op>>

export interface Port {
  readonly name: string
  readonly shape: readonly (number | string)[]
  readonly type: onnx.TensorProto.DataType
}

interface Step {
  /** For messages: operator and node. */
  readonly label: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly compute: (inputs: readonly (TfTensor | undefined)[], env: Env) => readonly TfTensor[]
}

export interface Graph {
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  readonly constants: Env
  readonly steps: readonly Step[]
}

/** What each name stands for. */
export type Env = ReadonlyMap<string, TfTensor>

/**
 * Reads a graph, to be run many times. Its constants are added to `kept`, which the caller disposes. Throws for
 * an operator or an attribute that the table does not have, naming it.
 */
export function prepareGraph(tf: TensorFlow, ops: OpTable, graph: onnx.IGraphProto, kept: TfTensor[]): Graph {
  const constants = new Map<string, TfTensor>()
  for (const stored of graph.initializer ?? []) {
    const tensor = storedTensor(tf, stored)
    kept.push(tensor)
    constants.set(stored.name ?? '', tensor)
  }
  return {
    constants,
    inputs: (graph.input ?? []).map(portOf).filter(({ name }) => !constants.has(name)),
    outputs: (graph.output ?? []).map(portOf),
    steps: (graph.node ?? []).map((node) => prepareNode(tf, ops, node, kept)),
  }
}

function portOf({ name, type }: onnx.IValueInfoProto): Port {
  const { elem_type = 0, shape } = type?.tensor_type ?? {}
  dtypeOf(elem_type ?? 0, `"${name}"`)
  const dims = (shape?.dim ?? []).map(({ dim_value, dim_param }) => dim_param || toNumber(dim_value))
  return { name: name ?? '', shape: dims, type: elem_type ?? 0 }
}

function prepareNode(tf: TensorFlow, ops: OpTable, node: onnx.INodeProto, kept: TfTensor[]): Step {
  const { op_type: name = '', input: inputs, output: outputs } = node
  const label = `${name} "${node.name || outputs?.[0]}"`
  const step = { label, inputs: inputs ?? [], outputs: outputs ?? [] }
  const given = node.attribute ?? []
  if (name === 'Loop') {
    const body = prepareGraph(tf, ops, given.find((a) => a.name === 'body')!.g!, kept)
    return { ...step, compute: (values, env) => runLoop(tf, body, values, env) }
  }
  // An inherited property such as `constructor` is no operator.
  const op = !node.domain && Object.hasOwn(ops, name ?? '') ? ops[name ?? ''] : undefined
  if (!op) throw new Error(`it needs the operator ${name}, which is not interpreted here`)
  const strange = given.find((attribute) => !Object.hasOwn(op.defaults, attribute.name ?? ''))
  if (strange) throw new Error(`${label} has the attribute ${strange.name}, which is not interpreted here`)
  const attributes: Attributes = {
    ...op.defaults,
    ...Object.fromEntries(given.map((attribute) => [attribute.name, valueOf(attribute)])),
  }
  return {
    ...step,
    compute(values) {
      const result = op.compute(values, attributes, step.outputs.length)
      return Array.isArray(result) ? (result as TfTensor[]) : [result as TfTensor]
    },
  }
}

/** The one field that an attribute fills tells its type; an absent number is 0. */
function valueOf({ i, f, s, t, ints }: onnx.IAttributeProto): AttributeValue {
  if (t) return Array.from(storedNumbers(t))
  if (s?.length) return new TextDecoder().decode(s)
  if (ints?.length) return ints.map(toNumber)
  return toNumber(i) || (f ?? 0)
}

/** Computes everything in the graph; the result has every name, those around the graph too. */
export function runGraph(graph: Graph, around: Env): Env {
  const env = new Map([...around, ...graph.constants])
  for (const { label, inputs, outputs, compute } of graph.steps) {
    try {
      const values = inputs.map((name) => (name === '' ? undefined : env.get(name)))
      for (const [i, result] of compute(values, env).entries()) if (outputs[i]) env.set(outputs[i], result)
    } catch (cause) {
      throw new Error(`${label}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    }
  }
  return env
}

/**
 * https://onnx.ai/onnx/operators/onnx__Loop.html. Each turn frees all that it made but its results, of which the
 * loop owns handles of its own (`clone` copies no numbers): a body may return what it was given.
 */
function runLoop(
  tf: TensorFlow,
  body: Graph,
  [trips, condition, ...first]: readonly (TfTensor | undefined)[],
  around: Env,
): TfTensor[] {
  const turns = trips ? numbersIn(trips)[0]! : Infinity
  let going = condition ? numbersIn(condition)[0] !== 0 : true
  let carried = first.map((tensor) => tensor!.clone())
  const stacked = body.outputs.slice(1 + first.length).map((): TfTensor[] => [])
  const [iterationName, goingName, ...names] = body.inputs.map(({ name }) => name)
  for (let turn = 0; turn < turns && going; turn++) {
    const results = tf.tidy(() => {
      const env = new Map([
        ...around,
        ...names.map((name, i) => [name, carried[i]!] as const),
        [iterationName!, tf.scalar(turn, 'int32')],
        [goingName!, tf.scalar(going, 'bool')],
      ])
      const after = runGraph(body, env)
      return body.outputs.map(({ name }) => after.get(name)!.clone())
    })
    tf.dispose(carried)
    const [condition, ...rest] = results
    going = numbersIn(condition!)[0] !== 0
    tf.dispose(condition!)
    carried = rest.slice(0, first.length)
    rest.slice(first.length).forEach((value, i) => stacked[i]!.push(value))
  }
  return [...carried, ...stacked.map((values) => tf.stack(values))]
}
