/**
 * Which sites are here and what they say they are doing.
 *
 * Presence is hearsay: it lives in memory, starts empty after a restart, and decides nothing. What decides
 * is in the journal.
 */
import type { PeerId } from '#federation/ports.ts'
import type { SiteActivity } from '#proto/snapshot.ts'

export interface Presence {
  readonly connected: boolean
  readonly activity: SiteActivity
  readonly note: string
  readonly progress: number
  readonly trainingRows: number
  readonly bytesUp: number
  readonly bytesDown: number
}

export const absent: Presence = {
  connected: false,
  activity: 'idle',
  note: '',
  progress: 0,
  trainingRows: 0,
  bytesUp: 0,
  bytesDown: 0,
}

export interface Presences {
  /** By the key that signed for the peer. */
  of(publicKey: string): Presence
  peersOf(publicKey: string): readonly PeerId[]
  greet(peer: PeerId, publicKey: string): void
  gone(peer: PeerId): void
  report(publicKey: string, change: Pick<Presence, 'activity' | 'note' | 'progress' | 'trainingRows'>): void
  count(publicKey: string, bytes: { up?: number; down?: number }): void
}

/** Of members only: a stranger's key is never given to it, and leaves no trace. */
export function createPresences(onChange: () => void): Presences {
  const byKey = new Map<string, Presence>()
  const keys = new Map<PeerId, string>()
  const of = (key: string) => byKey.get(key) ?? absent
  const update = (key: string, change: Partial<Presence>) => {
    byKey.set(key, { ...of(key), ...change })
    onChange()
  }
  const peersOf = (key: string) => [...keys].filter(([, value]) => value === key).map(([peer]) => peer)
  const gone = (peer: PeerId) => {
    const key = keys.get(peer)
    keys.delete(peer)
    if (key !== undefined && peersOf(key).length === 0)
      update(key, { connected: false, activity: 'idle', note: '' })
  }
  return {
    of,
    peersOf,
    greet(peer, key) {
      if (keys.get(peer) !== key) gone(peer) // the peer has changed its mind about who it is
      keys.set(peer, key)
      update(key, { connected: true })
    },
    gone,
    report: update,
    count(key, { up = 0, down = 0 }) {
      const { bytesUp, bytesDown } = of(key)
      update(key, { bytesUp: bytesUp + up, bytesDown: bytesDown + down })
    },
  }
}
