import { describe, expect, it } from 'vitest'
import { gaussianDelta } from './gaussian.ts'
import { distributedGaussianRdp, gaussianCloseness, skellamRdp } from './integer-noise.ts'

/** Probabilities of -reach .. reach. */
type Pmf = number[]
const reach = 100

function discreteGaussian(sigma: number): Pmf {
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma ** 2)),
  )
  const total = weights.reduce((a, b) => a + b)
  return weights.map((weight) => weight / total)
}

const convolve = (a: Pmf, b: Pmf): Pmf =>
  a.map((_, i) => a.reduce((sum, p, j) => sum + p * (b[i - j + reach] ?? 0), 0))

/** sup over events of P - e^epsilon Q, in two coordinates that move by `moved`. */
function trueDelta(noise: Pmf, moved: readonly [number, number], epsilon: number): number {
  let delta = 0
  for (let x = 0; x < noise.length; x++)
    for (let y = 0; y < noise.length; y++) {
      const p = (noise[x - moved[0]] ?? 0) * (noise[y - moved[1]] ?? 0)
      delta += Math.max(0, p - Math.exp(epsilon) * noise[x]! * noise[y]!)
    }
  return delta
}

describe('a sum of discrete Gaussians', () => {
  const sites = 3
  const siteStdDev = 7.5
  const sum = [1, 2].reduce(
    (total) => convolve(total, discreteGaussian(siteStdDev)),
    discreteGaussian(siteStdDev),
  )

  it.each([
    [1, 0],
    [1, -1],
    [1, 1],
    [3, -1],
    [2, 2],
  ] as const)('is as close to the Gaussian as is promised, for a move of (%d, %d)', (...moved) => {
    const l2 = Math.hypot(...moved)
    const noise = { sites, siteStdDev, l2, l1: Math.abs(moved[0]) + Math.abs(moved[1]), dimensions: 2 }
    const k = gaussianCloseness(noise)!
    const multiplier = (Math.sqrt(sites) * siteStdDev) / l2
    for (const epsilon of [0, 0.05, 0.1, 0.2]) {
      const bound = Math.exp(k) * gaussianDelta(multiplier, epsilon)
      expect(trueDelta(sum, moved, epsilon + 2 * k)).toBeLessThanOrEqual(bound)
    }
    // And without the allowance it is close, but no more than close.
    expect(trueDelta(sum, moved, 0.1) / gaussianDelta(multiplier, 0.1)).toBeCloseTo(1, 1)
  })

  it('has no such promise where the move is not small against the noise', () => {
    const noise = { sites: 1, siteStdDev: 3, l2: 1, l1: 1, dimensions: 1 }
    expect(gaussianCloseness(noise)).toBeUndefined()
    expect(gaussianCloseness({ ...noise, siteStdDev: 4 })).toBeGreaterThan(0)
  })

  it('costs what a Gaussian does once the parts are wide', () => {
    const noise = { sites: 9, siteStdDev: 4, l2: 1, l1: 1, dimensions: 5 }
    expect(distributedGaussianRdp(noise, 8)).toBeCloseTo(8 / (2 * 144), 12)
  })
})

describe('Skellam noise', () => {
  it('costs a little more than a Gaussian of its variance, at whole orders', () => {
    // 8 * 2 / 200 + min((15 * 2 + 12) / 40000, 6 / 200) = .08 + .00105.
    expect(skellamRdp(100, { l2: Math.SQRT2, l1: 2 }, 8)).toBeCloseTo(0.08105, 14)
    expect(skellamRdp(100, { l2: 1, l1: 1 }, 2.5)).toBe(Infinity)
  })
})
