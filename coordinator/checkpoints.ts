/** When the coordinator signs its journal: as a run ends, as a key does, and before too much goes unsigned. */
import { checkpoint } from '#federation/checkpoint.ts'
import type { FederationEvent } from '#federation/events.ts'
import type { Identity } from '#privacy/identity.ts'
import type { Attest } from './core.ts'

/** At most so many records go without a signature. */
const RECORDS_BETWEEN = 256

const momentous: readonly FederationEvent['type'][] = [
  'site-revoked',
  'site-key-rotated',
  'coordinator-key-rotated',
  'student-released',
  'run-failed',
]

/** A checkpoint in the same append as what it is about: neither is ever there without the other. */
export function attestWith(identity: Identity): Attest {
  return (state, events, { sequence, headAfter }, now) => {
    const unsigned = sequence - (state.checkpoint?.sequence ?? 0)
    const due = unsigned >= RECORDS_BETWEEN || events.some(({ type }) => momentous.includes(type))
    return due ? checkpoint(state, identity, headAfter(), now) : []
  }
}
