/**
 * Room for a commit, taken before LMDB needs it.
 *
 * LMDB must not be the one to find the disk full: lmdb 3.5.6 prints that error into 100 bytes that are too
 * few for it (`last_error` in mdb_page_flush of mdb.c), which damages the heap and ends the process some time
 * later. So the data file is kept longer than LMDB has pages: zeros are written behind its end first, by us,
 * where a full disk, quota or file size limit is an ordinary error. LMDB then writes to blocks that the file
 * already has; how long the file is does not matter to it.
 */
import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs'

/** Grown by this much at a time, so that most commits need no growth. */
const stepBytes = 64 * 1024

export interface Space {
  /** Makes room for a commit of values of these lengths, or throws the system's error and changes nothing. */
  reserve(valueBytes: readonly number[]): void
  close(): void
}

/** `lastPage` is the number of the last page in use. */
export function openSpace(file: string, usage: () => { pageSize: number; lastPage: number }): Space {
  const handle = openSync(file, 'r+')
  return {
    reserve(valueBytes) {
      const { pageSize, lastPage } = usage()
      const length = fstatSync(handle).size
      const wanted = (lastPage + 1 + pagesFor(valueBytes, pageSize)) * pageSize
      if (wanted > length) grow(handle, length, Math.ceil(wanted / stepBytes) * stepBytes)
    },
    close: () => closeSync(handle),
  }
}

/**
 * More pages than a commit can take: each value in a leaf or in overflow pages of its own, a split for each,
 * and copies of the path from the root in the tree and in the list of free pages, each at most eight deep.
 */
function pagesFor(valueBytes: readonly number[], pageSize: number): number {
  return valueBytes.reduce((pages, bytes) => pages + Math.ceil((bytes + 64) / pageSize) + 2, 16)
}

function grow(handle: number, from: number, to: number): void {
  const zeros = new Uint8Array(to - from)
  try {
    for (let written = 0; written < zeros.length;)
      written += writeSync(handle, zeros, written, zeros.length - written, from + written)
  } catch (error) {
    ftruncateSync(handle, from)
    throw error
  }
}
