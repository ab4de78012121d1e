import { describe, expect, it, vi } from 'vitest'
import type { Journal, Logger } from '#federation/ports.ts'
import type { Fact } from '#federation/events.ts'
import { failRun, startRun } from '#federation/decide-run.ts'
import { enrol, invite } from '#federation/decide-enrolment.ts'
import type { FederationState } from '#federation/state.ts'
import { CollegiumError } from '#proto/errors.ts'
import { openMemoryJournal } from '#store/memory-journal.ts'
import { examplePlan } from '../test/support/example-plan.ts'
import { openCore, type Core } from './core.ts'

const hex = (digit: string) => digit.repeat(64)
const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined }

const plan = examplePlan(['north'], { privacy: { mode: 'plain' } })

const inviting = (site: string, token: string): Fact => ({
  type: 'site-invited',
  site,
  tokenHash: token,
  expiresAt: 100,
  approve: true,
})

/** A core with one approved site; `fail` decides whether the next append meets a full disk. */
async function world(onFailure?: (core: Core, code: string, reason: string) => Promise<unknown>) {
  const memory = await openMemoryJournal()
  const disk = { full: false }
  const journal: Journal = {
    ...memory,
    append: (records) =>
      disk.full
        ? Promise.reject(new CollegiumError('STORE_WRITE_FAILED', 'No space is left.'))
        : memory.append(records),
  }
  const core = await openCore({
    journal,
    clock: () => 7,
    log: silent,
    retryMs: 1,
    onFailure: async (failing, _obligation, code, reason) => void (await onFailure?.(failing, code, reason)),
  })
  await core.commit((state) =>
    invite(state, { site: 'north', tokenHash: hex('1'), expiresAt: 100, approve: true }),
  )
  await core.commit((state, now) => enrol(state, { tokenHash: hex('1'), publicKey: hex('e') }, now))
  return { core, disk, journal }
}

const start = (core: Core) => core.commit((state) => startRun(state, plan))
const fail = (core: Core, code: string, reason: string) =>
  core.commit((state) => failRun(state, 'run-1', code, reason))
const phaseOf = (core: Core) => core.state().runs['run-1']?.phase

describe('commit', () => {
  it('decides one at a time, each on the state that the one before left', async () => {
    const { core } = await world()
    const seen: string[][] = []
    const decide = (site: string, token: string) => (state: FederationState) => {
      seen.push(Object.values(state.invites).map((each) => each.site))
      return [inviting(site, token)]
    }
    await Promise.all([core.commit(decide('a', hex('2'))), core.commit(decide('b', hex('3')))])
    expect(seen).toEqual([['north'], ['north', 'a']])
  })

  it('tells listeners in order, with the sequence, and survives one that throws', async () => {
    const { core } = await world()
    const told: [number, string][] = []
    core.onEvent(() => {
      throw new Error('a broken dashboard')
    })
    core.onEvent(({ sequence, event }) => void told.push([sequence, event.type]))
    await core.commit(() => [inviting('a', hex('2')), inviting('b', hex('3'))])
    expect(told).toEqual([
      [3, 'site-invited'], // 1 and 2 are north's
      [4, 'site-invited'],
    ])
  })

  it('changes nothing when the disk is full, when a decision throws, or once closed', async () => {
    const { core, disk } = await world()
    const before = core.state()
    disk.full = true
    await expect(core.commit(() => [inviting('a', hex('2'))])).rejects.toMatchObject({
      code: 'STORE_WRITE_FAILED',
    })
    disk.full = false
    const impossible = () => {
      throw new CollegiumError('SITE_EXISTS', 'no')
    }
    await expect(core.commit(impossible)).rejects.toMatchObject({ code: 'SITE_EXISTS' })
    // A fact that could not be read back never reaches the journal.
    await expect(core.commit(() => [inviting('Not A Slug', hex('2'))])).rejects.toThrow('must be 1-40')
    await core.close()
    await expect(core.commit(() => [inviting('a', hex('2'))])).rejects.toMatchObject({
      code: 'STORE_WRITE_FAILED',
    })
    expect(core.state()).toBe(before)
    expect(core.head().sequence).toBe(2)
  })
})

describe('work', () => {
  it('does each obligation once at a time and tries again what a full disk stopped', async () => {
    const { core, disk } = await world()
    await start(core)
    const tries: string[] = []
    core.work(async (obligation) => {
      tries.push(obligation.kind)
      disk.full = tries.length < 3
      await fail(core, 'RUN_FAILED', 'done')
    })
    await vi.waitFor(() => expect(phaseOf(core)).toBe('failed'))
    expect(tries).toEqual(['ask', 'ask', 'ask'])
    await core.close()
  })

  it('reports what failed for good, and says where to look for a defect', async () => {
    const { core } = await world(fail)
    await start(core)
    core.work(() => Promise.reject(new TypeError('x is undefined')))
    await vi.waitFor(() => expect(phaseOf(core)).toBe('failed'))
    expect(core.state().runs['run-1']?.failure).toEqual({
      code: 'INTERNAL',
      reason: 'Something went wrong on our side. It happened at "ask"; the log says more.',
    })
    await core.close()
  })

  it('aborts what nobody is owed any more', async () => {
    const { core } = await world(fail)
    await start(core)
    let aborted = false
    core.work(async (_obligation, signal) => {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
      aborted = true
    })
    await fail(core, 'RUN_FAILED', 'the operator said so')
    await vi.waitFor(() => expect(aborted).toBe(true))
  })

  it('is stopped by close, which waits for it and fails no run for it', async () => {
    const { core, journal } = await world(fail)
    await start(core)
    let ended = false
    core.work(async (_obligation, signal) => {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
      ended = true
      throw new CollegiumError('ENGINE_CANCELLED', 'cancelled')
    })
    await core.close()
    expect(ended).toBe(true)
    const again = await openCore({ journal, clock: () => 8, log: silent, onFailure: async () => undefined })
    expect(phaseOf(again)).toBe('asking')
  })
})
