import { describe, expect, it } from 'vitest'
import { ask, hash, hex, plan, share, withSites, type world } from '../test/support/federation-world.ts'
import { composeManifest } from './compose-manifest.ts'
import { answer, closeAtDeadline, revealSum } from './decide-question.ts'
import { progress, startRun } from './decide-run.ts'
import { decodeEvent, encodeEvent } from './events.ts'
import { obligations } from './obligations.ts'
import type { RunPlan } from './plan.ts'
import { ruleOf } from './state.ts'

describe('a rule that is left to evidence', () => {
  const auto: Partial<RunPlan> = {
    rule: 'auto',
    selection: { candidates: ['mean-probability', 'prior-corrected'], validation: 100 },
  }
  const selected = (round: number) => ({
    type: 'rule-selected' as const,
    run: 'run-1',
    round,
    rule: 'prior-corrected' as const,
    items: 40,
    scores: [
      { rule: 'mean-probability' as const, accuracy: 0.7, nll: 0.6 },
      { rule: 'prior-corrected' as const, accuracy: 0.8, nll: 0.5 },
    ],
    seconds: 1,
  })
  const trained = (round: number) => ({
    type: 'student-trained' as const,
    run: 'run-1',
    round,
    networkHash: hex('7'),
    curveHash: hex('8'),
    seconds: 1,
  })
  const sumOf = (w: ReturnType<typeof world>, question: string, round: number) => {
    ask(w, question, 'teach', round)
    for (const site of ['east', 'west']) w.do((s, now) => answer(s, share(question, site), now))
    w.do((s) => revealSum(s, question, hex('9')))
  }

  it('is selected in each round before the student is taught, and once', () => {
    const w = withSites('east', 'west')
    w.do((s) => startRun(s, plan(['east', 'west'], auto)))
    for (const round of [0, 1]) {
      sumOf(w, hash(round + 1), round)
      expect(obligations(w.state)).toEqual([{ kind: 'select', run: 'run-1', round, trained: 0 }])
      expect(w.do((s) => progress(s, selected(1 - round)))).toEqual([])
      expect(w.do((s) => progress(s, selected(round)))).toEqual(['rule-selected'])
      expect(w.do((s) => progress(s, selected(round)))).toEqual([])
      expect(ruleOf(w.state.runs['run-1']!, round)).toBe('prior-corrected')
      expect(obligations(w.state)).toEqual([{ kind: 'distil', run: 'run-1', round, generation: 0 }])
      w.do((s) => progress(s, trained(round)))
    }
    expect(w.state.runs['run-1']).toMatchObject({ phase: 'evaluating', selection: { round: 1 } })
  })

  const candidate = (rule: 'mean-probability' | 'prior-corrected', digit: string) => ({
    type: 'candidate-trained' as const,
    run: 'run-1',
    round: 0,
    rule,
    networkHash: hex(digit),
    seconds: 1,
  })

  it('is chosen by the sites, asked once about all candidates, for all rounds', () => {
    const w = withSites('east', 'west')
    w.do((s) => startRun(s, plan(['east', 'west'], auto)))
    sumOf(w, hash(1), 0)
    expect(ask(w, hash(2), 'select')).toEqual([]) // there is nothing to measure yet
    expect(w.do((s) => progress(s, candidate('mean-probability', '5')))).toEqual(['candidate-trained'])
    expect(w.do((s) => progress(s, candidate('mean-probability', '5')))).toEqual([])
    expect(obligations(w.state)).toEqual([{ kind: 'select', run: 'run-1', round: 0, trained: 1 }])
    expect(ask(w, hash(2), 'select')).toEqual([])
    w.do((s) => progress(s, candidate('prior-corrected', '6')))
    expect(obligations(w.state)).toEqual([{ kind: 'ask', run: 'run-1', round: 0, purpose: 'select' }])

    const asked = composeManifest(w.state, w.state.runs['run-1']!, 'select', 0, 1, {
      sequence: 1,
      hash: hex('a'),
    })
    // Two classes: 2 x 2 confusions, 3 x 15 bins, 3 sums, 2 x 64 histogram cells are 180 words, for two students.
    expect(asked).toMatchObject({
      purpose: 'evaluate',
      studentHashes: [hex('5'), hex('6')],
      share: { kind: 'evaluation-counts', rows: 2, length: 360 },
    })
    expect(asked.transfer).toBeUndefined()

    expect(ask(w, hash(2), 'select')).toEqual(['question-opened'])
    expect(ask(w, hash(3), 'select')).toEqual([])
    for (const site of ['east', 'west']) w.do((s, now) => answer(s, share(hash(2), site), now))
    expect(obligations(w.state)).toEqual([{ kind: 'sum', question: hash(2) }])
    w.do((s) => revealSum(s, hash(2), hex('9')))
    expect(w.state.runs['run-1']?.phase).toBe('distilling')
    expect(obligations(w.state)).toEqual([{ kind: 'select', run: 'run-1', round: 0, trained: 2 }])

    w.do((s) => progress(s, { ...selected(0), by: 'sites' as const }))
    expect(w.do((s) => progress(s, candidate('prior-corrected', '6')))).toEqual([])
    for (const round of [0, 1]) {
      if (round === 1) sumOf(w, hash(4), 1)
      expect(obligations(w.state)).toEqual([{ kind: 'distil', run: 'run-1', round, generation: 0 }])
      w.do((s) => progress(s, trained(round)))
    }
    expect(obligations(w.state)).toEqual([{ kind: 'ask', run: 'run-1', round: 1, purpose: 'evaluate' }])
    expect(w.events.map((event) => decodeEvent(encodeEvent(event), 1))).toEqual(w.events)
  })

  it('is left to the coordinator again, which gives up, where too few sites measured', () => {
    const w = withSites('east', 'west')
    w.do((s) => startRun(s, plan(['east', 'west'], auto)))
    sumOf(w, hash(1), 0)
    w.do((s) => progress(s, candidate('mean-probability', '5')))
    w.do((s) => progress(s, candidate('prior-corrected', '6')))
    ask(w, hash(2), 'select')
    w.pass(1000)
    w.do((s, now) => closeAtDeadline(s, hash(2), now))
    expect(w.state.runs['run-1']?.phase).toBe('distilling')
    expect(obligations(w.state)).toEqual([{ kind: 'select', run: 'run-1', round: 0, trained: 2 }])
  })
})
