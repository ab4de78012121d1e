/**
 * Commitments to answers: what makes a site answerable for a share that nobody saw.
 *
 * Beside its masked words a site publishes c = H(question || site || r || share), r being 32 random bytes that it
 * keeps; c goes into both journals. It says nothing about the share while r is secret, and fits no other share. When a run's
 * result is disputed, an auditor whom the site trusts is shown r and the share, opens c, and can then recompute
 * what the masked sum should have been. That an answer and its commitment agree is not proved before that day:
 * a commitment deters, it does not prevent.
 */
import { bytesToHex, concatBytes, hashBytes, hexToBytes } from '../crypto.ts'
import { PrivacyError } from '../errors.ts'

export const BLIND_BYTES = 32
const DOMAIN = new TextEncoder().encode('collegium/commit/v1\0')

/** Whose answer to what: the question's id, hex, and the site's name. */
export interface Subject {
  readonly question: string
  readonly site: string
}

/** Hex, 64 digits. `blind` is 32 bytes from a secure source, used once. */
export function commitTo({ question, site }: Subject, share: Uint8Array, blind: Uint8Array): string {
  const id = hexToBytes(question)
  if (id.length !== 32 || blind.length !== BLIND_BYTES)
    throw new PrivacyError('COMMITMENT_MISMATCH', 'A commitment takes a question id and a blind of 32 bytes.')
  const name = hashBytes([new TextEncoder().encode(site)]) // names differ in length, their hashes do not
  return bytesToHex(hashBytes([concatBytes([DOMAIN, id, name, blind]), share]))
}

/** Throws `COMMITMENT_MISMATCH` unless the commitment is to exactly this share, this site's answer to this question. */
export function requireOpening(
  commitment: string,
  subject: Subject,
  share: Uint8Array,
  blind: Uint8Array,
): void {
  if (commitTo(subject, share, blind) !== commitment)
    throw new PrivacyError('COMMITMENT_MISMATCH', 'The share is not the one that was committed to.')
}
