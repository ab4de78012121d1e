/**
 * Files that survive a power cut: keys, tokens, configuration, blobs.
 *
 * A durable write goes to a temporary name beside its target, is flushed, takes the target's name in one
 * atomic step, and then the folder is flushed too, because a name is the folder's content. At any instant
 * the target is the old file or the new one, never a part of either.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { CollegiumError, describeError, errorCodeOf, type ErrorCode } from '#proto/errors.ts'
import type { z } from 'zod'
import { reasonOf, writeError } from './errors.ts'

export interface WriteOptions {
  /** Permission bits of the new file; 0o600 keeps a secret to its owner. Default 0o644. */
  readonly mode?: number
  /** Folder for the temporary file, on the same file system. Default: the target's own. */
  readonly tempFolder?: string
}

/** Creates the folder and its parents, or rejects with `STORE_UNWRITABLE`. */
export async function ensureFolder(folder: string, mode = 0o755): Promise<void> {
  await mkdir(folder, { recursive: true, mode }).catch((error: unknown) => {
    throw writeError(folder, error)
  })
}

/** Rejects with `STORE_UNWRITABLE` unless a file can be made in the folder, which is created if need be. */
export async function assertWritable(folder: string): Promise<void> {
  await ensureFolder(folder)
  const probe = path.join(folder, `.probe-${randomUUID()}`)
  try {
    await (await open(probe, 'wx')).close()
    await rm(probe)
  } catch (error) {
    throw writeError(folder, error)
  }
}

/** Replaces the file's content durably; rejects with `STORE_WRITE_FAILED` or `STORE_UNWRITABLE`. */
export async function writeFileDurably(
  file: string,
  content: string | Uint8Array,
  options: WriteOptions = {},
): Promise<void> {
  const { mode = 0o644, tempFolder = path.dirname(file) } = options
  const temp = path.join(tempFolder, `.${path.basename(file)}.${randomUUID()}.tmp`)
  try {
    const handle = await open(temp, 'wx', mode)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temp, file)
    await syncFolder(path.dirname(file))
  } catch (error) {
    await rm(temp, { force: true }).catch(() => undefined)
    throw writeError(file, error)
  }
}

/** Gives a file another name in the same folder, in one durable step; what had that name is gone. */
export async function moveFileDurably(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
    await syncFolder(path.dirname(to))
  } catch (error) {
    throw writeError(to, error)
  }
}

/** Flushes a folder's list of names. Windows has no such call and needs none: its renames are journalled. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The file's bytes, or an error of the given code that says why it could not be read. */
export async function readBytes(file: string, code: ErrorCode = 'DATA_UNREADABLE'): Promise<Uint8Array> {
  return readFile(file).catch((error: unknown) => {
    throw new CollegiumError(code, `${file} cannot be read: ${reasonOf(error)}.`, { cause: error })
  })
}

/** Readers of data know rows, columns and fields but not files: an error that leaves here names the file too. */
export function inFile<T>(file: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    const code = errorCodeOf(cause)
    if (code === undefined) throw cause
    throw new CollegiumError(code, `${file}: ${describeError(cause).message}`, { cause })
  }
}

/** The file's text, or an error of the given code that says why it could not be read. */
export async function readText(file: string, code: ErrorCode = 'CONFIG_UNREADABLE'): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new CollegiumError(code, `${file} cannot be read: ${reasonOf(error)}.`, { cause: error })
  })
}

/**
 * A JSON file, checked against its schema.
 * Rejects with `CONFIG_UNREADABLE`, or with `CONFIG_INVALID` naming the first field at fault.
 */
export async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  const text = await readText(file)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new CollegiumError('CONFIG_INVALID', `${file} is not JSON: ${(cause as Error).message}.`, { cause })
  }
  return checked(file, json, schema)
}

/** `value` as the schema sees it, or `CONFIG_INVALID` naming the file and the first field at fault. */
export function checked<T>(file: string, value: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = issue?.path.join('.') || 'the top level'
  throw new CollegiumError('CONFIG_INVALID', `${file}: ${field}: ${issue?.message ?? 'is not valid'}.`)
}
