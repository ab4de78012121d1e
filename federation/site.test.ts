import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeSiteEvent } from './describe-site-event.ts'
import {
  acknowledgeAnswer,
  decline,
  join,
  receiveStudent,
  recordTeacher,
  sealAnswer,
  siteDuties,
  voidAnswer,
} from './site-decide.ts'
import { decodeSiteEvent, encodeSiteEvent, type SiteEvent, type SiteFact } from './site-events.ts'
import { emptySiteState, evolveSite, sealedAnswers, type SiteState } from './site-state.ts'

const hex = (n: number) => n.toString(16).padStart(64, '0')
const question = (n: number) => hex(100 + n)

const sealing = (n: number, share: number) => ({
  question: question(n),
  run: 'run-1',
  purpose: 'teach' as const,
  shareHash: hex(share),
  shareKind: 'probabilities',
  items: 10,
  subjectHash: hex(7),
  firstRow: 0,
  teacher: hex(8),
  dataset: hex(9),
  mode: 'masked',
})

const fold = (events: readonly SiteEvent[]) => events.reduce(evolveSite, emptySiteState)
const stamp = (facts: readonly SiteFact[], at = 0) => facts.map((fact): SiteEvent => ({ ...fact, at }))
const after = (state: SiteState, facts: readonly SiteFact[]) => stamp(facts).reduce(evolveSite, state)

describe('a site', () => {
  it('owes an answer, then its sending, then nothing', () => {
    let state = emptySiteState
    expect(siteDuties(state, [question(1)])).toEqual([{ kind: 'answer', question: question(1) }])
    state = after(state, sealAnswer(state, sealing(1, 1)))
    expect(siteDuties(state, [question(1)])).toEqual([{ kind: 'send', question: question(1) }])
    expect(siteDuties(state, [])).toEqual([{ kind: 'send', question: question(1) }])
    state = after(state, acknowledgeAnswer(state, question(1)))
    expect(siteDuties(state, [question(1)])).toEqual([])
  })

  it('repeats a refusal for as long as it is asked, and never answers what it declined', () => {
    const state = after(
      emptySiteState,
      decline(emptySiteState, { question: question(1), code: 'POLICY_REFUSED', reason: 'no' }),
    )
    expect(siteDuties(state, [question(1)])).toEqual([{ kind: 'refuse', question: question(1) }])
    expect(siteDuties(state, [])).toEqual([])
    expect(() => sealAnswer(state, sealing(1, 1))).toThrow(
      expect.objectContaining({ code: 'ALREADY_ANSWERED' }),
    )
  })

  it('gives one answer to a question', () => {
    const state = after(emptySiteState, sealAnswer(emptySiteState, sealing(1, 1)))
    expect(sealAnswer(state, sealing(1, 1))).toEqual([])
    expect(() => sealAnswer(state, sealing(1, 2))).toThrow(
      expect.objectContaining({ code: 'ALREADY_ANSWERED' }),
    )
    expect(decline(state, { question: question(1), code: 'X', reason: '' })).toEqual([])
  })

  it('stops sending what came late, and still counts it', () => {
    let state = after(emptySiteState, sealAnswer(emptySiteState, sealing(1, 1)))
    state = after(
      state,
      voidAnswer(state, { question: question(1), code: 'QUESTION_CLOSED', reason: 'late' }),
    )
    expect(siteDuties(state, [question(1)])).toEqual([])
    expect(acknowledgeAnswer(state, question(1))).toEqual([])
    expect(sealedAnswers(state)).toHaveLength(1)
  })

  it('belongs to one federation and one key', () => {
    const membership = { federation: hex(1), coordinatorKey: hex(2), site: 'north', publicKey: hex(3) }
    const state = after(emptySiteState, join(emptySiteState, membership))
    expect(join(state, membership)).toEqual([])
    for (const change of [{ federation: hex(9) }, { publicKey: hex(9) }])
      expect(() => join(state, { ...membership, ...change })).toThrow(
        expect.objectContaining({ code: 'FEDERATION_MISMATCH' }),
      )
  })

  it('records a teacher, and a student, once each', () => {
    const teacher = { networkHash: hex(1), key: hex(2), dataHash: hex(3), schemaHash: hex(4), classes: 2 }
    const withTeacher = after(
      emptySiteState,
      recordTeacher(emptySiteState, { ...teacher, rows: 8, validationRows: 2 }),
    )
    expect(withTeacher.teacher).toEqual({ ...teacher, rows: 8, validationRows: 2 })
    expect(recordTeacher(withTeacher, { ...teacher, rows: 8, validationRows: 2 })).toEqual([])
    const student = { run: 'run-1', onnxHash: hex(5), cardHash: hex(6) }
    const withStudent = after(withTeacher, receiveStudent(withTeacher, student))
    expect(receiveStudent(withStudent, student)).toEqual([])
  })
})

