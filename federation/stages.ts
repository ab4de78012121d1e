/**
 * The stages of a question.
 *
 * A plain question has one: every site of the roster answers. A masked one has five, and in each a site speaks
 * once. Who speaks is awaited in the next; who is silent at a stage's deadline, refuses or is revoked has
 * dropped out. The sum survives as long as `threshold` sites are left, at every stage:
 *
 *     keys         everyone in the roster      offers two fresh keys
 *     shares       who offered keys            deals out shares of its secrets, sealed for each other site
 *     answers      who dealt shares            answers, under masks         -> the survivors are fixed
 *     signatures   the survivors               sign who survived
 *     unmasking    who signed                  reveal what takes the masks off the sum
 *
 * What the messages hold is `privacy/secagg`'s business; here only who is waited for, and until when.
 */
import type { MaskingStage } from '#proto/frames.ts'
import type { SiteId } from './ids.ts'
import type { FederationState, Question, Run } from './state.ts'

/** Which part of a question's time has passed when a stage ends; answers get the longest, for teachers are slow. */
const ENDS: Readonly<Record<MaskingStage, number>> = {
  keys: 0.4,
  shares: 0.55,
  answers: 0.76,
  signatures: 0.88,
  unmasking: 1,
}

export const isMasked = ({ plan }: Run): boolean => plan.privacy.mode !== 'plain'

/** The stage a question is in; undefined once nobody is waited for any more. */
export function stageOf(run: Run, { members, survivors }: Question): MaskingStage | undefined {
  if (survivors?.length === 0) return undefined
  if (!isMasked(run)) return survivors ? undefined : 'answers'
  if (!members.keys) return 'keys'
  if (!members.shares) return 'shares'
  if (!survivors) return 'answers'
  // Nobody left in a stage: the masks stay on for ever.
  if (!members.signatures) return 'signatures'
  return members.signatures.length > 0 && !members.unmasking ? 'unmasking' : undefined
}

/** The question of a run that waits for sites now. */
export function openQuestion(state: FederationState, run: Run): Question | undefined {
  const last = run.questions.at(-1)
  const question = last === undefined ? undefined : state.questions[last]
  return question && stageOf(run, question) !== undefined ? question : undefined
}

/** Who speaks in a stage, those who have left the federation included. */
export function membersOf(
  run: Run,
  { members, survivors }: Question,
  stage: MaskingStage,
): readonly SiteId[] {
  switch (stage) {
    case 'keys':
      return run.plan.roster
    case 'shares':
      return members.keys ?? []
    case 'answers':
      return isMasked(run) ? (members.shares ?? []) : run.plan.roster
    case 'signatures':
      return survivors ?? []
    case 'unmasking':
      return members.signatures ?? []
  }
}

/** What each site has said in a stage. */
export const heardIn = (
  { answers, steps }: Question,
  stage: MaskingStage,
): Readonly<Record<SiteId, unknown>> => (stage === 'answers' ? answers : (steps[stage] ?? {}))

/** When a stage ends, in milliseconds since the Unix epoch. */
export function deadlineOf(run: Run, { openedAt, expiresAt }: Question, stage: MaskingStage): number {
  return isMasked(run) ? openedAt + Math.floor((expiresAt - openedAt) * ENDS[stage]) : expiresAt
}

/** Whether the sum can be computed: the answers are in and, where they are masked, the shares that unmask them. */
export function isSummable(run: Run, { members, survivors }: Question): boolean {
  return (survivors?.length ?? 0) > 0 && (!isMasked(run) || (members.unmasking?.length ?? 0) > 0)
}
