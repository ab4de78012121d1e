/** A network: its spec, and all its parameters as one flat vector. */
import { recut } from './blocks.ts'
import type { Piece } from './blocks.ts'
import type { Expr } from './expr.ts'
import { applyLayer } from './layers.ts'
import { reshape } from './ops.ts'
import type { Random } from './random.ts'
import { layersOf, layoutOf, parameterCount } from './spec.ts'
import type { NetworkSpec, ParameterSlice } from './spec.ts'

export interface Network {
  readonly spec: NetworkSpec
  /** Laid out as `layoutOf(spec)` says. */
  readonly parameters: Float32Array
}

/**
 * Fresh parameters. Weights before relu and gelu are normal with variance 2 / fan-in (He et al., ICCV 2015),
 * others uniform within sqrt(6 / (fan-in + fan-out)) (Glorot and Bengio, AISTATS 2010, eq. 16); biases are 0.
 * Each tensor draws from its own stream, so changing one layer leaves the others' values as they were.
 */
export function initialise(spec: NetworkSpec, random: Random): Network {
  const parameters = new Float32Array(parameterCount(spec))
  for (const { name, initial, shape, offset, size } of layoutOf(spec)) {
    if (initial === 'zeros') continue
    const stream = random.fork(name)
    const [fanIn = 1, fanOut = 1] = shape
    const deviation = Math.sqrt(2 / fanIn)
    const bound = Math.sqrt(6 / (fanIn + fanOut))
    const draw =
      initial === 'he-normal' ? () => deviation * stream.normal() : () => bound * (2 * stream.next() - 1)
    for (let i = offset; i < offset + size; i++) parameters[i] = draw()
  }
  return { spec, parameters }
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
  const layout = layoutOf(spec)
  const values = recut(pieces, layout)
  return new Map(layout.map(({ name, shape }, i) => [name, reshape(values[i]!, shape)]))
}

/** The logits of a batch: inputs [batch, features] give [batch, outputs]. */
export function forward(spec: NetworkSpec, parameters: ReadonlyMap<string, Expr>, inputs: Expr): Expr {
  return layersOf(spec).reduce((x, layer) => applyLayer(layer, x, (name) => parameters.get(name)!), inputs)
}
