/**
 * A site's end of socket.io: WebSocket, and long-polling where a proxy allows nothing else. The site only
 * ever dials out.
 */
import { io } from 'socket.io-client'
import type { SiteLink } from '#federation/ports.ts'
import { CollegiumError } from '#proto/errors.ts'
import { limits } from '#proto/limits.ts'
import { linkLost, linkTimeout } from './keep-connected.ts'
import type { Reply } from './serve.ts'
import { siteLink, type DialSite, type SiteLinkOptions } from './site-link.ts'

/** `url` is the coordinator's http(s) origin; throws `CONFIG_INVALID` when it is none. */
export function socketSiteLink(url: string, options: SiteLinkOptions): SiteLink {
  if (!/^https?:/.test(url) || !URL.canParse(url))
    throw new CollegiumError('CONFIG_INVALID', `The coordinator's address "${url}" is not an http(s) URL.`)

  const dial: DialSite = async (onPush, signal) => {
    const socket = io(new URL('/link', url).href, {
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnection: false, // each dial is a new socket; when to dial is decided by `keepConnected`
      timeout: limits.connectTimeoutMs.value,
      autoConnect: false,
      forceNew: true,
    })
    const gone = new Promise<void>((resolve) => socket.once('disconnect', () => resolve()))
    socket.on('push', (frame: unknown) => {
      if (frame instanceof Uint8Array) onPush(new Uint8Array(frame))
    })
    await new Promise<void>((resolve, reject) => {
      const giveUp = (error: Error) => {
        signal.removeEventListener('abort', onAbort)
        socket.disconnect()
        reject(error)
      }
      const onAbort = () => giveUp(linkLost(url))
      signal.addEventListener('abort', onAbort)
      socket.once('connect_error', giveUp)
      socket.once('connect', () => {
        signal.removeEventListener('abort', onAbort)
        resolve()
      })
      socket.connect()
    })
    return {
      gone,
      close: () => void socket.disconnect(),
      request: (frame, timeoutMs) =>
        new Promise((resolve, reject) => {
          if (!socket.connected) return reject(linkLost(url)) // or it would be kept for a connection to come
          socket.timeout(timeoutMs).emit('frame', frame, (error: Error | null, reply: unknown) => {
            if (error) reject(socket.connected ? linkTimeout(url) : linkLost(url))
            else resolve(reply instanceof Uint8Array ? new Uint8Array(reply) : (reply as Reply))
          })
        }),
    }
  }
  return siteLink(url, dial, options)
}
