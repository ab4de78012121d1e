/**
 * The state of a federation, folded from its journal.
 *
 * `evolve` is the only writer. It trusts its events (they were decided by `decide-*.ts` or read back from a
 * verified journal), copies what it changes and shares the rest, so a snapshot taken before an event stays
 * true to that moment.
 */
import type { CombineRuleName } from '#distill/rules.ts'
import type { EventOf, FederationEvent, Step } from './events.ts'
import type { BlobHash, QuestionId, RunId, SiteId } from './ids.ts'
import type { KeyRotation } from './key-rotation.ts'
import type { RunPlan } from './plan.ts'
import type { JournalHead } from './ports.ts'
import type { Purpose } from './purpose.ts'
import type { Items } from '#proto/items.ts'
import type { RunPhase } from '#proto/snapshot.ts'

export interface Invite {
  readonly site: SiteId
  readonly tokenHash: string
  readonly expiresAt: number
  readonly approve: boolean
  readonly used: boolean
}

export interface Site {
  readonly site: SiteId
  readonly publicKey: string
  readonly enrolment: 'pending' | 'approved' | 'revoked'
  /** The newest end of its own journal that came with an answer. */
  readonly journal?: JournalHead
}

/** The blob of the envelope that says it, and a hash of what it says: two envelopes of one step differ. */
export interface Said {
  readonly contentHash: string
  /** As in `step-accepted`. */
  readonly value?: string | undefined
  readonly envelopeHash: BlobHash
  readonly bytes: number
}

export interface Answered {
  readonly shareHash: BlobHash
  readonly bytes: number
  readonly commitment?: string | undefined
}

export interface Question {
  readonly question: QuestionId
  readonly run: RunId
  readonly round: number
  readonly purpose: Purpose
  /** Base64, as in the event. */
  readonly manifest: string
  readonly signature: string
  readonly openedAt: number
  readonly expiresAt: number
  readonly answers: Readonly<Record<SiteId, Answered>>
  readonly refusals: Readonly<Record<SiteId, { code: string; reason: string }>>
  /** Masked questions: what each site has said in each stage but its answer, and who went on to the next. */
  readonly steps: Readonly<Partial<Record<Step, Readonly<Record<SiteId, Said>>>>>
  readonly members: Readonly<Partial<Record<Step, readonly SiteId[]>>>
  /** Set once closed: whose answers are summed. */
  readonly survivors?: readonly SiteId[]
  readonly closedAt?: number
  readonly sumHash?: BlobHash
}

export type Reused = Omit<EventOf<'sum-reused'>, 'type' | 'at' | 'run'>

export type Candidate = Pick<EventOf<'candidate-trained'>, 'rule' | 'networkHash' | 'seconds'>

export interface Run {
  readonly run: RunId
  readonly plan: RunPlan
  readonly startedAt: number
  readonly endedAt?: number
  readonly phase: RunPhase
  /** The round being asked or distilled. */
  readonly round: number
  /** In the order asked. */
  readonly questions: readonly QuestionId[]
  /** Questions of earlier runs whose sums this run takes for its own. */
  readonly reused: readonly Reused[]
  /** What the candidate rules have taught so far, where the sites are to choose among them. */
  readonly candidates: readonly Candidate[]
  /** The rule of the latest round, or the one that the sites chose, where the plan leaves it to evidence. */
  readonly selection?: Omit<EventOf<'rule-selected'>, 'type' | 'at' | 'run'>
  /** Of settings, in the order tried. */
  readonly trials: readonly Omit<EventOf<'trial-scored'>, 'type' | 'at' | 'run'>[]
  readonly student?: {
    readonly networkHash: BlobHash
    readonly curveHash: BlobHash
    readonly seconds: number
    /** As in `student-trained`. */
    readonly generation: number
    readonly score?: number
  }
  /** How many students the last round has made. */
  readonly generation: number
  /** What teachers take in before they answer in this round. */
  readonly digestHash?: BlobHash
  /** What the round asks about, where that was chosen after the one before. */
  readonly chosen?: Items
  readonly reportHash?: BlobHash
  readonly files?: EventOf<'student-released'>['files']
  readonly failure?: { readonly code: string; readonly reason: string }
}

export interface FederationState {
  readonly founded?: EventOf<'federation-founded'>
  /** Of the coordinator's key, from the one that founded the federation on. */
  readonly rotations: readonly KeyRotation[]
  readonly invites: Readonly<Record<string, Invite>>
  readonly sites: Readonly<Record<SiteId, Site>>
  readonly questions: Readonly<Record<QuestionId, Question>>
  readonly runs: Readonly<Record<RunId, Run>>
  /** Run ids in the order started. */
  readonly history: readonly RunId[]
  /** Public keys that were revoked or replaced, in that order; never accepted again. */
  readonly revokedKeys: readonly string[]
  /** The head that the last checkpoint signed. */
  readonly checkpoint?: { readonly sequence: number; readonly hash: string }
}

