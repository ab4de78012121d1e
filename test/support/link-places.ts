/** Places where links meet, and ends at them, for the contract suites of links. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { CoordinatorLink, CoordinatorLinkHandlers, PeerId, SiteLink } from '#federation/ports.ts'
import { createInProcessLink } from '#link/in-process.ts'
import { natsCoordinatorLink, natsSiteLink } from '#link/nats.ts'
import type { SiteLinkOptions } from '#link/site-link.ts'
import { socketSiteLink } from '#link/socket-client.ts'
import { createSocketServer, socketCoordinatorLink } from '#link/sockets.ts'

export const federation = 'f'.repeat(64)

/** One place where a coordinator may listen, go away and come back, and sites find it. */
export interface Place {
  listen(handlers: CoordinatorLinkHandlers): Promise<{ link: CoordinatorLink; stop: () => Promise<void> }>
  site(options: SiteLinkOptions): SiteLink
}

export const inProcess = async (): Promise<Place> => {
  const both = createInProcessLink()
  return {
    async listen(handlers) {
      await both.coordinator.listen(handlers)
      return { link: both.coordinator, stop: () => both.coordinator.close() }
    },
    site: (options) => both.site(options),
  }
}

/** `prepare` may do to the HTTP server what a proxy in front of it would. */
export const sockets = (prepare: (server: Server) => void) => async (): Promise<Place> => {
  const port = await freePort()
  return {
    async listen(handlers) {
      const server = createServer()
      const io = createSocketServer(server)
      prepare(server)
      const link = socketCoordinatorLink(io)
      await link.listen(handlers)
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
      const stop = async () => {
        await link.close()
        await io.close()
      }
      return { link, stop }
    },
    site: (options) => socketSiteLink(`http://127.0.0.1:${port}`, options),
  }
}

export function natsPlace(
  servers: string,
  options: { federation?: string; heartbeatMs?: number } = {},
): Place {
  const ends = { servers, federation, ...options }
  return {
    async listen(handlers) {
      const link = natsCoordinatorLink(ends)
      await link.listen(handlers)
      return { link, stop: () => link.close() }
    },
    site: (given) => natsSiteLink({ ...ends, ...given }),
  }
}

/** A coordinator that echoes unless told otherwise, and keeps count. */
export async function coordinatorAt(
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

export async function siteAt(place: Place, options: Partial<SiteLinkOptions> = {}) {
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

export function bytes(length: number, seed = 1): Uint8Array {
  const filled = new Uint8Array(length)
  for (let i = 0; i < length; i++) filled[i] = (i * 31 + seed) % 251
  return filled
}

/** Compares without printing megabytes. */
export const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0

/** A promise and its resolution. */
export function gate() {
  let open!: () => void
  const passed = new Promise<void>((resolve) => (open = resolve))
  return { passed, open }
}

/** A port that was free a moment ago, so that a site can be told of it before anybody listens. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
