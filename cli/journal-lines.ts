/** A journal's records as lines for a person, whether a coordinator's or a site's. */
import { describeEvent } from '#federation/describe-event.ts'
import { eventSchema } from '#federation/events.ts'
import { describeSiteEvent } from '#federation/describe-site-event.ts'
import type { JournalRecord } from '#federation/ports.ts'
import { siteEventSchema } from '#federation/site-events.ts'

/** The record's JSON; a text that is not JSON is shown as it is. */
export function eventOf({ bytes }: JournalRecord): unknown {
  const text = new TextDecoder().decode(bytes)
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

/** When, and what: ["2026-03-01 09:30:12", "north approved"]. A record of neither kind is shown as it is. */
export function describeRecord(record: JournalRecord): [time: string, line: string] {
  const raw = eventOf(record)
  const coordinators = eventSchema.safeParse(raw)
  if (coordinators.success) return [timeOf(coordinators.data.at), describeEvent(coordinators.data)]
  const sites = siteEventSchema.safeParse(raw)
  if (sites.success) return [timeOf(sites.data.at), describeSiteEvent(sites.data)]
  return ['', typeof raw === 'string' ? raw : JSON.stringify(raw)]
}

function timeOf(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ')
}
