/**
 * The link through NATS: both ends dial out to a broker that neither has to trust.
 *
 * This is the only file that knows the `nats` package. Of NATS it uses core publish, subscribe and request;
 * of the package not its reconnection, since a broker that was away says nothing about the coordinator
 * behind it: `keepConnected` dials both again.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { connect, ErrorCode, NatsError, type ConnectionOptions } from 'nats'
import type { CoordinatorLink, SiteLink } from '#federation/ports.ts'
import { CollegiumError } from '#proto/errors.ts'
import { limits } from '#proto/limits.ts'
import { brokeredCoordinatorLink } from './broker-coordinator.ts'
import { dialThroughBroker } from './broker-site.ts'
import { subjectsOf, type Broker, type DialBroker } from './broker.ts'
import { linkLost, linkTimeout } from './keep-connected.ts'
import { siteLink, type SiteLinkOptions } from './site-link.ts'

export interface NatsOptions {
  /** `nats://` or `tls://` address, with `user:password@` or `token@` where the broker asks for it. */
  readonly servers: string
  /** The federation's id, hex. */
  readonly federation: string
  readonly heartbeatMs?: number
}

/** Both throw `CONFIG_INVALID` when `servers` is not such an address. */
export function natsSiteLink(options: NatsOptions & SiteLinkOptions): SiteLink {
  const { where, ...ends } = brokered(options)
  return siteLink(where, dialThroughBroker({ where, ...ends }), options)
}

export function natsCoordinatorLink(options: NatsOptions & { giveUpAfterMs?: number }): CoordinatorLink {
  return brokeredCoordinatorLink({ ...brokered(options), giveUpAfterMs: options.giveUpAfterMs })
}

function brokered({ servers, federation, heartbeatMs = limits.heartbeatMs.value }: NatsOptions) {
  const { where, credentials, tls } = parseAddress(servers)
  const dialBroker: DialBroker = () =>
    dialNats(where, {
      ...credentials,
      ...(tls && { tls: {} }),
      inboxPrefix: subjectsOf(federation).replies,
      pingInterval: heartbeatMs,
      maxPingOut: limits.heartbeatsMissed.value,
    })
  return { where, federation, heartbeatMs, dialBroker }
}

/** Splits off the credentials, so that no sentence or log line repeats them. */
export function parseAddress(address: string) {
  const url = /^(nats|tls):\/\/./.test(address) && URL.canParse(address) ? new URL(address) : undefined
  if (!url?.hostname || /%(?![0-9a-f]{2})/i.test(url.username + url.password))
    throw new CollegiumError('CONFIG_INVALID', 'The address of a NATS server looks like nats://host:4222.')
  const name = decodeURIComponent(url.username)
  const pass = decodeURIComponent(url.password)
  const credentials = pass ? { user: name, pass } : name ? { token: name } : {}
  return { where: `${url.protocol}//${url.host}`, tls: url.protocol === 'tls:', credentials }
}

async function dialNats(where: string, options: ConnectionOptions): Promise<Broker> {
  const connection = await connect({
    servers: where,
    name: 'collegium',
    reconnect: false,
    timeout: limits.connectTimeoutMs.value,
    ...options,
  })
  let open = true
  const gone = connection.closed().then(() => void (open = false))
  return {
    gone,
    maxPayload: connection.info?.max_payload ?? limits.natsPartBytes.value,
    async request(subject, bytes, timeoutMs) {
      try {
        return (await connection.request(subject, bytes, { timeout: timeoutMs })).data
      } catch (error) {
        const alive = open && !connection.isClosed()
        const code = error instanceof NatsError ? error.code : undefined
        if (alive && code === ErrorCode.Timeout) throw linkTimeout(where)
        // Nobody listens: the coordinator is gone, and with it this connection to it.
        await connection.close()
        throw linkLost(where)
      }
    },
    publish(subject, bytes) {
      if (open && !connection.isClosed()) connection.publish(subject, bytes)
    },
    subscribe(subject, receive) {
      connection.subscribe(subject, {
        callback(error, message) {
          // A subscription that the broker does not permit leaves nothing to stay for.
          if (error) void connection.close()
          else
            receive({
              subject: message.subject,
              bytes: message.data,
              respond: (bytes) => message.respond(bytes),
            })
        },
      })
    },
    async close() {
      if (connection.isClosed()) return
      // What was published is to arrive, but a broker that does not react is not waited for.
      const patience = sleep(1000, undefined, { ref: false })
      await Promise.race([connection.flush().catch(() => undefined), patience])
      await connection.close()
    },
  }
}
