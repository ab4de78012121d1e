/** A coordinator that lies. Whatever it tries, no site that it lies to gives it a share to unmask with. */
import { beforeAll, describe, expect, it } from 'vitest'
import { agreementOf, answerOf, identitiesOf, run, seedFor } from '../../test/support/secure-sum.ts'
import { exchangeKeyPairOf, hexToBytes, ready } from '../crypto.ts'
import { identityOf, type Identity } from '../identity.ts'
import { domainOf, nameOf, type Agreement } from './agreement.ts'
import { keyStatement, requireStrong, viewOf } from './keys.ts'
import type { FromSite, SignedKeys, ToSite } from './messages.ts'
import { has, rosterSet } from './roster-set.ts'
import { advanceSite, openSite, type SiteStart, type SiteSum } from './site.ts'

beforeAll(() => ready)

const SITES = 5 // of which 4 unmask
const agreement = () => agreementOf(SITES)
const strict = { minimumSites: 5, minimumThreshold: 2 / 3, colluders: 2 }

/** Tells every site what the lie makes of the truth; returns the code of each refusal, and who unmasked. */
function lieToAll(lie: (site: number, message: ToSite) => ToSite, other: Agreement = agreement()) {
  const unmasked: number[] = []
  const { refusals, sum } = run(other, {
    deliver: lie,
    onSent: (site, { kind }) => void (kind === 'unmask' && unmasked.push(site)),
  })
  return { codes: Array.from({ length: SITES }, (_, site) => refusals.get(site)?.code), unmasked, sum }
}

const everyone = <T>(value: T): T[] => Array.from({ length: SITES }, () => value)

/** A lie about keys, and a view to go with it. */
const withKeys =
  (change: (keys: readonly SignedKeys[], site: number) => readonly SignedKeys[]) =>
  (site: number, message: ToSite): ToSite => {
    if (message.kind !== 'key-list') return message
    const keys = change(message.keys, site)
    return { ...message, keys, view: viewOf(agreement(), keys) }
  }

/** Keys of a site that works with the coordinator and signs what it likes. */
function colluding(
  site: number,
  maskKey?: Uint8Array,
  signer: Identity = identitiesOf(SITES)[site]!,
): SignedKeys {
  const [mask, share] = [70, 71].map((purpose) => exchangeKeyPairOf(seedFor(site, purpose)).publicKey)
  const keys = { site, maskKey: maskKey ?? mask!, shareKey: share! }
  return { ...keys, signature: signer.sign(domainOf('keys'), keyStatement(agreement(), keys)) }
}

const start = (site: number, options: Partial<SiteStart> = {}) =>
  openSite({
    agreement: agreement(),
    policy: strict,
    identity: identitiesOf(SITES)[site]!,
    seed: seedFor(site, 2),
    earlier: new Set(),
    ...options,
  })

/** A round in which nobody lies, as site 0 saw it. */
function honest(seed?: (site: number) => Uint8Array, other = agreement()) {
  const told: ToSite[] = []
  run(other, {
    ...(seed && { seed }),
    deliver: (site, message) => {
      if (site === 0) told.push(message)
      return message
    },
  })
  const [keyList, boxes, survivors, consents] = told as [ToSite, ToSite, ToSite, ToSite]
  return { keyList, boxes, survivors, consents }
}

/** Plays events to site 0; everything it sent, where it is now, and why it refused. */
function play(events: readonly Parameters<typeof advanceSite>[1][]) {
  let { state } = start(0)
  const sent: FromSite[] = []
  let code: string | undefined
  for (const event of events) {
    const step = advanceSite(state, event)
    state = step.state
    if (step.send) sent.push(step.send)
    code ??= step.refusal?.code
  }
  return { state, code, sent: sent.map(({ kind }) => kind) }
}

