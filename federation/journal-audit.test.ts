import { beforeAll, describe, expect, it } from 'vitest'
import { ready } from '#privacy/crypto.ts'
import { keyIdOf } from '#privacy/identity.ts'
import { coordinatorKey, FEDERATION, key, signedJournal, type Bend } from '../test/support/signed-journal.ts'
import { hex } from '../test/support/wire-examples.ts'
import { createAudit } from './journal-audit.ts'
import { checkpoint } from './checkpoint.ts'
import { encodeEvent, type FederationEvent } from './events.ts'
import { rotateKey } from './key-rotation.ts'
import { emptyState, evolve } from './state.ts'

beforeAll(() => ready)

async function audited(bend: Bend = {}, withBlobs = true) {
  const { records, blobs } = signedJournal(bend)
  const audit = createAudit()
  for (const record of records)
    await audit.admit(record, (name) => Promise.resolve(withBlobs ? blobs.get(name) : undefined))
  return { audit, records }
}

describe('an honest journal', () => {
  it('passes, and the audit says what it looked at', async () => {
    const { audit, records } = await audited()
    expect(audit.findings()).toEqual({
      questions: 1,
      commitments: 0, // the question is plain
      envelopes: 1,
      rotations: 1,
      checkpoints: 1,
      signedUpTo: 11,
      federation: FEDERATION,
      coordinatorKey: coordinatorKey().publicKey,
      foundingKey: coordinatorKey().publicKey,
    })
    expect((await audited({}, false)).audit.findings()).toMatchObject({ envelopes: 0, questions: 1 })
    expect(records).toHaveLength(13)
  })

  it('holds the heads that sites saw, and no others', async () => {
    const { audit, records } = await audited()
    for (const record of records) expect(audit.holds(record)).toBe(true)
    expect(audit.holds({ sequence: 3, hash: records[3]!.hash })).toBe(false)
    expect(audit.holds({ sequence: 14, hash: hex('00') })).toBe(false)
    expect(audit.holds({ sequence: 0, hash: hex('00') })).toBe(false)
  })
})

describe('a coordinator that changes its key', () => {
  const rotated = (from: number, to: number) => ({
    type: 'coordinator-key-rotated' as const,
    at: 2,
    ...rotateKey(key(from), key(to), FEDERATION),
  })
  /** By the key that the coordinator has after these. */
  const audit = async (events: readonly FederationEvent[], signer: number) => {
    const founding: FederationEvent = {
      type: 'federation-founded',
      at: 1,
      federation: FEDERATION,
      name: 'Test',
      coordinatorKey: key(7).publicKey,
      classes: ['a', 'b'],
      schemaHash: hex('05'),
    }
    const history = [founding, ...events]
    const head = { sequence: history.length, hash: hex('aa') }
    const [signed] = checkpoint(history.reduce(evolve, emptyState), key(signer), head, 3)
    const created = createAudit()
    for (const [at, event] of [...history, { ...signed!, at: 3 }].entries())
      await created.admit({ sequence: at + 1, hash: hex('aa'), bytes: encodeEvent(event) })
    return created.findings()
  }

  it('is followed from the key that founded the federation', async () => {
    expect(await audit([rotated(7, 8), rotated(8, 9)], 9)).toMatchObject({
      rotations: 2,
      checkpoints: 1,
      foundingKey: key(7).publicKey,
      coordinatorKey: key(9).publicKey,
    })
  })

  it.each<[string, readonly FederationEvent[], number, RegExp]>([
    ['signs on with the old one', [rotated(7, 8)], 7, /record 3 .*signature/],
    ['signs with the new one before', [], 8, /record 2 .*signature/],
    ['is followed by a stranger', [rotated(6, 8)], 8, /record 2 .*another key/],
    ['has the word of another key', [{ ...rotated(7, 8), signatureByOld: rotateKey(key(6), key(8), FEDERATION).signatureByOld }], 8, /record 2 .*signature/], // prettier-ignore
  ])('is refused when it %s', async (_what, events, signer, why) => {
    await expect(audit(events, signer)).rejects.toMatchObject({
      code: 'JOURNAL_CORRUPT',
      message: expect.stringMatching(why) as unknown,
    })
  })
})

