/**
 * The life of a question: open, answered or refused by each site, closed, summed.
 *
 * It closes when every site in the roster has answered, refused or been revoked, or at its deadline,
 * whichever is first. Closing fixes the survivors, those whose answers are summed, for good. A teaching
 * question closed below its threshold fails the run: a sum over too few sites would say too much about each.
 */
import { CollegiumError } from '#proto/errors.ts'
import type { EventOf, Fact } from './events.ts'
import type { QuestionId, SiteId } from './ids.ts'
import {
  isOver,
  latestRun,
  openQuestion,
  questionOf,
  type FederationState,
  type Question,
  type Run,
} from './state.ts'

/** Opens the question the run waits for; asked twice, before and after a crash, the first one stands. */
export function askQuestion(
  state: FederationState,
  fact: Omit<EventOf<'question-opened'>, 'type' | 'at'>,
): Fact[] {
  const run = state.runs[fact.run]
  const due = { teach: 'asking', evaluate: 'evaluating' }[fact.purpose]
  if (run?.phase !== due || run.round !== fact.round || questionOf(state, run, fact.purpose, fact.round))
    return []
  return [{ type: 'question-opened', ...fact }]
}

/**
 * Accepts one site's answer. The same answer again is accepted silently, however late: the receipt was lost.
 * A different one is refused, and so is one that comes late.
 */
export function answer(
  state: FederationState,
  command: { question: QuestionId; site: SiteId; shareHash: string; envelopeHash: string; bytes: number },
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
  requireOpen(run, question, now)
  const answers = { ...question.answers, [command.site]: command }
  return [
    { type: 'answer-accepted', ...command },
    ...closeIfComplete(run, { ...question, answers }, standing(state, run)),
  ]
}

/** Records that a site will not answer, so that nobody waits for it. */
export function refuse(
  state: FederationState,
  command: { question: QuestionId; site: SiteId; code: string; reason: string },
  now: number,
): Fact[] {
  const { question, run } = addressed(state, command.question, command.site)
  if (question.refusals[command.site]) return []
  if (question.answers[command.site])
    throw new CollegiumError('ALREADY_ANSWERED', `"${command.site}" has answered this question already.`)
  requireOpen(run, question, now)
  const refusals = { ...question.refusals, [command.site]: command }
  return [
    { type: 'question-refused', ...command },
    ...closeIfComplete(run, { ...question, refusals }, standing(state, run)),
  ]
}

/** Closes a question whose deadline has passed; otherwise does nothing. */
export function closeAtDeadline(state: FederationState, id: QuestionId, now: number): Fact[] {
  const question = state.questions[id]
  const run = question && state.runs[question.run]
  if (!question || !run || isOver(run) || question.survivors || now < question.expiresAt) return []
  return close(run, question, standing(state, run))
}

/** A site that is being revoked is no longer waited for, and what it answered to an open question is not summed. */
export function goOnWithout(state: FederationState, site: SiteId): Fact[] {
  const run = latestRun(state)
  const question = run && !isOver(run) ? openQuestion(state, run) : undefined
  if (!run || !question) return []
  const others = standing(state, run).filter((other) => other !== site)
  return closeIfComplete(run, question, others)
}

export function revealSum(state: FederationState, id: QuestionId, sumHash: string): Fact[] {
  const question = state.questions[id]
  if (!question?.survivors || question.sumHash !== undefined) return []
  return [{ type: 'sum-revealed', question: id, sumHash, sites: question.survivors.length }]
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

function requireOpen(run: Run, question: Question, now: number): void {
  if (isOver(run)) throw new CollegiumError('QUESTION_CLOSED', `${run.run} is over.`)
  if (!question.survivors && now < question.expiresAt) return
  const deadline = new Date(question.expiresAt).toISOString()
  throw new CollegiumError(
    'QUESTION_CLOSED',
    `The question closed before this arrived; its deadline was ${deadline}.`,
  )
}

/** The sites of the roster that still are in the federation. */
const standing = (state: FederationState, { plan }: Run): SiteId[] =>
  plan.roster.filter((site) => state.sites[site]?.enrolment !== 'revoked')

function closeIfComplete(run: Run, question: Question, sites: readonly SiteId[]): Fact[] {
  const heard = (site: SiteId) => site in question.answers || site in question.refusals
  return sites.every(heard) ? close(run, question, sites) : []
}

function close(run: Run, { question, purpose, answers }: Question, sites: readonly SiteId[]): Fact[] {
  const answered = sites.filter((site) => site in answers)
  const enough = answered.length >= run.plan.threshold
  const survivors = enough ? answered : []
  const dropped = run.plan.roster.filter((site) => !survivors.includes(site))
  const closed: Fact = { type: 'question-closed', question, survivors, dropped }
  if (enough || purpose === 'evaluate') return [closed]
  const reason = `${answered.length} of ${run.plan.roster.length} sites answered; the threshold is ${run.plan.threshold}.`
  return [closed, { type: 'run-failed', run: run.run, code: 'RUN_NO_QUORUM', reason }]
}
