/**
 * Activations: what a convolutional network still knows place by place, [channels, height, width] of a row, before it
 * forgets where things are.
 *
 *     image -> convolution, pooling, ..., last convolution, pooling -> [here] -> flatten or average -> ... -> logits
 *
 * Only networks of images with two axes of space have them; an imported graph does not tell where its own are.
 */
import { layersOf } from './architectures.ts'
import { frontOf, shapeBehind } from './front.ts'
import type { Layer } from './layers.ts'
import type { Network } from './network.ts'
import { sizeOf } from './shape.ts'
import type { NetworkSpec } from './spec.ts'

/** Channels, height and width; undefined where there are none. */
export function activationShape(spec: NetworkSpec): [number, number, number] | undefined {
  const layers = layersOf(spec)
  const depth = activationDepth(layers)
  if (depth === undefined) return undefined
  const shape = shapeBehind(spec, layers.slice(0, depth))
  const [, channels, height, width] = shape as number[]
  return shape.length === 4 ? [channels!, height!, width!] : undefined
}

/** How many of the layers make them: those up to what first rearranges the places behind the last convolution. */
export function activationDepth(layers: readonly Layer[]): number | undefined {
  const last = layers.findLastIndex(convolves)
  const behind = layers.slice(last).findIndex(({ kind }) => kind === 'rearrange')
  return last < 0 || behind < 0 ? undefined : last + behind
}

/** The network that answers them instead of logits, channels x height x width numbers a row. */
export function activationNetwork(network: Network): Network | undefined {
  const shape = activationShape(network.spec)
  if (!shape) return undefined
  const layers = layersOf(network.spec)
  const flatten: Layer = { kind: 'rearrange', name: 'flatten', to: 'flatten', extents: [] }
  return frontOf(network, [...layers.slice(0, activationDepth(layers)), flatten], sizeOf(shape))
}

const convolves = (layer: Layer): boolean =>
  layer.kind === 'conv' ||
  (layer.kind === 'residual' && [...layer.body, ...layer.shortcut].some((inner) => convolves(inner)))
