import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Mechanism } from '#privacy/accounting/mechanism.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import { accountOf, priceOf, promisedBy, spentBy } from './ledger.ts'
import { checkQuestion, policySchema, type SitePolicy } from './policy.ts'
import { usualPricing, type Pricing } from './pricing.ts'
import { sealOrDecline } from './site-answer.ts'
import { acknowledgeAnswer, voidAnswer } from './site-decide.ts'
import { decodeSiteEvent, encodeSiteEvent, type SiteEvent, type SiteFact } from './site-events.ts'
import { emptySiteState, evolveSite, sealedAnswers, type SiteState } from './site-state.ts'

const hex = (n: number) => n.toString(16).padStart(64, '0')
const NOW = 1000
let asked = 0

const ready: SiteState = {
  ...emptySiteState,
  joined: { federation: hex(1), coordinatorKey: hex(2), site: 'north', publicKey: hex(3) },
  teacher: {
    networkHash: hex(4),
    key: hex(5),
    dataHash: hex(6),
    schemaHash: hex(7),
    classes: 2,
    rows: 80,
    validationRows: 20,
  },
}

/** `rows` items of a file of their own, of `campaign` in the whole run. */
const asking = (id: number, rows: number, campaign: number, run = 'run-1'): QuestionManifest => ({
  version: 1,
  federation: hex(1),
  run,
  round: 0,
  purpose: 'teach',
  roster: ['north', 'south', 'west'].map((site, i) => ({ site, publicKey: hex(3 + 10 * i) })),
  studentHashes: [],
  revoked: [],
  threshold: 3,
  share: {
    kind: 'probabilities',
    rows,
    outputs: 2,
    length: 2 * rows,
    scale: 1024,
    clip: 0,
    temperature: 1,
    heads: [],
  },
  transfer: { hash: hex(100 + id), format: 'csv', rows, firstRow: 0, rowCount: rows },
  schemaHash: hex(7),
  privacy: { mode: 'masked', campaign },
  journalHead: { sequence: 1, hash: hex(6) },
  openedAtMs: NOW,
  expiresAtMs: NOW + 10,
  nonce: id,
})

const computed = (id: number, rows: number) => ({
  question: hex(1000 + id),
  shareHash: hex(2000 + id),
  items: rows,
  subjectHash: hex(100 + id),
})

/** A sixteenth of epsilon for each item: whole items of pure epsilon simply add up, without rounding. */
const sixteenth: Pricing = {
  costOf: ({ transfer }) => ({ kind: 'pure', epsilon: 1 / 16, count: transfer?.rowCount ?? 1 }),
  epsilonOf: (mechanisms) => ({
    epsilon: mechanisms.reduce((sum, m) => sum + (m.kind === 'pure' ? m.epsilon * m.count : Infinity), 0),
    accountant: 'rdp',
  }),
}

const budgeted = (epsilon: number, unit: 'record' | 'patient' | 'site' = 'patient'): SitePolicy =>
  policySchema.parse({ budget: { epsilon, delta: 1e-6, unit } })

/** Through its bytes, as a journal would. */
const fold = (state: SiteState, facts: readonly SiteFact[]) =>
  facts
    .map((fact): SiteEvent => decodeSiteEvent(encodeSiteEvent({ ...fact, at: NOW }), 1))
    .reduce(evolveSite, state)

function answering(policy: SitePolicy, pricing = sixteenth) {
  let state = ready
  return {
    get state() {
      return state
    },
    /** Resolves the question and says how: the types of the facts, or the code of the refusal. */
    ask(rows: number, campaign: number, run = 'run-1'): string {
      const id = ++asked
      const facts = sealOrDecline(
        policy,
        state,
        asking(id, rows, campaign, run),
        computed(id, rows),
        NOW,
        pricing,
      )
      state = fold(state, facts)
      return facts.map((fact) => (fact.type === 'question-declined' ? fact.code : fact.type)).join(' ')
    },
    tell: (decide: (state: SiteState) => SiteFact[]) => void (state = fold(state, decide(state))),
    change: (change: Partial<SiteState>) => void (state = { ...state, ...change }),
  }
}

