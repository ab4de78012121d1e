/**
 * The dashboard's feed: whole snapshots over socket.io, namespace `/dashboard`.
 *
 * There is nothing to replay and nothing to merge: a page that joins, reloads or reconnects is complete
 * after one `snapshot` event. Each page has at most one snapshot on the way. While it is, changes only mark
 * the page as stale; once the page has acknowledged and `minIntervalMs` has passed, it gets the newest
 * state. So a slow page sees fewer snapshots, never a growing queue of old ones, and the newest always
 * arrives.
 */
import type { Namespace, Server, Socket } from 'socket.io'
import type { Snapshot } from '#proto/snapshot.ts'
import { CollegiumError, describeError } from '#proto/errors.ts'

export interface DashboardSource {
  /** Whether the token is the operator's, compared in constant time. */
  verify(token: string): boolean
  snapshot(): Snapshot
  /** Calls `listener` after every change until the returned function is called. */
  onChange(listener: () => void): () => void
}

export interface DashboardFeedOptions {
  /** Shortest time between two snapshots to one page, milliseconds. */
  readonly minIntervalMs?: number
  /** A page that has not acknowledged a snapshot for this long is sent the next one all the same. */
  readonly ackTimeoutMs?: number
  /** Pages served at a time; further ones are refused with `OVERLOADED`. */
  readonly maxPages?: number
}

/** Serves `/dashboard` on `io`; `close` ends every page's connection and stops listening for changes. */
export function attachDashboardFeed(
  io: Server,
  source: DashboardSource,
  { minIntervalMs = 250, ackTimeoutMs = 10_000, maxPages = 50 }: DashboardFeedOptions = {},
): { close(): void } {
  const namespace: Namespace = io.of('/dashboard')
  const pages = new Set<() => void>()

  namespace.use((socket, next) => {
    const { token } = socket.handshake.auth as { token?: unknown }
    if (typeof token !== 'string' || !source.verify(token)) {
      next(refusal(new CollegiumError('TOKEN_WRONG', 'This is not the operator token of this coordinator.')))
    } else if (pages.size >= maxPages) {
      next(refusal(new CollegiumError('OVERLOADED', `${maxPages} dashboards are open already.`)))
    } else next()
  })

  namespace.on('connection', (socket: Socket) => {
    let waiting = false // for an acknowledgement, or for the interval to pass
    let stale = false
    let pause: NodeJS.Timeout | undefined

    const send = () => {
      stale = waiting
      if (waiting) return
      waiting = true
      socket.timeout(ackTimeoutMs).emit('snapshot', source.snapshot(), () => {
        if (!socket.connected) return
        pause = setTimeout(() => {
          waiting = false
          if (stale) send()
        }, minIntervalMs)
      })
    }

    pages.add(send)
    socket.on('disconnect', () => {
      pages.delete(send)
      clearTimeout(pause)
    })
    send()
  })

  const unsubscribe = source.onChange(() => {
    for (const send of pages) send()
  })

  return {
    close() {
      unsubscribe()
      namespace.disconnectSockets(true)
      namespace.removeAllListeners()
    },
  }
}

/** socket.io hands `data` of a middleware's error to the page. */
function refusal(error: CollegiumError): Error {
  return Object.assign(new Error(error.message), { data: describeError(error) })
}
