import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EngineError } from '../errors.ts'
import { readIdx } from './idx.ts'

/** Whether shape and data agree, or that the file was refused properly. */
function lengthOrCode(input: Uint8Array): boolean | string {
  try {
    const { shape, data } = readIdx(input)
    return shape.reduce((a, b) => a * b, 1) === data.length
  } catch (error) {
    return error instanceof EngineError ? 'coded error' : String(error)
  }
}

const bytes = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255)

describe('readIdx', () => {
  it('reads unsigned bytes, plain and gzipped', () => {
    const expected = { shape: [2, 3], data: Uint8Array.of(1, 2, 3, 4, 5, 255) }
    expect(readIdx(bytes)).toEqual(expected)
    const unpacked = readIdx(gzipSync(bytes))
    expect([unpacked.shape, [...unpacked.data]]).toEqual([
      [2, 3],
      [1, 2, 3, 4, 5, 255],
    ])
  })

  it('reads big-endian signed and floating elements', () => {
    expect(readIdx(Uint8Array.of(0, 0, 0x0b, 1, 0, 0, 0, 2, 0xff, 0xfe, 1, 0)).data).toEqual(
      Float32Array.of(-2, 256),
    )
    expect(readIdx(Uint8Array.of(0, 0, 0x0d, 1, 0, 0, 0, 1, 0x3f, 0xc0, 0, 0)).data).toEqual(
      Float32Array.of(1.5),
    )
  })

  it.each([
    ['no bytes', Uint8Array.of(), 'DATA_EMPTY'],
    ['no items', Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 0), 'DATA_EMPTY'],
    ['a wrong start', Uint8Array.of(1, 0, 8, 1, 0, 0, 0, 1, 7), 'DATA_FORMAT'],
    ['an undefined type', Uint8Array.of(0, 0, 7, 1, 0, 0, 0, 1, 7), 'DATA_FORMAT'],
    ['a cut header', bytes.subarray(0, 9), 'DATA_FORMAT'],
    ['missing elements', bytes.subarray(0, 17), 'DATA_FORMAT'],
    ['extra bytes', Uint8Array.of(...bytes, 9), 'DATA_FORMAT'],
    ['absurd sizes', Uint8Array.of(0, 0, 8, 2, 255, 255, 255, 255, 255, 255, 255, 255, 1), 'DATA_FORMAT'],
    ['a cut gzip', gzipSync(bytes).subarray(0, 20), 'DATA_FORMAT'],
  ])('refuses %s', (_, input, code) => {
    expect(() => readIdx(input)).toThrow(expect.objectContaining({ code }))
  })

  it('answers any bytes with an array or a coded error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.boolean(), (tail, plausible) => {
        const input = plausible ? Uint8Array.of(0, 0, ...tail) : tail
        expect(lengthOrCode(input)).toSatisfy((outcome) => outcome === true || outcome === 'coded error')
      }),
    )
  })
})
