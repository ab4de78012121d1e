/**
 * Where a share kind's real numbers become words over Z/2^k, and a sum of words becomes numbers again.
 *
 * `distill` says what a share holds and how it is bounded; `privacy` knows fixed point; the manifest fixes
 * scale, clip and k for everyone. The two ends call only this.
 */
import { sharePartsOf, type SharePart } from '#distill/shares.ts'
import type { NextWord } from '#privacy/noise/discrete-gaussian.ts'
import { addNoise } from '#privacy/noise/distributed-noise.ts'
import { ditherBounded } from '#privacy/dither.ts'
import {
  asResidues,
  encodeBounded,
  encodeSimplex,
  roomPerSite,
  type Residue32,
} from '#privacy/fixed-point.ts'
import { packedBytes, packWords, signedWords, unpackWords, WIDEST_WORD } from '#privacy/packing.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import { siteNoiseOf } from './noise.ts'
import { compressShare, expandShare, keepLargest } from './top-values.ts'
import { isSigned, unitsPerSite, wordBitsOf } from './word-width.ts'

type ShareSpec = QuestionManifest['share']

/**
 * The bytes of one site's answer. `nextWord` gives words that nobody can foretell: values in few bits are rounded at
 * random. Throws `SHARE_RANGE` or `SHARE_LENGTH`; NaN and infinities never pass.
 */
export function encodeShare(spec: ShareSpec, values: ArrayLike<number>, nextWord: NextWord): Uint8Array {
  return packShare(spec, wordsOf(spec, values, nextWord))
}

/** Words as they cross the wire. */
export function packShare(spec: ShareSpec, words: Residue32): Uint8Array {
  const packed = packWords(words, wordBitsOf(spec))
  return spec.top === undefined ? packed : compressShare(packed)
}

/** The words of an answer, below 2^k. Throws `SHARE_LENGTH` for one that `checkShareBytes` would not let through. */
export function unpackShare(spec: ShareSpec, bytes: Uint8Array): Residue32 {
  const packed =
    spec.top === undefined ? bytes : expandShare(bytes, packedBytes(spec.length, wordBitsOf(spec)))
  return unpackWords(packed, wordBitsOf(spec), spec.length)
}

function wordsOf(spec: ShareSpec, values: ArrayLike<number>, nextWord: NextWord): Residue32 {
  if (values.length !== spec.length) throw wrongLength(spec, `${values.length} values`)
  const words = asResidues(new Uint32Array(spec.length))
  const all = Float64Array.from(values)
  const uniform = () => nextWord() / 2 ** 32
  for (const part of partsOf(spec)) {
    const own = all.subarray(part.offset, part.offset + part.length)
    words.set(wordsOfPart(spec, part, own, uniform), part.offset)
  }
  return words
}

function wordsOfPart(
  { scale, wordBits, top }: ShareSpec,
  { kind, clip, outputs }: SharePart,
  values: Float64Array,
  uniform: () => number,
): Residue32 {
  if (kind.encoding === 'simplex')
    return encodeSimplex(
      top === undefined ? values : keepLargest(values, outputs.count, top),
      outputs.count,
      scale,
    )
  const bound = kind.encoding === 'counts' ? roomPerSite(1) / scale : kind.largest({ rows: 1, clip })
  return wordBits !== undefined
    ? ditherBounded(values, bound, scale, uniform)
    : encodeBounded(values, bound, scale)
}

/** The parts of a question's share: one for each kind that it asks for. */
export const partsOf = ({ kind, clip, rows, outputs, heads }: ShareSpec): SharePart[] =>
  sharePartsOf({ kind, clip, rows, classes: outputs, ...(heads.length > 0 && { heads }) })

/**
 * The bytes of one site's answer as the sum of its sub-teachers' shares, with this site's part of the noise.
 * `nextWord` gives words that nobody can foretell. Throws as `encodeShare` and `siteNoiseOf` do.
 */
export function encodeNoisySum(
  manifest: QuestionManifest,
  members: Iterable<ArrayLike<number>>,
  nextWord: NextWord,
): Uint8Array {
  const part = siteNoiseOf(manifest)
  if (!part) throw new TypeError('internal: a noisy sum needs noise')
  const sum = asResidues(new Uint32Array(manifest.share.length))
  for (const values of members) {
    const words = wordsOf(manifest.share, values, nextWord)
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (words[i] as number)
  }
  addNoise(sum, part, nextWord)
  return packShare(manifest.share, sum)
}

/** The sum of the sites' real numbers, from the sum of their words modulo 2^k. */
export function decodeSum(spec: ShareSpec, words: Residue32): Float64Array {
  const sum = new Float64Array(words.length)
  for (const part of partsOf(spec))
    unitsOf(spec, part, words).forEach((units, i) => (sum[part.offset + i] = units / spec.scale))
  return sum
}

/** What the words of a part stand for, in fixed-point units. */
function unitsOf(spec: ShareSpec, part: SharePart, words: Residue32): Int32Array | Residue32 {
  const own = asResidues(words.subarray(part.offset, part.offset + part.length))
  return isSigned(part, wordBitsOf(spec)) ? signedWords(own, wordBitsOf(spec)) : own
}

/**
 * What the coordinator can check of a single answer before summing it. Throws `SHARE_LENGTH`, and, while
 * answers are plain, `SHARE_RANGE` for rows of probabilities that do not add up and for values out of bounds.
 */
export function checkShareBytes({ share: spec, privacy, roster }: QuestionManifest, share: Uint8Array): void {
  if (spec.top === undefined && share.length !== packedBytes(spec.length, wordBitsOf(spec)))
    throw wrongLength(spec, `${share.length} bytes`)
  if (privacy.mode !== 'plain') return
  const words = unpackShare(spec, share)
  for (const shared of partsOf(spec)) {
    const { kind, clip, offset, outputs } = shared
    const largest = kind.largest({ rows: 1, clip }) * spec.scale
    const part = { spec, units: unitsOf(spec, shared, words), offset }
    if (kind.encoding === 'simplex') requireRowSums(part, outputs.count)
    else if (kind.encoding === 'counts')
      requireWithin(part, 0, unitsPerSite(shared, wordBitsOf(spec), roster.length))
    else requireWithin(part, kind.encoding === 'weights' ? 0 : -largest, largest)
  }
}

interface Part {
  readonly spec: ShareSpec
  readonly units: Int32Array | Residue32
  /** Of its first word in the share. */
  readonly offset: number
}

function requireRowSums({ spec: { rows, scale }, units }: Part, outputs: number): void {
  for (let row = 0; row < rows; row++) {
    let sum = 0
    for (let k = 0; k < outputs; k++) sum += (units[row * outputs + k] as number) >>> 0
    if (sum !== scale)
      throw new CollegiumError(
        'SHARE_RANGE',
        `Row ${row} of the share sums to ${sum} units instead of ${scale}.`,
      )
  }
}

function requireWithin({ spec: { scale }, units: all, offset }: Part, least: number, most: number): void {
  all.forEach((units, index) => {
    if (units < Math.floor(least) || units > Math.ceil(most))
      throw new CollegiumError(
        'SHARE_RANGE',
        `Value ${offset + index} of the share is ${units / scale}; its kind allows ${least / scale} to ${most / scale}.`,
      )
  })
}

const wrongLength = ({ kind, length, wordBits = WIDEST_WORD }: ShareSpec, found: string) =>
  new CollegiumError(
    'SHARE_LENGTH',
    `A ${kind} share for this question has ${length} words of ${wordBits} bits; this one has ${found}.`,
  )
