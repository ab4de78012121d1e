import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { ready } from '#privacy/crypto.ts'
import { identityOf, type Identity } from '#privacy/identity.ts'
import { decodeEnvelope, encodeEnvelope, type Body, type Message } from '#proto/frames.ts'
import { limits } from '#proto/limits.ts'
import {
  createReplayGuard,
  ENVELOPE_DOMAIN,
  openEnvelope,
  sealEnvelope,
  type Expectations,
} from './envelope.ts'

beforeAll(() => ready)

const NOW = 1_800_000_000_000
const federation = 'f0'.repeat(32)
const identity = (n: number): Identity => identityOf(new Uint8Array(32).fill(n))
const north = () => identity(1)
const anyCode = expect.objectContaining({ code: expect.stringMatching(/^[A-Z_]+$/) as unknown }) as Error
const coded = (code: string) => expect.objectContaining({ code }) as Error

const message = (change: Partial<Message> = {}): Message => ({
  version: 1,
  federation,
  sequence: NOW,
  expiresAtMs: NOW + limits.envelopeLifetimeMs.value,
  inReplyTo: 0,
  body: { kind: 'receipt', question: '01'.repeat(32) },
  ...change,
})

const expectations = (change: Partial<Expectations> = {}): Expectations => ({
  now: NOW,
  federation,
  keyOf: () => north().publicKey,
  fresh: { guard: createReplayGuard() },
  ...change,
})

describe('an envelope', () => {
  it('opens to what was sealed, and says who sealed it', () => {
    const opened = openEnvelope(sealEnvelope(north(), message()), expectations())
    expect(opened).toEqual({ message: message(), publicKey: north().publicKey })
  })

  it('with any byte flipped is refused', () => {
    const frame = sealEnvelope(north(), message())
    fc.assert(
      fc.property(fc.nat(frame.length - 1), fc.integer({ min: 1, max: 255 }), (at, bits) => {
        const altered = frame.slice()
        altered[at] = (altered[at] as number) ^ bits
        expect(() => openEnvelope(altered, expectations())).toThrow(anyCode)
      }),
      { numRuns: 500 },
    )
  })

  it('whose payload another key signed, or signed for another purpose, is refused', () => {
    const south = identity(2)
    expect(() => openEnvelope(sealEnvelope(south, message()), expectations())).toThrow(
      coded('SIGNATURE_INVALID'),
    )

    const { payload } = decodeEnvelope(sealEnvelope(north(), message()))
    const forged = encodeEnvelope({
      payload,
      keyId: north().keyId,
      signature: south.sign(ENVELOPE_DOMAIN, payload),
    })
    expect(() => openEnvelope(forged, expectations())).toThrow(coded('SIGNATURE_INVALID'))
    const signature = north().sign('collegium/v1/question', payload)
    const elsewhere = encodeEnvelope({ payload, keyId: north().keyId, signature })
    expect(() => openEnvelope(elsewhere, expectations())).toThrow(coded('SIGNATURE_INVALID'))
  })

  it('of an unknown signer is refused', () => {
    const keyOf = () => undefined
    expect(() => openEnvelope(sealEnvelope(north(), message()), expectations({ keyOf }))).toThrow(
      coded('SITE_UNKNOWN'),
    )
  })

  it('of another federation is refused; a hello may leave it open, but not name another', () => {
    const open = (change: Partial<Message>) =>
      openEnvelope(sealEnvelope(north(), message(change)), expectations())
    const other = 'ee'.repeat(32)
    const { publicKey } = north()
    const hello: Body = { kind: 'hello', minVersion: 1, maxVersion: 1, software: 'x', publicKey }
    expect(() => open({ federation: other })).toThrow(coded('FEDERATION_MISMATCH'))
    expect(open({ federation: '', body: hello }).message.body).toEqual(hello)
    expect(() => open({ federation: other, body: hello })).toThrow(coded('FEDERATION_MISMATCH'))
  })

  it('lives for its time and the tolerated difference of clocks, no more and no less', () => {
    const expiresAtMs = NOW
    const skew = limits.clockSkewMs.value
    const lifetime = limits.envelopeLifetimeMs.value
    const openedAt = (now: number) => () =>
      openEnvelope(sealEnvelope(north(), message({ expiresAtMs })), expectations({ now })).message.sequence
    expect(openedAt(NOW + skew)()).toBe(NOW)
    expect(openedAt(NOW + skew + 1)).toThrow(coded('ENVELOPE_EXPIRED'))
    // Nor may a signer make one that outlives what the guard remembers.
    expect(openedAt(NOW - lifetime - skew)()).toBe(NOW)
    expect(openedAt(NOW - lifetime - skew - 1)).toThrow(coded('ENVELOPE_EXPIRED'))
  })

  it('that is a reply must answer the request that was sent', () => {
    const fresh = { inReplyTo: 7 }
    const reply = (change: Partial<Message>) => () =>
      openEnvelope(sealEnvelope(north(), message(change)), expectations({ fresh })).message.inReplyTo
    const error: Body = { kind: 'error', code: 'FRAME_MALFORMED', message: 'm', hint: 'h' }
    expect(reply({ inReplyTo: 7 })()).toBe(7)
    expect(reply({ inReplyTo: 6 })).toThrow(coded('ENVELOPE_REPLAYED'))
    expect(reply({ inReplyTo: 0 })).toThrow(coded('ENVELOPE_REPLAYED'))
    expect(reply({ inReplyTo: 0, body: error })()).toBe(0)
  })

  it('is refused from an end that never sends such a thing', () => {
    const frame = sealEnvelope(north(), message())
    expect(() => openEnvelope(frame, expectations({ from: 'site' }))).toThrow(coded('FRAME_MALFORMED'))
  })

  it('that is refused leaves no trace: the true one still opens', () => {
    const guard = createReplayGuard()
    const frame = sealEnvelope(north(), message())
    const later = NOW + 10 * limits.envelopeLifetimeMs.value
    expect(() => openEnvelope(frame, expectations({ fresh: { guard }, now: later }))).toThrow(
      coded('ENVELOPE_EXPIRED'),
    )
    expect(openEnvelope(frame, expectations({ fresh: { guard } })).message.sequence).toBe(NOW)
    expect(() => openEnvelope(frame, expectations({ fresh: { guard } }))).toThrow(coded('ENVELOPE_REPLAYED'))
  })
})

