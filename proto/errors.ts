/**
 * The error table: every failure a person can meet, with what to do about it.
 *
 * A row gives the process exit status, the HTTP status, and one line of advice; `docs/errors.md` is
 * generated from it. An error on the wire carries code, message and hint, never a stack. Errors thrown by
 * `engine` and `privacy`, which know nothing of this table, carry a `code` that is a row here all the same.
 *
 * Exit statuses: 2 usage, 3 configuration, 4 data, 5 identity and trust, 6 protocol, 7 storage,
 * 8 network, 9 engine, 10 a run that failed, 70 a defect of ours.
 */
export interface ErrorRow {
  readonly exit: number
  readonly http: number
  readonly hint: string
}

const row = (exit: number, http: number, hint: string): ErrorRow => ({ exit, http, hint })

export const errorTable = {
  // usage
  USAGE: row(2, 400, 'Add --help to the command to see its options and an example.'),
  // configuration
  CONFIG_UNREADABLE: row(3, 400, 'Check that the file exists and may be read.'),
  CONFIG_INVALID: row(3, 400, 'Correct the named field; docs/ref-config.md lists every field and its range.'),
  // data
  DATA_UNREADABLE: row(4, 400, 'Check the path in the data section and its permissions.'),
  DATA_EMPTY: row(4, 400, 'The file needs a header line and at least one row.'),
  DATA_FORMAT: row(4, 400, 'Check that the file is what its format says, and is not cut short.'),
  DATA_MISSING_COLUMN: row(4, 400, 'Rename the column in the file, or correct the shared feature schema.'),
  DATA_UNKNOWN_CATEGORY: row(4, 400, 'Map the value to a declared category, or declare it in the schema.'),
  DATA_BAD_VALUE: row(4, 400, 'Correct the cell, or leave it empty if the schema allows missing values.'),
  DATA_MISSING_VALUE: row(4, 400, 'Fill the cell, or declare how this column treats missing values.'),
  // identity and trust
  TOKEN_WRONG: row(5, 401, 'Use the operator token that `collegium coordinator init` wrote.'),
  INVITE_MALFORMED: row(5, 400, 'Paste the whole invite, from "collegium-invite:" to its end.'),
  INVITE_UNKNOWN: row(5, 403, 'Ask the operator for a new invite.'),
  INVITE_EXPIRED: row(5, 403, 'Ask the operator for a new invite.'),
  INVITE_USED: row(5, 403, 'An invite works once; ask the operator for a new one.'),
  COORDINATOR_KEY_MISMATCH: row(
    5,
    403,
    'Stop. Ask the operator, over another channel, for the coordinator key fingerprint.',
  ),
  SIGNATURE_INVALID: row(5, 401, 'The message was altered or signed by another key; check the key files.'),
  ENVELOPE_EXPIRED: row(5, 401, 'Check that the clocks of the site and the coordinator agree.'),
  ENVELOPE_REPLAYED: row(5, 409, 'The same message arrived twice; nothing was done the second time.'),
  SITE_UNKNOWN: row(5, 403, 'Join first, with an invite: collegium client join INVITE.'),
  SITE_NOT_APPROVED: row(5, 403, 'The operator approves sites on the dashboard or with --approve.'),
  SITE_REVOKED: row(5, 403, 'Ask the operator why this site was revoked.'),
  SITE_EXISTS: row(5, 409, 'Choose another name, or revoke the site first.'),
  KEY_FILE_INVALID: row(5, 500, 'Restore the key file from its backup, or join again with a new invite.'),
  PASSPHRASE_NEEDED: row(
    5,
    400,
    'Give --passphrase-file, or COLLEGIUM_PASSPHRASE_FILE, or start it on a terminal, where it asks.',
  ),
  PASSPHRASE_WRONG: row(5, 401, 'Try again, or restore the key file from its backup.'),
  KEY_REVOKED: row(
    5,
    403,
    'A key that was revoked or replaced is never accepted again; join with a new one.',
  ),
  KEY_ROTATION_UNFINISHED: row(5, 409, 'Finish it: the same rotate-key once more.'),
  // protocol
  FRAME_TOO_LARGE: row(6, 413, 'See docs/limits.md, which lists every limit.'),
  FRAME_MALFORMED: row(6, 400, 'The two ends may run different versions; compare `collegium --version`.'),
  VERSION_UNSUPPORTED: row(6, 426, 'Upgrade the older end.'),
  FEDERATION_MISMATCH: row(6, 409, 'This message belongs to another federation.'),
  QUESTION_UNKNOWN: row(6, 404, 'The coordinator asked no such question; nothing was recorded.'),
  QUESTION_CLOSED: row(6, 410, 'The deadline passed; the site takes part again in the next question.'),
  QUESTION_NOT_FOR_SITE: row(6, 403, 'The site is not in the roster of this question.'),
  ALREADY_ANSWERED: row(6, 409, 'A question is answered at most once; the first answer stands.'),
  MASKS_LOST: row(
    6,
    409,
    'A site that restarts in the middle of a masked question sits it out, and takes part in the next.',
  ),
  SHARE_LENGTH: row(6, 422, 'The share must have exactly the length that the manifest states.'),
  SHARE_RANGE: row(6, 422, 'A share holds finite values inside the bounds of its kind.'),
  TRANSFER_HASH_MISMATCH: row(6, 422, 'Fetch the transfer set again; tell the operator if it repeats.'),
  MANIFEST_INVALID: row(6, 422, 'The site does not answer a question it cannot check; tell the operator.'),
  HISTORY_REWRITTEN: row(
    6,
    409,
    "Stop. Keep this site's journal, and compare it with an export of the coordinator's: collegium journal verify.",
  ),
  POLICY_REFUSED: row(6, 403, "The site's own policy forbids this; its site.yaml says what is allowed."),
  // the ledger
  QUERY_REPEATED: row(
    6,
    409,
    'A teacher answers about the same items once; ask about others, or again when teachers have changed.',
  ),
  LEDGER_EXHAUSTED: row(
    6,
    403,
    "The site's privacy budget does not allow this run: collegium client ledger shows what is left.",
  ),
  LEDGER_ROLLBACK: row(
    7,
    409,
    "Restore the newest backup of the site's folder; until then the site answers nothing.",
  ),
  // secure sums
  SECAGG_AGREEMENT_INVALID: row(
    6,
    422,
    'The manifest of a masked question is not usable; tell the operator.',
  ),
  SECAGG_NOT_IN_ROSTER: row(6, 403, 'The question is not for this site, or names it with another key.'),
  SECAGG_ROSTER_SMALL: row(6, 403, "The site's policy asks for more sites in a sum; more sites must join."),
  SECAGG_THRESHOLD_LOW: row(
    6,
    403,
    "The site's policy asks for a higher threshold; the operator can raise it.",
  ),
  SECAGG_REPEATED: row(6, 409, 'A question is answered once; the operator may ask a new one.'),
  SECAGG_OUT_OF_STEP: row(
    6,
    409,
    'The masked sum is over for this site; it takes part in the next question.',
  ),
  SECAGG_OWN_KEY_CHANGED: row(
    6,
    403,
    'Stop and tell the operator: the list names a key this site never sent.',
  ),
  SECAGG_STRANGER: row(6, 403, 'Stop and tell the operator: someone outside the roster took part.'),
  SECAGG_DUPLICATE: row(6, 409, 'Each site and each key takes part once; tell the operator if it repeats.'),
  SECAGG_KEY_UNSIGNED: row(6, 401, 'A key was altered on its way, or belongs to another question.'),
  SECAGG_KEY_WEAK: row(
    6,
    422,
    'A site sent a key that would protect nothing; the operator should look into it.',
  ),
  SECAGG_VIEW_SPLIT: row(6, 409, 'Stop and tell the operator: sites were shown different lists of keys.'),
  SECAGG_SHARE_UNREADABLE: row(
    6,
    422,
    'A share was altered, or sealed for another list of keys; tell the operator.',
  ),
  SECAGG_SHARE_WRONG: row(6, 422, 'A site returned a share that does not fit; the sum is not revealed.'),
  SECAGG_SELF_DROPPED: row(6, 409, 'The coordinator counts this site as failed though it answered.'),
  SECAGG_SURVIVORS_INVALID: row(6, 422, 'The list of survivors names sites that never took part.'),
  SECAGG_CONSENT_INVALID: row(
    6,
    401,
    'The sites did not sign the same list of survivors; nothing was unmasked.',
  ),
  SECAGG_TOO_FEW: row(6, 409, 'Too many sites dropped out; nothing was unmasked. Ask a new question.'),
  // differential privacy
  DP_PARAMETER_INVALID: row(3, 400, 'Correct the named figure of the privacy settings.'),
  DP_UNREACHABLE: row(3, 400, 'Ask fewer questions, or allow a larger epsilon or delta.'),
  DP_NOISE_TOO_FINE: row(3, 400, 'Raise the fixed-point scale, or ask for more noise.'),
  DP_SUM_WRAPS: row(3, 400, 'Lower the fixed-point scale, the sub-teachers at each site, or the noise.'),
  RULE_UNDECIDED: row(
    6,
    422,
    'Label some transfer rows, or let more sites keep rows to measure on, so that rules can be told apart; or name one: docs/explanation-rules.md says which fits what.',
  ),
  TUNING_UNDECIDED: row(
    6,
    422,
    'Label some transfer rows, so that settings can be measured, or start another run without --tune; its sums are known.',
  ),
  // poisoned answers
  SUM_INCONSISTENT: row(
    6,
    422,
    'A site answered off the simplex; the sum is not used. Masks hide which: compare commitments, or ask anew.',
  ),
  COMMITMENT_MISMATCH: row(6, 422, 'What was revealed is not what was committed to; ask the site why.'),
  // audits
  REPORT_INVALID: row(
    5,
    422,
    'The privacy report is damaged or was not signed by this key; ask the site for it.',
  ),
  AUDIT_IMPOSSIBLE: row(4, 409, 'An audit needs a teacher, and labelled rows that did not train it.'),
  // storage
  STORE_UNWRITABLE: row(7, 500, 'Give the process write access to the folder, or choose another one.'),
  STORE_WRITE_FAILED: row(7, 507, 'Free disk space; nothing was half-written and the work can go on.'),
  STORE_IN_USE: row(7, 500, 'Another process uses this folder; stop it first.'),
  JOURNAL_CORRUPT: row(7, 500, 'Run `collegium journal verify`; restore the journal from a backup.'),
  BLOB_NOT_FOUND: row(7, 404, 'Restore the blobs folder from a backup.'),
  BLOB_CORRUPT: row(7, 500, 'Restore the blobs folder from a backup.'),
  // network
  PORT_IN_USE: row(8, 500, 'Stop the other program or choose another port with --port.'),
  LINK_UNREACHABLE: row(8, 503, 'Check the address and the network; the site only dials out.'),
  LINK_LOST: row(8, 503, 'The link reconnects by itself.'),
  LINK_TIMEOUT: row(8, 504, 'The link retries by itself.'),
  OVERLOADED: row(8, 429, 'Slow down; docs/limits.md lists what is bounded.'),
  // engine
  ENGINE_UNAVAILABLE: row(9, 500, 'Run `collegium doctor`.'),
  ENGINE_SHAPE: row(9, 500, 'The named layer and shapes do not fit.'),
  ENGINE_SPEC_INVALID: row(9, 400, 'Correct the network spec.'),
  ENGINE_DATA_INVALID: row(
    9,
    400,
    'The data does not fit the network; check the named rows, columns or labels.',
  ),
  ENGINE_DIVERGED: row(9, 500, 'Lower the learning rate or check the scaling of the features.'),
  ENGINE_CANCELLED: row(9, 500, 'The work was cancelled.'),
  ENGINE_RUN_FAILED: row(9, 500, 'Run `collegium doctor`; the message quotes the runtime.'),
  ENGINE_MODEL_INVALID: row(9, 400, 'The model file is damaged or not of a supported kind.'),
  ENGINE_EXPORT_UNSUPPORTED: row(9, 400, 'This network has no such form; export it as ONNX instead.'),
  ENGINE_IMPORT_UNSUPPORTED: row(
    9,
    400,
    'The model uses a part that the engine lacks; docs/explanation-engine.md lists those it has.',
  ),
  // runs
  RUN_UNKNOWN: row(10, 404, 'List the runs: collegium run list.'),
  RUN_ACTIVE: row(10, 409, 'One run at a time; wait for it, or watch it: collegium run watch.'),
  RUN_NO_QUORUM: row(10, 409, 'Too few sites answered in time; check the sites and start another run.'),
  RUN_NO_SITES: row(10, 409, 'Approve enough sites for the threshold first.'),
  RUN_FAILED: row(10, 500, 'The journal says why: collegium journal show.'),
  ANSWERS_UNDECIDED: row(
    10,
    409,
    'Start another run with a smaller --margin; the sums are known and are not asked for again.',
  ),
  RELEASE_BLOCKED: row(
    10,
    409,
    'Read the audit in the message. Where no epsilon is claimed: collegium run start --sign-off REASON.',
  ),
  STUDENT_NOT_RECEIVED: row(
    10,
    404,
    'Start the site, which fetches a student once it is released; its log names the run.',
  ),
  STUDENT_UNFITTABLE: row(10, 409, 'Use the student as it was released.'),
  // ours
  NOT_AVAILABLE: row(2, 501, 'This version does not do this yet; docs/capabilities.md says what it does.'),
  INTERNAL: row(70, 500, 'This is a defect of ours; please report it with the log line.'),
} as const satisfies Record<string, ErrorRow>

export type ErrorCode = keyof typeof errorTable

/** An expected failure: one sentence for a person, a stable code for programs. */
export class CollegiumError extends Error {
  readonly code: ErrorCode
  override readonly name = 'CollegiumError'

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorTable, code)
}

/** The row of any error that carries a code of the table; undefined for everything unexpected. */
export function errorCodeOf(error: unknown): ErrorCode | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return isErrorCode(code) ? code : undefined
}

/** What may be told across a wire or an HTTP reply about any error: never a stack, never our internals. */
export function describeError(error: unknown): { code: ErrorCode; message: string; hint: string } {
  const code = errorCodeOf(error) ?? 'INTERNAL'
  const message = code === 'INTERNAL' ? 'Something went wrong on our side.' : (error as Error).message
  return { code, message, hint: errorTable[code].hint }
}
