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
 * Where sums are made by group (grouping.ts) two stages come first, and from the keys on each site speaks in its
 * group alone, every group keeping a threshold of its own:
 *
 *     commits      everyone in the roster      commits to 32 random bytes
 *     reveals      who committed               reveals them            -> the groups are dealt
 *
 * In a roster of more than a hundred sites each deals shares to its neighbours alone, and a sum also ends where too
 * many of one site's are gone (neighbourhoods.ts).
 *
 * What the messages hold is `privacy/secagg`'s business; here only who is waited for, and until when.
 */
import { COMPLETE_UP_TO } from '#privacy/secagg/graph-parameters.ts'
import type { MaskingStage } from '#proto/frames.ts'
import type { SiteId } from './ids.ts'
import type { FederationState, Question, Run } from './state.ts'

const FIRST_ENDS = 0.4
/**
 * Which part of a question's time has passed when a stage ends. The first gets the longest, for sites may have to
 * train their teachers yet, and so do the answers.
 */
const ENDS: Readonly<Record<MaskingStage, number>> = {
  commits: FIRST_ENDS,
  reveals: 0.44,
  keys: 0.48,
  shares: 0.55,
  answers: 0.76,
  signatures: 0.88,
  unmasking: 1,
}

/** Those of a secure sum, in order. */
export const sumStages = ['keys', 'shares', 'answers', 'signatures', 'unmasking'] as const

export const isMasked = ({ plan }: Run): boolean => plan.privacy.mode !== 'plain'

/** Counts are summed over all sites: each is of other rows, and no group's stands for the others'. */
export const isGrouped = ({ plan }: Run, { purpose }: Pick<Question, 'purpose'>): boolean =>
  plan.groups !== undefined && purpose === 'teach'

/** Whether each site masks with some of the others alone. */
export const hasNeighbourhoods = (run: Run, question: Pick<Question, 'purpose'>): boolean =>
  isMasked(run) && !isGrouped(run, question) && run.plan.roster.length > COMPLETE_UP_TO

/** The stage that the question itself opens. */
export function firstStage(run: Run, question: Pick<Question, 'purpose'>): MaskingStage {
  if (!isMasked(run)) return 'answers'
  return isGrouped(run, question) ? 'commits' : 'keys'
}

/** The stage a question is in; undefined once nobody is waited for any more. */
export function stageOf(run: Run, question: Question): MaskingStage | undefined {
  const { members, survivors } = question
  if (survivors?.length === 0) return undefined
  if (!isMasked(run)) return survivors ? undefined : 'answers'
  if (isGrouped(run, question) && !members.commits) return 'commits'
  if (isGrouped(run, question) && !members.reveals) return 'reveals'
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
export function membersOf(run: Run, question: Question, stage: MaskingStage): readonly SiteId[] {
  const { members, survivors } = question
  if (stage === firstStage(run, question)) return run.plan.roster
  switch (stage) {
    case 'commits':
      return run.plan.roster
    case 'reveals':
      return members.commits ?? []
    case 'keys':
      return members.reveals ?? []
    case 'shares':
      return members.keys ?? []
    case 'answers':
      return members.shares ?? []
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
export function deadlineOf(run: Run, question: Question, stage: MaskingStage): number {
  const { openedAt, expiresAt } = question
  if (!isMasked(run)) return expiresAt
  const part = stage === firstStage(run, question) ? FIRST_ENDS : ENDS[stage]
  return openedAt + Math.floor((expiresAt - openedAt) * part)
}

/** Whether the sum can be computed: the answers are in and, where they are masked, the shares that unmask them. */
export function isSummable(run: Run, { members, survivors }: Question): boolean {
  return (survivors?.length ?? 0) > 0 && (!isMasked(run) || (members.unmasking?.length ?? 0) > 0)
}
