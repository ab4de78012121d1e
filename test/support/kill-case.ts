/**
 * One run with one death in it. A template federation (three sites, joined, teachers trained) is made once and
 * copied for every case; then a run is played to its end while a coordinator or a site is killed at a point of
 * its journal and started again.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, vi } from 'vitest'
import { startSiteFromFolder } from '#client/main.ts'
import { connectOperator } from '#cli/operator-client.ts'
import type { RunOverrides } from '#coordinator/config.ts'
import { startCoordinator } from '#coordinator/main.ts'
import type { FederationEvent } from '#federation/events.ts'
import type { SiteEvent } from '#federation/site-events.ts'
import { emptySiteState, evolveSite } from '#federation/site-state.ts'
import type { RunView } from '#proto/snapshot.ts'
import { impatient } from './bent-link.ts'
import { federationEvents, ofType, siteEvents } from './journal-events.ts'
import {
  coordinatorDirOf,
  freePort,
  siteDirOf,
  siteNames,
  smallFederation,
  smallRun,
  world,
  type SiteName,
} from './small-federation.ts'
import { startSource, type SourceProcess } from './source-process.ts'
import type { KillPoint } from './suicide.ts'
import { tempFolder } from './temp-folder.ts'

export interface Template {
  readonly dir: string
  /** The coordinator's, which the sites have written down. */
  readonly port: number
  remove(): Promise<void>
}

export async function makeTemplate(run: RunOverrides = smallRun): Promise<Template> {
  const dir = await mkdtemp(path.join(tmpdir(), 'collegium-template-'))
  const port = await freePort()
  const undo: (() => Promise<void>)[] = []
  const federation = await smallFederation((step) => undo.push(step), dir, siteNames, run)
  const coordinator = await federation.startCoordinator({ port })
  await federation.startSites(coordinator)
  await vi.waitFor(
    async () => {
      for (const site of siteNames)
        expect(ofType(await siteEvents(siteDirOf(dir, site)), 'teacher-ready')).toHaveLength(1)
    },
    { timeout: 20_000 },
  )
  for (const step of undo.reverse()) await step()
  return { dir, port, remove: () => rm(dir, { recursive: true, force: true }) }
}

export interface Outcome {
  /** Of the run, not of what came before. */
  readonly events: readonly FederationEvent[]
  readonly sites: Readonly<Record<SiteName, readonly SiteEvent[]>>
}

/** Plays a run in which the coordinator's first lives end at these kill points, one each; the last goes on. */
export function killCoordinator(template: Template, killPoints: readonly KillPoint[] = []): Promise<Outcome> {
  return play(template, async (dir, atEnd) => {
    for (const site of siteNames) await startSite(dir, site, atEnd)
    const file = 'test/support/coordinator-process.ts'
    const start = (...kill: readonly string[]) =>
      startSource(file, [coordinatorDirOf(dir), String(template.port), ...kill])
    for (const killPoint of killPoints) {
      const coordinator = start(...argumentsOf(killPoint))
      if (await saysListening(coordinator)) await startRun(dir).catch(() => undefined) // it may die on this very request
      expect(await coordinator.ended).toMatchObject({ signal: 'SIGKILL' })
    }
    const coordinator = start()
    atEnd(() => kill(coordinator))
    await saysListening(coordinator)
    await startRun(dir)
  })
}

/** Plays a run in which north, which has never been started before, dies at the kill point, and is started again. */
export function killSite(template: Template, killPoint?: KillPoint): Promise<Outcome> {
  return play(template, async (dir, atEnd) => {
    const victim = siteDirOf(dir, 'north')
    for (const folder of ['journal', 'blobs']) await rm(path.join(victim, folder), { recursive: true })
    const coordinator = await startCoordinator({ dir: coordinatorDirOf(dir), port: template.port, ...world })
    atEnd(() => coordinator.close())
    for (const site of ['south', 'west'] as const) await startSite(dir, site, atEnd)
    await startRun(dir)
    const start = (...kill: readonly string[]) =>
      startSource('test/support/site-process.ts', [victim, ...kill])
    if (killPoint) expect(await start(...argumentsOf(killPoint)).ended).toMatchObject({ signal: 'SIGKILL' })
    const site = start()
    atEnd(() => kill(site))
  })
}

type AtEnd = (end: () => Promise<unknown>) => void

