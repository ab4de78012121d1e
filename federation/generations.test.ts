import { describe, expect, it } from 'vitest'
import { examplePlan } from '../test/support/example-plan.ts'
import { progress } from './decide-run.ts'
import type { Fact, FederationEvent } from './events.ts'
import { obligations } from './obligations.ts'
import { emptyState, evolve, type FederationState } from './state.ts'

const hex = (n: number) => n.toString(16).padStart(64, '0')
const plan = examplePlan(['a', 'b', 'c'], { generations: 3, federatedEvaluation: false })

const fold = (state: FederationState, facts: readonly Fact[]) =>
  facts.map((fact): FederationEvent => ({ ...fact, at: 5 })).reduce(evolve, state)

const trained = (generation: number, score?: number) => ({
  type: 'student-trained' as const,
  run: 'run-1',
  round: 0,
  generation,
  networkHash: hex(10 + generation),
  curveHash: hex(20 + generation),
  seconds: 1,
  ...(score !== undefined && { score }),
})

/** A run of one round whose sum is known, after generations of the given scores. */
const after = (...scores: (number | undefined)[]): FederationState =>
  scores.reduce(
    (state, score, generation) => fold(state, progress(state, trained(generation, score))),
    fold(emptyState, [
      { type: 'run-started', run: 'run-1', plan },
      { type: 'sum-reused', run: 'run-1', round: 0, purpose: 'teach', question: hex(3) },
    ]),
  )

const made = (state: FederationState) => state.runs['run-1']?.student?.generation

describe('generations of students', () => {
  it('are made one after another, and then the run goes on', () => {
    const due = [after(), after(0.5), after(0.5, 0.6), after(0.5, 0.6, 0.7)].map(
      (state) => obligations(state)[0],
    )
    expect(due).toEqual([
      ...[0, 1, 2].map((generation) => ({ kind: 'distil', run: 'run-1', round: 0, generation })),
      { kind: 'evaluate', run: 'run-1' },
    ])
  })

  it('leave the best by public labels, the earlier of equals, and the last where nothing was measured', () => {
    expect(made(after(0.5, 0.6, 0.7))).toBe(2)
    expect(made(after(0.5, 0.7, 0.6))).toBe(1)
    expect(made(after(0.7, 0.7, 0.6))).toBe(0)
    expect(made(after(undefined, undefined, undefined))).toBe(2)
  })

  it('all count in the time that teaching took', () => {
    expect(after(0.7, 0.6, 0.5).runs['run-1']?.student).toMatchObject({ networkHash: hex(10), seconds: 3 })
  })

  it('count once each, though they be made twice, before and after a crash', () => {
    const state = after(0.5)
    expect(progress(state, trained(0, 0.5))).toEqual([])
    expect(progress(state, trained(1, 0.5))).toHaveLength(1)
    expect(progress(state, trained(2, 0.5))).toEqual([])
  })
})
