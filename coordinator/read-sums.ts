/** What was revealed of a question: one sum, or those of its groups. */
import { summedSites } from '#federation/grouping.ts'
import type { Blobs } from '#federation/ports.ts'
import type { Question } from '#federation/state.ts'
import { bytesToWords, type Residue32 } from '#privacy/fixed-point.ts'
import type { QuestionManifest } from '#proto/manifest.ts'

export interface RevealedSum {
  /** Modulo 2^k, as many as a share has. */
  readonly words: Residue32
  /** Answers in it. */
  readonly sites: number
}

/** In the order of the deal; `manifest` is the question's own. */
export async function readSums(
  blobs: Blobs,
  question: Question,
  { roster, groups, share }: QuestionManifest,
  sumHash: string,
): Promise<RevealedSum[]> {
  const bytes = await blobs.get(sumHash)
  const size = share.length * 4
  const summed = summedSites(question, { roster: roster.map(({ site }) => site), groups })
  return summed.map((sites, at) => ({
    words: bytesToWords(bytes.subarray(at * size, (at + 1) * size)),
    sites: sites.length,
  }))
}
