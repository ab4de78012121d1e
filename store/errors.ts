/** What a failing disk or folder means to a person: system errors become coded ones here, once. */
import { CollegiumError } from '#proto/errors.ts'

/** No space left, over quota, over the file size limit, or the device failed. */
const notWritten = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'])

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'no space is left on the device',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file size limit is reached',
  EIO: 'the device reported an input/output error',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is not a folder',
  EEXIST: 'a file of that name is in the way',
  ENOENT: 'the path does not exist',
  EISDIR: 'it is a folder',
  EMFILE: 'too many files are open',
}

export function systemCodeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** A system error as one phrase: "permission is denied". */
export function reasonOf(error: unknown): string {
  const code = systemCodeOf(error)
  return (code && reasons[code]) ?? (error instanceof Error ? error.message : String(error))
}

/** The coded error for a write to `path` that failed: the disk's fault, or the path's. */
export function writeError(path: string, error: unknown): CollegiumError {
  if (error instanceof CollegiumError) return error
  const code = systemCodeOf(error)
  return code !== undefined && notWritten.has(code)
    ? new CollegiumError('STORE_WRITE_FAILED', `${path} could not be written: ${reasonOf(error)}.`, {
        cause: error,
      })
    : new CollegiumError('STORE_UNWRITABLE', `${path} is not writable: ${reasonOf(error)}.`, { cause: error })
}

export function blobNotFound(name: string): CollegiumError {
  return new CollegiumError('BLOB_NOT_FOUND', `There is no blob ${name}.`)
}
