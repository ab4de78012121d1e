/**
 * The life of a question: opened, then through its stages (stages.ts), then summed.
 *
 * A stage closes when every site it waits for has spoken, refused or been revoked, or at its deadline,
 * whichever is first. Closing the answers fixes the survivors, those whose answers are summed, for good. A
 * teaching question left with too few sites fails the run: a sum over too few would say too much about each.
 */
import { CollegiumError } from '#proto/errors.ts'
import type { MaskingStage } from '#proto/frames.ts'
import type { EventOf, Fact } from './events.ts'
import type { QuestionId, SiteId } from './ids.ts'
import { dealtGroups, FEWEST_GROUPS, goingOn, requireContribution, summedSites } from './grouping.ts'
import type { StepRecord } from './masking.ts'
import { neighboursNeeded, neighboursSuffice } from './neighbourhoods.ts'
import {
  deadlineOf,
  heardIn,
  hasNeighbourhoods,
  isGrouped,
  isSummable,
  membersOf,
  openQuestion,
  stageOf,
} from './stages.ts'
import {
  allCandidatesTrained,
  isOver,
  latestRun,
  questionOf,
  ruleOf,
  type FederationState,
  type Question,
  type Run,
} from './state.ts'

/** Opens the question the run waits for; asked twice, before and after a crash, the first one stands. */
export function askQuestion(
  state: FederationState,
  fact: Omit<EventOf<'question-opened'>, 'type' | 'at'>,
): Fact[] {
  return questionDue(state, fact) ? [{ type: 'question-opened', ...fact }] : []
}

/** Whether the run waits for a question of this round and purpose, which nobody has asked or answered yet. */
export function questionDue(
  state: FederationState,
  { run: id, round, purpose }: Pick<EventOf<'question-opened'>, 'run' | 'round' | 'purpose'>,
): boolean {
  const run = state.runs[id]
  const due = { teach: 'asking', select: 'distilling', evaluate: 'evaluating' }[purpose]
  if (run?.phase !== due || run.round !== round || questionOf(state, run, purpose, round)) return false
  return purpose !== 'select' || (allCandidatesTrained(run) && ruleOf(run, round) === undefined)
}

/**
 * Accepts one site's answer. The same answer again is accepted silently, however late: the receipt was lost.
 * A different one is refused, and so is one that comes late.
 */
export function answer(
  state: FederationState,
  command: Omit<EventOf<'answer-accepted'>, 'type' | 'at'>,
  now: number,
): Fact[] {
  const { question, run } = addressed(state, command.question, command.site)
  const earlier = question.answers[command.site]
  if (earlier?.shareHash === command.shareHash) return []
  if (earlier)
    throw new CollegiumError(
      'ALREADY_ANSWERED',
      `"${command.site}" has given another answer to this question.`,
    )
  requireTurn(run, question, 'answers', command.site, now)
  const answers = { ...question.answers, [command.site]: command }
  return [
    { type: 'answer-accepted', ...command },
    ...closeIfComplete(run, { ...question, answers }, standing(state, run)),
  ]
}

/** Accepts what one site says in a stage of a masked question; repeated, it is accepted silently. */
export function speak(state: FederationState, command: StepRecord, now: number): Fact[] {
  const { question, run } = addressed(state, command.question, command.site)
  const { stage, site } = command
  const earlier = question.steps[stage]?.[site]
  if (earlier?.contentHash === command.contentHash) return []
  if (earlier)
    throw new CollegiumError('ALREADY_ANSWERED', `"${site}" has said something else in this stage already.`)
  requireTurn(run, question, stage, site, now)
  if (stage === 'reveals')
    requireContribution(site, question.steps.commits?.[site]?.value, command.value ?? '')
  const steps = { ...question.steps, [stage]: { ...question.steps[stage], [site]: command } }
  return [
    { type: 'step-accepted', ...command },
    ...closeIfComplete(run, { ...question, steps }, standing(state, run)),
  ]
}

/** Records that a site will not answer, or not help to unmask, so that nobody waits for it. */
export function refuse(
  state: FederationState,
  command: { question: QuestionId; site: SiteId; code: string; reason: string },
  now: number,
): Fact[] {
  const { question, run } = addressed(state, command.question, command.site)
  if (question.refusals[command.site]) return []
  const stage = requireOpen(run, question, now)
  if (command.site in heardIn(question, stage))
    throw new CollegiumError('ALREADY_ANSWERED', `"${command.site}" has answered this question already.`)
  const refusals = { ...question.refusals, [command.site]: command }
  return [
    { type: 'question-refused', ...command },
    ...closeIfComplete(run, { ...question, refusals }, standing(state, run)),
  ]
}

/** Closes the stage of a question whose deadline has passed; otherwise does nothing. */
export function closeAtDeadline(state: FederationState, id: QuestionId, now: number): Fact[] {
  const question = state.questions[id]
  const run = question && state.runs[question.run]
  const stage = run && !isOver(run) ? stageOf(run, question) : undefined
  if (!run || !stage || now < deadlineOf(run, question, stage)) return []
  return close(run, question, stage, standing(state, run))
}

/** A site that is being revoked is no longer waited for, and an answer it gave to an open question is not summed. */
export function goOnWithout(state: FederationState, site: SiteId): Fact[] {
  const run = latestRun(state)
  const question = run && !isOver(run) ? openQuestion(state, run) : undefined
  if (!run || !question) return []
  const others = standing(state, run).filter((other) => other !== site)
  return closeIfComplete(run, question, others)
}

