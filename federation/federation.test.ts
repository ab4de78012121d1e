import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ask, hash, hex, plan, share, withSites, world } from '../test/support/federation-world.ts'
import { approve, enrol, invite, requireApproved, revoke } from './decide-enrolment.ts'
import { answer, closeAtDeadline, refuse, revealSum } from './decide-question.ts'
import { failRun, progress, startRun } from './decide-run.ts'
import { decodeEvent, encodeEvent } from './events.ts'
import { inboxOf } from './inbox.ts'
import { obligations } from './obligations.ts'
import { emptyState, evolve } from './state.ts'

describe('enrolment', () => {
  it('turns a one-time invite into one site', () => {
    const w = world()
    w.do((s) => invite(s, { site: 'north', tokenHash: hex('1'), expiresAt: 100, approve: false }))
    expect(() => w.do((s) => enrol(s, { tokenHash: hex('2'), publicKey: hex('e') }, 0))).toThrow(
      'no such invite',
    )
    expect(() => w.do((s) => enrol(s, { tokenHash: hex('1'), publicKey: hex('e') }, 101))).toThrow('expired')
    expect(w.do((s) => enrol(s, { tokenHash: hex('1'), publicKey: hex('e') }, 100))).toEqual([
      'site-enrolled',
    ])
    // The receipt was lost, so the site asks again: nothing happens twice.
    expect(w.do((s) => enrol(s, { tokenHash: hex('1'), publicKey: hex('e') }, 100))).toEqual([])
    // Somebody else found the invite in a mailbox.
    expect(() => w.do((s) => enrol(s, { tokenHash: hex('1'), publicKey: hex('f') }, 100))).toThrow(
      'used already',
    )
    expect(() => requireApproved(w.state, hex('e'))).toThrow("waits for the operator's approval")
    w.do((s) => approve(s, 'north'))
    expect(requireApproved(w.state, hex('e')).site).toBe('north')
    w.do((s) => revoke(s, 'north'))
    expect(() => requireApproved(w.state, hex('e'))).toThrow('revoked')
    expect(() => w.do((s) => approve(s, 'north'))).toThrow('invite it again')
  })
})

