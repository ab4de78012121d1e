import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { bytesToHex, passphraseKey, ready } from './crypto.ts'
import { identityOf } from './identity.ts'
import { parseIdentity, serialiseIdentity, usualCost } from './key-file.ts'

beforeAll(() => ready)

/** The least that Argon2id allows: these tests are about the file, not about its cost. */
const cost = { passes: 1, memoryBytes: 8192 }
const ones = () => identityOf(new Uint8Array(32).fill(1))
const random = (length: number) => new Uint8Array(length).fill(7)
const none = () => Promise.resolve(undefined)
const saying = (passphrase: string) => () => Promise.resolve(passphrase)
const locked = (passphrase = 'correct horse battery') =>
  serialiseIdentity(ones(), { passphrase, random, cost })
const message = Uint8Array.of(1, 2, 3)

describe('a plain key file', () => {
  it('gives the identity back and asks for no passphrase', async () => {
    const back = await parseIdentity(await serialiseIdentity(ones()), () =>
      Promise.reject(new Error('asked')),
    )
    expect(back.keyId).toBe(ones().keyId)
    expect(back.sign('p', message)).toEqual(ones().sign('p', message))
  })

  it.each([
    ['empty', ''],
    ['not JSON', '{'],
    ['no object', '7'],
    ['of another version', serialisedWith({ version: 3 })],
    ['of another kind', serialisedWith({ kind: 'rsa' })],
    ['with a short seed', serialisedWith({ seed: '01' })],
    ['with the public key of another seed', serialisedWith({ publicKey: '00'.repeat(32) })],
  ])('is refused when it is %s', async (_what, text) => {
    await expect(parseIdentity(text, none)).rejects.toMatchObject({ code: 'KEY_FILE_INVALID' })
  })

  it('never says its seed when it is refused', async () => {
    const refused = parseIdentity(serialisedWith({ publicKey: '00'.repeat(32) }), none)
    await expect(refused).rejects.not.toMatchObject({
      message: expect.stringContaining('01'.repeat(32)) as unknown,
    })
  })
})

describe('a locked key file', () => {
  it('opens with its passphrase, however the keyboard composed it', async () => {
    // "é" as one code point, and as "e" with a combining accent.
    const back = await parseIdentity(await locked('caf\u00e9 au lait'), saying('cafe\u0301 au lait'))
    expect(back.seed).toEqual(ones().seed)
  })

  it('says who it is for, and not its seed', async () => {
    const text = await locked()
    expect(text).toContain(ones().publicKey)
    expect(text).not.toContain(bytesToHex(ones().seed))
  })

  it('stays shut without a passphrase, and with another one', async () => {
    const text = await locked()
    await expect(parseIdentity(text, none)).rejects.toMatchObject({ code: 'PASSPHRASE_NEEDED' })
    await expect(parseIdentity(text, saying('wrong'))).rejects.toMatchObject({ code: 'PASSPHRASE_WRONG' })
  })

  it('asks for Argon2id over 256 MiB unless told otherwise', () => {
    expect(usualCost).toEqual({ passes: 3, memoryBytes: 268_435_456 })
  })

  it.each([
    ['passes', 2],
    ['memoryBytes', 16_384],
    ['salt', '08'.repeat(16)],
    ['publicKey', '00'.repeat(32)],
    ['sealed', '00'.repeat(72)],
  ])('stays shut when its %s was altered', async (field, value) => {
    const file = JSON.parse(await locked()) as object
    const text = JSON.stringify({ ...file, [field]: value })
    await expect(parseIdentity(text, saying('correct horse battery'))).rejects.toMatchObject({
      code: 'PASSPHRASE_WRONG',
    })
  })

  it.each([
    ['passes', 11], // or a file could keep a machine busy for as long as it likes
    ['memoryBytes', 2 ** 31],
    ['memoryBytes', 8191],
    ['kdf', 'scrypt'],
    ['salt', '07'],
    ['sealed', '00'],
  ])('is refused before any work when its %s is %s', async (field, value) => {
    const file = JSON.parse(await locked()) as object
    await expect(
      parseIdentity(JSON.stringify({ ...file, [field]: value }), () => Promise.reject(new Error('asked'))),
    ).rejects.toMatchObject({ code: 'KEY_FILE_INVALID' })
  })

  it('gives no identity once any byte of it was altered', async () => {
    const text = await locked()
    const changes = fc.tuple(fc.nat(text.length - 1), fc.integer({ min: 32, max: 126 }))
    await fc.assert(
      fc.asyncProperty(changes, async ([at, code]) => {
        const changed = text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1)
        fc.pre(!sameJson(changed, text))
        await expect(parseIdentity(changed, saying('correct horse battery'))).rejects.toMatchObject({
          code: expect.stringMatching(/^(KEY_FILE_INVALID|PASSPHRASE_WRONG)$/) as unknown,
        })
      }),
    )
  })
})

describe('the key of a passphrase', () => {
  // From the reference implementation of Argon2 by way of argon2-cffi 25.1: hash_secret_raw(b"correct horse
  // battery", bytes([1]) * 16, time_cost, memory_cost in KiB, parallelism=1, hash_len=32, type=ID).
  it.each([
    [1, 8, '38557c4ebac44258aaa87178fa31755de9322932ef2f101c471c2928c0681637'],
    [2, 64, '6ae9c7f7e3c43b144eb6e544ef2d380072b1c05285b12ac0ff27a3c33a54f6c9'],
  ])('after %i passes over %i KiB is what Argon2id says', async (passes, kib, expected) => {
    const salt = new Uint8Array(16).fill(1)
    const key = await passphraseKey('correct horse battery', salt, { passes, memoryBytes: kib * 1024 })
    expect(bytesToHex(key)).toBe(expected)
  })
})

/** Blanks between the words of a file mean nothing. */
function sameJson(changed: string, text: string): boolean {
  try {
    return JSON.stringify(JSON.parse(changed)) === JSON.stringify(JSON.parse(text))
  } catch {
    return false
  }
}

function serialisedWith(change: object): string {
  const file = { version: 1, kind: 'ed25519', publicKey: '8a88e3dd', seed: '01'.repeat(32) }
  return JSON.stringify({ ...file, ...change })
}
