/** What every journal promises, and what a journal on disk promises besides. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdir, rm, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import * as fc from 'fast-check'
import { open as openLmdb } from 'lmdb'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Journal, JournalRecord } from '#federation/ports.ts'
import { emptyHead, verifyChain } from '../../store/chain.ts'
import { openLmdbJournal, readLmdbJournal } from '../../store/lmdb-journal.ts'
import { openMemoryJournal } from '../../store/memory-journal.ts'
import { startSource } from '../support/source-process.ts'
import { tempFolder } from '../support/temp-folder.ts'

const text = (value: string) => new TextEncoder().encode(value)

async function collect(records: AsyncIterable<JournalRecord>): Promise<JournalRecord[]> {
  const all: JournalRecord[] = []
  for await (const record of records) all.push(record)
  return all
}

const implementations = [
  { name: 'memory journal', open: openMemoryJournal },
  { name: 'LMDB journal', open: async () => openLmdbJournal(await tempFolder()) },
]

describe.each(implementations)('$name', ({ open }) => {
  const opened = async (): Promise<Journal> => {
    const journal = await open()
    onTestFinished(() => journal.close())
    return journal
  }

  it('is empty at first, with 32 zero bytes for a hash', async () => {
    const journal = await opened()
    expect(journal.head()).toEqual({ sequence: 0, hash: '0'.repeat(64) })
    expect(await collect(journal.read())).toEqual([])
  })

  it('chains records by BLAKE2b-256', async () => {
    const journal = await opened()
    await journal.append([text('one'), text('')])
    await journal.append([text('three')])
    // Python: h = bytes(32); for b in [b'one', b'', b'three']:
    //   h = blake2b(b'fdn/log/v1' + h + len(b).to_bytes(8, 'little') + b, digest_size=32).digest()
    expect((await collect(journal.read())).map((record) => record.hash)).toEqual([
      '056519f927b6eaa7e08f68e5a0dcd9e3552a2c57178128141f78fb1cff8f8782',
      'c94def8c7aadc305eb186f7d2c88d9cadb8332bb8f5dad85dc2d456d5b387830',
      '59ad6b9e44c3dc20c5d5d62955c48739b4b4a71501b3f303964a804a9e2302c1',
    ])
  })

  it('reads back what was appended, from any sequence, and its chain verifies', async () => {
    const bytes = fc.uint8Array({ maxLength: 300 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(bytes, { maxLength: 5 }), { maxLength: 6 }),
        fc.nat(30),
        async (appends, from) => {
          const journal = await open()
          try {
            for (const records of appends) await journal.append(records)
            const all = await collect(journal.read())
            expect(all.map((record) => record.bytes)).toEqual(appends.flat())
            expect(all.map((record) => record.sequence)).toEqual(appends.flat().map((_, index) => index + 1))
            expect(await collect(journal.read(from))).toEqual(all.filter((record) => record.sequence >= from))
            expect(await verifyChain(journal.read())).toEqual(journal.head())
          } finally {
            await journal.close()
          }
        },
      ),
      { numRuns: 25 },
    )
  })

  it('keeps the order of concurrent appends, each in one piece', async () => {
    const journal = await opened()
    const heads = await Promise.all(
      Array.from({ length: 20 }, (_, index) => journal.append([text(`${index}a`), text(`${index}b`)])),
    )
    expect(heads.map((head) => head.sequence)).toEqual(
      Array.from({ length: 20 }, (_, index) => 2 * index + 2),
    )
    const read = (await collect(journal.read())).map((record) => new TextDecoder().decode(record.bytes))
    expect(read).toEqual(Array.from({ length: 20 }, (_, index) => [`${index}a`, `${index}b`]).flat())
  })

  it('is not changed by later changes to the bytes it was given or gave', async () => {
    const journal = await opened()
    const given = text('first')
    await journal.append([given])
    given.fill(0)
    for await (const record of journal.read()) record.bytes.fill(0)
    expect((await collect(journal.read()))[0]?.bytes).toEqual(text('first'))
  })

  it('appends nothing when given nothing', async () => {
    const journal = await opened()
    expect(await journal.append([])).toEqual(emptyHead)
  })
})

describe('LMDB journal on disk', () => {
  const filled = async (records: string[]) => {
    const folder = await tempFolder()
    const journal = await openLmdbJournal(folder)
    const head = await journal.append(records.map(text))
    await journal.close()
    return { folder, head }
  }

  it('is there after reopening', async () => {
    const { folder, head } = await filled(['a', 'b', 'c'])
    const journal = await openLmdbJournal(folder)
    onTestFinished(() => journal.close())
    expect(journal.head()).toEqual(head)
    expect((await journal.append([text('d')])).sequence).toBe(4)
    expect(await verifyChain(journal.read())).toEqual(journal.head())
  })

  it('can be read by others while it is open', async () => {
    const journal = await openLmdbJournal(
      await tempFolder().then((folder) => path.join(folder, 'new', 'journal')),
    )
    onTestFinished(() => journal.close())
    const { folder } = await filled(['a'])
    const owner = await openLmdbJournal(folder)
    onTestFinished(() => owner.close())
    await owner.append([text('b')])
    expect(await verifyChain(readLmdbJournal(folder))).toEqual(owner.head())
    await expect(collect(readLmdbJournal(path.join(folder, 'none')))).rejects.toMatchObject({
      code: 'CONFIG_UNREADABLE',
    })
  })

  it('belongs to one opener at a time', async () => {
    const { folder } = await filled(['a'])
    const first = await openLmdbJournal(folder)
    await expect(openLmdbJournal(folder)).rejects.toMatchObject({ code: 'STORE_IN_USE' })
    await first.close()
    await (await openLmdbJournal(folder)).close()
  })

  it('belongs to one process at a time, and a killed process lets go of it', async () => {
    const folder = await tempFolder()
    const writer = startSource('test/support/journal-writer.ts', [folder])
    await writer.lines.next()
    await expect(openLmdbJournal(folder)).rejects.toMatchObject({
      code: 'STORE_IN_USE',
      message: expect.stringContaining(`process ${writer.child.pid}`) as string,
    })
    writer.child.kill('SIGKILL')
    await writer.ended
    await (await openLmdbJournal(folder)).close()
  })

  it(
    'keeps every acknowledged record when its process is killed at any moment',
    { timeout: 120_000 },
    async () => {
      const folder = await tempFolder()
      let acknowledged = 0
      for (let kill = 0; kill < 10; kill++) {
        const writer = startSource('test/support/journal-writer.ts', [folder])
        let lines = 0 // the first one says that the journal is open
        for await (const line of writer.lines) {
          if (lines++ === kill) setTimeout(() => writer.child.kill('SIGKILL'), (3 * kill) % 10)
          if (!line.startsWith('open')) acknowledged = Number(line)
        }
        await writer.ended

        const journal = await openLmdbJournal(folder)
        const { sequence } = journal.head()
        expect(sequence).toBeGreaterThanOrEqual(acknowledged)
        expect(sequence % 2).toBe(0) // two records an append, so never half of one
        for (const record of await collect(journal.read(sequence - 1))) {
          expect(new TextDecoder().decode(record.bytes)).toBe(`record ${record.sequence} `.padEnd(1000, '.'))
        }
        await journal.close()
      }
      expect(acknowledged).toBeGreaterThanOrEqual(90) // 2 * (0 + 1 + ... + 9)
    },
  )

  it('refuses to open when any byte of a record has changed, and names the record', async () => {
    const { folder } = await filled(['first', 'second', 'third'])
    const valueLength = 32 + 'second'.length
    for (let at = 0; at < valueLength; at++) {
      const flip = async () => {
        const database = openLmdb<Buffer, number>({
          path: folder,
          noSubdir: false,
          encoding: 'binary',
          keyEncoding: 'uint32',
        })
        const value = Buffer.from(database.get(2)!)
        value[at]! ^= 1 << (at % 8)
        database.putSync(2, value)
        await database.close()
      }
      await flip()
      await expect(openLmdbJournal(folder)).rejects.toMatchObject({
        code: 'JOURNAL_CORRUPT',
        message: expect.stringContaining('record 2') as string,
      })
      await flip()
    }
    await (await openLmdbJournal(folder)).close()
  })

  it('refuses a file that is cut short, or is no journal, instead of crashing on it', async () => {
    const { folder } = await filled(Array.from({ length: 50 }, () => 'x'.repeat(900)))
    const file = path.join(folder, 'data.mdb')
    await truncate(file, 40_000) // fifty records of 900 bytes reach further; what lies behind them is spare room
    await expect(openLmdbJournal(folder)).rejects.toMatchObject({ code: 'JOURNAL_CORRUPT' })
    await writeFile(file, 'not a journal')
    await expect(openLmdbJournal(folder)).rejects.toMatchObject({ code: 'JOURNAL_CORRUPT' })
  })

  it('says when its folder cannot be written', async () => {
    const file = path.join(await tempFolder(), 'file')
    await writeFile(file, '')
    await expect(openLmdbJournal(path.join(file, 'journal'))).rejects.toMatchObject({
      code: 'STORE_UNWRITABLE',
    })
  })
})

describe('LMDB journal on a full disk', () => {
  it('refuses the append, keeps what it has, and goes on once there is space: a limit on file size', async (test) => {
    test.skip(!hasPrlimit(), 'needs prlimit, of util-linux')
    const folder = await tempFolder()
    // 100 kB at most for a file; the shell's unit is 1024 bytes. Node ignores SIGXFSZ, so writes fail with EFBIG.
    const shell = ['bash', '-c', 'ulimit -S -f 100; exec "$@"', 'bash']
    const writer = startSource('test/support/journal-writer.ts', [folder], shell)
    const acknowledged: number[] = []
    let refusals = 0
    for await (const line of writer.lines) {
      if (line === 'STORE_WRITE_FAILED') {
        refusals++
        if (refusals === 3) execFileSync('prlimit', ['--pid', String(writer.child.pid), '--fsize=unlimited:'])
      } else if (!line.startsWith('open')) {
        acknowledged.push(Number(line))
        if (refusals >= 3) break
      }
    }
    expect(refusals).toBeGreaterThanOrEqual(3)
    expect(acknowledged).toEqual(acknowledged.map((_, index) => 2 * index + 2)) // nothing lost or skipped
    writer.child.kill('SIGKILL')
    await writer.ended
    const journal = await openLmdbJournal(folder)
    expect(journal.head().sequence).toBeGreaterThanOrEqual(acknowledged.length * 2)
    await journal.close()
  })

  it('refuses the append, keeps what it has, and goes on once there is space: a real small disk', async (test) => {
    const disk = path.join(await tempFolder(), 'disk')
    await mkdir(disk)
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]).status === 0
    test.skip(!mounted, 'needs the right to mount a file system')
    onTestFinished(() => void spawnSync('umount', ['-l', disk]))
    const ballast = path.join(disk, 'ballast')
    await writeFile(ballast, new Uint8Array(400_000))

    const journal = await openLmdbJournal(path.join(disk, 'journal'))
    onTestFinished(() => journal.close())
    const records = [new Uint8Array(20_000).fill(1), new Uint8Array(20_000).fill(2)]
    const { appended, refused } = await appendUntilRefused(journal, records)
    expect(refused).toMatchObject({
      code: 'STORE_WRITE_FAILED',
      message: expect.stringContaining('could not be written: no space is left on the device; it') as string,
    })
    expect(appended).toBeGreaterThan(0)
    // LMDB's own report of a full disk damages the heap a little each time (store/lmdb-space.ts).
    for (let again = 0; again < 200; again++)
      await expect(journal.append(records)).rejects.toMatchObject({ code: 'STORE_WRITE_FAILED' })
    expect(journal.head().sequence).toBe(appended)
    expect((await collect(journal.read())).length).toBe(appended)

    await rm(ballast)
    expect((await journal.append(records)).sequence).toBe(appended + 2)
    expect(await verifyChain(journal.read())).toEqual(journal.head())
  })
})

function hasPrlimit(): boolean {
  return spawnSync('prlimit', ['--version']).status === 0
}

async function appendUntilRefused(journal: Journal, records: Uint8Array[]) {
  for (let appended = 0; ; appended += records.length) {
    try {
      await journal.append(records)
    } catch (refused) {
      return { appended, refused }
    }
  }
}
