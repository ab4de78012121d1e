/**
 * Whether a sum over a large roster can still be unmasked.
 *
 * Up to a hundred sites everyone holds shares of everyone's secrets, and a sum lives as long as its threshold of sites.
 * In a larger roster a site's secrets are with its neighbours on a circle (privacy/secagg/graph-parameters.ts), and too
 * many of one site's may drop out though few do among all. Then nobody should be asked to unmask the rest.
 */
import { everySecretHas } from '#privacy/secagg/agreement.ts'
import type { MaskingStage } from '#proto/frames.ts'
import type { SiteId } from './ids.ts'
import { maskedQuestion } from './masking.ts'
import type { Question } from './state.ts'
import { neighbourhoodOf } from './thresholds.ts'

/** Whether enough neighbours of each site that dealt shares are among those who spoke in a stage. */
export function neighboursSuffice(
  { question, manifest, members }: Question,
  stage: MaskingStage,
  spoke: readonly SiteId[],
): boolean {
  const dealers = stage === 'shares' ? spoke : members.shares
  if (!dealers) return true // Nobody has dealt yet.
  const { agreement, roster } = maskedQuestion(question, Buffer.from(manifest, 'base64'))
  const among = (sites: readonly SiteId[]) => {
    const names = new Set(sites)
    return (position: number) => names.has(roster[position]?.site ?? '')
  }
  return everySecretHas(agreement, among(dealers), among(spoke))
}

/** What a large roster needs besides its threshold, as a clause; empty for others. */
export function neighboursNeeded(sites: number): string {
  const near = neighbourhoodOf(sites)
  return near ? `, and ${near.threshold} of the ${near.degree} neighbours of each site` : ''
}