export const emptyState: FederationState = {
  rotations: [],
  invites: {},
  sites: {},
  questions: {},
  runs: {},
  history: [],
  revokedKeys: [],
}

export function latestRun(state: FederationState): Run | undefined {
  const run = state.history.at(-1)
  return run === undefined ? undefined : state.runs[run]
}

/** The rule that makes the targets of a round: the plan's, or the one that evidence chose; undefined before that. */
export function ruleOf({ plan, selection }: Run, round: number): CombineRuleName | 'by-target' | undefined {
  if (plan.rule !== 'auto') return plan.rule
  const holds = selection?.round === round || selection?.by === 'sites'
  return holds ? selection.rule : undefined
}

/** Whether each of the plan's candidates has a student that the sites can measure. */
export const allCandidatesTrained = ({ plan, candidates }: Run): boolean =>
  plan.selection !== undefined && candidates.length === plan.selection.candidates.length

/** The key that the coordinator signs with now; undefined before there is a federation. */
export const coordinatorKeyOf = ({ founded, rotations }: FederationState): string | undefined =>
  rotations.at(-1)?.publicKey ?? founded?.coordinatorKey

export const isOver = (run: Run): boolean => run.phase === 'released' || run.phase === 'failed'

/** A run's question of one round and purpose, if it has been asked, or the earlier one whose sum stands for it. */
export function questionOf(
  state: FederationState,
  run: Run,
  purpose: Question['purpose'],
  round: number,
): Question | undefined {
  const wanted = (question: Pick<Question, 'purpose' | 'round'> | undefined) =>
    question?.purpose === purpose && question.round === round
  const reused = run.reused.find(wanted)
  if (reused) return state.questions[reused.question]
  return run.questions.map((id) => state.questions[id]).find(wanted)
}

export function siteByKey(state: FederationState, publicKey: string): Site | undefined {
  return Object.values(state.sites).find((site) => site.publicKey === publicKey)
}

export function evolve(state: FederationState, event: FederationEvent): FederationState {
  switch (event.type) {
    case 'federation-founded':
      return { ...state, founded: event }
    case 'site-invited': {
      const { site, tokenHash, expiresAt, approve } = event
      const invite = { site, tokenHash, expiresAt, approve, used: false }
      return { ...state, invites: { ...state.invites, [tokenHash]: invite } }
    }
    case 'site-enrolled': {
      const { site, publicKey, tokenHash } = event
      const invite = state.invites[tokenHash]
      const enrolment = invite?.approve === true ? ('approved' as const) : ('pending' as const)
      return {
        ...state,
        invites: invite ? { ...state.invites, [tokenHash]: { ...invite, used: true } } : state.invites,
        sites: { ...state.sites, [site]: { site, publicKey, enrolment } },
      }
    }
    case 'site-approved':
      return withSite(state, event.site, { enrolment: 'approved' })
    case 'site-revoked':
      return withSite(withoutKey(state, event.site), event.site, { enrolment: 'revoked' })
    case 'site-key-rotated':
      return withSite(withoutKey(state, event.site), event.site, { publicKey: event.publicKey })
    case 'coordinator-key-rotated': {
      const { oldKey, publicKey, signatureByOld, signatureByNew } = event
      const rotation = { oldKey, publicKey, signatureByOld, signatureByNew }
      return {
        ...state,
        rotations: [...state.rotations, rotation],
        revokedKeys: [...state.revokedKeys, oldKey],
      }
    }
    case 'checkpoint':
      return { ...state, checkpoint: { sequence: event.sequence, hash: event.hash } }
    case 'run-started': {
      const { run, plan, at } = event
      const started: Run = {
        run,
        plan,
        startedAt: at,
        phase: 'asking',
        round: 0,
        generation: 0,
        questions: [],
        reused: [],
        trials: [],
        candidates: [],
      }
      return { ...state, runs: { ...state.runs, [run]: started }, history: [...state.history, run] }
    }
    case 'question-opened': {
      const { question, run, round, purpose, manifest, signature, expiresAt, at: openedAt } = event
      const opened = { question, run, round, purpose, manifest, signature, openedAt, expiresAt }
      const questions = {
        ...state.questions,
        [question]: { ...opened, answers: {}, refusals: {}, steps: {}, members: {} },
      }
      const asked = [...(state.runs[run]?.questions ?? []), question]
      return withRun({ ...state, questions }, run, { questions: asked })
    }
    case 'answer-accepted': {
      const { site, shareHash, bytes, commitment, journal } = event
      const { answers } = state.questions[event.question] ?? {}
      const newest = journal.sequence > (state.sites[site]?.journal?.sequence ?? 0)
      const seen = newest ? withSite(state, site, { journal }) : state
      const answered = { shareHash, bytes, ...(commitment !== undefined && { commitment }) }
      return withQuestion(seen, event.question, { answers: { ...answers, [site]: answered } })
    }
    case 'step-accepted': {
      const { site, stage, contentHash, value, envelopeHash, bytes } = event
      const { steps } = state.questions[event.question] ?? {}
      const said = {
        ...steps?.[stage],
        [site]: { contentHash, ...(value !== undefined && { value }), envelopeHash, bytes },
      }
      return withQuestion(state, event.question, { steps: { ...steps, [stage]: said } })
    }
    case 'stage-closed': {
      const { members } = state.questions[event.question] ?? {}
      return withQuestion(state, event.question, { members: { ...members, [event.stage]: event.members } })
    }
    case 'question-refused': {
      const { site, code, reason } = event
      const { refusals } = state.questions[event.question] ?? {}
      return withQuestion(state, event.question, { refusals: { ...refusals, [site]: { code, reason } } })
    }
    case 'question-closed': {
      const closed = withQuestion(state, event.question, { survivors: event.survivors, closedAt: event.at })
      const question = closed.questions[event.question]
      return question?.purpose === 'teach' ? withRun(closed, question.run, { phase: 'summing' }) : closed
    }
    case 'sum-revealed': {
      const summed = withQuestion(state, event.question, { sumHash: event.sumHash })
      const question = summed.questions[event.question]
      return question?.purpose === 'teach' ? withRun(summed, question.run, { phase: 'distilling' }) : summed
    }
    case 'sum-reused': {
      const { run, round, purpose, question } = event
      const reused = [...(state.runs[run]?.reused ?? []), { round, purpose, question }]
      return withRun(state, run, { reused, ...(purpose === 'teach' && { phase: 'distilling' as const }) })
    }
    case 'candidate-trained': {
      const { rule, networkHash, seconds } = event
      const candidates = [...(state.runs[event.run]?.candidates ?? []), { rule, networkHash, seconds }]
      return withRun(state, event.run, { candidates })
    }
    case 'rule-selected': {
      const { round, rule, by, items, scores, seconds } = event
      const selection = { round, rule, ...(by && { by }), items, scores, seconds }
      return withRun(state, event.run, { selection })
    }
    case 'trial-scored': {
      const { type: _, at: __, run, ...trial } = event
      return withRun(state, run, { trials: [...(state.runs[run]?.trials ?? []), trial] })
    }
    case 'student-trained':
      return withTrained(state, event)
    case 'student-evaluated':
      return withRun(state, event.run, { reportHash: event.reportHash, phase: 'releasing' })
    case 'student-released':
      return withRun(state, event.run, { files: event.files, phase: 'released', endedAt: event.at })
    case 'run-failed': {
      const { code, reason, at } = event
      return withRun(state, event.run, { failure: { code, reason }, phase: 'failed', endedAt: at })
    }
  }
}

