/**
 * The export of a journal: lines of JSON that anybody can read and check with a few lines of any language.
 *
 *     {"format":"collegium-journal","version":1}
 *     {"sequence":1,"hash":"…","record":"{\"type\":\"federation-founded\", …}"}
 *     {"blob":"…","bytes":"…"}                      base64; named by the record in the next line
 *     {"sequence":2,"hash":"…","record":"…"}
 *     {"end":2,"hash":"…"}
 *
 * "record" is the record's exact text, which the hash covers. The last line tells a file that was cut short
 * from a whole one. Every line has one spelling alone, so that no byte of a file can change unseen.
 */
import { open } from 'node:fs/promises'
import { TextDecoder } from 'node:util'
import type { JournalHead, JournalRecord } from '#federation/ports.ts'
import { hash } from '#privacy/crypto.ts'
import { CollegiumError } from '#proto/errors.ts'
import { emptyHead } from './chain.ts'
import { reasonOf } from './errors.ts'

const HEADER = JSON.stringify({ format: 'collegium-journal', version: 1 })
const NEWLINE = 0x0a

/** A record, with the blobs that it names and the export holds. */
export interface ExportedRecord extends JournalRecord {
  readonly blobs: ReadonlyMap<string, Uint8Array>
}

/** The lines of an export. `blobsOf` gives the blobs to put beside a record. */
export async function* exportLines(
  records: AsyncIterable<JournalRecord>,
  blobsOf: (record: JournalRecord) => Promise<readonly Uint8Array[]> = () => Promise.resolve([]),
): AsyncIterable<string> {
  yield `${HEADER}\n`
  let head = emptyHead
  for await (const record of records) {
    for (const blob of await blobsOf(record)) yield `${blobLine(hash(blob), blob)}\n`
    yield `${recordLine(record, textOf(record.bytes, record.sequence))}\n`
    head = record
  }
  yield `${endLine(head)}\n`
}

/**
 * The records of an exported file; the chain is left for the caller to verify. Rejects with `CONFIG_UNREADABLE`,
 * or with `JOURNAL_CORRUPT` naming the first line that is not one of an export.
 */
export async function* readExport(file: string): AsyncIterable<ExportedRecord> {
  let number = 0
  let head: JournalHead = emptyHead
  let ended = false
  let blobs = new Map<string, Uint8Array>()
  const corrupt = (what: string) =>
    new CollegiumError('JOURNAL_CORRUPT', `Line ${number} of ${file} ${what}.`)

  for await (const bytes of linesOf(file)) {
    number++
    const { line, value } = parseLine(bytes, () => corrupt('is not JSON'))
    const isLine = (spelling: string) => {
      if (line !== spelling) throw corrupt('is not written as an export writes it')
    }
    if (ended) throw corrupt('stands after the end')
    if (number === 1) isLine(HEADER)
    else if (isExact(value, { blob: 'string', bytes: 'string' })) {
      const content = new Uint8Array(Buffer.from(value.bytes as string, 'base64'))
      const name = hash(content)
      isLine(blobLine(name, content))
      blobs.set(name, content)
    } else if (isExact(value, { sequence: 'number', hash: 'string', record: 'string' })) {
      const { record: text } = value as { record: string }
      head = { sequence: value.sequence as number, hash: value.hash as string }
      isLine(recordLine(head, text))
      for (const name of blobs.keys())
        if (!text.includes(name)) throw corrupt(`does not name the blob ${name}`)
      yield { ...head, bytes: new TextEncoder().encode(text), blobs }
      blobs = new Map()
    } else {
      isLine(endLine(head))
      ended = true
    }
  }
  if (!ended || blobs.size > 0) {
    number++
    throw corrupt('is missing: the export was cut short')
  }
}

const recordLine = ({ sequence, hash: name }: JournalHead, record: string): string =>
  JSON.stringify({ sequence, hash: name, record })
const blobLine = (name: string, content: Uint8Array): string =>
  JSON.stringify({ blob: name, bytes: Buffer.from(content).toString('base64') })
const endLine = ({ sequence, hash: name }: JournalHead): string =>
  JSON.stringify({ end: sequence, hash: name })

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function textOf(bytes: Uint8Array, sequence: number): string {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    throw new CollegiumError('JOURNAL_CORRUPT', `Journal record ${sequence} is not text.`, { cause })
  }
}

function parseLine(bytes: Uint8Array, notJson: () => Error): { line: string; value: unknown } {
  try {
    const line = utf8.decode(bytes)
    return { line, value: JSON.parse(line) }
  } catch {
    throw notJson()
  }
}

/** Whether a value is an object with just these properties, of these types. */
function isExact(value: unknown, types: Readonly<Record<string, string>>): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const found = Object.entries(value).map(([name, each]) => `${name} ${typeof each}`)
  return (
    found.join() ===
    Object.entries(types)
      .map((each) => each.join(' '))
      .join()
  )
}

/** Each ends with a line break, the last one too: what follows it is a line of its own, if only half of one. */
async function* linesOf(file: string): AsyncIterable<Uint8Array> {
  const handle = await open(file).catch((cause: unknown) => {
    throw new CollegiumError('CONFIG_UNREADABLE', `${file} cannot be read: ${reasonOf(cause)}.`, { cause })
  })
  try {
    let begun: Buffer[] = []
    for await (const chunk of handle.createReadStream({ autoClose: false })) {
      let rest = chunk as Buffer
      for (let at = rest.indexOf(NEWLINE); at >= 0; at = rest.indexOf(NEWLINE)) {
        yield Buffer.concat([...begun, rest.subarray(0, at)])
        begun = []
        rest = rest.subarray(at + 1)
      }
      if (rest.length > 0) begun.push(rest)
    }
    if (begun.length > 0) yield Buffer.concat(begun)
  } finally {
    await handle.close()
  }
}
