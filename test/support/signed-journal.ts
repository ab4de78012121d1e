/**
 * A coordinator's journal in a variable, every signature in it real: founded, two sites, a revocation, a
 * rotation, a question, an answer, a checkpoint. Tests bend an event, or sign with another key.
 */
import { checkpoint } from '#federation/checkpoint.ts'
import { sealEnvelope } from '#federation/envelope.ts'
import {
  decodeEvent,
  encodeEvent,
  type EventOf,
  type Fact,
  type FederationEvent,
} from '#federation/events.ts'
import { rotateKey } from '#federation/key-rotation.ts'
import type { JournalRecord } from '#federation/ports.ts'
import { emptyState, evolve } from '#federation/state.ts'
import { hash } from '#privacy/crypto.ts'
import { identityOf, keyIdOf } from '#privacy/identity.ts'
import { encodeManifest, QUESTION_DOMAIN, type QuestionManifest } from '#proto/manifest.ts'
import { emptyHead, extendChain } from '#store/chain.ts'
import { hex, teachManifest } from './wire-examples.ts'

export const FEDERATION = teachManifest.federation
export const key = (n: number) => identityOf(new Uint8Array(32).fill(n))
/** The coordinator's is key 9; cleveland's 1, then 5; zurich's 2; lyon, revoked, had 3. */
export const coordinatorKey = () => key(9)
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

export interface SignedJournal {
  readonly records: readonly JournalRecord[]
  readonly blobs: ReadonlyMap<string, Uint8Array>
}

/** What a test may bend. Sequences count from 1: see the list of facts below. */
export interface Bend {
  readonly manifest?: Partial<QuestionManifest>
  readonly questionSigner?: ReturnType<typeof key>
  readonly answerSigner?: ReturnType<typeof key>
  readonly checkpointSigner?: ReturnType<typeof key>
  /** Changes an event after everything was signed; the chain is made over what it returns. */
  readonly event?: (event: FederationEvent, sequence: number) => FederationEvent
}

export function signedJournal(bend: Bend = {}): SignedJournal {
  let state = emptyState
  let head = emptyHead
  const records: JournalRecord[] = []
  const blobs = new Map<string, Uint8Array>()
  const append = (...facts: readonly Fact[]) => {
    for (const fact of facts) {
      const sequence = head.sequence + 1
      const event: FederationEvent = { ...fact, at: 1000 * sequence }
      const written = bend.event?.(event, sequence) ?? event
      const [record] = extendChain(head, [encodeEvent(written)])
      state = evolve(state, event)
      records.push(record!)
      head = record!
    }
  }
  const enrol = (site: string, n: number): Fact[] => [
    { type: 'site-invited', site, tokenHash: hex(`0${n}`), expiresAt: 9, approve: true },
    { type: 'site-enrolled', site, publicKey: key(n).publicKey, tokenHash: hex(`0${n}`) },
  ]

  const founding = { federation: FEDERATION, name: 'Test', classes: ['a', 'b'], schemaHash: hex('03') }
  append({ type: 'federation-founded', ...founding, coordinatorKey: coordinatorKey().publicKey }) // 1
  append(...enrol('cleveland', 1), ...enrol('zurich', 2), ...enrol('lyon', 3)) // 2 to 7
  append({ type: 'site-revoked', site: 'lyon' }) // 8
  append({ type: 'site-key-rotated', site: 'cleveland', ...rotateKey(key(1), key(5), FEDERATION) }) // 9

  const manifest = encodeManifest({
    ...teachManifest,
    roster: [
      { site: 'cleveland', publicKey: key(5).publicKey },
      { site: 'zurich', publicKey: key(2).publicKey },
    ],
    revoked: [keyIdOf(key(3).publicKey), keyIdOf(key(1).publicKey)],
    journalHead: { sequence: head.sequence, hash: head.hash },
    ...bend.manifest,
  })
  const question = hash(manifest)
  const signature = (bend.questionSigner ?? coordinatorKey()).sign(QUESTION_DOMAIN, manifest)
  append({
    type: 'question-opened', // 10
    question,
    run: 'run-1',
    round: 2,
    purpose: 'teach',
    manifest: base64(manifest),
    signature: base64(signature),
    expiresAt: 99,
  })

  const share = Uint8Array.of(1, 2, 3, 4)
  const envelope = sealEnvelope(bend.answerSigner ?? key(5), {
    version: 1,
    federation: FEDERATION,
    sequence: 1,
    expiresAtMs: 60_000,
    inReplyTo: 0,
    body: { kind: 'answer', question, share, journal: { sequence: 2, hash: 'a'.repeat(64) } },
  })
  blobs.set(hash(envelope), new Uint8Array(envelope))
  const bytes = envelope.length
  append({
    type: 'answer-accepted', // 11
    question,
    site: 'cleveland',
    shareHash: hash(share),
    envelopeHash: hash(envelope),
    bytes,
    journal: { sequence: 2, hash: 'a'.repeat(64) },
  })
  append(...checkpoint(state, bend.checkpointSigner ?? coordinatorKey(), head, 1000 * (head.sequence + 1))) // 12
  append({ type: 'question-closed', question, survivors: ['cleveland'], dropped: ['zurich'] }) // 13
  return { records, blobs }
}

/** The only event of this type in the journal. */
export function only<T extends FederationEvent['type']>({ records }: SignedJournal, type: T): EventOf<T> {
  const events = records.map(({ bytes, sequence }) => decodeEvent(bytes, sequence))
  return events.find((event): event is EventOf<T> => event.type === type)!
}
