/**
 * Sums by group: the roster is dealt into groups, each makes a secure sum of its own, and the coordinator takes
 * the median across their means (distill/group-median.ts). A liar spoils its own group alone, and fewer spoilt
 * groups than half move no value beyond what an honest group said.
 *
 * Two stages come before the keys. Every site commits to 32 random bytes, and reveals them once it has been shown
 * all commitments. The groups follow from the bytes, so a site that added its own knows that nobody chose its
 * company (privacy/poison/groups.ts). That holds only if all who committed reveal: a coordinator that could leave
 * some out would look at all the deals that this gives, and take the one that it likes. So one that commits
 * and does not reveal ends the question, by name.
 *
 * The whole roster is dealt, those who never committed too: they have dropped out of whatever group they are in.
 * From the keys on, a group that has lost too many is lost, and the question goes on while three are left.
 */
import { shareKinds, splitKinds } from '#distill/shares.ts'
import { hexToBytes } from '#privacy/crypto.ts'
import { PrivacyError } from '#privacy/errors.ts'
import { contributionCommitment, dealGroups, groupSeed, SMALLEST_GROUP } from '#privacy/poison/groups.ts'
import type { SiteId } from './ids.ts'
import type { GroupTerms } from './privacy-plan.ts'
import type { Question } from './state.ts'
import { activeThreshold } from './thresholds.ts'

/** Two have no median but their mean. */
export const FEWEST_GROUPS = 3

/** One group of a deal, and what tells its sum from every other. */
export interface SumGroup {
  readonly sites: readonly SiteId[]
  /** Of the deal, 32 bytes. */
  readonly seed: Uint8Array
}

/** Why groups do not fit a question, in a sentence; undefined if they do. */
export function groupsProblem({
  roster,
  groups: { smallest },
  mode,
  shareKind,
}: {
  readonly roster: readonly unknown[]
  readonly groups: GroupTerms
  readonly mode: string
  readonly shareKind: string
}): string | undefined {
  if (smallest < SMALLEST_GROUP) return `Groups have at least ${SMALLEST_GROUP} sites, not ${smallest}.`
  if (roster.length < FEWEST_GROUPS * smallest)
    return `A median across groups takes ${FEWEST_GROUPS} groups of ${smallest} sites at least; there are ${roster.length} sites.`
  if (mode === 'plain') return 'Groups are of masked sums; a plain answer is seen alone.'
  if (!splitKinds(shareKind)?.every((name) => shareKinds[name].encoding === 'simplex'))
    return `A median across groups is taken of probabilities, not of ${shareKind}.`
  return undefined
}

/** Throws `COMMITMENT_MISMATCH` where a site reveals something else than it had committed to. Both in hex. */
export function requireContribution(site: SiteId, commitment: string | undefined, revealed: string): void {
  if (contributionCommitment(site, hexToBytes(revealed)) !== commitment)
    throw new PrivacyError(
      'COMMITMENT_MISMATCH',
      `"${site}" reveals something else than it had committed to for the groups.`,
    )
}

/** The groups of a question whose sites have all revealed, each with its sites in order of name. */
export function dealtGroups(
  { question, steps, members }: Question,
  roster: readonly SiteId[],
  { smallest }: GroupTerms,
): SumGroup[] {
  const contributions = (members.reveals ?? []).map((site) => ({
    site,
    commitment: steps.commits?.[site]?.value ?? '',
    revealed: hexToBytes(steps.reveals?.[site]?.value ?? ''),
  }))
  const seed = groupSeed(hexToBytes(question), contributions)
  return dealGroups(roster, seed, smallest).map((sites) => ({ sites: sites.toSorted(), seed }))
}

/** The sites that go on after a stage: of groups that are still large enough, while there are three of them. */
export function goingOn(groups: readonly SumGroup[], spoke: readonly SiteId[]): SiteId[] {
  const standing = groups
    .map(({ sites }) => ({ sites, present: sites.filter((site) => spoke.includes(site)) }))
    .filter(({ sites, present }) => present.length >= activeThreshold(sites.length))
  return standing.length < FEWEST_GROUPS ? [] : standing.flatMap(({ present }) => present).sort()
}

/** Whose answers are in each of a question's sums, in the order in which the sums are stored. */
export function summedSites(
  question: Question,
  terms: { readonly roster: readonly SiteId[]; readonly groups?: GroupTerms | undefined },
): readonly (readonly SiteId[])[] {
  const { survivors = [], members, purpose } = question
  if (!terms.groups || purpose !== 'teach') return [survivors]
  return dealtGroups(question, terms.roster, terms.groups)
    .filter(({ sites }) => sites.some((site) => members.unmasking?.includes(site)))
    .map(({ sites }) => sites.filter((site) => survivors.includes(site)))
}
