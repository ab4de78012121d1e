/**
 * Opening an answer that left under masks.
 *
 * With each masked answer a site commits to the share beneath the masks (privacy/poison/commitment.ts). The share
 * and the random bytes that open the commitment stay at the site as a blob, of which its journal holds the hash:
 * random bytes are in it, so journals can be shown around without telling anything about the share. In a dispute
 * the site hands both to an auditor, who holds them against the commitment in the coordinator's journal.
 *
 * That the masked words hide this very share is not proved by it, and cannot be without the masks, which are gone.
 * It binds the site to one story, told before it knew what would be disputed.
 */
import { z } from 'zod'
import { bytesToHex, concatBytes, hexToBytes } from '#privacy/crypto.ts'
import { BLIND_BYTES, commitTo, requireOpening, type Subject } from '#privacy/poison/commitment.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import { hex32Schema, siteIdSchema } from './ids.ts'

/** What an auditor is shown; the share is readable in it. */
export const openingSchema = z.strictObject({
  question: hex32Schema,
  site: siteIdSchema,
  blind: hex32Schema,
  /** The share's bytes before masking, noise included. */
  share: z.base64(),
})
export type Opening = z.infer<typeof openingSchema>

/** A commitment, and the bytes that open it, for the site to keep. `blind` is 32 random bytes. */
export function commitAnswer(
  subject: Subject,
  share: Uint8Array,
  blind: Uint8Array,
): { readonly commitment: string; readonly kept: Uint8Array } {
  return { commitment: commitTo(subject, share, blind), kept: concatBytes([blind, share]) }
}

/** The opening, from the bytes that the site kept. */
export function openingOf({ question, site }: Subject, kept: Uint8Array): Opening {
  const [blind, share] = [kept.subarray(0, BLIND_BYTES), kept.subarray(BLIND_BYTES)]
  return { question, site, blind: bytesToHex(blind), share: Buffer.from(share).toString('base64') }
}

/** The share's bytes. Throws `COMMITMENT_MISMATCH` unless they are what was committed to. */
export function openedShare(commitment: string, opening: Opening): Uint8Array {
  const share = new Uint8Array(Buffer.from(opening.share, 'base64'))
  requireOpening(commitment, opening, share, hexToBytes(opening.blind))
  return share
}

/** Throws `COMMITMENT_MISMATCH` for a masked answer without a commitment; a plain one is its own. */
export function requireCommitment({ privacy }: QuestionManifest, commitment: string | undefined): void {
  if (privacy.mode !== 'plain' && commitment === undefined)
    throw new CollegiumError(
      'COMMITMENT_MISMATCH',
      'A masked answer comes with a commitment to what it hides.',
    )
}
