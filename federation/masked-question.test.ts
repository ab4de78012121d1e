import { describe, expect, it } from 'vitest'
import { examplePlan } from '../test/support/example-plan.ts'
import { enrol, invite, revoke } from './decide-enrolment.ts'
import { answer, askQuestion, closeAtDeadline, refuse, revealSum, speak } from './decide-question.ts'
import { startRun } from './decide-run.ts'
import { decodeEvent, encodeEvent, type Fact, type FederationEvent, type Step } from './events.ts'
import { turnOf } from './inbox.ts'
import { obligations } from './obligations.ts'
import type { RunPlan } from './plan.ts'
import { emptyState, evolve } from './state.ts'

const hex = (n: number) => n.toString(16).padStart(64, '0')
const SITES = ['a', 'b', 'c', 'd', 'e']
const QUESTION = hex(77)

const plan = examplePlan(SITES, { threshold: 4 }) // floor(2 * 5 / 3) + 1

/** A journal in a variable, with a masked question just opened. */
function world(purpose: 'teach' | 'evaluate' = 'teach', change: Partial<RunPlan> = {}) {
  let state = emptyState
  let now = 0
  const events: FederationEvent[] = []
  const doing = (facts: Fact[]) => {
    const stamped = facts.map((fact): FederationEvent => ({ ...fact, at: now }))
    events.push(...stamped)
    state = stamped.reduce(evolve, state)
    return facts.map(({ type }) => type)
  }
  SITES.forEach((site, i) => {
    doing(invite(state, { site, tokenHash: hex(100 + i), expiresAt: 10, approve: true }))
    doing(enrol(state, { tokenHash: hex(100 + i), publicKey: hex(200 + i) }, now))
  })
  doing(startRun(state, { ...plan, ...change }))
  if (purpose === 'evaluate') {
    state = { ...state, runs: { 'run-1': { ...state.runs['run-1']!, phase: 'evaluating' } } }
  }
  const opened = { run: 'run-1', question: QUESTION, round: 0, purpose, manifest: 'AA==', signature: 'AA==' }
  doing(askQuestion(state, { ...opened, expiresAt: 1000 }))
  const said = { question: QUESTION, contentHash: hex(5), envelopeHash: hex(6), bytes: 9 }
  return {
    events,
    get question() {
      return state.questions[QUESTION]!
    },
    get run() {
      return state.runs['run-1']!
    },
    get state() {
      return state
    },
    pass: (ms: number) => void (now += ms),
    speak: (site: string, stage: Step, contentHash = hex(5)) =>
      doing(speak(state, { ...said, site, stage, contentHash }, now)),
    answer: (site: string) =>
      doing(
        answer(
          state,
          {
            question: QUESTION,
            site,
            shareHash: hex(7),
            envelopeHash: hex(8),
            bytes: 9,
            journal: { sequence: 3, hash: hex(4) },
          },
          now,
        ),
      ),
    refuse: (site: string) => doing(refuse(state, { question: QUESTION, site, code: 'X', reason: '' }, now)),
    revoke: (site: string) => doing(revoke(state, site)),
    deadline: () => doing(closeAtDeadline(state, QUESTION, now)),
    reveal: () => doing(revealSum(state, QUESTION, hex(9))),
    turns: () => SITES.filter((site) => turnOf(state, site)),
  }
}
type World = ReturnType<typeof world>

const STAGES = ['keys', 'shares', 'answers', 'signatures', 'unmasking'] as const
type Stage = (typeof STAGES)[number]
const order = (stage: Stage) => STAGES.indexOf(stage)

const everyone = (w: World, stage: Stage, sites = SITES) =>
  sites.flatMap((site) => (stage === 'answers' ? w.answer(site) : w.speak(site, stage)))

