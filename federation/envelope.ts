/**
 * Signed envelopes: who said it, whether it was altered, whether it is fresh.
 *
 * The signature covers the payload bytes exactly as they travel, so nothing is ever re-encoded to be
 * verified. Freshness has two parts that need each other: an expiry, which bounds how long a message can
 * be replayed, and a memory of sequence numbers per signer, which refuses the replay until then. The memory
 * holds the newest 64 and a floor under them, so that requests may overtake each other on their way and each
 * still counts once. (RFC 6479 does this with a bitmap; here numbers have gaps, as they follow the clock.)
 *
 * A miniature with room for 3: 10, 20, 30 arrive, and then 25, which is new; 10 drops out and becomes the
 * floor. 25 again is replayed. 5 and 10 are at or below the floor, where nothing can be told: refused.
 *
 * A reply needs no memory: it is fresh when it names the request it answers, which was sent once.
 *
 * The guard lives in memory. A message that was accepted just before a restart can be replayed just after,
 * within its lifetime; every request is therefore harmless when repeated, and answers are decided by the
 * journal.
 */
import { hash, hexToBytes } from '#privacy/crypto.ts'
import { requireSignature, type Identity } from '#privacy/identity.ts'
import { CollegiumError } from '#proto/errors.ts'
import {
  decodeEnvelope,
  decodeMessage,
  encodeEnvelope,
  encodeMessage,
  type Message,
  type Sender,
} from '#proto/frames.ts'
import { limits } from '#proto/limits.ts'

/** What a signature over a message is for. */
export const ENVELOPE_DOMAIN = 'collegium/v1/envelope'

const LIFETIME_MS = limits.envelopeLifetimeMs.value
const SKEW_MS = limits.clockSkewMs.value

export interface ReplayGuard {
  /** Throws `ENVELOPE_REPLAYED` if this signer's message was accepted before or is too old to tell. */
  admit(publicKey: string, message: Pick<Message, 'sequence' | 'expiresAtMs'>, now: number): void
}

export interface Expectations {
  /** Milliseconds since 1970. */
  readonly now: number
  /** The federation the message must belong to; a hello may leave it open. */
  readonly federation: string
  /** The public key that must have signed, given what the message says; undefined for an unknown signer. */
  readonly keyOf: (message: Message, keyId: string) => string | undefined
  /** A request or a push must be new to the guard; a reply must answer this very request. */
  readonly fresh: { readonly guard: ReplayGuard } | { readonly inReplyTo: number }
  /** Refuses, before decoding them, messages that this end never sends. */
  readonly from?: Sender
}

export interface Opened {
  readonly message: Message
  readonly publicKey: string
}

/** Throws as `encodeMessage` does. */
export function sealEnvelope(identity: Identity, message: Message): Uint8Array {
  const payload = encodeMessage(message)
  return encodeEnvelope({
    payload,
    keyId: identity.keyId,
    signature: identity.sign(ENVELOPE_DOMAIN, payload),
  })
}

/**
 * The message of an authentic, fresh envelope that was meant for us; otherwise throws `FRAME_MALFORMED`,
 * `FRAME_TOO_LARGE`, `VERSION_UNSUPPORTED`, `SITE_UNKNOWN`, `SIGNATURE_INVALID`, `FEDERATION_MISMATCH`,
 * `ENVELOPE_EXPIRED` or `ENVELOPE_REPLAYED`. A refused message leaves no trace in the guard.
 */
export function openEnvelope(frame: Uint8Array, expected: Expectations): Opened {
  const { payload, keyId, signature } = decodeEnvelope(frame)
  const message = decodeMessage(payload, expected.from)
  const publicKey = expected.keyOf(message, keyId)
  if (publicKey === undefined)
    throw new CollegiumError('SITE_UNKNOWN', 'The message is signed with a key that is not known here.')
  if (hash(hexToBytes(publicKey)) !== keyId)
    throw new CollegiumError(
      'SIGNATURE_INVALID',
      'The message is signed with another key than the one it should be.',
    )
  requireSignature(publicKey, ENVELOPE_DOMAIN, payload, signature)
  requireAddressed(message, expected.federation)
  requireAlive(message, expected.now)
  const { fresh } = expected
  if ('guard' in fresh) fresh.guard.admit(publicKey, message, expected.now)
  else if (!answers(message, fresh.inReplyTo))
    throw new CollegiumError('ENVELOPE_REPLAYED', 'The reply answers another request than the one sent.')
  return { message, publicKey }
}

/** A request that could not be opened is one that the error about it cannot name. */
function answers({ inReplyTo, body }: Message, request: number): boolean {
  return inReplyTo === request || (inReplyTo === 0 && body.kind === 'error')
}

function requireAddressed({ body, federation }: Message, expected: string): void {
  const open = body.kind === 'hello' && federation === ''
  if (federation !== expected && !open)
    throw new CollegiumError('FEDERATION_MISMATCH', 'The message belongs to another federation.')
}

function requireAlive({ expiresAtMs }: Message, now: number): void {
  if (now > expiresAtMs + SKEW_MS) {
    const seconds = Math.ceil((now - expiresAtMs) / 1000)
    throw new CollegiumError(
      'ENVELOPE_EXPIRED',
      `The message expired ${seconds} s ago by the clock of this machine.`,
    )
  }
  if (expiresAtMs > now + LIFETIME_MS + SKEW_MS) {
    const seconds = Math.ceil((expiresAtMs - LIFETIME_MS - now) / 1000)
    throw new CollegiumError(
      'ENVELOPE_EXPIRED',
      `The message comes from a clock that is at least ${seconds} s ahead of this one.`,
    )
  }
}

interface Seen {
  /** Nothing at or below it can be told from a replay. */
  floor: number
  /** Accepted sequences above the floor. */
  readonly accepted: Set<number>
  /** After this, by our clock, no message seen so far is believed anyway. */
  forgetAt: number
}

/** Remembers `window` sequences of each signer until they have expired, and at most `signers` signers. */
export function createReplayGuard(
  window: number = limits.replayWindow.value,
  signers: number = limits.replayKeys.value,
): ReplayGuard {
  const memory = new Map<string, Seen>()

  const makeRoom = (now: number) => {
    if (memory.size < signers) return
    for (const [key, { forgetAt }] of memory) if (forgetAt < now) memory.delete(key)
    if (memory.size >= signers)
      throw new CollegiumError(
        'OVERLOADED',
        `${signers} signers have spoken within a minute; try again shortly.`,
      )
  }

  return {
    admit(publicKey, { sequence, expiresAtMs }, now) {
      if (!memory.has(publicKey)) makeRoom(now)
      const seen = memory.get(publicKey) ?? { floor: 0, accepted: new Set<number>(), forgetAt: 0 }
      if (sequence <= seen.floor || seen.accepted.has(sequence))
        throw new CollegiumError(
          'ENVELOPE_REPLAYED',
          `Message ${sequence} of this signer has been here before.`,
        )
      seen.accepted.add(sequence)
      seen.forgetAt = Math.max(seen.forgetAt, expiresAtMs + SKEW_MS)
      if (seen.accepted.size > window) {
        seen.floor = Math.min(...seen.accepted)
        seen.accepted.delete(seen.floor)
      }
      memory.set(publicKey, seen)
    },
  }
}
