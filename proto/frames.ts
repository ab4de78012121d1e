/**
 * Frames: the messages of wire version 1 as the product sees them, and their bytes.
 *
 * The tables below are the whole of it: every kind, every field, every bound. A message that breaks one is
 * refused with a sentence that names the field, before anything acts on it. `collegium.proto` says what
 * the fields mean. Decoding never trusts a length: how large each kind may be is checked on the raw bytes,
 * before the decoder makes one object.
 */
import {
  bytes,
  choice,
  FieldProblem,
  integer,
  list,
  optional,
  orEmpty,
  prose,
  real,
  record,
  snakeCase,
  type Domain,
  type Field,
} from './codec.ts'
import { CollegiumError } from './errors.ts'
import {
  anyCount,
  errorCode,
  hex32,
  journalHead,
  positive,
  readerOf,
  signature,
  slug,
  uint32,
} from './fields.ts'
import { collegium } from './gen/collegium.js'
import { limits } from './limits.ts'
import { WIRE_VERSION } from './version.ts'

const { v1 } = collegium
const enrolmentState = choice(['unknown', 'pending', 'approved', 'revoked'])

const oneOfEachSite = <T>(item: Field<T>) => list(limits.rosterSites.value, item)
const sealedShare = record({ site: slug, sealed: bytes(1, limits.sealedShareBytes.value) })
const offeredKeys = { maskKey: bytes(32, 32), encryptionKey: bytes(32, 32), signature }

/** Which stage of a masked question a site is asked to speak in, in order; the first two where groups are dealt. */
export const maskingStages = [
  'commits',
  'reveals',
  'keys',
  'shares',
  'answers',
  'signatures',
  'unmasking',
] as const
export type MaskingStage = (typeof maskingStages)[number]

const maskingTask = record({
  question: hex32,
  stage: choice(maskingStages),
  keys: oneOfEachSite(record({ site: slug, ...offeredKeys })),
  shares: oneOfEachSite(sealedShare),
  survivors: oneOfEachSite(slug),
  signatures: oneOfEachSite(record({ site: slug, signature })),
  view: optional(hex32),
  contributions: oneOfEachSite(record({ site: slug, value: hex32 })),
})
/** The next step of a masked question, with what it needs; lists that a stage does not need are empty. */
export type MaskingTask = Domain<typeof maskingTask>

const inbox = record({
  enrolment: enrolmentState,
  schemaHash: optional(hex32),
  questions: list(
    limits.inboxQuestions.value,
    record({ manifest: bytes(1, limits.manifestBytes.value), signature }),
  ),
  survivorSets: list(
    limits.inboxOutcomes.value,
    record({ question: hex32, sites: list(limits.rosterSites.value, slug) }),
  ),
  sums: list(limits.inboxOutcomes.value, record({ question: hex32, sumHash: hex32, sites: uint32 })),
  students: list(
    limits.inboxReleases.value,
    record({
      run: slug,
      onnxHash: hex32,
      tfjsModelHash: optional(hex32),
      tfjsWeightsHash: optional(hex32),
      cardHash: hex32,
    }),
  ),
  evaluations: list(limits.inboxReleases.value, record({ run: slug, reportHash: hex32 })),
  masking: list(limits.inboxQuestions.value, maskingTask),
  journal: optional(journalHead),
})

const blobSize = integer(0, limits.blobBytes.value)

