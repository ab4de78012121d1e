import type { RunView, Snapshot } from '#proto/snapshot.ts'
import { ActionButton } from './action-button.tsx'
import type { Api } from './api.ts'
import { clock, duration, many } from './format.ts'
import { PhaseStepper } from './phase-stepper.tsx'
import { Question } from './question.tsx'
import { useNow } from './use-now.ts'

interface RunProps {
  readonly snapshot: Snapshot
  readonly api: Api
  readonly clockOffsetMs: number
}

/** The newest run, or the invitation to start the first one. */
export function Run({ snapshot, api, clockOffsetMs }: RunProps) {
  const { run, sites } = snapshot
  const over = run === undefined || run.phase === 'released' || run.phase === 'failed'
  const approved = sites.filter(({ enrolment }) => enrolment === 'approved').length
  const startButton = over && approved > 0 && (
    <ActionButton primary act={() => api.post('/api/runs')}>
      {run ? 'Start another run' : 'Start a run'}
    </ActionButton>
  )
  if (run === undefined) {
    return (
      <section class="card wide empty" aria-labelledby="run-title">
        <h2 id="run-title">No run yet</h2>
        <p class="quiet">
          {approved === 0
            ? 'Approve at least one site; then a run can ask its teacher.'
            : `${many(approved, 'site')} can be asked. A run asks them all, sums their answers and distils a student.`}
        </p>
        {startButton}
      </section>
    )
  }
  return (
    <section class="card wide" aria-labelledby="run-title">
      <div class="card-head">
        <h2 id="run-title">
          {run.run.replace('-', ' ')}
          {run.rounds > 1 && <small>{` round ${run.round + 1} of ${run.rounds}`}</small>}
        </h2>
        {over && (
          <span class={`pill ${run.phase === 'released' ? 'good' : 'bad'}`}>
            <i class="dot" aria-hidden="true" />
            {run.phase}
          </span>
        )}
        <Elapsed run={run} clockOffsetMs={clockOffsetMs} />
        {startButton}
      </div>
      <PhaseStepper phase={run.phase} />
      <p class="sr-only" aria-live="polite">
        {`${run.run}: ${run.phase}`}
      </p>
      {run.failure !== undefined && (
        <p class="problem" role="alert">
          <strong>The run failed.</strong> {run.failure}
        </p>
      )}
      {run.question && !over && (
        <Question question={run.question} roster={run.roster} clockOffsetMs={clockOffsetMs} />
      )}
    </section>
  )
}

function Elapsed({ run, clockOffsetMs }: { run: RunView; clockOffsetMs: number }) {
  const now = useNow(run.endedAtMs === undefined) + clockOffsetMs
  const elapsed = duration((run.endedAtMs ?? now) - run.startedAtMs)
  return (
    <p class="quiet numeric">{`${many(run.roster.length, 'teacher')} · started ${clock(run.startedAtMs)} · ${elapsed}`}</p>
  )
}
