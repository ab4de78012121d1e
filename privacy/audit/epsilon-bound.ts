/**
 * From a membership attack's success to the least epsilon that the attacked mechanism can have.
 *
 * An (epsilon, delta) private mechanism lets no attack have a true positive rate above e^epsilon FPR + delta, nor
 * a true negative rate above e^epsilon FNR + delta (Kairouz et al., arXiv 1311.0776). Turned around, rates that
 * were seen prove epsilon >= ln((TPR - delta) / FPR). Rates are estimates, so the ends of their exact intervals
 * that speak for the mechanism take their place (Jagielski et al., arXiv 2006.07709).
 *
 * A threshold chosen on the rows it is then measured on would prove too much. So half of the rows choose it, by
 * the bound it would give there, and the other half are measured.
 */
import { clopperPearson } from './binomial.ts'
import { rocCurve, type OperatingPoint, type Scores } from './roc.ts'

export interface AttackCounts extends Pick<OperatingPoint, 'truePositives' | 'falsePositives'> {
  readonly members: number
  readonly nonMembers: number
}

/**
 * The epsilon that a fixed attack proves at `delta` and with `confidence`, which both intervals share; 0 when it
 * proves nothing.
 */
export function epsilonFromCounts(counts: AttackCounts, delta: number, confidence = 0.95): number {
  const { truePositives, falsePositives, members, nonMembers } = counts
  // Each end used errs with (1 - confidence) / 2, which is what one end of a two-sided interval does.
  const found = clopperPearson(truePositives, members, confidence)
  const accused = clopperPearson(falsePositives, nonMembers, confidence)
  return Math.max(
    0,
    epsilonOf(found.low, accused.high, delta),
    epsilonOf(1 - accused.high, 1 - found.low, delta),
  )
}

/** The epsilon that these scores prove: even rows choose the threshold, odd rows measure it. */
export function epsilonFromScores(scores: Scores, delta: number, confidence = 0.95): number {
  const choosing = half(scores, 0)
  const measuring = half(scores, 1)
  if (choosing.members.length * choosing.nonMembers.length === 0) return 0
  const sizes = { members: choosing.members.length, nonMembers: choosing.nonMembers.length }
  let [threshold, best] = [Infinity, 0]
  for (const point of rocCurve(choosing)) {
    const proved = epsilonFromCounts({ ...point, ...sizes }, delta, confidence)
    if (proved > best) [threshold, best] = [point.threshold, proved]
  }
  const atLeast = (values: readonly number[]) => values.filter((score) => score >= threshold).length
  return epsilonFromCounts(
    {
      truePositives: atLeast(measuring.members),
      falsePositives: atLeast(measuring.nonMembers),
      members: measuring.members.length,
      nonMembers: measuring.nonMembers.length,
    },
    delta,
    confidence,
  )
}

function epsilonOf(likely: number, unlikely: number, delta: number): number {
  return likely > delta && unlikely > 0 ? Math.log((likely - delta) / unlikely) : 0
}

const half = ({ members, nonMembers }: Scores, parity: number) => ({
  members: Array.from(members).filter((_, index) => index % 2 === parity),
  nonMembers: Array.from(nonMembers).filter((_, index) => index % 2 === parity),
})
