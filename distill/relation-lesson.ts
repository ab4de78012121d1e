/**
 * Teaching a student how items lie to each other, beside what each of them is: a relation loss, a block a step.
 *
 * At several depths the student is patient (PKD-Skip: Sun et al., arXiv 1908.09355): its earlier hidden layers learn too,
 * each from those of the teachers that are as far on the way. The paper compares what layers say of an item, of one
 * teacher as wide as the student; here it is how items lie to each other, so that widths and architectures may differ.
 */
import type { BatchData } from '#engine/batch.ts'
import type { Depth } from '#engine/embeddings.ts'
import { EngineError } from '#engine/errors.ts'
import { field } from '#engine/losses.ts'
import type { Expr } from '#engine/expr.ts'
import { add, mul, regroup } from '#engine/ops.ts'
import type { Lesson } from './lesson.ts'
import { relationLosses, type RelationLossName } from './losses/relations.ts'
import type { ShareKindName } from './shares.ts'
import { GRAM_BLOCK } from './shares/gram-blocks.ts'

/** What says how items lie to each other at a depth. */
export const relationKinds = {
  1: 'gram-blocks-third',
  2: 'gram-blocks-two-thirds',
  3: 'gram-blocks',
} as const satisfies Record<Depth, ShareKindName>

/** So many depths as a relation is taught at, the last hidden layer among them. */
export const depthsOf = (count: 1 | 3 = 1): readonly Depth[] => (count === 3 ? [1, 2, 3] : [3])

/** The teachers' Gram matrices of blocks of 64 items. */
export interface GramBlocks {
  /** Which rows of the data are in the blocks, blocks x 64; a row may be in two. */
  readonly rows: Int32Array
  /** At each depth that is taught, blocks x 64 x 64. */
  readonly grams: Partial<Readonly<Record<Depth, Float32Array>>>
}

export interface RelationLesson extends GramBlocks {
  readonly loss: RelationLossName
  /** Of the mean over depths, beside the other loss, whose weight is 1. */
  readonly weight: number
}

/**
 * The same lesson with the relation in it: a batch is one block, so its size must be 64, and embeddings are the
 * student's. The loss throws `ENGINE_SPEC_INVALID` for a student that has none.
 */
export function withRelation(
  { loss: name, weight, rows, grams }: RelationLesson,
  { batch, loss }: Lesson,
): Lesson & { readonly keepNeighbours: true } {
  const dealt = Object.entries(batch).map(([key, tensor]) => [key, taken(tensor, rows)])
  const depths = ([1, 2, 3] as const).filter((depth) => grams[depth])
  const told = depths.map((depth) => [gramField(depth), { data: grams[depth]!, width: GRAM_BLOCK }])
  return {
    batch: { ...Object.fromEntries(dealt), ...Object.fromEntries(told) },
    keepNeighbours: true,
    loss: (logits, given, seen) => {
      const embeddings = seen?.embeddings
      if (!embeddings)
        throw new EngineError(
          'ENGINE_SPEC_INVALID',
          'A student without a hidden layer sees nothing to compare items by.',
        )
      const relations = depths.map((depth) =>
        relationAt(name, embeddings[depth], field(given, gramField(depth))),
      )
      return add(loss(logits, given, seen), mul(relations.reduce(add), weight / depths.length))
    },
  }
}

const gramField = (depth: Depth): string => `gram${depth}`

const relationAt = (loss: RelationLossName, embeddings: Expr, gram: Expr): Expr =>
  relationLosses[loss].loss(
    regroup(embeddings, [GRAM_BLOCK, embeddings.shape[1] as number]),
    regroup(gram, [GRAM_BLOCK, GRAM_BLOCK]),
  )

function taken({ data, width }: BatchData[string], rows: Int32Array): BatchData[string] {
  const some = new Float32Array(rows.length * width)
  rows.forEach((row, at) => some.set(data.subarray(row * width, (row + 1) * width), at * width))
  return { data: some, width }
}
