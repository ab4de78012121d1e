import { useEffect, useState } from 'preact/hooks'
import { io } from 'socket.io-client'
import type { Snapshot } from '#proto/snapshot.ts'

export type Link =
  | { readonly state: 'connecting' | 'live' }
  | { readonly state: 'lost'; readonly sinceMs: number }
  | { readonly state: 'refused'; readonly message: string; readonly hint: string }

export interface Feed {
  readonly link: Link
  readonly snapshot?: Snapshot
  /** Coordinator's clock minus this machine's, milliseconds: countdowns follow the coordinator. */
  readonly clockOffsetMs: number
}

/** Follows the coordinator's snapshots for as long as there is a token; reconnects by itself. */
export function useFeed(token: string | undefined): Feed {
  const [feed, setFeed] = useState<Feed>({ link: { state: 'connecting' }, clockOffsetMs: 0 })

  useEffect(() => {
    if (token === undefined) return undefined
    const setLink = (link: Link) => setFeed((feed) => ({ ...feed, link }))
    const lost = () =>
      setFeed((feed) =>
        feed.link.state === 'live' ? { ...feed, link: { state: 'lost', sinceMs: Date.now() } } : feed,
      )

    setLink({ state: 'connecting' })
    let again: ReturnType<typeof setTimeout> | undefined
    const socket = io('/dashboard', {
      auth: { token },
      transports: ['websocket', 'polling'], // polling for proxies that let no WebSocket through
      tryAllTransports: true,
      reconnectionDelayMax: 5000,
    })
    socket.on('snapshot', (snapshot: Snapshot, acknowledge: () => void) => {
      setFeed({ link: { state: 'live' }, snapshot, clockOffsetMs: snapshot.atMs - Date.now() })
      acknowledge()
    })
    socket.on('disconnect', (reason) => {
      lost()
      // The one case in which socket.io does not reconnect by itself: a coordinator that shut down in order.
      if (reason === 'io server disconnect') again = setTimeout(() => socket.connect(), 1000)
    })
    socket.on('connect_error', (error: Error & { data?: { message: string; hint: string } }) => {
      if (error.data === undefined) lost()
      else setLink({ state: 'refused', message: error.data.message, hint: error.data.hint })
    })
    return () => {
      clearTimeout(again)
      socket.removeAllListeners()
      socket.disconnect()
    }
  }, [token])

  return feed
}
