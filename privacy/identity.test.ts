import { beforeAll, describe, expect, it } from 'vitest'
import { hash, hexToBytes, ready } from './crypto.ts'
import { createIdentity, fingerprint, identityOf, requireSignature } from './identity.ts'

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
})
