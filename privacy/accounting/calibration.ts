/** The least noise for a promised epsilon and delta. */
import { PrivacyError } from '../errors.ts'
import { allAccountants, epsilonOf, type Accountant, type PrivacyCost } from './epsilon.ts'
import type { Mechanism } from './mechanism.ts'

export interface PrivacyTarget {
  /** Above 0. */
  readonly epsilon: number
  /** In (0, 1). */
  readonly delta: number
}

export interface Calibration {
  /** What to give to the builder of the mechanisms. */
  readonly noise: number
  /** What that costs: never above the target, and within a millionth below it where noise is continuous. */
  readonly cost: PrivacyCost
}

const TOLERANCE = 1e-6
const MOST_NOISE = 2 ** 40
const MOST_STEPS = 60

/**
 * The least noise for which the mechanisms built from it stay within the target. `mechanismsAt` takes a scale
 * above 0, in any unit, and gives mechanisms that cost less the larger it is.
 * Throws `DP_UNREACHABLE` when no noise up to 2^40 suffices.
 */
export function calibrate(
  target: PrivacyTarget,
  mechanismsAt: (noise: number) => readonly Mechanism[],
  accountants: readonly Accountant[] = allAccountants,
): Calibration {
  if (!(target.epsilon > 0))
    throw new PrivacyError('DP_PARAMETER_INVALID', `Epsilon is ${target.epsilon}; it must be above 0.`)
  const at = (noise: number): Calibration => ({
    noise,
    cost: epsilonOf(mechanismsAt(noise), target.delta, accountants),
  })
  const fits = ({ cost }: Calibration) => cost.epsilon <= target.epsilon
  // RDP is quick and seldom far off: start from what it would ask for.
  const quick = accountants.length > 1 && accountants.includes('rdp')
  const start = quick ? calibrate(target, mechanismsAt, ['rdp']).noise : 1
  const stride = quick ? 1.125 : 2
  let enough = at(start)
  let short = enough
  while (!fits(enough)) {
    short = enough
    enough = at(enough.noise * stride)
    if (enough.noise > MOST_NOISE)
      throw new PrivacyError(
        'DP_UNREACHABLE',
        `No noise brings these releases down to epsilon ${target.epsilon} at delta ${target.delta}.`,
      )
  }
  while (fits(short)) {
    enough = short
    if (short.noise < 1 / MOST_NOISE) return enough
    short = at(short.noise / stride)
  }
  for (let i = 0; i < MOST_STEPS && !isClose(enough, short, target.epsilon); i++) {
    const tried = at(guess(short, enough, target.epsilon, i))
    if (fits(tried)) enough = tried
    else short = tried
  }
  return enough
}

const isClose = (enough: Calibration, short: Calibration, epsilon: number): boolean =>
  enough.cost.epsilon >= epsilon * (1 - TOLERANCE) || short.noise >= enough.noise * (1 - TOLERANCE)

/**
 * Between the two ends: epsilon against noise is nearly straight on logarithmic axes, so where the line between
 * them meets the target, a hair to the safe side; every fourth time the middle, lest one end never moves.
 */
function guess(short: Calibration, enough: Calibration, epsilon: number, round: number): number {
  const [low, high] = [Math.log(short.noise), Math.log(enough.noise)]
  const [above, below] = [Math.log(short.cost.epsilon), Math.log(enough.cost.epsilon)]
  const along = (above - Math.log(epsilon * (1 - TOLERANCE / 2))) / (above - below)
  const straight = round % 4 < 3 && along > 0 && along < 1
  return Math.exp(low + (high - low) * (straight ? along : 0.5))
}
