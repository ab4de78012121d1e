import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FederationEvent } from '#federation/events.ts'
import { emptyState, evolve } from '#federation/state.ts'
import { openMemoryBlobs } from '#store/memory-blobs.ts'
import { tempFolder } from '../test/support/temp-folder.ts'
import type { RecordedEvent } from './core.ts'
import { keepReleases } from './release-folder.ts'

const text = (value: string) => new TextEncoder().encode(value)

async function world() {
  const folder = path.join(await tempFolder(), 'releases')
  const blobs = await openMemoryBlobs()
  const warnings: string[] = []
  const log = {
    info: () => undefined,
    warn: (_: object, line: string) => void warnings.push(line),
    error: () => undefined,
  }
  let state = emptyState
  const listeners: ((recorded: RecordedEvent) => void)[] = []
  const tell = (event: FederationEvent) => {
    state = evolve(state, event)
    for (const listener of listeners) listener({ sequence: 1, event })
  }
  const start = (run: string) => tell({ type: 'run-started', at: 0, run, plan: {} as never })
  const release = (run: string, hash: string) =>
    tell({ type: 'student-released', at: 1, run, files: [{ name: 'student.onnx', hash, bytes: 3 }] })
  const keep = () =>
    keepReleases(
      folder,
      { state: () => state, onEvent: (listener) => void listeners.push(listener) },
      blobs,
      log,
    )
  return { folder, blobs, warnings, start, release, keep }
}

describe('keepReleases', () => {
  it('writes each release under its run, also one that an earlier process left out', async () => {
    const { folder, blobs, start, release, keep } = await world()
    start('run-1')
    release('run-1', await blobs.put(text('one')))
    const releases = keep()
    start('run-2') // not released yet
    start('run-3')
    release('run-3', await blobs.put(text('three')))
    await releases.settled()
    expect(await readdir(folder)).toEqual(['run-1', 'run-3'])
    expect(await readFile(path.join(folder, 'run-3', 'student.onnx'), 'utf8')).toBe('three')
  })

  it('finishes what was half-written, leaves alone what is there, and goes on past what fails', async () => {
    const { folder, blobs, warnings, start, release, keep } = await world()
    await mkdir(path.join(folder, '.run-1'), { recursive: true })
    await writeFile(path.join(folder, '.run-1', 'stale'), '')
    await mkdir(path.join(folder, 'run-2'))
    for (const run of ['run-1', 'run-2', 'run-3', 'run-4']) start(run)
    const hash = await blobs.put(text('one'))
    release('run-1', hash)
    release('run-2', hash)
    release('run-3', 'f'.repeat(64)) // a blob that is gone
    release('run-4', hash)
    await keep().settled()
    expect(await readdir(path.join(folder, 'run-1'))).toEqual(['student.onnx'])
    expect(await readdir(path.join(folder, 'run-2'))).toEqual([])
    expect(await readdir(path.join(folder, 'run-4'))).toEqual(['student.onnx'])
    expect(warnings).toHaveLength(1)
  })
})
