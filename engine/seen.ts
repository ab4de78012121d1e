/** What a network sees on the way to its logits, for losses that teach more than what it answers. */
import { activationDepth } from './activations.ts'
import { layersOf } from './architectures.ts'
import { embeddingDepth } from './embeddings.ts'
import type { Expr } from './expr.ts'
import { applyLayers } from './layers.ts'
import type { Pass } from './layers.ts'
import type { NetworkSpec } from './spec.ts'

/** Each absent where the network has none (`embeddings.ts`, `activations.ts`). */
export interface Seen {
  /** [batch, width], what the last layer reads. */
  readonly embeddings?: Expr | undefined
  /** [batch, channels, height, width], what is left place by place behind the last convolution. */
  readonly activations?: Expr | undefined
}

/** As `forward`, and what was seen on the way. */
export function forwardSeeing(
  spec: NetworkSpec,
  parameters: ReadonlyMap<string, Expr>,
  inputs: Expr,
  training?: Pass['training'],
): { logits: Expr; seen: Seen } {
  const pass: Pass = { parameter: (name) => parameters.get(name)!, training }
  const layers = layersOf(spec)
  const values = [inputs]
  for (const layer of layers) values.push(applyLayers([layer], values.at(-1)!, pass))
  const after = (depth: number | undefined): Expr | undefined =>
    depth === undefined ? undefined : values[depth]
  const activations = after(activationDepth(layers))
  return {
    logits: values.at(-1)!,
    seen: {
      embeddings: after(embeddingDepth(layers)),
      activations: activations?.shape.length === 4 ? activations : undefined,
    },
  }
}