/** Lets `act` start everything on a copy of the template, waits for the outcome, and ends everything. */
async function play(template: Template, act: (dir: string, atEnd: AtEnd) => Promise<void>): Promise<Outcome> {
  const dir = await tempFolder()
  await cp(template.dir, dir, { recursive: true })
  const ends: (() => Promise<unknown>)[] = []
  try {
    await act(dir, (end) => ends.push(end))
    return await outcome(dir)
  } finally {
    for (const end of ends.reverse()) await end()
  }
}

/** What must be the same whoever died when: the student, every sum, the exports, and what happened in which order. */
export function essence({ events }: Outcome) {
  const exported = ['student.onnx', 'model.json', 'weights.bin']
  return {
    story: events.map(({ type }) => type),
    sums: ofType(events, 'sum-revealed').map(({ sumHash }) => sumHash),
    student: ofType(events, 'student-trained').map(({ networkHash }) => networkHash),
    files: ofType(events, 'student-released').flatMap(({ files }) =>
      files.filter(({ name }) => exported.includes(name)).map(({ name, hash }) => `${name} ${hash}`),
    ),
  }
}

/** Each site sealed one answer a question, and just that one was accepted, once. */
export function expectAnsweredOnce({ events, sites }: Outcome, questions = 2): void {
  const told = (answer: { question: string; shareHash: string }) => `${answer.question} ${answer.shareHash}`
  const accepted = ofType(events, 'answer-accepted')
  for (const site of siteNames) {
    const sealed = ofType(sites[site], 'answer-sealed')
    expect(new Set(sealed.map(({ question }) => question)).size).toBe(questions) // to teach and to measure, unless told
    expect(sealed.map(told)).toEqual(accepted.filter((answer) => answer.site === site).map(told))
    expect(ofType(sites[site], 'answer-acknowledged').map(({ question }) => question)).toEqual(
      sealed.map(({ question }) => question),
    )
  }
}

/** Of a site that charges: each answer in the journal has been paid for, once, and no payment is without one. */
export function expectCharged(events: readonly SiteEvent[]): void {
  // Forty transfer items to teach, and one share of counts to measure the student.
  const { campaigns } = events.reduce(evolveSite, emptySiteState)
  expect(campaigns.map(({ purpose, used, mechanism }) => [purpose, used, mechanism.count])).toEqual([
    ['teach', 40, 40],
    ['evaluate', 1, 1],
  ])
  expect(ofType(events, 'answer-sealed').map(({ charge }) => charge?.count)).toEqual([40, 1])
}

async function startSite(dir: string, name: SiteName, atEnd: AtEnd): Promise<void> {
  const site = await startSiteFromFolder(siteDirOf(dir, name), { ...world, pollMs: 50, linkFor: impatient })
  atEnd(() => site.close())
}

async function kill({ child, ended }: SourceProcess): Promise<void> {
  child.kill('SIGKILL')
  await ended
}

const argumentsOf = ({ when, append }: KillPoint) => [when, String(append)]

async function saysListening({ lines }: SourceProcess): Promise<boolean> {
  for await (const line of lines) if (line === 'listening') return true
  return false
}

/** As an operator would who is not sure whether the last attempt got through. */
async function startRun(dir: string): Promise<void> {
  const operator = await connectOperator(coordinatorDirOf(dir))
  const runs = await operator.get<RunView[]>('/api/runs')
  if (runs.length === 0) await operator.post('/api/runs')
}

/** The journals once the run is over and every site has the student. */
async function outcome(dir: string): Promise<Outcome> {
  const waitFor = <T>(look: () => Promise<T>) => vi.waitFor(look, { timeout: 60_000, interval: 100 })
  const all = await waitFor(async () => {
    const events = await federationEvents(coordinatorDirOf(dir))
    expect(events.map(({ type }) => type).join()).toMatch(/(student-released|run-failed),checkpoint$/)
    return events
  })
  const events = all.slice(all.findIndex(({ type }) => type === 'run-started'))
  const received = (site: SiteName) =>
    waitFor(async () => {
      const found = await siteEvents(siteDirOf(dir, site))
      expect(ofType(found, 'student-received')).toHaveLength(1)
      return found
    })
  const [north, south, west] = await Promise.all(siteNames.map(received))
  return { events, sites: { north: north!, south: south!, west: west! } }
}
