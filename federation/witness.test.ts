import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { ready } from '#privacy/crypto.ts'
import { keyIdOf } from '#privacy/identity.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import { hex, teachManifest } from '../test/support/wire-examples.ts'
import type { SiteEvent } from './site-events.ts'
import { emptySiteState, evolveSite, type SiteState } from './site-state.ts'
import { contradiction, revokedInRoster, witness } from './witness.ts'

beforeAll(() => ready)

const joined: SiteState = {
  ...emptySiteState,
  joined: {
    federation: teachManifest.federation,
    coordinatorKey: hex('c0'),
    site: 'zurich',
    publicKey: hex('a2'),
  },
}
const said = (sequence: number, hash: string, revoked: readonly string[] = []): QuestionManifest => ({
  ...teachManifest,
  journalHead: { sequence, hash: hex(hash) },
  revoked: revoked.map(hex),
})
const after = (state: SiteState, ...questions: QuestionManifest[]): SiteState =>
  questions.reduce(
    (now, question) =>
      witness(now, hex('01'), question)
        .map((fact): SiteEvent => ({ ...fact, at: 1 }))
        .reduce(evolveSite, now),
    state,
  )

describe('the history that a site has seen', () => {
  it('goes forward, and only what is new is written', () => {
    const state = after(joined, said(3, '03', ['a']), said(5, '05', ['a', 'b']))
    expect(state.witnessed).toEqual({ sequence: 5, hash: hex('05'), revoked: [hex('a'), hex('b')] })
    expect(witness(state, hex('01'), said(7, '07', ['a', 'b', 'c']))).toEqual([
      { type: 'head-witnessed', question: hex('01'), sequence: 7, hash: hex('07'), revoked: [hex('c')] },
    ])
    expect(witness(state, hex('01'), said(5, '05', ['a', 'b']))).toEqual([]) // the same question again
  })

  const seen = () => after(joined, said(5, '05', ['a', 'b']))
  it.each([
    ['a journal that was cut short', said(4, '04', ['a', 'b'])],
    ['another record in the same place', said(5, '06', ['a', 'b'])],
    ['a longer journal that has forgotten a key', said(9, '09', ['a', 'c'])],
    ['the same journal with fewer keys', said(5, '05', ['a'])],
  ])('is contradicted by %s, which is not remembered', (_what, question) => {
    expect(contradiction(seen(), question)).toMatchObject({ code: 'HISTORY_REWRITTEN' })
    expect(after(seen(), question)).toEqual(seen())
  })

  it('is not known before the first question, whatever that says', () => {
    expect(contradiction(joined, said(9, '09', ['a']))).toBeUndefined()
  })

  it('has no room for a question that does not say where it stands', () => {
    const { journalHead: _head, ...silent } = said(5, '05')
    expect(contradiction(joined, silent)).toMatchObject({ code: 'MANIFEST_INVALID' })
  })

  it('is not learnt from questions of another federation', () => {
    expect(witness(joined, hex('01'), { ...said(9, '09'), federation: hex('ee') })).toEqual([])
  })

  it('holds every key it was ever told of, through any questions', () => {
    const question = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 1 }), fc.subarray(['a', 'b', 'c']))
      .map(([sequence, branch, revoked]) => said(sequence, `${sequence}${branch}`, revoked))
    fc.assert(
      fc.property(fc.array(question, { maxLength: 12 }), (questions) => {
        let state = joined
        for (const each of questions) {
          const next = after(state, each)
          expect(next.witnessed?.sequence ?? 0).toBeGreaterThanOrEqual(state.witnessed?.sequence ?? 0)
          expect(next.witnessed?.revoked ?? []).toEqual(
            expect.arrayContaining([...(state.witnessed?.revoked ?? [])]),
          )
          const believed = !contradiction(state, each)
          expect(next.witnessed?.revoked.toSorted()).toEqual(
            believed ? each.revoked.toSorted() : state.witnessed?.revoked.toSorted(),
          )
          state = next
        }
      }),
    )
  })
})

describe('a roster', () => {
  const cleveland = () => keyIdOf(hex('a1'))

  it('with a key that its own question calls revoked is refused', () => {
    expect(revokedInRoster(joined, { ...teachManifest, revoked: [cleveland()] })).toMatchObject({
      code: 'KEY_REVOKED',
      reason: expect.stringContaining('cleveland') as unknown,
    })
  })

  it('with a key that was revoked in any question before is refused', () => {
    const state = after(joined, { ...said(3, '03'), revoked: [cleveland()] })
    expect(revokedInRoster(state, teachManifest)).toMatchObject({ code: 'KEY_REVOKED' })
    expect(revokedInRoster(joined, teachManifest)).toBeUndefined()
  })
})
