/**
 * The law of a total of privacy losses, by one Fourier transform.
 *
 * A sum of independent losses has the product of their characteristic functions, each to the power of its count.
 * The transform is circular: a loss outside its window would come back in at the other end. So the window is
 * chosen first, by Chernoff's bound on the total, to leave out less than `TAIL` on either side; what may be left
 * out above is added to the unbounded losses, and what is left out below comes back as a larger loss. Either way
 * the result is pessimistic. Losses of single mechanisms may lie anywhere: around the circle is as good.
 */
import { fourier, type Complex, type Fourier } from './fft.ts'
import type { LossDistribution, LossPair } from './pld.ts'

/** Probability that may be left out of a window, on either side. */
const TAIL = 1e-15
const LARGEST_TRANSFORM = 2 ** 21

export interface LossPart {
  readonly pair: LossPair
  /** How often the mechanism runs: a positive integer. */
  readonly count: number
}

interface LawPart {
  readonly law: LossDistribution
  readonly count: number
}

/** The pair of all parts together, all on one grid; undefined where the window would exceed 2^21 points. */
export function composeLosses(parts: readonly LossPart[]): LossPair | undefined {
  const [only] = parts
  if (only && parts.length === 1 && only.count === 1) return only.pair
  const removals = parts.map(({ pair, count }) => ({ law: pair.remove, count }))
  const additions = parts.map(({ pair, count }) => ({ law: pair.add, count }))
  const windows = [windowOf(removals), windowOf(additions)] as const
  const size = 2 ** Math.ceil(Math.log2(Math.max(windows[0].size, windows[1].size)))
  if (!(size <= LARGEST_TRANSFORM)) return undefined
  const transform = fourier(size)
  const remove = compose(removals, windows[0], transform, size)
  const symmetric = parts.every(({ pair }) => pair.add === pair.remove)
  return { remove, add: symmetric ? remove : compose(additions, windows[1], transform, size) }
}

/** Grid points that a total can be expected to take. */
interface Window {
  readonly first: number
  readonly size: number
}

function compose(
  parts: readonly LawPart[],
  window: Window,
  transform: Fourier,
  size: number,
): LossDistribution {
  const spectrum: Complex = { re: new Float64Array(size).fill(1), im: new Float64Array(size) }
  for (const { law, count } of parts) {
    const factor: Complex = { re: onCircle(law, size), im: new Float64Array(size) }
    transform.forward(factor)
    multiplyByPower(spectrum, factor, count)
  }
  transform.inverse(spectrum)
  const masses = new Float64Array(window.size)
  // Rounding leaves some masses below zero, by 1e-17 or so.
  for (let i = 0; i < window.size; i++)
    masses[i] = Math.max(0, spectrum.re[circular(window.first + i, size)] as number)
  const bounded = parts.reduce((log, { law, count }) => log + count * Math.log1p(-law.infinityMass), 0)
  return { step: stepOf(parts), first: window.first, masses, infinityMass: TAIL - Math.expm1(bounded) }
}

const stepOf = (parts: readonly LawPart[]): number => (parts[0] as LawPart).law.step

function windowOf(parts: readonly LawPart[]): Window {
  const first = Math.floor(-reach(parts, -1) / stepOf(parts))
  return { first, size: Math.ceil(reach(parts, 1) / stepOf(parts)) - first + 1 }
}

/**
 * How far the total goes in a direction, +1 or -1, but for a probability of `TAIL`: by Chernoff, the least over
 * t > 0 of (ln E[e^(t L)] - ln TAIL) / t, or the sum of the largest losses where that is less.
 */
function reach(parts: readonly LawPart[], sign: 1 | -1): number {
  let best = parts.reduce((sum, { law, count }) => {
    const end = sign > 0 ? law.first + law.masses.length - 1 : -law.first
    return sum + count * end * law.step
  }, 0)
  for (let exponent = -8; exponent <= 8; exponent++) {
    const t = 2 ** exponent
    const logMoment = parts.reduce((sum, { law, count }) => sum + count * logMomentOf(law, sign * t), 0)
    best = Math.min(best, (logMoment - Math.log(TAIL)) / t)
  }
  return best
}

/** ln E[e^(t L)] over bounded losses. */
function logMomentOf({ step, first, masses }: LossDistribution, t: number): number {
  const largest = Math.max(first * step * t, (first + masses.length - 1) * step * t)
  let sum = 0
  for (let i = 0; i < masses.length; i++)
    sum += (masses[i] as number) * Math.exp((first + i) * step * t - largest)
  return largest + Math.log(sum)
}

function onCircle({ first, masses }: LossDistribution, size: number): Float64Array {
  const circle = new Float64Array(size)
  masses.forEach((mass, i) => {
    const at = circular(first + i, size)
    circle[at] = (circle[at] as number) + mass
  })
  return circle
}

/** `index` modulo `size`, a power of two. */
const circular = (index: number, size: number): number => index & (size - 1)

/** product[k] := product[k] * factor[k]^count, by squaring. */
function multiplyByPower(product: Complex, factor: Complex, count: number): void {
  for (let k = 0; k < product.re.length; k++) {
    let x = product.re[k] as number
    let y = product.im[k] as number
    let a = factor.re[k] as number
    let b = factor.im[k] as number
    for (let left = count; left > 0; left = Math.floor(left / 2)) {
      if (left % 2 === 1) [x, y] = [x * a - y * b, x * b + y * a]
      ;[a, b] = [a * a - b * b, 2 * a * b]
      if (a * a + b * b < 1e-60) {
        // What is left is a power of nothing, for `left` was at least 2 or this was the last round.
        if (left > 1) x = y = 0
        break
      }
    }
    product.re[k] = x
    product.im[k] = y
  }
}
