/**
 * The arithmetic of M networks of one shape as one. Every weight [k, m] is stacked to [M, k, m], a batch is one
 * batch a member, and each layer is one batched product:
 *
 *     x [M, each, k]  x  W [M, k, m]  +  b [M, 1, m]   ->   [M, each, m]
 *
 * No row of one member meets a weight of another, so the gradient of the sum of the members' losses is each
 * member's own gradient. Batches differ in length where members have different numbers of rows; the shorter ones
 * are filled up with rows of weight 0, and a member's loss is the mean over the others.
 */
import { layersOf } from './architectures.ts'
import { wrongData } from './batch.ts'
import type { BatchWidths } from './batch.ts'
import { EngineError } from './errors.ts'
import { input } from './expr.ts'
import type { Expr } from './expr.ts'
import { activations } from './layers.ts'
import { layoutOf, parameterCount } from './layout.ts'
import type { ParameterSlice } from './layout.ts'
import type { RowLossFn } from './losses.ts'
import { tensorsIn } from './network.ts'
import type { Network } from './network.ts'
import { emitGraph, encodeModel } from './onnx/emit.ts'
import { add, div, fromRows, gather, matmul, maximum, mul, reshape, sum, toRows } from './ops.ts'
import { sameShape, showShape } from './shape.ts'
import type { MlpSpec } from './spec.ts'
import { dataName } from './training-graph.ts'
import type { Subject } from './training-graph.ts'

/** The field of a batch, one number wide, that is 1 for rows that count and 0 for those that fill up. */
export const WEIGHT = 'ensemble.weight'

/** The one spec of all members; throws ENGINE_DATA_INVALID unless they have one, of the kind `mlp`. */
export function sharedSpec(networks: readonly Network[]): MlpSpec {
  const spec = networks[0]?.spec
  const fits = ({ spec: other, parameters }: Network): boolean =>
    JSON.stringify(other) === JSON.stringify(spec) && parameters.length === parameterCount(other)
  if (spec?.kind === 'mlp' && networks.every(fits)) return spec
  throw wrongData('An ensemble needs at least one network, all of one spec of the kind mlp.')
}

/** Each parameter tensor of all members, then the next tensor of all members. */
export function stack(layout: readonly ParameterSlice[], vectors: readonly Float32Array[]): Float32Array {
  const stacked = new Float32Array(vectors.reduce((total, { length }) => total + length, 0))
  for (const { offset, size } of layout) {
    for (const [i, vector] of vectors.entries()) {
      stacked.set(vector.subarray(offset, offset + size), offset * vectors.length + i * size)
    }
  }
  return stacked
}

/** One member's vector out of those stacked. */
export function unstack(
  layout: readonly ParameterSlice[],
  stacked: Float32Array,
  member: number,
  members: number,
): Float32Array {
  const vector = new Float32Array(stacked.length / members)
  for (const { offset, size } of layout) {
    const from = offset * members + member * size
    vector.set(stacked.subarray(from, from + size), offset)
  }
  return vector
}

const stackedLayout = (spec: MlpSpec, members: number): ParameterSlice[] =>
  layoutOf(spec).map((range) => ({
    ...range,
    shape: [members, ...range.shape],
    offset: range.offset * members,
    size: range.size * members,
  }))

/** The logits [members, each, outputs] of rows [members, each, inputs], or of [1, each, inputs] for all members. */
const stackedForward = (
  spec: MlpSpec,
  members: number,
  parameters: ReadonlyMap<string, Expr>,
  rows: Expr,
): Expr =>
  layersOf(spec).reduce((x, layer) => {
    if (layer.kind !== 'dense') return x
    const bias = reshape(parameters.get(`${layer.name}.bias`)!, [members, 1, layer.outputs])
    const product = matmul(x, parameters.get(`${layer.name}.weight`)!)
    return activations[layer.activation](add(product, bias))
  }, rows)

/** Of a batch, each member's rows after the others': the sum of its losses and the number of its rows, [members]. */
function memberLosses(
  spec: MlpSpec,
  members: number,
  loss: RowLossFn,
  parameters: ReadonlyMap<string, Expr>,
  { [WEIGHT]: weight, ...batch }: Readonly<Record<string, Expr>>,
): { sums: Expr; counts: Expr } {
  const lead = [members, 'each']
  const logits = stackedForward(spec, members, parameters, fromRows(batch['inputs']!, lead))
  const losses = loss(toRows(logits), batch)
  if (!sameShape(losses.shape, [weight!.shape[0]!])) {
    throw new EngineError(
      'ENGINE_SHAPE',
      `An ensemble needs a loss of shape [batch], one number a row, not ${showShape(losses.shape)}.`,
    )
  }
  const perMember = (column: Expr): Expr => sum(fromRows(column, lead), [1, 2])
  return { sums: perMember(mul(reshape(losses, weight!.shape), weight!)), counts: perMember(weight!) }
}

/** What trains all members at once: the sum of their mean losses. */
export const ensembleSubject = (spec: MlpSpec, members: number, loss: RowLossFn): Subject => ({
  layout: stackedLayout(spec, members),
  rows: showShape([members, 'each']),
  seeded: false,
  members,
  value(parameters, batch) {
    const { sums, counts } = memberLosses(spec, members, loss, parameters, batch)
    return sum(div(sums, maximum(counts, 1)))
  },
})

/** Inputs `parameters`, stacked, `data.NAME` [all, width] and `order` int32 [members x each]; output `sums` [members]. */
export function ensembleLossModel(
  spec: MlpSpec,
  members: number,
  loss: RowLossFn,
  widths: BatchWidths,
): Uint8Array {
  const { parameters, tensors } = stackedInputs(spec, members)
  const order = input('order', [showShape([members, 'each'])], 'int32')
  const data = Object.entries(widths).map(([field, width]) => ({
    field,
    all: input(dataName(field), ['all', width]),
  }))
  const batch = Object.fromEntries(data.map(({ field, all }) => [field, gather(all, order)]))
  const { sums } = memberLosses(spec, members, loss, tensors, batch)
  const inputs = [parameters, order, ...data.map(({ all }) => all)]
  return encodeModel(emitGraph({ name: 'loss', inputs, outputs: { sums } }))
}

/** Inputs `parameters`, stacked, and `inputs` [rows, inputs]; output `logits` [members, rows, outputs]. */
export function ensemblePredictionModel(spec: MlpSpec, members: number): Uint8Array {
  const { parameters, tensors } = stackedInputs(spec, members)
  const inputs = input('inputs', ['rows', spec.inputs])
  const logits = stackedForward(spec, members, tensors, fromRows(inputs, [1, 'rows']))
  return encodeModel(emitGraph({ name: 'ensemble', inputs: [parameters, inputs], outputs: { logits } }))
}

function stackedInputs(spec: MlpSpec, members: number) {
  const size = parameterCount(spec) * members
  const parameters = input('parameters', [size])
  const tensors = tensorsIn(stackedLayout(spec, members), [{ offset: 0, size, value: parameters }])
  return { parameters, tensors }
}
