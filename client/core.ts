/**
 * A site's memory: its journal, and the state folded from it. Every change goes through `commit`, one at a
 * time: a pure decision returns facts, they are appended and flushed, and only then are they true.
 */
import type { Clock, Journal, JournalHead } from '#federation/ports.ts'
import { decodeSiteEvent, encodeSiteEvent, type SiteEvent, type SiteFact } from '#federation/site-events.ts'
import { emptySiteState, evolveSite, type SiteState } from '#federation/site-state.ts'

export interface SiteCore {
  state(): SiteState
  /** Resolves once the decision's facts, if any, are on disk; rejects as `decide` throws or the journal rejects. */
  commit(decide: (state: SiteState, now: number) => readonly SiteFact[]): Promise<SiteState>
  /** Where the journal ends now. */
  head(): JournalHead
  /** Whether the journal has been there: it holds this very record. */
  holds(head: JournalHead): Promise<boolean>
}

/** Replays the journal; rejects with `JOURNAL_CORRUPT` when a record is not an event of a site. */
export async function openSiteCore(journal: Journal, clock: Clock): Promise<SiteCore> {
  let state = emptySiteState
  for await (const { bytes, sequence } of journal.read())
    state = evolveSite(state, decodeSiteEvent(bytes, sequence))

  let queue: Promise<unknown> = Promise.resolve()
  return {
    state: () => state,
    commit(decide) {
      const turn = queue.then(async () => {
        const now = clock()
        const events = decide(state, now).map((fact): SiteEvent => ({ ...fact, at: now }))
        if (events.length > 0) await journal.append(events.map(encodeSiteEvent))
        state = events.reduce(evolveSite, state)
        return state
      })
      queue = turn.catch(() => undefined)
      return turn
    },
    head: () => journal.head(),
    async holds({ sequence, hash }) {
      for await (const record of journal.read(sequence)) return record.hash === hash
      return false
    },
  }
}
