/** The dashboard's view, composed from the state (what happened) and presence (who is here). */
import { describeEvent } from '#federation/describe-event.ts'
import { itemCountOfRound } from '#federation/plan.ts'
import { privacyLine, privacyNotes } from '#federation/privacy-plan.ts'
import type { JournalHead } from '#federation/ports.ts'
import { openQuestion } from '#federation/stages.ts'
import { trialsOf } from '#federation/tuning.ts'
import { latestRun, type FederationState, type Run, type Site } from '#federation/state.ts'
import type { ArmView, CurvePoint, RunView, SiteView, Snapshot } from '#proto/snapshot.ts'
import type { RecordedEvent } from './core.ts'
import { usual } from './plan-run.ts'
import { absent, type Presence } from './presence.ts'

export interface SnapshotParts {
  readonly state: FederationState
  readonly head: JournalHead
  readonly recent: readonly RecordedEvent[]
  readonly presence: (publicKey: string) => Presence
  readonly curveOf: (run: string) => readonly CurvePoint[]
  readonly armsOf: (run: string) => readonly ArmView[]
  readonly fingerprint: string
  /** The names of several targets; empty where there is one. */
  readonly targets: readonly string[]
  readonly now: number
}

export function composeSnapshot(parts: SnapshotParts): Snapshot {
  const { state, head, recent, fingerprint, now } = parts
  const run = latestRun(state)
  return {
    version: 1,
    atMs: now,
    federation: {
      name: state.founded?.name ?? '',
      id: state.founded?.federation ?? '',
      coordinatorFingerprint: fingerprint,
      classes: state.founded?.classes ?? [],
      targets: parts.targets,
    },
    privacyNotice: run ? privacyLine(run.plan) : privacyNotes[usual.privacy],
    sites: sitesOf(parts, run),
    ...(run && { run: runView(parts, run) }),
    journal: {
      ...head,
      recent: recent.map(({ sequence, event }) => ({ sequence, atMs: event.at, line: describeEvent(event) })),
    },
  }
}

function sitesOf({ state, presence, now }: SnapshotParts, run: Run | undefined): SiteView[] {
  const answered = (site: string) =>
    (run?.questions ?? []).filter((id) => site in (state.questions[id]?.answers ?? {})).length
  const enrolled = Object.values(state.sites).map(({ site, enrolment, publicKey }: Site): SiteView => ({
    site,
    enrolment,
    ...presence(publicKey),
    answered: answered(site),
  }))
  const waiting = Object.values(state.invites)
    .filter(({ used, expiresAt, site }) => !used && expiresAt > now && !(site in state.sites))
    .map(({ site }): SiteView => ({ site, enrolment: 'invited', ...absent, answered: 0 }))
  const unique = new Map([...waiting, ...enrolled].map((view) => [view.site, view]))
  return [...unique.values()].sort((a, b) => (a.site < b.site ? -1 : 1))
}

export function runView({ state, curveOf, armsOf }: SnapshotParts, run: Run): RunView {
  const { run: id, phase, round, plan, startedAt, endedAt, failure, files = [] } = run
  const question = openQuestion(state, run)
  return {
    run: id,
    phase,
    round,
    rounds: plan.rounds,
    startedAtMs: startedAt,
    ...(endedAt !== undefined && { endedAtMs: endedAt }),
    roster: plan.roster,
    ...(question && {
      question: {
        id: question.question,
        purpose: question.purpose,
        items: {
          teach: itemCountOfRound(plan, question.round),
          select: run.candidates.length,
          evaluate: 1,
        }[question.purpose],
        answered: Object.keys(question.answers),
        refused: Object.keys(question.refusals),
        expiresAtMs: question.expiresAt,
      },
    }),
    ...(run.reused.length > 0 && { reused: run.reused.length }),
    ...(plan.tuning && { trials: { made: run.trials.length, of: trialsOf(run) } }),
    curve: curveOf(id),
    arms: armsOf(id),
    ...(failure && { failure: `${failure.code}: ${failure.reason}` }),
    files: files.map(({ name, bytes }) => ({ name, bytes, href: `/api/runs/${id}/files/${name}` })),
  }
}
