/**
 * Blobs as files: `<folder>/<first two digits of the hash>/<hash>`.
 *
 * A blob gets its name only once it is whole and flushed, so whatever has a name is whole; what a crash
 * left half-written lies in `<folder>/incoming` and is swept away at the next opening. Content is verified
 * on every read, and storing a blob again repairs it if its file has rotted.
 */
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Blobs } from '#federation/ports.ts'
import { hash, ready } from '#privacy/crypto.ts'
import { CollegiumError } from '#proto/errors.ts'
import { blobNotFound, reasonOf, systemCodeOf, writeError } from './errors.ts'
import { assertWritable, syncFolder, writeFileDurably } from './files.ts'

/** Opens, or creates, the store. Rejects with `STORE_UNWRITABLE`. */
export async function openFileBlobs(folder: string): Promise<Blobs> {
  await ready
  const incoming = path.join(folder, 'incoming')
  await assertWritable(incoming)
  for (const leftover of await readdir(incoming)) await rm(path.join(incoming, leftover), { force: true })

  const isIntact = async (name: string) => {
    const bytes = await readFile(fileOf(folder, name)).catch(() => undefined)
    return bytes !== undefined && hash(bytes) === name
  }

  return {
    async put(bytes) {
      const name = hash(bytes)
      if (await isIntact(name)) return name
      const shelf = path.dirname(fileOf(folder, name))
      try {
        if (await mkdir(shelf, { recursive: true })) await syncFolder(folder)
      } catch (error) {
        throw writeError(shelf, error)
      }
      await writeFileDurably(fileOf(folder, name), bytes, { tempFolder: incoming })
      return name
    },
    ...readFileBlobs(folder),
  }
}

/** The blobs in `folder` as they are, touching nothing: another process may be storing more meanwhile. */
export function readFileBlobs(folder: string): Pick<Blobs, 'get' | 'has'> {
  return {
    get: (name) => readFileBlob(folder, name),
    async has(name) {
      return (
        isHash(name) &&
        (await stat(fileOf(folder, name)).then(
          (found) => found.isFile(),
          () => false,
        ))
      )
    },
  }
}

/** The bytes, verified, whoever else has the store open; rejects with `BLOB_NOT_FOUND` or `BLOB_CORRUPT`. */
export async function readFileBlob(folder: string, name: string): Promise<Uint8Array> {
  if (!isHash(name)) throw blobNotFound(name)
  let bytes: Uint8Array
  try {
    bytes = new Uint8Array(await readFile(fileOf(folder, name)))
  } catch (cause) {
    if (systemCodeOf(cause) === 'ENOENT') throw blobNotFound(name)
    throw new CollegiumError('BLOB_CORRUPT', `Blob ${name} cannot be read: ${reasonOf(cause)}.`, {
      cause,
    })
  }
  if (hash(bytes) !== name) {
    throw new CollegiumError('BLOB_CORRUPT', `Blob ${name} does not match its hash: its file was altered.`)
  }
  return bytes
}

const fileOf = (folder: string, name: string) => path.join(folder, name.slice(0, 2), name)

/** A name comes from outside, and becomes a path: nothing but a hash may pass. */
function isHash(name: string): boolean {
  return /^[0-9a-f]{64}$/.test(name)
}
