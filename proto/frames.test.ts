import * as fc from 'fast-check'
import protobuf from 'protobufjs/minimal.js'
import { describe, expect, it } from 'vitest'
import { exampleBodies, hex, messageOf } from '../test/support/wire-examples.ts'
import vectors from '../test/vectors/wire-v1.json' with { type: 'json' }
import { errorCodeOf } from './errors.ts'
import {
  decodeEnvelope,
  decodeMessage,
  encodeEnvelope,
  encodeMessage,
  type Body,
  type BodyKind,
  type Message,
  maskingStages,
} from './frames.ts'
import { collegium } from './gen/collegium.js'
import { limits } from './limits.ts'

const fromHex = (digits: string) => new Uint8Array(Buffer.from(digits, 'hex'))
const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const kinds = Object.keys(exampleBodies) as BodyKind[]

/** Expects a coded error whose sentence matches. */
const fails = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) as unknown })

describe('the golden bytes of wire version 1', () => {
  it('cover every kind', () => expect(Object.keys(vectors.messages)).toEqual(kinds))

  it.each(kinds)('%s decodes to its example and encodes to the same bytes', (kind) => {
    const message = messageOf(exampleBodies[kind])
    expect(decodeMessage(fromHex(vectors.messages[kind]))).toEqual(message)
    expect(toHex(encodeMessage(message))).toBe(vectors.messages[kind])
  })

  it('envelope', () => {
    const envelope = {
      payload: Uint8Array.of(8, 1),
      keyId: hex('0a'),
      signature: new Uint8Array(64).fill(11),
    }
    expect(decodeEnvelope(fromHex(vectors.envelope))).toEqual(envelope)
    expect(toHex(encodeEnvelope(envelope))).toBe(vectors.envelope)
  })
})

const digits = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex)
const bytes = (minLength: number, maxLength: number) => fc.uint8Array({ minLength, maxLength })
const name = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,39}$/)
const line = fc
  .string({ unit: 'grapheme', maxLength: 60 })
  .filter((text) => !/[\p{Control}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(text))
const code = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,20}$/)
const count = fc.maxSafeNat()
const uint32 = fc.nat({ max: 2 ** 32 - 1 })
const enrolment = fc.constantFrom('unknown', 'pending', 'approved', 'revoked')
const offset = fc.nat({ max: limits.blobBytes.value })
const journalHead = fc.record({ sequence: fc.integer({ min: 1 }), hash: digits })
const complete = <K extends BodyKind>(kind: K, fields: object) =>
  fc.record({ kind: fc.constant(kind), ...fields })

const offered = { maskKey: bytes(32, 32), encryptionKey: bytes(32, 32), signature: bytes(64, 64) }
const sealed = fc.record({ site: name, sealed: bytes(1, 200) })
const maskingTask = fc.record({
  question: digits,
  stage: fc.constantFrom(...maskingStages),
  keys: fc.array(fc.record({ site: name, ...offered }), { maxLength: 3 }),
  shares: fc.array(sealed, { maxLength: 3 }),
  survivors: fc.array(name, { maxLength: 3 }),
  signatures: fc.array(fc.record({ site: name, signature: bytes(64, 64) }), { maxLength: 3 }),
  view: digits,
  contributions: fc.array(fc.record({ site: name, value: digits }), { maxLength: 3 }),
})

