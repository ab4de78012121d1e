/** What a teacher tells of how it sees items, as far as a question asks for it. */
import type { SharePart } from '#distill/shares.ts'
import type { Embeddings, Sights } from '#distill/share-input.ts'
import type { Depth } from '#engine/embeddings.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { Teacher } from './teacher/teacher.ts'

/** Rejects with `POLICY_REFUSED` where the teacher has no such thing to tell. */
export async function sightsOf(
  teacher: Teacher,
  kinds: readonly SharePart[],
  inputs: Float32Array,
  rows: number,
): Promise<Sights> {
  const depths = new Set(kinds.flatMap(({ kind }) => kind.readsEmbeddings ?? []))
  const looks = kinds.some(({ kind }) => kind.readsAttention)
  const told = async <T>(sight: Promise<T> | undefined, lacking: string): Promise<T> => {
    if (sight) return sight
    throw new CollegiumError('POLICY_REFUSED', `This site's teacher has no ${lacking}.`)
  }
  const embeddings: Partial<Record<Depth, Embeddings>> = {}
  for (const depth of depths)
    embeddings[depth] = await told(
      teacher.embeddings?.(inputs, rows, depth),
      'hidden layer whose numbers could tell how items lie to each other',
    )
  return {
    ...(depths.size > 0 && { embeddings }),
    ...(looks && {
      attention: await told(
        teacher.attention?.(inputs, rows),
        'convolutions of images that could tell where it looks',
      ),
    }),
  }
}
