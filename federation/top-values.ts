/**
 * Answers that keep the largest values of each row alone, and are compressed: for plain questions, where nothing hides
 * which values those are. Under masks every word is uniform, and where a site's large values are would tell what it says.
 */
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import type { SharePart } from '#distill/shares.ts'
import { CollegiumError } from '#proto/errors.ts'

/** Why a question cannot ask for the largest values alone, in a sentence; undefined if it can. */
export function topProblem(
  mode: string,
  parts: readonly Pick<SharePart, 'kind' | 'name'>[],
): string | undefined {
  if (mode !== 'plain')
    return 'Only plain answers can leave small values out: under masks all words look alike, and all are needed.'
  const odd = parts.find(({ kind }) => kind.encoding !== 'simplex')
  return odd && `Small values are left out of probabilities, not of ${odd.name}.`
}

/**
 * Rows of probabilities with their `top` largest values, the first of equals before the others, scaled to add up to
 * what they did.
 */
export function keepLargest(values: Float64Array, classes: number, top: number): Float64Array {
  const kept = new Float64Array(values.length)
  for (let start = 0; start < values.length; start += classes) {
    const row = values.subarray(start, start + classes)
    const largest = Array.from(row.keys())
      .sort((a, b) => (row[b] as number) - (row[a] as number) || a - b)
      .slice(0, top)
    const whole = row.reduce((sum, value) => sum + value, 0)
    const part = largest.reduce((sum, at) => sum + (row[at] as number), 0)
    for (const at of largest) kept[start + at] = ((row[at] as number) * whole) / part
  }
  return kept
}

/** With brotli (RFC 7932). */
export const compressShare = (packed: Uint8Array): Uint8Array => new Uint8Array(brotliCompressSync(packed))

/** Throws `SHARE_LENGTH` for bytes that are not brotli, or would be more than `most` bytes without it. */
export function expandShare(bytes: Uint8Array, most: number): Uint8Array {
  try {
    return new Uint8Array(brotliDecompressSync(bytes, { maxOutputLength: most }))
  } catch (cause) {
    const what = `A share of ${bytes.length} bytes does not expand to the ${most} bytes that were asked for.`
    throw new CollegiumError('SHARE_LENGTH', what, { cause })
  }
}
