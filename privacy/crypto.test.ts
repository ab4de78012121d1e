import { createPublicKey, verify } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  bytesToHex,
  exchangeKeyPairOf,
  hash,
  hashBytes,
  hexToBytes,
  keyPairOf,
  keystream,
  ready,
  seal,
  sessionKeys,
  signDetached,
  unseal,
  verifyDetached,
} from './crypto.ts'

beforeAll(() => ready)

const text = (value: string) => new TextEncoder().encode(value)

describe('hash', () => {
  // Python: hashlib.blake2b(b'', digest_size=32).hexdigest(), and of b'abc'.
  it('is BLAKE2b-256', () => {
    expect(hash('')).toBe('0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8')
    expect(hash(text('abc'))).toBe('bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319')
    expect(bytesToHex(hashBytes([text('a'), text('bc')]))).toBe(hash('abc'))
  })

  // Python: hashlib.blake2b(b'abc', digest_size=32, key=b'k' * 32).hexdigest()
  it('takes a key', () => {
    const keyed = hashBytes([text('abc')], new Uint8Array(32).fill(107))
    expect(bytesToHex(keyed)).toBe('0a9b1f4f633832a535f3e4539d906998c3814fbcd4cc136e57e8ea742ac36b61')
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

describe('a key exchange', () => {
  const [one, two] = [1, 2].map((fill) => new Uint8Array(32).fill(fill)) as [Uint8Array, Uint8Array]

  it('gives both ends the same two keys, crosswise', () => {
    const [a, b] = [exchangeKeyPairOf(one), exchangeKeyPairOf(two)]
    const [ab, ba] = [sessionKeys(a, b.publicKey)!, sessionKeys(b, a.publicKey)!]
    expect(ab.send).toEqual(ba.receive)
    expect(ab.receive).toEqual(ba.send)
    expect(ab.send).not.toEqual(ab.receive)
    expect(ab.lower).toBe(!ba.lower)
  })

  it('refuses points of low order, other lengths, and oneself', () => {
    const own = exchangeKeyPairOf(one)
    const orderEight = 'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800'
    const weak = ['00'.repeat(32), `01${'00'.repeat(31)}`, orderEight, '00'.repeat(31)].map(hexToBytes)
    for (const point of [...weak, own.publicKey]) expect(sessionKeys(own, point)).toBeUndefined()
  })
})

describe('a sealed box', () => {
  const key = new Uint8Array(32).fill(7)
  const nonce = new Uint8Array(24).fill(9)
  const box = () => seal(key, text('hello'), text('about'), nonce)

  it('opens for its key and purpose alone', () => {
    expect(unseal(key, box(), text('about'))).toEqual(text('hello'))
    expect(unseal(key, box(), text('other'))).toBeUndefined()
    expect(unseal(nonce, box(), text('about'))).toBeUndefined()
    expect(unseal(key, box().subarray(1), text('about'))).toBeUndefined()
    expect(unseal(key, new Uint8Array(3), text('about'))).toBeUndefined()
    for (const at of [0, 24, 44]) {
      const altered = box()
      altered[at]! ^= 1
      expect(unseal(key, altered, text('about'))).toBeUndefined()
    }
  })
})

// libsodium 1.0.22, randombytes_buf_deterministic of the seed 00 01 .. 1f.
it('a key stream is the one that libsodium makes of a seed', () => {
  const next = keystream(Uint8Array.from({ length: 32 }, (_, i) => i))
  expect(bytesToHex(next(5)) + bytesToHex(next(11))).toBe('0d8e6cc68715648926732e7ea73250cf')
})
