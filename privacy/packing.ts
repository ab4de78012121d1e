/**
 * Words over Z/2^k, k bits each on the wire.
 *
 * A masked word is uniform, so nothing compresses it; but it need not be wider than the sum it helps to make.
 * Taking a word modulo 2^k leaves 32 - k high bits behind, and since 2^k divides 2^32 that commutes with addition:
 * masks may be put on and taken off over Z/2^32 (masks.ts, secagg/), and a uniform word stays uniform.
 *
 * Word i takes the bits from i k on, lowest first, of bytes whose lowest bit comes first; the last byte is filled up
 * with zeros. So for k = 32 these are little-endian words. Miniature, k = 3: [5, 1, 6] -> 101 001 110 from the lowest
 * bit on -> bits 1 0 1 1 0 0 0 1 | 1 -> [0x8d, 0x01].
 */
import { PrivacyError } from './errors.ts'
import { asResidues, type Residue32 } from './fixed-point.ts'

/** Words as wide as the arithmetic. */
export const WIDEST_WORD = 32

/** Bytes that `length` words of `bits` bits take. */
export const packedBytes = (length: number, bits: number): number => Math.ceil((length * bits) / 8)

/** Of each word the lowest `bits`, 1 to 32. */
export function packWords(words: Residue32, bits: number): Uint8Array {
  const bytes = new Uint8Array(packedBytes(words.length, bits))
  const span = 2 ** bits
  // Held bits are a number below 2^39, exact in a double, where 32-bit operators would wrap.
  let [held, count, at] = [0, 0, 0]
  for (const word of words) {
    held += (word % span) * 2 ** count
    for (count += bits; count >= 8; count -= 8) {
      bytes[at++] = held % 256
      held = Math.floor(held / 256)
    }
  }
  if (count > 0) bytes[at] = held
  return bytes
}

/** `length` words below 2^bits. Throws `SHARE_LENGTH` unless the bytes are exactly as many as those take. */
export function unpackWords(bytes: Uint8Array, bits: number, length: number): Residue32 {
  const due = packedBytes(length, bits)
  if (bytes.length !== due)
    throw new PrivacyError(
      'SHARE_LENGTH',
      `${length} words of ${bits} bits take ${due} bytes; there are ${bytes.length}.`,
    )
  const words = new Uint32Array(length)
  const span = 2 ** bits
  let [held, count, at] = [0, 0, 0]
  for (let i = 0; i < length; i++) {
    for (; count < bits; count += 8) held += (bytes[at++] as number) * 2 ** count
    words[i] = held % span
    held = Math.floor(held / span)
    count -= bits
  }
  return asResidues(words)
}

/** Each word modulo 2^bits, in place. */
export function reduceWords(words: Residue32, bits: number): Residue32 {
  const unused = WIDEST_WORD - bits
  for (let i = 0; i < words.length; i++) words[i] = ((words[i] as number) << unused) >>> unused
  return words
}

/** The numbers that words below 2^bits stand for in two's complement. */
export function signedWords(words: Residue32, bits: number): Int32Array {
  const unused = WIDEST_WORD - bits
  return Int32Array.from(words, (word) => (word << unused) >> unused)
}
