import { expect, it } from 'vitest'
import { negotiateVersion, WIRE_VERSION } from './version.ts'

it('two ends speak a version that both know', () => {
  expect(negotiateVersion(1, 1)).toBe(WIRE_VERSION)
  expect(negotiateVersion(0, 9)).toBe(WIRE_VERSION)
  for (const [min, max] of [
    [2, 3],
    [0, 0],
    [3, 1],
  ] as const)
    expect(() => negotiateVersion(min, max)).toThrow(expect.objectContaining({ code: 'VERSION_UNSUPPORTED' }))
})
