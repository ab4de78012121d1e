/**
 * Where a share kind's real numbers become words over Z/2^32, and a sum of words becomes numbers again.
 *
 * `distill` says what a share holds and how it is bounded; `privacy` knows fixed point; the manifest fixes
 * scale and clip for everyone. The two ends call only this.
 */
import { sharePartsOf, type SharePart } from '#distill/shares.ts'
import type { NextWord } from '#privacy/noise/discrete-gaussian.ts'
import { addNoise } from '#privacy/noise/distributed-noise.ts'
import {
  asResidues,
  bytesToWords,
  decode,
  encodeBounded,
  encodeSimplex,
  roomPerSite,
  wordsToBytes,
  type Residue32,
} from '#privacy/fixed-point.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import { siteNoiseOf } from './noise.ts'

type ShareSpec = QuestionManifest['share']

/** The bytes of one site's answer. Throws `SHARE_RANGE` or `SHARE_LENGTH`; NaN and infinities never pass. */
export function encodeShare(spec: ShareSpec, values: ArrayLike<number>): Uint8Array {
  return wordsToBytes(wordsOf(spec, values))
}

function wordsOf(spec: ShareSpec, values: ArrayLike<number>): Residue32 {
  if (values.length !== spec.length) throw wrongLength(spec, values.length)
  const words = asResidues(new Uint32Array(spec.length))
  const all = Float64Array.from(values)
  for (const part of partsOf(spec)) {
    const own = all.subarray(part.offset, part.offset + part.length)
    words.set(wordsOfPart(spec, part, own), part.offset)
  }
  return words
}

function wordsOfPart(
  { outputs, scale }: ShareSpec,
  { kind, clip }: SharePart,
  values: Float64Array,
): Residue32 {
  if (kind.encoding === 'simplex') return encodeSimplex(values, outputs, scale)
  const bound = kind.encoding === 'counts' ? roomPerSite(1) / scale : kind.largest({ rows: 1, clip })
  return encodeBounded(values, bound, scale)
}

/** The parts of a question's share: one for each kind that it asks for. */
export const partsOf = ({ kind, clip, rows, outputs }: ShareSpec): SharePart[] =>
  sharePartsOf({ kind, clip, rows, classes: outputs })

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
    const words = wordsOf(manifest.share, values)
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (words[i] as number)
  }
  addNoise(sum, part, nextWord)
  return wordsToBytes(sum)
}

/** The sum of the sites' real numbers, from the sum of their words. */
export function decodeSum(spec: ShareSpec, words: Residue32): Float64Array {
  return decode(words, spec.scale)
}

/**
 * What the coordinator can check of a single answer before summing it. Throws `SHARE_LENGTH`, and, while
 * answers are plain, `SHARE_RANGE` for rows of probabilities that do not add up and for values out of bounds.
 */
export function checkShareBytes({ share: spec, privacy, roster }: QuestionManifest, share: Uint8Array): void {
  if (share.length !== spec.length * 4) throw wrongLength(spec, share.length / 4)
  if (privacy.mode !== 'plain') return
  const words = bytesToWords(share)
  for (const { kind, clip, offset, length } of partsOf(spec)) {
    const largest = kind.largest({ rows: 1, clip }) * spec.scale
    const part = { spec, words: words.subarray(offset, offset + length), offset }
    if (kind.encoding === 'simplex') requireRowSums(part)
    else if (kind.encoding === 'counts') requireWithin(part, 0, roomPerSite(roster.length))
    else requireWithin(part, kind.encoding === 'weights' ? 0 : -largest, largest)
  }
}

interface Part {
  readonly spec: ShareSpec
  readonly words: Uint32Array
  /** Of its first word in the share. */
  readonly offset: number
}

function requireRowSums({ spec: { rows, outputs, scale }, words }: Part): void {
  for (let row = 0; row < rows; row++) {
    let sum = 0
    for (let k = 0; k < outputs; k++) sum += words[row * outputs + k] as number
    if (sum !== scale)
      throw new CollegiumError(
        'SHARE_RANGE',
        `Row ${row} of the share sums to ${sum} units instead of ${scale}.`,
      )
  }
}

function requireWithin({ spec: { scale }, words, offset }: Part, least: number, most: number): void {
  words.forEach((word, index) => {
    const units = word | 0
    if (units < Math.round(least) || units > Math.round(most))
      throw new CollegiumError(
        'SHARE_RANGE',
        `Value ${offset + index} of the share is ${units / scale}; its kind allows ${least / scale} to ${most / scale}.`,
      )
  })
}

const wrongLength = ({ kind, length }: ShareSpec, found: number) =>
  new CollegiumError(
    'SHARE_LENGTH',
    `A ${kind} share for this question has ${length} words; this one has ${found}.`,
  )
