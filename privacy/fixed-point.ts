/**
 * Real vectors as vectors over Z/2^32, where sums are exact and masks are uniform.
 *
 * A value v at scale s is the word round(v s) mod 2^32, negative numbers in two's complement. Adding words
 * wraps; a sum of n of them is right as long as the largest |v| s stays below `roomPerSite(n)`, which is
 * decided from the manifest before anyone computes.
 *
 * A row of probabilities gets special care: rounding each entry alone would make rows sum to s give or take a
 * few units, so the units are dealt by largest remainder and every row sums to exactly s. That keeps the
 * sensitivity of a row (L2 sqrt(2) s when replaced) without a term for rounding, and lets the coordinator
 * check row sums of the total. Miniature, s = 4: [.4 .35 .25] -> 1.6 1.4 1.0 -> floors 1 1 1, one unit left,
 * the largest remainder .6 gets it -> [2 1 1].
 */
import { PrivacyError } from './errors.ts'

declare const residue: unique symbol
/** Words over Z/2^32: never to be read as numbers before `decode`. */
export type Residue32 = Uint32Array & { readonly [residue]: true }

export const asResidues = (words: Uint32Array): Residue32 => words as Residue32

/**
 * Probabilities, rows x classes row-major, as words that sum to `scale` in every row.
 * Throws `SHARE_RANGE` for a value outside [0, 1], not finite, or a row whose sum is off 1 by over 1e-3.
 */
export function encodeSimplex(values: ArrayLike<number>, classes: number, scale: number): Residue32 {
  const words = new Uint32Array(values.length)
  const remainders = new Float64Array(classes)
  for (let start = 0; start < values.length; start += classes) {
    const total = checkedRowSum(values, start, classes)
    let left = scale
    for (let k = 0; k < classes; k++) {
      const units = ((values[start + k] as number) / total) * scale
      const floor = Math.floor(units)
      words[start + k] = floor
      remainders[k] = units - floor
      left -= floor
    }
    for (; left > 0; left--) {
      const k = indexOfLargest(remainders)
      words[start + k] = (words[start + k] as number) + 1
      remainders[k] = -1
    }
  }
  return asResidues(words)
}

/** Values in [-bound, bound] as two's complement words; throws `SHARE_RANGE` for any other value. */
export function encodeBounded(values: ArrayLike<number>, bound: number, scale: number): Residue32 {
  const words = new Uint32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    const units = Math.round(value * scale)
    if (!(Math.abs(value) <= bound && Math.abs(units) < roomPerSite(1)))
      throw outOfRange(`Value ${i}`, value, `[-${bound}, ${bound}]`)
    words[i] = units // modulo 2^32
  }
  return asResidues(words)
}

/** The numbers that words stand for, read as signed. */
export function decode(words: Residue32, scale: number): Float64Array {
  const signed = new Int32Array(words.buffer, words.byteOffset, words.length)
  return Float64Array.from(signed, (word) => word / scale)
}

/** In fixed-point units: while each of `sites` values stays below this, their sum does not wrap. */
export function roomPerSite(sites: number): number {
  return 2 ** 31 / sites
}

/** Little-endian, four bytes a word, whatever the machine's own order. */
export function wordsToBytes(words: Residue32): Uint8Array {
  const bytes = new Uint8Array(words.length * 4)
  const view = new DataView(bytes.buffer)
  words.forEach((word, i) => view.setUint32(i * 4, word, true))
  return bytes
}

/** Throws `SHARE_LENGTH` when the bytes are no whole number of words. */
export function bytesToWords(bytes: Uint8Array): Residue32 {
  if (bytes.length % 4 !== 0)
    throw new PrivacyError(
      'SHARE_LENGTH',
      `A share is a whole number of 4-byte words; this one has ${bytes.length} bytes.`,
    )
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const words = new Uint32Array(bytes.length / 4)
  for (let i = 0; i < words.length; i++) words[i] = view.getUint32(i * 4, true)
  return asResidues(words)
}

function checkedRowSum(values: ArrayLike<number>, start: number, classes: number): number {
  let total = 0
  for (let k = 0; k < classes; k++) {
    const value = values[start + k] as number
    if (!(value >= 0 && value <= 1 + 1e-6))
      throw outOfRange(`Row ${start / classes}, class ${k}`, value, '[0, 1]')
    total += value
  }
  if (Math.abs(total - 1) <= 1e-3) return total
  throw new PrivacyError(
    'SHARE_RANGE',
    `Row ${start / classes} of the share sums to ${total}; it must sum to 1.`,
  )
}

function indexOfLargest(values: Float64Array): number {
  let best = 0
  for (let k = 1; k < values.length; k++) if ((values[k] as number) > (values[best] as number)) best = k
  return best
}

export function outOfRange(where: string, value: number, range: string): PrivacyError {
  return new PrivacyError('SHARE_RANGE', `${where} of the share is ${value}; it must lie in ${range}.`)
}