describe('the coordinator gets no share to unmask with when it', () => {
  it('swaps a key', () => {
    const mallory = identityOf(seedFor(9, 9))
    const lie = withKeys((keys, site) => {
      const victim = (site + 1) % SITES
      return keys.map((one) => (one.site === victim ? colluding(victim, undefined, mallory) : one))
    })
    const { codes, unmasked } = lieToAll(lie)
    expect(codes).toEqual(everyone('SECAGG_KEY_UNSIGNED'))
    expect(unmasked).toEqual([])
  })

  it("swaps a site's own key", () => {
    const lie = withKeys((keys, site) => keys.map((one) => (one.site === site ? colluding(site) : one)))
    expect(lieToAll(lie)).toMatchObject({ codes: everyone('SECAGG_OWN_KEY_CHANGED'), unmasked: [] })
  })

  it('adds a sybil', () => {
    const sybil = identityOf(seedFor(9, 9))
    const lie = withKeys((keys) => [...keys, colluding(SITES, undefined, sybil)])
    expect(lieToAll(lie)).toMatchObject({ codes: everyone('SECAGG_STRANGER'), unmasked: [] })
    // A roster of its own invention, without the site or with too few.
    const strangers = agreementOf(SITES, {
      roster: Array.from({ length: SITES }, (_, i) => identityOf(seedFor(i, 40)).publicKey),
    })
    expect(start(0, { agreement: strangers }).refusal?.code).toBe('SECAGG_NOT_IN_ROSTER')
    expect(start(0, { agreement: agreementOf(4) }).refusal?.code).toBe('SECAGG_ROSTER_SMALL')
  })

  it('names a site twice, or gives two sites one key', () => {
    const twice = withKeys((keys) => [...keys, keys[2]!])
    expect(lieToAll(twice)).toMatchObject({ codes: everyone('SECAGG_DUPLICATE'), unmasked: [] })
    const shared = withKeys((keys) => {
      const copied = colluding(4, keys.find(({ site }) => site === 3)!.maskKey)
      return keys.map((one) => (one.site === 4 ? copied : one))
    })
    expect(lieToAll(shared).codes.slice(0, 4)).toEqual(Array(4).fill('SECAGG_DUPLICATE'))
  })

  it('shows sites different lists of keys', () => {
    // Site 4 is in league with it and signs a second pair, which only site 0 sees: its shares open for nobody.
    const other = withKeys((keys, site) =>
      keys.map((one) => (site === 0 && one.site === 4 ? colluding(4) : one)),
    )
    const { codes, unmasked } = lieToAll(other)
    expect(codes).toEqual(everyone('SECAGG_SHARE_UNREADABLE'))
    expect(unmasked).toEqual([])
    // Or it names the view of a list that it does not show.
    const named = lieToAll((site, message) =>
      message.kind === 'key-list' ? { ...message, view: new Uint8Array(32).fill(site) } : message,
    )
    expect(named).toMatchObject({ codes: everyone('SECAGG_VIEW_SPLIT'), unmasked: [] })
  })

  it.each(['all signatures', 'those under the list a site was shown'])(
    'shows sites different survivors, and passes on %s',
    (passed) => {
      // Sites 0, 1 and 2 are told that 4 has dropped, 3 and 4 that 0 has: no list finds four signatures.
      const told = (site: number) => rosterSet(SITES, site < 3 ? [0, 1, 2, 3] : [1, 2, 3, 4])
      const consents: { site: number; signature: Uint8Array }[] = []
      const { sites, coordinator } = run(agreement(), {
        deliver: (site, message) =>
          message.kind === 'survivors' ? { ...message, survivors: told(site) } : message,
        onSent: (site, { kind, ...sent }) =>
          void (
            kind === 'consent' &&
            'signature' in sent &&
            consents.push({ site, signature: sent.signature })
          ),
      })
      expect(coordinator.step).toBe('failed')
      expect(consents).toHaveLength(SITES)
      const steps = sites.map((state, site) => {
        const fitting = consents.filter((one) => one.site < 3 === site < 3)
        const passedOn =
          passed === 'all signatures' ? consents.filter((one) => has(told(site), one.site)) : fitting
        return advanceSite(state!, { kind: 'consents', consents: passedOn })
      })
      expect(steps.map(({ send }) => send)).toEqual(everyone(undefined))
      const code = passed === 'all signatures' ? 'SECAGG_CONSENT_INVALID' : 'SECAGG_TOO_FEW'
      expect(steps.map(({ refusal }) => refusal?.code)).toEqual(everyone(code))
    },
  )

  it('passes on signatures under other survivors', () => {
    const { keyList, boxes, consents } = honest()
    const answer = { kind: 'answer', words: answerOf(0) } as const
    const fewer = { kind: 'survivors', survivors: rosterSet(SITES, [0, 1, 2, 3]) } as const
    expect(play([keyList, boxes, answer, fewer, consents])).toEqual({
      state: { step: 'refused' },
      code: 'SECAGG_CONSENT_INVALID',
      sent: ['shares', 'masked', 'consent'],
    })
  })

  it('asks for a site first as a survivor, then as one that dropped out', () => {
    const { keyList, boxes, survivors, consents } = honest()
    const answer = { kind: 'answer', words: answerOf(0) } as const
    const without = { kind: 'survivors', survivors: rosterSet(SITES, [0, 1, 2, 3]) } as const
    const { code, sent } = play([keyList, boxes, answer, survivors, without, consents])
    expect(code).toBe('SECAGG_OUT_OF_STEP')
    expect(sent).toEqual(['shares', 'masked', 'consent'])
  })

  it('counts a site that answered as dropped', () => {
    const { codes, unmasked } = lieToAll((site, message) =>
      message.kind === 'survivors'
        ? {
            ...message,
            survivors: rosterSet(
              SITES,
              [0, 1, 2, 3, 4].filter((one) => one !== site),
            ),
          }
        : message,
    )
    expect(codes).toEqual(everyone('SECAGG_SELF_DROPPED'))
    expect(unmasked).toEqual([])
  })

  it('lists survivors that never dealt shares, or too few, or no roster at all', () => {
    const { keyList, boxes } = honest()
    const answer = { kind: 'answer', words: answerOf(0) } as const
    const tell = (survivors: Uint8Array) => play([keyList, boxes, answer, { kind: 'survivors', survivors }])
    expect(tell(rosterSet(SITES, [0, 1, 2])).code).toBe('SECAGG_TOO_FEW')
    expect(tell(rosterSet(SITES, [0])).code).toBe('SECAGG_TOO_FEW')
    expect(tell(Uint8Array.of(0b1011_1111)).code).toBe('SECAGG_SURVIVORS_INVALID')
    expect(tell(new Uint8Array(2)).code).toBe('SECAGG_SURVIVORS_INVALID')
    if (boxes.kind !== 'boxes') throw new Error('no boxes')
    const three = { kind: 'boxes', boxes: boxes.boxes.filter(({ site }) => site !== 2) } as const
    const all = { kind: 'survivors', survivors: rosterSet(SITES, [0, 1, 2, 3, 4]) } as const
    expect(play([keyList, three, answer, all]).code).toBe('SECAGG_SURVIVORS_INVALID')
  })

  it('lowers the threshold', () => {
    expect(start(0, { agreement: agreementOf(SITES, { threshold: 3 }) }).refusal?.code).toBe(
      'SECAGG_THRESHOLD_LOW',
    )
    expect(() => agreementOf(SITES, { threshold: 2 })).toThrow(
      expect.objectContaining({ code: 'SECAGG_AGREEMENT_INVALID' }),
    )
    // 2 t = 8 exceeds five sites and two in league with the coordinator, not three.
    expect(start(0).refusal).toBeUndefined()
    expect(start(0, { policy: { ...strict, colluders: 3 } }).refusal?.code).toBe('SECAGG_THRESHOLD_LOW')
  })

  it('asks for a mask with too few neighbours, or with too small a part of the roster', () => {
    // Of 120, 24 may be in league: 2 t must exceed 50 neighbours and those, so t = 38; 2 q the roster and those, and
    // q >= 80 for two thirds. The semi-malicious (16, 11) of a hundred would fall to six next to one victim.
    const policy = { minimumSites: 5, minimumThreshold: 2 / 3, colluders: 24 }
    const code = (terms: Partial<Agreement>) =>
      start(0, { policy, agreement: agreementOf(120, terms) }).refusal?.code
    expect(code({ degree: 50, threshold: 38, quorum: 80 })).toBeUndefined()
    expect(code({ degree: 50, threshold: 37, quorum: 80 })).toBe('SECAGG_THRESHOLD_LOW')
    expect(code({ degree: 16, threshold: 11, quorum: 80 })).toBe('SECAGG_THRESHOLD_LOW')
    expect(code({ degree: 50, threshold: 38, quorum: 79 })).toBe('SECAGG_THRESHOLD_LOW')
    expect(() => agreementOf(120, { degree: 50, threshold: 38, quorum: 60 })).toThrow(
      expect.objectContaining({ code: 'SECAGG_AGREEMENT_INVALID' }),
    )
  })

  it('tells the neighbours of one site, and them alone, that a far one has dropped', () => {
    // Twenty sites of eight neighbours, six of whom unmask. Without a quorum site 0 takes its neighbours' word.
    const outcome = (quorum?: number) => {
      const sparse = agreementOf(20, { degree: 8, threshold: 6, ...(quorum !== undefined && { quorum }) })
      const near = [0, ...sparse.graph.neighbours(0)]
      const everybody = Array.from({ length: 20 }, (_, site) => site)
      const far = everybody.find((site) => !near.includes(site))
      const told = rosterSet(
        20,
        everybody.filter((site) => site !== far),
      )
      const consents: { site: number; signature: Uint8Array }[] = []
      const { sites } = run(sparse, {
        deliver: (site, message) =>
          message.kind === 'survivors' && near.includes(site) ? { ...message, survivors: told } : message,
        onSent: (site, message) =>
          void (
            message.kind === 'consent' &&
            near.includes(site) &&
            consents.push({ site, signature: message.signature })
          ),
      })
      expect(consents).toHaveLength(9)
      const { send, refusal } = advanceSite(sites[0]!, {
        kind: 'consents',
        consents: consents.filter(({ site }) => site !== 0),
      })
      return send?.kind ?? refusal?.code
    }
    expect(outcome()).toBe('unmask')
    expect(outcome(14)).toBe('SECAGG_TOO_FEW')
  })

  it('asks sites different questions', () => {
    // Site 1 was shown a manifest with another transfer set. What it signs is of another context.
    const elsewhere = agreementOf(SITES, { manifest: 'another question' })
    const theirs = start(1, { agreement: elsewhere }).send
    if (theirs?.kind !== 'keys') throw new Error('no keys')
    const lie = withKeys((keys) => keys.map((one) => (one.site === 1 ? theirs.keys : one)))
    expect(lieToAll(lie).codes[0]).toBe('SECAGG_KEY_UNSIGNED')
    expect(lieToAll(lie).unmasked).toEqual([])
  })

  it('replays what was said in an earlier sum', () => {
    const earlier = honest((site) => seedFor(site, 3))
    const later = honest()
    expect(play([earlier.keyList]).code).toBe('SECAGG_OWN_KEY_CHANGED')
    expect(play([later.keyList, earlier.boxes]).code).toBe('SECAGG_SHARE_UNREADABLE')
    expect(play([later.keyList, later.keyList])).toMatchObject({
      code: 'SECAGG_OUT_OF_STEP',
      sent: ['shares'],
    })
    const answer = { kind: 'answer', words: answerOf(0) } as const
    const { code, sent } = play([later.keyList, later.boxes, answer, later.survivors, earlier.consents])
    expect(code).toBe('SECAGG_CONSENT_INVALID')
    expect(sent).not.toContain('unmask')
  })

  it('asks the same again of one site less', () => {
    const fewer = agreementOf(SITES, { manifest: 'the same without site 4' })
    const { refusal, send, state } = start(0, { agreement: fewer, earlier: new Set(['query']) })
    expect(refusal?.code).toBe('SECAGG_REPEATED')
    expect(send).toBeUndefined()
    expect(state).toEqual({ step: 'refused' })
  })

  it('asks for shares twice', () => {
    const { keyList, boxes, survivors, consents } = honest()
    const answer = { kind: 'answer', words: answerOf(0) } as const
    const { sent, code } = play([keyList, boxes, answer, survivors, consents, consents])
    expect(sent).toEqual(['shares', 'masked', 'consent', 'unmask'])
    expect(code).toBe('SECAGG_OUT_OF_STEP')
  })

  it('sends a key of low order', () => {
    // 0 and 1, and a point of order 8: RFC 7748 section 6.1 has the check, cr.yp.to/ecdh.html#validate the points.
    const points = [
      '00'.repeat(32),
      `01${'00'.repeat(31)}`,
      'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
    ]
    for (const point of points.map(hexToBytes)) {
      const lie = withKeys((keys) =>
        keys.map((one) => (one.site === 4 ? { ...colluding(4), ...weak(point) } : one)),
      )
      const { codes, unmasked } = lieToAll(lie)
      expect(codes.slice(0, 4)).toEqual(Array(4).fill('SECAGG_KEY_WEAK'))
      expect(unmasked).toEqual([])
      expect(() => requireStrong(weak(point))).toThrow('agrees on no secret')
    }
  })

  it('finds a site that has restarted', () => {
    const earlier = new Set([nameOf(agreement())])
    expect(start(0, { earlier }).refusal?.code).toBe('SECAGG_REPEATED')
  })
})

