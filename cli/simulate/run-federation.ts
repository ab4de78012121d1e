/**
 * One federation in one process: the real coordinator and the real sites, with memory for disks and an
 * in-process link for a network. Every message is signed, bounded and journalled as it would be outside.
 */
import { setMaxListeners } from 'node:events'
import { enrolSite } from '#client/enrol.ts'
import { givenDataSource } from '#client/data.ts'
import type { Prepared } from '#client/prepare.ts'
import { runSite, type SiteParts } from '#client/site.ts'
import { isBuiltIn, planBuiltIn } from '#client/teacher/built-in.ts'
import { createCoordinator, type Coordinator } from '#coordinator/coordinator.ts'
import { federationConfigSchema, type RunOverrides } from '#coordinator/config.ts'
import type { ComparisonArms } from '#coordinator/evaluation.ts'
import type { FederationData } from '#coordinator/plan-run.ts'
import type { Report } from '#distill/report.ts'
import { reportSchema } from '#distill/report.ts'
import { scoreText } from '#distill/trials.ts'
import { shareKinds, type ShareKindName } from '#distill/shares.ts'
import type { Dataset } from '#engine/data/dataset.ts'
import { unitOf } from '#engine/data/schema.ts'
import type { Runtime } from '#engine/session/index.ts'
import { parseInvite } from '#federation/invite.ts'
import type { Budget } from '#federation/ledger.ts'
import type { Blobs, Clock, Logger, SecureRandom } from '#federation/ports.ts'
import { isOver, latestRun } from '#federation/state.ts'
import { createInProcessLink } from '#link/in-process.ts'
import { hash } from '#privacy/crypto.ts'
import { createIdentity } from '#privacy/identity.ts'
import { CollegiumError } from '#proto/errors.ts'
import { openMemoryJournal } from '#store/memory-journal.ts'
import type { Arms } from './options.ts'
import { createComparison, type ComparedSite } from '../comparison.ts'
import { keepOf, openKept, type KeptSites } from './kept-sites.ts'

export interface SimulatedSite {
  readonly site: string
  readonly dataset: Dataset
  /** Rows of the site in the hold-out, to measure the student at the site. */
  readonly heldOut?: Dataset
}

export interface Simulation {
  readonly sites: readonly SimulatedSite[]
  /** The public files, as blobs in `blobs`. */
  readonly data: FederationData
  readonly blobs: Blobs
  readonly run: RunOverrides
  readonly teacher: SiteParts['config']['teacher']
  /** Fraction of each site's rows that trains no teacher, for the sites to measure students on; absent: none, and they do not. */
  readonly validation?: number
  /** Whether models are trained besides that no site of the federation sees: of all rows, and of public labels alone. */
  readonly arms: Arms
  /** What the sites begin with, where they were in a federation before; gets what they end with. */
  readonly kept?: KeptSites
  readonly seed: number
  readonly runtime: Runtime
  readonly clock: Clock
  readonly random: SecureRandom
  readonly log: Logger
  /** Of the whole federation, in [0, 1]. */
  readonly onProgress: (fraction: number, note: string) => void
}

