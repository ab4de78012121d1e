/** What every link promises, on real sockets and a real broker. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'nats'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { CoordinatorLink, CoordinatorLinkHandlers, PeerId, SiteLink } from '#federation/ports.ts'
import { createInProcessLink } from '#link/in-process.ts'
import { natsCoordinatorLink, natsSiteLink } from '#link/nats.ts'
import { decodePacket, encodePacket, packet, type Packet } from '#link/packets.ts'
import type { SiteLinkOptions } from '#link/site-link.ts'
import { socketSiteLink } from '#link/socket-client.ts'
import { createSocketServer, socketCoordinatorLink } from '#link/sockets.ts'
import { limits } from '#proto/limits.ts'
import { noNatsServer, startNatsServer, type NatsServer } from '../support/nats-server.ts'
import { startSource } from '../support/source-process.ts'

const MiB = 1024 * 1024
const federation = 'f'.repeat(64)

/** One place where a coordinator may listen, go away and come back, and sites find it. */
interface Place {
  listen(handlers: CoordinatorLinkHandlers): Promise<{ link: CoordinatorLink; stop(): Promise<void> }>
  site(options: SiteLinkOptions): SiteLink
}

let broker: NatsServer
let federations = 0

const inProcess = async (): Promise<Place> => {
  const both = createInProcessLink()
  return {
    async listen(handlers) {
      await both.coordinator.listen(handlers)
      return { link: both.coordinator, stop: () => both.coordinator.close() }
    },
    site: (options) => both.site(options),
  }
}

const sockets = (prepare: (server: Server) => void) => async (): Promise<Place> => {
  const bind = (server: Server, port: number) =>
    new Promise<number>((resolve) => {
      server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
    })
  // Found once, so that a site can be told of it before anybody listens.
  const probe = createServer()
  const port = await bind(probe, 0)
  await new Promise((resolve) => probe.close(resolve))
  return {
    async listen(handlers) {
      const server = createServer()
      const io = createSocketServer(server)
      prepare(server)
      const link = socketCoordinatorLink(io)
      await link.listen(handlers)
      await bind(server, port)
      const stop = async () => {
        await link.close()
        await io.close()
      }
      return { link, stop }
    },
    site: (options) => socketSiteLink(`http://127.0.0.1:${port}`, options),
  }
}

const nats = async (): Promise<Place> => {
  const place = { servers: broker.url, federation: String(++federations).padStart(64, '0') }
  // The subjects carry the first 16 digits; a federation's id is random in all of them.
  const apart = { ...place, federation: place.federation.slice(48) }
  return {
    async listen(handlers) {
      const link = natsCoordinatorLink(apart)
      await link.listen(handlers)
      return { link, stop: () => link.close() }
    },
    site: (options) => natsSiteLink({ ...apart, ...options }),
  }
}

const wires = [
  { name: 'the in-process link', start: inProcess },
  { name: 'socket.io', start: sockets(() => undefined) },
  // A proxy that lets no upgrade to WebSocket through.
  { name: 'socket.io over long-polling', start: sockets((server) => server.removeAllListeners('upgrade')) },
  { name: 'NATS', start: nats, missing: noNatsServer },
]

/** A coordinator that echoes unless told otherwise, and keeps count. */
async function coordinatorAt(
  place: Place,
  onRequest: CoordinatorLinkHandlers['onRequest'] = async (_peer, frame) => frame,
) {
  const heard: PeerId[] = []
  const gone: PeerId[] = []
  const { link, stop } = await place.listen({
    onRequest(peer, frame) {
      heard.push(peer)
      return onRequest(peer, frame)
    },
    onGone: (peer) => void gone.push(peer),
  })
  onTestFinished(stop)
  return { link, stop, heard, gone }
}

async function siteAt(place: Place, options: Partial<SiteLinkOptions> = {}) {
  const states: string[] = []
  const pushes: Uint8Array[] = []
  const link = place.site({ random: () => 0.1, giveUpAfterMs: 10_000, ...options })
  const handlers = {
    onPush: (frame: Uint8Array) => void pushes.push(frame),
    onState: (state: string) => void states.push(state),
  }
  onTestFinished(() => link.close())
  await link.open(handlers)
  return { link, states, pushes }
}

const bytes = (length: number, seed = 1) => Uint8Array.from({ length }, (_, i) => (i * 31 + seed) % 251)

/** Compares without printing megabytes. */
const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0

