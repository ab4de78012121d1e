/**
 * What a broken or hostile site may send over a real socket. Each frame is turned away with one clear
 * sentence and its code, nothing is written, and the next honest frame is served.
 */
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { siteFolder } from '#client/folder.ts'
import type { RunningCoordinator } from '#coordinator/main.ts'
import { openQuestion } from '#federation/stages.ts'
import { latestRun } from '#federation/state.ts'
import { encodeSimplex, wordsToBytes, asResidues } from '#privacy/fixed-point.ts'
import { createIdentity, type Identity } from '#privacy/identity.ts'
import { ENVELOPE_DOMAIN } from '#federation/envelope.ts'
import type { ErrorCode } from '#proto/errors.ts'
import { decodeEnvelope, encodeEnvelope, type Body } from '#proto/frames.ts'
import { limits } from '#proto/limits.ts'
import { rawSite, type RawSite } from '../support/raw-site.ts'
import { siteNames, smallFederation, world } from '../support/small-federation.ts'
import { sharedByTests } from '../support/temp-folder.ts'

const ROWS = 40
const SCALE = 2 ** 16
const HOUR = 3_600_000

let coordinator: RunningCoordinator
/** Enrolled and approved, and asked the question. */
let north: RawSite
/** Enrolled and not approved; approved, but not in the roster; never heard of. */
let pending: RawSite
let bystander: RawSite
let stranger: RawSite
let question: string

const { onEnd, folder } = sharedByTests()

beforeAll(async () => {
  const dir = await folder()
  const federation = await smallFederation(onEnd, dir)
  coordinator = await federation.startCoordinator()
  const { operator, core, url } = coordinator
  const open = (identity: Identity) => {
    const site = rawSite(url, identity, core.state().founded!.federation)
    onEnd(async () => site.close())
    return site
  }
  const enrolled = async (name: string, approve: boolean) => {
    await federation.join(coordinator, name, { approve })
    return open((await siteFolder(federation.siteDir(name)).identity())!)
  }
  for (const site of siteNames) await federation.join(coordinator, site)
  north = open((await siteFolder(federation.siteDir('north')).identity())!)
  await operator.startRun({ deadlineSeconds: 3600 })
  question = await vi.waitFor(() => openQuestion(core.state(), latestRun(core.state())!)!.question)
  pending = await enrolled('pending', false)
  bystander = await enrolled('bystander', true)
  stranger = open(createIdentity(world.random))
})

const poll: Body = { kind: 'poll', activity: 'idle', note: '', progress: 0, trainingRows: 0 }
const hello = ({ identity: { publicKey } }: RawSite): Body => ({
  kind: 'hello',
  minVersion: 1,
  maxVersion: 1,
  software: 'test',
  publicKey,
})
const answer = (share: Uint8Array, to = question): Body => ({
  kind: 'answer',
  question: to,
  share,
  journal: { sequence: 1, hash: '0'.repeat(64) },
})

/** Rows of probabilities that add up; the first class gets `first`. */
const honest = (first = 0.25) =>
  wordsToBytes(
    encodeSimplex(
      Float64Array.from({ length: 2 * ROWS }, (_, i) => (i % 2 ? 1 - first : first)),
      2,
      SCALE,
    ),
  )
/** Where a share has words of fixed point, the bits of floating-point numbers. */
const floats = (value: number) =>
  wordsToBytes(asResidues(new Uint32Array(new Float32Array(2 * ROWS).fill(value).buffer)))

/** The same frame with its payload changed, still under the first signature, or signed again. */
const altered = (frame: Uint8Array, change: (payload: Uint8Array) => Uint8Array, signer?: Identity) => {
  const envelope = decodeEnvelope(frame)
  const payload = change(envelope.payload)
  return encodeEnvelope({
    ...envelope,
    payload,
    ...(signer && { signature: signer.sign(ENVELOPE_DOMAIN, payload) }),
  })
}
const lastBitFlipped = (bytes: Uint8Array) =>
  bytes.map((byte, i) => (i === bytes.length - 1 ? byte ^ 1 : byte))
/** Protobuf field 500, a varint, that no version has. */
const UNKNOWN_FIELD = [0xa0, 0x1f, 0x01]

interface BadFrame {
  readonly name: string
  readonly code: ErrorCode
  readonly frame: () => Uint8Array | Promise<Uint8Array>
}

