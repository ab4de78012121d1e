/**
 * The ledger: what this site's answers have cost the people in its data, and what it has promised to spend.
 *
 * An answer under noise costs something, told by the mechanism that makes the noise; costs compose, and the
 * site's budget (epsilon, delta) bounds them all together. The rules:
 *
 * - One account for each dataset and unit of privacy. Unlike units do not add up, so a dataset that has been
 *   charged by one unit is never charged by another.
 * - A run says beforehand how much it asks in all. All of that is reserved at its first answer, or nothing is
 *   answered: a run that cannot be finished is not begun. What is reserved stays reserved, used or not, for how
 *   much of it was used may itself depend on the data.
 * - A charge is one append with the answer that it pays for, before anything leaves (site-answer.ts). So after
 *   a crash at any instruction the ledger has counted every answer that may have left, and an answer that came
 *   too late has been paid for all the same.
 * - A teacher that was itself trained privately costs its training, all of it and once, with its first answer: that
 *   charge is in the append too. Its further answers are free. Trained anew, it is another teacher, and costs anew.
 * - Answers without noise have no price. No epsilon describes them; they are counted apart, and bounded by the
 *   policy's counts.
 *
 * Worked example, with a budget of epsilon 3: a mechanism of which 100 items cost epsilon 2 and 200 cost 2.9. A
 * run over 100 items in two halves reserves 2 at its first answer and is charged for 50 items twice. A second
 * run over 100 items brings the promises to 2.9, and may begin. A third is refused at its first question.
 */
import { z } from 'zod'
import { sameNoise, type Mechanism } from '#privacy/accounting/mechanism.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import { invalid, refused, type Objection } from './objection.ts'
import type { Pricing } from './pricing.ts'
import type { SiteEventOf } from './site-events.ts'
import type { Campaign, SiteState, Training } from './site-state.ts'
import { units, type Unit } from './units.ts'

export const budgetSchema = z.strictObject({
  /** Most that all answers about one dataset may cost together. */
  epsilon: z.number().positive().max(100),
  /** Probability with which the bound may fail; well below one over the number of people. */
  delta: z.number().positive().max(0.01),
  /** Whose contribution the bound protects. */
  unit: z.enum(units),
})
export type Budget = z.infer<typeof budgetSchema>

/** What sealing an answer adds to the ledger: nothing, for one without noise. */
export interface Price {
  readonly charge?: Mechanism
  /** With the first answer of a run. */
  readonly reservation?: Omit<SiteEventOf<'budget-reserved'>, 'type' | 'at'>
  /** With the first answer of a teacher that was trained privately. */
  readonly training?: Training
}

/** All that has been charged or reserved for one dataset. */
export interface Account {
  /** Undefined where nothing has been. */
  readonly unit: Unit | undefined
  readonly campaigns: readonly Campaign[]
  readonly trainings: readonly Training[]
}

export function accountOf({ campaigns, trainings }: SiteState, dataset: string): Account {
  const ofDataset = (each: Campaign | Training) => each.dataset === dataset
  const own = { campaigns: campaigns.filter(ofDataset), trainings: trainings.filter(ofDataset) }
  return { unit: [...own.campaigns, ...own.trainings][0]?.unit, ...own }
}

export const promisedBy = ({ campaigns, trainings }: Account): Mechanism[] =>
  [...trainings, ...campaigns].map(({ mechanism }) => mechanism)

/** What has been charged: of what is reserved for a campaign, the part that was used. */
export const spentBy = ({ campaigns, trainings }: Account): Mechanism[] => [
  ...trainings.map(({ mechanism }) => mechanism),
  ...campaigns.filter(({ used }) => used > 0).map(({ mechanism, used }) => ({ ...mechanism, count: used })),
]

/**
 * The price of an answer now, or why the ledger does not allow it: `LEDGER_EXHAUSTED` when the promises would
 * exceed the budget, or the run exceed what it said; `POLICY_REFUSED` without a budget that could be charged.
 */
export function priceOf(
  budget: Budget | undefined,
  state: SiteState,
  manifest: QuestionManifest,
  { costOf, epsilonOf }: Pricing,
): Price | Objection {
  const charge = costOf(manifest)
  const training = manifest.purpose === 'teach' ? trainingOf(state) : undefined
  if (!charge && !training) return {}
  const dataset = state.teacher?.dataHash
  if (dataset === undefined) return invalid('This site has no teacher yet.')
  const account = accountOf(state, dataset)
  const owed =
    training && !account.trainings.some(({ networkHash }) => networkHash === training.networkHash)
      ? { training }
      : {}
  const { run, purpose, privacy } = manifest
  if (!budget) {
    if (charge || privacy.promise) return refused('sets no budget that this answer could be charged to')
    return owed // nothing was promised, so nothing is broken; what it gave away is written down
  }
  const { unit, epsilon, delta } = budget
  const protectedUnit = privacy.promise?.unit ?? training?.unit ?? unit
  if (protectedUnit !== unit)
    return refused(`counts by the ${unit}; this answer would be private for each ${protectedUnit}`)
  if (account.unit !== undefined && account.unit !== unit)
    return refused(`counts by the ${unit}; these data have been charged by the ${account.unit} before`)

  const own = account.campaigns.find((campaign) => campaign.run === run && campaign.purpose === purpose)
  const mechanism = own?.mechanism ?? (charge && { ...charge, count: privacy.campaign })
  if (charge && mechanism) {
    const used = own?.used ?? 0
    if (!sameNoise(mechanism, charge)) return invalid(`${run} changes its noise on the way.`)
    if (used + charge.count > mechanism.count)
      return exhausted(
        `${run} has had ${used} of the ${mechanism.count} items it announced, and asks about ${charge.count} more`,
      )
  }
  const reservation = !own && mechanism ? { run, purpose, dataset, unit, mechanism } : undefined
  const added = [owed.training, reservation].flatMap((each) => (each ? [each.mechanism] : []))
  const total = epsilonOf([...promisedBy(account), ...added], delta).epsilon
  if (total > epsilon)
    return exhausted(
      `with ${run} this site would have promised epsilon ${roundedUp(total)} at delta ${delta}; its budget is ${epsilon}`,
    )
  return { ...owed, ...(charge && { charge }), ...(reservation && { reservation }) }
}

/** What the present teacher costs with its first answer, where it was trained privately. */
export function trainingOf({ teacher }: SiteState): Training | undefined {
  if (teacher?.protection?.mode !== 'dpsgd') return undefined
  const { networkHash, key, dataHash: dataset, protection } = teacher
  return { networkHash, teacher: key, dataset, unit: protection.unit, mechanism: protection.training }
}

export const isObjection = (price: Price | Objection): price is Objection => 'reason' in price

const exhausted = (what: string): Objection => ({
  code: 'LEDGER_EXHAUSTED',
  reason: `The ledger refuses: ${what}.`,
})

/** To three digits; never shown smaller than it is. */
export const roundedUp = (epsilon: number): number => Math.ceil(epsilon * 1000) / 1000