export function revealSum(state: FederationState, id: QuestionId, sumHash: string): Fact[] {
  const question = state.questions[id]
  const run = question && state.runs[question.run]
  if (!run || !isSummable(run, question) || question.sumHash !== undefined) return []
  const sites = summedSites(question, run.plan).flat().length
  return [{ type: 'sum-revealed', question: id, sumHash, sites }]
}

function addressed(state: FederationState, id: QuestionId, site: SiteId): { question: Question; run: Run } {
  const question = state.questions[id]
  const run = question && state.runs[question.run]
  if (!question || !run)
    throw new CollegiumError('QUESTION_UNKNOWN', `There is no question ${id.slice(0, 12)}.`)
  if (!run.plan.roster.includes(site))
    throw new CollegiumError('QUESTION_NOT_FOR_SITE', `"${site}" is not in the roster of ${run.run}.`)
  return { question, run }
}

/** The stage that an open question is in. */
function requireOpen(run: Run, question: Question, now: number): MaskingStage {
  if (isOver(run)) throw new CollegiumError('QUESTION_CLOSED', `${run.run} is over.`)
  const stage = stageOf(run, question)
  if (stage && now < deadlineOf(run, question, stage)) return stage
  const deadline = new Date(question.expiresAt).toISOString()
  throw new CollegiumError(
    'QUESTION_CLOSED',
    `The question closed before this arrived; its deadline was ${deadline}.`,
  )
}

function requireTurn(run: Run, question: Question, stage: MaskingStage, site: SiteId, now: number): void {
  const current = requireOpen(run, question, now)
  if (current !== stage)
    throw new CollegiumError('QUESTION_CLOSED', `The question is not at its ${stage} but at its ${current}.`)
  if (!membersOf(run, question, stage).includes(site))
    throw new CollegiumError('QUESTION_CLOSED', `"${site}" has dropped out of this question.`)
}

/** The sites of the roster that still are in the federation. */
const standing = (state: FederationState, { plan }: Run): SiteId[] =>
  plan.roster.filter((site) => state.sites[site]?.enrolment !== 'revoked')

function closeIfComplete(run: Run, question: Question, sites: readonly SiteId[]): Fact[] {
  const stage = stageOf(run, question)
  if (!stage) return []
  const heard = heardIn(question, stage)
  const awaited = membersOf(run, question, stage).filter((site) => sites.includes(site))
  const complete = awaited.every((site) => site in heard || site in question.refusals)
  return complete ? close(run, question, stage, sites) : []
}

function close(run: Run, question: Question, stage: MaskingStage, sites: readonly SiteId[]): Fact[] {
  const { roster } = run.plan
  const heard = heardIn(question, stage)
  const spoke = membersOf(run, question, stage).filter((site) => site in heard && sites.includes(site))
  const members = whoGoOn(run, question, stage, spoke)
  const enough = members.length > 0
  const id = question.question
  const dropped = roster.filter((site) => !members.includes(site))
  const facts: Fact[] = []
  if (stage !== 'answers') facts.push({ type: 'stage-closed', question: id, stage, members })
  // Without keys or shares there will be no answers either.
  if (stage === 'answers' || (!enough && !question.survivors))
    facts.push({ type: 'question-closed', question: id, survivors: members, dropped })
  if (!enough && question.purpose === 'teach') {
    const codes = [...new Set(Object.values(question.refusals).map(({ code }) => code))]
    const refusals = codes.length > 0 ? ` Refused with ${codes.sort().join(', ')}.` : ''
    const reason = `${spoke.length} of ${roster.length} sites ${DID[stage]}; ${needed(run, question, stage, spoke)}.${refusals}`
    facts.push({ type: 'run-failed', run: run.run, code: 'RUN_NO_QUORUM', reason })
  }
  return facts
}

/** The members of the next stage; nobody where too few spoke. */
function whoGoOn(run: Run, question: Question, stage: MaskingStage, spoke: SiteId[]): SiteId[] {
  const { roster, threshold, groups } = run.plan
  if (!groups || !isGrouped(run, question) || stage === 'commits') {
    const enough =
      spoke.length >= threshold &&
      (!hasNeighbourhoods(run, question) || neighboursSuffice(question, stage, spoke))
    return enough ? spoke : []
  }
  if (stage === 'reveals') return spoke.length === question.members.commits?.length ? spoke : []
  return goingOn(dealtGroups(question, roster, groups), spoke)
}

/** Why too few were too few. */
function needed(run: Run, question: Question, stage: MaskingStage, spoke: readonly SiteId[]): string {
  if (!isGrouped(run, question) || stage === 'commits') {
    const near = hasNeighbourhoods(run, question) ? neighboursNeeded(run.plan.roster.length) : ''
    return `the threshold is ${run.plan.threshold}${near}`
  }
  if (stage !== 'reveals') return `fewer than ${FEWEST_GROUPS} groups have their thresholds`
  const silent = question.members.commits?.filter((site) => !spoke.includes(site)) ?? []
  return `the groups follow from what all reveal, and ${silent.join(', ')} did not`
}

const DID: Readonly<Record<MaskingStage, string>> = {
  commits: 'committed to a part in the deal of groups',
  reveals: 'revealed their parts in it',
  keys: 'offered keys',
  shares: 'dealt shares',
  answers: 'answered',
  signatures: 'signed who survived',
  unmasking: 'helped to unmask',
}
