/**
 * How well a score tells members (rows that trained a model) from non-members: the ROC curve and what is read
 * off it.
 *
 * What matters is the far left of the curve. An attack that names one patient in a thousand and is never wrong
 * has a balanced accuracy of 50.05 %, and is worse for that patient than one that is right about everybody 55 %
 * of the time (Carlini et al., arXiv 2112.03570). So the true positive rate is given at false positive rates of
 * 0.1 % and 1 %, without interpolation, with the exact interval that the number of members allows, and with
 * whether there were non-members enough for that false positive rate to mean anything.
 */
import { clopperPearson, type Interval } from './binomial.ts'

/** Scores of rows; the higher, the more like a member. Never NaN. */
export interface Scores {
  readonly members: ArrayLike<number>
  readonly nonMembers: ArrayLike<number>
}

/** What guessing "member" at `threshold` and above gives. */
export interface OperatingPoint {
  readonly threshold: number
  readonly truePositives: number
  readonly falsePositives: number
}

export interface RateAt {
  readonly falsePositiveRate: number
  /** Members found while at most that fraction of the non-members is taken for one. */
  readonly truePositiveRate: number
  /** Clopper and Pearson, 95 %, for the threshold as given. */
  readonly interval: Interval
  /** Whether there are the 1 / rate non-members that one false positive needs; else the rate is that at none. */
  readonly resolved: boolean
}

export interface RocSummary {
  readonly members: number
  readonly nonMembers: number
  /** Chance that a member scores higher than a non-member, ties half; 0.5 is a coin. */
  readonly auc: number
  /** The best mean of both rates of being right, over all thresholds: a little above 0.5 by chance alone. */
  readonly balancedAccuracy: number
  readonly rates: RateAt[]
}

const REPORTED_RATES = [0.001, 0.01] as const

/** Every threshold that makes a difference, from the one that accuses nobody to the one that accuses all. */
export function rocCurve({ members, nonMembers }: Scores): OperatingPoint[] {
  const scored = [
    ...Array.from(members, (score) => ({ score, member: 1 })),
    ...Array.from(nonMembers, (score) => ({ score, member: 0 })),
  ].sort((a, b) => b.score - a.score)
  const curve: OperatingPoint[] = [{ threshold: Infinity, truePositives: 0, falsePositives: 0 }]
  let [truePositives, falsePositives] = [0, 0]
  scored.forEach(({ score, member }, at) => {
    truePositives += member
    falsePositives += 1 - member
    if (scored[at + 1]?.score !== score) curve.push({ threshold: score, truePositives, falsePositives })
  })
  return curve
}

/** With at least one member and one non-member. */
export function summariseRoc(scores: Scores): RocSummary {
  const [members, nonMembers] = [scores.members.length, scores.nonMembers.length]
  const curve = rocCurve(scores)
  let [area, best] = [0, 0.5]
  curve.forEach(({ truePositives, falsePositives }, at) => {
    const before = curve[at - 1]
    if (before)
      area += ((falsePositives - before.falsePositives) * (truePositives + before.truePositives)) / 2
    best = Math.max(best, (truePositives / members + 1 - falsePositives / nonMembers) / 2)
  })
  const rates = REPORTED_RATES.map((rate) => {
    const { truePositives } = strictest(curve, rate * nonMembers)
    return {
      falsePositiveRate: rate,
      truePositiveRate: truePositives / members,
      interval: clopperPearson(truePositives, members),
      resolved: rate * nonMembers >= 1,
    }
  })
  return { members, nonMembers, auc: area / (members * nonMembers), balancedAccuracy: best, rates }
}

/** The furthest point of the curve with at most so many false positives. */
function strictest(curve: readonly OperatingPoint[], falsePositives: number): OperatingPoint {
  return curve.findLast((point) => point.falsePositives <= falsePositives) as OperatingPoint
}
