/**
 * How a run protects what it sums, and what it promises the people in the data.
 *
 * `masked` and `plain` promise nothing in numbers. `dpsgd` and `pate` promise (epsilon, delta) for the whole run
 * and a unit: whether all the data of one unit were there or not, whatever anyone sees of the run is nearly as
 * likely, up to a factor e^epsilon, but for a probability delta. In `dpsgd` the teachers keep the promise, in `pate` the
 * noise that sites add to their sums.
 */
import { z } from 'zod'
import { SMALLEST_GROUP } from '#privacy/poison/groups.ts'
import { units } from './units.ts'

const promiseSchema = z.strictObject({
  epsilon: z.number().positive().max(100),
  delta: z.number().positive().max(0.01),
  unit: z.enum(units),
})
export type PrivacyPromise = z.infer<typeof promiseSchema>

const noiseSchema = z.strictObject({
  /** Of what no adversary knows in each value of the sum; 1 is one sub-teacher's certainty. */
  stdDev: z.number().positive(),
  /** Sub-teachers at each site. */
  members: z.number().int().positive().max(10_000),
  /** Sites whose own noise an adversary may know. */
  colluders: z.number().int().min(0),
})
export type NoisePlan = z.infer<typeof noiseSchema>

export const privacyPlanSchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('masked') }),
  /** The coordinator adds the answers up itself, and could read each one. */
  z.strictObject({ mode: z.literal('plain') }),
  z.strictObject({ mode: z.literal('dpsgd'), promise: promiseSchema }),
  z.strictObject({ mode: z.literal('pate'), promise: promiseSchema, noise: noiseSchema }),
])
export type PrivacyPlan = z.infer<typeof privacyPlanSchema>
export type PrivacyMode = PrivacyPlan['mode']

/** Sums by group: seen one by one, so each must hide its answers as well as a sum of all would have to. */
export const groupTermsSchema = z.strictObject({ smallest: z.number().int().min(SMALLEST_GROUP) })
export type GroupTerms = z.infer<typeof groupTermsSchema>

export const privacyModes = ['masked', 'dpsgd', 'pate', 'plain'] as const satisfies readonly PrivacyMode[]

/** One clause for reports, cards and the dashboard: what the mode keeps from whom, and what it does not. */
export const privacyNotes: Readonly<Record<PrivacyMode, string>> = {
  masked: 'answers are masked and only their sum is seen; no differential privacy',
  dpsgd: 'answers are masked, and every teacher was trained with differential privacy',
  pate: 'answers are masked, and their sum carries noise that makes it differentially private',
  plain: 'answers are not masked; no differential privacy',
}

export const promiseOf = (plan: PrivacyPlan): PrivacyPromise | undefined =>
  'promise' in plan ? plan.promise : undefined

/** How a run protects what it sums: `RunPlan`, as far as it says that. */
export interface Protected {
  readonly privacy: PrivacyPlan
  readonly groups?: GroupTerms | undefined
}

/** What sums by group show besides. */
export const groupsNote = (groups: GroupTerms | undefined): string =>
  groups ? `; summed in groups of ${groups.smallest} sites or more, and the sum of each group is seen` : ''

/** The mode's note, and what groups take from it. */
export const privacyNote = ({ privacy, groups }: Protected): string =>
  `${privacyNotes[privacy.mode]}${groupsNote(groups)}`

/** The note, and the promise in numbers where there is one. */
export function privacyLine(plan: Protected): string {
  const promise = promiseOf(plan.privacy)
  if (!promise) return privacyNote(plan)
  const { epsilon, delta, unit } = promise
  return `${privacyNote(plan)}: epsilon ${epsilon} at delta ${delta} for each ${unit}`
}

/** What reports say of a plan. */
export function privacyStatement(plan: Protected) {
  const { epsilon = null, delta = null, unit = 'none' } = promiseOf(plan.privacy) ?? {}
  return { mode: plan.privacy.mode, unit, epsilon, delta, note: privacyNote(plan) } as const
}
