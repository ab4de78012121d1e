/**
 * A piece of someone else's network: ONNX nodes as data, and what they compute as an expression.
 *
 * An expression knows its backward rules, so a graph that is read here can be trained, whoever wrote it. The
 * tensors that it learned are not in it: it names them, and they lie in the network's flat vector like all
 * others. It holds only what decides its form: nodes, lone numbers, and lists of whole numbers.
 */
import { EngineError } from '../errors.ts'
import { constant } from '../expr.ts'
import type { Expr } from '../expr.ts'
import { reshape } from '../ops.ts'
import { argumentsOf, operators } from './operators.ts'
import type { GraphNode, Value } from './operators.ts'

export interface GraphParameter {
  readonly name: string
  readonly shape: readonly number[]
  /** False where it is frozen. */
  readonly trained: boolean
}
/** A lone float, or whole numbers: one, or a list. */
export interface GraphConstant {
  readonly name: string
  readonly kind: 'float' | 'int' | 'ints'
  readonly data: readonly number[]
}
export interface Graph {
  readonly kind: 'graph'
  readonly name: string
  /** The extents of one row, in the order of the graph's input. */
  readonly extents: readonly number[]
  readonly input: string
  readonly output: string
  readonly parameters: readonly GraphParameter[]
  readonly constants: readonly GraphConstant[]
  /** Each after those whose outputs it reads. */
  readonly nodes: readonly GraphNode[]
}

const valueOf = ({ kind, data }: GraphConstant): Value =>
  kind === 'float' ? constant(data, []) : { sizes: data, scalar: kind === 'int' }

/**
 * The graph's output for rows [batch, ...]; `parameter` gives its tensors. Throws ENGINE_IMPORT_UNSUPPORTED or
 * ENGINE_SHAPE naming the node, and ENGINE_MODEL_INVALID for a name that nothing has.
 */
export function applyGraph(graph: Graph, x: Expr, parameter: (name: string) => Expr): Expr {
  const values = new Map<string, Value>([
    [graph.input, reshape(x, [x.shape[0]!, ...graph.extents])],
    ...graph.constants.map((c) => [c.name, valueOf(c)] as const),
    ...graph.parameters.map(({ name }) => [name, parameter(name)] as const),
  ])
  const find = (name: string, reader: string): Value => {
    const value = values.get(name)
    if (value !== undefined) return value
    throw new EngineError('ENGINE_MODEL_INVALID', `${reader} reads "${name}", which nothing before it gives.`)
  }
  for (const node of graph.nodes) {
    const who = `Node ${node.name} (${node.op})`
    const inputs = node.inputs.map((name) => (name === '' ? undefined : find(name, who)))
    const results = telling(who, () => {
      // An inherited property such as `constructor` is no operator.
      const operator = Object.hasOwn(operators, node.op) ? operators[node.op] : undefined
      if (!operator) throw new EngineError('ENGINE_IMPORT_UNSUPPORTED', 'the engine has no such operator.')
      return [operator(argumentsOf(node, inputs))].flat()
    })
    node.outputs.forEach((name, i) => {
      const result = results[i]
      if (result !== undefined && name !== '') values.set(name, result)
    })
  }
  const output = find(graph.output, 'The graph')
  if ('sizes' in output) {
    throw new EngineError(
      'ENGINE_IMPORT_UNSUPPORTED',
      `The output "${graph.output}" is not computed from the input.`,
    )
  }
  return output
}

/** Whatever fails inside is told with the node's name in front. */
function telling<T>(who: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    throw new EngineError(error.code, `${who}: ${error.message}`, { cause: error })
  }
}
