import { expectTypeOf, it } from 'vitest'
import type { EngineErrorCode } from '#engine/errors.ts'
import type { PrivacyErrorCode } from '#privacy/errors.ts'
import type { ErrorCode } from '#proto/errors.ts'

// Checked by the compiler: a code without a row would reach people as an internal error.
it('layers that know nothing of the error table use only its codes', () => {
  expectTypeOf<EngineErrorCode>().toExtend<ErrorCode>()
  expectTypeOf<PrivacyErrorCode>().toExtend<ErrorCode>()
})
