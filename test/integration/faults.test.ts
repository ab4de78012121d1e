/** Disks that fill up and data that are not what they were: a run waits, refuses or fails, and the next one works. */
import { spawnSync } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { RunningCoordinator } from '#coordinator/main.ts'
import { toOnnx } from '#engine/export/onnx.ts'
import { initialise } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
import { parseSpec } from '#engine/spec.ts'
import type { Journal } from '#federation/ports.ts'
import { latestRun } from '#federation/state.ts'
import { hash } from '#privacy/crypto.ts'
import { CollegiumError } from '#proto/errors.ts'
import { federationEvents } from '../support/journal-events.ts'
import { planeCsv } from '../support/plane.ts'
import {
  freePort,
  releasedRun,
  runOver,
  siteNames,
  sitePolicy,
  smallFederation,
  world,
  type SmallFederation,
} from '../support/small-federation.ts'
import { tempFolder } from '../support/temp-folder.ts'

/** A disk that is full while `full` says so; `refused` counts. */
function disk() {
  const state = { full: false, refused: 0 }
  const wrapJournal = (journal: Journal): Journal => ({
    ...journal,
    append(records) {
      if (!state.full) return journal.append(records)
      state.refused++
      return Promise.reject(new CollegiumError('STORE_WRITE_FAILED', 'No space is left on the device.'))
    },
  })
  return { state, wrapJournal }
}

const phaseOf = ({ core }: RunningCoordinator) => latestRun(core.state())?.phase

async function expectServing({ url, token }: RunningCoordinator): Promise<void> {
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  const headers = { authorization: `Bearer ${token}` }
  expect((await fetch(`${url}/api/snapshot`, { headers })).status).toBe(200)
}

describe('a full disk under the journal', () => {
  it('refuses what cannot be recorded, keeps serving, and the run goes on once there is space', async () => {
    const { state, wrapJournal } = disk()
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator({ wrapJournal })
    await federation.startSites(coordinator)
    const { operator, core } = coordinator

    state.full = true // before anything
    const headers = { authorization: `Bearer ${coordinator.token}` }
    const reply = await fetch(`${coordinator.url}/api/runs`, { method: 'POST', headers })
    expect(reply.status).toBe(507)
    expect(await reply.json()).toMatchObject({ error: { code: 'STORE_WRITE_FAILED' } })
    expect(operator.runs()).toEqual([])

    state.full = false
    core.onEvent(({ event }) => {
      // When the question is open: no answer can be taken. When the sum is known: no student can be recorded.
      if (event.type === 'question-opened' || event.type === 'sum-revealed') state.full = true
    })
    await operator.startRun({ federatedEvaluation: false })
    for (const phase of ['asking', 'distilling']) {
      const before = state.refused
      await vi.waitFor(() => expect(state.refused).toBeGreaterThan(before + 1), { timeout: 10_000 })
      expect(phaseOf(coordinator)).toBe(phase)
      await expectServing(coordinator)
      state.full = false
    }
    expect((await runOver(coordinator)).phase).toBe('released')
    const story = (await federationEvents(federation.coordinatorDir)).map(({ type }) => type)
    expect(new Set(story.slice(story.indexOf('question-closed'))).size).toBe(6) // each once: closed, summed, trained, evaluated, released, signed
  })

  it('ends alike on a real small disk that the sites share', async (test) => {
    const root = path.join(await tempFolder(), 'disk')
    await mkdir(root)
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', root]).status === 0
    test.skip(!mounted, 'needs the right to mount a file system')
    onTestFinished(() => void spawnSync('umount', ['-l', root]))
    const federation = await smallFederation(undefined, root)
    let refused = 0
    const warn = (fields: { code?: unknown }) =>
      void (refused += fields.code === 'STORE_WRITE_FAILED' ? 1 : 0)
    const coordinator = await federation.startCoordinator({ log: { ...world.log, warn } })
    await federation.startSites(coordinator)
    const ballast = path.join(root, 'ballast')
    const first = coordinator.core.head().sequence
    coordinator.core.onEvent(({ sequence }) => {
      if (sequence === first + 3) fill(ballast) // run-started, question-opened, answer-accepted
    })
    const { run } = await coordinator.operator.startRun({ federatedEvaluation: false })
    await vi.waitFor(() => expect(refused).toBeGreaterThan(1), { timeout: 10_000 })
    await expectServing(coordinator)
    expect(coordinator.operator.run(run).phase).not.toBe('released')
    await rm(ballast)
    expect((await runOver(coordinator)).phase).toBe('released')
  })
})

