/** Sums of clipped per-example gradients of a network, on a runtime. */
import { layersOf } from './architectures.ts'
import { rowsIn, wrongData } from './batch.ts'
import type { BatchData, BatchWidths } from './batch.ts'
import { EngineError } from './errors.ts'
import { input, topologicalOrder } from './expr.ts'
import type { Expr } from './expr.ts'
import { usesDropout } from './layers.ts'
import type { Layer } from './layers.ts'
import { layoutOf, parameterCount } from './layout.ts'
import type { RowLossFn } from './losses.ts'
import { forward, parameterTensors } from './network.ts'
import { emitGraph, encodeModel } from './onnx/emit.ts'
import { concat, reshape } from './ops.ts'
import { clippedGradients } from './per-example.ts'
import { floats } from './session/runtime.ts'
import type { Runtime } from './session/runtime.ts'
import { sizeOf } from './shape.ts'
import type { NetworkSpec } from './spec.ts'
import { feedsOf } from './training-calls.ts'
import { dataName } from './training-graph.ts'

export interface ClippingJob {
  readonly spec: NetworkSpec
  /** Those of every batch. */
  readonly widths: BatchWidths
  readonly loss: RowLossFn
  /** The largest L2 norm of an example's gradient, above 0. */
  readonly clipNorm: number
}

export interface ClippedGradients {
  /**
   * For any parameters and any number of rows, at least one: the sum over rows, a number for each parameter that
   * is trained (those come first in the layout), and each row's norm before clipping. `seed`, a 32-bit whole
   * number, draws the masks of dropout. What is fed is not looked at: `checkBatch` has been before.
   */
  (
    parameters: Float32Array,
    batch: BatchData,
    seed?: number,
  ): Promise<{ sum: Float32Array; norms: Float32Array }>
  /** Numbers that a row can take in memory while its gradient is found: to bound the rows of a call. */
  readonly numbersPerRow: number
  release(): Promise<void>
}

/**
 * Prepares clipped gradient sums, once for a whole training. Throws ENGINE_SPEC_INVALID for a network with batch
 * normalisation, ENGINE_DATA_INVALID for a norm that is not above 0, else as `clippedGradients` does.
 */
export async function openClippedGradients(runtime: Runtime, job: ClippingJob): Promise<ClippedGradients> {
  const { spec, clipNorm } = job
  if (!(clipNorm > 0)) throw wrongData(`Clipping needs a norm above 0, not ${clipNorm}.`)
  checkRowsApart(spec)
  const { model, numbersPerRow } = clippedModel(job)
  const session = await runtime.load(model)
  const dropout = usesDropout(layersOf(spec))
  const run = async (parameters: Float32Array, batch: BatchData, seed = 0) => {
    const outputs = await session.run({
      parameters: { data: parameters, shape: [parameters.length] },
      ...feedsOf(batch, 0, rowsIn(batch)),
      ...(dropout && { seed: { data: Int32Array.of(seed), shape: [1] } }),
    })
    return { sum: floats(outputs, 'sum'), norms: floats(outputs, 'norms') }
  }
  return Object.assign(run, { numbersPerRow, release: () => session.release() })
}

/** Batch normalisation gives every row a part in every other row's loss, so that none has a gradient of its own. */
function checkRowsApart(spec: NetworkSpec): void {
  const simple = (layers: readonly Layer[]): Layer[] =>
    layers.flatMap((layer) =>
      layer.kind === 'residual' ? simple([...layer.body, ...layer.shortcut]) : [layer],
    )
  const layer = simple(layersOf(spec)).find(({ kind }) => kind === 'batchNorm')
  if (!layer) return
  throw new EngineError(
    'ENGINE_SPEC_INVALID',
    `Per-example clipping cannot tell rows apart behind layer ${layer.name}, which normalises over the batch; ` +
      'choose a network without batch normalisation, such as a cnn, tcn or transformer.',
  )
}

/** Inputs `parameters` [P], `data.NAME` [batch, width], with dropout `seed` int32 [1]; outputs `sum`, `norms` [batch]. */
function clippedModel(job: ClippingJob): { model: Uint8Array; numbersPerRow: number } {
  const { spec, widths, loss, clipNorm } = job
  const vector = input('parameters', [parameterCount(spec)])
  const data = Object.entries(widths).map(
    ([field, width]) => [field, input(dataName(field), ['batch', width])] as const,
  )
  const batch = Object.fromEntries(data)
  const seed = usesDropout(layersOf(spec)) ? input('seed', [1], 'int32') : undefined
  const tensors = parameterTensors(spec, [{ offset: 0, size: parameterCount(spec), value: vector }])
  const training = { updates: new Map<string, Expr>(), ...(seed && { seed }) }
  const losses = loss(forward(spec, tensors, batch['inputs']!, training), batch)
  const trained = layoutOf(spec).filter((parameter) => parameter.trained)
  const { sums, norms } = clippedGradients(
    losses,
    new Map(trained.map(({ name }) => [name, tensors.get(name)!])),
    clipNorm,
  )
  const outputs = {
    sum: concat(
      trained.map(({ name, size }) => reshape(sums.get(name)!, [size])),
      0,
    ),
    norms,
  }
  const inputs = [vector, ...(seed ? [seed] : []), ...data.map(([, tensor]) => tensor)]
  const numbersPerRow = topologicalOrder(Object.values(outputs)).reduce((total, { shape }) => {
    // Rows under other names, such as every token's, are views of values that are counted.
    const [first, ...rest] = shape
    return total + (first === 'batch' ? sizeOf(rest) : 0)
  }, 0)
  return { model: encodeModel(emitGraph({ name: 'clipped', inputs, outputs })), numbersPerRow }
}
