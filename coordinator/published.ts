/** What sites may fetch from the coordinator, a chunk at a time: what runs refer to, never each other's answers. */
import type { Blobs } from '#federation/ports.ts'
import type { FederationState } from '#federation/state.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { BodyOf } from '#proto/frames.ts'
import { limits } from '#proto/limits.ts'

/** Rejects with `BLOB_NOT_FOUND` for a hash that is not published. */
export type PublishedChunks = (
  state: FederationState,
  request: Pick<BodyOf<'blobRequest'>, 'hash' | 'offset'>,
) => Promise<BodyOf<'blobChunk'>>

export function publishedChunks(blobs: Blobs): PublishedChunks {
  const get = rememberLast(blobs)
  return async (state, { hash, offset }) => {
    if (!isPublished(state, hash))
      throw new CollegiumError('BLOB_NOT_FOUND', 'The coordinator publishes no blob with this hash.')
    const bytes = await get(hash)
    const content = bytes.subarray(offset, offset + limits.blobChunkBytes.value)
    return { kind: 'blobChunk', hash, offset, total: bytes.byteLength, content }
  }
}

/** A blob travels in chunks to several sites at once: it is read and verified once, not for each chunk. */
function rememberLast(blobs: Blobs): (hash: string) => Promise<Uint8Array> {
  let last: { readonly hash: string; readonly bytes: Uint8Array } | undefined
  return async (hash) => {
    if (last?.hash !== hash) last = { hash, bytes: await blobs.get(hash) }
    return last.bytes
  }
}

function isPublished(state: FederationState, wanted: string): boolean {
  if (state.founded?.schemaHash === wanted) return true
  return Object.values(state.runs).some(
    ({ plan, student, candidates, digestHash, reportHash, files }) =>
      plan.transfer.hash === wanted ||
      plan.transfer.labelsHash === wanted ||
      plan.schemaHash === wanted ||
      student?.networkHash === wanted ||
      candidates.some(({ networkHash }) => networkHash === wanted) ||
      digestHash === wanted ||
      reportHash === wanted ||
      files?.some((file) => file.hash === wanted),
  )
}
