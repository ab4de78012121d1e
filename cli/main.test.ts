/** The command line as a person meets it: real processes, their output and their exit status. */
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { nextHash } from '#store/chain.ts'
import { openLmdbJournal } from '#store/lmdb-journal.ts'
import type { JournalHead } from '#federation/ports.ts'
import { encodeSiteEvent } from '#federation/site-events.ts'
import { ready } from '#privacy/crypto.ts'
import { openFileBlobs } from '#store/file-blobs.ts'
import { coordinatorKey, FEDERATION, key, signedJournal, type Bend } from '../test/support/signed-journal.ts'
import { startSource } from '../test/support/source-process.ts'
import { tempFolder } from '../test/support/temp-folder.ts'

async function collegium(...args: string[]) {
  const { lines, ended } = startSource('cli/main.ts', args)
  const stdout: string[] = []
  for await (const line of lines) stdout.push(line)
  return { ...(await ended), stdout }
}

async function folderWithJournal(bend?: Bend): Promise<string> {
  await ready
  const folder = await tempFolder()
  const journal = await openLmdbJournal(path.join(folder, 'journal'))
  const { records, blobs } = signedJournal(bend)
  await journal.append(records.map(({ bytes }) => bytes))
  await journal.close()
  const store = await openFileBlobs(path.join(folder, 'blobs'))
  for (const blob of blobs.values()) await store.put(blob)
  return folder
}

/** A site that saw the coordinator's journal at this head. */
async function siteThatSaw(head: JournalHead): Promise<string> {
  const folder = await tempFolder()
  const journal = await openLmdbJournal(path.join(folder, 'journal'))
  const [federation, publicKey] = [FEDERATION, key(2).publicKey]
  const joined = { federation, publicKey, coordinatorKey: coordinatorKey().publicKey, site: 'zurich' }
  await journal.append([
    encodeSiteEvent({ type: 'joined', at: 1, ...joined }),
    encodeSiteEvent({ type: 'head-witnessed', at: 2, question: 'aa'.repeat(32), revoked: [], ...head }),
  ])
  await journal.close()
  return folder
}

describe('collegium', () => {
  it('prints help on request, and shows it beside the error when a command is missing', async () => {
    const asked = await collegium('--help')
    expect(asked).toMatchObject({ code: 0, stderr: '' })
    expect(asked.stdout.join('\n')).toContain('Usage: collegium')
    const missing = await collegium()
    expect(missing).toMatchObject({ code: 2, stdout: [] })
    expect(missing.stderr).toContain('Usage: collegium')
    expect(missing.stderr).toContain('error USAGE: A command is missing.')
  })

  it('answers a usage mistake with one sentence, a hint and status 2', async () => {
    const { code, stdout, stderr } = await collegium('jurnal')
    expect({ code, stdout }).toEqual({ code: 2, stdout: [] })
    expect(stderr).toMatch(/^error USAGE: Unknown command 'jurnal'.*\nhint: .*\n$/)
  })

  it('names the words that an option takes', async () => {
    const { code, stderr } = await collegium('client', 'start', '--provider', 'gpu')
    expect(code).toBe(2)
    expect(stderr).toContain("'gpu' is invalid. It must be one of cpu, cuda, webgpu, coreml, dml.")
  })

  it('answers with --json in JSON, on stderr, with the exit status of the table', async () => {
    const { code, stdout, stderr } = await collegium('journal', 'verify', '--dir', '/nonexistent', '--json')
    expect({ code, stdout }).toEqual({ code: 3, stdout: [] })
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: 'CONFIG_UNREADABLE',
        message: 'There is no journal in /nonexistent/journal.',
        hint: expect.any(String) as string,
        exit: 3,
      },
    })
  })

  it('shows a stack only when asked', async () => {
    const { stderr } = await collegium('journal', 'verify', '--dir', '/nonexistent')
    expect(stderr).not.toContain('    at ')
  })
})