const siteBodies = {
  hello: record({
    minVersion: uint32,
    maxVersion: uint32,
    software: prose(limits.softwareCharacters.value),
    publicKey: hex32,
  }),
  enrolmentRequest: record({ token: bytes(32, 32), publicKey: hex32 }),
  keyRotation: record({ publicKey: hex32, signatureByOld: signature, signatureByNew: signature }),
  poll: record({
    activity: choice(['idle', 'training', 'answering']),
    note: prose(limits.noteCharacters.value),
    progress: real(0, 1),
    trainingRows: anyCount,
  }),
  answer: record({
    question: hex32,
    share: bytes(4, limits.shareBytes.value),
    journal: journalHead,
    commitment: optional(hex32),
  }),
  refusal: record({ question: hex32, code: errorCode, reason: prose(limits.reasonCharacters.value) }),
  blobRequest: record({ hash: hex32, offset: blobSize }),
  groupCommitment: record({ question: hex32, commitment: hex32 }),
  groupContribution: record({ question: hex32, contribution: hex32 }),
  keyOffer: record({ question: hex32, ...offeredKeys }),
  sealedShares: record({ question: hex32, shares: oneOfEachSite(sealedShare) }),
  survivorSignature: record({ question: hex32, signature }),
  unmaskShares: record({
    question: hex32,
    shares: oneOfEachSite(
      record({
        site: slug,
        secret: choice(['selfMask', 'maskKey']),
        share: bytes(1, limits.unmaskShareBytes.value),
      }),
    ),
  }),
}

const coordinatorBodies = {
  welcome: record({
    version: integer(1, 2 ** 32 - 1),
    publicKey: hex32,
    federation: hex32,
    federationName: prose(limits.titleCharacters.value),
    enrolment: enrolmentState,
    site: orEmpty(slug),
    rotations: list(
      limits.coordinatorRotations.value,
      record({ oldKey: hex32, publicKey: hex32, signatureByOld: signature, signatureByNew: signature }),
    ),
  }),
  enrolmentStatus: record({ state: enrolmentState, site: orEmpty(slug), schemaHash: optional(hex32) }),
  inbox,
  receipt: record({ question: hex32 }),
  blobChunk: record({
    hash: hex32,
    offset: blobSize,
    total: blobSize,
    content: bytes(0, limits.blobChunkBytes.value),
  }),
  error: record({
    code: errorCode,
    message: prose(limits.messageCharacters.value),
    hint: prose(limits.messageCharacters.value),
  }),
}

const bodies = { ...siteBodies, ...coordinatorBodies }

export type BodyKind = keyof typeof bodies
export type BodyOf<K extends BodyKind> = { readonly kind: K } & Domain<(typeof bodies)[K]>
/** What a message says, told apart by `kind`. */
export type Body = { [K in BodyKind]: BodyOf<K> }[BodyKind]
export type Inbox = Domain<typeof inbox>

const header = record({
  version: uint32,
  federation: orEmpty(hex32),
  sequence: positive,
  expiresAtMs: positive,
  inReplyTo: anyCount,
})

/** `federation` is '' only in a hello; `inReplyTo` is 0 in requests and pushes. Times in ms since 1970. */
export type Message = Domain<typeof header> & { readonly body: Body }

/** A site sends these, a coordinator those: each end refuses what only it may say. */
export type Sender = 'site' | 'coordinator'
const kindsOf: Readonly<Record<Sender, readonly string[]>> = {
  site: Object.keys(siteBodies),
  coordinator: Object.keys(coordinatorBodies),
}

/** By the field numbers of the `oneof body` in collegium.proto. */
const kindOfTag: Readonly<Record<number, BodyKind>> = {
  10: 'hello',
  11: 'enrolmentRequest',
  12: 'poll',
  13: 'answer',
  14: 'refusal',
  15: 'blobRequest',
  16: 'keyOffer',
  17: 'sealedShares',
  18: 'survivorSignature',
  19: 'unmaskShares',
  20: 'welcome',
  21: 'enrolmentStatus',
  22: 'inbox',
  23: 'receipt',
  24: 'blobChunk',
  25: 'error',
  30: 'keyRotation',
  31: 'groupCommitment',
  32: 'groupContribution',
}
/** Field 1, a varint. */
const VERSION_TAG = 8
const LARGE_KINDS: readonly BodyKind[] = ['answer', 'inbox', 'blobChunk', 'sealedShares', 'unmaskShares']

/** Throws `FRAME_MALFORMED` or `FRAME_TOO_LARGE`, naming the field, for a message that may not be sent. */
export function encodeMessage(message: Message): Uint8Array {
  const { body, ...head } = message
  const wire = coded(() => {
    requireFederation(head.federation, body.kind)
    const field: Field<unknown> = bodies[body.kind]
    return {
      ...(header.toWire(head, 'message') as object),
      [snakeCase(body.kind)]: field.toWire(body, body.kind),
    }
  })
  return withinFrame(v1.Message.encode(wire).finish())
}

