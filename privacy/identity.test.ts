import { beforeAll, describe, expect, it } from 'vitest'
import { hash, hexToBytes, ready } from './crypto.ts'
import {
  createIdentity,
  fingerprint,
  identityOf,
  parseIdentity,
  requireSignature,
  serialiseIdentity,
} from './identity.ts'

beforeAll(() => ready)

const ones = () => identityOf(new Uint8Array(32).fill(1))
const message = Uint8Array.of(1, 2, 3)

describe('an identity', () => {
  it('takes 32 random bytes, and is the same from the same seed', () => {
    const asked: number[] = []
    const random = (length: number) => {
      asked.push(length)
      return new Uint8Array(length).fill(1)
    }
    expect(createIdentity(random)).toMatchObject({ publicKey: ones().publicKey, keyId: ones().keyId })
    expect(asked).toEqual([32])
  })

  it('is named by the hash of its public key', () => {
    expect(ones().keyId).toBe(hash(hexToBytes(ones().publicKey)))
    const groups = fingerprint(ones().publicKey).split(' ')
    expect(groups).toHaveLength(10)
    expect(groups.join('')).toBe(ones().keyId.slice(0, 40))
  })

  it('signs what only its key verifies', () => {
    const signature = ones().sign('purpose', message)
    requireSignature(ones().publicKey, 'purpose', message, signature)
    const other = identityOf(new Uint8Array(32).fill(2))
    const invalid = expect.objectContaining({ code: 'SIGNATURE_INVALID' }) as Error
    expect(() => requireSignature(other.publicKey, 'purpose', message, signature)).toThrow(invalid)
    expect(() => requireSignature(ones().publicKey, 'other', message, signature)).toThrow(invalid)
  })

  it('comes back from its key file', () => {
    const back = parseIdentity(serialiseIdentity(ones()))
    expect(back.keyId).toBe(ones().keyId)
    expect(back.sign('p', message)).toEqual(ones().sign('p', message))
  })

  it.each([
    ['empty', ''],
    ['not JSON', '{'],
    ['no object', '7'],
    ['of another version', serialisedWith({ version: 2 })],
    ['of another kind', serialisedWith({ kind: 'rsa' })],
    ['with a short seed', serialisedWith({ seed: '01' })],
    ['with the public key of another seed', serialisedWith({ publicKey: '00'.repeat(32) })],
  ])('does not come from a key file that is %s', (_what, text) => {
    expect(() => parseIdentity(text)).toThrow(expect.objectContaining({ code: 'KEY_FILE_INVALID' }))
  })

  it('never says its seed when a key file is refused', () => {
    const seed = '01'.repeat(32)
    expect(() => parseIdentity(serialisedWith({ publicKey: '00'.repeat(32) }))).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(seed) as unknown }),
    )
  })
})

function serialisedWith(change: object): string {
  const file = { version: 1, kind: 'ed25519', publicKey: '8a88e3dd', seed: '01'.repeat(32) }
  return JSON.stringify({ ...file, ...change })
}
