import path from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { encodeNetwork } from '#engine/checkpoint.ts'
import { featureSchemaSchema } from '#engine/data/schema.ts'
import { initialise } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime, type Runtime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import type { Blobs, Journal } from '#federation/ports.ts'
import { decodeSiteEvent, type SiteEvent } from '#federation/site-events.ts'
import { bytesToWords, decode } from '#privacy/fixed-point.ts'
import { ready } from '#privacy/crypto.ts'
import { createIdentity } from '#privacy/identity.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import { openFileBlobs } from '#store/file-blobs.ts'
import { openLmdbJournal } from '#store/lmdb-journal.ts'
import { openMemoryBlobs } from '#store/memory-blobs.ts'
import { openMemoryJournal } from '#store/memory-journal.ts'
import { FEDERATION, lost, scriptedCoordinator } from '../test/support/scripted-coordinator.ts'
import { tempFolder } from '../test/support/temp-folder.ts'
import { parseSiteConfig } from './config.ts'
import { givenDataSource } from './data.ts'
import { runSite, type SiteParts } from './site.ts'
import type { SiteStatus } from './status.ts'

let runtime: Runtime
beforeAll(async () => {
  await ready
  runtime = await openRuntime()
})

const ROWS = 60
const schema = featureSchemaSchema.parse({
  version: 1,
  features: {
    kind: 'table',
    columns: [
      { name: 'x', kind: 'numeric', center: 0, spread: 1 },
      { name: 'y', kind: 'numeric', center: 0, spread: 1 },
    ],
  },
  target: {
    column: 't',
    classes: [
      { name: 'low', values: ['0'] },
      { name: 'high', values: ['1'] },
    ],
  },
})
const random = seededRandom('rows')
const points = Float32Array.from({ length: 2 * ROWS }, () => random.normal())
const dataset = {
  rows: ROWS,
  features: 2,
  inputs: points,
  labels: Int32Array.from({ length: ROWS }, (_, row) => (points[2 * row]! > points[2 * row + 1]! ? 1 : 0)),
  classes: ['low', 'high'],
}
const transfer = new TextEncoder().encode('x,y\n1,0\n0,1\n2,-2\n-1,1\n')

const identity = (() => {
  let made: ReturnType<typeof createIdentity> | undefined
  return () => (made ??= createIdentity((length) => new Uint8Array(length).fill(1)))
})()

const coded = (code: string) => expect.objectContaining({ code })

interface World {
  readonly script: ReturnType<typeof scriptedCoordinator>
  readonly journal: Journal
  readonly blobs: Blobs
  readonly statuses: SiteStatus[]
  readonly events: () => Promise<SiteEvent[]>
  readonly question: (change?: Partial<QuestionManifest>) => QuestionManifest
  readonly evaluation: () => QuestionManifest
  /** Runs a site until `stop`; `stop` resolves, or rejects, as the site does. */
  readonly start: (change?: Partial<SiteParts>) => { stop: () => Promise<void>; ended: Promise<void> }
}

