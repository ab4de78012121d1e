/**
 * A tiny federation in a temporary folder, every part real: a coordinator's folder, sites' folders with rows
 * of their own, sockets. Points of the plane; "t" says whether a point lies above the line y = x.
 */
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { expect, onTestFinished, vi } from 'vitest'
import {
  joinFederation,
  startSiteFromFolder,
  type JoinOptions,
  type RunningSite,
  type StartSiteOptions,
} from '#client/main.ts'
import type { RunOverrides } from '#coordinator/config.ts'
import { initCoordinator } from '#coordinator/folder.ts'
import { startCoordinator, type RunningCoordinator, type StartOptions } from '#coordinator/main.ts'
import type { Task } from '#engine/data/target.ts'
import { latestRun, type Run } from '#federation/state.ts'
import { planeCsv } from './plane.ts'
import { tempFolder } from './temp-folder.ts'

export const world = {
  clock: () => Date.now(),
  random: (length: number) => new Uint8Array(randomBytes(length)),
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  threads: 1,
}

export const siteNames = ['north', 'south', 'west'] as const
export type SiteName = (typeof siteNames)[number]

export const coded = (code: string): unknown => expect.objectContaining({ code })

export const coordinatorDirOf = (root: string): string => path.join(root, 'coordinator')
export const siteDirOf = (root: string, site: string): string => path.join(root, 'sites', site)

export const sitePolicy =
  'policy: { minimumSites: 2, privacyModes: [masked, plain], budget: { epsilon: 4, delta: 0.00001, unit: record } }\n'
export const siteYaml = `data: { path: rows.csv }
teacher: { kind: mlp, hidden: [], epochs: 30, learningRate: 0.05 }
${sitePolicy}`

/** A run that takes a second; answers have half a minute. Plain, unless a test asks for masks. */
export const smallRun: RunOverrides = {
  privacy: 'plain',
  student: 'mlp:4',
  training: { epochs: 40, learningRate: 0.05, batchSize: 16 },
  deadlineSeconds: 30,
}

export interface SmallFederation {
  readonly dir: string
  readonly coordinatorDir: string
  readonly siteDir: (site: string) => string
  /** On any free port, unless told. */
  startCoordinator(options?: Partial<StartOptions>): Promise<RunningCoordinator>
  join(
    coordinator: RunningCoordinator,
    site: string,
    options?: { approve: boolean },
    how?: Pick<JoinOptions, 'keys'>,
  ): Promise<void>
  startSite(site: string, options?: Partial<StartSiteOptions>): Promise<RunningSite>
  stopSite(site: string): Promise<void>
  /** Stops a site that was started, and starts it again. */
  restartSite(site: string): Promise<RunningSite>
  /** Joins and starts all sites. */
  startSites(coordinator: RunningCoordinator): Promise<RunningSite[]>
}

/** What "t", or another target, is: CSV of as many rows. */
export interface Predicted {
  readonly points: (seed: string, rows: number) => string
  readonly task: Task
  readonly target?: string
  readonly siteYaml: string
}

/** What `onEnd` is given is undone when the test ends. */
export async function smallFederation(
  onEnd: (undo: () => Promise<void>) => void = (undo) => onTestFinished(undo),
  dir?: string,
  names: readonly string[] = siteNames,
  run: RunOverrides = smallRun,
  { points: rowsOf, task, target = 't', siteYaml: yaml }: Predicted = {
    points: planeCsv,
    task: 'classify',
    siteYaml,
  },
): Promise<SmallFederation> {
  const root = dir ?? (await tempFolder())
  const coordinatorDir = coordinatorDirOf(root)
  const siteDir = (site: string) => siteDirOf(root, site)
  const write = async (file: string, text: string) => {
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, text)
  }
  const [transfer, holdout] = [path.join(root, 'transfer.csv'), path.join(root, 'holdout.csv')]
  await write(transfer, rowsOf('transfer', 40))
  await write(holdout, rowsOf('holdout', 60))
  for (const site of names) {
    await write(path.join(siteDir(site), 'rows.csv'), rowsOf(site, 60))
    await write(path.join(siteDir(site), 'site.yaml'), yaml)
  }
  await initCoordinator({
    dir: coordinatorDir,
    name: 'Small',
    transfer: { path: transfer, format: 'csv' },
    holdout: { path: holdout, format: 'csv' },
    target,
    task,
    run,
    random: world.random,
  })

  const running = new Map<string, RunningSite>()
  const federation: SmallFederation = {
    dir: root,
    coordinatorDir,
    siteDir,
    async startCoordinator(options = {}) {
      const coordinator = await startCoordinator({ dir: coordinatorDir, port: 0, ...world, ...options })
      onEnd(() => coordinator.close())
      return coordinator
    },
    async join({ operator }, site, { approve } = { approve: true }, how = {}) {
      const { invite } = await operator.invite({ site, ttlMinutes: 5, approve })
      await joinFederation({ dir: siteDir(site), invite, ...world, ...how })
    },
    async startSite(name, options = {}) {
      const site = await startSiteFromFolder(siteDir(name), { ...world, pollMs: 50, ...options })
      onEnd(() => site.close())
      running.set(name, site)
      return site
    },
    stopSite: async (name) => running.get(name)?.close(),
    async restartSite(name) {
      await running.get(name)?.close()
      return federation.startSite(name)
    },
    async startSites(coordinator) {
      for (const site of names) await federation.join(coordinator, site)
      return Promise.all(names.map((site) => federation.startSite(site)))
    },
  }
  return federation
}

/** The newest run, once it is over. */
export async function runOver({ core }: Pick<RunningCoordinator, 'core'>): Promise<Run> {
  return vi.waitFor(
    () => {
      const run = latestRun(core.state())
      expect(run?.phase).toMatch(/released|failed/)
      return run!
    },
    { timeout: 25_000, interval: 20 },
  )
}

/** Starts a run and resolves with it once its student is released. */
export async function releasedRun(coordinator: RunningCoordinator, wishes: RunOverrides = {}): Promise<Run> {
  await coordinator.operator.startRun(wishes)
  const run = await runOver(coordinator)
  expect(run.failure).toBeUndefined()
  return run
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
