/** From the addresses of an invite to a link: the scheme names the wire, the first that answers is used. */
import type { Logger, SecureRandom, SiteLink } from '#federation/ports.ts'
import { natsSiteLink } from '#link/nats.ts'
import { socketSiteLink } from '#link/socket-client.ts'
import { CollegiumError, errorCodeOf } from '#proto/errors.ts'

export interface LinkOptions {
  readonly federation: string
  readonly random: SecureRandom
  readonly log: Logger
}

/** A link, not yet open, to `http(s)://`, `nats://` or `tls://`. */
export type LinkFor = (address: string, options: LinkOptions) => SiteLink

/** How long one address is tried before the next. */
const GIVE_UP_AFTER_MS = 10_000

export const linkTo: LinkFor = (address, { federation, random }) => {
  const chance = () => Buffer.from(random(4)).readUInt32LE() / 2 ** 32
  const options = { random: chance, giveUpAfterMs: GIVE_UP_AFTER_MS }
  if (/^https?:\/\//.test(address)) return socketSiteLink(address, options)
  if (/^(nats|tls):\/\//.test(address)) return natsSiteLink({ servers: address, federation, ...options })
  throw new CollegiumError(
    'CONFIG_INVALID',
    `The coordinator's address "${address}" is neither http(s):// nor nats://.`,
  )
}

/**
 * Several ways to one coordinator as one link: `open` settles on the first that can be reached, and may be
 * called again after it was in vain.
 */
export function firstReachable(ways: readonly (() => SiteLink)[]): SiteLink {
  let current: SiteLink | undefined
  let closed = false
  return {
    async open(handlers) {
      let last: unknown = new CollegiumError('LINK_UNREACHABLE', 'The coordinator has no address.')
      for (const way of ways) {
        if (closed) break
        current = way()
        try {
          return await current.open(handlers)
        } catch (error) {
          await current.close()
          if (errorCodeOf(error) !== 'LINK_UNREACHABLE') throw error
          last = error
        }
      }
      throw last
    },
    request(frame) {
      if (current) return current.request(frame)
      return Promise.reject(new CollegiumError('LINK_LOST', 'The link to the coordinator is not open.'))
    },
    async close() {
      closed = true
      await current?.close()
    },
  }
}