async function world(stores: { journal?: Journal; blobs?: Blobs } = {}): Promise<World> {
  const clock = () => Date.now()
  const script = scriptedCoordinator(clock)
  script.enrolment = 'approved'
  script.schemaHash = script.publish(new TextEncoder().encode(JSON.stringify(schema)))
  const journal = stores.journal ?? (await openMemoryJournal())
  const blobs = stores.blobs ?? (await openMemoryBlobs())
  const statuses: SiteStatus[] = []
  let nonce = 0
  const base = (): Omit<QuestionManifest, 'share' | 'purpose'> => ({
    version: 1,
    federation: FEDERATION,
    run: 'run-1',
    round: 0,
    roster: [
      { site: 'north', publicKey: identity().publicKey },
      { site: 'south', publicKey: 'd'.repeat(64) },
    ],
    threshold: 2,
    schemaHash: script.schemaHash!,
    privacy: { mode: 'plain' },
    openedAtMs: clock(),
    expiresAtMs: clock() + 60_000,
    nonce: ++nonce,
  })
  const config = parseSiteConfig('data: { path: x }\nteacher: { kind: mlp, hidden: [], epochs: 3 }', '/')
  return {
    script,
    journal,
    blobs,
    statuses,
    async events() {
      const events: SiteEvent[] = []
      for await (const { bytes, sequence } of journal.read()) events.push(decodeSiteEvent(bytes, sequence))
      return events
    },
    question: (change = {}) => ({
      ...base(),
      purpose: 'teach',
      share: {
        kind: 'probabilities',
        rows: 2,
        outputs: 2,
        length: 4,
        scale: 65_536,
        clip: 0,
        temperature: 1,
      },
      transfer: { hash: script.publish(transfer), format: 'csv', rows: 4, firstRow: 1, rowCount: 2 },
      ...change,
    }),
    evaluation() {
      const spec = parseSpec({ kind: 'mlp', inputs: 2, hidden: [], outputs: 2 })
      const studentHash = script.publish(encodeNetwork(initialise(spec, random)))
      // 2 x 2 confusions, 3 x 15 bins, 3 sums, 2 x 64 histogram cells: 180 words.
      const share = {
        kind: 'evaluation-counts',
        rows: 1,
        outputs: 2,
        length: 180,
        scale: 256,
        clip: 0,
        temperature: 1,
      }
      return { ...base(), purpose: 'evaluate', studentHash, share }
    },
    start(change = {}) {
      const abort = new AbortController()
      const parts: SiteParts = {
        identity: identity(),
        membership: {
          federation: FEDERATION,
          federationName: 'Test',
          coordinatorKey: script.identity.publicKey,
          site: 'north',
        },
        link: script.link(),
        journal,
        blobs,
        runtime,
        data: givenDataSource(dataset),
        config,
        clock,
        log: { info: () => undefined, warn: () => undefined, error: () => undefined },
        pollMs: 20,
        onStatus: (status) => statuses.push(status),
        ...change,
      }
      const ended = runSite(parts, abort.signal)
      ended.catch(() => undefined)
      const stop = async () => {
        abort.abort()
        await ended
      }
      onTestFinished(() => stop().catch(() => undefined))
      return { stop, ended }
    },
  }
}

const until = (assert: () => void | Promise<void>) => vi.waitFor(assert, { timeout: 10_000, interval: 5 })
const kinds = (events: readonly SiteEvent[]) => events.map(({ type }) => type)

