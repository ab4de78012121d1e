/** What the two ends of a brokered link need from a broker: subjects, requests, and to know when it is gone. */
import type { Connection } from './keep-connected.ts'

export interface Broker extends Connection {
  /** The largest message it carries, bytes. */
  readonly maxPayload: number
  /** Rejects with `LINK_LOST` when nobody listens on the subject or the broker is gone, else `LINK_TIMEOUT`. */
  request(subject: string, bytes: Uint8Array, timeoutMs: number): Promise<Uint8Array>
  /** Best effort. */
  publish(subject: string, bytes: Uint8Array): void
  subscribe(subject: string, receive: (message: BrokerMessage) => void): void
}

export interface BrokerMessage {
  readonly subject: string
  /** Valid during the call only. */
  readonly bytes: Uint8Array
  /** Replies to a request; nothing happens when it was none. */
  readonly respond: (bytes: Uint8Array) => void
}

export type DialBroker = () => Promise<Broker>

/** The subjects of a federation on a broker that others may share; allow its members `collegium.<it>.>`. */
export const subjectsOf = (federation: string) => {
  const root = `collegium.${federation.slice(0, 16)}`
  return {
    /** Site to coordinator; `*` for all. */
    up: (peer: string) => `${root}.up.${peer}`,
    /** Coordinator to site. */
    down: (peer: string) => `${root}.down.${peer}`,
    replies: `${root}.reply`,
  }
}
