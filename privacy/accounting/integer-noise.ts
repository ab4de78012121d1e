/**
 * Noise on whole numbers, added by many sites under a secure sum.
 *
 * Everything is in grid units, the integers that are summed modulo 2^k. A sum of discrete Gaussians is almost,
 * though not quite, a discrete Gaussian; `tau` bounds how far off it is. Skellam noise, the difference of two
 * Poissons, is closed under sums but costs a little more.
 */

export interface IntegerSensitivity {
  /** How far one unit of privacy moves the vector, in grid units. */
  readonly l2: number
  readonly l1: number
}

export interface DistributedNoise extends IntegerSensitivity {
  /** Sites whose noise is in the sum and unknown to whoever sees it. */
  readonly sites: number
  /** Parameter sigma of each site's discrete Gaussian, in grid units; at least 1/2. */
  readonly siteStdDev: number
  /** Coordinates of the vector. */
  readonly dimensions: number
}

/**
 * Largest |ln ratio|, per coordinate, of the sum of n discrete Gaussians of parameter sigma to the discrete
 * Gaussian of n times the variance (Kairouz, Liu and Steinke 2021, 2102.06387, theorem 5).
 */
export function sumDiscrepancy(sites: number, siteStdDev: number): number {
  let tau = 0
  for (let k = 1; k < sites; k++) tau += 10 * Math.exp((-2 * (Math.PI * siteStdDev) ** 2 * k) / (k + 1))
  return tau
}

/** Distributed discrete Gaussian, at any order > 1 (Kairouz, Liu and Steinke 2021, theorem 1). */
export function distributedGaussianRdp(noise: DistributedNoise, order: number): number {
  const { sites, siteStdDev, dimensions, l2, l1 } = noise
  const tau = sumDiscrepancy(sites, siteStdDev)
  const stdDev = Math.sqrt(sites) * siteStdDev
  const [ratio2, ratio1] = [l2 / stdDev, l1 / stdDev]
  return Math.min(
    (order / 2) * ratio2 ** 2 + tau * dimensions,
    (order / 2) * (ratio2 ** 2 + 2 * ratio1 * tau + tau ** 2 * dimensions),
    (order / 2) * (ratio2 + Math.sqrt(dimensions) * tau) ** 2,
  )
}

/**
 * Skellam noise of the given variance per coordinate, at whole orders >= 2; Infinity at others, where nothing is
 * proved (Agarwal, Kairouz and Liu 2021, 2110.04995, theorem 3.5).
 */
export function skellamRdp(variance: number, { l2, l1 }: IntegerSensitivity, order: number): number {
  if (!Number.isInteger(order)) return Infinity
  const excess = Math.min(
    ((2 * order - 1) * l2 ** 2 + 6 * l1) / (4 * variance ** 2),
    (3 * l1) / (2 * variance),
  )
  return (order * l2 ** 2) / (2 * variance) + excess
}

/**
 * How far one distributed discrete Gaussian release is, at most, from the Gaussian mechanism of the same noise
 * multiplier, as a bound k on |ln ratio| of probabilities; undefined outside the range where the bound is proved.
 * A release that is k-close on both sides costs at most (epsilon + 2k, e^k delta) where the Gaussian costs
 * (epsilon, delta); over Q releases, with Q k.
 *
 * Let v be the vector that the unit adds, s^2 the variance of the sum. (1) By `sumDiscrepancy` the noise is
 * d tau-close to d independent discrete Gaussians. (2) For those, the loss depends on the output through
 * Y = <v, output> alone. When s >= 4 |v|, Y is discrete Gaussian on the multiples of g = gcd(v), of standard
 * deviation s |v|, but for a factor 1 +- e^-150 (Micciancio and Peikert 2013, theorem 3.3); it is moved by |v|^2,
 * a multiple of g. In units of g its deviation S is at least s, as g <= |v|. (3) A Gaussian rounded to the grid is
 * post-processing of a Gaussian. Its probability of y over the density at y is the mean, over t in [-1/2, 1/2], of
 * exp(-(2yt + t^2) / 2S^2), which lies between e^(-1/24S^2) (Jensen) and e^(y^2 / 24S^4) (sinh x / x <= e^(x^2/6)).
 * Within c = 12 deviations, all but e^-72 of the mass, and |v| / s more for the moved side, this is (c^2 + 1) / 24s^2.
 */
export function gaussianCloseness(noise: DistributedNoise): number | undefined {
  const { sites, siteStdDev, dimensions, l2 } = noise
  const variance = sites * siteStdDev ** 2
  const moved = l2 / Math.sqrt(variance)
  if (moved > 1 / 4) return undefined
  return dimensions * sumDiscrepancy(sites, siteStdDev) + ((12 + moved) ** 2 + 1) / (24 * variance)
}
