/** What a failure means for a question: wait and try again, give up on this answer, or refuse. */
import type { Objection } from '#federation/objection.ts'
import { describeError, errorCodeOf, type ErrorCode } from '#proto/errors.ts'

/** What time mends: the network, the disk, and replies that could not be believed or read. */
const PASSING: ReadonlySet<ErrorCode | undefined> = new Set<ErrorCode>([
  'LINK_UNREACHABLE',
  'LINK_LOST',
  'LINK_TIMEOUT',
  'OVERLOADED',
  'STORE_WRITE_FAILED',
  'STORE_UNWRITABLE',
  'COORDINATOR_KEY_MISMATCH',
  'SIGNATURE_INVALID',
  'FEDERATION_MISMATCH',
  'ENVELOPE_EXPIRED',
  'ENVELOPE_REPLAYED',
  'FRAME_MALFORMED',
  'FRAME_TOO_LARGE',
  'VERSION_UNSUPPORTED',
  'SITE_NOT_APPROVED',
  'INTERNAL',
])

/** An answer will never be taken, or its sealed bytes are gone for good. */
const FINAL: ReadonlySet<ErrorCode | undefined> = new Set<ErrorCode>([
  'QUESTION_UNKNOWN',
  'QUESTION_CLOSED',
  'QUESTION_NOT_FOR_SITE',
  'ALREADY_ANSWERED',
  'SHARE_LENGTH',
  'SHARE_RANGE',
  'MANIFEST_INVALID',
  'BLOB_NOT_FOUND',
  'BLOB_CORRUPT',
])

export const willPass = (error: unknown): boolean => PASSING.has(errorCodeOf(error))

export const isFinal = (error: unknown): boolean => FINAL.has(errorCodeOf(error))

/** The refusal that tells both operators what went wrong; no detail of an unexpected error leaves. */
export function objectionTo(error: unknown): Objection {
  const { code, message: reason } = describeError(error)
  return { code, reason }
}
