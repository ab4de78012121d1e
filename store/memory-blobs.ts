/** Blobs that last as long as the process: for simulation and tests. */
import type { Blobs } from '#federation/ports.ts'
import { hash, ready } from '#privacy/crypto.ts'
import { blobNotFound } from './errors.ts'

export async function openMemoryBlobs(): Promise<Blobs> {
  await ready
  const blobs = new Map<string, Uint8Array>()
  return {
    async put(bytes) {
      const name = hash(bytes)
      if (!blobs.has(name)) blobs.set(name, new Uint8Array(bytes))
      return name
    },
    async get(name) {
      const bytes = blobs.get(name)
      if (!bytes) throw blobNotFound(name)
      return new Uint8Array(bytes)
    },
    async has(name) {
      return blobs.has(name)
    },
  }
}