describe('a site', () => {
  it('greets, prepares, answers once, and has it acknowledged', async () => {
    const { script, events, question, start } = await world()
    const { stop } = start()
    const id = script.ask(question())
    await until(async () => expect(kinds(await events())).toContain('answer-acknowledged'))
    await stop()
    expect(script.heard[0]?.kind).toBe('hello')
    expect(kinds(await events())).toEqual(['joined', 'teacher-ready', 'answer-sealed', 'answer-acknowledged'])
    const answer = script.heard.find((body) => body.kind === 'answer')
    if (answer?.kind !== 'answer') throw new Error('no answer')
    expect(answer.question).toBe(id)
    const [a, b, c, d] = decode(bytesToWords(answer.share), 65_536)
    // Items 1 and 2 of the transfer set are (0, 1) and (2, -2); class 1 is x > y.
    expect(a! + b!).toBe(1)
    expect(c! + d!).toBe(1)
    expect(b!).toBeLessThan(d!)
  })

  it('measures a student on its own validation rows', async () => {
    const { script, evaluation, start } = await world()
    start()
    script.ask(evaluation())
    await until(() => expect(script.shares.size).toBe(1))
    const answer = script.heard.find((body) => body.kind === 'answer')
    if (answer?.kind !== 'answer') throw new Error('no answer')
    const counts = decode(bytesToWords(answer.share), 256)
    const confusion = counts.slice(0, 4).reduce((a, b) => a + b, 0)
    expect(confusion).toBe(12) // a fifth of 60 rows
  })

  it('reports what it does, with its rows rounded to tens', async () => {
    const { script, statuses, question, start } = await world()
    start()
    script.ask(question())
    await until(() => expect(script.shares.size).toBe(1))
    await until(() =>
      expect(script.heard).toContainEqual(expect.objectContaining({ kind: 'poll', trainingRows: 50 })),
    )
    expect(statuses.map(({ note }) => note)).toContain('training the teacher, epoch 3 of 3') // 48 rows train
    expect(statuses.map(({ activity }) => activity)).toContain('answering')
  })

  it('waits for approval and asks for nothing until then', async () => {
    const { script, question, statuses, start } = await world()
    script.enrolment = 'pending'
    start()
    await until(() => expect(statuses.at(-1)?.note).toBe("waiting for the operator's approval"))
    expect(script.heard.map(({ kind }) => kind)).not.toContain('blobRequest')
    script.enrolment = 'approved'
    script.ask(question())
    await until(() => expect(script.shares.size).toBe(1))
  })

  it('greets again on a new connection and loses nothing', async () => {
    const { script, question, start } = await world()
    start()
    await until(() => expect(script.heard.map(({ kind }) => kind)).toContain('poll'))
    script.reconnect()
    script.ask(question())
    await until(() => expect(script.shares.size).toBe(1))
    expect(script.heard.filter(({ kind }) => kind === 'hello').length).toBeGreaterThan(1)
  })

  it('is woken by a push, long before its next visit', async () => {
    const { script, question, start, events } = await world()
    start({ pollMs: 3_600_000 })
    await until(async () => expect(kinds(await events())).toContain('teacher-ready'))
    script.ask(question())
    await until(() => expect(script.shares.size).toBe(1))
  })

  it('ends when the operator revokes it', async () => {
    const { script, start } = await world()
    const { ended } = start()
    await until(() => expect(script.heard.length).toBeGreaterThan(2))
    script.enrolment = 'revoked'
    await expect(ended).rejects.toEqual(coded('SITE_REVOKED'))
  })

  it('without usable data tells the operator why, and ends with that error', async () => {
    const { script, start } = await world()
    const data = () =>
      Promise.reject(new CollegiumError('DATA_MISSING_COLUMN', 'The file has no column "x".'))
    await expect(start({ data }).ended).rejects.toEqual(coded('DATA_MISSING_COLUMN'))
    const last = script.heard.filter(({ kind }) => kind === 'poll').at(-1)
    expect(last).toMatchObject({ note: 'DATA_MISSING_COLUMN: The file has no column "x".' })
  })

  it('takes a journal of its own federation and key only', async () => {
    const { start } = await world()
    await start().stop()
    const stranger = createIdentity((length) => new Uint8Array(length).fill(2))
    await expect(start({ identity: stranger }).ended).rejects.toEqual(coded('FEDERATION_MISMATCH'))
  })
})

describe('a question that cannot be answered', () => {
  const refusals: [string, (w: World) => string, string][] = [
    [
      'of another federation',
      (w) => w.script.ask(w.question({ federation: 'e'.repeat(64) })),
      'FEDERATION_MISMATCH',
    ],
    ['that the coordinator did not sign', (w) => w.script.ask(w.question(), identity()), 'SIGNATURE_INVALID'],
    [
      'that the policy forbids',
      (w) => w.script.ask(w.question({ privacy: { mode: 'none' } })),
      'POLICY_REFUSED',
    ],
    [
      'about a transfer set that is not the one signed',
      (w) => {
        w.script.blobs.set('b'.repeat(64), transfer)
        return w.script.ask(w.question({ transfer: { ...w.question().transfer!, hash: 'b'.repeat(64) } }))
      },
      'TRANSFER_HASH_MISMATCH',
    ],
    [
      'about a transfer set with other rows than it says',
      (w) => w.script.ask(w.question({ transfer: { ...w.question().transfer!, rows: 5 } })),
      'MANIFEST_INVALID',
    ],
    [
      'about a transfer set without our columns',
      (w) => {
        const odd = w.script.publish(new TextEncoder().encode('x\n1\n2\n3\n4\n'))
        return w.script.ask(w.question({ transfer: { ...w.question().transfer!, hash: odd } }))
      },
      'DATA_MISSING_COLUMN',
    ],
  ]
  it.each(refusals)('%s is refused with a code, and the next one answered', async (_name, ask, code) => {
    const w = await world()
    w.start()
    const refused = ask(w)
    await until(() =>
      expect(w.script.heard).toContainEqual(
        expect.objectContaining({ kind: 'refusal', question: refused, code }),
      ),
    )
    const good = w.script.ask(w.question())
    await until(() => expect(w.script.shares.has(good)).toBe(true))
    expect(w.script.shares.has(refused)).toBe(false)
    expect(await w.events()).toContainEqual(expect.objectContaining({ type: 'question-declined', code }))
  })
})

