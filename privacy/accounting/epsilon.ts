/**
 * What a list of mechanisms costs together: the smallest of the bounds that hold.
 *
 * - `exact`: Gaussian mechanisms alone are one Gaussian mechanism; distributed discrete Gaussians are close to one,
 *   and the proved allowance for how close is added.
 * - `pld`: privacy loss distributions, where every mechanism has one; tight to about a thousandth.
 * - `rdp`: Renyi curves, which every mechanism has; up to three times too high at small sampling rates.
 *
 * The central limit ("GDP") accountant is left out on purpose: it approximates, and is sometimes below the truth.
 */
import { PrivacyError } from '../errors.ts'
import { composeGaussians, gaussianEpsilon } from './gaussian.ts'
import { gaussianCloseness } from './integer-noise.ts'
import { gaussianLoss, laplaceLoss, randomizedResponseLoss, type LossSource } from './loss-source.ts'
import { checkMechanism, rdpOf, type Mechanism } from './mechanism.ts'
import { composeLosses } from './pld-composition.ts'
import { DEFAULT_STEP, epsilonAt, lossPair } from './pld.ts'
import { composeRdp, epsilonFromRdp } from './rdp.ts'

export type Accountant = 'exact' | 'pld' | 'rdp'

export const allAccountants: readonly Accountant[] = ['exact', 'pld', 'rdp']

export interface PrivacyCost {
  readonly epsilon: number
  /** Whose bound it is. */
  readonly accountant: Accountant
  /** The order of the bound, of RDP alone. */
  readonly order?: number
}

/**
 * The smallest epsilon known for all mechanisms together at a delta in (0, 1), by the accountants allowed; Infinity
 * where none of them has a bound. Throws `DP_PARAMETER_INVALID`.
 */
export function epsilonOf(
  mechanisms: readonly Mechanism[],
  delta: number,
  accountants: readonly Accountant[] = allAccountants,
): PrivacyCost {
  if (!(delta > 0 && delta < 1))
    throw new PrivacyError('DP_PARAMETER_INVALID', `Delta is ${delta}; it must lie between 0 and 1.`)
  mechanisms.forEach(checkMechanism)
  if (mechanisms.length === 0) return { epsilon: 0, accountant: 'exact' }

  const bounds: PrivacyCost[] = []
  const plan = planOf(mechanisms)
  const onlyGaussian = plan !== undefined && plan.others.length === 0
  if (onlyGaussian && accountants.includes('exact'))
    bounds.push({
      accountant: 'exact',
      epsilon: relaxed(plan, delta, (d) => gaussianEpsilon(plan.gaussian, d)),
    })
  else if (plan && accountants.includes('pld'))
    bounds.push({ accountant: 'pld', epsilon: relaxed(plan, delta, (d) => pldEpsilon(plan, d)) })
  if (accountants.includes('rdp')) {
    const curve = composeRdp(mechanisms.map((each) => ({ curve: rdpOf(each), count: each.count })))
    bounds.push({ accountant: 'rdp', ...epsilonFromRdp(curve, delta) })
  }
  const none: PrivacyCost = { accountant: 'rdp', epsilon: Infinity }
  return bounds.reduce((best, next) => (next.epsilon < best.epsilon ? next : best), none)
}

/** Mechanisms by what their losses are. */
interface Plan {
  /** The noise multiplier of all Gaussians together; Infinity where there are none. */
  readonly gaussian: number
  readonly others: readonly { readonly source: LossSource; readonly count: number }[]
  /** Bound on |ln ratio| of what is released to what is accounted; see `gaussianCloseness`. */
  readonly closeness: number
}

/** Undefined when a mechanism has no privacy loss distribution. */
function planOf(mechanisms: readonly Mechanism[]): Plan | undefined {
  const gaussians: { noiseMultiplier: number; count: number }[] = []
  const others: { source: LossSource; count: number }[] = []
  let closeness = 0
  for (const each of mechanisms) {
    const { count } = each
    if (each.kind === 'gaussian') gaussians.push(each)
    else if (each.kind === 'sampledGaussian')
      others.push({ source: gaussianLoss(each.noiseMultiplier, each.samplingRate), count })
    else if (each.kind === 'laplace') others.push({ source: laplaceLoss(each.scale), count })
    else if (each.kind === 'randomizedResponse')
      others.push({ source: randomizedResponseLoss(each.epsilon, each.classes), count })
    else if (each.kind === 'pure') others.push({ source: randomizedResponseLoss(each.epsilon), count })
    else if (each.kind === 'skellam') return undefined
    else {
      const apart = gaussianCloseness(each)
      if (apart === undefined) return undefined
      gaussians.push({ noiseMultiplier: (Math.sqrt(each.sites) * each.siteStdDev) / each.l2, count })
      closeness += count * apart
    }
  }
  return { gaussian: composeGaussians(gaussians), others, closeness }
}

/** (epsilon, delta) of what is accounted is (epsilon + 2 k, e^k delta) of what is released. */
function relaxed({ closeness }: Plan, delta: number, epsilonFor: (delta: number) => number): number {
  return epsilonFor(delta * Math.exp(-closeness)) + 2 * closeness
}

/** On the finest grid on which single mechanisms and their total fit. */
function pldEpsilon({ gaussian, others }: Plan, delta: number): number {
  const parts = gaussian < Infinity ? [...others, { source: gaussianLoss(gaussian), count: 1 }] : others
  const widest = Math.max(...parts.map(({ source }) => source.highest - source.lowest))
  for (let step = DEFAULT_STEP; step <= 1; step *= 10) {
    if (widest / step > MOST_CELLS) continue
    const total = composeLosses(parts.map(({ source, count }) => ({ pair: lossPair(source, step), count })))
    if (total) return Math.max(epsilonAt(total.remove, delta), epsilonAt(total.add, delta))
  }
  return Infinity
}

/** Of the grid of one mechanism. */
const MOST_CELLS = 2 ** 20
