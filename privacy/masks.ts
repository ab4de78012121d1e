/**
 * Masks: key streams read as words and added to a vector over Z/2^32.
 *
 * A uniform word added to any word is uniform, so a vector under one unknown mask tells nothing. Words are
 * little-endian. A mask is made and added a chunk at a time: memory stays constant however long the vector.
 */
import { KEYSTREAM_CHUNK, keystream } from './crypto.ts'

/** Adds the mask of a 32-byte seed, in place, modulo 2^32. */
export function addMask(words: Uint32Array, seed: Uint8Array): void {
  // In the signed view V8 adds machine integers; modulo 2^32 the two views are the same numbers.
  forEachChunk(words, seed, (part, mask) => {
    for (let i = 0; i < part.length; i++) part[i] = ((part[i] as number) + (mask[i] as number)) | 0
  })
}

/** Takes the mask of a seed off again. */
export function subtractMask(words: Uint32Array, seed: Uint8Array): void {
  forEachChunk(words, seed, (part, mask) => {
    for (let i = 0; i < part.length; i++) part[i] = ((part[i] as number) - (mask[i] as number)) | 0
  })
}

/** The words of a seed one by one, for draws that are few. */
export function wordStream(seed: Uint8Array): () => number {
  const stream = keystream(seed)
  let block: Int32Array = new Int32Array(0)
  let next = 0
  return () => {
    if (next === block.length) [block, next] = [asWords(stream(1024)), 0]
    return (block[next++] as number) >>> 0
  }
}

/** A uniform integer below `bound`, at most 2^32, by rejection. */
export function uniformBelow(bound: number, nextWord: () => number): number {
  const fair = Math.floor(2 ** 32 / bound) * bound
  for (;;) {
    const word = nextWord()
    if (word < fair) return word % bound
  }
}

function forEachChunk(
  words: Uint32Array,
  seed: Uint8Array,
  apply: (part: Int32Array, mask: Int32Array) => void,
): void {
  const stream = keystream(seed)
  const signed = new Int32Array(words.buffer, words.byteOffset, words.length)
  for (let at = 0; at < signed.length; at += KEYSTREAM_CHUNK / 4) {
    const part = signed.subarray(at, at + KEYSTREAM_CHUNK / 4)
    apply(part, asWords(stream(part.length * 4)))
  }
}

const littleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1

function asWords(bytes: Buffer): Int32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : Buffer.from(new Uint8Array(bytes).buffer)
  if (!littleEndian) aligned.swap32()
  return new Int32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4)
}
