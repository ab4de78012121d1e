/** A set of sites as bits, the lowest of a byte first: one form for one set, with nobody twice and nobody unknown. */
import { PrivacyError } from '../errors.ts'

export function rosterSet(sites: number, members: Iterable<number>): Uint8Array {
  const bits = new Uint8Array(Math.ceil(sites / 8))
  for (const member of members) bits[member >> 3]! |= 1 << (member & 7)
  return bits
}

export const has = (set: Uint8Array, site: number): boolean => ((set[site >> 3]! >> (site & 7)) & 1) === 1

export function membersOf(set: Uint8Array, sites: number): number[] {
  return Array.from({ length: sites }, (_, i) => i).filter((site) => has(set, site))
}

/** Throws `SECAGG_SURVIVORS_INVALID` for bytes that are no set of so many sites. */
export function requireRosterSet(set: Uint8Array, sites: number): void {
  const spare = set.length * 8 - sites
  const overhang = spare > 0 ? set.at(-1)! >> (8 - spare) : 0
  if (set.length !== Math.ceil(sites / 8) || overhang !== 0)
    throw new PrivacyError('SECAGG_SURVIVORS_INVALID', `The list of survivors is not one of ${sites} sites.`)
}

export function sizeOf(set: Uint8Array): number {
  let size = 0
  for (const byte of set) for (let rest = byte; rest > 0; rest &= rest - 1) size++
  return size
}
