/** The link through NATS, and what a broker and others on it may do. */
import { connect } from 'nats'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { natsSiteLink } from '#link/nats.ts'
import { decodePacket, encodePacket, packet, type Packet } from '#link/packets.ts'
import { limits } from '#proto/limits.ts'
import { bytes, coordinatorAt, federation, natsPlace, same, siteAt } from '../support/link-places.ts'
import { noNatsServer, startNatsServer, type NatsServer } from '../support/nats-server.ts'

let broker: NatsServer
beforeAll(async () => {
  if (!noNatsServer) broker = await startNatsServer()
})
afterAll(() => broker?.stop())

describe.skipIf(noNatsServer)('NATS', () => {
  /** Someone else on the broker, who knows the subjects. */
  const stranger = async (url: string) => {
    const connection = await connect({ servers: url })
    onTestFinished(() => connection.close())
    const ask = async (peer: string, asked: Packet) => {
      const subject = `collegium.${federation.slice(0, 16)}.up.${peer}`
      const { data } = await connection.request(subject, encodePacket(asked))
      return decodePacket(new Uint8Array(data))
    }
    return { connection, ask }
  }

  it('finds each other again when the broker was away', async () => {
    const own = await startNatsServer()
    onTestFinished(() => own.stop())
    const where = natsPlace(own.url)
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
    const where = natsPlace(own.url)
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
    const right = natsPlace(at('north:p%40ss'))
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
    const where = natsPlace(broker.url, { heartbeatMs: 50 })
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
    await coordinatorAt(natsPlace(broker.url))
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
    const where = natsPlace(broker.url)
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