describe('the ledger', () => {
  it('reserves a run at its first answer and charges each, in one append with the answer', () => {
    const site = answering(budgeted(1))
    expect(site.ask(4, 8)).toBe('budget-reserved answer-sealed')
    expect(site.ask(4, 8)).toBe('answer-sealed')
    expect(site.state.campaigns).toMatchObject([{ run: 'run-1', used: 8, mechanism: { count: 8 } }])
    expect(spentBy(accountOf(site.state, hex(6)))).toEqual([{ kind: 'pure', epsilon: 1 / 16, count: 8 }])
  })

  it('refuses exactly past the budget, and does not begin a run that it could not finish', () => {
    const site = answering(budgeted(1)) // sixteen items
    expect(site.ask(1, 10, 'run-1')).toBe('budget-reserved answer-sealed')
    expect(site.ask(1, 7, 'run-2')).toBe('LEDGER_EXHAUSTED') // 17 promised, though only one was used
    expect(site.ask(1, 6, 'run-3')).toBe('budget-reserved answer-sealed') // 16 of 16
    expect(site.ask(1, 1, 'run-4')).toBe('LEDGER_EXHAUSTED')
    expect(site.ask(9, 10, 'run-1')).toBe('answer-sealed') // promised, so it is kept
  })

  it('holds a run to what it announced', () => {
    const site = answering(budgeted(10))
    expect(site.ask(5, 4)).toBe('LEDGER_EXHAUSTED') // its first question alone asks for more
    expect(site.ask(3, 4)).toBe('budget-reserved answer-sealed')
    expect(site.ask(2, 100)).toBe('LEDGER_EXHAUSTED') // what it announces later does not count
    expect(site.ask(1, 4)).toBe('answer-sealed')
    let noise = 1 / 16
    const weaker: Pricing = {
      ...sixteenth,
      costOf: () => ({ kind: 'pure', epsilon: noise, count: 1 }),
    }
    const drifting = answering(budgeted(10), weaker)
    expect(drifting.ask(1, 4)).toBe('budget-reserved answer-sealed')
    noise = 1 / 8
    expect(drifting.ask(1, 4)).toBe('MANIFEST_INVALID')
  })

  it('stops at once when the budget is lowered, runs under way included', () => {
    const generous = answering(budgeted(1))
    expect(generous.ask(1, 16)).toBe('budget-reserved answer-sealed')
    const careful = answering(budgeted(0.5))
    careful.change(generous.state)
    expect(careful.ask(1, 16)).toBe('LEDGER_EXHAUSTED')
  })

  it('keeps an account for each dataset, and one unit in each', () => {
    const site = answering(budgeted(1))
    expect(site.ask(1, 16)).toBe('budget-reserved answer-sealed')
    site.change({ teacher: { ...ready.teacher!, dataHash: hex(66), key: hex(55) } })
    expect(site.ask(1, 16, 'run-2')).toBe('budget-reserved answer-sealed')
    const byRecord = answering(budgeted(100, 'record'))
    byRecord.change(site.state)
    expect(byRecord.ask(1, 1, 'run-3')).toBe('POLICY_REFUSED')
  })

  it('charges nothing for answers without noise, and allows none with noise where there is no budget', () => {
    const plain = answering(policySchema.parse({}), usualPricing)
    expect(plain.ask(4, 8)).toBe('answer-sealed')
    expect(plain.state.campaigns).toEqual([])
    expect(answering(policySchema.parse({})).ask(1, 1)).toBe('POLICY_REFUSED')
  })

  it('says before anything is computed what it would say afterwards', () => {
    const objection = checkQuestion(budgeted(0.5), ready, asking(1, 1, 9), NOW, sixteenth)
    expect(objection).toMatchObject({
      code: 'LEDGER_EXHAUSTED',
      // Nine items of a sixteenth: 0.5625, and shown no smaller.
      reason: expect.stringContaining('epsilon 0.563 at delta 0.000001; its budget is 0.5'),
    })
  })

  it('composes with the accountants of the product', () => {
    // A budget between what 25 and 26 items cost: the 26th is one too many.
    const gaussian: Pricing = {
      ...usualPricing,
      costOf: ({ transfer }): Mechanism => ({
        kind: 'gaussian',
        noiseMultiplier: 10,
        count: transfer?.rowCount ?? 1,
      }),
    }
    const at = (count: number) =>
      usualPricing.epsilonOf([{ kind: 'gaussian', noiseMultiplier: 10, count }], 1e-6).epsilon
    const site = answering(budgeted((at(25) + at(26)) / 2), gaussian)
    expect(site.ask(20, 25)).toBe('budget-reserved answer-sealed')
    expect(site.ask(5, 25)).toBe('answer-sealed')
    expect(site.ask(1, 1, 'run-2')).toBe('LEDGER_EXHAUSTED')
  })
})