describe('at most once', () => {
  async function onDisk() {
    const dir = await tempFolder()
    const open = async () => {
      const journal = await openLmdbJournal(path.join(dir, 'journal'))
      onTestFinished(() => journal.close())
      return { journal, blobs: await openFileBlobs(path.join(dir, 'blobs')) }
    }
    return { open, first: await world(await open()) }
  }

  it('after a restart sends the same sealed bytes until they are acknowledged, and keeps the teacher', async () => {
    const { open, first } = await onDisk()
    const { script } = first
    script.bendFrame = (frame, body) => {
      if (body.kind === 'answer') throw lost
      return frame
    }
    const { stop } = first.start()
    const id = script.ask(first.question())
    await until(() => expect(script.shares.get(id)?.length).toBeGreaterThan(1))
    await stop()
    await first.journal.close()

    script.bendFrame = (frame) => frame
    const reopened = await open()
    const statuses: SiteStatus[] = []
    const again = first.start({
      ...reopened,
      link: script.link(),
      onStatus: (status) => statuses.push(status),
    })
    const types = async () => {
      const events: string[] = []
      for await (const { bytes } of reopened.journal.read()) events.push(decodeSiteEvent(bytes, 0).type)
      return events
    }
    await until(async () => expect(await types()).toContain('answer-acknowledged'))
    const sent = script.shares.get(id)!
    expect(new Set(sent).size).toBe(1)
    await until(() => expect(statuses.at(-1)?.note).toBe('ready'))
    expect(statuses.map(({ note }) => note).filter((note) => note.includes('epoch'))).toEqual([])
    const before = sent.length
    await again.stop()
    expect(script.shares.get(id)).toHaveLength(before)
    expect((await types()).filter((type) => type === 'teacher-ready')).toHaveLength(1)
  })

  it.each([0, 1, 2, 3])(
    'killed at journal record %i, before or after it is on disk, never says two things',
    async (record) => {
      for (const written of [false, true]) {
        const { open, first } = await onDisk()
        const { script } = first
        let died = false
        let bury: () => void = () => undefined
        const dead = new Promise<never>(
          (_, reject) => (bury = () => reject(new Error('the process is gone'))),
        )
        let left = record
        const dying: Journal = {
          ...first.journal,
          async append(records) {
            if (left-- > 0) return first.journal.append(records)
            if (written && !died) await first.journal.append(records)
            died = true
            return dead
          },
        }
        first.start({ journal: dying })
        onTestFinished(() => bury())
        const id = script.ask(first.question())
        await until(() => expect(died).toBe(true))
        await first.journal.close()

        const reopened = await open()
        const second = first.start({ ...reopened, link: script.link() })
        await until(() => expect(script.shares.has(id)).toBe(true))
        await second.stop()
        expect(new Set(script.shares.get(id)).size).toBe(1)
        await reopened.journal.close()
      }
    },
  )

  it('an answer that comes late is void, and not sent again', async () => {
    const { script, events, question, start } = await world()
    let attempts = 0
    script.bend = (body) => {
      if (body.kind !== 'answer') return undefined
      attempts++
      throw new CollegiumError('QUESTION_CLOSED', 'It closed.')
    }
    const { stop } = start()
    script.ask(question())
    await until(async () => expect(kinds(await events())).toContain('answer-voided'))
    await until(() => expect(script.heard.at(-1)?.kind).toBe('poll'))
    await stop()
    expect(attempts).toBe(1)
  })

  it('a full disk loses nothing: the question is answered once there is room', async () => {
    const { script, journal, question, start } = await world()
    let full = true
    const disk: Journal = {
      ...journal,
      append: (records) =>
        full && new TextDecoder().decode(records[0]).includes('answer-sealed')
          ? Promise.reject(new CollegiumError('STORE_WRITE_FAILED', 'No space is left.'))
          : journal.append(records),
    }
    start({ journal: disk })
    const id = script.ask(question())
    await until(() => expect(script.heard.filter(({ kind }) => kind === 'poll').length).toBeGreaterThan(8))
    expect(script.shares.size).toBe(0)
    full = false
    await until(() => expect(script.shares.get(id)).toHaveLength(1))
  })
})
