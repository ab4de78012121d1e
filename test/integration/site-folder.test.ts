/** A site from its folder, against a real coordinator over real sockets, started and stopped as a person would. */
import { readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { joinFederation, startSiteFromFolder } from '#client/main.ts'
import { initCoordinator } from '#coordinator/folder.ts'
import { startCoordinator } from '#coordinator/main.ts'
import type { Logger } from '#federation/ports.ts'
import { latestRun } from '#federation/state.ts'
import { readLmdbJournal } from '#store/lmdb-journal.ts'
import { planeCsv } from '../support/plane.ts'
import { coded, world } from '../support/small-federation.ts'
import { tempFolder } from '../support/temp-folder.ts'

async function federation() {
  const dir = path.join(await tempFolder(), 'coordinator')
  const transfer = path.join(await tempFolder(), 'transfer.csv')
  await writeFile(transfer, planeCsv('transfer', 120))
  await initCoordinator({
    dir,
    name: 'Test',
    transfer: { path: transfer, format: 'csv' },
    target: 't',
    run: { privacy: 'plain' },
    random: world.random,
  })
  const start = async () => {
    const coordinator = await startCoordinator({ dir, port: 0, ...world })
    onTestFinished(() => coordinator.close())
    return coordinator
  }
  return { dir, coordinator: await start() }
}

async function siteDir(yaml: string, rows = planeCsv('rows', 80)): Promise<string> {
  const dir = await tempFolder()
  await writeFile(path.join(dir, 'rows.csv'), rows)
  await writeFile(path.join(dir, 'site.yaml'), yaml)
  return dir
}

const plain = `data: { path: rows.csv }
teacher: { kind: mlp, hidden: [], epochs: 10, learningRate: 0.05 }
policy: { minimumSites: 2, privacyModes: [plain] }
`

async function start(dir: string, log: Logger = world.log) {
  const site = await startSiteFromFolder(dir, { ...world, log, pollMs: 50 })
  onTestFinished(() => site.close())
  return site
}

async function eventsOf(dir: string): Promise<string[]> {
  const types: string[] = []
  for await (const { bytes } of readLmdbJournal(path.join(dir, 'journal')))
    types.push((JSON.parse(new TextDecoder().decode(bytes)) as { type: string }).type)
  return types
}

describe('a site in its folder', () => {
  it('joins, teaches in a run with others, and does it again after a restart without training anew', async () => {
    const { coordinator } = await federation()
    const dirs: string[] = []
    for (const site of ['north', 'south']) {
      const dir = await siteDir(plain, planeCsv(site, 80))
      const { invite } = await coordinator.operator.invite({ site, ttlMinutes: 5, approve: false })
      expect(await joinFederation({ dir, invite, ...world })).toMatchObject({ site, approved: false })
      await coordinator.operator.approve(site)
      dirs.push(dir)
    }
    const run = async () => {
      await coordinator.operator.startRun({ student: 'linear', training: { epochs: 20 } })
      const phase = () => latestRun(coordinator.core.state())
      await vi.waitFor(() => expect(phase()?.phase).toMatch(/released|failed/), { timeout: 20_000 })
      expect(phase()?.failure).toBeUndefined()
    }
    const said: string[] = []
    const log = { ...world.log, info: (_: object, line: string) => void said.push(line) }
    const sites = [await start(dirs[0]!, log), await start(dirs[1]!)]
    await run()
    await run() // about the same transfer set, which is told of once
    for (const site of sites) await site.close()
    expect(said.filter((line) => /^the transfer set covers \d+ % of \d+ own rows/.test(line))).toHaveLength(1)

    for (const dir of dirs) await start(dir)
    await run()
    for (const dir of dirs) {
      const events = await eventsOf(dir)
      expect(events.filter((type) => type === 'joined' || type === 'teacher-ready')).toEqual([
        'joined',
        'teacher-ready',
      ])
      expect(events.filter((type) => type === 'answer-sealed')).toHaveLength(6) // one to teach, one to measure, thrice
      expect(events).not.toContain('question-declined')
    }
  })

  it('refuses a used invite to another key, and one of another coordinator, and stores nothing', async () => {
    const { coordinator } = await federation()
    const { invite } = await coordinator.operator.invite({ site: 'north', ttlMinutes: 5, approve: true })
    const dir = await tempFolder()
    await joinFederation({ dir, invite, ...world })
    expect((await stat(path.join(dir, 'site.key'))).mode & 0o777).toBe(0o600)
    expect(await joinFederation({ dir, invite, ...world })).toMatchObject({ approved: true }) // again, with the same key
    await expect(joinFederation({ dir: await tempFolder(), invite, ...world })).rejects.toEqual(
      coded('INVITE_USED'),
    )

    const { coordinator: other } = await federation()
    const foreign = await other.operator.invite({ site: 'north', ttlMinutes: 5, approve: true })
    const swapped = swapAddress(foreign.invite, coordinator.url)
    const fresh = await tempFolder()
    await expect(joinFederation({ dir: fresh, invite: swapped, ...world })).rejects.toEqual(
      coded('COORDINATOR_KEY_MISMATCH'),
    )
    await expect(readFile(path.join(fresh, 'site.key'))).rejects.toThrow('ENOENT')
  })

  it('says at once what is wrong with its folder', async () => {
    await expect(start(await siteDir(plain))).rejects.toEqual(coded('CONFIG_INVALID')) // has not joined
    const { coordinator } = await federation()
    const { invite } = await coordinator.operator.invite({ site: 'north', ttlMinutes: 5, approve: true })
    const dir = await siteDir('data: [')
    await joinFederation({ dir, invite, ...world })
    await expect(start(dir)).rejects.toEqual(coded('CONFIG_INVALID'))
    await writeFile(path.join(dir, 'site.yaml'), plain)
    await start(dir)
    await expect(start(dir)).rejects.toEqual(coded('STORE_IN_USE'))
  })

  it('ends with the reason when its data do not fit the schema', async () => {
    const { coordinator } = await federation()
    const { invite } = await coordinator.operator.invite({ site: 'north', ttlMinutes: 5, approve: true })
    const dir = await siteDir(plain, 'x,t\n1,1\n')
    await joinFederation({ dir, invite, ...world })
    const site = await start(dir)
    await expect(site.ended).rejects.toEqual(coded('DATA_MISSING_COLUMN'))
  })
})

/** The same invite, pointing elsewhere. */
function swapAddress(invite: string, url: string): string {
  const [scheme, content] = invite.split(':') as [string, string]
  const fields = JSON.parse(Buffer.from(content, 'base64url').toString('utf8')) as object
  return `${scheme}:${Buffer.from(JSON.stringify({ ...fields, addresses: [url] })).toString('base64url')}`
}
