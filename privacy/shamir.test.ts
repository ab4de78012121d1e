import { beforeAll, describe, expect, it } from 'vitest'
import { hexToBytes, ready } from './crypto.ts'
import { uniformBelow, wordStream } from './masks.ts'
import {
  recoverElements,
  recoverSecret,
  SHAMIR_PRIME,
  shareBytes,
  splitElements,
  splitSecret,
} from './shamir.ts'

beforeAll(() => ready)

const stream = (fill: number) => wordStream(new Uint8Array(32).fill(fill))

/** Every choice of `size` of the items. */
function subsets<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]]
  return items.flatMap((item, i) => subsets(items.slice(i + 1), size - 1).map((rest) => [item, ...rest]))
}

describe('shares', () => {
  // google-parfait/federated-compute, fcp/secagg/shared/shamir_secret_sharing_test.cc: threshold 3, x = 1 .. 5.
  it.each(
    subsets(
      [
        '70cf762e6ed4aa1c',
        '30a0c5ac26eb91cc',
        '3f73ee902844b747',
        '1d48f0cf72e01a8d',
        '4a1fcc7406bdbb88',
      ].map((share, i) => ({ x: i + 1, share: hexToBytes(share) })),
      3,
    ),
  )('made by another implementation give its secret: %#', (...points) => {
    expect(Buffer.from(recoverSecret(points, 4)).toString('hex')).toBe('00000021')
  })

  it('of any t holders give the secret', () => {
    const secret = Uint8Array.from({ length: 32 }, (_, i) => 255 - i * 8)
    const xs = [1, 2, 5, 77, 2 ** 20]
    const points = splitSecret(secret, 3, xs, stream(1)).map((share, i) => ({ x: xs[i]!, share }))
    for (const chosen of [...subsets(points, 3), ...subsets(points, 4), points])
      expect(recoverSecret(chosen, 32)).toEqual(secret)
  })

  it('have nine words for 32 bytes: 256 bits in elements of 31', () => {
    expect(shareBytes(32)).toBe(36)
    expect(splitSecret(new Uint8Array(32), 2, [1, 2], stream(1))[0]).toHaveLength(36)
  })

  it('of extreme secrets survive', () => {
    for (const secret of [new Uint8Array(32), new Uint8Array(32).fill(255)]) {
      const points = splitSecret(secret, 2, [1, 2], stream(2)).map((share, i) => ({ x: i + 1, share }))
      expect(recoverSecret(points, 32)).toEqual(secret)
    }
  })

  it('that do not belong together are refused, or give something else', () => {
    const [a] = splitSecret(new Uint8Array(32).fill(1), 2, [1, 2], stream(1))
    expect(() =>
      recoverSecret(
        [
          { x: 1, share: a! },
          { x: 1, share: a! },
        ],
        32,
      ),
    ).toThrow('twice')
    expect(() => recoverSecret([{ x: 1, share: a!.subarray(4) }], 32)).toThrow('36 bytes')
  })
})

describe('the field', () => {
  // Against big integers, at the largest x and elements where floating point would round first.
  it('computes as integers do', () => {
    const next = stream(3)
    const p = BigInt(SHAMIR_PRIME)
    for (let i = 0; i < 200; i++) {
      const [secret, x] = [uniformBelow(SHAMIR_PRIME, next), 2 ** 21 - 1 - (i % 7)]
      const words = [SHAMIR_PRIME - 1 - i, uniformBelow(SHAMIR_PRIME, next)]
      const drawn = [...words]
      const [[share]] = splitElements([secret], 3, [x], () => drawn.shift()!) as [[number]]
      const exact = ((BigInt(words[0]!) * BigInt(x) + BigInt(words[1]!)) * BigInt(x) + BigInt(secret)) % p
      expect(BigInt(share)).toBe(exact)
    }
  })

  // p = 11, threshold 3, holders 1 and 4: whatever the secret, the 121 pairs of shares are equally likely. Chi-square
  // with 120 degrees of freedom has mean 120 and standard deviation sqrt(240) = 15.5; 120 + 5 sd = 197.
  it.each([0, 7])('leaves t - 1 shares of %i uniform', (secret) => {
    const [next, draws] = [stream(4 + secret), 24_200]
    const counts = new Uint32Array(121)
    for (let i = 0; i < draws; i++) {
      const [[a], [b]] = splitElements([secret], 3, [1, 4], next, 11) as [[number], [number]]
      counts[a * 11 + b]!++
    }
    const expected = draws / 121
    expect(counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(197)
  })

  it('recovers in small fields too', () => {
    const shares = splitElements([7], 3, [1, 4, 9], stream(9), 11)
    expect(
      recoverElements(
        [1, 4, 9].map((x, i) => ({ x, share: shares[i]! })),
        11,
      ),
    ).toEqual([7])
  })
})
