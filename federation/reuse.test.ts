import { describe, expect, it } from 'vitest'
import { examplePlan } from '../test/support/example-plan.ts'
import { encodeManifest, type QuestionManifest } from '#proto/manifest.ts'
import { composeManifest } from './compose-manifest.ts'
import type { Fact, FederationEvent } from './events.ts'
import { obligations } from './obligations.ts'
import type { RunPlan } from './plan.ts'
import { answeredBefore, reuseSum } from './reuse.ts'
import { emptyState, evolve, questionOf, type FederationState } from './state.ts'

const hex = (n: number) => n.toString(16).padStart(64, '0')
const HEAD = { sequence: 3, hash: hex(8) }
const SITES = ['a', 'b', 'c']
const SUM = hex(9)

const plan = examplePlan(SITES)

const fold = (state: FederationState, facts: readonly Fact[]) =>
  facts.map((fact): FederationEvent => ({ ...fact, at: 5 })).reduce(evolve, state)

/** Two runs: the first has asked `asked`, which was summed over `survivors`; the second waits to ask. */
function twoRuns(change: Partial<RunPlan> = {}, survivors = SITES, asked: Partial<RunPlan> = {}) {
  let state: FederationState = {
    ...emptyState,
    founded: {
      type: 'federation-founded',
      at: 0,
      federation: hex(3),
      name: 'Test',
      coordinatorKey: hex(4),
      classes: ['no', 'yes'],
      schemaHash: plan.schemaHash,
    },
    sites: Object.fromEntries(
      SITES.map((site, i) => [site, { site, publicKey: hex(20 + i), enrolment: 'approved' as const }]),
    ),
  }
  state = fold(state, [{ type: 'run-started', run: 'run-1', plan: { ...plan, ...asked } }])
  const manifest = composeManifest(state, state.runs['run-1']!, 'teach', 1, 7, HEAD)
  const opened = { run: 'run-1', question: hex(77), round: 0, purpose: 'teach' as const, expiresAt: 1001 }
  const bytes = Buffer.from(encodeManifest(manifest)).toString('base64')
  state = fold(state, [
    { type: 'question-opened', ...opened, manifest: bytes, signature: 'AA==' },
    { type: 'question-closed', question: hex(77), survivors, dropped: [] },
    { type: 'sum-revealed', question: hex(77), sumHash: SUM, sites: survivors.length },
    { type: 'run-failed', run: 'run-1', code: 'X', reason: 'so that another can start' },
    { type: 'run-started', run: 'run-2', plan: { ...plan, ...asked, ...change } },
  ])
  const run = state.runs['run-2']!
  const next = (purpose: 'teach' | 'evaluate' = 'teach'): QuestionManifest =>
    composeManifest(state, run, purpose, 2000, 8, { sequence: 9, hash: hex(9) })
  return { state, run, next, earlier: (manifest = next()) => answeredBefore(state, run, manifest) }
}