describe('a question', () => {
  it('closes early once everyone has answered or refused, and sums who answered', () => {
    const w = withSites('east', 'north', 'west')
    w.do((s) => startRun(s, plan(['east', 'north', 'west'])))
    expect(obligations(w.state)).toEqual([{ kind: 'ask', run: 'run-1', round: 0, purpose: 'teach' }])
    ask(w, hash(1))
    expect(w.do((s, now) => answer(s, share(hash(1), 'west'), now))).toEqual(['answer-accepted'])
    expect(
      w.do((s, now) =>
        refuse(s, { question: hash(1), site: 'east', code: 'POLICY_REFUSED', reason: 'no' }, now),
      ),
    ).toEqual(['question-refused'])
    expect(w.do((s, now) => answer(s, share(hash(1), 'north'), now))).toEqual([
      'answer-accepted',
      'question-closed',
    ])
    expect(w.state.questions[hash(1)]?.survivors).toEqual(['north', 'west'])
    expect(obligations(w.state)).toEqual([{ kind: 'sum', question: hash(1) }])
  })

  it('tells each site the newest end of its own journal that came with an answer', () => {
    const w = withSites('east', 'north', 'west')
    w.do((s) => startRun(s, plan(['east', 'north', 'west'])))
    ask(w, hash(1))
    expect(inboxOf(w.state, 'west').journal).toBeUndefined()
    w.do((s, now) => answer(s, { ...share(hash(1), 'west'), journal: { sequence: 8, hash: hex('8') } }, now))
    const later = { ...share(hash(1), 'north'), journal: { sequence: 3, hash: hex('3') } }
    w.do((s, now) => answer(s, later, now))
    expect(inboxOf(w.state, 'west').journal).toEqual({ sequence: 8, hash: hex('8') })
    expect(inboxOf(w.state, 'north').journal).toEqual({ sequence: 3, hash: hex('3') })
    // An older end never replaces a newer one.
    w.do((s, now) => answer(s, share(hash(1), 'east'), now))
    w.do((s) => revealSum(s, hash(1), hex('f')))
    w.do((s) => progress(s, trained(0)))
    ask(w, hash(2), 'teach', 1)
    w.do((s, now) => answer(s, { ...share(hash(2), 'west'), journal: { sequence: 7, hash: hex('7') } }, now))
    expect(inboxOf(w.state, 'west').journal).toEqual({ sequence: 8, hash: hex('8') })
  })

  it('takes the same answer twice as one, a second answer never, a late one never', () => {
    const w = withSites('east', 'north')
    w.do((s) => startRun(s, plan(['east', 'north'])))
    ask(w, hash(1))
    w.do((s, now) => answer(s, share(hash(1), 'east'), now))
    expect(w.do((s, now) => answer(s, share(hash(1), 'east'), now))).toEqual([])
    expect(() => w.do((s, now) => answer(s, share(hash(1), 'east', hex('9')), now))).toThrow('another answer')
    expect(() => w.do((s, now) => answer(s, share(hash(7), 'east'), now))).toThrow('no question')
    expect(() => w.do((s, now) => answer(s, share(hash(1), 'south'), now))).toThrow('not in the roster')
    w.pass(1000)
    expect(() => w.do((s, now) => answer(s, share(hash(1), 'north'), now))).toThrow(
      'closed before this arrived',
    )
    expect(w.do((s, now) => closeAtDeadline(s, hash(1), now))).toEqual(['question-closed'])
    expect(() => w.do((s, now) => answer(s, share(hash(1), 'north'), now))).toThrow(
      'closed before this arrived',
    )
  })

  it('neither waits for a site that is revoked nor sums what it answered', () => {
    const w = withSites('east', 'north', 'west')
    w.do((s) => startRun(s, plan(['east', 'north', 'west'])))
    ask(w, hash(1))
    for (const site of ['east', 'north']) w.do((s, now) => answer(s, share(hash(1), site), now))
    expect(w.do((s) => revoke(s, 'west'))).toEqual(['site-revoked', 'question-closed'])
    expect(w.state.questions[hash(1)]?.survivors).toEqual(['east', 'north'])
    expect(w.do((s) => revoke(s, 'west'))).toEqual([])

    const v = withSites('east', 'north', 'west')
    v.do((s) => startRun(s, plan(['east', 'north', 'west'])))
    ask(v, hash(1))
    v.do((s, now) => answer(s, share(hash(1), 'west'), now))
    expect(v.do((s) => revoke(s, 'west'))).toEqual(['site-revoked'])
    v.do((s, now) => answer(s, share(hash(1), 'east'), now))
    v.do((s, now) => answer(s, share(hash(1), 'north'), now))
    expect(v.state.questions[hash(1)]?.survivors).toEqual(['east', 'north'])
    // Two are left, and one more may go: not both.
    v.do((s) => revealSum(s, hash(1), hex('5')))
    v.do((s) => progress(s, trained(0)))
    ask(v, hash(2), 'teach', 1)
    v.do((s, now) => answer(s, share(hash(2), 'east'), now))
    expect(v.do((s) => revoke(s, 'north'))).toEqual(['site-revoked', 'question-closed', 'run-failed'])
  })

  it('fails the run below its threshold, but only skips an evaluation', () => {
    const w = withSites('east', 'north', 'west')
    w.do((s) => startRun(s, plan(['east', 'north', 'west'])))
    ask(w, hash(1))
    w.do((s, now) => answer(s, share(hash(1), 'east'), now))
    w.pass(1000)
    expect(w.do((s, now) => closeAtDeadline(s, hash(1), now))).toEqual(['question-closed', 'run-failed'])
    expect(w.state.runs['run-1']?.failure?.reason).toBe('1 of 3 sites answered; the threshold is 2.')
    expect(obligations(w.state)).toEqual([])

    const v = withSites('east', 'north')
    v.do((s) => startRun(s, plan(['east', 'north'], { rounds: 1 })))
    ask(v, hash(1))
    for (const site of ['east', 'north']) v.do((s, now) => answer(s, share(hash(1), site), now))
    v.do((s) => revealSum(s, hash(1), hex('5')))
    v.do((s) => progress(s, trained(0)))
    expect(obligations(v.state)).toEqual([{ kind: 'ask', run: 'run-1', round: 0, purpose: 'evaluate' }])
    ask(v, hash(2), 'evaluate')
    v.pass(1000)
    expect(v.do((s, now) => closeAtDeadline(s, hash(2), now))).toEqual(['question-closed'])
    expect(obligations(v.state)).toEqual([{ kind: 'evaluate', run: 'run-1' }])
  })
})

const trained = (round: number) => ({
  type: 'student-trained' as const,
  run: 'run-1',
  round,
  networkHash: hex('6'),
  curveHash: hex('7'),
  seconds: 1,
})

