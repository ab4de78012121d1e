import { describe, expect, it } from 'vitest'
import { examplePlan } from '../test/support/example-plan.ts'
import { hex } from '../test/support/wire-examples.ts'
import { progress, startRun } from './decide-run.ts'
import { decodeEvent, encodeEvent, type Fact } from './events.ts'
import { obligations } from './obligations.ts'
import type { RunPlan } from './plan.ts'
import { emptyState, evolve, type FederationState } from './state.ts'
import { bestTrial, nextTrial, trialsOf, tunedRun } from './tuning.ts'

const plan = examplePlan(['a', 'b', 'c'], {
  tuning: { trials: 3, validation: 100 },
  transfer: { hash: hex('01'), format: 'csv', rows: 60 },
  temperature: 2,
  training: { epochs: 10, batchSize: 4, learningRate: 0.01, weightDecay: 0 },
  federatedEvaluation: false,
})

/** As after a restart: each event is read back from the bytes that the journal keeps of it. */
const fold = (state: FederationState, facts: readonly Fact[]) =>
  facts.map((fact) => decodeEvent(encodeEvent({ ...fact, at: 5 }), 1)).reduce(evolve, state)

const runOf = (state: FederationState) => state.runs['run-1']!

const begun = (change: Partial<RunPlan> = {}) =>
  fold(emptyState, [
    { type: 'run-started', run: 'run-1', plan: { ...plan, ...change } },
    { type: 'sum-reused', run: 'run-1', round: 0, purpose: 'teach', question: hex('03') },
  ])

/** The trial that is due, with a score. */
const scored = (state: FederationState, accuracy?: number) => ({
  type: 'trial-scored' as const,
  run: 'run-1',
  ...nextTrial(runOf(state))!,
  items: 100,
  ...(accuracy !== undefined && { score: { accuracy, nll: 1 - accuracy } }),
  seconds: 1,
})
const after = (state: FederationState, ...accuracies: (number | undefined)[]): FederationState =>
  accuracies.reduce((now, accuracy) => fold(now, progress(now, scored(now, accuracy))), state)

describe('a search for settings', () => {
  it('makes one trial after another, and then the student is taught', () => {
    const due = [after(begun()), after(begun(), 0.5), after(begun(), 0.5, 0.9), after(begun(), 0.5, 0.9, 0.6)]
    expect(due.map((state) => obligations(state)[0])).toEqual([
      ...[0, 1, 2].map((trial) => ({ kind: 'tune', run: 'run-1', trial })),
      { kind: 'distil', run: 'run-1', round: 0, generation: 0 },
    ])
  })

  it('goes on after a crash with the trial it was at, and counts none twice', () => {
    const state = after(begun(), 0.5)
    const second = scored(state, 0.9)
    const twice = fold(state, progress(state, second))
    expect(progress(twice, second)).toEqual([])
    expect(obligations(twice)).toEqual([{ kind: 'tune', run: 'run-1', trial: 2 }])
    expect(runOf(twice).trials.map(({ trial }) => trial)).toEqual([0, 1])
  })

  it('tries other settings than the plan, and teaches by the best', () => {
    const run = runOf(after(begun(), 0.5, 0.9, 0.6))
    const [first, second] = run.trials.map(({ settings }) => settings)
    expect(first).toEqual({
      rule: 'mean-probability',
      loss: 'kd',
      temperature: 2,
      alpha: 1,
      student: plan.student,
      epochs: 10,
    })
    expect(second).not.toEqual(first)
    expect(bestTrial(run)?.trial).toBe(1)
    const { epochs, student, alpha, loss, rule } = second!
    expect(tunedRun(run).plan).toMatchObject({
      student,
      alpha,
      loss,
      rule,
      training: { epochs, batchSize: 4 },
    })
  })

  it('leaves what sites are asked as it is: the student meets their answers at another temperature', () => {
    const state = begun()
    const trial = scored(state, 0.9)
    const hotter = { ...trial, settings: { ...trial.settings, temperature: 8 } }
    const { plan: tuned } = tunedRun(runOf(fold(state, [hotter])))
    expect(tuned.temperature).toBe(2)
    expect(tuned.temperatureSchedule).toEqual({ kind: 'linear', from: 8, to: 8 })
  })

  it('keeps to the plan where nothing could be taught', () => {
    const run = runOf(after(begun(), undefined, undefined, undefined))
    expect(bestTrial(run)).toBeUndefined()
    expect(tunedRun(run)).toBe(run)
    expect(bestTrial(runOf(after(begun(), undefined, 0.2, undefined)))?.trial).toBe(1)
  })

  it('waits for a rule that is left to evidence, and does not change it', () => {
    const state = begun({
      rule: 'auto',
      selection: { candidates: ['era', 'mean-probability'], validation: 9 },
    })
    expect(obligations(state)[0]?.kind).toBe('select')
    const selected = {
      type: 'rule-selected' as const,
      run: 'run-1',
      round: 0,
      rule: 'era' as const,
      items: 9,
    }
    const ready = fold(state, progress(state, { ...selected, scores: [], seconds: 1 }))
    const run = runOf(after(ready, 0.5, 0.6, 0.7))
    expect(new Set(run.trials.map(({ settings }) => settings.rule))).toEqual(new Set(['era']))
    expect(tunedRun(run).plan.rule).toBe('auto')
  })

  it('ends with the settings there are', () => {
    const linear = { ...plan.student, hidden: [] } as RunPlan['student']
    const schedules: Partial<RunPlan> = {
      temperatureSchedule: { kind: 'cwsm', beta: 1 },
      alphaSchedule: { kind: 'linear', from: 1, to: 0.5 },
      margin: 0.1,
      student: linear,
    }
    // Five losses of two classes, three numbers of epochs, and nothing else is free.
    expect(trialsOf(runOf(begun({ ...schedules, tuning: { trials: 500, validation: 9 } })))).toBe(15)
    expect(trialsOf(runOf(begun()))).toBe(3)
    const { tuning: _, ...untuned } = plan
    expect(trialsOf({ ...runOf(begun()), plan: untuned })).toBe(0)
  })

  it.each([{ relation: { loss: 'rkd' as const, weight: 1 } }, { hint: 1 }])(
    'does not begin beside %o, which trials would not teach',
    (beside) => {
      const sites = Object.fromEntries(
        plan.roster.map((site) => [site, { site, publicKey: hex('09'), enrolment: 'approved' as const }]),
      )
      expect(() => startRun({ ...emptyState, sites }, { ...plan, ...beside })).toThrow(
        /leave out either tune/,
      )
      expect(startRun({ ...emptyState, sites }, plan)).toHaveLength(1)
    },
  )
})