describe('a journal whose chain holds is still refused', () => {
  const changing = (type: FederationEvent['type'], change: object): Bend => ({
    event: (event) => (event.type === type ? { ...event, ...change } : event),
  })
  const forged = Buffer.alloc(64, 1).toString('base64')
  const lies: [string, () => Bend, number, RegExp][] = [
    [
      'that founds nothing',
      () => ({
        event: (event) =>
          event.type === 'federation-founded' ? { type: 'site-approved', at: event.at, site: 'x' } : event,
      }),
      1,
      /founding/,
    ],
    [
      'with another federation',
      () => changing('federation-founded', { federation: hex('ee') }),
      9,
      /signature/,
    ],
    [
      'with another coordinator',
      () => changing('federation-founded', { coordinatorKey: key(8).publicKey }),
      10,
      /signature/,
    ],
    ['with a question that somebody else signed', () => ({ questionSigner: key(8) }), 10, /signature/],
    [
      'with a question under another id',
      () => changing('question-opened', { question: hex('0e') }),
      10,
      /not the hash/,
    ],
    [
      'with a question of another run',
      () => changing('question-opened', { run: 'run-2' }),
      10,
      /another run/,
    ],
    [
      'with a question of another federation',
      () => ({ manifest: { federation: hex('ee') } }),
      10,
      /another federation/,
    ],
    [
      'with a roster of strangers',
      () => ({ manifest: { roster: [{ site: 'cleveland', publicKey: key(8).publicKey }], threshold: 1 } }),
      10,
      /never had/,
    ],
    [
      'with a question asked in another history',
      () => ({ manifest: { journalHead: { sequence: 9, hash: hex('0e') } } }),
      10,
      /record 9/,
    ],
    [
      'with a question that forgets a revoked key',
      () => ({ manifest: { revoked: [keyIdOf(key(3).publicKey)] } }),
      10,
      /revoked until then/,
    ],
    [
      'with an enrolment changed later',
      () => changing('site-enrolled', { publicKey: key(7).publicKey }),
      9,
      /another key/,
    ],
    [
      'with a rotation that the old key never signed',
      () =>
        changing('site-key-rotated', {
          signatureByOld: rotateKey(key(4), key(5), FEDERATION).signatureByOld,
        }),
      9,
      /signature/,
    ],
    [
      'with a rotation that nobody holds the key of',
      () => changing('site-key-rotated', { signatureByNew: forged }),
      9,
      /signature/,
    ],
    [
      "with an answer under another site's name",
      () => changing('answer-accepted', { site: 'zurich' }),
      11,
      /another key/,
    ],
    ['with an answer that somebody else signed', () => ({ answerSigner: key(2) }), 11, /another key/],
    ['with an answer that the old key signed', () => ({ answerSigner: key(1) }), 11, /another key/],
    [
      'with an answer changed later',
      () => changing('answer-accepted', { shareHash: hex('0e') }),
      11,
      /does not say/,
    ],
    [
      'with an answer moved to another question',
      () => changing('answer-accepted', { question: hex('0e') }),
      11,
      /another question/,
    ],
    ['with a checkpoint that somebody else signed', () => ({ checkpointSigner: key(8) }), 12, /signature/],
    [
      'with a checkpoint of another record',
      () => changing('checkpoint', { sequence: 10 }),
      12,
      /another record/,
    ],
    ['with a checkpoint of another time', () => changing('checkpoint', { at: 5 }), 12, /signature/],
  ]
  it.each(lies)('%s', async (_what, bend, sequence, why) => {
    await expect(audited(bend())).rejects.toMatchObject({
      code: 'JOURNAL_CORRUPT',
      message: expect.stringMatching(new RegExp(`^Journal record ${sequence} .*${why.source}`)) as unknown,
    })
  })

  it('with an event of another version', async () => {
    const { records } = signedJournal()
    const bytes = new TextEncoder().encode('{"type":"site-applauded","at":1}')
    await expect(createAudit().admit({ ...records[0]!, bytes })).rejects.toMatchObject({
      code: 'JOURNAL_CORRUPT',
      message: expect.stringContaining('record 1') as unknown,
    })
  })
})
