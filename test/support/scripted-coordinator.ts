/**
 * A coordinator in a variable: real identities, real envelopes, real manifests, and replies that a test may
 * bend. It keeps every frame it got, and whatever shares it was sent.
 */
import { createReplayGuard, openEnvelope, sealEnvelope } from '#federation/envelope.ts'
import type { SiteLink, SiteLinkHandlers } from '#federation/ports.ts'
import { hash, hexToBytes } from '#privacy/crypto.ts'
import { createIdentity, type Identity } from '#privacy/identity.ts'
import { CollegiumError, describeError } from '#proto/errors.ts'
import type { Body, Message } from '#proto/frames.ts'
import { encodeManifest, QUESTION_DOMAIN, type QuestionManifest } from '#proto/manifest.ts'
import { WIRE_VERSION } from '#proto/version.ts'

export const FEDERATION = 'f'.repeat(64)

export interface ScriptedCoordinator {
  readonly identity: Identity
  readonly blobs: Map<string, Uint8Array>
  /** Bodies as received, in order. */
  readonly heard: Body[]
  /** Every share that arrived, by question. */
  readonly shares: Map<string, string[]>
  enrolment: 'unknown' | 'pending' | 'approved' | 'revoked'
  schemaHash: string | undefined
  /** Offers a question until it is answered or refused; returns its id. */
  ask(manifest: QuestionManifest, signer?: Identity): string
  publish(bytes: Uint8Array): string
  /** Looked at first: a reply, or undefined for the usual one, or a throw for an error reply. */
  bend: (body: Body) => Body | undefined
  /** Bends the sealed reply, or loses it by throwing. */
  bendFrame: (frame: Uint8Array, body: Body) => Uint8Array
  /** Signs replies instead of `identity`. */
  impostor: Identity | undefined
  link(): SiteLink
  /** Cuts every open link, and lets them come back. */
  reconnect(): void
  push(): void
}

export function scriptedCoordinator(clock: () => number): ScriptedCoordinator {
  const guard = createReplayGuard()
  const links = new Set<SiteLinkHandlers>()
  const asked = new Map<string, { manifest: Uint8Array; signature: Uint8Array }>()
  let sequence = 0
  let seed = 7

  const seal = (body: Body, inReplyTo: number): Uint8Array => {
    sequence = Math.max(sequence + 1, clock())
    const message = { version: WIRE_VERSION, federation: FEDERATION, sequence, inReplyTo, body }
    return sealEnvelope(script.impostor ?? script.identity, { ...message, expiresAtMs: clock() + 60_000 })
  }

  const usual = (body: Body): Body => {
    switch (body.kind) {
      case 'hello': {
        const { publicKey } = script.impostor ?? script.identity
        const { enrolment } = script
        const names = { federationName: 'Test', rotations: [], site: enrolment === 'unknown' ? '' : 'north' }
        return { kind: 'welcome', version: 1, publicKey, federation: FEDERATION, enrolment, ...names }
      }
      case 'enrolmentRequest':
        script.enrolment = 'pending'
        return { kind: 'enrolmentStatus', state: 'pending', site: 'north' }
      case 'poll': {
        const { enrolment, schemaHash } = script
        const questions = [...asked.values()]
        const nothing = { survivorSets: [], sums: [], students: [], evaluations: [], masking: [] }
        return {
          kind: 'inbox',
          enrolment,
          questions,
          ...nothing,
          ...(schemaHash !== undefined && { schemaHash }),
        }
      }
      case 'answer': {
        const sent = script.shares.get(body.question) ?? []
        script.shares.set(body.question, [...sent, hash(body.share)])
        asked.delete(body.question)
        return { kind: 'receipt', question: body.question }
      }
      case 'refusal':
        asked.delete(body.question)
        return { kind: 'receipt', question: body.question }
      case 'blobRequest': {
        const bytes = script.blobs.get(body.hash)
        if (!bytes) throw new CollegiumError('BLOB_NOT_FOUND', 'No such blob.')
        const content = bytes.slice(body.offset, body.offset + 1000)
        return { kind: 'blobChunk', hash: body.hash, offset: body.offset, total: bytes.length, content }
      }
      default:
        throw new CollegiumError('FRAME_MALFORMED', `A coordinator takes no "${body.kind}".`)
    }
  }

  const serve = (frame: Uint8Array): Uint8Array => {
    const keyOf = ({ body }: Message, keyId: string) =>
      'publicKey' in body ? body.publicKey : [...keys].find((key) => hash(hexToBytes(key)) === keyId)
    let inReplyTo = 0
    try {
      const { message, publicKey } = openEnvelope(frame, {
        now: clock(),
        fresh: { guard },
        federation: FEDERATION,
        keyOf,
      })
      keys.add(publicKey)
      inReplyTo = message.sequence
      script.heard.push(message.body)
      return script.bendFrame(seal(script.bend(message.body) ?? usual(message.body), inReplyTo), message.body)
    } catch (error) {
      if (error instanceof CollegiumError && error.code === 'LINK_LOST') throw error
      return seal({ kind: 'error', ...describeError(error) }, inReplyTo)
    }
  }
  const keys = new Set<string>()

  const script: ScriptedCoordinator = {
    identity: createIdentity((length) => new Uint8Array(length).fill(++seed)),
    blobs: new Map(),
    heard: [],
    shares: new Map(),
    enrolment: 'unknown',
    schemaHash: undefined,
    bend: () => undefined,
    bendFrame: (frame) => frame,
    impostor: undefined,
    ask(manifest, signer = script.identity) {
      const bytes = encodeManifest(manifest)
      asked.set(hash(bytes), { manifest: bytes, signature: signer.sign(QUESTION_DOMAIN, bytes) })
      script.push()
      return hash(bytes)
    },
    publish(bytes) {
      script.blobs.set(hash(bytes), bytes)
      return hash(bytes)
    },
    push() {
      for (const handlers of links) handlers.onPush(new Uint8Array())
    },
    reconnect() {
      for (const handlers of links) {
        handlers.onState('disconnected')
        handlers.onState('connected')
      }
    },
    link() {
      let mine: SiteLinkHandlers | undefined
      return {
        open(handlers) {
          mine = handlers
          links.add(handlers)
          handlers.onState('connected')
          return Promise.resolve()
        },
        async request(frame) {
          await Promise.resolve()
          if (!mine) throw new CollegiumError('LINK_LOST', 'The link is closed.')
          return serve(frame)
        },
        close() {
          if (mine) links.delete(mine)
          mine = undefined
          return Promise.resolve()
        },
      }
    },
  }
  return script
}

/** A link that a scripted coordinator's `bendFrame` throws to lose a reply. */
export const lost = new CollegiumError('LINK_LOST', 'The reply was lost.')
