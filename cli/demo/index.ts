/**
 * `collegium demo`: a consortium on one machine. A coordinator with its dashboard in this process, five sites
 * in processes of their own over real sockets, and a cohort made up for the purpose (see cohort.ts).
 *
 * Nothing here is special to the demo but two things: it writes the sites' data, because it invented them,
 * and so it can measure the arms that no real coordinator could (lone teachers, ensemble, pooled data).
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { stringify } from 'yaml'
import { joinFederation } from '#client/main.ts'
import { initCoordinator } from '#coordinator/folder.ts'
import { startCoordinator, type RunningCoordinator } from '#coordinator/main.ts'
import { ready } from '#privacy/crypto.ts'
import { aborted, type Context } from '../command.ts'
import { createComparison } from '../comparison.ts'
import { connectOperator } from '../operator-client.ts'
import { watchRun } from '../watch-run.ts'
import { createLogger, systemClock, systemRandom } from '../world.ts'
import { generateCohort, type Cohort } from './cohort.ts'
import { readDemoSites } from './read-sites.ts'
import { startSiteProcess, type SiteProcess } from './site-process.ts'

export interface DemoOptions {
  readonly once?: boolean
  readonly port?: number
  readonly seed: number
  readonly dir?: string
}

export async function demo(context: Context, options: DemoOptions): Promise<void> {
  const { output, interrupted } = context
  await ready
  const kept = options.dir !== undefined
  const dir = kept ? path.resolve(options.dir) : await mkdtemp(path.join(tmpdir(), 'collegium-demo-'))
  const cohort = generateCohort({ seed: options.seed })
  const sites: SiteProcess[] = []
  let coordinator: RunningCoordinator | undefined
  try {
    await writeCohort(dir, cohort)
    coordinator = await openDemoCoordinator(context, dir, cohort, options)
    output.note(`dashboard: ${output.color.bold(coordinator.dashboardUrl)}`)
    output.note('answers are not masked in this version: the coordinator could read each one')

    for (const { site } of cohort.sites) {
      const { invite } = await coordinator.operator.invite({ site, ttlMinutes: 10, approve: true })
      const siteDir = path.join(dir, 'sites', site)
      await joinFederation({ dir: siteDir, invite, clock: systemClock, random: systemRandom, log: quiet })
      sites.push(startSiteProcess(site, siteDir, { UV_THREADPOOL_SIZE: '4' }))
    }
    output.note(`${sites.length} sites, each a process of its own: ${sites.map(({ site }) => site).join(', ')}`)
    await coordinator.operator.startRun({})
    const watched = watchRun(await connectOperator(coordinator.folder), context, {})
    await Promise.race([watched, ...sites.map(({ failed }) => failed)])

    if (options.once !== true && !interrupted.aborted) {
      output.note(`the dashboard stays at ${coordinator.dashboardUrl}; Ctrl-C ends the demo`)
      await aborted(interrupted)
    }
  } finally {
    await Promise.all(sites.map((site) => site.stop()))
    await coordinator?.close()
    if (!kept) await rm(dir, { recursive: true, force: true })
  }
}
