/**
 * Embeddings: what a network's last dense layer reads, a row as the network sees it before it decides.
 *
 * Only a network that learns what to see has them: one that ends in a dense layer, with parameters before that. A
 * linear model sees the inputs themselves, and an imported graph does not tell where it begins to decide.
 */
import { layersOf } from './architectures.ts'
import { frontOf } from './front.ts'
import { parametersOf } from './layers.ts'
import type { Dense, Layer } from './layers.ts'
import type { Network } from './network.ts'
import type { NetworkSpec } from './spec.ts'

/** Numbers in an embedding; undefined where there is none. */
export const embeddingWidth = (spec: NetworkSpec): number | undefined => parted(layersOf(spec))?.last.inputs

/** How many of the layers make the embedding. */
export const embeddingDepth = (layers: readonly Layer[]): number | undefined => parted(layers)?.body.length

/** The network that answers embeddings instead of logits, with the parameters it has. */
export function embeddingNetwork(network: Network): Network | undefined {
  const parts = parted(layersOf(network.spec))
  return parts && frontOf(network, parts.body, parts.last.inputs)
}

/** Behind the last dense layer an activation may stand, and nothing else. */
function parted(layers: readonly Layer[]): { body: readonly Layer[]; last: Dense } | undefined {
  const at = layers.findLastIndex(({ kind }) => kind !== 'activation')
  const [body, last] = [layers.slice(0, at), layers[at]]
  return last?.kind === 'dense' && body.flatMap(parametersOf).length > 0 ? { body, last } : undefined
}
