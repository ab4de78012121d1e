/** A site's real process, killed with SIGKILL in the middle of every question, and started again. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { joinFederation, startSiteFromFolder } from '#client/main.ts'
import { initCoordinator } from '#coordinator/folder.ts'
import { startCoordinator } from '#coordinator/main.ts'
import { seededRandom } from '#engine/random.ts'
import { decodeSiteEvent, type SiteEvent } from '#federation/site-events.ts'
import { latestRun } from '#federation/state.ts'
import { readLmdbJournal } from '#store/lmdb-journal.ts'
import { planeCsv } from '../support/plane.ts'
import { sitePolicy, world } from '../support/small-federation.ts'
import { startSource } from '../support/source-process.ts'
import { tempFolder } from '../support/temp-folder.ts'

const ROUNDS = 6

it('rejoins after each kill, answers every question, and none twice', async () => {
  const dir = path.join(await tempFolder(), 'coordinator')
  const transfer = path.join(await tempFolder(), 'transfer.csv')
  await writeFile(transfer, planeCsv('transfer', 120))
  const files = { transfer: { path: transfer, format: 'csv' as const }, target: 't' }
  await initCoordinator({ dir, name: 'Test', ...files, random: world.random })
  const coordinator = await startCoordinator({ dir, port: 0, ...world })
  onTestFinished(() => coordinator.close())

  const [north, south] = [await tempFolder(), await tempFolder()]
  for (const [site, folder] of [
    ['north', north],
    ['south', south],
  ] as const) {
    await writeFile(path.join(folder, 'rows.csv'), planeCsv(site, 80))
    await writeFile(
      path.join(folder, 'site.yaml'),
      `data: { path: rows.csv }\nteacher: { kind: mlp, epochs: 5 }\n${sitePolicy}`,
    )
    const { invite } = await coordinator.operator.invite({ site, ttlMinutes: 5, approve: true })
    await joinFederation({ dir: folder, invite, ...world })
  }
  const steady = await startSiteFromFolder(south, world)
  onTestFinished(() => steady.close())
  const startNorth = () => startSource('cli/main.ts', ['client', 'start', '--dir', north])
  const draw = seededRandom('when to kill')

  let process = startNorth()
  await coordinator.operator.startRun({
    rounds: ROUNDS,
    privacy: 'plain', // a site that restarts sits a masked question out
    student: 'linear',
    training: { epochs: 5 },
    deadlineSeconds: 300,
  })
  const run = () => latestRun(coordinator.core.state())
  const answered = () =>
    Object.values(coordinator.core.state().questions).filter(({ answers }) => 'north' in answers).length
  for (let kills = 0; kills < ROUNDS; kills++) {
    await vi.waitFor(() => expect(answered()).toBeGreaterThanOrEqual(kills), { timeout: 60_000, interval: 1 })
    await new Promise((resolve) => setTimeout(resolve, draw.integer(40)))
    process.child.kill('SIGKILL')
    await process.ended
    process = startNorth()
  }
  await vi.waitFor(() => expect(run()?.phase).toMatch(/released|failed/), { timeout: 60_000, interval: 50 })
  expect(run()?.failure).toBeUndefined()
  process.child.kill('SIGTERM')
  await process.ended

  const { questions } = coordinator.core.state()
  expect(run()?.questions).toHaveLength(ROUNDS + 1)
  const events: SiteEvent[] = []
  for await (const { bytes, sequence } of readLmdbJournal(path.join(north, 'journal')))
    events.push(decodeSiteEvent(bytes, sequence))
  for (const id of run()?.questions ?? []) {
    expect(questions[id]?.survivors).toEqual(['north', 'south'])
    const sealed = events.flatMap((event) =>
      event.type === 'answer-sealed' && event.question === id ? [event] : [],
    )
    expect(sealed.map(({ shareHash }) => shareHash)).toEqual([questions[id]?.answers['north']?.shareHash])
  }
})
