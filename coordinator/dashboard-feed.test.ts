import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { Server } from 'socket.io'
import { io as connect, type Socket } from 'socket.io-client'
import type { Snapshot } from '#proto/snapshot.ts'
import { attachDashboardFeed, type DashboardFeedOptions } from './dashboard-feed.ts'

/** A coordinator reduced to a counter: the snapshot's journal sequence is the number of changes so far. */
async function startFeed(options: DashboardFeedOptions) {
  const http: HttpServer = createServer()
  const io = new Server(http)
  const listeners = new Set<() => void>()
  const coordinator = { sequence: 0, snapshotsTaken: 0 }
  const feed = attachDashboardFeed(
    io,
    {
      verify: (token) => token === 'right',
      snapshot: () => {
        coordinator.snapshotsTaken++
        return { version: 1, journal: { sequence: coordinator.sequence } } as Snapshot
      },
      onChange: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    options,
  )
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/dashboard`
  const pages: Socket[] = []
  return {
    feed,
    listeners,
    coordinator,
    change: (): void => {
      coordinator.sequence++
      for (const listener of listeners) listener()
    },
    page: (token: unknown): Socket => {
      const page = connect(url, { auth: { token }, transports: ['websocket'], reconnection: false })
      pages.push(page)
      return page
    },
    async stop(): Promise<void> {
      for (const page of pages) page.disconnect()
      feed.close()
      await io.close()
    },
  }
}

type Feed = Awaited<ReturnType<typeof startFeed>>
let running: Feed | undefined
const start = async (options: DashboardFeedOptions = {}) => (running = await startFeed(options))
afterEach(async () => {
  await running?.stop()
  running = undefined
})

/** Collects the sequences a page is sent; `acknowledge: false` is a page that hangs. */
function collect(page: Socket, { acknowledge = true } = {}) {
  const seen: number[] = []
  let wake = () => {}
  page.on('snapshot', (snapshot: Snapshot, ack: () => void) => {
    seen.push(snapshot.journal.sequence)
    if (acknowledge) ack()
    wake()
  })
  const until = async (done: (seen: readonly number[]) => boolean) => {
    while (!done(seen)) await new Promise<void>((resolve) => (wake = resolve))
    return seen
  }
  return { seen, until }
}

const refusalOf = (page: Socket) =>
  new Promise<{ code: string; hint: string }>((resolve) =>
    page.on('connect_error', (error) =>
      resolve((error as Error & { data: { code: string; hint: string } }).data),
    ),
  )

describe('attachDashboardFeed', () => {
  it('sends the whole state at once to a page with the right token', async () => {
    const { page, coordinator } = await start()
    coordinator.sequence = 7
    expect(await collect(page('right')).until((seen) => seen.length > 0)).toEqual([7])
  })

  it.each([['wrong'], [''], [undefined], [42], [{ length: 5 }]])('refuses the token %j', async (token) => {
    const { page, coordinator } = await start()
    const { code, hint } = await refusalOf(page(token))
    expect(code).toBe('TOKEN_WRONG')
    expect(hint).toContain('operator token')
    expect(coordinator.snapshotsTaken).toBe(0)
  })

  it('turns a burst of changes into two snapshots, of which the last is the newest', async () => {
    const { page, change } = await start({ minIntervalMs: 20 })
    const { until } = collect(page('right'))
    await until((seen) => seen.length === 1)
    // The first snapshot (0) opened the interval, so all hundred changes fall into one pause.
    for (let i = 0; i < 100; i++) change()
    expect(await until((seen) => seen.at(-1) === 100)).toEqual([0, 100])
  })

  it('sends nothing when nothing changes', async () => {
    const { page, coordinator, change } = await start({ minIntervalMs: 1 })
    const { until } = collect(page('right'))
    await until((seen) => seen.length === 1)
    change()
    await until((seen) => seen.length === 2)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(coordinator.snapshotsTaken).toBe(2)
  })

  it('keeps one snapshot on the way to a page that does not acknowledge, and serves others meanwhile', async () => {
    const { page, change } = await start({ minIntervalMs: 1, ackTimeoutMs: 60_000 })
    const hanging = collect(page('right'), { acknowledge: false })
    await hanging.until((seen) => seen.length === 1)
    const lively = collect(page('right'))
    await lively.until((seen) => seen.length === 1)
    for (let i = 1; i <= 5; i++) {
      change()
      await lively.until((seen) => seen.at(-1) === i)
    }
    expect(hanging.seen).toEqual([0])
  })

  it('goes on with a page whose acknowledgement was lost', async () => {
    const { page, change } = await start({ minIntervalMs: 1, ackTimeoutMs: 20 })
    const { until } = collect(page('right'), { acknowledge: false })
    await until((seen) => seen.length === 1)
    change()
    expect(await until((seen) => seen.length === 2)).toEqual([0, 1])
  })

  it('bounds the number of pages', async () => {
    const { page } = await start({ maxPages: 1 })
    await collect(page('right')).until((seen) => seen.length > 0)
    expect((await refusalOf(page('right'))).code).toBe('OVERLOADED')
  })

  it('lets go of everything when closed', async () => {
    const { page, feed, listeners } = await start()
    const one = page('right')
    await collect(one).until((seen) => seen.length > 0)
    const gone = new Promise<void>((resolve) => one.on('disconnect', () => resolve()))
    feed.close()
    await gone
    expect(listeners.size).toBe(0)
  })
})