const bodies = fc.oneof(
  complete('hello', { minVersion: uint32, maxVersion: uint32, software: line, publicKey: digits }),
  complete('enrolmentRequest', { token: bytes(32, 32), publicKey: digits }),
  complete('poll', {
    activity: fc.constantFrom('idle', 'training', 'answering'),
    note: line,
    // -0 has no place on this wire: an absent field reads as 0.
    progress: fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0),
    trainingRows: count,
  }),
  complete('answer', { question: digits, share: bytes(4, 200), journal: journalHead }),
  complete('answer', { question: digits, share: bytes(4, 200), journal: journalHead, commitment: digits }),
  complete('refusal', { question: digits, code, reason: line }),
  complete('blobRequest', { hash: digits, offset }),
  complete('welcome', {
    version: fc.integer({ min: 1, max: 9 }),
    publicKey: digits,
    federation: digits,
    federationName: line,
    enrolment,
    site: fc.oneof(name, fc.constant('')),
    rotations: fc.array(
      fc.record({
        oldKey: digits,
        publicKey: digits,
        signatureByOld: bytes(64, 64),
        signatureByNew: bytes(64, 64),
      }),
      { maxLength: 3 },
    ),
  }),
  fc.oneof(
    complete('enrolmentStatus', { state: enrolment, site: name, schemaHash: digits }),
    complete('enrolmentStatus', { state: enrolment, site: fc.constant('') }),
  ),
  complete('inbox', {
    enrolment,
    journal: journalHead,
    schemaHash: digits,
    questions: fc.array(fc.record({ manifest: bytes(1, 100), signature: bytes(64, 64) }), { maxLength: 3 }),
    survivorSets: fc.array(fc.record({ question: digits, sites: fc.array(name) })),
    sums: fc.array(fc.record({ question: digits, sumHash: digits, sites: uint32 })),
    students: fc.array(
      fc.record(
        {
          run: name,
          onnxHash: digits,
          tfjsModelHash: digits,
          tfjsWeightsHash: digits,
          cardHash: digits,
        },
        { requiredKeys: ['run', 'onnxHash', 'cardHash'] },
      ),
    ),
    evaluations: fc.array(fc.record({ run: name, reportHash: digits })),
    masking: fc.array(maskingTask),
  }),
  complete('groupCommitment', { question: digits, commitment: digits }),
  complete('groupContribution', { question: digits, contribution: digits }),
  complete('keyOffer', { question: digits, ...offered }),
  complete('sealedShares', { question: digits, shares: fc.array(sealed) }),
  complete('survivorSignature', { question: digits, signature: bytes(64, 64) }),
  complete('unmaskShares', {
    question: digits,
    shares: fc.array(
      fc.record({
        site: name,
        secret: fc.constantFrom('selfMask' as const, 'maskKey' as const),
        share: bytes(1, 64),
      }),
    ),
  }),
  complete('receipt', { question: digits }),
  complete('blobChunk', { hash: digits, offset, total: offset, content: bytes(0, 100) }),
  complete('error', { code, message: line, hint: line }),
) as fc.Arbitrary<Body>

const messages: fc.Arbitrary<Message> = fc.record({
  version: fc.constant(1),
  federation: digits,
  sequence: count.map((value) => Math.max(1, value)),
  expiresAtMs: count.map((value) => Math.max(1, value)),
  inReplyTo: count,
  body: bodies,
})

describe('messages', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(messages, (message) => {
        expect(decodeMessage(encodeMessage(message))).toEqual(message)
      }),
    )
  })

  it('come back from a Buffer as from any other bytes', () => {
    const encoded = fromHex(vectors.messages.answer)
    expect(decodeMessage(Buffer.from(encoded))).toEqual(decodeMessage(encoded))
  })

  it('that are no messages are refused with a code, whatever the bytes', () => {
    const outcome = (decode: (bytes: Uint8Array) => unknown, input: Uint8Array) => {
      try {
        decode(input)
        return 'accepted'
      } catch (error) {
        return errorCodeOf(error)
      }
    }
    const expected = ['accepted', 'FRAME_MALFORMED', 'FRAME_TOO_LARGE', 'VERSION_UNSUPPORTED']
    const examples = kinds.map((kind) => fromHex(vectors.messages[kind]))
    const mutated = fc
      .record({ at: fc.nat(), value: fc.nat(255), cut: fc.nat(), which: fc.nat(examples.length - 1) })
      .map(({ at, value, cut, which }) => {
        const copy = (examples[which] as Uint8Array).slice()
        copy[at % copy.length] = value
        return copy.subarray(0, cut % 3 === 0 ? cut % copy.length : copy.length)
      })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), mutated), (input) => {
        expect(expected).toContain(outcome(decodeMessage, input))
        expect(expected).toContain(outcome(decodeEnvelope, input))
      }),
      { numRuns: 2000 },
    )
  })
})

/** The raw protobuf of an example, changed. */
function forged(kind: BodyKind, change: (wire: Record<string, unknown>) => void): Uint8Array {
  const wire = collegium.v1.Message.decode(fromHex(vectors.messages[kind]))
  change(wire as unknown as Record<string, unknown>)
  return new Uint8Array(collegium.v1.Message.encode(wire).finish())
}
const bodyOf = (wire: Record<string, unknown>, name: string) => wire[name] as Record<string, unknown>
/** Field 99, a varint. */
const unknownField = [Uint8Array.of(0x98, 0x06, 0x01)]

