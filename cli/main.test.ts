/** The command line as a person meets it: real processes, their output and their exit status. */
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { nextHash } from '#store/chain.ts'
import { openLmdbJournal } from '#store/lmdb-journal.ts'
import { encodeEvent, type FederationEvent } from '#federation/events.ts'
import { startSource } from '../test/support/source-process.ts'
import { tempFolder } from '../test/support/temp-folder.ts'

async function collegium(...args: string[]) {
  const { lines, ended } = startSource('cli/main.ts', args)
  const stdout: string[] = []
  for await (const line of lines) stdout.push(line)
  return { ...(await ended), stdout }
}

const events: FederationEvent[] = [
  { type: 'site-invited', at: 0, site: 'north', tokenHash: 'ab'.repeat(32), expiresAt: 9, approve: true },
  { type: 'site-approved', at: 1000, site: 'north' },
]

async function folderWithJournal(): Promise<string> {
  const folder = await tempFolder()
  const journal = await openLmdbJournal(path.join(folder, 'journal'))
  await journal.append(events.map(encodeEvent))
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
    const { code, stdout } = await collegium(
      'journal',
      'show',
      '--from',
      '2',
      '--dir',
      await folderWithJournal(),
    )
    expect({ code, stdout }).toEqual({ code: 0, stdout: ['     2  1970-01-01 00:00:01  north approved'] })
  })

  it('verifies the chain, and that an earlier head is still in it', async () => {
    const folder = await folderWithJournal()
    const { code, stdout } = await collegium('journal', 'verify', '--dir', folder, '--json')
    const { hash, ...rest } = JSON.parse(stdout.join('')) as { hash: string }
    expect({ code, rest }).toEqual({ code: 0, rest: { intact: true, sequence: 2 } })
    expect(await collegium('journal', 'verify', '--dir', folder, '--contains', hash)).toMatchObject({
      code: 0,
    })
    const other = await collegium('journal', 'verify', '--dir', folder, '--contains', 'ff'.repeat(32))
    expect(other.code).toBe(7)
    expect(other.stderr).toContain('error JOURNAL_CORRUPT')
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
    for (const line of lines) {
      const { hash, record } = JSON.parse(line) as { hash: string; record: string }
      previous = nextHash(previous, new TextEncoder().encode(record))
      expect(hash).toBe(previous)
    }
    expect(lines.length).toBe(2)
  })

  it('says which file is damaged', async () => {
    const folder = await folderWithJournal()
    await writeFile(path.join(folder, 'journal', 'data.mdb'), 'gone')
    const { code, stderr } = await collegium('journal', 'show', '--dir', folder)
    expect(code).toBe(7)
    expect(stderr).toMatch(/error JOURNAL_CORRUPT: The journal file .*data\.mdb cannot be used/)
  })
})
