/**
 * Embeddings: what a network's last dense layer reads, a row as the network sees it before it decides.
 *
 * Only a network that learns what to see has them: one that ends in a dense layer, with parameters before that. A
 * linear model sees the inputs themselves, and an imported graph does not tell where it begins to decide.
 */
import { layersOf } from './architectures.ts'
import type { Expr } from './expr.ts'
import { applyLayers, parametersOf } from './layers.ts'
import type { Dense, Layer, Pass } from './layers.ts'
import { layoutOf, parameterCount } from './layout.ts'
import { namedParameters } from './network.ts'
import type { Network } from './network.ts'
import { parseSpec } from './spec.ts'
import type { NetworkSpec } from './spec.ts'

/** Numbers in an embedding; undefined where there is none. */
export const embeddingWidth = (spec: NetworkSpec): number | undefined => parted(layersOf(spec))?.last.inputs

/** The network that answers embeddings instead of logits, with the parameters it has. */
export function embeddingNetwork(network: Network): Network | undefined {
  const { inputs } = network.spec
  const parts = parted(layersOf(network.spec))
  if (!parts) return undefined
  const spec = parseSpec({ kind: 'layers', inputs, layers: parts.body, outputs: parts.last.inputs })
  const held = new Map(namedParameters(network).map(({ name, data }) => [name, data]))
  const parameters = new Float32Array(parameterCount(spec))
  for (const { name, offset } of layoutOf(spec)) parameters.set(held.get(name)!, offset)
  return { spec, parameters }
}

/** As `forward`, and the embeddings [batch, width] on the way, where there are any. */
export function forwardWithEmbeddings(
  spec: NetworkSpec,
  parameters: ReadonlyMap<string, Expr>,
  inputs: Expr,
  training?: Pass['training'],
): { logits: Expr; embeddings: Expr | undefined } {
  const pass: Pass = { parameter: (name) => parameters.get(name)!, training }
  const layers = layersOf(spec)
  const parts = parted(layers)
  if (!parts) return { logits: applyLayers(layers, inputs, pass), embeddings: undefined }
  const embeddings = applyLayers(parts.body, inputs, pass)
  return { logits: applyLayers(layers.slice(parts.body.length), embeddings, pass), embeddings }
}

/** Behind the last dense layer an activation may stand, and nothing else. */
function parted(layers: readonly Layer[]): { body: readonly Layer[]; last: Dense } | undefined {
  const at = layers.findLastIndex(({ kind }) => kind !== 'activation')
  const [body, last] = [layers.slice(0, at), layers[at]]
  return last?.kind === 'dense' && body.flatMap(parametersOf).length > 0 ? { body, last } : undefined
}
