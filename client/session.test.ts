import { beforeAll, describe, expect, it } from 'vitest'
import { openEnvelope, sealEnvelope } from '#federation/envelope.ts'
import { rotateKey, toSend, type KeyRotation } from '#federation/key-rotation.ts'
import { hash, ready } from '#privacy/crypto.ts'
import { createIdentity } from '#privacy/identity.ts'
import { openMemoryBlobs } from '#store/memory-blobs.ts'
import { FEDERATION, lost, scriptedCoordinator } from '../test/support/scripted-coordinator.ts'
import { createBlobFetcher } from './blobs.ts'
import { besideAnother, createSequence, createSession } from './session.ts'

beforeAll(() => ready)

const coded = (code: string) => expect.objectContaining({ code })
const clock = () => 1_000_000
const poll = { kind: 'poll', activity: 'idle', note: '', progress: 0, trainingRows: 0 } as const

async function conversation() {
  const script = scriptedCoordinator(clock)
  const identity = createIdentity((length) => new Uint8Array(length).fill(1))
  const link = script.link()
  await link.open({ onPush: () => undefined, onState: () => undefined })
  const parts = { identity, coordinatorKeyId: script.identity.keyId, federation: FEDERATION, link, clock }
  return { script, identity, parts, session: createSession(parts) }
}

describe('a session', () => {
  it('learns the key behind the pinned id from the welcome, then trusts that key alone', async () => {
    const { script, session } = await conversation()
    expect(await session.hello()).toMatchObject({
      publicKey: script.identity.publicKey,
      enrolment: 'unknown',
    })
    script.enrolment = 'approved'
    expect(await session.request(poll)).toMatchObject({ kind: 'inbox', enrolment: 'approved' })
  })

  it('beside another of the same identity is heard, though their numbers meet', async () => {
    const { parts, session } = await conversation()
    await session.hello()
    await session.request(poll) // numbers 1,000,000 and 1,000,001 are taken
    await expect(createSession(parts).hello()).rejects.toEqual(coded('ENVELOPE_REPLAYED'))
    const beside = besideAnother(createSession(parts))
    await beside.hello()
    expect(await beside.request(poll)).toMatchObject({ kind: 'inbox' })
  })

  it('refuses an impostor before and after the welcome', async () => {
    const { script, session } = await conversation()
    script.impostor = createIdentity((length) => new Uint8Array(length).fill(99))
    await expect(session.hello()).rejects.toEqual(coded('COORDINATOR_KEY_MISMATCH'))
    script.impostor = undefined
    await session.hello()
    script.impostor = createIdentity((length) => new Uint8Array(length).fill(99))
    await expect(session.request(poll)).rejects.toEqual(coded('COORDINATOR_KEY_MISMATCH'))
  })

  it('follows the coordinator to a key that the pinned one vouches for, and never back', async () => {
    const { script, parts, session } = await conversation()
    const [next, stranger] = [98, 97].map((fill) =>
      createIdentity((length) => new Uint8Array(length).fill(fill)),
    )
    const says = (rotations: readonly KeyRotation[]) => {
      script.bend = (body) =>
        body.kind === 'hello'
          ? { kind: 'welcome', version: 1, publicKey: next!.publicKey, federation: FEDERATION, federationName: 'Test', enrolment: 'approved', site: 'north', rotations: rotations.map(toSend) } // prettier-ignore
          : undefined
    }
    script.impostor = next
    const forged = { ...rotateKey(stranger!, next!, FEDERATION), oldKey: script.identity.publicKey }
    for (const [rotations, code] of [
      [[], 'COORDINATOR_KEY_MISMATCH'],
      [[rotateKey(stranger!, next!, FEDERATION)], 'COORDINATOR_KEY_MISMATCH'],
      [[forged], 'SIGNATURE_INVALID'],
      [[rotateKey(script.identity, next!, 'e'.repeat(64))], 'SIGNATURE_INVALID'],
      [[rotateKey(script.identity, stranger!, FEDERATION)], 'COORDINATOR_KEY_MISMATCH'],
    ] as const) {
      says(rotations)
      await expect(session.hello()).rejects.toEqual(coded(code))
    }
    says([rotateKey(script.identity, next!, FEDERATION)])
    expect(await session.hello()).toMatchObject({ publicKey: next!.publicKey })
    script.enrolment = 'approved'
    expect(await session.request(poll)).toMatchObject({ kind: 'inbox' })
    script.impostor = undefined // somebody with the old key
    await expect(session.request(poll)).rejects.toEqual(coded('COORDINATOR_KEY_MISMATCH'))
    script.bend = () => undefined
    await expect(session.hello()).rejects.toEqual(coded('COORDINATOR_KEY_MISMATCH'))
    expect(await createSession({ ...parts, sequence: () => 2_000_000 }).hello()).toMatchObject({
      enrolment: 'approved',
    })
  })

  it('refuses a reply with one bit changed, wherever it is', async () => {
    const { script, session } = await conversation()
    await session.hello()
    const honest = { length: 0 }
    script.bendFrame = (frame) => ((honest.length = frame.length), frame)
    await session.request(poll)
    for (let at = 0; at < honest.length; at++) {
      script.bendFrame = (frame) => frame.map((byte, index) => (index === at ? byte ^ 1 : byte))
      await expect(session.request(poll)).rejects.toThrow(/\.$/)
    }
  })

  it('refuses a reply to another request, and an answer of another kind', async () => {
    const { script, session } = await conversation()
    await session.hello()
    let first: Uint8Array | undefined
    script.bendFrame = (frame) => (first ??= frame)
    await session.request(poll)
    await expect(session.request(poll)).rejects.toEqual(coded('ENVELOPE_REPLAYED'))
    script.bendFrame = (frame) => frame
    script.bend = () => ({ kind: 'receipt', question: 'a'.repeat(64) })
    await expect(session.request(poll)).rejects.toEqual(coded('FRAME_MALFORMED'))
  })

  it('refuses a reply for another federation, and one that has expired', async () => {
    const { script, session } = await conversation()
    await session.hello()
    const resealed = (change: object) => (frame: Uint8Array) => {
      const keyOf = () => script.identity.publicKey
      const fresh = { guard: { admit: () => undefined } }
      const { message } = openEnvelope(frame, { now: clock(), keyOf, fresh, federation: FEDERATION })
      return sealEnvelope(script.identity, { ...message, ...change })
    }
    script.bendFrame = resealed({ federation: 'e'.repeat(64) })
    await expect(session.request(poll)).rejects.toEqual(coded('FEDERATION_MISMATCH'))
    script.bendFrame = resealed({ expiresAtMs: 1 })
    await expect(session.request(poll)).rejects.toEqual(coded('ENVELOPE_EXPIRED'))
  })

  it('turns an error reply into the error, even to a request that the coordinator could not open', async () => {
    const { script, parts, session } = await conversation()
    await session.hello()
    script.bend = (body) => {
      throw Object.assign(new Error(`No ${body.kind} now.`), { code: 'QUESTION_CLOSED' })
    }
    await expect(session.request(poll)).rejects.toEqual(coded('QUESTION_CLOSED'))
    script.bend = () => undefined
    const other = createSession({ ...parts, sequence: () => 5 })
    await expect(other.request(poll)).rejects.toEqual(coded('SIGNATURE_INVALID')) // no hello, so no key yet
    await expect(other.hello()).rejects.toEqual(coded('ENVELOPE_REPLAYED'))
  })

  it('sends requests one at a time with rising numbers, across sessions of one sequence', async () => {
    const { script, parts } = await conversation()
    script.enrolment = 'approved'
    const sequence = createSequence(clock)
    const [one, two] = [createSession({ ...parts, sequence }), createSession({ ...parts, sequence })]
    await one.hello()
    await two.hello()
    const replies = await Promise.all([one, two, one, two].map((session) => session.request(poll)))
    expect(replies.map(({ kind }) => kind)).toEqual(['inbox', 'inbox', 'inbox', 'inbox'])
  })

  it('goes on after a lost reply', async () => {
    const { script, session } = await conversation()
    script.enrolment = 'approved'
    await session.hello()
    script.bendFrame = () => {
      throw lost
    }
    await expect(session.request(poll)).rejects.toEqual(coded('LINK_LOST'))
    script.bendFrame = (frame) => frame
    expect((await session.request(poll)).kind).toBe('inbox')
  })
})

