import { beforeAll, describe, expect, it } from 'vitest'
import { ready } from '#privacy/crypto.ts'
import { identityOf, keyIdOf } from '#privacy/identity.ts'
import { enrol, invite, requireApproved, revoke, rotate } from './decide-enrolment.ts'
import type { Fact } from './events.ts'
import { requireRotation, rotateKey, type KeyRotation } from './key-rotation.ts'
import { join, recordRotation } from './site-decide.ts'
import { emptySiteState, evolveSite } from './site-state.ts'
import { emptyState, evolve, type FederationState } from './state.ts'

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

  it('takes none of another key, and needs none before it begins', () => {
    expect(() => recordRotation(joined(), rotation(3, 4))).toThrow(coded('FEDERATION_MISMATCH'))
    expect(recordRotation(emptySiteState, rotation(1, 2))).toEqual([])
  })
})
