/** Turns the operator's wishes into a plan: overrides over federation.yaml over defaults that fit the data. */
import { DEFAULT_TEMPERATURE, defaultStudent, defaultStudentTraining } from '#distill/defaults.ts'
import { parseSpecText } from '#distill/spec-text.ts'
import { classNames, featureCount, type FeatureSchema } from '#engine/data/schema.ts'
import { activeThreshold, type DataFile, type RunPlan } from '#federation/plan.ts'
import type { FederationState } from '#federation/state.ts'
import type { FederationConfig, RunOverrides } from './config.ts'

/** What `federation.yaml` points at, stored as blobs. */
export interface FederationData {
  readonly schemaHash: string
  readonly schema: FeatureSchema
  readonly transfer: DataFile
  readonly holdout?: DataFile
}

/** Where neither the consortium nor the operator wishes anything. */
export const usual = {
  rule: 'mean-probability',
  temperature: DEFAULT_TEMPERATURE,
  alpha: 1,
  rounds: 1,
  privacy: 'masked',
  scale: 2 ** 16,
  federatedEvaluation: true,
  seed: 1,
  deadlineSeconds: 1200,
} as const satisfies RunOverrides

export function planRun(
  state: FederationState,
  config: FederationConfig['run'],
  overrides: RunOverrides,
  { schemaHash, schema, transfer, holdout }: FederationData,
): RunPlan {
  const wish = { ...usual, ...given(config), ...given(overrides) }
  const inputs = featureCount(schema)
  const outputs = classNames(schema).length
  const roster = Object.values(state.sites)
    .filter(({ enrolment }) => enrolment === 'approved')
    .map(({ site }) => site)
    .sort()
  return {
    roster,
    threshold: wish.threshold ?? activeThreshold(roster.length),
    rounds: wish.rounds,
    transfer,
    ...(holdout && { holdout }),
    schemaHash,
    rule: wish.rule,
    temperature: wish.temperature,
    alpha: wish.alpha,
    privacy: { mode: wish.privacy },
    scale: wish.scale,
    student:
      wish.student === undefined
        ? defaultStudent(schema, transfer.rows)
        : parseSpecText(wish.student, { inputs, outputs }),
    training: {
      ...defaultStudentTraining(transfer.rows),
      ...given(config.training ?? {}),
      ...given(overrides.training ?? {}),
    },
    federatedEvaluation: wish.federatedEvaluation,
    ...(wish.askAgain && { askAgain: true }),
    seed: wish.seed,
    ...(overrides.signOff !== undefined && { signOff: overrides.signOff }),
    deadlineMs: Math.ceil(wish.deadlineSeconds * 1000),
  }
}

/** The properties that were given at all: an absent wish must not overwrite a default with undefined. */
type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }
const given = <T extends object>(wishes: T): Given<T> =>
  Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined)) as Given<T>