describe('a run', () => {
  it('walks through its rounds to the release', () => {
    const w = withSites('east', 'north')
    w.do((s) => startRun(s, plan(['east', 'north'])))
    const phases: (string | undefined)[] = []
    for (const round of [0, 1]) {
      ask(w, hash(round), 'teach', round)
      for (const site of ['east', 'north']) w.do((s, now) => answer(s, share(hash(round), site), now))
      phases.push(w.state.runs['run-1']?.phase)
      w.do((s) => revealSum(s, hash(round), hex('5')))
      phases.push(w.state.runs['run-1']?.phase)
      w.do((s) => progress(s, trained(round)))
      expect(w.do((s) => progress(s, trained(round)))).toEqual([]) // work done twice counts once
      phases.push(w.state.runs['run-1']?.phase)
    }
    expect(phases).toEqual(['summing', 'distilling', 'asking', 'summing', 'distilling', 'evaluating'])
    expect(() => w.do((s) => startRun(s, plan(['east', 'north'])))).toThrow('run-1 is still evaluating')
    ask(w, hash(9), 'evaluate', 1)
    for (const site of ['east', 'north']) w.do((s, now) => answer(s, share(hash(9), site), now))
    w.do((s) => revealSum(s, hash(9), hex('5')))
    expect(obligations(w.state)).toEqual([{ kind: 'evaluate', run: 'run-1' }])
    w.do((s) => progress(s, { type: 'student-evaluated', run: 'run-1', reportHash: hex('8'), seconds: 1 }))
    expect(obligations(w.state)).toEqual([{ kind: 'release', run: 'run-1' }])
    w.do((s) => progress(s, { type: 'student-released', run: 'run-1', files: [] }))
    expect(obligations(w.state)).toEqual([])
    expect(w.do((s) => failRun(s, 'run-1', 'INTERNAL', 'too late'))).toEqual([])
    expect(w.do((s) => startRun(s, plan(['east', 'north'])))).toEqual(['run-started'])
  })

  it('refuses to start with too few approved sites', () => {
    const w = withSites('east', 'north')
    expect(() => w.do((s) => startRun(s, plan(['east', 'north'], { threshold: 3 })))).toThrow(
      'the threshold is 3',
    )
    expect(() => w.do((s) => startRun(s, plan(['east', 'south'])))).toThrow('"south" is not an approved site')
  })
})

describe('laws, over random histories', () => {
  /** Random but legal-looking commands; decisions may refuse them. */
  const command = fc.oneof(
    fc.record({
      do: fc.constant('ask' as const),
      question: fc.integer({ min: 0, max: 3 }),
      round: fc.integer({ min: 0, max: 1 }),
    }),
    fc.record({
      do: fc.constant('answer' as const),
      question: fc.integer({ min: 0, max: 3 }),
      site: fc.integer({ min: 0, max: 3 }),
      value: fc.integer({ min: 0, max: 1 }),
    }),
    fc.record({
      do: fc.constant('refuse' as const),
      question: fc.integer({ min: 0, max: 3 }),
      site: fc.integer({ min: 0, max: 3 }),
    }),
    fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 700 }) }),
    fc.record({ do: fc.constant('oblige' as const) }),
    fc.record({ do: fc.constant('revoke' as const), site: fc.integer({ min: 0, max: 3 }) }),
  )
  const sites = ['a', 'b', 'c', 'd']

  const history = (commands: readonly (typeof command extends fc.Arbitrary<infer C> ? C : never)[]) => {
    const w = withSites(...sites)
    w.do((s) => startRun(s, plan(sites, { threshold: 3 })))
    for (const c of commands) {
      try {
        if (c.do === 'ask') ask(w, hash(c.question), 'teach', c.round)
        if (c.do === 'answer')
          w.do((s, now) => answer(s, share(hash(c.question), sites[c.site] ?? 'a', hash(c.value)), now))
        if (c.do === 'refuse')
          w.do((s, now) =>
            refuse(s, { question: hash(c.question), site: sites[c.site] ?? 'a', code: 'X', reason: '' }, now),
          )
        if (c.do === 'pass') w.pass(c.ms)
        if (c.do === 'revoke') w.do((s) => revoke(s, sites[c.site] ?? 'a'))
        if (c.do === 'oblige')
          for (const o of obligations(w.state)) {
            if (o.kind === 'deadline') w.do((s, now) => closeAtDeadline(s, o.question, now))
            if (o.kind === 'sum') w.do((s) => revealSum(s, o.question, hex('5')))
            if (o.kind === 'distil') w.do((s) => progress(s, trained(o.round)))
            if (o.kind === 'ask' && o.purpose === 'teach') ask(w, hash(10 + o.round), 'teach', o.round)
          }
      } catch (error) {
        expect(error).toMatchObject({ name: 'CollegiumError' })
      }
    }
    return w
  }

  it('replaying the encoded journal gives the same state, and so the same obligations', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        const w = history(commands)
        const replayed = w.events
          .map((event, i) => decodeEvent(encodeEvent(event), i + 1))
          .reduce(evolve, emptyState)
        expect(replayed).toEqual(w.state)
        expect(obligations(replayed)).toEqual(obligations(w.state))
      }),
    )
  })

  it('counts every site at most once a question, never sums below the threshold nor who was revoked', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        const w = history(commands)
        const accepted = w.events
          .filter((e) => e.type === 'answer-accepted')
          .map((e) => `${e.question} ${e.site}`)
        expect(new Set(accepted).size).toBe(accepted.length)
        const revoked = new Set<string>()
        for (const e of w.events) {
          if (e.type === 'site-revoked') revoked.add(e.site)
          if (e.type !== 'question-closed' || e.survivors.length === 0) continue
          expect(e.survivors.filter((site) => revoked.has(site))).toEqual([])
          expect(e.survivors.length).toBeGreaterThanOrEqual(3)
          for (const site of e.survivors) expect(accepted).toContain(`${e.question} ${site}`)
        }
      }),
    )
  })
})
