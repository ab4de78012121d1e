/** Blobs that are read from below and written to memory: to do a piece of work without leaving a trace of it. */
import type { Blobs } from '#federation/ports.ts'
import { openMemoryBlobs } from './memory-blobs.ts'

export async function overlayBlobs(below: Pick<Blobs, 'get' | 'has'>): Promise<Blobs> {
  const above = await openMemoryBlobs()
  return {
    put: (bytes) => above.put(bytes),
    async get(name) {
      return (await above.has(name)) ? above.get(name) : below.get(name)
    },
    async has(name) {
      return (await above.has(name)) || below.has(name)
    },
  }
}
