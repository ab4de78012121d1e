/**
 * Per-example clipping: the sum over a batch of each row's own gradient, shrunk to L2 norm C, as DP-SGD adds up
 * (Abadi et al., arXiv 1607.00133, algorithm 1), without ever writing one row's gradient down.
 *
 * In a dense layer y = x W + b, row i's gradient of W is the outer product of its input x_i and its
 * derivative d_i = dL/dy_i, and that of b is d_i. The norm of an outer product is the product of the norms, so
 * (Goodfellow, arXiv 1510.01799):
 *
 *     |g_i|^2 = sum over layers of (|x_i|^2 + 1) |d_i|^2
 *
 *     x_i = (3, 4), d_i = (2):  dW_i = (6, 8)', db_i = 2;   36 + 64 + 4 = 104 = (25 + 1) * 4
 *
 * With c_i = min(1, C / |g_i|) the sum of clipped gradients is x' (c d) for W and the column sums of c d for b:
 * one backward pass, plus a few passes over numbers a row.
 */
import { EngineError } from './errors.ts'
import { input, topologicalOrder } from './expr.ts'
import type { Apply, Expr } from './expr.ts'
import { gradients } from './gradient.ts'
import { parameterTensors, forward } from './network.ts'
import type { Network } from './network.ts'
import { layoutOf, parameterCount } from './layout.ts'
import { emitGraph, encodeModel } from './onnx/emit.ts'
import { add, div, concat, matmul, maximum, mul, reshape, sqrt, square, stopGradient, sum } from './ops.ts'
import { floats } from './session/runtime.ts'
import type { Runtime } from './session/runtime.ts'
import { showShape } from './shape.ts'
import type { NetworkSpec } from './spec.ts'
import { checkBatch, feedsOf, rowsIn, widthsOf, wrongData } from './train.ts'
import type { BatchData } from './train.ts'
import { dataName } from './training-graph.ts'

/** One loss a row, shape [batch]; a row's loss must depend on that row alone. */
export type RowLossFn = (logits: Expr, batch: Readonly<Record<string, Expr>>) => Expr

/**
 * For each parameter, the sum over rows of that row's gradient, all of a row's gradients together first
 * shrunk to L2 norm at most `clipNorm`; and each row's norm before, [batch]. Throws ENGINE_SHAPE unless every
 * parameter is the weight or the bias of one dense layer over the rows.
 */
export function clippedGradients(
  rowLosses: Expr,
  parameters: readonly Expr[],
  clipNorm: number,
): { sums: Expr[]; norms: Expr } {
  const total = sum(rowLosses)
  const layers = topologicalOrder([total]).filter((node): node is Apply => isAffine(node, parameters))
  checkCovered(layers, parameters, rowLosses)
  const derivatives = gradients(total, layers)
  const rowSquares = (x: Expr): Expr => sum(square(x), [1], { keepDims: true })
  const norms = sqrt(
    layers
      .map((layer, i) => mul(add(rowSquares(layer.inputs[0]!), 1), rowSquares(derivatives[i]!)))
      .reduce((a, b) => add(a, b)),
  )
  const shares = stopGradient(div(clipNorm, maximum(norms, clipNorm)))
  const sums = new Map(
    layers.flatMap(({ inputs: [x, w, b] }, i): [Expr, Expr][] => {
      const clipped = mul(derivatives[i]!, shares)
      return [
        [w!, matmul(x!, clipped, { transposeA: true })],
        [b!, sum(clipped, [0])],
      ]
    }),
  )
  return { sums: parameters.map((p) => sums.get(p)!), norms: reshape(norms, [norms.shape[0]!]) }
}

const isAffine = (node: Expr, parameters: readonly Expr[]): boolean =>
  node.kind === 'apply' &&
  node.op === 'Gemm' &&
  node.inputs.length === 3 &&
  parameters.includes(node.inputs[1]!)

function checkCovered(layers: readonly Apply[], parameters: readonly Expr[], rowLosses: Expr): void {
  const used = layers.flatMap(({ inputs }) => inputs.slice(1))
  const alone = used.length === new Set(used).size && parameters.every((p) => used.includes(p))
  // A parameter that anything but its own layer reads would have more gradient than its layer shows.
  const readers = topologicalOrder([rowLosses]).filter(
    (node) =>
      node.kind === 'apply' && !layers.includes(node) && node.inputs.some((x) => parameters.includes(x)),
  )
  const stray = layers.find(({ shape }) => shape[0] !== rowLosses.shape[0])
  if (!alone || readers.length > 0 || stray || rowLosses.shape.length !== 1) {
    const where = stray
      ? `; one takes rows ${showShape(stray.shape)} for losses ${showShape(rowLosses.shape)}`
      : ''
    throw new EngineError(
      'ENGINE_SHAPE',
      `Per-example clipping needs networks of dense layers over the rows of the batch${where}.`,
    )
  }
}

export interface ClippedGradients {
  /** For any parameters and any number of rows: the sum [parameters] and each row's norm before clipping. */
  (parameters: Float32Array, batch: BatchData): Promise<{ sum: Float32Array; norms: Float32Array }>
  release(): Promise<void>
}

/** Prepares clipped gradient sums of an `mlp`, once for a whole training; `widths` are those of every batch. */
export async function openClippedGradients(
  runtime: Runtime,
  { spec }: Pick<Network, 'spec'>,
  job: { widths: Readonly<Record<string, number>>; loss: RowLossFn; clipNorm: number },
): Promise<ClippedGradients> {
  if (!(job.clipNorm > 0)) throw wrongData(`Clipping needs a norm above 0, not ${job.clipNorm}.`)
  const size = parameterCount(spec)
  const session = await runtime.load(clippedModel(spec, size, job))
  const run = async (parameters: Float32Array, batch: BatchData) => {
    if (parameters.length !== size) {
      throw wrongData(`The network's spec has ${size} parameters, its vector ${parameters.length}.`)
    }
    checkBatch(spec, 'training', batch)
    if (JSON.stringify(widthsOf(batch)) !== JSON.stringify(job.widths)) {
      throw wrongData('The batch must have the tensors and widths that clipping was prepared for.')
    }
    const feeds = { parameters: { data: parameters, shape: [size] }, ...feedsOf(batch, 0, rowsIn(batch)) }
    const outputs = await session.run(feeds)
    return { sum: floats(outputs, 'sum'), norms: floats(outputs, 'norms') }
  }
  return Object.assign(run, { release: () => session.release() })
}

function clippedModel(
  spec: NetworkSpec,
  size: number,
  { widths, loss, clipNorm }: { widths: Readonly<Record<string, number>>; loss: RowLossFn; clipNorm: number },
): Uint8Array {
  const vector = input('parameters', [size])
  const data = Object.entries(widths).map(
    ([field, width]) => [field, input(dataName(field), ['batch', width])] as const,
  )
  const batch = Object.fromEntries(data)
  const tensors = parameterTensors(spec, [{ offset: 0, size, value: vector }])
  const losses = loss(forward(spec, tensors, batch['inputs']!), batch)
  const layout = layoutOf(spec)
  const { sums, norms } = clippedGradients(
    losses,
    layout.map(({ name }) => tensors.get(name)!),
    clipNorm,
  )
  const flat = concat(
    sums.map((value, i) => reshape(value, [layout[i]!.size])),
    0,
  )
  const inputs = [vector, ...data.map(([, tensor]) => tensor)]
  return encodeModel(emitGraph({ name: 'clipped', inputs, outputs: { sum: flat, norms } }))
}
