/**
 * Shamir's secret sharing (1979): a secret is the value at 0 of a random polynomial of degree t - 1, a share is
 * its value elsewhere. Any t shares give the polynomial back; t - 1 say nothing at all.
 *
 * A secret of bytes is one big-endian number, cut into 31-bit elements, the least significant last; each is
 * shared by itself over the integers modulo p = 2147483659, the smallest prime above 2^31. A share is one
 * big-endian word for each element: 36 bytes for a secret of 32. So does google-parfait/federated-compute,
 * whose precomputed shares are among the tests.
 *
 * Nothing needs big integers. A share sits at x < 2^21, so Horner's step a x + c stays below 2^53, where
 * floating point is exact; a product of two field elements is formed from 16-bit halves.
 */
import { PrivacyError } from './errors.ts'
import { uniformBelow } from './masks.ts'

export const SHAMIR_PRIME = 2_147_483_659
const ELEMENT_BITS = 31

export interface Point<Value> {
  /** 1 .. 2^21 - 1, one for each holder. */
  readonly x: number
  readonly share: Value
}

/** Bytes of a share of a secret of so many bytes. */
export const shareBytes = (secretBytes: number): number => 4 * Math.ceil((secretBytes * 8) / ELEMENT_BITS)

/** One share for each x; any `threshold` of them give the secret. `nextWord` draws uniform 32-bit words. */
export function splitSecret(
  secret: Uint8Array,
  threshold: number,
  xs: readonly number[],
  nextWord: () => number,
): Uint8Array[] {
  const shares = splitElements(bytesToElements(secret), threshold, xs, nextWord)
  return shares.map((elements) => {
    const bytes = new Uint8Array(elements.length * 4)
    const view = new DataView(bytes.buffer)
    elements.forEach((element, i) => view.setUint32(i * 4, element))
    return bytes
  })
}

/**
 * The secret of `length` bytes behind `threshold` shares, which may be any. Throws `SECAGG_SHARE_WRONG` for shares
 * of another length, an x given twice, or shares that are not of such a secret.
 */
export function recoverSecret(points: readonly Point<Uint8Array>[], length: number): Uint8Array {
  if (points.some(({ share }) => share.length !== shareBytes(length)))
    throw new PrivacyError(
      'SECAGG_SHARE_WRONG',
      `A share of ${length} bytes has ${shareBytes(length)} bytes.`,
    )
  const elements = recoverElements(
    points.map(({ x, share }) => {
      const view = new DataView(share.buffer, share.byteOffset, share.byteLength)
      return { x, share: Array.from({ length: share.length / 4 }, (_, i) => view.getUint32(i * 4)) }
    }),
  )
  return elementsToBytes(elements, length)
}

/** As `splitSecret`, for field elements: result [i][k] is the share of element k at x = xs[i]. */
export function splitElements(
  elements: readonly number[],
  threshold: number,
  xs: readonly number[],
  nextWord: () => number,
  prime = SHAMIR_PRIME,
): number[][] {
  const shares = xs.map((): number[] => [])
  for (const element of elements) {
    // From the highest power down to x; the constant term is the secret.
    const terms = Array.from({ length: threshold - 1 }, () => uniformBelow(prime, nextWord))
    for (const [i, x] of xs.entries()) {
      let value = 0
      for (const term of terms) value = reduce(value * x + term, prime)
      shares[i]!.push(reduce(value * x + element, prime))
    }
  }
  return shares
}

/** Lagrange interpolation at 0 of every element. */
export function recoverElements(points: readonly Point<readonly number[]>[], prime = SHAMIR_PRIME): number[] {
  const weights = weightsAtZero(
    points.map(({ x }) => x),
    prime,
  )
  const count = points[0]?.share.length ?? 0
  return Array.from({ length: count }, (_, k) =>
    points.reduce(
      (sum, { share }, i) => reduce(sum + multiply(weights[i]!, share[k]! % prime, prime), prime),
      0,
    ),
  )
}

/** prod over j != i of x_j / (x_j - x_i). */
function weightsAtZero(xs: readonly number[], prime: number): number[] {
  if (new Set(xs).size !== xs.length)
    throw new PrivacyError('SECAGG_SHARE_WRONG', 'The same share was given twice.')
  return xs.map((own) => {
    let [above, below] = [1, 1]
    for (const x of xs) {
      if (x === own) continue
      above = multiply(above, x, prime)
      below = multiply(below, x < own ? x - own + prime : x - own, prime)
    }
    return multiply(above, power(below, prime - 2, prime), prime) // Fermat: a^(p-2) = 1 / a
  })
}

/** Of an integer 0 .. 2^53 modulo p, without the slow remainder of floating point. */
function reduce(value: number, prime: number): number {
  const rest = value - Math.floor(value / prime) * prime
  // The quotient may be rounded up by one.
  return rest < 0 ? rest + prime : rest
}

function multiply(a: number, b: number, prime: number): number {
  const high = Math.floor(a / 65_536)
  const low = a - high * 65_536
  return reduce(reduce(high * b, prime) * 65_536 + low * b, prime)
}

function power(base: number, exponent: number, prime: number): number {
  let [result, square] = [1, base]
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, square, prime)
    square = multiply(square, square, prime)
  }
  return result
}

function bytesToElements(bytes: Uint8Array): number[] {
  const number = BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
  const count = shareBytes(bytes.length) / 4
  return Array.from({ length: count }, (_, i) =>
    Number(BigInt.asUintN(ELEMENT_BITS, number >> BigInt(ELEMENT_BITS * (count - 1 - i)))),
  )
}

function elementsToBytes(elements: readonly number[], length: number): Uint8Array {
  let number = 0n
  for (const element of elements) {
    if (element >= 2 ** ELEMENT_BITS)
      throw new PrivacyError('SECAGG_SHARE_WRONG', 'The shares do not belong to one secret.')
    number = (number << BigInt(ELEMENT_BITS)) | BigInt(element)
  }
  const hex = number.toString(16).padStart(length * 2, '0')
  if (hex.length > length * 2)
    throw new PrivacyError('SECAGG_SHARE_WRONG', 'The shares do not belong to one secret.')
  return new Uint8Array(Buffer.from(hex, 'hex'))
}
