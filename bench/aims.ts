/** Aims: what a row should reach, and whether it does. */
import type { Row, Verdict } from './row.ts'

/** Throws a RangeError for an aim of a peer that the row does not list. */
export function judge(row: Row): Verdict[] {
  const { name, runtime, threads } = row
  const aims = (row.aims ?? []).filter((aim) => (aim.threads ?? threads) === threads)
  return aims.map((aim) => {
    const reached = reachedBy(row, aim.of)
    const { atLeast = -Infinity, atMost = Infinity } = aim
    const met = reached === null ? null : reached >= atLeast && reached <= atMost
    return { ...aim, row: name, ...(runtime !== undefined && { runtime }), threads, reached, met }
  })
}

function reachedBy({ name, ours, peers }: Row, of: string): number | null {
  if (of === 'ours') return ours
  const peer = peers[of]
  if (!peer) throw new RangeError(`${name} has an aim of "${of}", whom it does not list.`)
  return 'absent' in peer ? null : peer.ratio
}
