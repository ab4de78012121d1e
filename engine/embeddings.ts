/**
 * Embeddings: a row as a network sees it on the way to its logits, at a depth.
 *
 *     inputs -> hidden 1 -> hidden 2 -> ... -> hidden H -> last dense layer -> logits
 *                                 [a depth]        [the last depth: all that the last dense layer reads]
 *
 * Depths are thirds of the way, so that networks that correspond in no layer have as many. Depth d is hidden layer
 * ceil(d H / 3), where a hidden layer ends with what an activation leaves: dense, convolution, residual block, or the
 * block of a transformer. Its places or tokens, where it has such, are averaged. A network of one hidden layer has that at
 * every depth.
 *
 * Only a network that learns what to see has embeddings: one that ends in a dense layer, with parameters before that. A
 * linear model sees the inputs themselves, and an imported graph does not tell where it begins to decide.
 */
import { layersOf } from './architectures.ts'
import { frontOf, shapeBehind } from './front.ts'
import { parametersOf } from './layers.ts'
import type { Dense, Layer, Rearrange } from './layers.ts'
import type { Network } from './network.ts'
import type { NetworkSpec } from './spec.ts'

/** In thirds of the way to the last hidden layer. */
export type Depth = 1 | 2 | 3

/** Numbers in an embedding of the last depth; undefined where there is none. */
export const embeddingWidth = (spec: NetworkSpec): number | undefined => parted(layersOf(spec))?.last.inputs

/** What makes an embedding of layers: the first so many of them, and then a mean over what they leave. */
export interface EmbeddingFront {
  readonly count: number
  readonly mean: readonly Layer[]
}

/** Undefined where the layers have no embeddings. */
export function embeddingFront(layers: readonly Layer[], depth: Depth): EmbeddingFront | undefined {
  const body = parted(layers)?.body
  if (!body) return undefined
  const ends = body.flatMap((layer, i) => (activates(layer) ? [i + 1] : []))
  // Pooling, normalisation and the like behind the last activation are part of what the last dense layer reads.
  const hidden = [...ends.slice(0, -1), body.length]
  const count = hidden[Math.ceil((depth * hidden.length) / 3) - 1]!
  return { count, mean: count === body.length ? [] : meanBehind(body.slice(0, count)) }
}

/** The network that answers embeddings instead of logits, with the parameters it has. */
export function embeddingNetwork(network: Network, depth: Depth): Network | undefined {
  const layers = layersOf(network.spec)
  const front = embeddingFront(layers, depth)
  if (!front) return undefined
  const making = [...layers.slice(0, front.count), ...front.mean]
  return frontOf(network, making, shapeBehind(network.spec, making)[1] as number)
}

/** Behind the last dense layer an activation may stand, and nothing else. */
function parted(layers: readonly Layer[]): { body: readonly Layer[]; last: Dense } | undefined {
  const at = layers.findLastIndex(({ kind }) => kind !== 'activation')
  const [body, last] = [layers.slice(0, at), layers[at]]
  return last?.kind === 'dense' && body.flatMap(parametersOf).length > 0 ? { body, last } : undefined
}

/** The attention of a transformer's block does not, what follows it does: together they are one hidden layer. */
const activates = (layer: Layer): boolean =>
  ('activation' in layer && layer.activation !== 'linear') ||
  (layer.kind === 'residual' && layer.body.some(activates))

/** By how the rows were last arranged: to one axis, which takes no more. */
const meanOver: Partial<Record<Rearrange['to'], Rearrange['to']>> = {
  channelsFirst: 'globalAverage',
  channelsLast: 'flatten',
  tokens: 'meanToken',
}

function meanBehind(front: readonly Layer[]): Layer[] {
  const arranging = front.findLast(({ kind }) => kind === 'rearrange' || kind === 'embedding')
  const arranged = arranging?.kind === 'rearrange' ? arranging.to : arranging && 'tokens'
  const to = arranged && meanOver[arranged]
  return to ? [{ kind: 'rearrange', name: 'mean', to, extents: [] }] : []
}
