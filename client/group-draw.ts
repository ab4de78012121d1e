/**
 * A site's part in dealing the groups of a question, and its check that nobody else dealt them.
 *
 * It commits to random bytes, reveals them under one list of commitments, and works the deal out itself from what
 * they turn out to be. The list is fixed before its own bytes are known, and all on it must be opened, so one deal
 * is possible and nobody chose it: not the coordinator, and not all the other sites together.
 */
import type { SiteId } from '#federation/ids.ts'
import type { SumGroup } from '#federation/grouping.ts'
import { bytesToHex, hexToBytes } from '#privacy/crypto.ts'
import { PrivacyError } from '#privacy/errors.ts'
import { contributionCommitment, dealGroups, groupSeed } from '#privacy/poison/groups.ts'
import type { MaskingTask } from '#proto/frames.ts'
import type { QuestionManifest } from '#proto/manifest.ts'

type Values = MaskingTask['contributions']

export interface GroupDraw {
  /** Hex. */
  readonly commitment: string
  /** Our 32 bytes, hex. Throws `COMMITMENT_MISMATCH` unless our commitment is on the list, and no site on it twice. */
  reveal(commitments: Values): string
  /**
   * The group we are in. Throws `COMMITMENT_MISMATCH` unless what is revealed opens the commitments that we were
   * shown: each of them, and no others.
   */
  deal(contributions: Values): SumGroup
}

/** `contribution` is 32 bytes from a secure source, for this question alone. */
export function createGroupDraw(
  question: string,
  { roster, groups }: QuestionManifest,
  own: SiteId,
  contribution: Uint8Array,
): GroupDraw {
  const commitment = contributionCommitment(own, contribution)
  let committed: ReadonlyMap<SiteId, string> = new Map()
  return {
    commitment,
    reveal(commitments) {
      committed = new Map(commitments.map(({ site, value }) => [site, value]))
      if (committed.size < commitments.length || committed.get(own) !== commitment)
        throw mismatch('The list of commitments names a site twice, or has not the one that this site made.')
      return bytesToHex(contribution)
    },
    deal(contributions) {
      const revealed = new Map(contributions.map(({ site, value }) => [site, hexToBytes(value)]))
      const same =
        contributions.length === committed.size && [...committed.keys()].every((site) => revealed.has(site))
      if (!same) throw mismatch('The groups are to follow from what others revealed than had committed.')
      const opened = [...revealed].map(([site, bytes]) => {
        return { site, commitment: committed.get(site) ?? '', revealed: bytes }
      })
      const seed = groupSeed(hexToBytes(question), opened)
      const names = roster.map(({ site }) => site)
      const sites = dealGroups(names, seed, groups?.smallest).find((dealt) => dealt.includes(own)) ?? []
      return { sites: sites.toSorted(), seed }
    },
  }
}

const mismatch = (message: string): PrivacyError => new PrivacyError('COMMITMENT_MISMATCH', message)