describe('a message is refused when', () => {
  const refused: [string, Uint8Array, ReturnType<typeof fails>][] = [
    [
      'a field is unknown',
      forged('poll', (wire) => (wire['$unknowns'] = unknownField)),
      fails('FRAME_MALFORMED', /does not know/),
    ],
    [
      'a field deep inside is unknown',
      forged('inbox', (wire) => {
        const sets = bodyOf(wire, 'inbox')['survivor_sets'] as Record<string, unknown>[]
        sets[0]!['$unknowns'] = unknownField
      }),
      fails('FRAME_MALFORMED', /inbox\.survivorSets\[0\] has a field that this version does not know/),
    ],
    ['it has no body', forged('poll', (wire) => delete wire['poll']), fails('FRAME_MALFORMED', /no body/)],
    [
      'it has two bodies',
      new Uint8Array([...fromHex(vectors.messages.poll), ...Uint8Array.of(0x5a, 0)]), // field 11, empty
      fails('FRAME_MALFORMED', /more than one body/),
    ],
    [
      'it is of another version',
      forged('poll', (wire) => (wire['version'] = 2)),
      fails('VERSION_UNSUPPORTED', /version 2/),
    ],
    [
      'it is of a version with a body that this one does not have',
      new Uint8Array(
        collegium.v1.Message.encode({ version: 2, $unknowns: [Uint8Array.of(0x82, 0x02, 0)] }).finish(), // field 32
      ),
      fails('VERSION_UNSUPPORTED', /version 2; this end speaks 1/),
    ],
    [
      'it names no federation',
      forged('poll', (wire) => delete wire['federation']),
      fails('FRAME_MALFORMED', /federation is missing/),
    ],
    [
      'it has no sequence',
      forged('poll', (wire) => delete wire['sequence']),
      fails('FRAME_MALFORMED', /message\.sequence is 0/),
    ],
    [
      'it never expires',
      forged('poll', (wire) => delete wire['expires_at_ms']),
      fails('FRAME_MALFORMED', /expiresAtMs/),
    ],
    [
      'a hash is short',
      forged('receipt', (wire) => (bodyOf(wire, 'receipt')['question'] = new Uint8Array(31))),
      fails('FRAME_MALFORMED', /receipt\.question has 31 bytes; it must have 32/),
    ],
    [
      'a required field is missing',
      forged('receipt', (wire) => delete bodyOf(wire, 'receipt')['question']),
      fails('FRAME_MALFORMED', /receipt\.question has 0 bytes/),
    ],
    [
      'a signature is long',
      forged('inbox', (wire) => {
        const questions = bodyOf(wire, 'inbox')['questions'] as Record<string, unknown>[]
        questions[0]!['signature'] = new Uint8Array(65)
      }),
      fails('FRAME_MALFORMED', /inbox\.questions\[0\]\.signature has 65 bytes; it must have 64/),
    ],
    ...[NaN, Infinity, -0.5, 1.5].map((progress): [string, Uint8Array, ReturnType<typeof fails>] => [
      `progress is ${progress}`,
      forged('poll', (wire) => (bodyOf(wire, 'poll')['progress'] = progress)),
      fails('FRAME_MALFORMED', /poll\.progress is .*\[0, 1\]/),
    ]),
    ...['North', '-north', 'a b', '../up', 'x'.repeat(41)].map(
      (site): [string, Uint8Array, ReturnType<typeof fails>] => [
        `a site is called "${site}"`,
        forged('welcome', (wire) => (bodyOf(wire, 'welcome')['site'] = site)),
        fails('FRAME_MALFORMED', /welcome\.site/),
      ],
    ),
    [
      'an enum value is unknown',
      forged('poll', (wire) => (bodyOf(wire, 'poll')['activity'] = 7)),
      fails('FRAME_MALFORMED', /poll\.activity is 7/),
    ],
    [
      'a list is too long',
      forged('inbox', (wire) => {
        const inbox = bodyOf(wire, 'inbox')
        const question = (inbox['questions'] as unknown[])[0]
        inbox['questions'] = Array.from({ length: limits.inboxQuestions.value + 1 }, () => question)
      }),
      fails('FRAME_MALFORMED', /inbox\.questions has 17 items; it may have 16/),
    ],
    [
      'a small message is large',
      forged(
        'refusal',
        (wire) => (bodyOf(wire, 'refusal')['reason'] = 'x'.repeat(limits.smallBodyBytes.value)),
      ),
      fails('FRAME_TOO_LARGE', /"refusal"/),
    ],
    [
      'text is not one line',
      forged('poll', (wire) => (bodyOf(wire, 'poll')['note'] = 'red\u001b[31m')),
      fails('FRAME_MALFORMED', /poll\.note must be one line/),
    ],
  ]
  it.each(refused)('%s', (_case, input, error) => expect(() => decodeMessage(input)).toThrow(error))

  it('a number is past 2^53', () => {
    // poll.training_rows = 2^63 as a varint, in a poll that has nothing else.
    const poll = [0x20, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]
    const head = toHex(fromHex(vectors.messages.poll)).slice(0, vectors.messages.poll.indexOf('621e'))
    const input = new Uint8Array([...fromHex(head), 0x62, poll.length, ...poll])
    expect(() => decodeMessage(input)).toThrow(fails('FRAME_MALFORMED', /poll\.trainingRows must be a whole/))
  })

  it('its length is a lie', () => {
    const whole = fromHex(vectors.messages.answer)
    expect(() => decodeMessage(whole.subarray(0, whole.length - 1))).toThrow(fails('FRAME_MALFORMED', /./))
  })

  it('the other end would never send it', () => {
    const inbox = fromHex(vectors.messages.inbox)
    expect(() => decodeMessage(inbox, 'site')).toThrow(fails('FRAME_MALFORMED', /a site sends no "inbox"/))
    expect(decodeMessage(inbox, 'coordinator').body.kind).toBe('inbox')
  })

  it('the frame is too large, before any of it is decoded', () => {
    const frame = new Uint8Array(limits.frameBytes.value + 1)
    expect(() => decodeEnvelope(frame)).toThrow(fails('FRAME_TOO_LARGE', /16777217 bytes/))
    expect(() => decodeMessage(frame)).toThrow(fails('FRAME_TOO_LARGE', /16777217 bytes/))
  })
})

