import { beforeAll, describe, expect, it } from 'vitest'
import { ready } from '#privacy/crypto.ts'
import { identityOf, keyIdOf } from '#privacy/identity.ts'
import { enrol, invite, requireApproved, revoke, rotate } from './decide-enrolment.ts'
import type { Fact } from './events.ts'
import { rotateCoordinator } from './decide-coordinator-key.ts'
import { requireRotation, rotateKey, successionFrom, type KeyRotation } from './key-rotation.ts'
import { followCoordinator, join, recordRotation } from './site-decide.ts'
import { emptySiteState, evolveSite } from './site-state.ts'
import { coordinatorKeyOf, emptyState, evolve, type FederationState } from './state.ts'

beforeAll(() => ready)

const hex = (digit: string) => digit.repeat(64)
const FEDERATION = hex('f')
const key = (n: number) => identityOf(new Uint8Array(32).fill(n))
const rotation = (from: number, to: number) => rotateKey(key(from), key(to), FEDERATION)
const coded = (code: string) => expect.objectContaining({ code }) as Error

const after = (state: FederationState, facts: readonly Fact[]) =>
  facts.map((fact) => ({ ...fact, at: 1 })).reduce(evolve, state)
const founding: Fact = {
  type: 'federation-founded',
  federation: FEDERATION,
  name: 'Test',
  coordinatorKey: hex('c'),
  classes: ['a', 'b'],
  schemaHash: hex('5'),
}
/** A federation with one approved site, "north", with key 1; `enrolled` admits others. */
const founded = () => enrolled(after(emptyState, [founding]), 'north', 1)
function enrolled(state: FederationState, site: string, n: number): FederationState {
  const tokenHash = n.toString().padStart(64, '0')
  const invited = after(state, invite(state, { site, tokenHash, expiresAt: 100, approve: true }))
  return after(invited, enrol(invited, { tokenHash, publicKey: key(n).publicKey }, 1))
}

describe('a rotation', () => {
  it('is signed by both keys, for one federation', () => {
    requireRotation(rotation(1, 2), FEDERATION)
    const forged: KeyRotation[] = [
      { ...rotation(1, 2), signatureByOld: rotation(3, 2).signatureByOld }, // a thief of nothing
      { ...rotation(1, 2), signatureByNew: rotation(1, 3).signatureByNew }, // somebody else's key claimed
      { ...rotation(1, 2), publicKey: key(3).publicKey },
      { ...rotation(1, 2), signatureByOld: rotation(1, 2).signatureByNew },
    ]
    for (const each of forged)
      expect(() => requireRotation(each, FEDERATION)).toThrow(coded('SIGNATURE_INVALID'))
    expect(() => requireRotation(rotation(1, 2), hex('e'))).toThrow(coded('SIGNATURE_INVALID'))
  })

  it('gives the site its new key and ends the old one', () => {
    const before = founded()
    const state = after(before, rotate(before, rotation(1, 2)))
    expect(requireApproved(state, key(2).publicKey)).toMatchObject({ site: 'north', enrolment: 'approved' })
    expect(() => requireApproved(state, key(1).publicKey)).toThrow(coded('SITE_UNKNOWN'))
    expect(state.revokedKeys.map(keyIdOf)).toEqual([key(1).keyId])
    expect(before.sites['north']?.publicKey).toBe(key(1).publicKey) // evolve copies
  })

  it('is refused of strangers, of revoked sites, and to keys that have an owner or had one', () => {
    const two = enrolled(founded(), 'south', 3)
    expect(() => rotate(two, rotation(4, 2))).toThrow(coded('SITE_UNKNOWN'))
    expect(() => rotate(two, rotation(1, 3))).toThrow(coded('SITE_EXISTS'))
    expect(() => rotate(after(two, revoke(two, 'north')), rotation(1, 2))).toThrow(coded('SITE_REVOKED'))
    const rotated = after(two, rotate(two, rotation(1, 2)))
    expect(() => rotate(rotated, rotation(2, 1))).toThrow(coded('KEY_REVOKED')) // and back again
    expect(() =>
      rotate(rotated, { ...rotation(2, 5), signatureByNew: rotation(1, 5).signatureByNew }),
    ).toThrow(coded('SIGNATURE_INVALID'))
  })

  it('leaves no way back in for the old key, nor has a revoked one any', () => {
    const state = founded()
    const without = after(state, revoke(state, 'north'))
    const again = { tokenHash: hex('9'), publicKey: key(1).publicKey }
    const invited = after(without, invite(without, { ...again, site: 'north', expiresAt: 9, approve: true }))
    expect(() => enrol(invited, again, 1)).toThrow(coded('SITE_EXISTS'))
    // Once another key has taken the site's name, only the list remembers the first.
    const replaced = enrolled(invited, 'north', 2)
    expect(() => enrol(replaced, again, 1)).toThrow(coded('KEY_REVOKED'))
  })
})