describe('a teacher that was trained privately', () => {
  /** Half an epsilon for the training; answers have no noise of their own. */
  const mechanism = { kind: 'pure', epsilon: 0.5, count: 1 } as const
  const trained = (network: number, change: Partial<NonNullable<SiteState['teacher']>> = {}) => ({
    teacher: {
      ...ready.teacher!,
      networkHash: hex(network),
      key: hex(network),
      protection: { mode: 'dpsgd', unit: 'patient', epsilon: 0.5, delta: 1e-6, training: mechanism } as const,
      ...change,
    },
  })
  const noNoise: Pricing = { ...sixteenth, costOf: () => undefined }
  const site = (budget: SitePolicy, network = 4) => {
    const asked = answering(budget, noNoise)
    asked.change(trained(network))
    return asked
  }

  it('costs its training with its first answer, in one append with it, and no answer more', () => {
    const asked = site(budgeted(1))
    expect(asked.ask(4, 8)).toBe('training-charged answer-sealed')
    expect(asked.ask(4, 8)).toBe('answer-sealed')
    expect(asked.ask(8, 8, 'run-2')).toBe('answer-sealed')
    expect(spentBy(accountOf(asked.state, hex(6)))).toEqual([mechanism])
    const voided = site(budgeted(1))
    voided.ask(1, 1)
    voided.tell((state) =>
      voidAnswer(state, { question: Object.keys(state.questions)[0]!, code: 'X', reason: '' }),
    )
    expect(voided.ask(1, 1)).toBe('answer-sealed') // paid for, though it came too late
  })

  it('costs again when it is trained again, and is refused past the budget', () => {
    const asked = site(budgeted(1)) // two trainings
    for (const network of [41, 42]) {
      asked.change(trained(network))
      expect(asked.ask(1, 1)).toBe('training-charged answer-sealed')
    }
    asked.change(trained(43))
    expect(asked.ask(1, 1)).toBe('LEDGER_EXHAUSTED')
    asked.change(trained(42)) // an earlier one, restored
    expect(asked.ask(1, 1)).toBe('answer-sealed')
    asked.change(trained(44, { dataHash: hex(66) })) // other data, another account
    expect(asked.ask(1, 1)).toBe('training-charged answer-sealed')
  })

  it('shares its account with runs that pay for noise', () => {
    const asked = site(budgeted(1))
    asked.ask(1, 1)
    const noisy = answering(budgeted(1))
    noisy.change(asked.state)
    expect(noisy.ask(1, 9, 'run-2')).toBe('LEDGER_EXHAUSTED') // 8/16 and 9/16
    expect(noisy.ask(1, 8, 'run-3')).toBe('budget-reserved answer-sealed')
    expect(promisedBy(accountOf(noisy.state, hex(6)))).toHaveLength(2)
  })

  it('is written down where no budget bounds it and nothing is promised, and answers no promise then', () => {
    const asked = site(policySchema.parse({}))
    expect(asked.ask(1, 1)).toBe('training-charged answer-sealed')
    const promise = { epsilon: 1, delta: 1e-6, unit: 'patient' } as const
    const question = asking(900, 1, 1)
    const promising = { ...question, privacy: { mode: 'dpsgd', campaign: 1, promise } }
    expect(priceOf(undefined, asked.state, promising, noNoise)).toMatchObject({ code: 'POLICY_REFUSED' })
    expect(priceOf(budgeted(1).budget, asked.state, promising, noNoise)).toEqual({})
    const { teacher } = trained(5)
    expect(priceOf(budgeted(1).budget, { ...asked.state, teacher }, promising, noNoise)).toEqual({
      training: { networkHash: hex(5), teacher: hex(5), dataset: hex(6), unit: 'patient', mechanism },
    })
  })

  it('is charged by its own unit, and costs nothing where it is not asked', () => {
    expect(site(budgeted(1, 'record')).ask(1, 1)).toBe('POLICY_REFUSED')
    const measuring = { ...asking(901, 1, 1), purpose: 'evaluate' }
    expect(priceOf(budgeted(1).budget, { ...ready, ...trained(6) }, measuring, noNoise)).toEqual({})
  })

  it('is read back from the journal as it was written', () => {
    const { state } = site(budgeted(1))
    const [charged] = sealOrDecline(budgeted(1), state, asking(902, 1, 1), computed(902, 1), NOW, noNoise)
    const event = { ...charged, at: NOW } as SiteEvent
    expect(decodeSiteEvent(encodeSiteEvent(event), 1)).toEqual(event)
  })
})

