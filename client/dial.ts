/** From the addresses of an invite to a link: the scheme names the wire, the first that answers is used. */
import type { Logger, SecureRandom, SiteLink } from '#federation/ports.ts'
import { CollegiumError, errorCodeOf } from '#proto/errors.ts'

export interface LinkOptions {
  readonly federation: string
  readonly random: SecureRandom
  readonly log: Logger
}

/** A link, not yet open, to an address. */
export type LinkFor = (address: string, options: LinkOptions) => SiteLink | Promise<SiteLink>

/** How long one address is tried before the next. */
const GIVE_UP_AFTER_MS = 10_000

/** `http(s)://`, `nats://` or `tls://`; loads only the wire it needs. Rejects with `CONFIG_INVALID` for any other. */
export const linkTo: LinkFor = async (address, { federation, random }) => {
  const chance = () => Buffer.from(random(4)).readUInt32LE() / 2 ** 32
  const options = { random: chance, giveUpAfterMs: GIVE_UP_AFTER_MS }
  if (/^https?:\/\//.test(address)) {
    const { socketSiteLink } = await import('#link/socket-client.ts')
    return socketSiteLink(address, options)
  }
  if (/^(nats|tls):\/\//.test(address)) {
    const { natsSiteLink } = await import('#link/nats.ts')
    return natsSiteLink({ servers: address, federation, ...options })
  }
  throw new CollegiumError(
    'CONFIG_INVALID',
    `The coordinator's address "${address}" is neither http(s):// nor nats://.`,
  )
}

/**
 * Several ways to one coordinator as one link: `open` settles on the first that can be reached, and may be
 * called again after it was in vain.
 */
export function firstReachable(ways: readonly (() => SiteLink | Promise<SiteLink>)[]): SiteLink {
  let current: SiteLink | undefined
  let closed = false
  return {
    async open(handlers) {
      let last: unknown = new CollegiumError('LINK_UNREACHABLE', 'The coordinator has no address.')
      for (const way of ways) {
        if (closed) break
        const link = (current = await way())
        try {
          return await link.open(handlers)
        } catch (error) {
          await link.close()
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
