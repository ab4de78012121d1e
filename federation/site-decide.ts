/**
 * A site's decisions, and what it owes the coordinator next.
 *
 * The rule that protects a site is *at most once*. A teacher is deterministic: two answers to one question
 * with different cohorts would differ, after unmasking, by exactly one site's vector. So a share is sealed,
 * that is stored and journalled, before the first byte leaves; from then on the question has one answer
 * for ever, and every retry, in this process or after a crash, sends those same bytes in a fresh envelope.
 *
 * A miniature, with a crash after any line:
 *
 *     share computed          nothing journalled: it is computed again, and nothing had left
 *     answer-sealed           the duty is `send`; the stored share leaves
 *     sent, no receipt        still `send`; the coordinator accepts the same share twice
 *     answer-acknowledged     no duty, for good
 *
 * A decision is a pure function `(state, command) -> facts`: no facts when it has already happened. The
 * charge to the ledger is among the facts that seal an answer (site-answer.ts): one append, both or neither.
 */
import { keyIdOf } from '#privacy/identity.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { QuestionId } from './ids.ts'
import { successionFrom, type KeyRotation } from './key-rotation.ts'
import type { SiteEventOf, SiteFact } from './site-events.ts'
import type { SiteState } from './site-state.ts'

export type Duty =
  /** Work out the answer and seal it, or enter the masked question; or decline. */
  | { readonly kind: 'answer'; readonly question: QuestionId }
  /** Offer keys once more: the receipt was lost. */
  | { readonly kind: 'enter'; readonly question: QuestionId }
  /** Take the next step of a masked question. */
  | { readonly kind: 'step'; readonly question: QuestionId }
  /** Send the sealed answer. */
  | { readonly kind: 'send'; readonly question: QuestionId }
  /** Tell the coordinator that we decline. */
  | { readonly kind: 'refuse'; readonly question: QuestionId }

/**
 * What to do now. `asked` are the questions of the coordinator's last inbox: those it has neither an answer
 * nor a refusal to; `tasks` those masked ones that wait for this site's next step. A sealed answer is owed whether it is asked for or not: the coordinator's reply, a
 * receipt or a refusal, is what ends it.
 */
export function siteDuties(
  state: SiteState,
  asked: readonly QuestionId[],
  tasks: readonly QuestionId[] = [],
): Duty[] {
  const owed = Object.entries(state.questions)
    .filter(([, outcome]) => outcome.status === 'sealed')
    .map(([question]): Duty => ({ kind: 'send', question }))
  const news = [...new Set(asked)].flatMap((question): Duty[] => {
    const outcome = state.questions[question]
    if (!outcome) return [{ kind: 'answer', question }]
    if (outcome.status === 'entered') return [{ kind: 'enter', question }]
    return outcome.status === 'declined' ? [{ kind: 'refuse', question }] : []
  })
  const steps = tasks.map((question): Duty => {
    const finished = ['declined', 'voided'].includes(state.questions[question]?.status ?? 'declined')
    return { kind: finished ? 'refuse' : 'step', question }
  })
  return [...owed, ...news, ...steps]
}

/** Records the federation this site belongs to; a journal belongs to one federation and one key for ever. */
export function join(state: SiteState, fact: Omit<SiteEventOf<'joined'>, 'type' | 'at'>): SiteFact[] {
  const { joined } = state
  if (!joined) return [{ type: 'joined', ...fact }]
  if (joined.federation !== fact.federation || joined.publicKey !== fact.publicKey)
    throw new CollegiumError(
      'FEDERATION_MISMATCH',
      "This site's journal belongs to another federation or key.",
    )
  return []
}

/** Follows the key that the coordinator now knows this site by; a site that never ran has nothing to follow. */
export function recordRotation({ joined }: SiteState, rotation: KeyRotation): SiteFact[] {
  if (!joined || joined.publicKey === rotation.publicKey) return []
  if (joined.publicKey !== rotation.oldKey)
    throw new CollegiumError('FEDERATION_MISMATCH', "This site's journal belongs to another key.")
  return [{ type: 'key-rotated', ...rotation }]
}

