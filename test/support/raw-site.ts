/** A site that says whatever a test wants, over a real socket: it seals as a site does, and checks nothing. */
import { io } from 'socket.io-client'
import { sealEnvelope } from '#federation/envelope.ts'
import { createSequence } from '#client/session.ts'
import type { Identity } from '#privacy/identity.ts'
import { decodeEnvelope, decodeMessage, type Body, type Message } from '#proto/frames.ts'
import { WIRE_VERSION } from '#proto/version.ts'

export interface RawSite {
  readonly identity: Identity
  readonly federation: string
  /** A sound frame, but for what is changed. */
  seal(body: Body, change?: Partial<Message>, signer?: Identity): Uint8Array
  /** The body of the reply, or the bare code with which a link turns a frame away. */
  send(frame: Uint8Array): Promise<Body | string>
  close(): void
}

export function rawSite(url: string, identity: Identity, federation: string): RawSite {
  const socket = io(new URL('/link', url).href, { transports: ['websocket'], forceNew: true })
  const sequence = createSequence(() => Date.now())
  return {
    identity,
    federation,
    seal(body, change = {}, signer = identity) {
      const fresh = { version: WIRE_VERSION, sequence: sequence(), inReplyTo: 0 }
      const message = { ...fresh, federation, expiresAtMs: Date.now() + 60_000, body, ...change }
      return sealEnvelope(signer, message)
    },
    async send(frame) {
      const reply = (await socket.timeout(10_000).emitWithAck('frame', frame)) as Uint8Array | string
      return typeof reply === 'string' ? reply : decodeMessage(decodeEnvelope(reply).payload).body
    },
    close: () => void socket.disconnect(),
  }
}
