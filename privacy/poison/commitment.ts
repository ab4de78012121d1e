/**
 * Commitments to answers: what makes a site answerable for a share that nobody saw.
 *
 * Beside its masked words a site publishes c = H(question || r || share), r being 32 random bytes that it keeps; c
 * goes into both journals. It says nothing about the share while r is secret, and fits no other share. When a run's
 * result is disputed, an auditor whom the site trusts is shown r and the share, opens c, and can then recompute
 * what the masked sum should have been. That an answer and its commitment agree is not proved before that day:
 * a commitment deters, it does not prevent.
 */
import { bytesToHex, concatBytes, hashBytes } from '../crypto.ts'
import { PrivacyError } from '../errors.ts'

export const BLIND_BYTES = 32
const DOMAIN = new TextEncoder().encode('collegium/commit/v1\0')

/** Hex, 64 digits. `question` is its id's 32 bytes, `blind` 32 bytes from a secure source, used once. */
export function commitTo(question: Uint8Array, share: Uint8Array, blind: Uint8Array): string {
  if (question.length !== 32 || blind.length !== BLIND_BYTES)
    throw new PrivacyError('COMMITMENT_MISMATCH', 'A commitment takes a question id and a blind of 32 bytes.')
  return bytesToHex(hashBytes([concatBytes([DOMAIN, question, blind]), share]))
}

/** Throws `COMMITMENT_MISMATCH` unless the commitment is to exactly this share, in answer to this question. */
export function requireOpening(
  commitment: string,
  question: Uint8Array,
  share: Uint8Array,
  blind: Uint8Array,
): void {
  if (commitTo(question, share, blind) !== commitment)
    throw new PrivacyError('COMMITMENT_MISMATCH', 'The share is not the one that was committed to.')
}
