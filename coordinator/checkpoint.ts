/**
 * How far a student's training is, so that a coordinator that dies goes on there instead of starting over; and
 * since training resumes to the bit, with the same student as if it had never died.
 *
 * One file: a line of JSON that says of which round of which run, with the curve so far, and then the training
 * state. Nothing rests on it: a file that is missing, damaged or of another round is as good as none.
 */
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { decodeTrainingState, encodeTrainingState, type TrainingState } from '#engine/training-state.ts'
import type { CurvePoint } from '#proto/snapshot.ts'
import { ensureFolder, writeFileDurably } from '#store/files.ts'

/** Bytes that may be lost at any time, at the price of doing some work again. */
export interface Scratch {
  read(): Promise<Uint8Array | undefined>
  write(bytes: Uint8Array): Promise<void>
  clear(): Promise<void>
}

export interface Checkpoint {
  readonly run: string
  readonly round: number
  readonly generation: number
  readonly curve: readonly CurvePoint[]
  readonly state: TrainingState
}

/** A folder of its own, so that clearing it also takes what a crash left half-written. */
export function folderScratch(folder: string): Scratch {
  const file = path.join(folder, 'student')
  return {
    read: () => readFile(file).catch(() => undefined),
    async write(bytes) {
      await ensureFolder(folder)
      await writeFileDurably(file, bytes)
    },
    clear: () => rm(folder, { recursive: true, force: true }),
  }
}

export function encodeCheckpoint({ state, ...said }: Checkpoint): Uint8Array {
  const line = new TextEncoder().encode(`${JSON.stringify(said)}\n`)
  const bytes = encodeTrainingState(state)
  const whole = new Uint8Array(line.length + bytes.length)
  whole.set(line)
  whole.set(bytes, line.length)
  return whole
}

/** The checkpoint of this student, if that is what the bytes are. */
export function decodeCheckpoint(
  bytes: Uint8Array,
  { run, round, generation }: Pick<Checkpoint, 'run' | 'round' | 'generation'>,
): Checkpoint | undefined {
  const end = bytes.indexOf('\n'.charCodeAt(0))
  try {
    const said = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end))) as Omit<Checkpoint, 'state'>
    if (said.run !== run || said.round !== round || said.generation !== generation) return undefined
    return { ...said, state: decodeTrainingState(bytes.subarray(end + 1)) }
  } catch {
    return undefined
  }
}
