/** How many sites a sum needs, and how many of them may be in league with whoever sees it. */

/** floor(2n/3) + 1 for n >= 3, the threshold against an active coordinator (Bonawitz et al. 2017, section 6.2); else all. */
export function activeThreshold(sites: number): number {
  return sites < 3 ? Math.max(1, sites) : Math.floor((2 * sites) / 3) + 1
}

/** Sites in a masked question: with two, each could subtract its own answer from the sum. */
export const FEWEST_MASKED = 3

/** A fifth of the sites, rounded down, and one at least: a site that was bought knows its own part of everything. */
export function assumedColluders(sites: number): number {
  return Math.max(1, Math.floor(sites / 5))
}