describe('sending', () => {
  const encode = (change: Body) => () => encodeMessage(messageOf(change))

  it('makes the same checks', () => {
    expect(encode({ ...exampleBodies.receipt, question: 'AB'.repeat(32) })).toThrow(
      fails('FRAME_MALFORMED', /receipt\.question/),
    )
    expect(encode({ ...exampleBodies.poll, progress: NaN })).toThrow(
      fails('FRAME_MALFORMED', /poll\.progress/),
    )
    const share = new Uint8Array(limits.shareBytes.value + 4)
    expect(encode({ ...exampleBodies.answer, share })).toThrow(
      fails('FRAME_MALFORMED', /answer\.share has 15728644/),
    )
    expect(() => encodeMessage({ ...messageOf(exampleBodies.poll), federation: '' })).toThrow(
      fails('FRAME_MALFORMED', /federation is missing/),
    )
  })

  it('lets only a hello leave the federation open', () => {
    const hello = { ...messageOf(exampleBodies.hello), federation: '' }
    expect(decodeMessage(encodeMessage(hello))).toEqual(hello)
  })

  it('cuts prose for people to its limit, never a character in two, and keeps it on one line', () => {
    const sent = (note: string) => {
      const { body } = decodeMessage(encodeMessage(messageOf({ ...exampleBodies.poll, note })))
      return body.kind === 'poll' ? body.note : ''
    }
    expect(sent('two\nlines\u0007')).toBe('two lines ')
    expect(sent('evil \u202etxt.exe')).toBe('evil  txt.exe')
    const most = limits.noteCharacters.value
    expect(sent('x'.repeat(most + 50))).toBe(`${'x'.repeat(most - 1)}…`)
    // The cut would fall inside the last pair: it goes altogether.
    expect(sent('x'.repeat(most - 2) + '😀😀')).toBe(`${'x'.repeat(most - 2)}…`)
    expect(sent('lone \ud800 half')).toBe('lone   half')
  })

  it('fits the largest share in a frame', () => {
    const share = new Uint8Array(limits.shareBytes.value).fill(7)
    const payload = encodeMessage(messageOf({ ...exampleBodies.answer, share }))
    const frame = encodeEnvelope({ payload, keyId: hex('0a'), signature: new Uint8Array(64) })
    expect(frame.length).toBeLessThanOrEqual(limits.frameBytes.value)
    const { body } = decodeMessage(decodeEnvelope(frame).payload)
    expect(body.kind === 'answer' && Buffer.compare(body.share, share)).toBe(0)
  })
})

it('protobufjs still discards unknown fields unless told otherwise, which is why readers are', () => {
  expect(protobuf.Reader.discardUnknown).toBe(true)
})
