/**
 * What a federation owes the world next, derived from its state alone.
 *
 * A textbook reducer returns effects beside the state. Those are lost when the process dies between
 * appending an event and acting on it. Here effects are never stored and never returned: after every
 * append, and after every start, the shell asks which obligations the *state* still has and discharges
 * those it is not already working on. An obligation ends only by an event, so recovery from a crash at any
 * instruction is replay and nothing else (docs/adr/0002).
 *
 * A miniature: the journal ends with `question-closed`. Whatever happened before the crash, the state says
 * phase "summing", the obligation is `sum`, and the summed blob has the same hash however often it is made.
 */
import { allCandidatesTrained, isOver, questionOf, ruleOf, type FederationState, type Run } from './state.ts'
import type { MaskingStage } from '#proto/frames.ts'
import type { QuestionId, RunId } from './ids.ts'
import type { Purpose } from './purpose.ts'
import { deadlineOf, isSummable, stageOf } from './stages.ts'
import { nextTrial } from './tuning.ts'

export type Obligation =
  /** Build, sign and journal the next question of the run. */
  | {
      readonly kind: 'ask'
      readonly run: RunId
      readonly round: number
      readonly purpose: Purpose
    }
  /** Close the question's stage when the clock passes `at`. */
  | {
      readonly kind: 'deadline'
      readonly question: QuestionId
      readonly stage: MaskingStage
      readonly at: number
    }
  /** Add up the survivors' shares. */
  | { readonly kind: 'sum'; readonly question: QuestionId }
  /** Find out which of the plan's candidate rules teaches best, or train what one of them teaches for the sites to say. */
  | {
      readonly kind: 'select'
      readonly run: RunId
      readonly round: number
      /** How many of them have a student. */
      readonly trained: number
    }
  /** Find out how the next of the settings that the plan searches teach. */
  | { readonly kind: 'tune'; readonly run: RunId; readonly trial: number }
  /** Train the student on everything revealed so far. */
  | {
      readonly kind: 'distil'
      readonly run: RunId
      readonly round: number
      /** Which of the students that the last round makes. */
      readonly generation: number
    }
  /** Measure the finished student and write the report. */
  | { readonly kind: 'evaluate'; readonly run: RunId }
  /** Export the student and its card. */
  | { readonly kind: 'release'; readonly run: RunId }

/** Equal keys mean the same piece of work: the shell runs one at a time of each. */
export function obligationKey(obligation: Obligation): string {
  switch (obligation.kind) {
    case 'ask':
      return `ask ${obligation.run} ${obligation.purpose} ${obligation.round}`
    case 'deadline':
      return `deadline ${obligation.question} ${obligation.stage}`
    case 'sum':
      return `sum ${obligation.question}`
    case 'select':
      return `select ${obligation.run} ${obligation.round} ${obligation.trained}`
    case 'tune':
      return `tune ${obligation.run} ${obligation.trial}`
    case 'distil':
      return `distil ${obligation.run} ${obligation.round} ${obligation.generation}`
    case 'evaluate':
    case 'release':
      return `${obligation.kind} ${obligation.run}`
  }
}

export function obligations(state: FederationState): Obligation[] {
  return Object.values(state.runs)
    .filter((run) => !isOver(run))
    .map((run) => obligationOf(state, run))
}

function obligationOf(state: FederationState, run: Run): Obligation {
  const { run: id } = run
  switch (run.phase) {
    case 'asking':
    case 'summing':
      return questionObligation(state, run, 'teach') ?? teaching(state, run)
    case 'distilling':
      return teaching(state, run)
    case 'evaluating': {
      // The sites measure the finished student first, where the plan says so; then the report is written.
      const asked = run.plan.federatedEvaluation ? questionObligation(state, run, 'evaluate') : undefined
      return asked ?? { kind: 'evaluate', run: id }
    }
    default:
      return { kind: 'release', run: id }
  }
}

/** Know the rule, by what the sites say of the candidates' students where there are any, then the other settings, then teach by them. */
function teaching(state: FederationState, run: Run): Obligation {
  const { run: id, round, generation, candidates } = run
  if (ruleOf(run, round) === undefined) {
    const asked = allCandidatesTrained(run) ? questionObligation(state, run, 'select') : undefined
    return asked ?? { kind: 'select', run: id, round, trained: candidates.length }
  }
  const next = nextTrial(run)
  if (next) return { kind: 'tune', run: id, trial: next.trial }
  return { kind: 'distil', run: id, round, generation }
}

/** Ask it, wait for its stages, sum it; undefined once its sum is known, or too few sites were left. */
function questionObligation(state: FederationState, run: Run, purpose: Purpose): Obligation | undefined {
  const question = questionOf(state, run, purpose, run.round)
  if (!question) return { kind: 'ask', run: run.run, round: run.round, purpose }
  const stage = stageOf(run, question)
  if (stage) {
    return { kind: 'deadline', question: question.question, stage, at: deadlineOf(run, question, stage) }
  }
  const due = isSummable(run, question) && question.sumHash === undefined
  return due ? { kind: 'sum', question: question.question } : undefined
}
