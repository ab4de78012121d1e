/**
 * Checkpoints: the coordinator's signature over where its journal stands.
 *
 * A hash chain shows that a journal is whole, not whose it is: whoever rewrites all of it has a chain too. A
 * checkpoint is an event in which the coordinator signs the head before it, so that nobody without its key can
 * change anything up to there, and the coordinator cannot deny it.
 */
import { concatBytes, hexToBytes } from '#privacy/crypto.ts'
import { requireSignature, type Identity } from '#privacy/identity.ts'
import type { EventOf, Fact } from './events.ts'
import type { JournalHead } from './ports.ts'
import type { FederationState } from './state.ts'

/** What a checkpoint's signature is for. */
export const CHECKPOINT_DOMAIN = 'collegium/v1/checkpoint'

/** Signs the head. `now` is the time of the event, in milliseconds since the Unix epoch. */
export function checkpoint(
  { founded }: FederationState,
  identity: Identity,
  head: JournalHead,
  now: number,
): Fact[] {
  if (!founded) return []
  const signature = identity.sign(CHECKPOINT_DOMAIN, statement(founded.federation, head, now))
  const { sequence, hash } = head
  return [{ type: 'checkpoint', sequence, hash, signature: Buffer.from(signature).toString('base64') }]
}

/** Throws `SIGNATURE_INVALID` unless the coordinator's key signed this head at this time. */
export function requireCheckpoint(
  federation: string,
  coordinatorKey: string,
  event: EventOf<'checkpoint'>,
): void {
  const words = statement(federation, event, event.at)
  requireSignature(coordinatorKey, CHECKPOINT_DOMAIN, words, Buffer.from(event.signature, 'base64'))
}

/** Federation, sequence, hash, time: 32 + 8 + 32 + 8 bytes, numbers little-endian. */
function statement(federation: string, { sequence, hash }: JournalHead, at: number): Uint8Array {
  return concatBytes([hexToBytes(federation), littleEndian(sequence), hexToBytes(hash), littleEndian(at)])
}

function littleEndian(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value), true)
  return bytes
}
