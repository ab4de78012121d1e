/** What stands between answers and a release: the check of each sum, and the gate. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { auditSite } from '#client/audit/site-audit.ts'
import type { Blobs } from '#federation/ports.ts'
import { releasedRun, runOver, smallFederation, world } from '../support/small-federation.ts'

/** 40 rows of 2 classes, 4 bytes each: an answer about the transfer set, or the sum of several. */
const ANSWER_BYTES = 320

/** As if every site had answered one unit more than its rows hold. */
const offTheSimplex = (blobs: Blobs): Blobs => ({
  ...blobs,
  async get(hash) {
    const bytes = await blobs.get(hash)
    if (bytes.length !== ANSWER_BYTES) return bytes
    const words = new Uint32Array(bytes.slice().buffer)
    words[0]! += 1
    return new Uint8Array(words.buffer)
  },
})

interface Card {
  readonly privacy: { readonly audit: { outcome: string; evidence: { by: string }[]; ignored: string[] } }
}

describe('a sum', () => {
  it('that answers on the simplex cannot have made fails its run', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator({ wrapBlobs: offTheSimplex })
    await federation.startSites(coordinator)
    await coordinator.operator.startRun({})
    const run = await runOver(coordinator)
    expect(run.failure?.code).toBe('SUM_INCONSISTENT')
    expect(run.failure?.reason).toMatch(/^Row 0 of the sum holds 19661\d units; 3 answers make 196608/) // 3 x 2^16
    expect(run.student).toBeUndefined()
  }, 30_000)
})

describe('a release', () => {
  it('says in its card what the audits found, those of sites among them', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator()
    const [north] = await federation.startSites(coordinator)
    await releasedRun(coordinator)
    await north!.close()
    const signal = new AbortController().signal
    const dir = federation.siteDir('north')
    const signed = await auditSite(dir, { shadows: 8, temperature: 2, signal, ...world })
    const audits = path.join(federation.coordinatorDir, 'audits')
    await mkdir(audits)
    await writeFile(path.join(audits, 'north.json'), JSON.stringify(signed))
    await writeFile(path.join(audits, 'other.json'), 'not JSON')
    await federation.startSite('north')

    const run = await releasedRun(coordinator, { signOff: 'the transfer rows are public' })
    const file = path.join(federation.coordinatorDir, 'releases', run.run, 'card.json')
    const { privacy } = JSON.parse(await vi.waitFor(() => readFile(file, 'utf8'))) as Card
    expect(privacy.audit.outcome).toBe('passed')
    // Points of the plane carry labels, and so do those of the hold-out.
    expect(privacy.audit.evidence.map(({ by }) => by)).toEqual(['coordinator', 'north'])
    expect(privacy.audit.ignored).toEqual([expect.stringContaining('other.json')])
    expect(run.plan.signOff).toBe('the transfer rows are public')
  }, 60_000)
})
