import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  agreementOf,
  answerOf,
  identitiesOf,
  lenient,
  plainSum,
  run,
  seedFor,
} from '../../test/support/secure-sum.ts'
import { ready } from '../crypto.ts'
import { domainOf } from './agreement.ts'
import { keyStatement } from './keys.ts'
import { receive, openCoordinator, type CollectStep } from './coordinator.ts'
import { chooseGraph, findSparseGraph, majorityThreshold } from './graph-parameters.ts'
import type { FromSite } from './messages.ts'
import { openSite } from './site.ts'

beforeAll(() => ready)

const range = (count: number) => Array.from({ length: count }, (_, i) => i)

/** Whoever has dropped by the time the masked answers are due is not in the sum. */
const isSummed = (drop: CollectStep | undefined) => drop === undefined || ['consent', 'unmask'].includes(drop)

describe('a secure sum', () => {
  it('is the sum, for any sites and answers', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 12 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(),
        (sites, words, salt) => {
          const answer = (site: number) =>
            Uint32Array.from({ length: words }, (_, k) => ((site + 1) * 2_654_435_761 + k * salt) % 2 ** 32)
          const { sum, refusals } = run(agreementOf(sites, { words }), { answer })
          expect(refusals.size).toBe(0)
          expect([...sum!]).toEqual(plainSum(range(sites), answer))
        },
      ),
      { numRuns: 8 },
    )
  })

  it('is the sum of forty sites, each the neighbour of each, and thirteen of them lost', () => {
    const drops = new Map(range(13).map((i) => [3 * i, (['keys', 'shares', 'masked'] as const)[i % 3]!]))
    const { sum } = run(agreementOf(40), { drops })
    expect([...sum!]).toEqual(plainSum(range(40).filter((site) => !drops.has(site))))
  })

  it('is the sum of a hundred sites in a sparse graph', () => {
    const assumed = { sites: 100, corrupt: 0.05, dropout: 0.05, server: 'semi-malicious' } as const
    const agreement = agreementOf(100, findSparseGraph(assumed))
    expect(agreement.graph.holderCount).toBe(16)
    const drops = new Map<number, CollectStep>([
      [4, 'masked'],
      [50, 'masked'],
      [77, 'consent'],
      [99, 'unmask'],
    ])
    const { sum } = run(agreement, { drops })
    expect([...sum!]).toEqual(plainSum(range(100).filter((site) => isSummed(drops.get(site)))))
  })

  // 2 * 32 = 64 exceeds 42 neighbours and 20 of 101 in league; 2 * 68 = 136 exceeds 101 and those 20.
  it('is the sum of a hundred and one whose coordinator nobody believes, whichever tenth of them is lost', () => {
    const agreement = agreementOf(101, {
      ...chooseGraph({ sites: 101, corrupt: 0.2, dropout: 0.1 }),
      quorum: 68,
    })
    expect(agreement).toMatchObject({ degree: 42, threshold: 32, minimumSurvivors: 68 })
    const policy = { minimumSites: 3, minimumThreshold: 2 / 3, colluders: 20 }
    const lost = fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 10, maxLength: 10 })
    const steps = fc.array(fc.constantFrom<CollectStep>('keys', 'shares', 'masked', 'consent', 'unmask'), {
      minLength: 10,
      maxLength: 10,
    })
    fc.assert(
      fc.property(lost, steps, (sites, when) => {
        const drops = new Map(sites.map((site, i) => [site, when[i]!]))
        const { sum, refusals } = run(agreement, { drops, policy })
        expect(refusals.size).toBe(0)
        expect([...sum!]).toEqual(plainSum(range(101).filter((site) => isSummed(drops.get(site)))))
      }),
      { numRuns: 2 },
    )
  }, 60_000)
})