describe('data that are not what was promised', () => {
  it('a transfer set with another hash is not answered, and an honest coordinator is again', async () => {
    const federation = await smallFederation()
    const transfer = hash(planeCsv('transfer', 40))
    const port = await freePort()
    const liar = await federation.startCoordinator({
      port,
      wrapBlobs: (blobs) => ({
        ...blobs,
        async get(wanted) {
          const bytes = await blobs.get(wanted)
          return wanted === transfer ? bytes.map((byte, i) => (i === 50 ? byte ^ 1 : byte)) : bytes
        },
      }),
    })
    await federation.startSites(liar)
    await liar.operator.startRun({})
    const failed = await runOver(liar)
    expect(failed.failure?.code).toBe('RUN_NO_QUORUM')
    const { refusals } = liar.core.state().questions[failed.questions[0]!]!
    for (const site of siteNames)
      expect(refusals[site]).toMatchObject({
        code: 'TRANSFER_HASH_MISMATCH',
        reason: 'The transfer set that arrived does not have the hash that was signed.',
      })
    await liar.close()
    await releasedRun(await federation.startCoordinator({ port }))
  })

  it('a rotten hold-out fails the run, and once it is restored the next run works', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator()
    await federation.startSites(coordinator)
    const blob = blobFile(federation, hash(planeCsv('holdout', 60)))
    const backup = path.join(federation.dir, 'backup')
    await cp(blob, backup)
    await writeFile(blob, 'rotten')
    await coordinator.operator.startRun({})
    expect((await runOver(coordinator)).failure).toMatchObject({ code: 'BLOB_CORRUPT' })
    await cp(backup, blob)
    const { reportHash = '' } = await releasedRun(coordinator)

    // An old report that rots must not keep a coordinator from starting again.
    await writeFile(blobFile(federation, reportHash), 'rotten')
    await coordinator.close()
    const again = await federation.startCoordinator()
    await expect(again.operator.report('run-2')).rejects.toMatchObject({ code: 'BLOB_CORRUPT' })
  })

  it('a teacher that answers NaN sends nothing, says why, and the others teach', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator()
    for (const site of siteNames) await federation.join(coordinator, site)
    const network = initialise(parseSpec({ kind: 'mlp', inputs: 2, hidden: [], outputs: 2 }), seededRandom(1))
    network.parameters.fill(NaN)
    const dir = federation.siteDir('west')
    await writeFile(path.join(dir, 'broken.onnx'), toOnnx(network))
    const config = `data: { path: rows.csv }\nteacher: { kind: onnx, path: broken.onnx }\n${sitePolicy}`
    await writeFile(path.join(dir, 'site.yaml'), config)
    for (const site of siteNames) await federation.startSite(site)
    const run = await releasedRun(coordinator, { threshold: 2 })
    expect(coordinator.core.state().questions[run.questions[0]!]).toMatchObject({
      survivors: ['north', 'south'],
      refusals: { west: { code: 'SHARE_RANGE' } },
    })
  })
})

const blobFile = ({ coordinatorDir }: SmallFederation, name: string) =>
  path.join(coordinatorDir, 'blobs', name.slice(0, 2), name)

/** Takes every byte there is. */
function fill(file: string): void {
  for (const size of [1 << 16, 1 << 12])
    try {
      for (;;) appendFileSync(file, new Uint8Array(size))
    } catch {
      continue
    }
}
