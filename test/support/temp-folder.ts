/** Fresh folders, removed when they have served. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, onTestFinished } from 'vitest'

type Undo = () => Promise<void>

/** For one test. */
export async function tempFolder(): Promise<string> {
  return folderUntil(onTestFinished)
}

/** For what all tests of a file share: undone after the last of them, the latest first. */
export function sharedByTests(): { onEnd: (undo: Undo) => void; folder: () => Promise<string> } {
  const steps: Undo[] = []
  afterAll(async () => {
    for (const undo of steps.reverse()) await undo()
  })
  const onEnd = (undo: Undo) => void steps.push(undo)
  return { onEnd, folder: () => folderUntil(onEnd) }
}

async function folderUntil(onEnd: (undo: Undo) => void): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'collegium-test-'))
  onEnd(() => rm(folder, { recursive: true, force: true }))
  return folder
}
