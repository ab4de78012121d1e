/** `collegium journal show|verify|export`: the audit log of a coordinator or a site, readable while it runs. */
import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import type { JournalRecord } from '#federation/ports.ts'
import { CollegiumError } from '#proto/errors.ts'
import { fingerprint } from '#privacy/identity.ts'
import { writeError } from '#store/errors.ts'
import { exportLines } from '#store/journal-export.ts'
import { readLmdbJournal } from '#store/lmdb-journal.ts'
import { auditJournal, compareWith, envelopesOf, type Audited } from '../audit-journal.ts'
import { action } from '../command.ts'
import { checkOpening, type Opened } from '../opening.ts'
import { coordinatorFolder } from '../folders.ts'
import { describeRecord, eventOf } from '../journal-lines.ts'
import { repeated, wholeNumber } from '../parse.ts'
import { count } from '../units.ts'

interface ShowOptions {
  readonly dir: string
  readonly from: number
}

interface VerifyOptions {
  readonly dir: string
  readonly contains?: string
  readonly witness?: readonly string[]
  readonly opening?: readonly string[]
  readonly blobs?: boolean
}

interface ExportOptions {
  readonly dir: string
  readonly out?: string
  readonly blobs?: boolean
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
    .description('check the chain, the signatures and the checkpoints, offline, as an auditor would')
    .argument('[export]', 'a file that "journal export" wrote; without it the journal in --dir')
    .option('--contains <hash>', 'also check that a record noted earlier, such as a head, is still there')
    .option(
      '--witness <journal>',
      "also compare with a site's journal, its folder or export; repeatable",
      repeated,
    )
    .option(
      '--opening <file>',
      'also hold an answer that a site opened against its commitment; repeatable',
      repeated,
    )
    .option('--blobs', 'with --dir: also check the signed envelopes that the sites sent')
    .option('--dir <folder>', "the coordinator's or the site's folder", coordinatorFolder)
  action(
    verify,
    'collegium journal verify journal.jsonl --witness north.jsonl',
    async (
      { output },
      { dir, contains, witness = [], opening = [], blobs = false }: VerifyOptions,
      file = dir,
    ) => {
      const hashes = new Set<string>()
      const audited = await auditJournal(file, { blobs, onRecord: ({ hash }) => hashes.add(hash) })
      if (contains !== undefined && !hashes.has(contains))
        throw new CollegiumError(
          'JOURNAL_CORRUPT',
          `The journal in ${file} holds no record with the hash ${contains}.`,
        )
      const seen: number[] = []
      for (const each of witness) seen.push(await compareWith(each, audited))
      const opened: Opened[] = []
      for (const each of opening) opened.push(await checkOpening(each, audited))
      output.result(resultOf(audited, seen, opened), () => linesAbout(audited, seen, opened).join('\n'))
    },
  )

  const exporting = command
    .command('export')
    .description('write every record as a line of JSON; "record" is its exact text, which the hash covers')
    .option('--blobs', 'with the signed envelopes that the sites sent: unmasked answers are readable in them')
    .option('--out <file>', 'default: stdout')
    .option('--dir <folder>', "the coordinator's or the site's folder", coordinatorFolder)
  action(
    exporting,
    'collegium journal export --out journal.jsonl',
    async ({ output }, { dir, out, blobs = false }: ExportOptions) => {
      const lines = Readable.from(
        exportLines(recordsIn(dir), (record) => (blobs ? envelopesOf(dir, record) : Promise.resolve([]))),
      )
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

function resultOf(
  { head, findings, site }: Audited,
  seen: readonly number[],
  opened: readonly Opened[],
): object {
  const about = site ? { site: site.site, heads: site.heads.length } : findings
  return {
    intact: true,
    ...head,
    ...about,
    ...(seen.length > 0 && { witnesses: seen.length }),
    ...(opened.length > 0 && { opened }),
  }
}

function linesAbout(
  { head, findings, site }: Audited,
  seen: readonly number[],
  opened: readonly Opened[],
): string[] {
  const intact = `intact: ${count(head.sequence, 'record')}, head ${head.hash}`
  if (site)
    return [intact, `of site ${site.site}, which saw ${count(site.heads.length, 'head')} of the coordinator`]
  if (!findings || head.sequence === 0) return [intact]
  const { questions, commitments, envelopes, rotations, checkpoints, signedUpTo } = findings
  const { coordinatorKey, foundingKey } = findings
  const since = coordinatorKey === foundingKey ? '' : `, in succession of ${fingerprint(foundingKey)}`
  const checked = [
    count(questions, 'question'),
    count(checkpoints, 'checkpoint'),
    count(rotations, 'key rotation'),
    count(envelopes, 'envelope'),
  ]
  return [
    intact,
    `signatures hold: ${checked.join(', ')}`,
    `signed up to record ${signedUpTo} by the coordinator, whose key is ${fingerprint(coordinatorKey)}${since}`,
    `${count(commitments, 'masked answer')}, each with a commitment to what it hides`,
    ...opened.map(
      ({ site: name, question }) =>
        `the answer that ${name} opened is the one it committed to for ${question.slice(0, 12)}`,
    ),
    ...(seen.length > 0 ? [`every head that ${count(seen.length, 'site')} saw is in it`] : []),
  ]
}