function weak(point: Uint8Array): SignedKeys {
  const { maskKey } = colluding(4)
  const keys = { site: 4, maskKey, shareKey: point }
  return {
    ...keys,
    signature: identitiesOf(SITES)[4]!.sign(domainOf('keys'), keyStatement(agreement(), keys)),
  }
}

describe('a copy of the state', () => {
  it('signs no second list of survivors', () => {
    const { keyList, boxes, survivors } = honest()
    let state: SiteSum = start(0).state
    for (const event of [keyList, boxes, { kind: 'answer', words: answerOf(0) } as const])
      state = advanceSite(state, event).state
    expect(advanceSite(state, survivors).send?.kind).toBe('consent')
    const fewer = { kind: 'survivors', survivors: rosterSet(SITES, [0, 1, 2, 3]) } as const
    const again = advanceSite(state, fewer)
    expect(again.refusal?.code).toBe('SECAGG_OUT_OF_STEP')
    expect(again.send).toBeUndefined()
  })

  it('holds nothing but zeros when the sum is over, and when it was refused', () => {
    const { keyList, boxes, survivors, consents } = honest()
    const answer = { kind: 'answer', words: answerOf(0) } as const
    for (const last of [consents, keyList]) {
      let state: SiteSum = start(0).state
      const states = [state]
      for (const event of [keyList, boxes, answer, survivors, last])
        states.push((state = advanceSite(state, event).state))
      for (const past of states) {
        if (!('secrets' in past)) continue
        const { maskSeed, maskPair, sharePair, selfSeed, dealingSeed } = past.secrets
        const secrets = [maskSeed, maskPair.secretKey, sharePair.secretKey, selfSeed, dealingSeed]
        const held = 'held' in past ? [...past.held.values()] : []
        for (const secret of [...secrets, ...held]) expect(secret.every((byte) => byte === 0)).toBe(true)
      }
    }
  })
})
