/** What every link promises, on real sockets and a real broker. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { natsSiteLink } from '#link/nats.ts'
import { socketSiteLink } from '#link/socket-client.ts'
import { limits } from '#proto/limits.ts'
import {
  bytes,
  coordinatorAt,
  federation,
  freePort,
  gate,
  inProcess,
  natsPlace,
  same,
  siteAt,
  sockets,
  type Place,
} from '../support/link-places.ts'
import { noNatsServer, startNatsServer, type NatsServer } from '../support/nats-server.ts'
import { startSource } from '../support/source-process.ts'

const MiB = 1024 * 1024

let broker: NatsServer
beforeAll(async () => {
  if (!noNatsServer) broker = await startNatsServer()
})
afterAll(() => broker?.stop())

let federations = 0
/** A federation of its own for each test, on one broker. */
const nats = async () => natsPlace(broker.url, { federation: String(++federations).padStart(16, '0') })

const wires = [
  { name: 'the in-process link', start: inProcess },
  { name: 'socket.io', start: sockets(() => undefined) },
  // A proxy that lets no upgrade to WebSocket through.
  { name: 'socket.io over long-polling', start: sockets((server) => server.removeAllListeners('upgrade')) },
  { name: 'NATS', start: nats, missing: noNatsServer },
]

describe.each(wires)('$name', ({ start, missing }) => {
  let place: Place
  beforeEach(async (test) => {
    test.skip(missing !== undefined, missing)
    place = await start()
  })

  it('carries a request there and its reply back, byte for byte, be it empty', async () => {
    await coordinatorAt(place, async (_peer, frame) => frame.map((byte) => byte ^ 255))
    const { link } = await siteAt(place)
    expect(await link.request(Uint8Array.of(1, 2, 255))).toEqual(Uint8Array.of(254, 253, 0))
    expect(await link.request(new Uint8Array())).toEqual(new Uint8Array())
  })

  it('gives each of several requests its own reply, in whatever order they come', async () => {
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

  it('refuses more requests at a time than the table says, and then takes more', async () => {
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

  it('carries the largest frame, both ways', async () => {
    await coordinatorAt(place)
    const { link } = await siteAt(place)
    for (const length of [5 * MiB, limits.frameBytes.value])
      expect(same(await link.request(bytes(length)), bytes(length))).toBe(true)
  })

  it('refuses an oversize frame with a code, whichever end sends it, and stays', async () => {
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

  it('pushes to the peer meant and to no other', async () => {
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

  it('survives a handler that fails', async () => {
    await coordinatorAt(place, async (_peer, frame) => {
      if (frame[0] === 1) throw new Error('a defect')
      return frame
    })
    const { link } = await siteAt(place)
    await expect(link.request(Uint8Array.of(1))).rejects.toMatchObject({ code: 'INTERNAL' })
    expect(await link.request(Uint8Array.of(2))).toEqual(Uint8Array.of(2))
  })

  it('gives up a request without a reply, and stays', async () => {
    await coordinatorAt(place, (_peer, frame) =>
      frame[0] === 1 ? new Promise(() => undefined) : Promise.resolve(frame),
    )
    const { link, states } = await siteAt(place, { requestTimeoutMs: 300 })
    await expect(link.request(Uint8Array.of(1))).rejects.toMatchObject({ code: 'LINK_TIMEOUT' })
    expect(await link.request(Uint8Array.of(2))).toEqual(Uint8Array.of(2))
    expect(states).toEqual(['connected'])
  })

  it('drops a peer, whose pending request is lost and who comes back as another peer', async () => {
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

  it('finds a coordinator again that was away', async () => {
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

  it('says when there is no coordinator, and may be opened once there is', async () => {
    const link = place.site({ random: () => 0.1, giveUpAfterMs: 300 })
    onTestFinished(() => link.close())
    const handlers = { onPush: () => undefined, onState: () => undefined }
    await expect(link.open(handlers)).rejects.toMatchObject({ code: 'LINK_UNREACHABLE' })
    await expect(link.request(Uint8Array.of(1))).rejects.toMatchObject({ code: 'LINK_LOST' })
    await coordinatorAt(place)
    await link.open(handlers)
    expect(await link.request(Uint8Array.of(1))).toEqual(Uint8Array.of(1))
  })

  it('ends at once when it is closed while it opens', async () => {
    const link = place.site({ random: () => 0.1 })
    const opening = link.open({ onPush: () => undefined, onState: () => undefined })
    const outcome = opening.catch((error: unknown) => error)
    await link.close()
    expect(await outcome).toMatchObject({ code: 'LINK_LOST' })
  })

  it('stays closed once a site closes it, and tells both ends', async () => {
    const { heard, gone } = await coordinatorAt(place, (_peer, frame) =>
      frame[0] === 1 ? new Promise(() => undefined) : Promise.resolve(frame),
    )
    const { link, states } = await siteAt(place, { random: () => 0 })
    const outcome = link.request(Uint8Array.of(1)).catch((error: unknown) => error)
    await vi.waitFor(() => expect(heard).toHaveLength(1))
    await link.close()
    await link.close()
    expect(await outcome).toMatchObject({ code: 'LINK_LOST' })
    await vi.waitFor(() => expect(gone).toEqual(heard))
    await vi.waitFor(() => expect(states).toEqual(['connected', 'disconnected']))
    await expect(link.request(Uint8Array.of(2))).rejects.toMatchObject({ code: 'LINK_LOST' })
  })

  it('serves twenty sites at once', async () => {
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
