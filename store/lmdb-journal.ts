/**
 * The journal as an LMDB file: key = sequence number, value = the record's hash (32 bytes), then its bytes.
 *
 * One append is one transaction, so its records appear together or not at all. The commit is synchronous:
 * `transactionSync` returns after data pages and then the header page are flushed (fdatasync, O_DSYNC), which
 * is when an append may be acknowledged. That takes about a millisecond on a solid-state disk, and it keeps
 * two promises that the queued commits of lmdb 3.5 do not: a failed commit (full disk) is an exception at
 * the caller and not an unhandled rejection elsewhere, and appends happen in the order of their calls.
 */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { open, type RootDatabase } from 'lmdb'
import type { Journal, JournalHead, JournalRecord } from '#federation/ports.ts'
import { ready } from '#privacy/crypto.ts'
import { CollegiumError } from '#proto/errors.ts'
import { extendChain, verifyChain } from './chain.ts'
import { reasonOf, writeError } from './errors.ts'
import { assertWritable } from './files.ts'
import { lockFolder } from './folder-lock.ts'
import { checkLmdbFile } from './lmdb-file.ts'
import { openSpace } from './lmdb-space.ts'

type Database = RootDatabase<Buffer, number>

const dataFile = 'data.mdb'
const hashBytes = 32
/** Records read between two turns of the event loop, so that a long read starves nobody. */
const recordsPerTurn = 256

/**
 * Opens, or creates, the journal in `folder` and verifies its whole chain.
 * Rejects with `STORE_UNWRITABLE`, `STORE_IN_USE` (another process has it open), or `JOURNAL_CORRUPT`.
 */
export async function openLmdbJournal(folder: string): Promise<Journal> {
  await ready
  await assertWritable(folder)
  const unlock = lockFolder(folder)
  try {
    const database = openDatabase(folder, { readOnly: false })
    try {
      return journalOver(folder, database, await verifyChain(readRecords(database)), unlock)
    } catch (error) {
      await database.close()
      throw error
    }
  } catch (error) {
    unlock()
    throw error
  }
}

/**
 * Reads the journal in `folder` as it is, chain unverified, without locking it: another process may be
 * appending meanwhile. Rejects with `CONFIG_UNREADABLE` when there is none.
 */
export async function* readLmdbJournal(folder: string, from = 1): AsyncIterable<JournalRecord> {
  await ready
  if (!existsSync(path.join(folder, dataFile))) {
    throw new CollegiumError('CONFIG_UNREADABLE', `There is no journal in ${folder}.`)
  }
  const database = openDatabase(folder, { readOnly: true })
  try {
    yield* readRecords(database, from)
  } finally {
    await database.close()
  }
}

function openDatabase(folder: string, { readOnly }: { readOnly: boolean }): Database {
  checkLmdbFile(path.join(folder, dataFile))
  try {
    return open<Buffer, number>({
      path: folder,
      noSubdir: false,
      encoding: 'binary',
      keyEncoding: 'uint32',
      overlappingSync: false,
      readOnly,
    })
  } catch (error) {
    throw writeError(folder, error)
  }
}

async function* readRecords(database: Database, from = 1): AsyncIterable<JournalRecord> {
  let first = from
  for (;;) {
    // A copy of each value: LMDB's own buffers are gone after the next turn.
    const batch = [...database.getRange({ start: first, limit: recordsPerTurn })].map(({ key, value }) => ({
      sequence: key,
      bytes: new Uint8Array(value.subarray(hashBytes)),
      hash: value.toString('hex', 0, hashBytes),
    }))
    yield* batch
    const last = batch.at(-1)
    if (!last) return
    first = last.sequence + 1
    await new Promise(setImmediate)
  }
}

function journalOver(folder: string, database: Database, start: JournalHead, unlock: () => void): Journal {
  let head = start
  let closed: Promise<void> | undefined
  const space = openSpace(path.join(folder, dataFile), () => {
    const { pageSize, lastPageNumber } = database.getStats() as { pageSize: number; lastPageNumber: number }
    return { pageSize, lastPage: lastPageNumber }
  })

  return {
    async append(contents) {
      if (closed) throw new CollegiumError('STORE_WRITE_FAILED', `The journal in ${folder} is closed.`)
      const records = extendChain(head, contents)
      const last = records.at(-1)
      if (!last) return head
      try {
        space.reserve(records.map(({ bytes }) => hashBytes + bytes.length))
        database.transactionSync(() => {
          for (const { sequence, hash, bytes } of records) {
            database.putSync(sequence, Buffer.concat([Buffer.from(hash, 'hex'), bytes]))
          }
        })
      } catch (cause) {
        throw new CollegiumError(
          'STORE_WRITE_FAILED',
          `The journal in ${folder} could not be written: ${reasonOf(cause)}; it stays at record ${head.sequence}.`,
          { cause },
        )
      }
      head = { sequence: last.sequence, hash: last.hash }
      return head
    },
    read: (from) => readRecords(database, from),
    head: () => head,
    close() {
      closed ??= database.close().finally(() => {
        space.close()
        unlock()
      })
      return closed
    },
  }
}