describe('a masked question', () => {
  it('goes through five stages, and only then owes its sum', () => {
    const w = world()
    expect(obligations(w.state)).toEqual([{ kind: 'deadline', question: QUESTION, stage: 'keys', at: 400 }])
    expect(everyone(w, 'keys').at(-1)).toBe('stage-closed')
    expect(obligations(w.state)).toMatchObject([{ stage: 'shares', at: 550 }])
    everyone(w, 'shares')
    expect(obligations(w.state)).toMatchObject([{ stage: 'answers', at: 760 }])
    expect(everyone(w, 'answers').at(-1)).toBe('question-closed')
    expect(w.question.survivors).toEqual(SITES)
    expect(w.reveal()).toEqual([]) // The masks are on.
    everyone(w, 'signatures')
    expect(obligations(w.state)).toMatchObject([{ stage: 'unmasking', at: 1000 }])
    everyone(w, 'unmasking')
    expect(obligations(w.state)).toEqual([{ kind: 'sum', question: QUESTION }])
    expect(w.reveal()).toEqual(['sum-revealed'])
    expect(w.run.phase).toBe('distilling')
  })

  it('lets a site speak once in a stage, in its turn', () => {
    const w = world()
    expect(w.speak('a', 'keys')).toEqual(['step-accepted'])
    expect(w.speak('a', 'keys')).toEqual([]) // the receipt was lost
    expect(() => w.speak('a', 'keys', hex(55))).toThrow('said something else')
    expect(() => w.speak('b', 'shares')).toThrow('not at its shares but at its keys')
    expect(() => w.answer('b')).toThrow('not at its answers but at its keys')
    expect(w.turns()).toEqual(['b', 'c', 'd', 'e'])
    expect(() => w.speak('z', 'keys')).toThrow('not in the roster')
  })

  it.each<[Stage, number]>([
    ['keys', 400],
    ['shares', 550],
    ['answers', 760],
    ['signatures', 880],
    ['unmasking', 1000],
  ])('goes on without one who is silent in the stage of %s', (stage, deadline) => {
    const w = world()
    const others = SITES.filter((site) => site !== 'c')
    for (const before of STAGES.slice(0, order(stage))) everyone(w, before)
    everyone(w, stage, others)
    expect(w.deadline()).toEqual([])
    w.pass(deadline)
    expect(w.deadline()).toEqual([stage === 'answers' ? 'question-closed' : 'stage-closed'])
    expect(() => everyone(w, stage, ['c'])).toThrow('The question')
    for (const after of STAGES.slice(order(stage) + 1)) everyone(w, after, others)
    // Whose answer had arrived is in the sum, whatever becomes of the site.
    const counted = order(stage) > order('answers') ? SITES : ['a', 'b', 'd', 'e']
    expect(w.question.survivors).toEqual(counted)
    expect(w.reveal()).toEqual(['sum-revealed'])
  })

  it.each<Stage>(STAGES)(
    'fails where two of five are lost in the stage of %s, and reveals nothing',
    (stage) => {
      const w = world()
      for (const now of STAGES) {
        if (now !== stage) {
          everyone(w, now)
          continue
        }
        everyone(w, now, ['a', 'b', 'c'])
        w.refuse('d')
        expect(w.refuse('e').at(-1)).toBe('run-failed')
        break
      }
      expect(w.run.failure?.reason).toMatch(/^3 of 5 sites .*; the threshold is 4\. Refused with X\.$/)
      expect(w.reveal()).toEqual([])
      expect(obligations(w.state)).toEqual([])
    },
  )

  it('only skips an evaluation whose masks cannot be taken off', () => {
    const w = world('evaluate')
    for (const stage of ['keys', 'shares', 'answers'] as const) everyone(w, stage)
    everyone(w, 'signatures', ['a', 'b', 'c'])
    w.pass(1000)
    expect(w.deadline()).toEqual(['stage-closed'])
    expect(w.run.failure).toBeUndefined()
    expect(obligations(w.state)).toEqual([{ kind: 'evaluate', run: 'run-1' }])
  })

  it('does not wait for a site that is revoked, and has it drop out', () => {
    const w = world()
    everyone(w, 'keys')
    everyone(w, 'shares', ['a', 'b', 'c', 'd'])
    expect(w.revoke('e')).toEqual(['site-revoked', 'stage-closed'])
    everyone(w, 'answers', ['a', 'b', 'c', 'd'])
    expect(w.question.survivors).toEqual(['a', 'b', 'c', 'd'])
  })

  it('is the same after its journal has been read back', () => {
    const w = world()
    for (const stage of ['keys', 'shares', 'answers', 'signatures'] as const) everyone(w, stage)
    const replayed = w.events.map((event, i) => decodeEvent(encodeEvent(event), i + 1))
    expect(replayed.reduce(evolve, emptyState)).toEqual(w.state)
  })
})

describe('a run of masked questions', () => {
  it('needs three sites, and the threshold that a lying coordinator calls for', () => {
    expect(() => world('teach', { roster: ['a', 'b'], threshold: 2 })).toThrow(
      'Masked sums hide each answer among at least 3 sites; there are 2 sites.',
    )
    expect(() => world('teach', { threshold: 3 })).toThrow(
      'A masked sum of 5 sites needs a threshold of at least 4, not 3.',
    )
  })
})
