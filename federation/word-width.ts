/**
 * How wide the words of a question are: wide enough for the sum of all answers, and no wider.
 *
 * A run may ask for values of b bits: units from 0 to 2^b - 1, or, where values can be negative, from -(2^(b-1) - 1)
 * to 2^(b-1) - 1. The sum over n sites then takes about log2 n bits more, and a word has as many. Ten sites with
 * probabilities of 4 bits: 10 x 15 = 150 units at most, words of 8 bits, where 32 were.
 */
import type { SharePart } from '#distill/shares.ts'
import { WIDEST_WORD } from '#privacy/packing.ts'
import type { QuestionManifest } from '#proto/manifest.ts'

type Kind = Pick<SharePart, 'kind' | 'clip'>

/** Bits of a value beyond which a run gains nothing: fixed point has 16 behind the point. */
export const MOST_VALUE_BITS = 16

export const wordBitsOf = ({ wordBits = WIDEST_WORD }: QuestionManifest['share']): number => wordBits

/** Whether a part's words are read in two's complement. The widest always are: noise goes below zero. */
export const isSigned = ({ kind }: Pick<Kind, 'kind'>, wordBits: number): boolean =>
  wordBits === WIDEST_WORD || kind.encoding === 'bounded'

/** While each of `sites` values stays below this many units, their sum does not wrap around. */
export const unitsPerSite = (part: Pick<Kind, 'kind'>, wordBits: number, sites: number): number =>
  2 ** (isSigned(part, wordBits) ? wordBits - 1 : wordBits) / sites

/** Units of the largest value that one site's answer holds; of counts, for one row counted. */
const largestUnits = ({ kind, clip }: Kind, scale: number): number =>
  Math.ceil(kind.largest({ rows: 1, clip }) * scale)

/** Fixed-point units per 1.0 at which every value has `bits` bits at most; 0 where that is too few for a kind. */
export const scaleOfBits = (parts: readonly Kind[], bits: number): number =>
  Math.min(
    ...parts.map(({ kind, clip }) => {
      const most = kind.encoding === 'bounded' ? 2 ** (bits - 1) - 1 : 2 ** bits - 1
      return Math.floor(most / kind.largest({ rows: 1, clip }))
    }),
  )

/** The narrowest words in which a sum over `sites` answers does not wrap around. */
export const narrowestWord = (parts: readonly Kind[], scale: number, sites: number): number =>
  Math.max(
    ...parts.map((part) => {
      const bits = WIDEST_WORD - Math.clz32(sites * largestUnits(part, scale))
      return part.kind.encoding === 'bounded' ? bits + 1 : bits
    }),
  )
