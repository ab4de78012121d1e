import sodium from 'libsodium-wrappers'
import { beforeAll, describe, expect, it } from 'vitest'
import { KEYSTREAM_CHUNK, ready } from './crypto.ts'
import { addMask, subtractMask, uniformBelow, wordStream } from './masks.ts'

beforeAll(() => ready)

const seed = Uint8Array.from({ length: 32 }, (_, i) => i)
const masked = (length: number) => {
  const words = new Uint32Array(length)
  addMask(words, seed)
  return words
}

describe('a mask', () => {
  // libsodium 1.0.22, randombytes_buf_deterministic of the seed 00 01 .. 1f: 0d8e6cc6 8715648926732e7ea73250cf...
  it('is the published stream, as little-endian words', () => {
    expect([...masked(2)]).toEqual([0xc66c8e0d, 0x89641587])
  })

  // One word, and lengths on either side of a chunk and of several.
  it.each([1, 1000, KEYSTREAM_CHUNK / 4 - 1, KEYSTREAM_CHUNK / 4 + 1, KEYSTREAM_CHUNK])(
    'of %i words is what libsodium makes',
    (length) => {
      const bytes = sodium.randombytes_buf_deterministic(4 * length, seed)
      expect(masked(length)).toEqual(new Uint32Array(bytes.slice().buffer))
    },
  )

  it('wraps when added, and comes off again', () => {
    const words = Uint32Array.of(2 ** 32 - 1, 5, 0)
    addMask(words, seed)
    expect(words[0]).toBe(0xc66c8e0d - 1)
    subtractMask(words, seed)
    expect([...words]).toEqual([2 ** 32 - 1, 5, 0])
  })

  it('lands on a part of an array alone', () => {
    const all = new Uint32Array(4)
    addMask(all.subarray(1, 3), seed)
    expect([...all]).toEqual([0, 0xc66c8e0d, 0x89641587, 0])
  })
})

describe('draws', () => {
  it('are the words of the stream in order', () => {
    const next = wordStream(seed)
    const words = Array.from({ length: 700 }, next)
    expect(words).toEqual([...masked(700)])
  })

  // 2^32 = 3 * 1431655765 + 1: the largest word would make 0 likelier than the others, and is thrown away.
  it('reject what would favour small numbers', () => {
    const words = [2 ** 32 - 1, 2 ** 32 - 2]
    expect(uniformBelow(3, () => words.shift()!)).toBe(2)
    expect(words).toEqual([])
  })
})