/** A promise and its resolution. */
function gate() {
  let open!: () => void
  const passed = new Promise<void>((resolve) => (open = resolve))
  return { passed, open }
}

beforeAll(async () => {
  if (!noNatsServer) broker = await startNatsServer()
})
afterAll(() => broker?.stop())

describe.each(wires)('$name', ({ start, missing }) => {
  const check = (name: string, run: (place: Place) => Promise<void>) =>
    it(name, async (test) => {
      test.skip(missing !== undefined, missing)
      await run(await start())
    })

  check('carries a request there and its reply back, byte for byte, be it empty', async (place) => {
    await coordinatorAt(place, async (_peer, frame) => frame.map((byte) => byte ^ 255))
    const { link } = await siteAt(place)
    expect(await link.request(Uint8Array.of(1, 2, 255))).toEqual(Uint8Array.of(254, 253, 0))
    expect(await link.request(new Uint8Array())).toEqual(new Uint8Array())
  })

  check('gives each of several requests its own reply, in whatever order they come', async (place) => {
    const last = gate()
    await coordinatorAt(place, async (_peer, frame) => {
      if (frame[0] === 3) last.open()
      await last.passed
      return frame
    })
    const { link } = await siteAt(place)
    const replies = await Promise.all([0, 1, 2, 3].map((n) => link.request(bytes(700_000, n))))
    expect(replies.map((reply, n) => same(reply, bytes(700_000, n)))).toEqual([true, true, true, true])
  })

  check('refuses more requests at a time than the table says, and then takes more', async (place) => {
    const most = limits.requestsInFlight.value
    const all = gate()
    const { heard } = await coordinatorAt(place, async (_peer, frame) => {
      await all.passed
      return frame
    })
    const { link } = await siteAt(place)
    const taken = Array.from({ length: most }, (_, n) => link.request(Uint8Array.of(n)))
    await vi.waitFor(() => expect(heard).toHaveLength(most))
    await expect(link.request(Uint8Array.of(99))).rejects.toMatchObject({ code: 'OVERLOADED' })
    all.open()
    expect(await Promise.all(taken)).toHaveLength(most)
    expect(await link.request(Uint8Array.of(99))).toEqual(Uint8Array.of(99))
  })

  check('carries the largest frame, both ways', async (place) => {
    await coordinatorAt(place)
    const { link } = await siteAt(place)
    for (const length of [5 * MiB, limits.frameBytes.value])
      expect(same(await link.request(bytes(length)), bytes(length))).toBe(true)
  })

  check('refuses an oversize frame with a code, whichever end sends it, and stays', async (place) => {
    const oversize = new Uint8Array(limits.frameBytes.value + 1)
    const coordinator = await coordinatorAt(place, async (_peer, frame) =>
      frame[0] === 1 ? oversize : frame,
    )
    const { link, states } = await siteAt(place)
    await expect(link.request(oversize)).rejects.toMatchObject({ code: 'FRAME_TOO_LARGE' })
    await expect(link.request(Uint8Array.of(1))).rejects.toMatchObject({ code: 'FRAME_TOO_LARGE' })
    expect(coordinator.link.push(coordinator.heard[0]!, oversize)).toBe(false)
    expect(await link.request(Uint8Array.of(2))).toEqual(Uint8Array.of(2))
    expect(states).toEqual(['connected'])
  })

  check('pushes to the peer meant and to no other', async (place) => {
    const { link, heard, gone } = await coordinatorAt(place)
    const first = await siteAt(place)
    await first.link.request(Uint8Array.of(1))
    const second = await siteAt(place)
    await second.link.request(Uint8Array.of(2))
    expect(new Set(heard).size).toBe(2)

    expect(link.push(heard[1]!, bytes(3 * MiB))).toBe(true)
    expect(link.push(heard[1]!, Uint8Array.of(7))).toBe(true)
    await vi.waitFor(() => expect(second.pushes).toHaveLength(2), { timeout: 10_000 })
    expect(same(second.pushes[0]!, bytes(3 * MiB))).toBe(true)
    expect(second.pushes[1]).toEqual(Uint8Array.of(7))
    expect(first.pushes).toEqual([])

    await second.link.close()
    await vi.waitFor(() => expect(gone).toEqual([heard[1]]))
    expect(link.push(heard[1]!, Uint8Array.of(8))).toBe(false)
    expect(link.push('nobody', Uint8Array.of(8))).toBe(false)
  })

  check('survives a handler that fails', async (place) => {
    await coordinatorAt(place, async (_peer, frame) => {
      if (frame[0] === 1) throw new Error('a defect')
      return frame
    })
    const { link } = await siteAt(place)
    await expect(link.request(Uint8Array.of(1))).rejects.toMatchObject({ code: 'INTERNAL' })
    expect(await link.request(Uint8Array.of(2))).toEqual(Uint8Array.of(2))
  })

  check('gives up a request without a reply, and stays', async (place) => {
    await coordinatorAt(place, (_peer, frame) =>
      frame[0] === 1 ? new Promise(() => undefined) : Promise.resolve(frame),
    )
    const { link, states } = await siteAt(place, { requestTimeoutMs: 300 })
    await expect(link.request(Uint8Array.of(1))).rejects.toMatchObject({ code: 'LINK_TIMEOUT' })
    expect(await link.request(Uint8Array.of(2))).toEqual(Uint8Array.of(2))
    expect(states).toEqual(['connected'])
  })

  check('drops a peer, whose pending request is lost and who comes back as another peer', async (place) => {
    const { link, heard, gone } = await coordinatorAt(place, (_peer, frame) =>
      frame[0] === 1 ? new Promise(() => undefined) : Promise.resolve(frame),
    )
    const site = await siteAt(place)
    const pending = site.link.request(Uint8Array.of(1))
    await vi.waitFor(() => expect(heard).toHaveLength(1))
    link.drop(heard[0]!)
    await expect(pending).rejects.toMatchObject({ code: 'LINK_LOST' })
    await vi.waitFor(() => expect(site.states).toEqual(['connected', 'disconnected', 'connected']))
    expect(gone).toEqual([heard[0]])
    await site.link.request(Uint8Array.of(2))
    expect(heard[1]).not.toBe(heard[0])
    link.drop(heard[0]!)
    expect(gone).toHaveLength(1)
  })

  check('finds a coordinator again that was away', async (place) => {
    const before = await coordinatorAt(place)
    const { link, states } = await siteAt(place)
    await link.request(Uint8Array.of(1))
    await before.stop()
    expect(before.gone).toEqual(before.heard)
    await vi.waitFor(() => expect(states).toEqual(['connected', 'disconnected']))
    await expect(link.request(Uint8Array.of(2))).rejects.toMatchObject({ code: 'LINK_LOST' })

    const after = await coordinatorAt(place)
    await vi.waitFor(() => expect(states.at(-1)).toBe('connected'), { timeout: 10_000 })
    expect(await link.request(Uint8Array.of(3))).toEqual(Uint8Array.of(3))
    expect(after.heard).toHaveLength(1)
  })

  check('says when there is no coordinator, and may be opened once there is', async (place) => {
    const link = place.site({ random: () => 0.1, giveUpAfterMs: 300 })
    onTestFinished(() => link.close())
    const handlers = { onPush: () => undefined, onState: () => undefined }
    await expect(link.open(handlers)).rejects.toMatchObject({ code: 'LINK_UNREACHABLE' })
    await expect(link.request(Uint8Array.of(1))).rejects.toMatchObject({ code: 'LINK_LOST' })
    await coordinatorAt(place)
    await link.open(handlers)
    expect(await link.request(Uint8Array.of(1))).toEqual(Uint8Array.of(1))
  })

  check('ends at once when it is closed while it opens', async (place) => {
    const link = place.site({ random: () => 0.1 })
    const opening = link.open({ onPush: () => undefined, onState: () => undefined })
    const outcome = expect(opening).rejects.toMatchObject({ code: 'LINK_LOST' })
    await link.close()
    await outcome
  })

  check('stays closed once a site closes it, and tells both ends', async (place) => {
    const { heard, gone } = await coordinatorAt(place, (_peer, frame) =>
      frame[0] === 1 ? new Promise(() => undefined) : Promise.resolve(frame),
    )
    const { link, states } = await siteAt(place, { random: () => 0 })
    const pending = link.request(Uint8Array.of(1))
    const outcome = expect(pending).rejects.toMatchObject({ code: 'LINK_LOST' })
    await vi.waitFor(() => expect(heard).toHaveLength(1))
    await link.close()
    await link.close()
    await outcome
    await vi.waitFor(() => expect(gone).toEqual(heard))
    await vi.waitFor(() => expect(states).toEqual(['connected', 'disconnected']))
    await expect(link.request(Uint8Array.of(2))).rejects.toMatchObject({ code: 'LINK_LOST' })
  })

  check('serves twenty sites at once', async (place) => {
    const { heard } = await coordinatorAt(place)
    const sites = await Promise.all(Array.from({ length: 20 }, () => siteAt(place)))
    const replies = await Promise.all(sites.map(({ link }, n) => link.request(bytes(600_000, n))))
    expect(replies.every((reply, n) => same(reply, bytes(600_000, n)))).toBe(true)
    expect(new Set(heard).size).toBe(20)
  })
})

