import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  asResidues,
  bytesToWords,
  decode,
  encodeBounded,
  encodeSimplex,
  roomPerSite,
  wordsToBytes,
} from './fixed-point.ts'
import { createPlainSum } from './sum.ts'

const shareRange = (message: RegExp) =>
  expect.objectContaining({
    code: 'SHARE_RANGE',
    message: expect.stringMatching(message) as unknown,
  }) as Error

/** Rows of probabilities with some zeros and some exact ones. */
const simplexRow = (classes: number) =>
  fc
    .array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: classes,
      maxLength: classes,
    })
    .filter((row) => row.some((value) => value > 1e-300))
    .map((row) => {
      const total = row.reduce((sum, value) => sum + value, 0)
      return row.map((value) => value / total)
    })
const scales = fc.constantFrom(1, 7, 1000, 2 ** 10, 2 ** 16, 2 ** 24)

describe('rows of probabilities', () => {
  it('are dealt their units by largest remainder', () => {
    // 4 x [.4 .35 .25] = [1.6 1.4 1.0]: floors 1 1 1, and the unit left goes to .6.
    expect([...encodeSimplex([0.4, 0.35, 0.25], 3, 4)]).toEqual([2, 1, 1])
    // 10 x thirds = 3.33 each: the unit left goes to the first of equals. Second row: nothing to round.
    expect([...encodeSimplex([1 / 3, 1 / 3, 1 / 3, 0, 1, 0], 3, 10)]).toEqual([4, 3, 3, 0, 10, 0])
  })

  it('sum to exactly the scale, and each word is within one unit', () => {
    const rows = fc.integer({ min: 2, max: 12 }).chain((classes) =>
      fc.record({
        classes: fc.constant(classes),
        rows: fc.array(simplexRow(classes), { minLength: 1, maxLength: 5 }),
      }),
    )
    fc.assert(
      fc.property(rows, scales, ({ classes, rows }, scale) => {
        const values = rows.flat()
        const words = encodeSimplex(values, classes, scale)
        rows.forEach((_row, r) => {
          const units = [...words.subarray(r * classes, (r + 1) * classes)]
          expect(units.reduce((sum, unit) => sum + unit, 0)).toBe(scale)
        })
        values.forEach((value, i) =>
          expect(Math.abs((words[i] as number) - value * scale)).toBeLessThan(1 + 1e-6),
        )
      }),
    )
  })

  it('in single precision, as networks give them, are taken', () => {
    const softmaxed = Float32Array.of(0.1, 0.2, 0.7) // sums to 1 only within 1e-7
    expect([...encodeSimplex(softmaxed, 3, 1000)]).toEqual([100, 200, 700])
  })

  it.each([
    [[0.5, 0.5, NaN, 1], /Row 1, class 0 of the share is NaN/],
    [[0.5, 0.5, 1, Infinity], /Row 1, class 1 of the share is Infinity/],
    [[1.2, -0.2, 0.5, 0.5], /Row 0, class 0 of the share is 1\.2/],
    [[0.5, 0.5, 1, -1e-9], /Row 1, class 1 of the share is -1e-9/],
    [[0.5, 0.5, 0.5, 0.4], /Row 1 of the share sums to 0\.9/],
    [[0.5, 0.5, 0.5], /Row 1, class 1 of the share is undefined/],
  ])('%j are refused', (values, message) => {
    expect(() => encodeSimplex(values, 2, 1000)).toThrow(shareRange(message))
  })
})

describe('bounded values', () => {
  it("are two's complement", () => {
    expect([...encodeBounded([1, -1, 0.25, -0], 1, 4)]).toEqual([4, 2 ** 32 - 4, 1, 0])
  })

  it('come back within half a unit', () => {
    const values = fc.array(fc.double({ min: -8, max: 8, noNaN: true }))
    fc.assert(
      fc.property(values, scales, (values, scale) => {
        const back = decode(encodeBounded(values, 8, scale), scale)
        values.forEach((value, i) =>
          expect(Math.abs((back[i] as number) - value)).toBeLessThanOrEqual(0.5 / scale),
        )
      }),
    )
  })

  it.each([
    [[0, NaN], /Value 1 of the share is NaN/],
    [[-Infinity], /Value 0 of the share is -Infinity/],
    [[8.001], /Value 0 of the share is 8\.001; it must lie in \[-8, 8\]/],
  ])('%j are refused', (values, message) => {
    expect(() => encodeBounded(values, 8, 16)).toThrow(shareRange(message))
  })

  it('that would wrap by themselves are refused, whatever the bound says', () => {
    expect(decode(encodeBounded([2 ** 31 - 1], 2 ** 31, 1), 1)[0]).toBe(2 ** 31 - 1)
    expect(() => encodeBounded([2 ** 31], 2 ** 31, 1)).toThrow(shareRange(/Value 0/))
  })
})

