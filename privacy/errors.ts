/** A failure of the privacy layer; `code` is a row of the product's error table. */
export type PrivacyErrorCode =
  | 'SIGNATURE_INVALID'
  | 'KEY_FILE_INVALID'
  | 'PASSPHRASE_NEEDED'
  | 'PASSPHRASE_WRONG'
  | 'SHARE_RANGE'
  | 'SHARE_LENGTH'
  | 'ALREADY_ANSWERED'
  | 'SECAGG_AGREEMENT_INVALID'
  | 'SECAGG_NOT_IN_ROSTER'
  | 'SECAGG_ROSTER_SMALL'
  | 'SECAGG_THRESHOLD_LOW'
  | 'SECAGG_REPEATED'
  | 'SECAGG_OUT_OF_STEP'
  | 'SECAGG_OWN_KEY_CHANGED'
  | 'SECAGG_STRANGER'
  | 'SECAGG_DUPLICATE'
  | 'SECAGG_KEY_UNSIGNED'
  | 'SECAGG_KEY_WEAK'
  | 'SECAGG_VIEW_SPLIT'
  | 'SECAGG_SHARE_UNREADABLE'
  | 'SECAGG_SHARE_WRONG'
  | 'SECAGG_SELF_DROPPED'
  | 'SECAGG_SURVIVORS_INVALID'
  | 'SECAGG_CONSENT_INVALID'
  | 'SECAGG_TOO_FEW'
  | 'SUM_INCONSISTENT'
  | 'COMMITMENT_MISMATCH'
  | 'REPORT_INVALID'
  | 'DP_PARAMETER_INVALID'
  | 'DP_UNREACHABLE'
  | 'DP_NOISE_TOO_FINE'
  | 'DP_SUM_WRAPS'

export class PrivacyError extends Error {
  readonly code: PrivacyErrorCode
  override readonly name = 'PrivacyError'

  constructor(code: PrivacyErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
