/**
 * The last look before an answer exists: whatever happened while it was computed, the question must still be
 * allowed, and the ledger must still afford it. Then the charges, the reservation that it may need and the seal
 * are one append: all on disk, or none, and nothing has left.
 */
import type { QuestionManifest } from '#proto/manifest.ts'
import { isObjection, priceOf } from './ledger.ts'
import { checkQuestion, type SitePolicy } from './policy.ts'
import { usualPricing, type Pricing } from './pricing.ts'
import { decline, sealAnswer } from './site-decide.ts'
import type { SiteEventOf, SiteFact } from './site-events.ts'
import type { SiteState } from './site-state.ts'

/** An answer as computed, of which the bytes are stored and nothing is journalled. */
export type Computed = Pick<
  SiteEventOf<'answer-sealed'>,
  'question' | 'shareHash' | 'items' | 'subjectHash' | 'furtherSubjects' | 'commitment' | 'openingHash'
>

/** Seals and charges an answer, or declines the question. `now` in milliseconds since the Unix epoch. */
export function sealOrDecline(
  policy: SitePolicy,
  state: SiteState,
  manifest: QuestionManifest,
  computed: Computed,
  now: number,
  pricing: Pricing = usualPricing,
): SiteFact[] {
  const { question } = computed
  const objection = checkQuestion(policy, state, manifest, now, pricing)
  if (objection) return decline(state, { question, ...objection })
  const price = priceOf(policy.budget, state, manifest, pricing)
  if (isObjection(price)) return decline(state, { question, ...price })
  const { run, purpose, share, transfer, privacy } = manifest
  const { charge, reservation, training } = price
  const sealed = sealAnswer(state, {
    ...computed,
    run,
    purpose,
    shareKind: share.kind,
    firstRow: transfer?.firstRow ?? 0,
    ...(transfer?.bitmap !== undefined && { bitmap: transfer.bitmap }),
    teacher: state.teacher?.key ?? '',
    dataset: state.teacher?.dataHash ?? '',
    mode: privacy.mode,
    ...(charge && { charge }),
  })
  // Sealed before, with these very bytes: then it has been paid for too.
  if (sealed.length === 0) return []
  return [
    ...(training ? [{ type: 'training-charged' as const, ...training }] : []),
    ...(reservation ? [{ type: 'budget-reserved' as const, ...reservation }] : []),
    ...sealed,
  ]
}
