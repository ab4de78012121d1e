/**
 * `collegium demo`: a consortium on one machine. A coordinator with its dashboard in this process, five sites
 * in processes of their own over real sockets, and a cohort made up for the purpose (see cohort.ts).
 *
 * Nothing here is special to the demo but two things: it writes the sites' data, because it invented them,
 * and so it can measure the arms that no real coordinator could (lone teachers, ensemble, pooled data).
 */
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { stringify } from 'yaml'
import { planBuiltIn } from '#client/teacher/built-in.ts'
import { joinFederation } from '#client/main.ts'
import { initCoordinator } from '#coordinator/folder.ts'
import { startCoordinator, type RunningCoordinator } from '#coordinator/main.ts'
import { ready } from '#privacy/crypto.ts'
import { CollegiumError } from '#proto/errors.ts'
import { aborted, type Context } from '../command.ts'
import { createComparison } from '../comparison.ts'
import { connectOperator } from '../operator-client.ts'
import { watchRun } from '../watch-run.ts'
import { createLogger, systemClock, systemRandom } from '../world.ts'
import { generateCohort, type Cohort } from './cohort.ts'
import { readDemoSite } from './read-sites.ts'
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
  const cohort = generateCohort({ seed: options.seed })
  const dir = path.resolve(options.dir ?? (await mkdtemp(path.join(tmpdir(), 'collegium-demo-'))))
  const coordinatorDir = path.join(dir, 'coordinator')
  if (existsSync(coordinatorDir))
    throw new CollegiumError(
      'CONFIG_INVALID',
      `${dir} holds a federation already; the demo wants a new folder.`,
    )
  const sites: SiteProcess[] = []
  const over = new AbortController()
  const stopped = AbortSignal.any([interrupted, over.signal])
  let coordinator: RunningCoordinator | undefined
  try {
    await writeCohort(dir, cohort)
    coordinator = await openCoordinator(context, dir, coordinatorDir, cohort, options)
    const { operator, dashboardUrl } = coordinator
    output.note(`dashboard  ${output.color.bold(dashboardUrl)}`)

    const log = createLogger(output, 'stderr')
    for (const { site } of cohort.sites) {
      if (interrupted.aborted) break
      const { invite } = await operator.invite({ site, ttlMinutes: 10, approve: true })
      const siteDir = siteDirOf(dir, site)
      await joinFederation({ dir: siteDir, invite, clock: systemClock, random: systemRandom, log })
      sites.push(startSiteProcess(site, siteDir, interrupted))
    }
    if (!interrupted.aborted) {
      output.note(
        `${sites.length} sites, each a process of its own: ${sites.map(({ site }) => site).join(', ')}`,
      )
      await operator.startRun({ rule: 'density-ratio', seed: options.seed })
      const watched = watchRun(
        await connectOperator(coordinatorDir),
        { ...context, interrupted: stopped },
        {},
      )
      await Promise.race([watched, ...sites.map(({ failed }) => failed)])
    }
    if (options.once === true) {
      if (interrupted.aborted) throw new CollegiumError('ENGINE_CANCELLED', 'The demo was interrupted.')
    } else if (!interrupted.aborted) {
      output.note(`the dashboard stays at ${dashboardUrl}; Ctrl-C ends the demo`)
      await Promise.race([aborted(interrupted), ...sites.map(({ failed }) => failed)])
    }
  } finally {
    over.abort()
    await Promise.all(sites.map((site) => site.stop()))
    await coordinator?.close()
    if (options.dir === undefined) await rm(dir, { recursive: true, force: true })
  }
}

const siteDirOf = (dir: string, site: string) => path.join(dir, 'sites', site)

/** Each site's folder gets its rows and a site.yaml; the public files lie beside the coordinator's folder. */
async function writeCohort(dir: string, { sites, transfer, holdout, schema }: Cohort): Promise<void> {
  const publicDir = path.join(dir, 'public')
  await mkdir(publicDir, { recursive: true })
  await writeFile(path.join(publicDir, 'transfer.csv'), transfer)
  await writeFile(path.join(publicDir, 'holdout.csv'), holdout)
  await writeFile(path.join(publicDir, 'schema.json'), JSON.stringify(schema, null, 2))
  for (const { site, csv } of sites) {
    const siteDir = siteDirOf(dir, site)
    await mkdir(siteDir, { recursive: true })
    await writeFile(path.join(siteDir, 'patients.csv'), csv)
    await writeFile(path.join(siteDir, 'site.yaml'), stringify({ data: { path: 'patients.csv' } }))
  }
}

async function openCoordinator(
  { output }: Context,
  dir: string,
  coordinatorDir: string,
  cohort: Cohort,
  { port = 0, seed }: DemoOptions,
): Promise<RunningCoordinator> {
  const inPublic = (file: string) => path.join(dir, 'public', file)
  await initCoordinator({
    dir: coordinatorDir,
    name: cohort.name,
    schema: inPublic('schema.json'),
    transfer: { path: inPublic('transfer.csv'), format: 'csv' },
    holdout: { path: inPublic('holdout.csv'), format: 'csv' },
    random: systemRandom,
  })
  return startCoordinator({
    dir: coordinatorDir,
    port,
    clock: systemClock,
    random: systemRandom,
    log: createLogger(output, 'stderr'),
    comparison: createComparison({
      pooled: (dataset) => planBuiltIn({ kind: 'mlp' }, cohort.schema, dataset),
      seed,
      sites: (runtime) =>
        Promise.all(
          cohort.sites.map(({ site }) => readDemoSite(siteDirOf(dir, site), cohort.schema, runtime)),
        ),
    }),
  })
}
