/** A journal that lasts as long as the process: for simulation and tests. */
import type { Journal, JournalRecord } from '#federation/ports.ts'
import { ready } from '#privacy/crypto.ts'
import { emptyHead, extendChain } from './chain.ts'

export async function openMemoryJournal(): Promise<Journal> {
  await ready
  const records: JournalRecord[] = []
  const head = () => {
    const last = records.at(-1)
    return last ? { sequence: last.sequence, hash: last.hash } : emptyHead
  }
  return {
    async append(contents) {
      records.push(...extendChain(head(), contents))
      return head()
    },
    async *read(from = 1) {
      for (let index = Math.max(from, 1) - 1; index < records.length; index++) {
        const record = records[index]!
        yield { ...record, bytes: new Uint8Array(record.bytes) }
      }
    },
    head,
    async close() {},
  }
}