describe('collegium journal', () => {
  it('shows events as lines for a person', async () => {
    const dir = await folderWithJournal()
    const { code, stdout } = await collegium('journal', 'show', '--from', '8', '--dir', dir)
    expect(code).toBe(0)
    expect(stdout[0]).toBe('     8  1970-01-01 00:00:08  lyon revoked')
  })

  it('verifies chain and signatures, and that an earlier head is still in it', async () => {
    const folder = await folderWithJournal()
    const { code, stdout } = await collegium('journal', 'verify', '--dir', folder, '--json')
    const { hash, ...rest } = JSON.parse(stdout.join('')) as { hash: string }
    expect(code).toBe(0)
    expect(rest).toMatchObject({ intact: true, sequence: 13, questions: 1, envelopes: 0, signedUpTo: 11 })
    const contains = ['--contains', hash, '--blobs']
    const again = await collegium('journal', 'verify', '--dir', folder, ...contains)
    expect(again.stdout.slice(0, 2)).toEqual([
      `intact: 13 records, head ${hash}`,
      'signatures hold: 1 question, 1 checkpoint, 1 key rotation, 1 envelope',
    ])
    const other = await collegium('journal', 'verify', '--dir', folder, '--contains', 'ff'.repeat(32))
    expect(other.code).toBe(7)
    expect(other.stderr).toContain('error JOURNAL_CORRUPT')
  })

  it('names the first record whose signature does not hold', async () => {
    const folder = await folderWithJournal({ questionSigner: key(8) })
    const { code, stderr } = await collegium('journal', 'verify', '--dir', folder)
    expect(code).toBe(7)
    expect(stderr).toMatch(/^error JOURNAL_CORRUPT: Journal record 10 \(question-opened\): /)
  })

  it('exports records whose hashes anyone can compute again', async () => {
    const folder = await folderWithJournal()
    const out = path.join(folder, 'journal.jsonl')
    expect(await collegium('journal', 'export', '--dir', folder, '--out', out)).toMatchObject({
      code: 0,
      stdout: [],
    })
    const lines = (await readFile(out, 'utf8')).trim().split('\n')
    let previous = '0'.repeat(64)
    for (const line of lines.slice(1, -1)) {
      const { hash, record } = JSON.parse(line) as { hash: string; record: string }
      previous = nextHash(previous, new TextEncoder().encode(record))
      expect(hash).toBe(previous)
    }
    expect(lines.at(-1)).toBe(JSON.stringify({ end: 13, hash: previous }))
  })

  it('verifies an export with its envelopes, far from the folder it came from', async () => {
    const out = path.join(await tempFolder(), 'journal.jsonl')
    await collegium('journal', 'export', '--blobs', '--dir', await folderWithJournal(), '--out', out)
    const { code, stdout } = await collegium('journal', 'verify', out, '--json')
    expect({ code, ...(JSON.parse(stdout.join('')) as object) }).toMatchObject({ code: 0, envelopes: 1 })
    await writeFile(out, (await readFile(out, 'utf8')).slice(0, -10))
    expect(await collegium('journal', 'verify', out)).toMatchObject({ code: 7, stdout: [] })
  })

  it('is compared with what a site saw', async () => {
    const folder = await folderWithJournal()
    const [, , third] = signedJournal().records
    const saw = (head: JournalHead) =>
      siteThatSaw(head).then((site) => collegium('journal', 'verify', '--dir', folder, '--witness', site))
    const { code, stdout } = await saw({ sequence: 3, hash: third!.hash })
    expect({ code, last: stdout.at(-1) }).toEqual({ code: 0, last: 'every head that 1 site saw is in it' })
    const other = await saw({ sequence: 4, hash: third!.hash })
    expect(other.code).toBe(6)
    expect(other.stderr).toContain('error HISTORY_REWRITTEN: "zurich" saw another record 4')
  })

  it('says which file is damaged', async () => {
    const folder = await folderWithJournal()
    await writeFile(path.join(folder, 'journal', 'data.mdb'), 'gone')
    const { code, stderr } = await collegium('journal', 'show', '--dir', folder)
    expect(code).toBe(7)
    expect(stderr).toMatch(/error JOURNAL_CORRUPT: The journal file .*data\.mdb cannot be used/)
  })
})
