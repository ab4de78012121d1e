import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shareKinds, type ShareKindName } from '#distill/shares.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import { checkShareBytes, decodeSum, encodeShare, unpackShare } from './share.ts'

/** Two rows of two classes, asked of two sites, 16 units per 1.0. */
function question(kind: ShareKindName, mode = 'plain'): QuestionManifest {
  const [rows, outputs] = shareKinds[kind].purpose === 'teach' ? [2, 2] : [1, 2]
  const length = shareKinds[kind].length({ rows, classes: outputs })
  const { clip } = shareKinds[kind]
  return {
    ...({} as QuestionManifest),
    roster: [
      { site: 'north', publicKey: 'a'.repeat(64) },
      { site: 'south', publicKey: 'b'.repeat(64) },
    ],
    share: { kind, rows, outputs, length, scale: 16, clip, temperature: 1, heads: [] },
    privacy: { mode, campaign: 40 },
  }
}

/** The given words, then zeros. */
const share = ({ share: { length } }: QuestionManifest, ...words: number[]) =>
  new Uint8Array(Int32Array.from({ length }, (_, index) => words[index] ?? 0).buffer)

describe('a share, as the coordinator may look at it', () => {
  it('of probabilities has rows that sum to one', () => {
    const asked = question('probabilities')
    expect(() => checkShareBytes(asked, share(asked, 16, 0, 4, 12))).not.toThrow()
    expect(() => checkShareBytes(asked, share(asked, 16, 0, 4, 13))).toThrow('Row 1 of the share sums to 17')
    expect(() => checkShareBytes(asked, share(asked, 17, -1, 4, 12))).toThrow('Row 0') // -1 is 2^32 - 1
  })

  it('of log-probabilities stays within the clip', () => {
    const asked = question('log-probabilities') // clip 8: 128 units
    expect(() => checkShareBytes(asked, share(asked, 128, -128, 0, 0))).not.toThrow()
    expect(() => checkShareBytes(asked, share(asked, 0, 0, 129, 0))).toThrow('Value 2 of the share is 8.0625')
    expect(() => checkShareBytes(asked, share(asked, -129, 0, 0, 0))).toThrow('-8 to 8')
  })

  it('of counts has none below zero, and none that two sites could not add up', () => {
    const asked = question('evaluation-counts') // 2^31 / 2 sites = 2^30 units
    expect(() => checkShareBytes(asked, share(asked, 2 ** 30, 0))).not.toThrow()
    expect(() => checkShareBytes(asked, share(asked, 0, -1))).toThrow('Value 1')
    expect(() => checkShareBytes(asked, share(asked, 2 ** 30 + 1))).toThrow('Value 0')
  })

  it('has the length that was asked for, masked or not; masked, nothing else can be said of it', () => {
    for (const mode of ['plain', 'masked']) {
      const asked = question('probabilities', mode)
      expect(() => checkShareBytes(asked, new Uint8Array(12))).toThrow(
        'has 4 words of 32 bits; this one has 12 bytes',
      )
    }
    const masked = question('probabilities', 'masked')
    expect(() => checkShareBytes(masked, share(masked, 1, 2, 3, 4))).not.toThrow()
  })
})