describe('sites that drop out', () => {
  const steps: readonly CollectStep[] = ['keys', 'shares', 'masked', 'consent', 'unmask']

  describe.each([3, 4, 5, 7, 10, 20])('of %i', (sites) => {
    const threshold = majorityThreshold(sites)
    // Far from the threshold, twenty sites say nothing that ten have not said.
    const counts = range(sites + 1).filter((count) => sites < 20 || Math.abs(sites - count - threshold) < 2)

    it.each(steps)('in "%s" are left out, or end the sum', (step) => {
      for (const count of counts) {
        const drops = new Map(range(count).map((i) => [(i * 3 + 1) % sites, step]))
        // 3 has no inverse modulo 3: there, sites drop in order.
        if (drops.size < count) for (const site of range(count)) drops.set(site, step)
        const unmasked: number[] = []
        const { sum, coordinator } = run(agreementOf(sites), {
          drops,
          onSent: (site, { kind }) => void (kind === 'unmask' && unmasked.push(site)),
        })
        const enough = sites - drops.size >= threshold
        const summed = range(sites).filter((site) => isSummed(drops.get(site)))
        expect(sum && [...sum]).toEqual(enough ? plainSum(summed) : undefined)
        expect(coordinator.step).toBe(enough ? 'complete' : 'failed')
        // Those asked to unmask cannot know who else will; nobody is asked when it is known.
        expect(unmasked.length > 0).toBe(enough || (step === 'unmask' && count < sites))
      }
    })
  })
})

describe('the coordinator', () => {
  const agreement = agreementOf(3)
  const keysOf = (site: number): FromSite =>
    openSite({
      agreement,
      policy: lenient,
      identity: identitiesOf(3)[site]!,
      seed: seedFor(site, 2),
      earlier: new Set(),
    }).send!

  it('takes a message once, from the site that sent it, in its step', () => {
    const open = openCoordinator(agreement)
    const one = receive(open, 0, keysOf(0))
    expect(receive(one, 0, keysOf(0))).toBe(one)
    expect(() => receive(one, 1, keysOf(0))).toThrow(expect.objectContaining({ code: 'SECAGG_STRANGER' }))
    expect(() => receive(one, 3, keysOf(0))).toThrow(expect.objectContaining({ code: 'SECAGG_OUT_OF_STEP' }))
    expect(() => receive(one, 1, { kind: 'masked', words: answerOf(1) })).toThrow(
      'while the sum was at "keys"',
    )
  })

  it('keeps keys from the others that are unsigned or would protect nothing', () => {
    const [open, message] = [openCoordinator(agreement), keysOf(0)]
    if (message.kind !== 'keys') throw new Error('no keys')
    const keys = { ...message.keys, maskKey: new Uint8Array(32) }
    const signature = identitiesOf(3)[0]!.sign(domainOf('keys'), keyStatement(agreement, keys))
    const give = (given: typeof keys) => () => receive(open, 0, { kind: 'keys', keys: given })
    expect(give(keys)).toThrow(expect.objectContaining({ code: 'SECAGG_KEY_UNSIGNED' }))
    expect(give({ ...keys, signature })).toThrow(expect.objectContaining({ code: 'SECAGG_KEY_WEAK' }))
  })

  it('leaves out a site whose message does not fit, and sums the others', () => {
    const { sum, rejections } = run(agreementOf(4), {
      onSent: (site, message) => {
        if (site === 2 && message.kind === 'shares') Object.assign(message, { boxes: message.boxes.slice(1) })
      },
    })
    expect(rejections.get(2)?.code).toBe('SECAGG_SHARE_WRONG')
    expect([...sum!]).toEqual(plainSum([0, 1, 3]))
  })

  it('does not reveal a sum from shares that were altered', () => {
    const spoil = (message: FromSite) => {
      if (message.kind === 'unmask') for (const { share } of message.keyShares) share[35]! ^= 1
    }
    const reveal = () =>
      run(agreementOf(4), {
        drops: new Map([[2, 'masked']]),
        onSent: (site, message) => site === 0 && spoil(message),
      })
    expect(reveal).toThrow(expect.objectContaining({ code: 'SECAGG_SHARE_WRONG' }))
  })
})
