/**
 * The discrete Fourier transform of a power-of-two length, in place, for convolving.
 *
 * Forward decimates in frequency and leaves the spectrum in bit-reversed order; inverse decimates in time and
 * takes it from there, so nothing is ever shuffled (Cooley and Tukey 1965; Gentleman and Sande 1966). What lies
 * between, a product frequency by frequency, does not care about the order.
 */

export interface Complex {
  readonly re: Float64Array
  readonly im: Float64Array
}

/** Transforms of one length, whose roots of unity are computed once. */
export interface Fourier {
  /** z[k] := sum over j of z[j] e^(-2 pi i j k / n), frequencies in bit-reversed order. */
  readonly forward: (z: Complex) => void
  /** Undoes `forward`, division by n included. */
  readonly inverse: (z: Complex) => void
}

/** Of length n, a power of two. */
export function fourier(n: number): Fourier {
  // cos and sin of 2 pi j / n.
  const cos = new Float64Array(n / 2)
  const sin = new Float64Array(n / 2)
  for (let j = 0; j < n / 2; j++) {
    cos[j] = Math.cos((2 * Math.PI * j) / n)
    sin[j] = Math.sin((2 * Math.PI * j) / n)
  }
  return { forward: (z) => forward(z, cos, sin), inverse: (z) => inverse(z, cos, sin) }
}

function forward({ re, im }: Complex, cos: Float64Array, sin: Float64Array): void {
  for (let half = re.length / 2, stride = 1; half >= 1; half /= 2, stride *= 2)
    for (let start = 0; start < re.length; start += 2 * half)
      for (let j = start, turn = 0; j < start + half; j++, turn += stride) {
        const k = j + half
        const c = cos[turn] as number
        const s = sin[turn] as number
        const a = re[j] as number
        const b = im[j] as number
        const x = a - (re[k] as number)
        const y = b - (im[k] as number)
        re[j] = a + (re[k] as number)
        im[j] = b + (im[k] as number)
        re[k] = x * c + y * s
        im[k] = y * c - x * s
      }
}

function inverse({ re, im }: Complex, cos: Float64Array, sin: Float64Array): void {
  const n = re.length
  for (let half = 1, stride = n / 2; half < n; half *= 2, stride /= 2)
    for (let start = 0; start < n; start += 2 * half)
      for (let j = start, turn = 0; j < start + half; j++, turn += stride) {
        const k = j + half
        const c = cos[turn] as number
        const s = sin[turn] as number
        const a = re[j] as number
        const b = im[j] as number
        const x = (re[k] as number) * c - (im[k] as number) * s
        const y = (im[k] as number) * c + (re[k] as number) * s
        re[j] = a + x
        im[j] = b + y
        re[k] = a - x
        im[k] = b - y
      }
  for (let i = 0; i < n; i++) {
    re[i] = (re[i] as number) / n
    im[i] = (im[i] as number) / n
  }
}