describe.each([
  { name: 'socket.io', address: async () => `http://127.0.0.1:${await freePort()}`, missing: undefined },
  { name: 'NATS', address: async () => broker.url, missing: noNatsServer },
])('$name between processes', ({ address, missing }) => {
  it('notices a coordinator that was killed, and its successor; a closed site leaves nothing open', async (test) => {
    test.skip(missing !== undefined, missing)
    const where = await address()
    const startCoordinator = async () => {
      const { child, lines, ended } = startSource('test/support/link-process.ts', ['coordinator', where])
      expect((await lines.next()).value).toBe('listening')
      return { child, ended }
    }
    const first = await startCoordinator()
    const options = { random: () => 0.1, giveUpAfterMs: 10_000, requestTimeoutMs: 5000 }
    const place: Place = {
      listen: () => Promise.reject(new Error('not here')),
      site: () =>
        where.startsWith('nats:')
          ? natsSiteLink({ servers: where, federation, ...options, heartbeatMs: 200 })
          : socketSiteLink(where, options),
    }
    const { link, states } = await siteAt(place)
    expect(await link.request(bytes(100))).toEqual(bytes(100))

    first.child.kill('SIGKILL')
    await first.ended
    await vi.waitFor(() => expect(states.at(-1)).toBe('disconnected'), { timeout: 10_000 })
    await expect(link.request(bytes(100))).rejects.toMatchObject({ code: 'LINK_LOST' })

    await startCoordinator()
    await vi.waitFor(() => expect(states.at(-1)).toBe('connected'), { timeout: 10_000 })
    expect(await link.request(bytes(100))).toEqual(bytes(100))

    const other = startSource('test/support/link-process.ts', ['site', where])
    expect((await other.lines.next()).value).toBe('echoed')
    expect(await other.ended).toEqual({ code: 0, signal: null, stderr: '' })
  })
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe.skipIf(noNatsServer)('NATS, and what a broker may do', () => {
  const place = async (url: string, options: { heartbeatMs?: number } = {}): Promise<Place> => {
    const ends = { servers: url, federation, ...options }
    return {
      async listen(handlers) {
        const link = natsCoordinatorLink(ends)
        await link.listen(handlers)
        return { link, stop: () => link.close() }
      },
      site: (given) => natsSiteLink({ ...ends, ...given }),
    }
  }
  /** Someone else on the broker, who knows the subjects. */
  const stranger = async (url: string) => {
    const connection = await connect({ servers: url })
    onTestFinished(() => connection.close())
    const ask = async (peer: string, asked: Packet) => {
      const subject = `collegium.${federation.slice(0, 16)}.up.${peer}`
      return decodePacket((await connection.request(subject, encodePacket(asked))).data)
    }
    return { connection, ask }
  }

  it('finds each other again when the broker was away', async () => {
    const own = await startNatsServer()
    onTestFinished(() => own.stop())
    const where = await place(own.url)
    const { gone, heard } = await coordinatorAt(where)
    const { link, states } = await siteAt(where)
    await link.request(Uint8Array.of(1))
    await own.stop()
    await vi.waitFor(() => expect(states).toEqual(['connected', 'disconnected']))
    await vi.waitFor(() => expect(gone).toEqual(heard))
    const again = await startNatsServer({ port: own.port })
    onTestFinished(() => again.stop())
    await vi.waitFor(() => expect(states.at(-1)).toBe('connected'), { timeout: 10_000 })
    expect(await link.request(Uint8Array.of(2))).toEqual(Uint8Array.of(2))
  })

  it('fits its packets into the messages that the broker carries', async () => {
    const own = await startNatsServer({ config: 'max_payload: 4096' })
    onTestFinished(() => own.stop())
    const where = await place(own.url)
    const coordinator = await coordinatorAt(where)
    const { link, pushes } = await siteAt(where)
    expect(same(await link.request(bytes(100_000)), bytes(100_000))).toBe(true)
    coordinator.link.push(coordinator.heard[0]!, bytes(100_000))
    await vi.waitFor(() => expect(pushes).toHaveLength(1))
    expect(same(pushes[0]!, bytes(100_000))).toBe(true)
  })

  it('gives credentials where they are asked for, and never repeats them', async () => {
    const own = await startNatsServer({ config: 'authorization { user: north, password: "p@ss" }' })
    onTestFinished(() => own.stop())
    const at = (who: string) => own.url.replace('nats://', `nats://${who}@`)
    const right = await place(at('north:p%40ss'))
    await coordinatorAt(right)
    const { link } = await siteAt(right)
    expect(await link.request(Uint8Array.of(1))).toEqual(Uint8Array.of(1))

    const wrong = natsSiteLink({
      servers: at('north:guess'),
      federation,
      random: () => 0.1,
      giveUpAfterMs: 300,
    })
    const refusal = await wrong
      .open({ onPush: () => undefined, onState: () => undefined })
      .catch((error: unknown) => error)
    expect(refusal).toMatchObject({
      code: 'LINK_UNREACHABLE',
      message: expect.not.stringContaining('guess'),
    })
    for (const address of ['nats://', 'http://host', 'host:4222', 'nats://%zz@host'])
      expect(() => natsSiteLink({ servers: address, federation, random: () => 0 })).toThrow(
        expect.objectContaining({ code: 'CONFIG_INVALID' }),
      )
  })

  it('forgets a peer that gives no more signs of life, and keeps one that does', async () => {
    const where = await place(broker.url, { heartbeatMs: 50 })
    const { heard, gone } = await coordinatorAt(where)
    const { ask } = await stranger(broker.url)
    const silent = 'a'.repeat(32)
    const { link, states } = await siteAt(where)
    await link.request(Uint8Array.of(1))
    expect(await ask(silent, packet('open'))).toMatchObject({ kind: 'ok' })
    expect(await ask(silent, packet('part', { content: Uint8Array.of(5) }))).toMatchObject({ kind: 'part' })
    await vi.waitFor(() => expect(gone).toEqual([silent]))
    expect(await ask(silent, packet('here'))).toMatchObject({ kind: 'stranger' })
    await link.request(Uint8Array.of(1))
    expect(states).toEqual(['connected'])
    expect(heard[2]).toBe(heard[0])
  })

  it('holds few unfinished frames of one sender, and takes no part out of turn', async () => {
    await coordinatorAt(await place(broker.url))
    const { ask } = await stranger(broker.url)
    const peer = 'b'.repeat(32)
    const content = Uint8Array.of(1)
    const most = limits.natsPartialFrames.value
    await ask(peer, packet('open'))
    for (let frame = 0; frame <= most; frame++)
      expect(await ask(peer, packet('part', { frame, parts: 2, content }))).toMatchObject({ kind: 'ok' })
    // The oldest made room for the newest.
    const refusal = { kind: 'refused', content: new TextEncoder().encode('OVERLOADED') }
    expect(await ask(peer, packet('part', { frame: 0, part: 1, parts: 2, content }))).toMatchObject(refusal)
    expect(await ask(peer, packet('part', { frame: most, part: 1, parts: 2, content }))).toMatchObject({
      kind: 'part',
      content: Uint8Array.of(1, 1),
    })
    expect(await ask(peer, packet('part', { frame: 1, part: 1, parts: 3, content }))).toMatchObject({
      kind: 'refused',
    })
    expect(await ask(peer, packet('pull', { frame: 77, part: 1, parts: 2 }))).toMatchObject(refusal)
  })

  it('is not disturbed by noise on its subjects', async () => {
    const where = await place(broker.url)
    const { heard } = await coordinatorAt(where)
    const { link } = await siteAt(where)
    const { connection } = await stranger(broker.url)
    const root = `collegium.${federation.slice(0, 16)}`
    await link.request(Uint8Array.of(1))
    for (const noise of [new Uint8Array(), Uint8Array.of(255), bytes(9), bytes(500)]) {
      connection.publish(`${root}.up.nobody`, noise)
      connection.publish(`${root}.up.${heard[0]}`, noise)
      connection.publish(`${root}.down.${heard[0]}`, noise)
    }
    await connection.flush()
    expect(await link.request(Uint8Array.of(2))).toEqual(Uint8Array.of(2))
  })
})
