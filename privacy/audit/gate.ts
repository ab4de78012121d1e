/**
 * Whether a student may be released, by what the audits found.
 *
 * Two rules. Rows that a differential privacy claim covers are held to the claim: an attack that proves a larger
 * epsilon than is claimed has found a defect, and no signature outweighs that. Rows that no claim covers are held
 * to a rate: an attack that names more than 1 % of the members at one false alarm in a thousand blocks the
 * release until a person signs for it, with a reason that goes into the journal and the model card. Only what the
 * data can show counts: the lower end of the exact interval, and only where there were non-members enough. An answer
 * that never leaves without its noise is attacked for comparison, and decides nothing.
 *
 * A pass is not a proof. An audit bounds a leak from below, by the attacks that were run.
 */
import type { PrivacyClaim } from './claim.ts'
import type { AttackResult, PrivacyReport } from './report.ts'

/** False positive and true positive rate beyond which rows without a claim need a signature. */
export const UNCLAIMED_LIMIT = { falsePositiveRate: 0.001, truePositiveRate: 0.01 } as const

/** What was attacked, by whom, under which claim. */
export interface Evidence extends Pick<PrivacyReport, 'attacks' | 'canaries'> {
  /** "coordinator", or a site. */
  readonly by: string
  /** null: nothing is claimed for these rows. */
  readonly claim: Pick<PrivacyClaim, 'epsilon'> | null
}

export interface ReleaseVerdict {
  readonly outcome: 'passed' | 'signed-off' | 'blocked'
  /** What speaks against a release, a sentence each. */
  readonly findings: readonly string[]
  readonly signOff: string | null
}

/** Decides on all evidence at once; `signOff` is the operator's reason, if one was given. */
export function releaseVerdict(evidence: readonly Evidence[], signOff: string | null = null): ReleaseVerdict {
  const defects = evidence.flatMap(brokenClaims)
  const leaks = evidence.flatMap(unclaimedLeaks)
  const findings = [...defects, ...leaks]
  if (findings.length === 0) return { outcome: 'passed', findings, signOff: null }
  if (defects.length === 0 && signOff !== null) return { outcome: 'signed-off', findings, signOff }
  return { outcome: 'blocked', findings, signOff: null }
}

function brokenClaims({ by, claim, attacks, canaries }: Evidence): string[] {
  const epsilon = claim?.epsilon ?? Infinity
  const proofs = [
    ...attacks
      .filter((result) => isPrivate(result) && leaves(result))
      .map((result) => ({ name: nameOf(result), epsilonAtLeast: result.epsilonAtLeast })),
    ...(canaries ? [{ name: 'canaries', epsilonAtLeast: canaries.epsilonAtLeast }] : []),
  ]
  return proofs
    .filter(({ epsilonAtLeast }) => epsilonAtLeast > epsilon)
    .map(
      ({ name, epsilonAtLeast }) =>
        `${by}, ${name}: epsilon is at least ${epsilonAtLeast.toFixed(2)}, and ${epsilon} is claimed.`,
    )
}

function unclaimedLeaks({ by, claim, attacks }: Evidence): string[] {
  const covered = claim !== null && claim.epsilon !== null
  return attacks
    .filter((result) => leaves(result) && !(covered && isPrivate(result)))
    .flatMap((result) => {
      const { rates, rows } = result
      const found = rates.find((each) => each.falsePositiveRate === UNCLAIMED_LIMIT.falsePositiveRate)
      if (!found?.resolved || found.interval.low <= UNCLAIMED_LIMIT.truePositiveRate) return []
      const percent = (found.truePositiveRate * 100).toFixed(1)
      return [
        `${by}, ${nameOf(result)}: finds ${percent} % of the ${rows} rows at a false positive rate of 0.1 %.`,
      ]
    })
}

const leaves = ({ artefact }: AttackResult): boolean => artefact !== 'answer-before-noise'
const nameOf = ({ attack, artefact }: AttackResult): string => `${attack} on the ${artefact}`
const isPrivate = ({ rows }: AttackResult): boolean => rows === 'private'
