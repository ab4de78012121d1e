/** What a masked vector tells, which is nothing; and the record of a whole round, byte for byte. */
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { agreementOf, plainSum, run } from '../../test/support/secure-sum.ts'
import { bytesToHex, ready } from '../crypto.ts'
import { asResidues, wordsToBytes } from '../fixed-point.ts'
import type { FromSite, ToSite } from './messages.ts'

beforeAll(() => ready)

/** What site 0 sends when everyone's answer is all zeros. */
function maskedZeros(words: number, manifest: string): Uint32Array {
  let masked = new Uint32Array(0)
  run(agreementOf(3, { words, manifest }), {
    answer: () => new Uint32Array(words),
    onSent: (site, message) => {
      if (site === 0 && message.kind === 'masked') masked = message.words.slice()
    },
  })
  return masked
}

/** Pearson's statistic of counts that should be equal. */
function chiSquare(counts: Uint32Array): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

describe('a masked vector', () => {
  const words = maskedZeros(100_000, 'a question')

  // 255 degrees of freedom: mean 255, standard deviation sqrt(510) = 22.6; 255 + 5 sd = 368.
  it.each([0, 8, 16, 24])('is uniform in the byte at bit %i', (shift) => {
    const counts = new Uint32Array(256)
    for (const word of words) counts[(word >>> shift) & 255]!++
    expect(chiSquare(counts)).toBeLessThan(368)
  })

  // Neighbouring words, by their top four bits each: 256 pairs again.
  it('does not tell one word by the one before it', () => {
    const counts = new Uint32Array(256)
    for (let i = 0; i + 1 < words.length; i += 2) counts[(words[i]! >>> 28) * 16 + (words[i + 1]! >>> 28)]!++
    expect(chiSquare(counts)).toBeLessThan(368)
  })

  // "a question" and "a quesuion" differ in one bit (t is 0x74, u is 0x75). Of the 3.2 million bits of two independent
  // vectors half agree: 1.6 million, with standard deviation sqrt(3.2e6) / 2 = 894; 5 sd are 4472.
  it('is another one altogether when one bit of the manifest differs', () => {
    const other = maskedZeros(100_000, 'a quesuion')
    let differing = 0
    for (const [i, word] of words.entries()) {
      for (let rest = (word ^ other[i]!) >>> 0; rest > 0; rest = (rest & (rest - 1)) >>> 0) differing++
    }
    expect(Math.abs(differing - 1_600_000)).toBeLessThan(4472)
  })
})

const RECORD = new URL('../../test/vectors/secagg-round.json', import.meta.url)

/** Four sites, site 2 lost after it dealt its shares: everything that was said, bytes in hex. */
function record(): unknown {
  const said: unknown[] = []
  const agreement = agreementOf(4)
  const { sum } = run(agreement, {
    drops: new Map([[2, 'masked']]),
    deliver: (to, message) => {
      said.push({ to, ...(inHex(message) as object) })
      return message
    },
    onSent: (from, message) => said.push({ from, ...(inHex(message) as object) }),
  })
  const { context, roster, threshold, degree, words } = agreement
  return inHex({ agreement: { context, roster, threshold, degree, words }, said, sum: [...sum!] })
}

function inHex(value: FromSite | ToSite | object): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, one: unknown) => {
      if (one instanceof Uint32Array) return bytesToHex(wordsToBytes(asResidues(one)))
      return one instanceof Uint8Array ? bytesToHex(one) : one
    }),
  )
}

describe('the golden round', () => {
  const golden = JSON.parse(readFileSync(RECORD, 'utf8')) as { sum: number[] }

  // The sites' seeds are those of test/support/secure-sum.ts; nothing else is drawn.
  it('is said again byte for byte', () => {
    expect(record()).toEqual(golden)
  })

  it('adds up', () => {
    expect(golden.sum).toEqual(plainSum([0, 1, 3]))
  })
})
