/**
 * Looks at an LMDB file before LMDB does.
 *
 * LMDB maps its file into memory and trusts it: opening a file that was cut short, or that is no LMDB file
 * at all, kills the process with a bus error instead of reporting anything. So its two header pages are
 * read first: each must carry the magic number and the format version, and the file must be as long as the
 * newer one says. Offsets are those of `MDB_meta` in the data format 2 of lmdb 3.5 (liblmdb/mdb.c), behind
 * a page header of 24 bytes; files are written on little-endian machines.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { CollegiumError } from '#proto/errors.ts'
import { systemCodeOf } from './errors.ts'

const magic = 0xbeefc0de
const formatVersion = 2
const offset = { magic: 24, version: 28, pageSize: 48, lastPage: 144, transaction: 152, end: 160 } as const

/** Throws `JOURNAL_CORRUPT` for a file that LMDB must not be given; an absent or empty file is fine. */
export function checkLmdbFile(file: string): void {
  let handle: number
  try {
    handle = openSync(file, 'r')
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return
    throw error
  }
  try {
    const bytes = fstatSync(handle).size
    if (bytes === 0) return
    const first = readHeader(handle, 0)
    const second = first && readHeader(handle, first.pageSize)
    if (!first || !second) throw corrupt(file, 'its header is damaged')
    const newest = first.transaction > second.transaction ? first : second
    if (bytes < (newest.lastPage + 1) * newest.pageSize) throw corrupt(file, 'it was cut short')
  } finally {
    closeSync(handle)
  }
}

function readHeader(handle: number, position: number) {
  const page = Buffer.alloc(offset.end)
  if (readSync(handle, page, 0, page.length, position) < page.length) return undefined
  if (page.readUInt32LE(offset.magic) !== magic || page.readUInt32LE(offset.version) !== formatVersion)
    return undefined
  return {
    pageSize: page.readUInt32LE(offset.pageSize),
    lastPage: Number(page.readBigUInt64LE(offset.lastPage)),
    transaction: page.readBigUInt64LE(offset.transaction),
  }
}

function corrupt(file: string, what: string): CollegiumError {
  return new CollegiumError('JOURNAL_CORRUPT', `The journal file ${file} cannot be used: ${what}.`)
}
