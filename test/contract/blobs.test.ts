/** What every blob store promises, and what one on disk promises besides. */
import { spawnSync } from 'node:child_process'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openFileBlobs, readFileBlobs } from '../../store/file-blobs.ts'
import { openMemoryBlobs } from '../../store/memory-blobs.ts'
import { overlayBlobs } from '../../store/overlay-blobs.ts'
import { tempFolder } from '../support/temp-folder.ts'

const abc = new TextEncoder().encode('abc')
// BLAKE2b-256 of "abc"; Python: blake2b(b'abc', digest_size=32).hexdigest()
const abcHash = 'bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319'

const implementations = [
  { name: 'memory blobs', open: openMemoryBlobs },
  { name: 'file blobs', open: async () => openFileBlobs(await tempFolder()) },
  { name: 'overlay blobs', open: async () => overlayBlobs(readFileBlobs(await tempFolder())) },
]

describe.each(implementations)('$name', ({ open }) => {
  it('names a blob by the BLAKE2b-256 of its content', async () => {
    expect(await (await open()).put(abc)).toBe(abcHash)
  })

  it('gives back what was put, as often as it is put', async () => {
    const blobs = await open()
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        const hash = await blobs.put(bytes)
        expect(await blobs.put(bytes)).toBe(hash)
        expect(await blobs.has(hash)).toBe(true)
        expect(await blobs.get(hash)).toEqual(bytes)
      }),
      { numRuns: 30 },
    )
  })

  it('takes the same blob from many at once', async () => {
    const blobs = await open()
    await Promise.all(Array.from({ length: 10 }, () => blobs.put(abc)))
    expect(await blobs.get(abcHash)).toEqual(abc)
  })

  it('does not know what was never put, nor anything that is no hash', async () => {
    const blobs = await open()
    for (const name of [abcHash, '', 'ab', '../../etc/passwd', abcHash.toUpperCase()]) {
      expect(await blobs.has(name)).toBe(false)
      await expect(blobs.get(name)).rejects.toMatchObject({ code: 'BLOB_NOT_FOUND' })
    }
  })

  it('is not changed by later changes to the bytes it was given or gave', async () => {
    const blobs = await open()
    const given = new Uint8Array(abc)
    const hash = await blobs.put(given)
    given.fill(0)
    ;(await blobs.get(hash)).fill(0)
    expect(await blobs.get(hash)).toEqual(abc)
  })
})

describe('file blobs on disk', () => {
  const fileOf = (folder: string) => path.join(folder, abcHash.slice(0, 2), abcHash)

  it('are there after reopening, and what a crash left half-written is not', async () => {
    const folder = await tempFolder()
    await (await openFileBlobs(folder)).put(abc)
    await writeFile(path.join(folder, 'incoming', '.half.tmp'), 'half')
    const blobs = await openFileBlobs(folder)
    expect(await blobs.get(abcHash)).toEqual(abc)
    expect(await readdir(path.join(folder, 'incoming'))).toEqual([])
  })

  it('tells when a file was altered or cut, and is repaired by storing the blob again', async () => {
    const folder = await tempFolder()
    const blobs = await openFileBlobs(folder)
    await blobs.put(abc)
    for (const altered of ['abd', 'ab', '']) {
      await writeFile(fileOf(folder), altered)
      await expect(blobs.get(abcHash)).rejects.toMatchObject({ code: 'BLOB_CORRUPT' })
      await blobs.put(abc)
      expect(await readFile(fileOf(folder), 'utf8')).toBe('abc')
    }
  })

  it('leaves nothing half-written on a full disk, and goes on once there is space', async (test) => {
    const disk = path.join(await tempFolder(), 'disk')
    await mkdir(disk)
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk]).status === 0
    test.skip(!mounted, 'needs the right to mount a file system')
    onTestFinished(() => void spawnSync('umount', ['-l', disk]))
    const folder = path.join(disk, 'blobs')
    const blobs = await openFileBlobs(folder)
    const ballast = await blobs.put(new Uint8Array(150_000))
    const large = new Uint8Array(150_000).fill(1)

    await expect(blobs.put(large)).rejects.toMatchObject({ code: 'STORE_WRITE_FAILED' })
    expect(await readdir(path.join(folder, 'incoming'))).toEqual([])
    expect((await blobs.get(ballast)).length).toBe(150_000)

    await rm(path.join(folder, ballast.slice(0, 2), ballast))
    expect(await blobs.get(await blobs.put(large))).toEqual(large)
  })

  it('say when their folder cannot be written', async () => {
    const file = path.join(await tempFolder(), 'file')
    await writeFile(file, '')
    await expect(openFileBlobs(path.join(file, 'blobs'))).rejects.toMatchObject({ code: 'STORE_UNWRITABLE' })
  })
})