describe('the journal of a site', () => {
  it('keeps every event through its bytes, and refuses what is not one', () => {
    const facts = [
      ...sealAnswer(emptySiteState, sealing(1, 1)),
      ...decline(emptySiteState, { question: question(2), code: 'POLICY_REFUSED', reason: 'x'.repeat(900) }),
    ]
    for (const event of stamp(facts, 5)) {
      expect(decodeSiteEvent(encodeSiteEvent(event), 1)).toEqual(event)
      expect(describeSiteEvent(event)).toMatch(/^(answer|question) /)
    }
    const corrupt = expect.objectContaining({
      code: 'JOURNAL_CORRUPT',
      message: expect.stringContaining('Record 3'),
    })
    for (const text of ['{', '{"type":"joined"}', '{"type":"answer-sealed","at":-1}'])
      expect(() => decodeSiteEvent(new TextEncoder().encode(text), 3)).toThrow(corrupt)
  })
})

/**
 * A site at work against a coordinator that may answer anything, killed at any instant.
 *
 * Each step names a question and how far the site gets before it dies: `sent` shares are what left. What
 * survives a death is the journal alone. A recomputed share differs every time (a teacher retrained, noise
 * drawn again), which is exactly what must never leave twice.
 */
interface Step {
  readonly question: number
  readonly asked: boolean
  readonly dies: 'before-sealing' | 'after-sealing' | 'after-sending' | 'never'
  readonly reply: 'receipt' | 'late' | 'lost'
  readonly declines: boolean
}

const steps = fc.array(
  fc.record<Step>({
    question: fc.integer({ min: 0, max: 3 }),
    asked: fc.boolean(),
    dies: fc.constantFrom('before-sealing', 'after-sealing', 'after-sending', 'never'),
    reply: fc.constantFrom('receipt', 'late', 'lost'),
    declines: fc.boolean(),
  }),
  { maxLength: 40 },
)

function live(script: readonly Step[]) {
  const journal: SiteEvent[] = []
  const sent: { question: string; shareHash: string; journalled: number }[] = []
  let computed = 1000

  const commit = (decide: (state: SiteState) => SiteFact[]) => {
    journal.push(...stamp(decide(fold(journal))))
    return fold(journal)
  }
  const attempt = (step: Step): void => {
    const asked = step.asked ? [question(step.question)] : []
    for (const duty of siteDuties(fold(journal), asked)) {
      if (duty.kind === 'refuse') continue
      if (duty.kind === 'answer') {
        const share = ++computed
        if (step.dies === 'before-sealing') return
        if (step.declines) {
          commit((s) => decline(s, { question: duty.question, code: 'POLICY_REFUSED', reason: '' }))
          continue
        }
        commit((s) => sealAnswer(s, { ...sealing(0, share), question: duty.question }))
        if (step.dies === 'after-sealing') return
      }
      const outcome = fold(journal).questions[duty.question]
      if (outcome?.status !== 'sealed') continue
      sent.push({ question: duty.question, shareHash: outcome.shareHash, journalled: journal.length })
      if (step.dies === 'after-sending' || step.reply === 'lost') return
      if (step.reply === 'receipt') commit((s) => acknowledgeAnswer(s, duty.question))
      else commit((s) => voidAnswer(s, { question: duty.question, code: 'QUESTION_CLOSED', reason: '' }))
    }
  }
  script.forEach(attempt)
  return { journal, sent }
}

describe('whenever a site is killed', () => {
  it('no two different answers to one question ever leave', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const { sent } = live(script)
        const first = new Map<string, string>()
        for (const { question, shareHash } of sent) {
          expect(first.get(question) ?? shareHash).toBe(shareHash)
          first.set(question, shareHash)
        }
      }),
    )
  })

  it('nothing leaves before it is journalled, and nothing after it is acknowledged or void', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const { journal, sent } = live(script)
        for (const { question, shareHash, journalled } of sent) {
          const known = fold(journal.slice(0, journalled)).questions[question]
          expect(known).toMatchObject({ status: 'sealed', shareHash })
        }
      }),
    )
  })

  it('every prefix of the journal owes exactly the answers that are sealed and not settled', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const { journal } = live(script)
        for (let length = 0; length <= journal.length; length++) {
          const state = fold(journal.slice(0, length))
          const open = Object.entries(state.questions).filter(([, { status }]) => status === 'sealed')
          expect(siteDuties(state, [])).toEqual(open.map(([id]) => ({ kind: 'send', question: id })))
        }
      }),
    )
  })
})