/**
 * The message in an envelope's payload. Throws `FRAME_MALFORMED`, `FRAME_TOO_LARGE` or
 * `VERSION_UNSUPPORTED`. `from` refuses kinds that the other end never sends.
 */
export function decodeMessage(payload: Uint8Array, from?: Sender): Message {
  const { version, kind } = coded(() => peek(withinFrame(payload)))
  if (version !== WIRE_VERSION)
    throw new CollegiumError(
      'VERSION_UNSUPPORTED',
      `The message is of wire version ${version}; this end speaks ${WIRE_VERSION}.`,
    )
  return coded(() => {
    if (kind === undefined) throw new FieldProblem('message has no body')
    if (from && !kindsOf[from].includes(kind)) throw new FieldProblem(`a ${from} sends no "${kind}"`)
    const wire = v1.Message.decode(readerOf(payload))
    const head = header.fromWire(wire, 'message')
    const field: Field<object> = bodies[kind]
    const body = { kind, ...field.fromWire(Reflect.get(wire, snakeCase(kind)), kind) } as Body
    requireFederation(head.federation, kind)
    return { ...head, body }
  })
}

const envelope = record({ payload: bytes(1, limits.frameBytes.value), keyId: hex32, signature })
/** A signed message: the signature covers exactly the bytes of `payload`. */
export type Envelope = Domain<typeof envelope>

export function encodeEnvelope(value: Envelope): Uint8Array {
  return withinFrame(v1.Envelope.encode(coded(() => envelope.toWire(value, 'envelope')) as object).finish())
}

/** Throws `FRAME_MALFORMED` or `FRAME_TOO_LARGE`; checks no signature. */
export function decodeEnvelope(frame: Uint8Array): Envelope {
  withinFrame(frame)
  return coded(() => envelope.fromWire(v1.Envelope.decode(readerOf(frame)), 'envelope'))
}

/** Version and kind, from the outermost tags alone; refuses a second body, and one too large for its kind. */
function peek(payload: Uint8Array): { version: number; kind: BodyKind | undefined } {
  const reader = readerOf(payload)
  let version = 0
  let kind: BodyKind | undefined
  while (reader.pos < reader.len) {
    const tag = reader.uint32()
    const found = kindOfTag[tag >>> 3]
    if (tag === VERSION_TAG) version = reader.uint32()
    else if (found === undefined || (tag & 7) !== 2) reader.skipType(tag & 7)
    else {
      if (kind !== undefined) throw new FieldProblem('message has more than one body')
      kind = found
      const length = reader.uint32()
      if (length > limits.smallBodyBytes.value && !LARGE_KINDS.includes(kind))
        throw tooLarge(`"${kind}"`, length, limits.smallBodyBytes.value)
      reader.skip(length)
    }
  }
  return { version, kind }
}

function requireFederation(federation: string, kind: BodyKind): void {
  if (federation === '' && kind !== 'hello') throw new FieldProblem('message.federation is missing')
}

function withinFrame(frame: Uint8Array): Uint8Array {
  if (frame.length > limits.frameBytes.value) throw tooLarge('frame', frame.length, limits.frameBytes.value)
  return frame
}

function tooLarge(what: string, length: number, most: number): CollegiumError {
  return new CollegiumError(
    'FRAME_TOO_LARGE',
    `A ${what} of ${length} bytes is over the limit of ${most} bytes.`,
  )
}

/** Turns a field's problem, and whatever the decoder throws at bytes that are no message, into a coded error. */
function coded<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (cause instanceof CollegiumError) throw cause
    const why = cause instanceof FieldProblem ? cause.message : 'the bytes are not a message of this protocol'
    throw new CollegiumError('FRAME_MALFORMED', `Malformed frame: ${why}.`, { cause })
  }
}
