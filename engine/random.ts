/**
 * Seeded randomness: one small generator for everything that must be reproducible.
 *
 * The generator is xoshiro128** 1.1 (Blackman and Vigna, "Scrambled linear pseudorandom number generators",
 * ACM TOMS 47, 2021): 128 bits of state, a handful of shifts a draw, period 2^128 - 1. A seed of any length
 * becomes a state through four FNV-1a hashes from different bases, each finished with MurmurHash3's fmix32.
 *
 * A stream has a *path* of labels, and `fork` hashes the longer path. A fork therefore depends on the seed
 * and the labels alone, never on how many numbers its parent has drawn: adding a draw in one place
 * cannot shift the weights or the batches of another.
 *
 *     const random = seededRandom(7)
 *     random.fork('weights').normal()   // the same number, whatever else was drawn before
 *
 * It is not for secrets: keys, masks and privacy noise come from the privacy folder.
 */
export interface Random {
  /** Uniform on [0, 1), 53 bits. */
  next(): number
  /** Standard normal, mean 0 and standard deviation 1. */
  normal(): number
  /** Uniform on the integers 0 .. bound - 1; bound in 1 .. 2^32. */
  integer(boundExclusive: number): number
  /** Shuffles in place (Fisher-Yates) and returns the same array. */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T
  /** An independent stream, fixed by this stream's seed and the label. */
  fork(label: string): Random
}

export function seededRandom(seed: number | string): Random {
  return stream(`${typeof seed}:${seed}`)
}

function stream(path: string): Random {
  const draw = xoshiro128(hashToState(path))
  let spareNormal: number | undefined

  const next = (): number => ((draw() >>> 5) * 2 ** 26 + (draw() >>> 6)) / 2 ** 53

  const integer = (bound: number): number => {
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) {
      throw new RangeError(`integer() needs a bound from 1 to 2^32, not ${bound}`)
    }
    // Draws above the largest multiple of the bound are thrown away, so that no residue is favoured.
    const limit = 2 ** 32 - (2 ** 32 % bound)
    let x = draw()
    while (x >= limit) x = draw()
    return x % bound
  }

  return {
    next,
    integer,
    normal() {
      // Box and Muller, 1958: two uniforms make two independent normals; the second waits for the next call.
      if (spareNormal !== undefined) {
        const z = spareNormal
        spareNormal = undefined
        return z
      }
      const radius = Math.sqrt(-2 * Math.log(1 - next()))
      const angle = 2 * Math.PI * next()
      spareNormal = radius * Math.sin(angle)
      return radius * Math.cos(angle)
    },
    shuffle(items) {
      const cells: { [index: number]: unknown } = items
      for (let i = items.length - 1; i > 0; i--) {
        const j = integer(i + 1)
        const held = cells[i]
        cells[i] = cells[j]
        cells[j] = held
      }
      return items
    },
    fork: (label) => stream(`${path}/${label}`),
  }
}

export type Xoshiro128State = readonly [number, number, number, number]

/** The bare generator: each call gives 32 uniform bits as an unsigned integer. Any state but all zeros. */
export function xoshiro128([s0, s1, s2, s3]: Xoshiro128State): () => number {
  const rotl = (x: number, k: number): number => (x << k) | (x >>> (32 - k))
  return () => {
    const result = Math.imul(rotl(Math.imul(s1, 5), 7), 9) >>> 0
    const t = s1 << 9
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = rotl(s3, 11)
    return result
  }
}

function hashToState(text: string): Xoshiro128State {
  const bytes = new TextEncoder().encode(text)
  const lane = (basis: number): number => {
    let h = basis
    for (const byte of bytes) h = Math.imul(h ^ byte, 0x01000193)
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    return h ^ (h >>> 16)
  }
  // FNV's own offset basis, then three from the fractional bits of the golden ratio and of the roots of 2 and 3.
  return [lane(0x811c9dc5), lane(0x9e3779b9), lane(0x6a09e667) | 1, lane(0xbb67ae85)]
}
