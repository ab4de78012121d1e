/** Teaching a student how items lie to each other, beside what each of them is: a relation loss, a block a step. */
import type { BatchData } from '#engine/batch.ts'
import { EngineError } from '#engine/errors.ts'
import { field } from '#engine/losses.ts'
import { add, mul, regroup } from '#engine/ops.ts'
import type { Lesson } from './lesson.ts'
import { relationLosses, type RelationLossName } from './losses/relations.ts'
import { GRAM_BLOCK } from './shares/gram-blocks.ts'

/** The teachers' Gram matrices of blocks of 64 items. */
export interface GramBlocks {
  /** Which rows of the data are in the blocks, blocks x 64; a row may be in two. */
  readonly rows: Int32Array
  /** blocks x 64 x 64. */
  readonly gram: Float32Array
}

export interface RelationLesson extends GramBlocks {
  readonly loss: RelationLossName
  /** Beside the other loss, whose weight is 1. */
  readonly weight: number
}

/**
 * The same lesson with the relation in it: a batch is one block, so its size must be 64, and embeddings are the
 * student's. The loss throws `ENGINE_SPEC_INVALID` for a student that has none.
 */
export function withRelation(
  { loss: name, weight, rows, gram }: RelationLesson,
  { batch, loss }: Lesson,
): Lesson & { readonly keepNeighbours: true } {
  const dealt = Object.entries(batch).map(([key, tensor]) => [key, taken(tensor, rows)])
  return {
    batch: { ...Object.fromEntries(dealt), gram: { data: gram, width: GRAM_BLOCK } },
    keepNeighbours: true,
    loss: (logits, given, seen) => {
      const embeddings = seen?.embeddings
      const width = embeddings?.shape[1]
      if (!embeddings || width === undefined)
        throw new EngineError(
          'ENGINE_SPEC_INVALID',
          'A student without a hidden layer sees nothing to compare items by.',
        )
      const relation = relationLosses[name].loss(
        regroup(embeddings, [GRAM_BLOCK, width]),
        regroup(field(given, 'gram'), [GRAM_BLOCK, GRAM_BLOCK]),
      )
      return add(loss(logits, given, seen), mul(relation, weight))
    },
  }
}

function taken({ data, width }: BatchData[string], rows: Int32Array): BatchData[string] {
  const some = new Float32Array(rows.length * width)
  rows.forEach((row, at) => some.set(data.subarray(row * width, (row + 1) * width), at * width))
  return { data: some, width }
}
