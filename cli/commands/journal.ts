/** `collegium journal show|verify|export`: the audit log of a coordinator or a site, readable while it runs. */
import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import type { JournalRecord } from '#federation/ports.ts'
import { CollegiumError } from '#proto/errors.ts'
import { verifyChain } from '#store/chain.ts'
import { writeError } from '#store/errors.ts'
import { readLmdbJournal } from '#store/lmdb-journal.ts'
import { action } from '../command.ts'
import { coordinatorFolder } from '../folders.ts'
import { describeRecord, eventOf } from '../journal-lines.ts'
import { wholeNumber } from '../parse.ts'
import { count } from '../units.ts'

interface ShowOptions {
  readonly dir: string
  readonly from: number
}

interface VerifyOptions {
  readonly dir: string
  readonly contains?: string
}

interface ExportOptions {
  readonly dir: string
  readonly out?: string
}

export function register(command: Command): void {
  const show = command
    .command('show')
    .description('print the events, one a line; with --json as they are')
    .option('--from <sequence>', 'first record to print', wholeNumber(1), 1)
    .option('--dir <folder>', "the coordinator's or the site's folder", coordinatorFolder)
  action(show, 'collegium journal show --from 10', async ({ output }, { dir, from }: ShowOptions) => {
    for await (const record of recordsIn(dir, from)) {
      const event = eventOf(record)
      const raw = { sequence: record.sequence, hash: record.hash, event }
      output.result(raw, (color) => {
        const [time, line] = describeRecord(record)
        return `${String(record.sequence).padStart(6)}  ${color.dim(time)}  ${line}`
      })
    }
  })

  const verify = command
    .command('verify')
    .description('check the hash chain from the first record to the last')
    .option('--contains <hash>', 'also check that a record noted earlier, such as a head, is still there')
    .option('--dir <folder>', "the coordinator's or the site's folder", coordinatorFolder)
  action(verify, 'collegium journal verify', async ({ output }, { dir, contains }: VerifyOptions) => {
    let found = contains === undefined
    const head = await verifyChain(recordsIn(dir), ({ hash }) => (found ||= hash === contains))
    if (!found)
      throw new CollegiumError(
        'JOURNAL_CORRUPT',
        `The journal in ${dir} holds no record with the hash ${contains}.`,
      )
    output.result(
      { intact: true, ...head },
      () => `intact: ${count(head.sequence, 'record')}, head ${head.hash}`,
    )
  })

  const exporting = command
    .command('export')
    .description('write every record as a line of JSON; "record" is its exact text, which the hash covers')
    .option('--out <file>', 'default: stdout')
    .option('--dir <folder>', "the coordinator's or the site's folder", coordinatorFolder)
  action(
    exporting,
    'collegium journal export --out journal.jsonl',
    async ({ output }, { dir, out }: ExportOptions) => {
      const lines = Readable.from(exportLines(dir))
      if (out === undefined) return pipeline(lines, process.stdout, { end: false })
      await pipeline(lines, createWriteStream(out)).catch((error: unknown) => {
        throw writeError(out, error)
      })
      output.note(`wrote ${out}`)
    },
  )
}

function recordsIn(dir: string, from?: number): AsyncIterable<JournalRecord> {
  return readLmdbJournal(path.join(dir, 'journal'), from)
}

async function* exportLines(dir: string): AsyncIterable<string> {
  for await (const { sequence, hash, bytes } of recordsIn(dir)) {
    yield `${JSON.stringify({ sequence, hash, record: new TextDecoder().decode(bytes) })}\n`
  }
}
