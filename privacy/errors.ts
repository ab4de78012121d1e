/** A failure of the privacy layer; `code` is a row of the product's error table. */
export type PrivacyErrorCode =
  'SIGNATURE_INVALID' | 'KEY_FILE_INVALID' | 'SHARE_RANGE' | 'SHARE_LENGTH' | 'ALREADY_ANSWERED'

export class PrivacyError extends Error {
  readonly code: PrivacyErrorCode
  override readonly name = 'PrivacyError'

  constructor(code: PrivacyErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
