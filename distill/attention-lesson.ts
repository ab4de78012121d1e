/**
 * Attention transfer (Zagoruyko and Komodakis, arXiv 1612.03928): a convolutional student learns where the teachers look,
 * beside the loss.
 */
import { EngineError } from '#engine/errors.ts'
import { field } from '#engine/losses.ts'
import { add, mean, mul } from '#engine/ops.ts'
import type { Lesson } from './lesson.ts'
import { ATTENTION_PLACES, attentionMap, attentionRows } from './losses/features.ts'

export interface AttentionLesson {
  /** rows x 49, the teachers' mean maps. */
  readonly maps: Float32Array
  /** Beside the other loss, whose weight is 1. */
  readonly weight: number
}

/** The same lesson with maps in it. The loss throws `ENGINE_SPEC_INVALID` for a student that does not convolve images. */
export function withAttention({ maps, weight }: AttentionLesson, { batch, loss }: Lesson): Lesson {
  return {
    batch: { ...batch, attention: { data: maps, width: ATTENTION_PLACES } },
    loss: (logits, given, seen) => {
      if (!seen?.activations)
        throw new EngineError(
          'ENGINE_SPEC_INVALID',
          'A student without convolutions of images looks nowhere.',
        )
      const rows = attentionRows(attentionMap(seen.activations), field(given, 'attention'))
      return add(loss(logits, given, seen), mul(mean(rows), weight))
    },
  }
}