describe('a sum over sites', () => {
  const vectors = fc
    .record({ sites: fc.integer({ min: 1, max: 100 }), length: fc.integer({ min: 1, max: 6 }) })
    .chain(({ sites, length }) => {
      const value = fc.double({ min: -8, max: 8, noNaN: true })
      return fc.array(fc.array(value, { minLength: length, maxLength: length }), {
        minLength: sites,
        maxLength: sites,
      })
    })
  const scale = 2 ** 16

  it('decodes to the sum of what was decoded, in any order', () => {
    fc.assert(
      fc.property(vectors, fc.nat(), (vectors, seed) => {
        const encoded = vectors.map((values) => encodeBounded(values, 8, scale))
        const add = (order: readonly number[]) => {
          const sum = createPlainSum(vectors[0]?.length ?? 0)
          for (const i of order) sum.add(`site-${i}`, encoded[i]!)
          return sum.reveal()
        }
        const order = vectors.map((_, i) => i)
        const shuffled = order.toSorted((a, b) => ((a * 7919 + seed) % 101) - ((b * 7919 + seed) % 101))
        expect(add(shuffled)).toEqual(add(order))

        const each = encoded.map((words) => decode(words, scale))
        const total = decode(add(order), scale)
        // Multiples of 2^-16 below 2^10: floating point adds them exactly.
        total.forEach((value, i) =>
          expect(value).toBe(each.reduce((sum, row) => sum + (row[i] as number), 0)),
        )
      }),
    )
  })

  it('is right up to the room there is, and wraps beyond it', () => {
    const sum = (sites: number, units: number) => {
      const port = createPlainSum(1)
      for (let i = 0; i < sites; i++) port.add(`site-${i}`, encodeBounded([units], units, 1))
      return decode(port.reveal(), 1)[0]
    }
    const most = Math.ceil(roomPerSite(3)) - 1 // 715827882
    expect(sum(3, most)).toBe(3 * most)
    expect(sum(3, most + 1)).toBe(3 * (most + 1) - 2 ** 32)
  })

  it('takes each site once, and vectors of one length', () => {
    const sum = createPlainSum(2)
    sum.add('north', asResidues(Uint32Array.of(1, 2)))
    const again = () => sum.add('north', asResidues(Uint32Array.of(1, 2)))
    expect(again).toThrow(expect.objectContaining({ code: 'ALREADY_ANSWERED' }))
    const short = () => sum.add('south', asResidues(Uint32Array.of(1)))
    expect(short).toThrow(expect.objectContaining({ code: 'SHARE_LENGTH' }))
    expect([...sum.reveal()]).toEqual([1, 2])
  })

  it('once revealed is not changed by what is added later', () => {
    const sum = createPlainSum(1)
    sum.add('north', asResidues(Uint32Array.of(1)))
    const revealed = sum.reveal()
    sum.add('south', asResidues(Uint32Array.of(1)))
    expect([...revealed]).toEqual([1])
  })
})

describe('words', () => {
  it('travel as little-endian bytes', () => {
    expect([...wordsToBytes(asResidues(Uint32Array.of(1, 0x01020304)))]).toEqual([1, 0, 0, 0, 4, 3, 2, 1])
  })

  it('come back, at any alignment', () => {
    fc.assert(
      fc.property(fc.uint32Array({ maxLength: 50 }), (words) => {
        const padded = new Uint8Array(words.length * 4 + 1)
        padded.set(wordsToBytes(asResidues(words)), 1)
        expect(bytesToWords(padded.subarray(1))).toEqual(words)
      }),
    )
  })

  it('are whole', () => {
    expect(() => bytesToWords(new Uint8Array(6))).toThrow(expect.objectContaining({ code: 'SHARE_LENGTH' }))
  })
})
