import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { JournalRecord } from '#federation/ports.ts'
import { ready } from '#privacy/crypto.ts'
import { signedJournal } from '../test/support/signed-journal.ts'
import { tempFolder } from '../test/support/temp-folder.ts'
import { emptyHead, extendChain, verifyChain } from './chain.ts'
import { exportLines, readExport, type ExportedRecord } from './journal-export.ts'

beforeAll(() => ready)

async function* each<T>(items: readonly T[]): AsyncIterable<T> {
  await Promise.resolve()
  yield* items
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

/** The small signed journal with its one envelope, as text. */
async function exported(records?: readonly JournalRecord[]): Promise<string> {
  const journal = signedJournal()
  const named = (record: JournalRecord) => {
    const text = new TextDecoder().decode(record.bytes)
    return [...journal.blobs].filter(([name]) => text.includes(name)).map(([, bytes]) => bytes)
  }
  const lines = exportLines(each(records ?? journal.records), (record) => Promise.resolve(named(record)))
  return (await all(lines)).join('')
}

async function fileWith(content: string | Uint8Array): Promise<string> {
  const file = path.join(await tempFolder(), 'journal.jsonl')
  await writeFile(file, content)
  return file
}
const verified = async (content: string | Uint8Array) => verifyChain(readExport(await fileWith(content)))
const corrupt = (message: RegExp) => ({
  code: 'JOURNAL_CORRUPT',
  message: expect.stringMatching(message) as unknown,
})

describe('an export', () => {
  it('gives the records back, and beside each the blobs that it names', async () => {
    const { records, blobs } = signedJournal()
    const back: ExportedRecord[] = await all(readExport(await fileWith(await exported())))
    expect(back.map(({ blobs: _blobs, ...record }) => record)).toEqual(records)
    expect(back.flatMap((record) => [...record.blobs])).toEqual([...blobs])
    expect(back[10]?.blobs.size).toBe(1) // record 11 is the answer
  })

  it('of an empty journal is one too', async () => {
    expect(await verified(await exported([]))).toEqual(emptyHead)
  })

  it('may be longer than what is read of a file at a time', async () => {
    const contents = [1, 200_000, 3].map((length) =>
      new TextEncoder().encode(JSON.stringify('é'.repeat(length))),
    )
    const records = extendChain(emptyHead, contents)
    expect((await verified(await exported(records))).hash).toBe(records.at(-1)?.hash)
  })

  it('is not made of records that are no text', async () => {
    const records = extendChain(emptyHead, [Uint8Array.of(0xff)])
    await expect(exported(records)).rejects.toMatchObject(corrupt(/record 1 is not text/))
  })

  const changes: [string, (lines: string[]) => string[], RegExp][] = [
    ['without its header', (lines) => lines.slice(1), /Line 1 /],
    ['cut short', (lines) => lines.slice(0, -1), /Line 16 .*cut short/],
    [
      'cut short in the middle of a line',
      (lines) => [...lines.slice(0, 4), lines[4]!.slice(0, 20)],
      /Line 5 /,
    ],
    ['with a record left out', (lines) => lines.toSpliced(3, 1), /record 3 is missing/],
    [
      'with two records swapped',
      (lines) => [lines[0]!, lines[2]!, lines[1]!, ...lines.slice(3)],
      /record 1 is missing/,
    ],
    ['with something after its end', (lines) => [...lines, lines[1]!], /Line 17 .*after the end/],
    [
      'with a blob that nothing names',
      (lines) => lines.toSpliced(1, 0, lines[11]!),
      /Line 3 .*does not name/,
    ],
    ['spelled otherwise', (lines) => lines.with(1, lines[1]!.replace('{', '{ ')), /Line 2 .*not written as/],
    ['with a word added', (lines) => lines.with(1, lines[1]!.replace('{', '{"a":1,')), /Line 2 /],
    [
      'with a record unlike its hash',
      (lines) => lines.with(2, lines[2]!.replace('cleveland', 'clevelanD')),
      /record 2 /,
    ],
  ]
  it.each(changes)('%s is refused', async (_what, change, message) => {
    const lines = (await exported()).split('\n').slice(0, -1)
    expect(lines).toHaveLength(16) // a header, thirteen records, one blob, the end
    await expect(verified(`${change(lines).join('\n')}\n`)).rejects.toMatchObject(corrupt(message))
  })

  it('is refused whichever byte of it changes, and whatever it becomes', async () => {
    const whole = new TextEncoder().encode(await exported())
    const file = await fileWith(whole)
    const change = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }))
    await fc.assert(
      fc.asyncProperty(change, async ([at, flip]) => {
        const changed = whole.slice()
        changed[at]! ^= flip
        await writeFile(file, changed)
        await expect(verifyChain(readExport(file))).rejects.toMatchObject({ code: 'JOURNAL_CORRUPT' })
      }),
      { numRuns: 400 },
    )
  })

  it('is refused when any bit of its line breaks and edges changes', async () => {
    const whole = new TextEncoder().encode(await exported())
    const edges = [...whole.keys()].filter((at) => whole[at] === 0x0a || at < 3)
    const file = await fileWith(whole)
    for (const at of edges)
      for (let bit = 1; bit < 256; bit *= 2) {
        const changed = whole.slice()
        changed[at]! ^= bit
        await writeFile(file, changed)
        await expect(verifyChain(readExport(file))).rejects.toMatchObject({ code: 'JOURNAL_CORRUPT' })
      }
  })

  it('that is not there is told so', async () => {
    await expect(all(readExport('/nonexistent'))).rejects.toMatchObject({ code: 'CONFIG_UNREADABLE' })
  })
})
