/**
 * The hash chain of a journal.
 *
 * Each record's hash covers its bytes and the hash before it, so the hash of the last record stands for
 * the whole history: whoever remembers one head can tell later whether anything before it was changed,
 * dropped, added or reordered.
 *
 *     h_0 = 32 zero bytes
 *     h_i = BLAKE2b-256("fdn/log/v1" || h_(i-1) || length of bytes_i as 64-bit little-endian || bytes_i)
 *
 * The label keeps these hashes apart from every other use of the hash function; the length keeps the
 * concatenation unambiguous. A chain cannot show that its own end was cut off: for that, compare its head
 * with one that was written down elsewhere.
 */
import type { JournalHead, JournalRecord } from '#federation/ports.ts'
import { hash } from '#privacy/crypto.ts'
import { CollegiumError } from '#proto/errors.ts'

const label = new TextEncoder().encode('fdn/log/v1')

/** The head of an empty journal. */
export const emptyHead: JournalHead = { sequence: 0, hash: '0'.repeat(64) }

/** h_i, hex, from h_(i-1) (hex) and the record's bytes. */
export function nextHash(previous: string, bytes: Uint8Array): string {
  const input = new Uint8Array(label.length + 32 + 8 + bytes.length)
  input.set(label)
  input.set(Buffer.from(previous, 'hex'), label.length)
  new DataView(input.buffer).setBigUint64(label.length + 32, BigInt(bytes.length), true)
  input.set(bytes, label.length + 32 + 8)
  return hash(input)
}

/** The records that `contents` become when appended after `head`. The bytes are copied. */
export function extendChain(head: JournalHead, contents: readonly Uint8Array[]): JournalRecord[] {
  const records: JournalRecord[] = []
  let { sequence, hash: previous } = head
  for (const content of contents) {
    const bytes = new Uint8Array(content)
    previous = nextHash(previous, bytes)
    records.push({ sequence: ++sequence, bytes, hash: previous })
  }
  return records
}

/**
 * Reads records from the first one on and returns the head they lead to.
 * Rejects with `JOURNAL_CORRUPT`, naming the first record that breaks the chain; `onRecord` sees each
 * record that holds, and is awaited before the next is read.
 */
export async function verifyChain(
  records: AsyncIterable<JournalRecord>,
  onRecord?: (record: JournalRecord) => unknown,
): Promise<JournalHead> {
  let head = emptyHead
  for await (const record of records) {
    const expected = head.sequence + 1
    if (record.sequence !== expected) {
      throw new CollegiumError(
        'JOURNAL_CORRUPT',
        `Journal record ${expected} is missing; record ${record.sequence} stands in its place.`,
      )
    }
    if (record.hash !== nextHash(head.hash, record.bytes)) {
      throw new CollegiumError(
        'JOURNAL_CORRUPT',
        `Journal record ${expected} does not match its hash: it, or the history before it, was altered.`,
      )
    }
    await onRecord?.(record)
    head = { sequence: record.sequence, hash: record.hash }
  }
  return head
}
