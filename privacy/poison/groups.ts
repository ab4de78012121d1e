/**
 * Dealing sites into groups whose sums are made apart, so that a median across groups can outvote a minority
 * (Velicheti, Xia and Koyejo's SHARE, arXiv 2110.02940).
 *
 * Who deals could put a victim among accomplices and read its answer off their group's sum. So nobody deals: every
 * site commits to 32 random bytes before any is revealed, and the groups follow from all of them, and from the
 * question. A single honest site makes the seed unpredictable, provided that all who committed reveal: whoever may
 * leave some out, after seeing what they revealed, chooses among as many deals as there are ways to do so. So a seed
 * is made of all commitments, or there is none.
 *
 * Groups are visible: each must be as large as the smallest sum that the sites' policies allow, and with noise each
 * needs the whole of it, so the median's deviation is about sqrt(groups) times that of one sum.
 */
import { bytesToHex, hashBytes, keystream } from '../crypto.ts'
import { PrivacyError } from '../errors.ts'

/** Below this, groups of four are fewer than the three that a median needs. */
export const SMALLEST_ROSTER = 12
export const SMALLEST_GROUP = 4
const text = (value: string) => new TextEncoder().encode(value)

/** What a site publishes before it reveals its 32 random bytes. Hex. */
export function contributionCommitment(site: string, contribution: Uint8Array): string {
  return bytesToHex(hashBytes([text(`collegium/groups/commit/v1\0${site}\0`), contribution]))
}

export interface Contribution {
  readonly site: string
  readonly commitment: string
  readonly revealed: Uint8Array
}

/**
 * The seed of the deal for one question, 32 bytes, the same in whatever order the contributions come. Throws
 * `COMMITMENT_MISMATCH`, naming the site that revealed something else than it had committed to.
 */
export function groupSeed(question: Uint8Array, contributions: readonly Contribution[]): Uint8Array {
  for (const { site, commitment, revealed } of contributions)
    if (revealed.length !== 32 || contributionCommitment(site, revealed) !== commitment)
      throw new PrivacyError(
        'COMMITMENT_MISMATCH',
        `"${site}" revealed another contribution to the groups than it had committed to.`,
      )
  const inOrder = contributions.toSorted((a, b) => (a.site < b.site ? -1 : 1))
  return hashBytes([
    text('collegium/groups/seed/v1\0'),
    question,
    ...inOrder.flatMap(({ site, revealed }) => [hashBytes([text(site)]), revealed]),
  ])
}

/**
 * Deals the roster into as many groups of at least `smallest` as it holds; sizes differ by at most one. Fewer
 * than `SMALLEST_ROSTER` sites stay one group.
 */
export function dealGroups(
  roster: readonly string[],
  seed: Uint8Array,
  smallest = SMALLEST_GROUP,
): readonly (readonly string[])[] {
  const groups = roster.length < SMALLEST_ROSTER ? 1 : Math.max(1, Math.floor(roster.length / smallest))
  const dealt = shuffled(roster.toSorted(), seed)
  return Array.from({ length: groups }, (_, group) => dealt.filter((_, at) => at % groups === group))
}

/** Fisher and Yates; each draw is a 32-bit word of the seed's key stream, thrown away where it would favour some. */
function shuffled(items: readonly string[], seed: Uint8Array): string[] {
  const stream = keystream(seed)
  const below = (bound: number): number => {
    const limit = 2 ** 32 - (2 ** 32 % bound)
    for (;;) {
      const draw = stream(4).readUInt32LE()
      if (draw < limit) return draw % bound
    }
  }
  const cards = [...items]
  for (let last = cards.length - 1; last > 0; last--) {
    const other = below(last + 1)
    ;[cards[last], cards[other]] = [cards[other] as string, cards[last] as string]
  }
  return cards
}
