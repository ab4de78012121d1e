import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { agreementOf, run } from '../test/support/secure-sum.ts'
import { ready } from './crypto.ts'
import { asResidues } from './fixed-point.ts'
import { packedBytes, packWords, reduceWords, signedWords, unpackWords } from './packing.ts'

beforeAll(() => ready)

const words = (...values: number[]) => asResidues(Uint32Array.from(values))
const bits = fc.integer({ min: 1, max: 32 })
const someWords = fc.uint32Array({ maxLength: 40 }).map(asResidues)
const lowest = (values: Uint32Array, k: number) => Array.from(values, (word) => word % 2 ** k)

describe('packed words', () => {
  it('lie one behind the other, lowest bits first', () => {
    // 5, 1, 6 in three bits from the lowest on: 101 100 011; the first eight are 1011 0001 = 1 + 4 + 8 + 128 = 0x8d.
    expect([...packWords(words(5, 1, 6), 3)]).toEqual([0x8d, 0x01])
    // Twelve bits: 0xabc and 0xdef are the bytes bc, fa, de.
    expect([...packWords(words(0xabc, 0xdef), 12)]).toEqual([0xbc, 0xfa, 0xde])
    expect([...packWords(words(0x04030201), 32)]).toEqual([1, 2, 3, 4])
  })

  it('come out as they went in, but for the bits above the k lowest', () => {
    fc.assert(
      fc.property(someWords, bits, (some, k) => {
        const packed = packWords(some, k)
        expect(packed.length).toBe(Math.ceil((some.length * k) / 8))
        expect([...unpackWords(packed, k, some.length)]).toEqual(lowest(some, k))
        expect([...reduceWords(asResidues(some.slice()), k)]).toEqual(lowest(some, k))
      }),
    )
  })

  it('are refused where bytes are missing or left over', () => {
    expect(packedBytes(3, 3)).toBe(2)
    for (const length of [1, 3])
      expect(() => unpackWords(new Uint8Array(length), 3, 3)).toThrow('3 words of 3 bits take 2 bytes')
  })

  it('are numbers in two’s complement where they stand for signed ones', () => {
    expect([...signedWords(words(0, 3, 4, 7), 3)]).toEqual([0, 3, -4, -1])
    expect([...signedWords(words(2 ** 31, 2 ** 32 - 1), 32)]).toEqual([-(2 ** 31), -1])
  })
})

describe('a secure sum of packed words', () => {
  const length = 50

  it('is the sum of the plain ones modulo 2^k, with a site that dropped out too', () => {
    const dealt = fc.tuple(
      bits,
      fc.array(fc.uint32Array({ minLength: length, maxLength: length }), { minLength: 4, maxLength: 4 }),
      fc.boolean(),
    )
    fc.assert(
      fc.property(dealt, ([k, answers, drops]) => {
        const sent: Uint8Array[] = []
        const { sum } = run(agreementOf(4, { words: length, threshold: 3 }), {
          answer: (site) => answers[site]!,
          ...(drops && { drops: new Map([[2, 'masked' as const]]) }),
          onSent(_site, message) {
            if (message.kind !== 'masked') return
            // What crosses the wire is all that the coordinator ever sees of an answer.
            const packed = packWords(asResidues(message.words), k)
            sent.push(packed)
            message.words.set(unpackWords(packed, k, length))
          },
        })
        const alive = answers.filter((_, site) => !(drops && site === 2))
        const plain = Array.from(
          { length },
          (_, i) => alive.reduce((total, own) => total + own[i]!, 0) % 2 ** k,
        )
        expect([...reduceWords(sum!, k)]).toEqual(plain)
        expect(sent.every((packed) => packed.length === packedBytes(length, k))).toBe(true)
      }),
      { numRuns: 15 },
    )
  })

  it('shows words that are uniform below 2^k, whatever is beneath', () => {
    let masked: Uint32Array = new Uint32Array(0)
    run(agreementOf(3, { words: 64_000 }), {
      answer: () => new Uint32Array(64_000).fill(1),
      onSent: (site, message) => {
        if (site === 0 && message.kind === 'masked')
          masked = unpackWords(packWords(asResidues(message.words), 5), 5, 64_000)
      },
    })
    const counts = new Uint32Array(32)
    for (const word of masked) counts[word]!++
    // 31 degrees of freedom: mean 31, standard deviation sqrt(62) = 7.9; 31 + 5 sd = 70.
    expect(counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)).toBeLessThan(70)
  })
})