describe('the replay guard', () => {
  const admit = (guard: ReturnType<typeof createReplayGuard>, sequence: number, key = 'a', now = 0) => {
    try {
      guard.admit(key, { sequence, expiresAtMs: now + 1 }, now)
      return true
    } catch {
      return false
    }
  }

  it('remembers the newest and puts a floor under them', () => {
    // The miniature of envelope.ts, with room for 3.
    const guard = createReplayGuard(3)
    const arrivals = [10, 20, 30, 25, 25, 5, 10, 11, 40]
    expect(arrivals.map((sequence) => admit(guard, sequence))).toEqual([
      true,
      true,
      true,
      true, // 25 is new; 10 becomes the floor
      false,
      false,
      false,
      true, // 11 is new, and at once the floor
      true,
    ])
  })

  it('admits nothing twice, and everything that comes in order', () => {
    const sequences = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 })
    fc.assert(
      fc.property(sequences, fc.integer({ min: 1, max: 8 }), (arrivals, window) => {
        const guard = createReplayGuard(window)
        const admitted = arrivals.filter((sequence) => admit(guard, sequence))
        expect(new Set(admitted).size).toBe(admitted.length)

        const ordered = createReplayGuard(window)
        const rising = [...new Set(arrivals)].toSorted((a, b) => a - b)
        expect(rising.filter((sequence) => admit(ordered, sequence))).toEqual(rising)
      }),
    )
  })

  it('keeps signers apart', () => {
    const guard = createReplayGuard()
    expect(['a', 'b', 'a'].map((key) => admit(guard, 1, key))).toEqual([true, true, false])
  })

  it('remembers a bounded number of signers, and forgets those whose messages have all expired', () => {
    const guard = createReplayGuard(64, 2)
    const skew = limits.clockSkewMs.value
    expect(admit(guard, 1, 'a')).toBe(true)
    expect(admit(guard, 1, 'b')).toBe(true)
    expect(() => guard.admit('c', { sequence: 1, expiresAtMs: 1 }, 0)).toThrow(coded('OVERLOADED'))
    expect(admit(guard, 2, 'a', 100)).toBe(true) // a is alive until 101 + skew, b only until 1 + skew
    expect(admit(guard, 1, 'c', 50 + skew)).toBe(true)
    expect(admit(guard, 2, 'a', 50 + skew)).toBe(false)
  })
})