describe('the succession of a coordinator', () => {
  const chain = [rotation(1, 2), rotation(2, 3), rotation(3, 4)]
  const from = (n: number, rotations = chain) =>
    successionFrom(key(n).keyId, rotations, FEDERATION).map(({ publicKey }) => publicKey)

  it('leads from any key in it to the last', () => {
    expect(from(1)).toEqual([2, 3, 4].map((n) => key(n).publicKey))
    expect(from(3)).toEqual([key(4).publicKey])
    expect([from(4), from(5), from(1, [])]).toEqual([[], [], []])
  })

  it('breaks where a key did not vouch for the next', () => {
    expect(() => from(1, [rotation(1, 2), rotation(3, 4)])).toThrow(coded('SIGNATURE_INVALID'))
    const forged = { ...rotation(2, 3), signatureByOld: rotation(5, 3).signatureByOld }
    expect(() => from(1, [rotation(1, 2), forged])).toThrow(coded('SIGNATURE_INVALID'))
    expect(from(3, [forged, rotation(3, 4)])).toEqual([key(4).publicKey]) // what came before is not asked about
  })

  it('is begun between runs, by the key that the federation knows, with one that nobody had', () => {
    const state = after(emptyState, [{ ...founding, coordinatorKey: key(7).publicKey }])
    const rotated = after(state, rotateCoordinator(state, rotation(7, 8)))
    expect(coordinatorKeyOf(rotated)).toBe(key(8).publicKey)
    expect(rotated.revokedKeys).toEqual([key(7).publicKey])
    expect(rotateCoordinator(rotated, rotation(7, 8))).toEqual([]) // again, after a crash
    expect(() => rotateCoordinator(rotated, rotation(7, 9))).toThrow(coded('KEY_FILE_INVALID'))
    expect(() => rotateCoordinator(rotated, rotation(8, 7))).toThrow(coded('KEY_REVOKED'))
    expect(() => rotateCoordinator(emptyState, rotation(7, 8))).toThrow(coded('CONFIG_INVALID'))
    const taken = enrolled(state, 'north', 1)
    expect(() => rotateCoordinator(taken, rotation(7, 1))).toThrow(coded('SITE_EXISTS'))
    const running = { history: ['run-1'], runs: { 'run-1': { run: 'run-1', phase: 'asking' } } }
    expect(() => rotateCoordinator({ ...state, ...running } as never, rotation(7, 8))).toThrow(
      coded('RUN_ACTIVE'),
    )
  })
})

describe("a site's journal", () => {
  const joined = () =>
    join(emptySiteState, {
      federation: FEDERATION,
      coordinatorKey: hex('c'),
      site: 'north',
      publicKey: key(1).publicKey,
    })
      .map((fact) => ({ ...fact, at: 1 }))
      .reduce(evolveSite, emptySiteState)

  it('follows a rotation, once', () => {
    const facts = recordRotation(joined(), rotation(1, 2))
    const state = facts.map((fact) => ({ ...fact, at: 2 })).reduce(evolveSite, joined())
    expect(state.joined?.publicKey).toBe(key(2).publicKey)
    expect(recordRotation(state, rotation(1, 2))).toEqual([])
    const { federation, coordinatorKey, site } = state.joined!
    expect(join(state, { federation, coordinatorKey, site, publicKey: key(2).publicKey })).toEqual([])
  })

  it('follows the coordinator, from the key that it knows', () => {
    const state = { ...joined(), joined: { ...joined().joined!, coordinatorKey: key(7).publicKey } }
    const facts = followCoordinator(state, [rotation(6, 7), rotation(7, 8), rotation(8, 9)])
    expect(facts.map(({ type }) => type)).toEqual(['coordinator-key-rotated', 'coordinator-key-rotated'])
    const followed = facts.map((fact) => ({ ...fact, at: 2 })).reduce(evolveSite, state)
    expect(followed.joined).toMatchObject({ coordinatorKey: key(9).publicKey, publicKey: key(1).publicKey })
    expect(followCoordinator(followed, [rotation(7, 8), rotation(8, 9)])).toEqual([])
  })

  it('takes none of another key, and needs none before it begins', () => {
    expect(() => recordRotation(joined(), rotation(3, 4))).toThrow(coded('FEDERATION_MISMATCH'))
    expect(recordRotation(emptySiteState, rotation(1, 2))).toEqual([])
  })
})