/** The round's student, or, of several generations, the best so far: on equal scores the earlier, and without any the latest. */
function withTrained(state: FederationState, event: EventOf<'student-trained'>): FederationState {
  const { round, networkHash, curveHash, seconds, generation = 0, score, chosen, digestHash } = event
  const run = state.runs[event.run]
  if (!run) return state
  const { student: before, plan } = run
  const total = (before?.seconds ?? 0) + seconds
  const keepsEarlier =
    generation > 0 && before?.score !== undefined && score !== undefined && score <= before.score
  const student = keepsEarlier
    ? { ...before, seconds: total }
    : { networkHash, curveHash, seconds: total, generation, ...(score !== undefined && { score }) }
  if (round + 1 < plan.rounds)
    return withRun(state, event.run, {
      student,
      phase: 'asking',
      round: round + 1,
      ...(chosen && { chosen }),
      ...(digestHash !== undefined && { digestHash }),
    })
  const made = generation + 1
  const goesOn = made < (plan.generations ?? 1)
  return withRun(state, event.run, {
    student,
    generation: made,
    phase: goesOn ? 'distilling' : 'evaluating',
  })
}

function withSite(state: FederationState, id: SiteId, change: Partial<Site>): FederationState {
  const site = state.sites[id]
  return site ? { ...state, sites: { ...state.sites, [id]: { ...site, ...change } } } : state
}

/** The key that the site has until now is never accepted again. */
function withoutKey(state: FederationState, id: SiteId): FederationState {
  const site = state.sites[id]
  return site ? { ...state, revokedKeys: [...state.revokedKeys, site.publicKey] } : state
}

function withQuestion(state: FederationState, id: QuestionId, change: Partial<Question>): FederationState {
  const question = state.questions[id]
  return question ? { ...state, questions: { ...state.questions, [id]: { ...question, ...change } } } : state
}

function withRun(state: FederationState, id: RunId | undefined, change: Partial<Run>): FederationState {
  const run = id === undefined ? undefined : state.runs[id]
  return run ? { ...state, runs: { ...state.runs, [run.run]: { ...run, ...change } } } : state
}
