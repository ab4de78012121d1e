/** What a network sees on the way to its logits, for losses that teach more than what it answers. */
import { activationDepth } from './activations.ts'
import { layersOf } from './architectures.ts'
import { embeddingFront, type Depth } from './embeddings.ts'
import type { Expr } from './expr.ts'
import { applyLayers } from './layers.ts'
import type { Pass } from './layers.ts'
import type { NetworkSpec } from './spec.ts'

/** Each absent where the network has none (`embeddings.ts`, `activations.ts`). */
export interface Seen {
  /** [batch, width] at each depth. */
  readonly embeddings?: Readonly<Record<Depth, Expr>> | undefined
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
  const embedding = (depth: Depth): Expr | undefined => {
    const front = embeddingFront(layers, depth)
    return front && applyLayers(front.mean, values[front.count]!, pass)
  }
  const [early, middle, last] = [embedding(1), embedding(2), embedding(3)]
  const activations = values[activationDepth(layers) ?? -1]
  return {
    logits: values.at(-1)!,
    seen: {
      embeddings: early && middle && last && { 1: early, 2: middle, 3: last },
      activations: activations?.shape.length === 4 ? activations : undefined,
    },
  }
}
