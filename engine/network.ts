/** A network: its spec, and all its parameters as one flat vector. */
import { layersOf } from './architectures.ts'
import { recut } from './blocks.ts'
import type { Piece } from './blocks.ts'
import { input, topologicalOrder } from './expr.ts'
import type { Expr } from './expr.ts'
import { applyLayers } from './layers.ts'
import type { Pass } from './layers.ts'
import { layoutOf, parameterCount } from './layout.ts'
import type { ParameterSlice } from './layout.ts'
import { reshape } from './ops.ts'
import type { Random } from './random.ts'
import { sizeOf } from './shape.ts'
import type { NetworkSpec } from './spec.ts'

export interface Network {
  readonly spec: NetworkSpec
  /** Laid out as `layoutOf(spec)` says. */
  readonly parameters: Float32Array
}

/**
 * Fresh parameters. Weights before relu and its kin are normal with variance 2 / fan-in (He et al., ICCV 2015),
 * others uniform within sqrt(6 / (fan-in + fan-out)) (Glorot and Bengio, AISTATS 2010, eq. 16); biases are 0, embeddings normal
 * with deviation 0.02 (Devlin et al., arXiv 1810.04805). A kernel [outputs, inputs, ...window] has fan-in inputs x window.
 * Each tensor draws from its own stream, so changing one layer leaves the others' values as they were.
 */
export function initialise(spec: NetworkSpec, random: Random): Network {
  const parameters = new Float32Array(parameterCount(spec))
  for (const { name, initial, shape, offset, size } of layoutOf(spec)) {
    const values = parameters.subarray(offset, offset + size)
    if (initial === 'zeros' || initial === 'ones') {
      values.fill(initial === 'ones' ? 1 : 0)
      continue
    }
    const stream = random.fork(name)
    const [fanIn, fanOut] = fansOf(shape)
    const deviation = initial === 'small-normal' ? 0.02 : Math.sqrt(2 / fanIn)
    const bound = Math.sqrt(6 / (fanIn + fanOut))
    const draw =
      initial === 'glorot-uniform' ? () => bound * (2 * stream.next() - 1) : () => deviation * stream.normal()
    for (let i = 0; i < size; i++) values[i] = draw()
  }
  return { spec, parameters }
}

function fansOf([first = 1, second = 1, ...window]: readonly number[]): [number, number] {
  const area = window.reduce((a, b) => a * b, 1)
  return window.length === 0 ? [first, second] : [second * area, first * area]
}

/** The parameters by name, as views into the network's vector. */
export function namedParameters({ spec, parameters }: Network): (ParameterSlice & { data: Float32Array })[] {
  return layoutOf(spec).map((slice) => ({
    ...slice,
    data: parameters.subarray(slice.offset, slice.offset + slice.size),
  }))
}

/** The named tensors of a spec, cut from the pieces that hold its flat vector. */
export function parameterTensors(spec: NetworkSpec, pieces: readonly Piece[]): Map<string, Expr> {
  return tensorsIn(layoutOf(spec), pieces)
}

export function tensorsIn(layout: readonly ParameterSlice[], pieces: readonly Piece[]): Map<string, Expr> {
  const values = recut(pieces, layout)
  return new Map(layout.map(({ name, shape }, i) => [name, reshape(values[i]!, shape)]))
}

/**
 * The logits of a batch: inputs [batch, features] give [batch, outputs]. With `training`, dropout drops and batch
 * normalisation goes by the batch, and tells its new running statistics.
 */
export function forward(
  spec: NetworkSpec,
  parameters: ReadonlyMap<string, Expr>,
  inputs: Expr,
  training?: Pass['training'],
): Expr {
  return applyLayers(layersOf(spec), inputs, { parameter: (name) => parameters.get(name)!, training })
}

/** Multiplications of one row's forward pass, those of its matrix products and convolutions. */
export function workPerRow(spec: NetworkSpec): number {
  const parameters = new Map(
    layoutOf(spec).map(({ name, shape }): [string, Expr] => [name, input(name, shape)]),
  )
  const logits = forward(spec, parameters, input('inputs', [1, spec.inputs]))
  return topologicalOrder([logits]).reduce((total, node) => {
    if (node.kind !== 'apply') return total
    const [left, right] = node.inputs
    if (node.op === 'Gemm' || node.op === 'MatMul')
      return total + sizeOf(node.shape) * (left!.shape.at(-1) as number)
    return node.op === 'Conv' ? total + sizeOf(node.shape) * sizeOf(right!.shape.slice(1)) : total
  }, 0)
}
