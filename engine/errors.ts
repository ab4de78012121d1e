/** Every failure the engine expects. `code` is stable; the message is one sentence for a person. */
export type EngineErrorCode =
  | 'DATA_EMPTY'
  | 'DATA_FORMAT'
  | 'DATA_MISSING_COLUMN'
  | 'DATA_UNKNOWN_CATEGORY'
  | 'DATA_BAD_VALUE'
  | 'DATA_MISSING_VALUE'
  | 'ENGINE_UNAVAILABLE'
  | 'ENGINE_SHAPE'
  | 'ENGINE_SPEC_INVALID'
  | 'ENGINE_DATA_INVALID'
  | 'ENGINE_DIVERGED'
  | 'ENGINE_CANCELLED'
  | 'ENGINE_MODEL_INVALID'
  | 'ENGINE_EXPORT_UNSUPPORTED'
  | 'ENGINE_IMPORT_UNSUPPORTED'
  | 'ENGINE_RUN_FAILED'

export class EngineError extends Error {
  override readonly name = 'EngineError'
  readonly code: EngineErrorCode

  constructor(code: EngineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** The first line of whatever a library threw, for quoting inside our own sentence. */
export function firstLine(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause)
  return (text.split('\n', 1)[0] ?? '').trim()
}
