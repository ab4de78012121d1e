import { createPublicKey, verify } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { bytesToHex, hash, hexToBytes, keyPairOf, ready, signDetached, verifyDetached } from './crypto.ts'

beforeAll(() => ready)

const text = (value: string) => new TextEncoder().encode(value)

describe('hash', () => {
  // Python: hashlib.blake2b(b'', digest_size=32).hexdigest(), and of b'abc'.
  it('is BLAKE2b-256', () => {
    expect(hash('')).toBe('0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8')
    expect(hash(text('abc'))).toBe('bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319')
  })
})

describe('signatures', () => {
  // RFC 8032, section 7.1, test 1.
  const seed = hexToBytes('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60')
  const keys = () => keyPairOf(seed)
  const message = text('hello')

  it('come from the key pair of RFC 8032', () => {
    expect(bytesToHex(keys().publicKey)).toBe(
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    )
  })

  it('cover domain, zero byte and message, as another implementation confirms', () => {
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), keys().publicKey])
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    const signature = signDetached(keys().secretKey, 'collegium/test', message)
    expect(verify(null, text('collegium/test\0hello'), key, signature)).toBe(true)
    expect(verifyDetached(keys().publicKey, 'collegium/test', message, signature)).toBe(true)
  })

  it('hold for nothing else', () => {
    const { publicKey, secretKey } = keys()
    const signature = signDetached(secretKey, 'a', message)
    const flipped = signature.slice()
    flipped[40] = (flipped[40] as number) ^ 1
    const other = keyPairOf(new Uint8Array(32).fill(1)).publicKey
    expect(verifyDetached(publicKey, 'b', message, signature)).toBe(false)
    expect(verifyDetached(publicKey, 'a', text('hallo'), signature)).toBe(false)
    expect(verifyDetached(publicKey, 'a', message, flipped)).toBe(false)
    expect(verifyDetached(other, 'a', message, signature)).toBe(false)
    // Of the wrong length; and the point of order one, which signs everything in careless libraries.
    expect(verifyDetached(publicKey, 'a', message, signature.subarray(1))).toBe(false)
    const identityPoint = hexToBytes(`01${'00'.repeat(31)}`)
    const trivial = new Uint8Array([...identityPoint, ...new Uint8Array(32)])
    expect(verifyDetached(identityPoint, 'a', message, trivial)).toBe(false)
  })
})
