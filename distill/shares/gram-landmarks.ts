/**
 * The share kind that says how every item lies to 64 of them, the landmarks, in what a site's teacher sees.
 *
 * It is a strip of the Gram matrix of which `gram-blocks` has the diagonal: N x 64 cosines, from which follow
 * coordinates for all items in one space (`spectral.ts`), and not in one of its own for every block.
 */
import { GRAM_BLOCK, unitRows } from './gram-blocks.ts'
import { USUAL_SCALE, type ShareKind } from './kind.ts'

/** The first so many items of a question. */
export const LANDMARKS = GRAM_BLOCK

/** rows x 64, the cosines of each item with each landmark. */
export const gramLandmarks = {
  purpose: 'teach',
  encoding: 'bounded',
  scale: USUAL_SCALE,
  clip: 1,
  readsEmbeddings: 3,
  fewestRows: LANDMARKS,
  length: ({ rows }) => rows * LANDMARKS,
  largest: ({ clip }) => clip,
  /** Each value moves by 2 at most. */
  sensitivity: ({ rows }) => ({
    unit: 'site',
    l1: 2 * rows * LANDMARKS,
    l2: 2 * Math.sqrt(rows * LANDMARKS),
  }),
  compute: ({ rows, embeddings, clip }) => {
    const { cosine } = unitRows(embeddings)
    return Float64Array.from({ length: rows * LANDMARKS }, (_, at) =>
      Math.max(-clip, Math.min(clip, cosine(Math.floor(at / LANDMARKS), at % LANDMARKS))),
    )
  },
} as const satisfies ShareKind
