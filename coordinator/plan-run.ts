/** Turns the operator's wishes into a plan: overrides over federation.yaml over defaults that fit the data. */
import { defaultStudent, defaultStudentTraining } from '#distill/defaults.ts'
import { parseAugmentText } from '#distill/augment-text.ts'
import { kindsFor, type CombineRuleName } from '#distill/rules.ts'
import { sharePartsOf } from '#distill/shares.ts'
import { GRAM_BLOCK } from '#distill/shares/gram-blocks.ts'
import { networkSize, parseSpecText } from '#distill/spec-text.ts'
import { unitOf, type FeatureSchema } from '#engine/data/schema.ts'
import { headShapes, outputCount, taskOf } from '#engine/data/target.ts'
import { itemsAsked, type DataFile, type RunPlan } from '#federation/plan.ts'
import { planNoise, type NoisyRun } from '#federation/noise.ts'
import type { PrivacyPlan } from '#federation/privacy-plan.ts'
import type { FederationState } from '#federation/state.ts'
import { topProblem } from '#federation/top-values.ts'
import { MOST_VALUE_BITS, scaleOfBits } from '#federation/word-width.ts'
import { roomPerSite } from '#privacy/fixed-point.ts'
import { activeThreshold } from '#federation/thresholds.ts'
import { SMALLEST_GROUP } from '#privacy/poison/groups.ts'
import { CollegiumError } from '#proto/errors.ts'
import { lossFor, ruleFor, type ChosenLoss } from './choose-loss.ts'
import type { FederationConfig, RunOverrides } from './config.ts'
import { headsFor } from './plan-heads.ts'
import { relationsOf } from './plan-relation.ts'
import { schedulesOf } from './plan-schedules.ts'
import { selectionOf } from './plan-selection.ts'
import { requireFit } from './task-fit.ts'

/** What `federation.yaml` points at, stored as blobs. */
export interface FederationData {
  readonly schemaHash: string
  readonly schema: FeatureSchema
  readonly transfer: DataFile
  /** Transfer rows that have a label. */
  readonly labelled: number
  readonly holdout?: DataFile
}

/** Where neither the consortium nor the operator wishes anything. */
export const usual = {
  loss: 'kd',
  rounds: 1,
  digestFrom: 'consensus',
  privacy: 'masked',
  delta: 1e-6,
  members: 50,
  validation: 2000,
  seed: 1,
  deadlineSeconds: 1200,
} as const satisfies RunOverrides

export function planRun(
  state: FederationState,
  config: FederationConfig['run'],
  overrides: RunOverrides,
  { schemaHash, schema, transfer, labelled, holdout }: FederationData,
): RunPlan {
  const wish = { ...usual, ...given(config), ...given(overrides) }
  const outputs = outputCount(schema)
  const task = taskOf(schema)
  const roster = Object.values(state.sites)
    .filter(({ enrolment }) => enrolment === 'approved')
    .map(({ site }) => site)
    .sort()
  const threshold = wish.threshold ?? activeThreshold(roster.length)
  const asked = itemsAsked({ ...wish, transfer })
  const [mode = ''] = wish.privacy.split(':')
  const candidates = wish.candidates ?? usualCandidates(wish.groups ? 'groups' : mode)
  const { heads, notes = [] } = task === 'multitask' ? headsFor(wish, headShapes(schema)) : {}
  if (!heads && wish.head)
    throw new CollegiumError('USAGE', 'There is one target; give its rule and its loss without a name.')
  const rule = task === 'multitask' ? 'by-target' : (wish.rule ?? ruleFor(wish.loss, task))
  const rules = heads?.map((head) => head.rule) ?? (rule === 'auto' ? candidates : [rule as CombineRuleName])
  if (!heads) requireFit(task, rules, wish)
  const usualScale = mode === 'pate' ? NOISY_SCALE : scaleFor(rules, roster.length)
  const scale = wish.bits === undefined ? (wish.scale ?? usualScale) : coarseScale(rules, wish, mode)
  if (wish.topK !== undefined) requireTop(rules, mode)
  const groups = groupsOf(wish.groups)
  const terms = { sites: roster.length, threshold, ...(groups && { groups }) }
  const noisy = { ...terms, classes: outputs, items: asked, scale }
  const privacy = privacyOf(wish, schema, noisy)
  // The counts that sites would measure students with carry no noise.
  const federatedEvaluation = wish.federatedEvaluation ?? !('promise' in privacy)
  const student =
    wish.student === undefined
      ? defaultStudent(schema, asked)
      : parseSpecText(wish.student, networkSize(schema))
  const chosen: ChosenLoss =
    task === 'multitask'
      ? { loss: 'kd', temperature: 1, alpha: 1 }
      : lossFor(wish, { task, classes: outputs, rules })
  const wished = { ...given(config.training ?? {}), ...given(overrides.training ?? {}) }
  const said = [...notes, ...(chosen.note === undefined ? [] : [chosen.note])]
  const relations = relationsOf(wish, { ...wish, transfer, mode, task, student, batchSize: wished.batchSize })
  // Votes and numbers are not softened; a label's loss compares at 1; and softer answers would say less beside the same noise.
  const isSoft = mode !== 'pate' && task === 'classify' && kindsFor(rules) !== 'votes'
  return {
    roster,
    threshold,
    rounds: wish.rounds,
    transfer,
    ...(holdout && { holdout }),
    ...(wish.ask !== undefined && { ask: wish.ask }),
    ...(wish.digest !== undefined && { digest: { epochs: wish.digest, from: wish.digestFrom } }),
    ...(wish.generations !== undefined && { generations: wish.generations }),
    schemaHash,
    rule,
    ...(heads && { heads }),
    ...selectionOf(rule, { ...wish, candidates, federatedEvaluation, privacy }, labelled),
    ...(wish.tune !== undefined && { tuning: { trials: wish.tune, validation: wish.validation } }),
    ...(wish.margin !== undefined && { margin: wish.margin }),
    loss: chosen.loss,
    ...relations,
    temperature: wish.temperature ?? (isSoft ? chosen.temperature : 1),
    alpha: wish.alpha ?? chosen.alpha,
    ...schedulesOf(wish, { loss: chosen.loss, student }),
    privacy,
    ...(groups && { groups }),
    scale,
    ...(wish.bits !== undefined && { bits: wish.bits }),
    ...(wish.topK !== undefined && { topK: wish.topK }),
    student,
    training: {
      ...defaultStudentTraining(asked, student, relations.relation && GRAM_BLOCK),
      // What noise is left in the targets is learnt by heart otherwise, less so where rows change from step to step.
      ...(mode === 'pate' && { weightDecay: wish.augment === undefined ? 1 : 0.3 }),
      ...wished,
      ...(wish.augment !== undefined && { augment: parseAugmentText(wish.augment, schema, student) }),
    },
    federatedEvaluation,
    ...(wish.askAgain && { askAgain: true }),
    seed: wish.seed,
    ...(overrides.signOff !== undefined && { signOff: overrides.signOff }),
    ...(said.length > 0 && { notes: said }),
    deadlineMs: Math.ceil(wish.deadlineSeconds * 1000),
  }
}