const badFrames: readonly BadFrame[] = [
  // who says it, and whether it is whole
  {
    name: 'a tampered message',
    code: 'SIGNATURE_INVALID',
    frame: () => altered(north.seal(hello(north)), lastBitFlipped),
  },
  {
    name: "a message under another message's signature",
    code: 'SIGNATURE_INVALID',
    frame: () => altered(north.seal(poll), () => decodeEnvelope(north.seal(answer(honest()))).payload),
  },
  {
    name: 'a message in the name of another site',
    code: 'SIGNATURE_INVALID',
    frame: () => {
      const { payload, signature } = decodeEnvelope(bystander.seal(poll))
      return encodeEnvelope({ payload, signature, keyId: north.identity.keyId })
    },
  },
  { name: 'an unknown site', code: 'SITE_UNKNOWN', frame: () => stranger.seal(poll) },
  {
    name: 'an unknown site that answers',
    code: 'SITE_UNKNOWN',
    frame: () => stranger.seal(answer(honest())),
  },
  {
    name: 'a site that is not approved yet',
    code: 'SITE_NOT_APPROVED',
    frame: () => pending.seal(answer(honest())),
  },
  {
    name: 'a token that was never issued',
    code: 'INVITE_UNKNOWN',
    frame: () => {
      const { publicKey } = stranger.identity
      return stranger.seal({ kind: 'enrolmentRequest', token: new Uint8Array(32), publicKey })
    },
  },
  // whether it is fresh, and meant for us
  {
    name: 'an old message',
    code: 'ENVELOPE_EXPIRED',
    frame: () => north.seal(poll, { expiresAtMs: Date.now() - HOUR }),
  },
  {
    name: 'a message from the future',
    code: 'ENVELOPE_EXPIRED',
    frame: () => north.seal(poll, { expiresAtMs: Date.now() + HOUR }),
  },
  {
    name: 'a message for another federation',
    code: 'FEDERATION_MISMATCH',
    frame: () => north.seal(poll, { federation: 'e'.repeat(64) }),
  },
  {
    name: 'a replayed message',
    code: 'ENVELOPE_REPLAYED',
    async frame() {
      const frame = north.seal(poll)
      expect(await north.send(frame)).toMatchObject({ kind: 'inbox' })
      return frame
    },
  },
  // whether it is a message at all
  {
    name: 'bytes that are no message',
    code: 'FRAME_MALFORMED',
    frame: () => new TextEncoder().encode('GET / HTTP/1.1'),
  },
  { name: 'no bytes', code: 'FRAME_MALFORMED', frame: () => new Uint8Array() },
  {
    name: 'a field that no version has',
    code: 'FRAME_MALFORMED',
    frame: () =>
      altered(north.seal(poll), (payload) => Uint8Array.of(...payload, ...UNKNOWN_FIELD), north.identity),
  },
  {
    name: 'a message that only a coordinator sends',
    code: 'FRAME_MALFORMED',
    frame: () => north.seal({ kind: 'receipt', question }),
  },
  {
    name: 'a wire version to come',
    code: 'VERSION_UNSUPPORTED',
    frame: () => north.seal(poll, { version: 2 }),
  },
  {
    name: 'a site that speaks no version of ours',
    code: 'VERSION_UNSUPPORTED',
    frame: () => stranger.seal({ ...hello(stranger), minVersion: 2, maxVersion: 9 } as Body),
  },
  {
    name: 'an oversize frame',
    code: 'FRAME_TOO_LARGE',
    frame: () => new Uint8Array(limits.frameBytes.value + 1),
  },
  // whether it answers what was asked
  {
    name: 'an answer to a question that was never asked',
    code: 'QUESTION_UNKNOWN',
    frame: () => north.seal(answer(honest(), 'a'.repeat(64))),
  },
  {
    name: 'an answer to a question for others',
    code: 'QUESTION_NOT_FOR_SITE',
    frame: () => bystander.seal(answer(honest())),
  },
  {
    name: 'an answer that is too long',
    code: 'SHARE_LENGTH',
    frame: () => north.seal(answer(new Uint8Array(8 * ROWS + 4))),
  },
  {
    name: 'an answer that is cut short',
    code: 'SHARE_LENGTH',
    frame: () => north.seal(answer(honest().subarray(0, -1))),
  },
  { name: 'an answer of NaN', code: 'SHARE_RANGE', frame: () => north.seal(answer(floats(NaN))) },
  { name: 'an answer of infinities', code: 'SHARE_RANGE', frame: () => north.seal(answer(floats(Infinity))) },
  {
    name: 'a request for what is not published',
    code: 'BLOB_NOT_FOUND',
    frame: () => north.seal({ kind: 'blobRequest', hash: 'a'.repeat(64), offset: 0 }),
  },
]

/** What a refusal says; a link turns a frame away with a bare code, everything else is one sentence. */
function refusalIn(reply: Body | string) {
  if (typeof reply === 'string') return { code: reply, clear: true }
  if (reply.kind !== 'error') return { code: reply.kind, clear: false }
  return { code: reply.code, clear: /^[A-Z"][^\n]*\.$/.test(reply.message) }
}

describe('the coordinator refuses, and keeps serving:', () => {
  for (const { name, code, frame } of badFrames)
    it(`${name} (${code})`, async () => {
      const before = coordinator.core.head()
      expect(refusalIn(await stranger.send(await frame()))).toEqual({ code, clear: true })
      expect(coordinator.core.head()).toEqual(before)
      const inbox = await north.send(north.seal(poll))
      expect(inbox).toMatchObject({ kind: 'inbox', questions: [expect.anything()] })
    })

  for (const [name, frame] of [
    ['something that is no frame', 'frame?' as unknown as Uint8Array],
    ['more than the wire carries', new Uint8Array(2 * limits.frameBytes.value)],
  ] as const)
    it(`${name}, by hanging up on whoever sent it`, async () => {
      const rude = rawSite(coordinator.url, createIdentity(world.random), north.federation)
      await expect(rude.send(frame)).rejects.toThrow('disconnected')
      rude.close()
      expect(await north.send(north.seal(poll))).toMatchObject({ kind: 'inbox' })
    })

  it('a second, different answer (ALREADY_ANSWERED), while the first one again is harmless', async () => {
    const receipt = { kind: 'receipt', question }
    expect(await north.send(north.seal(answer(honest())))).toEqual(receipt)
    expect(await north.send(north.seal(answer(honest())))).toEqual(receipt)
    const before = coordinator.core.head()
    expect(await north.send(north.seal(answer(honest(0.75))))).toMatchObject({ code: 'ALREADY_ANSWERED' })
    expect(coordinator.core.head()).toEqual(before)
  })
})