/** Resolves with the run's report; rejects with `RUN_FAILED`, or as a site that cannot go on. */
export async function runFederation(simulation: Simulation, interrupted: AbortSignal): Promise<Report> {
  const { data, blobs, runtime, clock, random, log, seed, onProgress } = simulation
  const link = createInProcessLink()
  const stop = new AbortController()
  const stopping = AbortSignal.any([interrupted, stop.signal])
  setMaxListeners(0, stopping) // every site listens, and there may be thousands
  const open: OpenSite[] = []
  const journal = await openMemoryJournal()
  const comparison: ComparisonArms = createComparison({
    seed,
    ...(simulation.arms === 'all' && {
      pooled: (dataset: Dataset) =>
        planBuiltIn(
          isBuiltIn(simulation.teacher) ? simulation.teacher : { kind: 'mlp' },
          data.schema,
          dataset,
        ),
    }),
    sites: () => open.map(compared),
  })
  const coordinator = await createCoordinator({
    config: federationConfigSchema.parse({ name: 'simulation', schema: '-', transfer: { path: '-' } }),
    data,
    identity: createIdentity(random),
    tokenHash: hash(random(32)),
    journal,
    blobs,
    openLinks: () => [link.coordinator],
    addresses: () => ['http://in-process.invalid'],
    runtime,
    clock,
    random,
    log,
    comparison,
    labelsAlone: simulation.arms === 'all',
  })
  try {
    const oneAtATime = createTurns()
    let ready = 0
    const working = simulation.sites.map(async (site) => {
      const opened = await openSite(site, coordinator, simulation, link)
      open.push(opened)
      const timed = <T>(work: () => Promise<T>): Promise<T> =>
        oneAtATime(async () => {
          opened.turn.began = clock()
          return work().finally(() => (opened.turn.ended = clock()))
        })
      const onPrepared = (prepared: Prepared) => void (opened.prepared = prepared)
      return () => runSite({ ...opened.parts, exclusively: timed, onPrepared }, stopping)
    })
    const run = Promise.all((await Promise.all(working)).map((start) => start()))
    run.catch(() => undefined) // whoever awaits it hears of it; another failure may come first
    coordinator.core.onEvent(({ event }) => {
      if (event.type === 'trial-scored')
        onProgress(0.8, `trial ${event.trial + 1}: ${scoreText(event.score)}`)
      if (event.type !== 'answer-accepted') return
      ready++
      onProgress(
        Math.min(0.8, (0.8 * ready) / simulation.sites.length / (simulation.run.rounds ?? 1)),
        `${event.site} answered`,
      )
    })
    await coordinator.operator.startRun({
      ...simulation.run,
      seed,
      federatedEvaluation: simulation.validation !== undefined,
    })
    const report = await Promise.race([
      released(coordinator, stopping),
      run.then(() => released(coordinator, stopping)),
    ])
    onProgress(1, 'released')
    stop.abort()
    await run
    for (const { site, parts, prepared } of simulation.kept ? open : [])
      if (prepared)
        simulation.kept?.set(site.site, await keepOf(parts.journal, parts.blobs, prepared.sideInputs))
    return report
  } finally {
    stop.abort()
    await coordinator.close()
  }
}

interface OpenSite {
  readonly site: SimulatedSite
  readonly parts: SiteParts
  /** When its teacher's turn began and ended, milliseconds of the clock. */
  readonly turn: { began: number; ended: number }
  prepared?: Prepared
}

async function openSite(
  site: SimulatedSite,
  { operator }: Coordinator,
  { data, runtime, clock, random, log, teacher, validation = 0, seed, kept }: Simulation,
  link: ReturnType<typeof createInProcessLink>,
): Promise<OpenSite> {
  const identity = createIdentity(random)
  const { invite } = await operator.invite({ site: site.site, ttlMinutes: 10, approve: true })
  const enrolment = link.site()
  const membership = await enrolSite({ identity, invite: parseInvite(invite), link: enrolment, clock })
  await enrolment.close()
  const parts: SiteParts = {
    identity,
    membership,
    link: link.site(),
    ...(await openKept(kept?.get(site.site))),
    runtime,
    data: givenDataSource(site.dataset),
    config: { teacher, validation, seed, policy: simulatedPolicy(unitOf(data.schema)) },
    clock,
    random,
    log,
  }
  return { site, parts, turn: { began: 0, ended: 0 } }
}

/** A simulation's sites answer everything: there is nobody to protect in it. */
const simulatedPolicy = (unit: Budget['unit']): SiteParts['config']['policy'] => ({
  minimumSites: 1,
  minimumThreshold: 1,
  shares: Object.keys(shareKinds) as ShareKindName[],
  purposes: ['teach', 'evaluate'],
  privacyModes: ['masked', 'plain', 'dpsgd', 'pate'],
  budget: { epsilon: 100, delta: 0.01, unit },
  maximumEpsilonPerRun: 100,
  maximumDigestEpochs: 1_000_000,
  maximumQuestionsPerRun: 1_000_000,
  maximumQuestionsPerDay: 1_000_000,
  approval: 'auto',
})

function compared({ site, prepared, turn }: OpenSite): ComparedSite {
  if (!prepared) throw new CollegiumError('INTERNAL', `"${site.site}" has no teacher.`)
  const { teacher, training, sideInputs } = prepared
  return {
    site: site.site,
    teacher,
    sideInputs,
    training,
    ...(site.heldOut && { heldOut: site.heldOut }),
    teacherSeconds: (turn.ended - turn.began) / 1000,
    readyAtMs: turn.ended,
  }
}

function released({ core, operator }: Coordinator, stopping: AbortSignal): Promise<Report> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const run = latestRun(core.state())
      if (!run || !isOver(run)) return
      if (run.failure) reject(new CollegiumError('RUN_FAILED', `The run failed: ${run.failure.reason}`))
      else
        operator
          .report(run.run)
          .then((bytes) => resolve(reportSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))), reject)
    }
    core.onEvent(look)
    const interrupted = new CollegiumError('ENGINE_CANCELLED', 'The simulation was interrupted.')
    stopping.addEventListener('abort', () => reject(interrupted), { once: true })
    look()
  })
}

/** Runs one piece of work at a time, in the order asked. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
}
