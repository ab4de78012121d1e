/** The events in a folder's journal, a coordinator's or a site's; whoever has it open may go on appending. */
import path from 'node:path'
import { decodeEvent, type FederationEvent } from '#federation/events.ts'
import { decodeSiteEvent, type SiteEvent } from '#federation/site-events.ts'
import { verifyChain } from '#store/chain.ts'
import { readLmdbJournal } from '#store/lmdb-journal.ts'

async function readEvents<T>(dir: string, decode: (bytes: Uint8Array, sequence: number) => T): Promise<T[]> {
  const events: T[] = []
  await verifyChain(readLmdbJournal(path.join(dir, 'journal')), ({ bytes, sequence }) =>
    events.push(decode(bytes, sequence)),
  )
  return events
}

export const federationEvents = (dir: string): Promise<FederationEvent[]> => readEvents(dir, decodeEvent)
export const siteEvents = (dir: string): Promise<SiteEvent[]> => readEvents(dir, decodeSiteEvent)

export function ofType<E extends { type: string }, T extends E['type']>(
  events: readonly E[],
  type: T,
): Extract<E, { type: T }>[] {
  return events.filter((event): event is Extract<E, { type: T }> => event.type === type)
}
