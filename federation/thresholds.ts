/** How many sites a sum needs, and how many of them may be in league with whoever sees it. */
import { chooseGraph, COMPLETE_UP_TO, type GraphParameters } from '#privacy/secagg/graph-parameters.ts'

/** floor(2n/3) + 1 for n >= 3, the threshold against an active coordinator (Bonawitz et al. 2017, section 6.2); else all. */
export function activeThreshold(sites: number): number {
  return sites < 3 ? Math.max(1, sites) : Math.floor((2 * sites) / 3) + 1
}

/** Whose answers are summed, as a plan or a manifest says. */
export interface SumTerms {
  /** All that are asked. */
  readonly sites: number
  readonly threshold: number
  readonly groups?: { readonly smallest: number } | undefined
}

/**
 * The sums that are seen: of how many sites the smallest and the largest are asked, and how many of the smallest
 * are in it at least. Without groups, that is the one sum.
 */
export function sumSizes({ sites, threshold, groups }: SumTerms): {
  readonly fewest: number
  readonly most: number
  readonly threshold: number
} {
  if (!groups) return { fewest: sites, most: sites, threshold }
  const count = Math.max(1, Math.floor(sites / groups.smallest))
  const fewest = Math.floor(sites / count)
  return { fewest, most: Math.ceil(sites / count), threshold: activeThreshold(fewest) }
}

/** Sites in a masked question: with two, each could subtract its own answer from the sum. */
export const FEWEST_MASKED = 3

/** A fifth of the sites, rounded down, and one at least: a site that was bought knows its own part of everything. */
export function assumedColluders(sites: number): number {
  return Math.max(1, Math.floor(sites / 5))
}

/** Of a roster of any size: `assumedColluders` are in league, and a tenth may drop out at once. */
const LARGE_ROSTER = { corrupt: 0.2, dropout: 0.1 }

/**
 * With how many neighbours each site of a large roster exchanges masks, and how many of them must help to unmask it;
 * undefined of rosters in which everyone is everyone's neighbour. It follows from the roster's size alone, so sites work
 * it out for themselves.
 */
export function neighbourhoodOf(sites: number): GraphParameters | undefined {
  return sites > COMPLETE_UP_TO ? chooseGraph({ sites, ...LARGE_ROSTER }) : undefined
}
