/**
 * The ports of a federation: what the state machines need from the world, as interfaces.
 *
 * Every port has one contract suite in `test/contract/` that all of its implementations pass, and every
 * implementation is handed in by a composition root (`coordinator/`, `client/`, `cli/`). Nothing in this
 * folder opens a file or a socket.
 */

/** One record of a journal. `hash` = BLAKE2b-256("fdn/log/v1" || previous hash || length || bytes), hex. */
export interface JournalRecord {
  /** 1-based position in the journal, without gaps. */
  readonly sequence: number
  readonly bytes: Uint8Array
  readonly hash: string
}

/** Where a journal ends: its last sequence number (0 when empty) and the hash of that record. */
export interface JournalHead {
  readonly sequence: number
  readonly hash: string
}

/**
 * An append-only, hash-chained log.
 *
 * `append` resolves only once every record is on disk: after it, SIGKILL and power loss keep the records.
 * Either all of `records` are appended or none. A full disk rejects with code `STORE_WRITE_FAILED` and
 * leaves the journal as it was.
 */
export interface Journal {
  append(records: readonly Uint8Array[]): Promise<JournalHead>
  /** Records with sequence >= `from` (1 is the first), in order. */
  read(from?: number): AsyncIterable<JournalRecord>
  head(): JournalHead
  close(): Promise<void>
}

/** Content-addressed bytes: the name of a blob is the hex BLAKE2b-256 of its content. */
export interface Blobs {
  /** Stores durably and returns the hash; storing what is there already is a no-op. */
  put(bytes: Uint8Array): Promise<string>
  /** The bytes, verified against the hash; rejects with `BLOB_NOT_FOUND` or `BLOB_CORRUPT`. */
  get(hash: string): Promise<Uint8Array>
  has(hash: string): Promise<boolean>
}

/** Names one live connection of a site; a new connection of the same site has a new peer id. */
export type PeerId = string

/** A site's end of a link. Frames are opaque bytes: signed envelopes, as `proto` encodes them. */
export interface SiteLink {
  /**
   * Connects and stays connected: a lost connection is retried with exponential backoff and full jitter
   * until `close`. Resolves on the first connection; rejects with `LINK_UNREACHABLE` after `giveUpAfterMs`.
   */
  open(handlers: SiteLinkHandlers): Promise<void>
  /** Sends one request frame and resolves with the reply. Rejects with `LINK_LOST` or `LINK_TIMEOUT`. */
  request(frame: Uint8Array): Promise<Uint8Array>
  close(): Promise<void>
}

export interface SiteLinkHandlers {
  /** A frame that the coordinator pushed. Delivery is at most once: correctness never rests on it. */
  onPush(frame: Uint8Array): void
  /** Called on every connection, the first included, and on every loss. */
  onState(state: 'connected' | 'disconnected'): void
}

/** The coordinator's end of a link: serves many sites. */
export interface CoordinatorLink {
  listen(handlers: CoordinatorLinkHandlers): Promise<void>
  /** Pushes one frame to a peer, best effort; false when the peer is gone. */
  push(peer: PeerId, frame: Uint8Array): boolean
  /** Ends one peer's connection. */
  drop(peer: PeerId): void
  close(): Promise<void>
}

export interface CoordinatorLinkHandlers {
  /** Answers one request frame. Never rejects for bad input: the reply frame then carries the error. */
  onRequest(peer: PeerId, frame: Uint8Array): Promise<Uint8Array>
  onGone(peer: PeerId): void
}

/** Milliseconds since the Unix epoch. */
export type Clock = () => number

/** Cryptographically secure random bytes. */
export type SecureRandom = (length: number) => Uint8Array

/** The part of a structured logger (pino's shape) that the product uses. */
export interface Logger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
