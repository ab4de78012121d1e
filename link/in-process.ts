/**
 * A link without a wire: both ends in one process, for simulations and tests.
 *
 * Frames are handed over in a later turn of the event loop and as copies, so that neither end can lean on
 * what a real wire would not give: shared memory, or an answer before the question returns.
 */
import { once } from 'node:events'
import type { CoordinatorLink, CoordinatorLinkHandlers, PeerId, SiteLink } from '#federation/ports.ts'
import { linkLost, linkTimeout } from './keep-connected.ts'
import { createServe, isTooLarge, type Reply, type Serve } from './serve.ts'
import { siteLink, type DialSite, type SiteLinkOptions } from './site-link.ts'

export interface InProcessLink {
  readonly coordinator: CoordinatorLink
  /** A new site's end. */
  site(options?: Partial<SiteLinkOptions>): SiteLink
}

interface Peer {
  readonly onPush: (frame: Uint8Array) => void
  readonly end: () => void
}

const WHERE = 'the coordinator in this process'

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

export function createInProcessLink(): InProcessLink {
  let server: { handlers: CoordinatorLinkHandlers; serve: Serve } | undefined
  let count = 0
  const peers = new Map<PeerId, Peer>()
  const doors = new EventTarget()
  const isListening = () => server !== undefined

  const drop = (id: PeerId) => {
    const peer = peers.get(id)
    if (!peer) return
    peers.delete(id)
    peer.end()
    server?.handlers.onGone(id)
  }

  const dial: DialSite = async (onPush, signal) => {
    await turn()
    while (!isListening()) await once(doors, 'open', { signal })
    const id = `in-process-${++count}`
    const waiting = new Set<(error: Error) => void>()
    const gone = new Promise<void>((resolve) => {
      const end = () => {
        for (const fail of waiting) fail(linkLost(WHERE))
        resolve()
      }
      peers.set(id, { onPush, end })
    })
    const carry = async (frame: Uint8Array): Promise<Reply> => {
      const copy = frame.slice()
      await turn()
      if (!server || !peers.has(id)) throw linkLost(WHERE)
      const reply = await server.serve(id, copy)
      await turn()
      return typeof reply === 'string' ? reply : reply.slice()
    }
    return {
      gone,
      close: () => drop(id),
      request: (frame, timeoutMs) =>
        new Promise((resolve, reject) => {
          if (!peers.has(id)) return reject(linkLost(WHERE))
          const timer = setTimeout(() => reject(linkTimeout(WHERE)), timeoutMs)
          waiting.add(reject)
          void carry(frame)
            .then(resolve, reject)
            .finally(() => {
              clearTimeout(timer)
              waiting.delete(reject)
            })
        }),
    }
  }

  return {
    coordinator: {
      async listen(handlers) {
        server = { handlers, serve: createServe(handlers) }
        doors.dispatchEvent(new Event('open'))
      },
      push(id, frame) {
        if (!peers.has(id) || isTooLarge(frame)) return false
        const copy = frame.slice()
        setImmediate(() => peers.get(id)?.onPush(copy))
        return true
      },
      drop,
      async close() {
        for (const id of peers.keys()) drop(id)
        server = undefined
      },
    },
    // Nobody else is woken by a reconnection here, so there is nothing to spread.
    site: (options) => siteLink(WHERE, dial, { random: () => 0, ...options }),
  }
}
