/** What a site's journal says, for a look at it beside the site, which may be running. */
import { decodeSiteEvent } from '#federation/site-events.ts'
import { emptySiteState, evolveSite, type SiteState } from '#federation/site-state.ts'
import { readLmdbJournal } from '#store/lmdb-journal.ts'

/** Rejects with `CONFIG_UNREADABLE` where there is no journal yet, and with `JOURNAL_CORRUPT`. */
export async function readSiteState(journal: string): Promise<SiteState> {
  let state = emptySiteState
  for await (const { bytes, sequence } of readLmdbJournal(journal))
    state = evolveSite(state, decodeSiteEvent(bytes, sequence))
  return state
}
