/** A site's end of a link, whatever the wire: a wire only says how to dial and how to carry one request. */
import type { SiteLink } from '#federation/ports.ts'
import { CollegiumError } from '#proto/errors.ts'
import { limits } from '#proto/limits.ts'
import { keepConnected, linkLost, type Connection, type KeptConnection } from './keep-connected.ts'
import { isTooLarge, refusalError, type Reply } from './serve.ts'

export interface SiteLinkOptions {
  /** Uniform in [0, 1): spreads reconnections, so that a restarted coordinator is not met by all at once. */
  readonly random: () => number
  /** How long `open` tries before it rejects with `LINK_UNREACHABLE`; 30 s unless told. */
  readonly giveUpAfterMs?: number
  readonly requestTimeoutMs?: number
}

/** One connection of a site. */
export interface SiteWire extends Connection {
  /** Rejects with `LINK_LOST` or `LINK_TIMEOUT`. */
  request(frame: Uint8Array, timeoutMs: number): Promise<Reply>
}

export type DialSite = (onPush: (frame: Uint8Array) => void, signal: AbortSignal) => Promise<SiteWire>

export function siteLink(where: string, dial: DialSite, options: SiteLinkOptions): SiteLink {
  const { random, giveUpAfterMs, requestTimeoutMs = limits.requestTimeoutMs.value } = options
  let kept: KeptConnection<SiteWire> | undefined
  return {
    async open(handlers) {
      const former = kept
      const push = (frame: Uint8Array) => {
        if (!isTooLarge(frame)) handlers.onPush(frame)
      }
      kept = keepConnected({
        where,
        dial: (signal) => dial(push, signal),
        onState: (state) => handlers.onState(state),
        random,
        giveUpAfterMs,
      })
      await Promise.all([former?.close(), kept.open()])
    },
    async request(frame) {
      if (isTooLarge(frame)) {
        const most = `${limits.frameBytes.value} bytes is the most`
        throw new CollegiumError('FRAME_TOO_LARGE', `A frame of ${frame.length} bytes is not sent; ${most}.`)
      }
      const wire = kept?.current()
      if (!wire) throw linkLost(where)
      const reply = await wire.request(frame, requestTimeoutMs)
      if (reply instanceof Uint8Array) return reply
      throw refusalError(reply)
    },
    async close() {
      await kept?.close()
    },
  }
}
