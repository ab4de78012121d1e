/** A journal's records as lines for a person, whether a coordinator's or a site's. */
import { describeEvent } from '#federation/describe-event.ts'
import { eventSchema } from '#federation/events.ts'
import type { JournalRecord } from '#federation/ports.ts'

/** The record's JSON; a text that is not JSON is shown as it is. */
export function eventOf({ bytes }: JournalRecord): unknown {
  const text = new TextDecoder().decode(bytes)
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

/** When, and what: ["2026-03-01 09:30:12", "north approved"]. */
export function describeRecord(record: JournalRecord): [time: string, line: string] {
  const raw = eventOf(record)
  const known = eventSchema.safeParse(raw)
  if (known.success) return [timeOf(known.data.at), describeEvent(known.data)]
  if (typeof raw !== 'object' || raw === null) return ['', String(raw)]
  const { type, at, ...rest } = raw as Record<string, unknown>
  const details = Object.entries(rest).map(([key, value]) => `${key} ${shorten(value)}`)
  return [timeOf(at), `${String(type)}: ${details.join(', ')}`]
}

function timeOf(at: unknown): string {
  return typeof at === 'number' ? new Date(at).toISOString().slice(0, 19).replace('T', ' ') : ''
}

/** Hashes by their first digits, everything else in full. */
function shorten(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  return /^[0-9a-f]{64}$/.test(value) ? value.slice(0, 12) : value
}
