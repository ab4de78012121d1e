/**
 * What an answer costs, by the protection that its question names. A mode of privacy without a row here does not
 * compile: nothing noised leaves without a price, and what has none says so.
 */
import { epsilonOf, type PrivacyCost } from '#privacy/accounting/epsilon.ts'
import type { Mechanism } from '#privacy/accounting/mechanism.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import { costOf } from './noise.ts'
import type { PrivacyMode } from './privacy-plan.ts'

export interface Pricing {
  /** The noise on this answer, counted for each item; undefined where there is none, and so no bound either. */
  costOf(this: void, manifest: QuestionManifest): Mechanism | undefined
  /** The smallest epsilon known for all of them together, at a delta in (0, 1). */
  epsilonOf(this: void, mechanisms: readonly Mechanism[], delta: number): PrivacyCost
}

const costs: Readonly<Record<PrivacyMode, Pricing['costOf']>> = {
  masked: () => undefined,
  plain: () => undefined,
  // The teacher's training is what costs (ledger.ts); what it answers is post-processing.
  dpsgd: () => undefined,
  pate: costOf,
}

/** What this version can do. Modes it does not know are the policy's to refuse. */
export const usualPricing: Pricing = {
  costOf: (manifest) => costs[manifest.privacy.mode as PrivacyMode]?.(manifest),
  epsilonOf,
}