describe('whatever is asked, in whatever order', () => {
  const rows = fc.integer({ min: 1, max: 12 })
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ rows, campaign: rows, run: fc.constantFrom('run-1', 'run-2', 'run-3') }),
    },
    { weight: 1, arbitrary: fc.constant('void' as const) },
    { weight: 1, arbitrary: fc.constant('acknowledge' as const) },
  )

  it('every answer is charged, voided ones too; what is charged was promised, and the promises fit the budget', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.integer({ min: 1, max: 40 }), (steps, sixteenths) => {
        const site = answering(budgeted(sixteenths / 16))
        const breaches: string[] = []
        for (const each of steps) {
          const before = site.state
          const [last] = Object.keys(before.questions).slice(-1)
          if (each === 'void')
            site.tell((state) => (last ? voidAnswer(state, { question: last, code: 'X', reason: '' }) : []))
          else if (each === 'acknowledge') site.tell((state) => (last ? acknowledgeAnswer(state, last) : []))
          else {
            const own = before.campaigns.find(({ run }) => run === each.run)
            const promised = before.campaigns.reduce((sum, { mechanism }) => sum + mechanism.count, 0)
            const allowed = own
              ? own.used + each.rows <= own.mechanism.count
              : each.rows <= each.campaign && promised + each.campaign <= sixteenths
            // Not an answer more, and not one less, than the budget allows.
            if (site.ask(each.rows, each.campaign, each.run).includes('answer-sealed') !== allowed)
              breaches.push(`answered ${!allowed}, should be ${allowed}`)
          }
          const { campaigns } = site.state
          const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
          const answered = sum(sealedAnswers(site.state).map(({ items }) => items))
          const kept =
            sum(campaigns.map(({ used }) => used)) === answered &&
            campaigns.every(({ used, mechanism }) => used <= mechanism.count) &&
            sum(campaigns.map(({ mechanism }) => mechanism.count)) <= sixteenths
          if (!kept) breaches.push(JSON.stringify(campaigns))
        }
        expect(breaches).toEqual([])
      }),
    )
  })
})
