/** Blobs of the coordinator, fetched in chunks, verified against the hash that was signed, and kept. */
import type { Blobs } from '#federation/ports.ts'
import { hash } from '#privacy/crypto.ts'
import { CollegiumError, errorCodeOf, type ErrorCode } from '#proto/errors.ts'
import { limits } from '#proto/limits.ts'
import type { Session } from './session.ts'

/** The blob's bytes. `name` is for sentences ("transfer set"), `mismatch` the code when the content is not what was promised. */
export type FetchBlob = (wanted: string, name: string, mismatch?: ErrorCode) => Promise<Uint8Array>

/**
 * Rejects with `mismatch` when what arrives does not have the wanted hash; nothing is kept then. A transfer
 * that a lost link cuts short goes on where it stopped, the next time it is asked for.
 */
export function createBlobFetcher(session: Session, blobs: Blobs): FetchBlob {
  const partial = new Map<string, Uint8Array[]>()

  const download = async (wanted: string, name: string, mismatch: ErrorCode): Promise<Uint8Array> => {
    const wrong = (what: string) => new CollegiumError(mismatch, `The ${name} that arrived ${what}.`)
    const chunks = partial.get(wanted) ?? []
    partial.set(wanted, chunks)
    let offset = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
    for (let total = Infinity; offset < total;) {
      const chunk = await session.request({ kind: 'blobRequest', hash: wanted, offset })
      const goesOn =
        chunk.hash === wanted &&
        chunk.offset === offset &&
        (chunk.content.length > 0 || chunk.total === offset)
      if (!goesOn || chunk.total > limits.blobBytes.value || offset + chunk.content.length > chunk.total) {
        partial.delete(wanted)
        throw wrong('is cut in a way that does not fit together, or too large')
      }
      chunks.push(chunk.content)
      offset += chunk.content.length
      total = chunk.total
    }
    partial.delete(wanted)
    const bytes = new Uint8Array(Buffer.concat(chunks))
    if (hash(bytes) !== wanted) throw wrong('does not have the hash that was signed')
    return bytes
  }

  return async (wanted, name, mismatch = 'FRAME_MALFORMED') => {
    const kept = await blobs.get(wanted).catch((error: unknown) => {
      if (errorCodeOf(error) === 'BLOB_NOT_FOUND' || errorCodeOf(error) === 'BLOB_CORRUPT') return undefined
      throw error
    })
    if (kept) return kept
    const bytes = await download(wanted, name, mismatch)
    await blobs.put(bytes)
    return bytes
  }
}
