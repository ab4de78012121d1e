import { describe, expect, it } from 'vitest'
import { epsilonOf } from '#privacy/accounting/epsilon.ts'
import type { Mechanism } from '#privacy/accounting/mechanism.ts'
import { emptySiteState, type SealedAnswer, type SiteState, type Training } from '#federation/site-state.ts'
import { claimOf, noiseOf } from './claim.ts'

const hex = (digit: string) => digit.repeat(64)
const noise = { kind: 'distributedDiscreteGaussian', sites: 5, siteStdDev: 30_000, l2: 1448, l1: 2048, dimensions: 2 } as const // prettier-ignore
const steps: Mechanism = { kind: 'sampledGaussian', samplingRate: 0.05, noiseMultiplier: 2, count: 100 }
const training = (network: string): Training => ({
  networkHash: hex(network),
  teacher: hex(network),
  dataset: hex('d'),
  unit: 'patient',
  mechanism: steps,
})
const budget = { epsilon: 5, delta: 1e-5, unit: 'patient' } as const

type Protection = NonNullable<SiteState['teacher']>['protection']
const pate: Protection = { mode: 'pate', unit: 'patient', members: 50 }
const dpsgd: Protection = { mode: 'dpsgd', unit: 'patient', epsilon: 1, delta: 1e-7, training: steps }

const answer = (change: Partial<SealedAnswer>): SealedAnswer => ({
  run: 'run-1',
  purpose: 'teach',
  shareHash: hex('0'),
  shareKind: 'probabilities',
  items: 100,
  subjectHash: hex('a'),
  firstRow: 0,
  teacher: hex('1'),
  dataset: hex('d'),
  mode: 'pate',
  sealedAt: 0,
  ...change,
})

const site = (
  protection: Protection | undefined,
  answers: readonly SealedAnswer[],
  change: Partial<SiteState> = {},
): SiteState => ({
  ...emptySiteState,
  teacher: {
    networkHash: hex('1'),
    key: hex('1'),
    dataHash: hex('d'),
    schemaHash: hex('5'),
    classes: 2,
    rows: 500,
    validationRows: 100,
    ...(protection && { protection }),
  },
  questions: Object.fromEntries(
    answers.map((each, i) => [hex(String(i)), { status: 'acknowledged', ...each }]),
  ),
  ...change,
})
const charged = answer({ charge: { ...noise, count: 100 } })
const campaign = { run: 'run-1', purpose: 'teach', dataset: hex('d'), unit: 'patient', mechanism: { ...noise, count: 300 }, used: 100 } as const // prettier-ignore
const epsilonAt = (mechanisms: readonly Mechanism[], delta: number) => epsilonOf(mechanisms, delta).epsilon

describe('what a site claims', () => {
  it('is what its ledger has spent, not what is reserved', () => {
    const state = site(pate, [charged], { campaigns: [campaign] })
    const claim = claimOf(state, budget)
    expect(claim).toMatchObject({ mode: 'pate', unit: 'a patient at this site', delta: 1e-5, questions: 100 })
    const spent = epsilonAt([{ ...noise, count: 100 }], 1e-5)
    expect(claim.epsilon).toBeGreaterThanOrEqual(spent)
    expect(claim.epsilon! - spent).toBeLessThan(0.001)
    expect(noiseOf(state)).toEqual([{ ...noise, count: 100 }])
  })

  it('of a teacher trained privately is its training, before it has answered and after', () => {
    const before = claimOf(site(dpsgd, []), undefined)
    expect(before).toMatchObject({ mode: 'dpsgd', delta: 1e-7, questions: 0 })
    const after = site(dpsgd, [answer({ mode: 'dpsgd' })], { trainings: [training('1')] })
    expect(claimOf(after, undefined).epsilon).toBe(before.epsilon)
    expect(before.epsilon! - epsilonAt([steps], 1e-7)).toBeLessThan(0.001)
  })

  it('counts every training that answered about the same rows', () => {
    const state = site(dpsgd, [answer({ teacher: hex('2'), mode: 'masked' })], { trainings: [training('2')] })
    expect(claimOf(state, budget).epsilon! - epsilonAt([steps, steps], 1e-5)).toBeLessThan(0.001)
  })

  it.each<[string, SiteState]>([
    ['a teacher that promises nothing', site(undefined, [])],
    ['the same, though an earlier one promised', site(undefined, [], { trainings: [training('2')] })],
    ['sub-teachers that have not answered under noise', site(pate, [])],
    ['an answer beside, without noise', site(pate, [charged, answer({ mode: 'masked' })], { campaigns: [campaign] })], // prettier-ignore
  ])('is nothing for %s', (_, state) => {
    expect(claimOf(state, budget)).toMatchObject({ epsilon: null, delta: null, accountant: null })
  })

  it('says that counts of rows held out are not covered', () => {
    const counts = answer({ purpose: 'evaluate', mode: 'masked' })
    const { epsilon, assumptions, questions } = claimOf(
      site(pate, [charged, counts], { campaigns: [campaign] }),
      budget,
    )
    expect(epsilon).not.toBeNull()
    expect(questions).toBe(100)
    expect(assumptions.join(' ')).toContain('1 counts over them left without noise')
  })
})
