/** A site's end of a link through a broker. `packets.ts` shows what is said. */
import { randomUUID } from 'node:crypto'
import { CollegiumError } from '#proto/errors.ts'
import { limits } from '#proto/limits.ts'
import { subjectsOf, type DialBroker } from './broker.ts'
import { linkLost } from './keep-connected.ts'
import {
  contentBytes,
  createAssembly,
  decodePacket,
  encodePacket,
  packet,
  split,
  type Packet,
} from './packets.ts'
import { refusalError, type Reply } from './serve.ts'
import type { DialSite } from './site-link.ts'

export interface BrokeredSite {
  readonly where: string
  readonly federation: string
  readonly dialBroker: DialBroker
  readonly heartbeatMs: number
}

const text = new TextDecoder()

/**
 * Opens a connection: a broker, then a coordinator that answers. It is gone when the broker is, when the
 * coordinator ends it or does not know it (any more), or when signs of life stay without an answer.
 */
export function dialThroughBroker({ where, federation, dialBroker, heartbeatMs }: BrokeredSite): DialSite {
  const patienceMs = heartbeatMs * limits.heartbeatsMissed.value
  return async (onPush) => {
    const broker = await dialBroker()
    const peer = randomUUID().replaceAll('-', '')
    const subjects = subjectsOf(federation)
    let frames = 0

    /** One packet there and one back. */
    const ask = async (asked: Packet, timeoutMs: number): Promise<Packet> => {
      const answer = decodePacket(await broker.request(subjects.up(peer), encodePacket(asked), timeoutMs))
      if (answer && answer.kind !== 'stranger') return answer
      await broker.close()
      throw linkLost(where)
    }

    let pushed = createAssembly()
    broker.subscribe(subjects.down(peer), ({ bytes }) => {
      const received = decodePacket(bytes)
      if (received?.kind === 'close') void broker.close()
      if (received?.kind !== 'part') return
      if (received.part === 0) pushed = createAssembly()
      const frame = pushed.add(received)
      if (frame instanceof Uint8Array) onPush(frame)
    })

    const opened = await ask(packet('open'), limits.connectTimeoutMs.value).catch(async (error: unknown) => {
      await broker.close()
      throw error
    })
    if (opened.kind !== 'ok') {
      await broker.close()
      throw refusalError(text.decode(opened.content))
    }

    const heart = setInterval(() => {
      ask(packet('here'), patienceMs).catch(() => broker.close())
    }, heartbeatMs)
    void broker.gone.then(() => clearInterval(heart))

    return {
      gone: broker.gone,
      async close() {
        broker.publish(subjects.up(peer), encodePacket(packet('close')))
        await broker.close()
      },
      async request(frame, timeoutMs): Promise<Reply> {
        const number = (frames = (frames + 1) % 2 ** 32)
        const deadline = performance.now() + timeoutMs
        const left = () => Math.max(1, deadline - performance.now())
        let answer = packet('ok')
        for (const part of split(frame, number, contentBytes(broker.maxPayload)))
          if (answer.kind === 'ok') answer = await ask(part, left())
        const reply = createAssembly()
        for (;;) {
          if (answer.kind === 'refused') throw refusalError(text.decode(answer.content))
          const whole = answer.kind === 'part' ? reply.add(answer) : 'broken'
          if (whole instanceof Uint8Array) return whole
          if (whole === 'broken')
            throw new CollegiumError('FRAME_MALFORMED', `The parts of a reply from ${where} do not fit.`)
          const { part, parts } = answer
          answer = await ask(packet('pull', { frame: number, part: part + 1, parts }), left())
        }
      },
    }
  }
}