describe('the sum of an earlier run', () => {
  it('answers the same question, whatever else the second run does differently', () => {
    expect(twoRuns().earlier()?.question).toBe(hex(77))
    const training = { ...plan.training, epochs: 50 }
    expect(twoRuns({ training, seed: 9, alpha: 0.5, deadlineMs: 9000 }).earlier()?.question).toBe(hex(77))
  })

  it.each<[string, Partial<RunPlan>]>([
    ['other items', { transfer: { ...plan.transfer, hash: hex(8) } }],
    ['another slice of them', { rounds: 2 }],
    ['another temperature', { temperature: 3 }],
    ['sums by group', { groups: { smallest: 4 } }],
    ['another scale', { scale: 1024 }],
    ['narrower words', { bits: 16 }],
    ['another kind of share', { rule: 'mean-logit' }],
    ['a smaller roster', { roster: ['a', 'b'], threshold: 2 }],
    ['another protection', { privacy: { mode: 'plain' } }],
    ['sites that are to be asked again', { askAgain: true }],
  ])('does not answer one with %s', (_, change) => {
    expect(twoRuns(change).earlier()).toBeUndefined()
  })

  it('answers for a rule that needs no more than was asked for, and for no other', () => {
    const selection: RunPlan['selection'] = { candidates: ['mean-logit', 'era'], validation: 9 }
    const asked = { rule: 'auto' as const, selection }
    expect(twoRuns({ rule: 'mean-probability' }, SITES, asked).earlier()?.question).toBe(hex(77))
    expect(twoRuns({ rule: 'mean-logit' }, SITES, asked).earlier()?.question).toBe(hex(77))
    expect(twoRuns({ rule: 'era' }).earlier()?.question).toBe(hex(77)) // mean-probability asked for the same
    expect(twoRuns({ rule: 'entropy-weighted' }, SITES, asked).earlier()).toBeUndefined()
  })

  it('answers for several targets where their heads are the same, whatever else is taught of them', () => {
    type Head = NonNullable<RunPlan['heads']>[number]
    const head = (change: Partial<Head>): Head => ({
      name: 'a',
      outputs: 2,
      rule: 'mean-probability',
      loss: 'kd',
      alpha: 1,
      weight: 1,
      ...change,
    })
    const several = (one: Partial<Head>, other: Partial<Head>): Partial<RunPlan> => ({
      rule: 'by-target',
      heads: [head(one), head({ name: 'b', ...other })],
      student: { kind: 'mlp', inputs: 3, hidden: [4], outputs: 5, activation: 'relu' },
    })
    const asked = several({ outputs: 2 }, { outputs: 3 })
    const earlier = (change: Partial<RunPlan>) => twoRuns(change, SITES, asked).earlier()?.question
    expect(earlier({})).toBe(hex(77))
    expect(earlier(several({ outputs: 2, weight: 3, loss: 'dist' }, { outputs: 3, rule: 'era' }))).toBe(
      hex(77),
    )
    expect(earlier(several({ outputs: 3 }, { outputs: 2 }))).toBeUndefined()
    expect(earlier(several({ outputs: 2, rule: 'mean-logit' }, { outputs: 3 }))).toBeUndefined()
    expect(earlier(several({ outputs: 2 }, { outputs: 3, rule: 'mean-logit' }))).toBeUndefined()
    expect(earlier({ rule: 'mean-probability', heads: undefined })).toBeUndefined()
    // What is asked of the first head is not what another asks of the second.
    const more = several({ outputs: 2, rule: 'mean-logit' }, { outputs: 3 })
    const swapped = several({ outputs: 2 }, { outputs: 3, rule: 'mean-logit' })
    expect(twoRuns(swapped, SITES, more).earlier()).toBeUndefined()
  })

  it('does not answer for a stricter promise, nor without the noise that was promised', () => {
    const noised = (epsilon: number, stdDev: number): Pick<RunPlan, 'privacy'> => ({
      privacy: {
        mode: 'pate',
        promise: { epsilon, delta: 1e-6, unit: 'record' },
        noise: { stdDev, members: 50, colluders: 1 },
      },
    })
    const [loose, strict] = [noised(8, 30), noised(1, 200)]
    expect(twoRuns(loose, SITES, loose).earlier()?.question).toBe(hex(77))
    expect(twoRuns(strict, SITES, loose).earlier()).toBeUndefined()
    expect(twoRuns(noised(8, 31), SITES, loose).earlier()).toBeUndefined()
    expect(twoRuns(loose).earlier()).toBeUndefined() // the first run was only masked
  })

  it('does not answer for a site that has another key by now, nor when too few are in it', () => {
    const { next, earlier } = twoRuns()
    const [first, ...rest] = next().roster
    expect(earlier({ ...next(), roster: [{ ...first!, publicKey: hex(99) }, ...rest] })).toBeUndefined()
    expect(twoRuns({}, ['a', 'b']).earlier()).toBeUndefined() // the second run wants three
  })

  it('answers for teachers that learnt the same first, and for no others', () => {
    const { next, state, run } = twoRuns()
    const digest = (epochs: number) => ({ ...next(), digest: { hash: hex(5), epochs } })
    const asked = Buffer.from(encodeManifest(digest(3))).toString('base64')
    const question = { ...state.questions[hex(77)]!, manifest: asked }
    const before = (manifest: QuestionManifest) =>
      answeredBefore({ ...state, questions: { [hex(77)]: question } }, run, manifest)?.question
    expect(before(digest(3))).toBe(hex(77))
    expect(before(digest(4))).toBeUndefined()
    expect(before(next())).toBeUndefined()
  })

  it('stands for the question: the run distils next, and has asked nobody', () => {
    const { state, run } = twoRuns()
    expect(obligations(state)).toEqual([{ kind: 'ask', run: 'run-2', round: 0, purpose: 'teach' }])
    const reused = { run: 'run-2', round: 0, purpose: 'teach' as const, question: hex(77) }
    const after = fold(state, reuseSum(state, reused))
    expect(obligations(after)).toEqual([{ kind: 'distil', run: 'run-2', round: 0, generation: 0 }])
    expect(after.runs['run-2']).toMatchObject({ phase: 'distilling', questions: [] })
    expect(questionOf(after, after.runs['run-2']!, 'teach', 0)?.sumHash).toBe(SUM)
    expect(reuseSum(after, reused)).toEqual([]) // decided twice, before and after a crash
    expect(reuseSum(state, { ...reused, question: hex(78) })).toEqual([]) // of which no sum is known
    expect(run.reused).toEqual([])
  })
})
