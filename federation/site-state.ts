/** The state of a site, folded from its own journal. `evolveSite` is the only writer. */
import type { BlobHash, QuestionId, RunId, SiteId } from './ids.ts'
import type { SiteEvent, SiteEventOf } from './site-events.ts'

/** What became of a question. Every way but `entered` and `sealed` is final. */
export type Outcome =
  | { readonly status: 'entered'; readonly run: RunId; readonly purpose: string }
  | { readonly status: 'declined'; readonly code: string; readonly reason: string }
  | ({ readonly status: 'sealed' | 'acknowledged' } & SealedAnswer)
  | ({ readonly status: 'voided'; readonly code: string; readonly reason: string } & SealedAnswer)

export interface SealedAnswer extends Omit<SiteEventOf<'answer-sealed'>, 'type' | 'at' | 'question'> {
  readonly sealedAt: number
  /** Of a masked question: this site has given its shares of the others' secrets. */
  readonly unmasked?: true
}

/** What a run has been promised and has had, by the count of its mechanism. */
export interface Campaign extends Omit<SiteEventOf<'budget-reserved'>, 'type' | 'at'> {
  readonly used: number
}

/** The cost of a teacher of which an answer has left. */
export type Training = Omit<SiteEventOf<'training-charged'>, 'type' | 'at'>

export interface SiteState {
  readonly joined?: {
    readonly federation: string
    readonly coordinatorKey: string
    readonly site: SiteId
    readonly publicKey: string
  }
  readonly teacher?: Omit<SiteEventOf<'teacher-ready'>, 'type' | 'at'>
  /** The furthest that the coordinator's journal was seen, and the ids of all keys ever seen revoked. */
  readonly witnessed?: {
    readonly sequence: number
    readonly hash: string
    readonly revoked: readonly string[]
  }
  readonly questions: Readonly<Record<QuestionId, Outcome>>
  /** In the order reserved. */
  readonly campaigns: readonly Campaign[]
  /** In the order charged. */
  readonly trainings: readonly Training[]
  readonly students: Readonly<Record<RunId, { readonly onnxHash: BlobHash; readonly cardHash: BlobHash }>>
}

export const emptySiteState: SiteState = { questions: {}, campaigns: [], trainings: [], students: {} }

/** Answers this site has sealed, whatever became of them: what counts against its policy. */
export function sealedAnswers(state: SiteState): SealedAnswer[] {
  return Object.values(state.questions).filter(
    (outcome) => outcome.status !== 'declined' && outcome.status !== 'entered',
  )
}

export function evolveSite(state: SiteState, event: SiteEvent): SiteState {
  switch (event.type) {
    case 'joined': {
      const { federation, coordinatorKey, site, publicKey } = event
      return { ...state, joined: { federation, coordinatorKey, site, publicKey } }
    }
    case 'key-rotated':
      return state.joined ? { ...state, joined: { ...state.joined, publicKey: event.publicKey } } : state
    case 'coordinator-key-rotated':
      return state.joined ? { ...state, joined: { ...state.joined, coordinatorKey: event.publicKey } } : state
    case 'head-witnessed': {
      const { sequence, hash, revoked } = event
      return {
        ...state,
        witnessed: { sequence, hash, revoked: [...(state.witnessed?.revoked ?? []), ...revoked] },
      }
    }
    case 'teacher-ready': {
      const { type: _type, at: _at, ...teacher } = event
      return { ...state, teacher }
    }
    case 'question-declined':
      return withOutcome(state, event.question, {
        status: 'declined',
        code: event.code,
        reason: event.reason,
      })
    case 'question-entered': {
      const { run, purpose } = event
      return withOutcome(state, event.question, { status: 'entered', run, purpose })
    }
    case 'unmask-shared': {
      const outcome = state.questions[event.question]
      return outcome?.status === 'sealed' || outcome?.status === 'acknowledged'
        ? withOutcome(state, event.question, { ...outcome, unmasked: true })
        : state
    }
    case 'budget-reserved': {
      const { type: _type, at: _at, ...reserved } = event
      return { ...state, campaigns: [...state.campaigns, { ...reserved, used: 0 }] }
    }
    case 'training-charged': {
      const { type: _type, at: _at, ...training } = event
      return { ...state, trainings: [...state.trainings, training] }
    }
    case 'answer-sealed': {
      const { type: _type, at: sealedAt, question, ...answer } = event
      return withOutcome(charged(state, answer), question, { status: 'sealed', sealedAt, ...answer })
    }
    case 'answer-acknowledged': {
      const sealed = state.questions[event.question]
      return sealed?.status === 'sealed'
        ? withOutcome(state, event.question, { ...sealed, status: 'acknowledged' })
        : state
    }
    case 'answer-voided': {
      const sealed = state.questions[event.question]
      const { code, reason } = event
      return sealed?.status === 'sealed'
        ? withOutcome(state, event.question, { ...sealed, status: 'voided', code, reason })
        : state
    }
    case 'student-received': {
      const { onnxHash, cardHash } = event
      return { ...state, students: { ...state.students, [event.run]: { onnxHash, cardHash } } }
    }
  }
}

function charged(
  state: SiteState,
  { run, purpose, dataset, charge }: Pick<SealedAnswer, 'run' | 'purpose' | 'dataset' | 'charge'>,
): SiteState {
  if (!charge) return state
  const campaigns = state.campaigns.map((campaign) =>
    campaign.run === run && campaign.purpose === purpose && campaign.dataset === dataset
      ? { ...campaign, used: campaign.used + charge.count }
      : campaign,
  )
  return { ...state, campaigns }
}

function withOutcome(state: SiteState, question: QuestionId, outcome: Outcome): SiteState {
  return { ...state, questions: { ...state.questions, [question]: outcome } }
}
