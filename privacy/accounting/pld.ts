/**
 * Privacy loss distributions: the tightest accounting that composes (Koskela, Jaelkoe and Honkela 2020;
 * Doroshenko, Ghazi, Kamath, Kumar and Manurangsi 2022, 2207.04380, "connect the dots").
 *
 * Losses of mechanisms run one after the other add up, so the law of a total is a convolution. To convolve, the
 * law is put on a grid of losses, pessimistically: the grid's delta is the true one at every grid point and never
 * below it elsewhere.
 *
 * Connecting the dots says how. As a function of e^epsilon, delta is convex; the chords between its values at the
 * grid points lie above it, and are the delta of a law on the grid. It comes out cell by cell: the mass a that
 * losses between two grid points have under P, and their mass b under Q, are divided between the two points so
 * that both masses are kept. With u at the lower point l and v at the upper point h,
 *
 *   u + v = a,   u e^-l + v e^-h = b.
 *
 * Miniature: a = 1, b = .8, l = 0, h = ln 2: u + v / 2 = .8, so u = .6 and v = .4. (Rounding every loss up would
 * give u = 0, v = 1.) Rounding errors move mass between neighbours only, and no error adds up.
 *
 * What lies above the grid counts as a loss without bound, and what lies below is lifted to its lowest point.
 */
import type { LossSource } from './loss-source.ts'

export interface LossDistribution {
  /** Distance of grid points, in nats. */
  readonly step: number
  /** masses[i] is the probability of the loss (first + i) * step. */
  readonly first: number
  readonly masses: Float64Array
  /** Probability of a loss without bound: of output that only one of the two worlds can have. */
  readonly infinityMass: number
}

/** One law for removing a record and one for adding it; the same object where they are the same. */
export interface LossPair {
  readonly remove: LossDistribution
  readonly add: LossDistribution
}

export const DEFAULT_STEP = 1e-4

/** e to this power is finite. */
const LARGEST_EXPONENT = 700

/** The pair on the grid of multiples of `step`. */
export function lossPair(source: LossSource, step = DEFAULT_STEP): LossPair {
  const first = Math.floor(source.lowest / step)
  const last = Math.max(first + 1, Math.ceil(source.highest / step))
  const edges = Float64Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step)
  const { p, q } = source.masses(edges)
  const remove = connectDots(p, q, first, step)
  // Adding the record swaps the two worlds, which turns the sign of every loss.
  return { remove, add: source.symmetric ? remove : connectDots(q.reverse(), p.reverse(), -last, step) }
}

/** The smallest delta for which the law is (epsilon, delta)-private; epsilon >= 0. */
export function deltaAt({ step, first, masses, infinityMass }: LossDistribution, epsilon: number): number {
  let delta = infinityMass
  for (let i = masses.length - 1; i >= 0; i--) {
    const loss = (first + i) * step
    if (loss <= epsilon) break
    delta -= (masses[i] as number) * Math.expm1(epsilon - loss)
  }
  return delta
}

/** The smallest epsilon >= 0 for which the law is (epsilon, delta)-private; Infinity where there is none. */
export function epsilonAt({ step, first, masses, infinityMass }: LossDistribution, delta: number): number {
  if (infinityMass > delta) return Infinity
  // Just above the grid point l in hand, delta(epsilon) = above - e^(epsilon - l) * aboveQ.
  let above = infinityMass
  let aboveQ = 0
  let loss = 0
  for (let i = masses.length - 1; i >= 0; i--) {
    loss = (first + i) * step
    aboveQ *= Math.exp(-step)
    if (loss < 0 || above - aboveQ > delta) break
    above += masses[i] as number
    aboveQ += masses[i] as number
  }
  return above > delta ? Math.max(0, loss + Math.log((above - delta) / aboveQ)) : 0
}

function connectDots(p: Float64Array, q: Float64Array, first: number, step: number): LossDistribution {
  const masses = new Float64Array(p.length - 1)
  masses[0] = p[0] as number
  const shrink = -Math.expm1(-step)
  for (let i = 1; i < masses.length; i++) {
    const mass = p[i] as number
    const lower = (first + i - 1) * step
    // v = (a - b e^l) / (1 - e^-step), with l the lower point; a smaller l only lifts mass.
    const inQ = (q[i] as number) * Math.exp(Math.min(lower, LARGEST_EXPONENT))
    const up = Math.min(mass, Math.max(0, (mass - inQ) / shrink))
    masses[i - 1] = (masses[i - 1] as number) + mass - up
    masses[i] = up
  }
  return { step, first, masses, infinityMass: p[p.length - 1] as number }
}
