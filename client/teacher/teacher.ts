/**
 * The teacher port: any model a site can ask for predictions. One contract suite (`teacher.test.ts`) runs on
 * every kind.
 */
import type { Embeddings } from '#distill/share-input.ts'
import type { Depth } from '#engine/embeddings.ts'
import type { Network } from '#engine/network.ts'
import type { Predictor } from '#engine/predictor.ts'

export interface Teacher {
  readonly kind: string
  /** Blob: the network or model it answers with. */
  readonly networkHash: string
  /** rows x features, row-major, give rows x classes. A teacher that knows only probabilities gives their logarithms. */
  logits(inputs: Float32Array, rows: number): Promise<Float32Array>
  /** What it sees of each row on the way to its logits, at a depth, of a teacher that tells. */
  embeddings?(inputs: Float32Array, rows: number, depth: Depth): Promise<Embeddings>
  /** Where it looks in each image, rows x 49, of a teacher that tells. */
  attention?(inputs: Float32Array, rows: number): Promise<Float32Array>
  /** Of a teacher that can take in what others said, between rounds. */
  readonly learner?: Learner
  /** Of a teacher made of sub-teachers: the logits of each. */
  memberLogits?(inputs: Float32Array, rows: number): Promise<readonly Float32Array[]>
  release(): Promise<void>
}

export interface Learner {
  readonly network: Network
  /** Whether the site's own rows may teach it again; those of a privately trained teacher may not. */
  readonly seesOwnRows: boolean
}

export function teacherOf(kind: string, predictor: Predictor, networkHash: string): Teacher {
  return {
    kind,
    networkHash,
    logits: (inputs, rows) => predictor.logits(inputs, rows),
    release: () => predictor.release(),
  }
}