describe('a share in few bits', () => {
  const narrow = (kind: ShareKindName, scale: number, wordBits: number) => {
    const asked = question(kind)
    return { ...asked, share: { ...asked.share, scale, wordBits } }
  }

  it('of one bit is a vote for the likeliest class', () => {
    // Two sites make two votes at most: words of two bits. [0 1 1 0] from the lowest on: 00 10 10 00 = 4 + 16.
    const asked = narrow('probabilities', 1, 2)
    const bytes = encodeShare(asked.share, [0.4, 0.6, 0.7, 0.3], () => 0)
    expect([...bytes]).toEqual([0b0001_0100])
    expect(() => checkShareBytes(asked, bytes)).not.toThrow()
    expect(() => checkShareBytes(asked, Uint8Array.of(0b0101_0100))).toThrow('Row 1 of the share sums to 2')
    expect(() => checkShareBytes(asked, new Uint8Array(4))).toThrow('4 words of 2 bits; this one has 4 bytes')
  })

  it('of values of either sign is rounded at random and read back in two’s complement', () => {
    // 15 units to 1.0; two sites of 120 units either way: 240 takes eight bits, and a sign.
    const { share } = narrow('log-probabilities', 15, 9)
    const values = [-8, 8, -0.1, 0.1] // in units -120, 120, -1.5, 1.5
    const up = unpackShare(
      share,
      encodeShare(share, values, () => 2 ** 32 - 1),
    )
    const down = unpackShare(
      share,
      encodeShare(share, values, () => 0),
    )
    expect([...decodeSum(share, up)].map((value) => Math.round(value * 15))).toEqual([-120, 120, -1, 2])
    expect([...decodeSum(share, down)].map((value) => Math.round(value * 15))).toEqual([-120, 120, -2, 1])
  })

  it('of weights is read as positive up to the top of the ring', () => {
    const { share } = narrow('entropy-weighted', 15, 5) // 30 units of two sites
    const bytes = encodeShare(share, [1, 1, 0, 1], () => 0)
    const sum = unpackShare(share, bytes).map((word) => word * 2) as ReturnType<typeof unpackShare>
    expect([...decodeSum(share, sum)]).toEqual([2, 2, 0, 2])
  })

  it('of the largest values is compressed, and its rows are checked all the same', () => {
    const asked = narrow('probabilities', 15, 5)
    const top = { ...asked, share: { ...asked.share, top: 1 } }
    const bytes = encodeShare(top.share, [0.4, 0.6, 0.7, 0.3], () => 0)
    expect(() => checkShareBytes(top, bytes)).not.toThrow()
    expect([...unpackShare(top.share, bytes)]).toEqual([0, 15, 15, 0])
    expect(() => checkShareBytes(top, Uint8Array.of(1, 2, 3))).toThrow('does not expand to the 3 bytes')
  })
})

describe('a share of several targets', () => {
  /** Two rows: three classes, a number, two classes. Asked of two sites, 16 units per 1.0. */
  const asked: QuestionManifest = {
    ...question('probabilities'),
    share: {
      ...question('probabilities').share,
      kind: 'probabilities;gaussian-moments;probabilities',
      outputs: 7,
      length: 14,
      clip: 0,
      heads: [3, 2, 2],
    },
  }
  const fine = [16, 0, 0, 4, 4, 8, -16, 32, 0, 16, 8, 8, 15, 1]

  it('has rows that sum to one in each target that has classes, as wide as it has', () => {
    expect(() => checkShareBytes(asked, share(asked, ...fine))).not.toThrow()
    const bad = (at: number, units: number) => () =>
      checkShareBytes(asked, share(asked, ...fine.with(at, units)))
    expect(bad(4, 5)).toThrow('Row 1 of the share sums to 17')
    expect(bad(12, 14)).toThrow('Row 1 of the share sums to 15')
    expect(bad(10, 9)).toThrow('Row 0 of the share sums to 17')
    // A second moment of 64 at most: 1024 units.
    expect(bad(7, 1025)).toThrow('Value 7 of the share is 64.0625; its kind allows -64 to 64.')
  })

  it('is the same in the sum as it was in the answers, to half a unit', () => {
    const simplex = (width: number) =>
      fc.array(fc.integer({ min: 1, max: 99 }), { minLength: width, maxLength: width }).map((weights) => {
        const whole = weights.reduce((a, b) => a + b)
        return weights.map((weight) => weight / whole)
      })
    const rows = <T>(row: fc.Arbitrary<T[]>) => fc.tuple(row, row).map((both) => both.flat())
    const moment = fc.double({ min: -8, max: 8, noNaN: true })
    const answer = fc
      .tuple(rows(simplex(3)), fc.array(moment, { minLength: 4, maxLength: 4 }), rows(simplex(2)))
      .map((heads) => heads.flat())
    const spec = { ...asked.share, scale: 4096 }
    fc.assert(
      fc.property(answer, answer, (one, other) => {
        const [a, b] = [one, other].map((values) => encodeShare(spec, values, () => 0))
        const manifest = { ...asked, share: spec }
        expect(() => checkShareBytes(manifest, a!)).not.toThrow()
        const [words, more] = [unpackShare(spec, a!), unpackShare(spec, b!)]
        const sum = words.map((word, at) => word + more[at]!) as typeof words
        // Rows of probabilities are rounded so that they add up: by less than a unit each; other values by half of one.
        decodeSum(spec, sum).forEach((value, at) =>
          expect(Math.abs(value - one[at]! - other[at]!)).toBeLessThan(2 / 4096),
        )
      }),
    )
  })
})
