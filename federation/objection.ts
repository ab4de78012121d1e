/** Why a question is not answered. */
import type { ErrorCode } from '#proto/errors.ts'

/** A code of the error table and a sentence for both operators. */
export interface Objection {
  readonly code: ErrorCode
  readonly reason: string
}

/** The question contradicts itself, or what this site knows. */
export const invalid = (reason: string): Objection => ({ code: 'MANIFEST_INVALID', reason })

/** The question makes sense, and this site does not want it; `what` completes "The policy of this site". */
export const refused = (what: string): Objection => ({
  code: 'POLICY_REFUSED',
  reason: `The policy of this site ${what}.`,
})
