/** The coordinator's end of a link through a broker. `packets.ts` shows what is said. */
import type { CoordinatorLink, CoordinatorLinkHandlers, PeerId } from '#federation/ports.ts'
import { limits } from '#proto/limits.ts'
import { subjectsOf, type Broker, type BrokerMessage, type DialBroker } from './broker.ts'
import { keepConnected, type KeptConnection } from './keep-connected.ts'
import {
  contentBytes,
  createAssembly,
  decodePacket,
  encodePacket,
  packet,
  split,
  type Assembly,
  type Packet,
} from './packets.ts'
import { createServe, isTooLarge, type Refusal, type Serve } from './serve.ts'

export interface BrokeredCoordinator {
  readonly where: string
  readonly federation: string
  readonly dialBroker: DialBroker
  readonly heartbeatMs: number
  readonly giveUpAfterMs?: number | undefined
}

/** A request on its way in, or a reply whose parts wait to be pulled. */
interface Transfer {
  readonly since: number
  readonly incoming?: Assembly
  readonly outgoing?: readonly Packet[]
}

interface Peer {
  seen: number
  readonly transfers: Map<number, Transfer>
}

const refused = (code: Refusal) => packet('refused', { content: new TextEncoder().encode(code) })

export function brokeredCoordinatorLink(options: BrokeredCoordinator): CoordinatorLink {
  const { where, federation, dialBroker, heartbeatMs, giveUpAfterMs } = options
  const subjects = subjectsOf(federation)
  const peers = new Map<PeerId, Peer>()
  let kept: KeptConnection<Broker> | undefined
  let handlers: CoordinatorLinkHandlers | undefined
  let pushes = 0

  const forget = (id: PeerId) => {
    if (peers.delete(id)) handlers?.onGone(id)
  }
  const tell = (id: PeerId, said: Packet) => kept?.current()?.publish(subjects.down(id), encodePacket(said))
  const drop = (id: PeerId) => {
    if (peers.has(id)) tell(id, packet('close'))
    forget(id)
  }

  /** Forgets peers that gave no sign of life, and transfers that nobody waits for any more. */
  const sweep = () => {
    const now = performance.now()
    for (const [id, { seen, transfers }] of peers) {
      if (now - seen > heartbeatMs * (limits.heartbeatsMissed.value + 1)) drop(id)
      for (const [number, { since }] of transfers)
        if (now - since > limits.requestTimeoutMs.value) transfers.delete(number)
    }
  }

  const open = (id: PeerId): Packet => {
    if (!peers.has(id) && peers.size >= limits.peers.value) return refused('OVERLOADED')
    peers.set(id, { seen: performance.now(), transfers: new Map() })
    return packet('ok')
  }

  const hold = ({ transfers }: Peer, number: number, transfer: Omit<Transfer, 'since'>) => {
    transfers.set(number, { ...transfer, since: performance.now() })
    const [oldest] = transfers.keys()
    if (transfers.size > limits.natsPartialFrames.value && oldest !== undefined) transfers.delete(oldest)
  }

  /** A part of a request: taken, or, when it is the last one, answered with the first part of the reply. */
  const take = async (id: PeerId, peer: Peer, part: Packet, size: number, serve: Serve): Promise<Packet> => {
    const { transfers } = peer
    const number = part.frame
    const incoming = part.part === 0 ? createAssembly() : transfers.get(number)?.incoming
    if (!incoming) return refused('OVERLOADED') // it had to make room for others
    transfers.delete(number)
    const frame = incoming.add(part)
    if (frame === 'broken') return refused('FRAME_MALFORMED')
    if (frame === undefined) {
      hold(peer, number, { incoming })
      return packet('ok')
    }
    const reply = await serve(id, frame)
    if (typeof reply === 'string') return refused(reply)
    const [first = refused('INTERNAL'), ...rest] = split(reply, number, size)
    if (rest.length > 0) hold(peer, number, { outgoing: [first, ...rest] })
    return first
  }

  const pull = ({ transfers }: Peer, { frame, part }: Packet): Packet => {
    const outgoing = transfers.get(frame)?.outgoing
    const pulled = outgoing?.[part]
    if (part + 1 === outgoing?.length) transfers.delete(frame)
    return pulled ?? refused('OVERLOADED')
  }

  const dial = async (serve: Serve): Promise<Broker> => {
    const broker = await dialBroker()
    const size = contentBytes(broker.maxPayload)
    const answer = async (id: PeerId, received: Packet): Promise<Packet | undefined> => {
      if (received.kind === 'open') return open(id)
      const peer = peers.get(id)
      if (!peer) return packet('stranger')
      peer.seen = performance.now()
      if (received.kind === 'close') {
        forget(id)
        return undefined
      }
      if (received.kind === 'part') return take(id, peer, received, size, serve)
      return received.kind === 'pull' ? pull(peer, received) : packet('ok')
    }
    broker.subscribe(subjects.up('*'), ({ subject, bytes, respond }: BrokerMessage) => {
      const id = subject.slice(subject.lastIndexOf('.') + 1)
      const received = /^[0-9a-f]{32}$/.test(id) ? decodePacket(bytes) : undefined
      if (!received) return
      void answer(id, received).then((said) => said && respond(encodePacket(said)))
    })
    const sweeper = setInterval(sweep, heartbeatMs)
    void broker.gone.then(() => clearInterval(sweeper))
    return broker
  }

  return {
    async listen(given) {
      handlers = given
      const serve = createServe(given)
      kept = keepConnected({
        where,
        dial: () => dial(serve),
        onState: (state) => {
          if (state === 'disconnected') for (const id of peers.keys()) forget(id)
        },
        random: () => 1, // one coordinator alone: nothing to spread
        giveUpAfterMs,
      })
      await kept.open()
    },
    push(id, frame) {
      const broker = kept?.current()
      if (!broker || !peers.has(id) || isTooLarge(frame)) return false
      pushes = (pushes + 1) % 2 ** 32
      for (const part of split(frame, pushes, contentBytes(broker.maxPayload))) tell(id, part)
      return true
    },
    drop,
    async close() {
      for (const id of peers.keys()) drop(id)
      await kept?.close()
    },
  }
}