describe('fetching a blob', () => {
  const content = new Uint8Array(2500).map((_, index) => index % 251)

  async function fetching() {
    const { script, session } = await conversation()
    await session.hello()
    script.heard.length = 0
    const blobs = await openMemoryBlobs()
    return { script, blobs, fetch: createBlobFetcher(session, blobs) }
  }

  it('puts the chunks together, keeps the blob, and asks once', async () => {
    const { script, blobs, fetch } = await fetching()
    const wanted = script.publish(content)
    expect(await fetch(wanted, 'thing')).toEqual(content)
    expect(await fetch(wanted, 'thing')).toEqual(content)
    expect(await blobs.has(wanted)).toBe(true)
    expect(script.heard).toHaveLength(3) // 2500 bytes, 1000 a chunk
  })

  it('fetches an empty blob', async () => {
    const { script, fetch } = await fetching()
    expect(await fetch(script.publish(new Uint8Array()), 'thing')).toEqual(new Uint8Array())
  })

  it('goes on where a lost link stopped it', async () => {
    const { script, fetch } = await fetching()
    const wanted = script.publish(content)
    script.bendFrame = (frame, body) => {
      if (body.kind === 'blobRequest' && body.offset === 2000 && script.heard.length === 3) throw lost
      return frame
    }
    await expect(fetch(wanted, 'thing')).rejects.toEqual(coded('LINK_LOST'))
    expect(await fetch(wanted, 'thing')).toEqual(content)
    expect(script.heard.map((body) => body.kind === 'blobRequest' && body.offset)).toEqual([
      0, 1000, 2000, 2000,
    ])
  })

  it('refuses other content than was promised, with the code asked for, and keeps nothing', async () => {
    const { script, blobs, fetch } = await fetching()
    const wanted = hash(content)
    script.blobs.set(wanted, content.slice().fill(0))
    await expect(fetch(wanted, 'transfer set', 'TRANSFER_HASH_MISMATCH')).rejects.toEqual(
      coded('TRANSFER_HASH_MISMATCH'),
    )
    expect(await blobs.has(wanted)).toBe(false)
  })

  it('refuses chunks that never end, overlap, or belong to another blob', async () => {
    const { script, fetch } = await fetching()
    const wanted = script.publish(content)
    const chunk = {
      kind: 'blobChunk',
      hash: wanted,
      offset: 0,
      total: 2500,
      content: content.slice(0, 10),
    } as const
    for (const wrong of [
      { content: new Uint8Array() },
      { offset: 7 },
      { total: 5 },
      { hash: 'a'.repeat(64) },
    ]) {
      script.bend = () => ({ ...chunk, ...wrong })
      await expect(fetch(wanted, 'thing')).rejects.toEqual(coded('FRAME_MALFORMED'))
    }
  })
})
