/**
 * `releases/`: each released student as a folder of files, for people and their tools.
 *
 * The journal and the blobs are the release; these files are a copy. A folder gets its name only once all of
 * its files are on disk, and what a crash, or a full disk, left out is written at the next start.
 */
import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { RunId } from '#federation/ids.ts'
import type { Blobs, Logger } from '#federation/ports.ts'
import { ensureFolder, syncFolder, writeFileDurably } from '#store/files.ts'
import type { Core } from './core.ts'

type Journalled = Pick<Core, 'state' | 'onEvent'>

export interface ReleaseFolder {
  /** Resolves when what was released so far is written, or has failed and been logged. */
  settled(): Promise<void>
}

/** Writes what was released before and is missing, and from now on every release. */
export function keepReleases(folder: string, core: Journalled, blobs: Blobs, log: Logger): ReleaseFolder {
  let writing = Promise.resolve()
  const keep = (run: RunId) => {
    writing = writing
      .then(() => writeRelease(folder, core, blobs, run))
      .catch((err: unknown) =>
        log.warn({ err, run }, 'the released files are not written; a restart tries again'),
      )
  }
  core.state().history.forEach(keep)
  core.onEvent(({ event }) => {
    if (event.type === 'student-released') keep(event.run)
  })
  return { settled: () => writing }
}

async function writeRelease(folder: string, core: Journalled, blobs: Blobs, run: RunId): Promise<void> {
  const { files } = core.state().runs[run] ?? {}
  const target = path.join(folder, run)
  if (!files || existsSync(target)) return
  const unfinished = path.join(folder, `.${run}`)
  await rm(unfinished, { recursive: true, force: true })
  await ensureFolder(unfinished)
  for (const { name, hash } of files)
    await writeFileDurably(path.join(unfinished, path.basename(name)), await blobs.get(hash))
  await rename(unfinished, target)
  await syncFolder(folder)
}
