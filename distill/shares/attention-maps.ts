/**
 * The share kind that says where a site's teacher looks in each image (its map of attention), and nothing of what it
 * predicts: 49 numbers an item, on one grid for all sites (`losses/features.ts`), of length 1 together.
 */
import { ATTENTION_PLACES } from '../losses/features.ts'
import { USUAL_SCALE, type ShareKind } from './kind.ts'

/** rows x 49. */
export const attentionMaps = {
  purpose: 'teach',
  encoding: 'weights',
  scale: USUAL_SCALE,
  clip: 1,
  readsAttention: true,
  length: ({ rows }) => rows * ATTENTION_PLACES,
  largest: ({ clip }) => clip,
  /**
   * Maps have no negative numbers and are of length 1 or 0, so two of an item have a product of at least 0 and lie at
   * most sqrt(2) apart in L2; and so 7 sqrt(2) in L1, over 49 places.
   */
  sensitivity: ({ rows }) => ({
    unit: 'site',
    l1: rows * Math.sqrt(2 * ATTENTION_PLACES),
    l2: Math.sqrt(2 * rows),
  }),
  compute: ({ attention, clip }) => {
    if (!attention) throw new TypeError('internal: a share of attention needs maps')
    return Float64Array.from(attention, (value) => Math.max(0, Math.min(clip, value)))
  },
} as const satisfies ShareKind
