/** A federation in a variable, without a coordinator: what is decided becomes events, and they the state. */
import { enrol, invite } from '#federation/decide-enrolment.ts'
import { askQuestion } from '#federation/decide-question.ts'
import type { Fact, FederationEvent } from '#federation/events.ts'
import type { RunPlan } from '#federation/plan.ts'
import type { Purpose } from '#federation/purpose.ts'
import { emptyState, evolve, type FederationState } from '#federation/state.ts'
import { examplePlan } from './example-plan.ts'

export const hex = (digit: string) => digit.repeat(64)
export const hash = (n: number) => n.toString(16).padStart(64, '0')

export const plan = (sites: readonly string[], change: Partial<RunPlan> = {}): RunPlan =>
  examplePlan(sites, {
    threshold: Math.max(1, sites.length - 1),
    rounds: 2,
    privacy: { mode: 'plain' },
    ...change,
  })

/** A journal in a variable: decisions are stamped, recorded and folded, as the coordinator's core does. */
export function world() {
  const events: FederationEvent[] = []
  let state: FederationState = emptyState
  let now = 0
  return {
    events,
    get state() {
      return state
    },
    get now() {
      return now
    },
    pass: (ms: number) => void (now += ms),
    do(decide: (state: FederationState, now: number) => Fact[]) {
      const facts: FederationEvent[] = decide(state, now).map((fact) => ({ ...fact, at: now }))
      events.push(...facts)
      state = facts.reduce(evolve, state)
      return facts.map(({ type }) => type)
    },
  }
}

export function withSites(...sites: string[]) {
  const w = world()
  sites.forEach((site, index) => {
    const tokenHash = hash(1000 + index)
    w.do((s) => invite(s, { site, tokenHash, expiresAt: 100, approve: true }))
    w.do((s, now) => enrol(s, { tokenHash, publicKey: hash(index) }, now))
  })
  return w
}

export const share = (question: string, site: string, shareHash = hex('c')) => ({
  question,
  site,
  shareHash,
  envelopeHash: hex('d'),
  bytes: 40,
  journal: { sequence: 3, hash: hex('e') },
})

export function ask(w: ReturnType<typeof world>, question: string, purpose: Purpose = 'teach', round = 0) {
  const opened = { run: 'run-1', question, round, purpose, manifest: 'AA==', signature: 'AA==' }
  return w.do((s, now) => askQuestion(s, { ...opened, expiresAt: now + 1000 }))
}
