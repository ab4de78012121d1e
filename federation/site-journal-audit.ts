/** The audit of a site's journal: its events, its keys, and what it witnessed of the coordinator's journal. */
import { CollegiumError, describeError } from '#proto/errors.ts'
import { requireRotation } from './key-rotation.ts'
import type { JournalHead, JournalRecord } from './ports.ts'
import { decodeSiteEvent, type SiteEventOf } from './site-events.ts'

export interface SiteFindings {
  readonly site: string
  readonly federation: string
  readonly rotations: number
  /** Where questions said that the coordinator's journal stood, in order. */
  readonly heads: readonly JournalHead[]
}

export interface SiteAudit {
  /** Takes the next record of a chain that holds; throws `JOURNAL_CORRUPT`, naming the record. */
  admit(record: JournalRecord): void
  findings(): SiteFindings
}

export function createSiteAudit(): SiteAudit {
  let joined: SiteEventOf<'joined'> | undefined
  let publicKey = ''
  let coordinatorKey = ''
  let rotations = 0
  const heads: JournalHead[] = []
  return {
    admit({ bytes, sequence }) {
      const untrue = (why: string) =>
        new CollegiumError('JOURNAL_CORRUPT', `Record ${sequence} of the site's journal: ${why}`)
      const event = decodeSiteEvent(bytes, sequence)
      if (event.type === 'joined') {
        if (joined) throw untrue('it joins a federation again.')
        joined = event
        publicKey = event.publicKey
        coordinatorKey = event.coordinatorKey
      }
      if (!joined) throw untrue('the journal does not begin with joining a federation.')
      if (event.type === 'key-rotated' || event.type === 'coordinator-key-rotated') {
        const [who, known] =
          event.type === 'key-rotated' ? ['site', publicKey] : ['coordinator', coordinatorKey]
        if (event.oldKey !== known) throw untrue(`the ${who} had another key.`)
        try {
          requireRotation(event, joined.federation)
        } catch (error) {
          throw untrue(describeError(error).message)
        }
        if (event.type === 'key-rotated') publicKey = event.publicKey
        else coordinatorKey = event.publicKey
        rotations++
      }
      if (event.type === 'head-witnessed') heads.push({ sequence: event.sequence, hash: event.hash })
    },
    findings: () => ({ site: joined?.site ?? '', federation: joined?.federation ?? '', rotations, heads }),
  }
}
