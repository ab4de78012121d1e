/** A site with everything real but its coordinator, which is scripted: sixty points, two classes, one transfer set. */
import { randomBytes } from 'node:crypto'
import { onTestFinished, vi } from 'vitest'
import { parseSiteConfig } from '#client/config.ts'
import { givenDataSource } from '#client/data.ts'
import { runSite, type SiteParts } from '#client/site.ts'
import type { SiteStatus } from '#client/status.ts'
import { encodeNetwork } from '#engine/checkpoint.ts'
import { initialise } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime, type Runtime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import type { Blobs, Journal } from '#federation/ports.ts'
import { decodeSiteEvent, type SiteEvent } from '#federation/site-events.ts'
import { ready } from '#privacy/crypto.ts'
import { createIdentity } from '#privacy/identity.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import { openMemoryBlobs } from '#store/memory-blobs.ts'
import { openMemoryJournal } from '#store/memory-journal.ts'
import { planeDataset, planeSchema } from './plane.ts'
import { FEDERATION, scriptedCoordinator } from './scripted-coordinator.ts'

let opened: Promise<Runtime> | undefined
const openOnce = () => (opened ??= openRuntime())

const dataset = planeDataset('rows', 60)
/** Four items; the site knows none of them. */
export const transfer = new TextEncoder().encode('x,y\n1,0\n0,1\n2,-2\n-1,1\n')

/** The same for every site of this world: a restart is the same site. */
export const identity = () => createIdentity((length) => new Uint8Array(length).fill(1))

export interface SiteWorld {
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

export async function siteWorld(stores: { journal?: Journal; blobs?: Blobs } = {}): Promise<SiteWorld> {
  await ready
  const runtime = await openOnce()
  const clock = () => Date.now()
  const script = scriptedCoordinator(clock)
  script.enrolment = 'approved'
  script.schemaHash = script.publish(new TextEncoder().encode(JSON.stringify(planeSchema)))
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
    privacy: { mode: 'plain', campaign: 40 },
    openedAtMs: clock(),
    expiresAtMs: clock() + 60_000,
    nonce: ++nonce,
    revoked: [],
    studentHashes: [],
    journalHead: { sequence: nonce, hash: nonce.toString(16).padStart(64, '0') },
  })
  const config = parseSiteConfig(
    'data: { path: x }\nteacher: { kind: mlp, hidden: [], epochs: 3 }\npolicy: { minimumSites: 2, privacyModes: [plain] }',
    '/',
  )
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
        heads: [],
      },
      transfer: { hash: script.publish(transfer), format: 'csv', rows: 4, firstRow: 1, rowCount: 2 },
      ...change,
    }),
    evaluation() {
      const spec = parseSpec({ kind: 'mlp', inputs: 2, hidden: [], outputs: 2 })
      const studentHash = script.publish(encodeNetwork(initialise(spec, seededRandom('student'))))
      // 2 x 2 confusions, 3 x 15 bins, 3 sums, 2 x 64 histogram cells: 180 words.
      const share = {
        kind: 'evaluation-counts',
        rows: 1,
        outputs: 2,
        length: 180,
        scale: 256,
        clip: 0,
        temperature: 1,
        heads: [],
      }
      return { ...base(), purpose: 'evaluate', studentHashes: [studentHash], share }
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
        random: (length) => new Uint8Array(randomBytes(length)),
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

export const until = (assert: () => void | Promise<void>) =>
  vi.waitFor(assert, { timeout: 10_000, interval: 5 })
export const kinds = (events: readonly SiteEvent[]) => events.map(({ type }) => type)
