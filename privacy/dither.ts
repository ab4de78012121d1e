/**
 * Rounding at random, for values in few bits: what one site's answer loses, another's gains.
 *
 * A weight of .1 in units of 1 is 0 to the nearest, and the sum over a hundred sites that all say so is 0 too. Rounded up
 * with chance .1 and down otherwise it is .1 in the mean, and the sum is off by less, relative to it, the more sites
 * there are. Rows of probabilities have no need of it: largest remainders keep their sums, and leave no noise.
 */
import { asResidues, outOfRange, type Residue32 } from './fixed-point.ts'

/** As `encodeBounded`, but rounded at random; `uniform` gives numbers in [0, 1). */
export function ditherBounded(
  values: ArrayLike<number>,
  bound: number,
  scale: number,
  uniform: () => number,
): Residue32 {
  const words = new Uint32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (!(Math.abs(value) <= bound)) throw outOfRange(`Value ${i}`, value, `[-${bound}, ${bound}]`)
    words[i] = Math.floor(value * scale + uniform()) // modulo 2^32
  }
  return asResidues(words)
}