/** The rules that are best somewhere, of those that a mode of privacy covers, or that sums by groups can be made into. */
function usualCandidates(mode: string | undefined): CombineRuleName[] {
  if (mode === 'pate' || mode === 'groups') return ['mean-probability', 'era']
  const ofPredictions: CombineRuleName[] = ['mean-probability', 'era', 'entropy-weighted']
  return mode === 'dpsgd' ? ofPredictions : [...ofPredictions, 'prior-corrected', 'density-ratio']
}

/** The usual one, or the largest power of two below it at which no sum over all sites wraps around. */
function scaleFor(rules: readonly CombineRuleName[], sites: number): number {
  const parts = sharePartsOf({ kind: kindsFor(rules), rows: 1, classes: 2 })
  const largest = Math.max(...parts.map(({ kind, clip }) => kind.largest({ rows: 1, clip })))
  const room = roomPerSite(Math.max(1, sites)) / largest
  return Math.min(USUAL_SCALE, 2 ** (Math.ceil(Math.log2(room)) - 1))
}

/** Throws `USAGE` where so few bits cannot hold the values of a rule, or the noise of a mode. */
function coarseScale(
  rules: readonly CombineRuleName[],
  { bits = MOST_VALUE_BITS, scale }: Pick<RunOverrides, 'bits' | 'scale'>,
  mode: string | undefined,
): number {
  if (scale !== undefined)
    throw new CollegiumError('USAGE', 'Bits and scale both say how fine answers are; give one of the two.')
  if (mode === 'pate')
    throw new CollegiumError('USAGE', 'Answers with noise (pate) take 32-bit words; leave --bits out.')
  const scaleAt = (some: readonly CombineRuleName[], with_: number) =>
    scaleOfBits(sharePartsOf({ kind: kindsFor(some), rows: 1, classes: 2 }), with_)
  const odd = rules.find((rule) => scaleAt([rule], bits) < 1)
  if (odd === undefined) return scaleAt(rules, bits)
  const least = Array.from({ length: MOST_VALUE_BITS }, (_, i) => i + 1).find((n) => scaleAt([odd], n) >= 1)
  throw new CollegiumError('USAGE', `Answers for ${odd} take ${least} bits at least, not ${bits}.`)
}

/** Throws `USAGE` where small values cannot be left out. */
function requireTop(rules: readonly CombineRuleName[], mode: string): void {
  const problem = topProblem(mode, sharePartsOf({ kind: kindsFor(rules), rows: 1, classes: 2 }))
  if (problem !== undefined) throw new CollegiumError('USAGE', problem)
}

/** Fixed-point units per 1.0; with noise and many sub-teachers there is less room, and no need. */
const USUAL_SCALE = 2 ** 16
const NOISY_SCALE = 2 ** 10

function privacyOf(
  { privacy, delta, members }: { privacy: string; delta: number; members: number },
  schema: FeatureSchema,
  run: Omit<NoisyRun, 'members'>,
): PrivacyPlan {
  const [mode = '', epsilon] = privacy.split(':')
  const promise = { epsilon: Number(epsilon), delta, unit: unitOf(schema) }
  if (mode === 'dpsgd') return { mode, promise }
  if (mode === 'pate') return { mode, promise, noise: planNoise(promise, { ...run, members }) }
  return { mode: mode === 'plain' ? mode : 'masked' }
}

function groupsOf(wish: string | undefined): RunPlan['groups'] {
  const [, smallest = SMALLEST_GROUP] = wish?.split(':') ?? []
  return wish === undefined ? undefined : { smallest: Number(smallest) }
}

/** The properties that were given at all: an absent wish must not overwrite a default with undefined. */
type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }
const given = <T extends object>(wishes: T): Given<T> =>
  Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined)) as Given<T>
