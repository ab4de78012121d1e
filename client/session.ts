/**
 * A site's conversation with its coordinator: one typed request, one typed reply, over any link.
 *
 * Every request is sealed with the site's key. A reply is believed when the pinned coordinator signed it, or one
 * whose key the pinned one vouches for, for this federation, in answer to this very request; an error reply becomes the error it names. Requests go out
 * one at a time: a site has one thing to say, and its next often depends on the reply.
 */
import { openEnvelope, sealEnvelope } from '#federation/envelope.ts'
import { asReceived, successionFrom } from '#federation/key-rotation.ts'
import type { Clock, SiteLink } from '#federation/ports.ts'
import { keyIdOf, type Identity } from '#privacy/identity.ts'
import { CollegiumError, errorCodeOf, isErrorCode } from '#proto/errors.ts'
import type { Body, BodyOf, Message } from '#proto/frames.ts'
import { limits } from '#proto/limits.ts'
import { WIRE_VERSION } from '#proto/version.ts'

/** Which reply each request gets. */
interface Replies {
  hello: 'welcome'
  enrolmentRequest: 'enrolmentStatus'
  keyRotation: 'enrolmentStatus'
  poll: 'inbox'
  answer: 'receipt'
  refusal: 'receipt'
  groupCommitment: 'receipt'
  groupContribution: 'receipt'
  keyOffer: 'receipt'
  sealedShares: 'receipt'
  survivorSignature: 'receipt'
  unmaskShares: 'receipt'
  blobRequest: 'blobChunk'
}
type RequestKind = keyof Replies

const replyTo: Readonly<{ [K in RequestKind]: Replies[K] }> = {
  hello: 'welcome',
  enrolmentRequest: 'enrolmentStatus',
  keyRotation: 'enrolmentStatus',
  poll: 'inbox',
  answer: 'receipt',
  refusal: 'receipt',
  groupCommitment: 'receipt',
  groupContribution: 'receipt',
  keyOffer: 'receipt',
  sealedShares: 'receipt',
  survivorSignature: 'receipt',
  unmaskShares: 'receipt',
  blobRequest: 'blobChunk',
}

export interface Session {
  /** Introduces this site; the first request on a new connection. */
  hello(): Promise<BodyOf<'welcome'>>
  /**
   * Rejects with the coordinator's own code when it refuses; with `COORDINATOR_KEY_MISMATCH`,
   * `SIGNATURE_INVALID`, `ENVELOPE_EXPIRED`, `FRAME_MALFORMED`, ... when the reply cannot be believed; with
   * `LINK_LOST` or `LINK_TIMEOUT` when there is none.
   */
  request<K extends RequestKind>(body: BodyOf<K>): Promise<BodyOf<Replies[K]>>
}

/** Rising numbers for one identity's messages. */
export type Sequence = () => number

/** Starts at the clock's milliseconds, so that numbers rise across restarts too. */
export function createSequence(clock: Clock): Sequence {
  let last = 0
  return () => (last = Math.max(last + 1, clock()))
}

export interface SessionParts {
  readonly identity: Identity
  /** The key id pinned by the invite. */
  readonly coordinatorKeyId: string
  readonly federation: string
  readonly link: Pick<SiteLink, 'request'>
  readonly clock: Clock
  /** Shared by all sessions of one identity in a process. */
  readonly sequence?: Sequence
}

export function createSession(parts: SessionParts): Session {
  const { identity, federation, link, clock, sequence = createSequence(clock) } = parts
  /** Pinned, or the last of those that followed it: never an earlier one again. */
  let trustedKeyId = parts.coordinatorKeyId
  let coordinatorKey: string | undefined
  let queue: Promise<unknown> = Promise.resolve()

  /** The id of the key that a welcome may come from. */
  const followed = ({ rotations }: BodyOf<'welcome'>): string => {
    const last = successionFrom(trustedKeyId, rotations.map(asReceived), federation).at(-1)
    return last ? keyIdOf(last.publicKey) : trustedKeyId
  }

  /** The key that must have signed a reply. A welcome brings it, and the pinned id, or what follows it, vouches for it. */
  const keyOf = ({ body }: Message, keyId: string): string => {
    const isWelcome = body.kind === 'welcome'
    const expected = isWelcome ? followed(body) : trustedKeyId
    const brought = isWelcome ? body.publicKey : coordinatorKey
    if (keyId !== expected || (brought !== undefined && keyIdOf(brought) !== expected))
      throw new CollegiumError(
        'COORDINATOR_KEY_MISMATCH',
        'Whoever replied does not hold the key that the invite names, nor one that it vouches for.',
      )
    if (brought !== undefined) return brought
    // A hello that is refused: without the key the refusal cannot be verified, only reported.
    throw (
      refusalOf(body) ?? new CollegiumError('SIGNATURE_INVALID', "The coordinator's key is not known yet.")
    )
  }

  const exchange = async (body: Body): Promise<Body> => {
    const number = sequence()
    const expiresAtMs = clock() + limits.envelopeLifetimeMs.value
    const sealed = { version: WIRE_VERSION, federation, sequence: number, expiresAtMs, inReplyTo: 0, body }
    const frame = await link.request(sealEnvelope(identity, sealed))
    const fresh = { inReplyTo: number }
    return openEnvelope(frame, { now: clock(), federation, keyOf, fresh, from: 'coordinator' }).message.body
  }

  const session: Session = {
    async hello() {
      const software = 'collegium'
      const hello = {
        minVersion: WIRE_VERSION,
        maxVersion: WIRE_VERSION,
        software,
        publicKey: identity.publicKey,
      }
      const welcome = await session.request<'hello'>({ kind: 'hello', ...hello })
      coordinatorKey = welcome.publicKey
      trustedKeyId = keyIdOf(welcome.publicKey)
      return welcome
    },
    async request<K extends RequestKind>(body: BodyOf<K>) {
      const turn = queue.then(() => exchange(body as Body))
      queue = turn.catch(() => undefined)
      const reply = await turn
      const refusal = refusalOf(reply)
      if (refusal) throw refusal
      if (reply.kind !== replyTo[body.kind])
        throw new CollegiumError(
          'FRAME_MALFORMED',
          `The coordinator replied to "${body.kind}" with "${reply.kind}".`,
        )
      return reply as unknown as BodyOf<Replies[K]>
    },
  }
  return session
}

/**
 * A session beside another process that speaks for the same identity. Both number their messages by the clock, so
 * now and then two meet, and one is refused as a replay: it is said again, under its next number.
 */
export function besideAnother(session: Session): Session {
  const again = async <T>(say: () => Promise<T>, left = 5): Promise<T> => {
    try {
      return await say()
    } catch (error) {
      if (left === 0 || errorCodeOf(error) !== 'ENVELOPE_REPLAYED') throw error
      return again(say, left - 1)
    }
  }
  return {
    hello: () => again(() => session.hello()),
    request: (body) => again(() => session.request(body)),
  }
}

function refusalOf(body: Body): CollegiumError | undefined {
  if (body.kind !== 'error') return undefined
  return new CollegiumError(isErrorCode(body.code) ? body.code : 'INTERNAL', body.message)
}
