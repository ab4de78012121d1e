/** Computes expressions on their own: for trying a loss, and for tests. */
import type { Expr, Input } from './expr.ts'
import { topologicalOrder } from './expr.ts'
import { emitGraph, encodeModel } from './onnx/emit.ts'
import type { Precision } from './onnx/emit.ts'
import type { Runtime, Tensor } from './session/runtime.ts'

export interface Evaluator<Name extends string> {
  /** Feeds each input by name, flat, and gives each output flat. A symbolic extent takes what the data fill. */
  (feeds: Readonly<Record<string, ArrayLike<number>>>): Promise<Record<Name, number[]>>
}

/** Prepares expressions for any number of evaluations; `float64` computes every float in double precision. */
export async function evaluator<Name extends string>(
  runtime: Runtime,
  outputs: Readonly<Record<Name, Expr>>,
  precision: Precision = 'float32',
): Promise<Evaluator<Name> & { release(): Promise<void> }> {
  const inputs = topologicalOrder(Object.values(outputs)).filter((x): x is Input => x.kind === 'input')
  const session = await runtime.load(encodeModel(emitGraph({ name: 'graph', inputs, outputs, precision })))
  const evaluate: Evaluator<Name> = async (feeds) => {
    const tensors = inputs.map((x) => [x.name, toTensor(x, feeds[x.name] ?? [], precision)])
    const results = await session.run(Object.fromEntries(tensors))
    const flat = Object.entries(results).map(([name, { data }]) => [
      name,
      Array.from(data as ArrayLike<number>),
    ])
    return Object.fromEntries(flat)
  }
  return Object.assign(evaluate, { release: () => session.release() })
}

function toTensor({ shape, dtype }: Input, numbers: ArrayLike<number>, precision: Precision): Tensor {
  const known = shape.reduce<number>((n, dim) => n * (typeof dim === 'number' ? dim : 1), 1)
  const extents = shape.map((dim) => (typeof dim === 'number' ? dim : numbers.length / known))
  if (dtype === 'int64') return { data: BigInt64Array.from(Array.from(numbers, BigInt)), shape: extents }
  if (dtype === 'int32') return { data: Int32Array.from(numbers), shape: extents }
  const data = precision === 'float64' ? Float64Array.from(numbers) : Float32Array.from(numbers)
  return { data, shape: extents }
}