/**
 * Follows the coordinator from the key that this site knows to the one it has now. Throws `SIGNATURE_INVALID` for
 * a chain that does not hold.
 */
export function followCoordinator({ joined }: SiteState, rotations: readonly KeyRotation[]): SiteFact[] {
  if (!joined) return []
  const { coordinatorKey, federation } = joined
  return successionFrom(keyIdOf(coordinatorKey), rotations, federation).map(
    ({ oldKey, publicKey, signatureByOld, signatureByNew }) => ({
      type: 'coordinator-key-rotated',
      oldKey,
      publicKey,
      signatureByOld,
      signatureByNew,
    }),
  )
}

export function recordTeacher(
  state: SiteState,
  fact: Omit<SiteEventOf<'teacher-ready'>, 'type' | 'at'>,
): SiteFact[] {
  const { key, networkHash } = state.teacher ?? {}
  return key === fact.key && networkHash === fact.networkHash ? [] : [{ type: 'teacher-ready', ...fact }]
}

export function decline(
  state: SiteState,
  fact: Omit<SiteEventOf<'question-declined'>, 'type' | 'at'>,
): SiteFact[] {
  const status = state.questions[fact.question]?.status
  if (status !== undefined && status !== 'entered') return []
  return [{ type: 'question-declined', ...fact, reason: fact.reason.slice(0, 500) }]
}

/** Takes part in a masked question, once: before the first key leaves. */
export function enterQuestion(
  state: SiteState,
  fact: Omit<SiteEventOf<'question-entered'>, 'type' | 'at'>,
): SiteFact[] {
  if (state.questions[fact.question])
    throw new CollegiumError(
      'ALREADY_ANSWERED',
      `This site has taken part in question ${fact.question.slice(0, 12)} already.`,
    )
  return [{ type: 'question-entered', ...fact }]
}

/**
 * Records that the shares that unmask a question's sum leave; rejects with `ALREADY_ANSWERED` for an answer that
 * never was sealed. When they have left before there is nothing to record: the round in memory says the same
 * words again, to a coordinator that lost them, and after a restart there is no round.
 */
export function shareUnmasking(state: SiteState, question: QuestionId): SiteFact[] {
  const outcome = state.questions[question]
  if (outcome?.status !== 'sealed' && outcome?.status !== 'acknowledged')
    throw new CollegiumError(
      'ALREADY_ANSWERED',
      `This site unmasks question ${question.slice(0, 12)} only if it has answered it.`,
    )
  return outcome.unmasked ? [] : [{ type: 'unmask-shared', question }]
}

/** Fixes this site's one answer to a question. Rejects with `ALREADY_ANSWERED` if there is one, or a refusal. */
export function sealAnswer(
  state: SiteState,
  fact: Omit<SiteEventOf<'answer-sealed'>, 'type' | 'at'>,
): SiteFact[] {
  const outcome = state.questions[fact.question]
  if (!outcome || outcome.status === 'entered') return [{ type: 'answer-sealed', ...fact }]
  if (outcome.status !== 'declined' && outcome.shareHash === fact.shareHash) return []
  const what = outcome.status === 'declined' ? 'declined' : 'given another answer to'
  throw new CollegiumError(
    'ALREADY_ANSWERED',
    `This site has ${what} question ${fact.question.slice(0, 12)}.`,
  )
}

export function acknowledgeAnswer(state: SiteState, question: QuestionId): SiteFact[] {
  return state.questions[question]?.status === 'sealed' ? [{ type: 'answer-acknowledged', question }] : []
}

export function voidAnswer(
  state: SiteState,
  fact: Omit<SiteEventOf<'answer-voided'>, 'type' | 'at'>,
): SiteFact[] {
  if (state.questions[fact.question]?.status !== 'sealed') return []
  return [{ type: 'answer-voided', ...fact, reason: fact.reason.slice(0, 500) }]
}

export function receiveStudent(
  state: SiteState,
  fact: Omit<SiteEventOf<'student-received'>, 'type' | 'at'>,
): SiteFact[] {
  return state.students[fact.run]?.onnxHash === fact.onnxHash ? [] : [{ type: 'student-received', ...fact }]
}
