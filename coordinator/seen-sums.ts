/** What the sums of all rounds so far say of what teachers see of items. */
import type { AttentionLesson } from '#distill/attention-lesson.ts'
import { HINT_WIDTH, type HintLesson } from '#distill/hint-lesson.ts'
import { depthsOf, relationKinds, type GramBlocks, type RelationLesson } from '#distill/relation-lesson.ts'
import type { SummedShare } from '#distill/rules.ts'
import { sharePartsOf, type ShareKindName } from '#distill/shares.ts'
import { blockStarts, GRAM_BLOCK, meanGramBlocks } from '#distill/shares/gram-blocks.ts'
import { LANDMARKS } from '#distill/shares/gram-landmarks.ts'
import { landmarkTarget } from '#distill/spectral.ts'
import type { Depth } from '#engine/embeddings.ts'
import { joined } from '#engine/data/matrix.ts'
import type { RunPlan } from '#federation/plan.ts'
import { CollegiumError } from '#proto/errors.ts'

/** Each absent where the run does not ask for it. */
export interface SeenLessons {
  /** How items lie to each other. */
  readonly relation?: RelationLesson
  /** Where they lie. */
  readonly hint?: HintLesson
  /** Where the teachers look in them. */
  readonly attention?: AttentionLesson
}

/** Of all items asked about so far, in the order asked. */
export function seenLessons(
  { relation, hint, attention }: Pick<RunPlan, keyof SeenLessons>,
  sums: readonly SummedShare[],
): SeenLessons {
  return {
    ...(relation && { relation: { ...relation, ...gramBlocksOf(sums, depthsOf(relation.depths)) } }),
    ...(hint !== undefined && { hint: { weight: hint, targets: hintOf(sums) } }),
    ...(attention !== undefined && { attention: { weight: attention, maps: mapsOf(sums) } }),
  }
}

/** The mean Gram matrices of each depth, block after block; rows count on from round to round. */
function gramBlocksOf(sums: readonly SummedShare[], depths: readonly Depth[]): GramBlocks {
  let before = 0
  const starts = sums.flatMap(({ rows }) => {
    const own = blockStarts(rows).map((start) => before + start)
    before += rows
    return own
  })
  const rows = starts.flatMap((start) => Array.from({ length: GRAM_BLOCK }, (_, i) => start + i))
  const grams = depths.map((depth) => [depth, gramsOf(sums, relationKinds[depth])])
  return { rows: Int32Array.from(rows), grams: Object.fromEntries(grams) }
}

/** Of all rounds, one behind the other. */
const gramsOf = (sums: readonly SummedShare[], kind: ShareKindName): Float32Array =>
  joined(sums.map((share) => meanGramBlocks(sumOfKind(share, kind), share.rows, share.sites)))

/** Coordinates of all items, rows x 16; throws where there are landmarks of more than one round. */
function hintOf(sums: readonly SummedShare[]): Float32Array {
  const [share, ...more] = sums
  if (!share || more.length > 0) throw new CollegiumError('INTERNAL', 'A hint takes one round.')
  const cosines = sumOfKind(share, 'gram-landmarks').map((value) => value / share.sites)
  return landmarkTarget(cosines, LANDMARKS, HINT_WIDTH)
}

/** The sites' mean maps of attention, rows x 49. */
function mapsOf(sums: readonly SummedShare[]): Float32Array {
  const means = sums.flatMap((share) =>
    Array.from(sumOfKind(share, 'attention-maps'), (value) => value / share.sites),
  )
  return Float32Array.from(means)
}

function sumOfKind(share: SummedShare, kind: ShareKindName): Float64Array {
  const part = sharePartsOf(share).find(({ name }) => name === kind)
  if (!part) throw new CollegiumError('INTERNAL', `There is no sum of ${kind}.`)
  return share.sum.subarray(part.offset, part.offset + part.length)
}
