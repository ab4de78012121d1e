import type { RunPhase } from '#proto/snapshot.ts'

const steps = [
  ['asking', 'Asking', 'teachers answer questions'],
  ['summing', 'Summing', 'answers are added up'],
  ['distilling', 'Distilling', 'the student learns from the sum'],
  ['evaluating', 'Evaluating', 'the student is measured'],
  ['releasing', 'Releasing', 'the student is exported and checked'],
] as const satisfies readonly (readonly [RunPhase, string, string])[]

type StepState = 'done' | 'current' | 'ahead'

/** Five steps; with several rounds, the first three repeat. A failed run is told in words below, not here. */
export function PhaseStepper({ phase }: { readonly phase: RunPhase }) {
  const at = phase === 'released' ? steps.length : steps.findIndex(([name]) => name === phase)
  return (
    <ol class="stepper" aria-label="Phases of the run">
      {steps.map(([name, title, explanation], index) => {
        const state: StepState = index < at ? 'done' : index === at ? 'current' : 'ahead'
        return (
          <li key={name} class={state} aria-current={state === 'current' ? 'step' : undefined}>
            <span class="step-title">
              {title}
              {state === 'done' && <span class="sr-only">: done</span>}
            </span>
            <span class="step-note">{explanation}</span>
          </li>
        )
      })}
    </ol>
  )
}
