import { describe, expect, it } from 'vitest'
import { openMemoryJournal } from '#store/memory-journal.ts'
import { openSiteCore } from './core.ts'
import { rollbackOf } from './rollback.ts'

const joined = (site: string) => ({
  type: 'joined' as const,
  federation: '1'.repeat(64),
  coordinatorKey: '2'.repeat(64),
  site,
  publicKey: '3'.repeat(64),
})

/** A site's core after these records, one an append. */
async function after(...sites: readonly string[]) {
  const core = await openSiteCore(await openMemoryJournal(), () => 5)
  for (const site of sites) await core.commit(() => [joined(site)])
  return core
}

describe('a journal', () => {
  it('that goes on from where the coordinator saw it is believed', async () => {
    const seen = (await after('a', 'b')).head()
    expect(await rollbackOf(await after('a', 'b'), seen)).toBeUndefined()
    expect(await rollbackOf(await after('a', 'b', 'c'), seen)).toBeUndefined()
    expect(await rollbackOf(await after(), undefined)).toBeUndefined()
  })

  it('that is shorter, or has gone another way, was set back', async () => {
    const seen = (await after('a', 'b')).head()
    expect(await rollbackOf(await after('a'), seen)).toEqual({
      code: 'LEDGER_ROLLBACK',
      reason: expect.stringContaining('ends at record 1') as unknown,
    })
    // As long and longer, but not the same: a backup that went on by itself.
    for (const other of [await after('a', 'x'), await after('a', 'x', 'b')])
      expect(await rollbackOf(other, seen)).toMatchObject({
        reason: expect.stringContaining('another record'),
      })
    // Everything before counts too: each hash covers the one before it.
    expect(await rollbackOf(await after('x', 'b'), seen)).toBeDefined()
  })
})
