/** The composition root of a real coordinator: LMDB, files, sockets, NATS, a dashboard, one HTTP port. */
import { createServer } from 'node:http'
import path from 'node:path'
import { openRuntime, type ExecutionProvider } from '#engine/session/index.ts'
import type { Blobs, Clock, Journal, Logger, SecureRandom } from '#federation/ports.ts'
import { createSocketServer, socketCoordinatorLink } from '#link/sockets.ts'
import { hash, ready } from '#privacy/crypto.ts'
import { openFileBlobs } from '#store/file-blobs.ts'
import { writeFileDurably } from '#store/files.ts'
import type { KeyFileAccess } from '#store/key-file.ts'
import { openLmdbJournal } from '#store/lmdb-journal.ts'
import { folderScratch } from './checkpoint.ts'
import { createCoordinator, type Coordinator } from './coordinator.ts'
import { attachDashboardFeed } from './dashboard-feed.ts'
import { dashboardFolder } from './dashboard-files.ts'
import type { ComparisonArms } from './evaluation.ts'
import { folderFiles, openFolder, storeFederationData } from './folder.ts'
import { createHttp, listen } from './http.ts'
import { createMetrics } from './metrics.ts'
import { keepReleases } from './release-folder.ts'
import { readSiteReports } from './site-reports.ts'

export interface StartOptions {
  readonly dir: string
  readonly host?: string
  /** 0 takes any free port. */
  readonly port?: number
  readonly nats?: string
  readonly threads?: number
  /** What distillation computes on; the CPU unless told. */
  readonly provider?: ExecutionProvider
  readonly clock: Clock
  readonly random: SecureRandom
  readonly log: Logger
  readonly comparison?: ComparisonArms
  /** Opens the key file where it is locked. */
  readonly keys?: KeyFileAccess
  /** These let a test put faults between the coordinator and its stores. */
  readonly wrapJournal?: (journal: Journal) => Journal
  readonly wrapBlobs?: (blobs: Blobs) => Blobs
}

export interface RunningCoordinator extends Coordinator {
  readonly url: string
  /** Opens signed in: the token is in the fragment, which browsers do not send. */
  readonly dashboardUrl: string
  readonly token: string
}

export async function startCoordinator(options: StartOptions): Promise<RunningCoordinator> {
  await ready
  const { dir, clock, random, log, comparison } = options
  const { config, identity, token } = await openFolder(dir, options.keys)
  const stored = await openLmdbJournal(path.join(dir, folderFiles.journal))
  const journal = options.wrapJournal?.(stored) ?? stored
  const onExit: (() => Promise<unknown> | void)[] = [() => journal.close()]
  const unwind = async () => {
    for (const undo of onExit.splice(0).reverse()) await undo()
  }
  try {
    const files = await openFileBlobs(path.join(dir, folderFiles.blobs))
    const blobs = options.wrapBlobs?.(files) ?? files
    const data = await storeFederationData(dir, config, blobs)
    const runtime = await openRuntime({
      ...(options.threads !== undefined && { threads: options.threads }),
      ...(options.provider && { provider: options.provider }),
      onFallback: (line) => log.warn({}, line),
    })
    const server = createServer()
    const io = createSocketServer(server)
    const nats = options.nats ?? config.listen.nats
    const broker = nats === undefined ? undefined : await import('#link/nats.ts')
    const host = options.host ?? config.listen.host
    let url = ''

    const coordinator = await createCoordinator({
      config,
      data,
      identity,
      tokenHash: hash(token),
      journal,
      blobs,
      openLinks: (federation) => [
        socketCoordinatorLink(io),
        ...(broker && nats !== undefined ? [broker.natsCoordinatorLink({ servers: nats, federation })] : []),
      ],
      addresses: () =>
        config.listen.public.length > 0 ? config.listen.public : [url, ...(nats ? [nats] : [])],
      runtime,
      scratch: folderScratch(path.join(dir, folderFiles.training)),
      siteReports: () => readSiteReports(path.join(dir, folderFiles.audits)),
      clock,
      random,
      log,
      ...(comparison && { comparison }),
    })
    onExit.push(() => coordinator.close())
    const releases = keepReleases(path.join(dir, folderFiles.releases), coordinator.core, blobs, log)
    onExit.push(() => releases.settled())

    const metrics = createMetrics(() => coordinator.operator.snapshot())
    const app = await createHttp(
      { ...coordinator.operator, metrics },
      { server, dashboardDir: await dashboardFolder(log), log },
    )
    onExit.push(() => app.close())
    // Undone first: the HTTP server closes only once no socket is left on it.
    onExit.push(() => io.close())
    const feed = attachDashboardFeed(io, {
      verify: (given) => coordinator.operator.verifyToken(given),
      snapshot: () => coordinator.operator.snapshot(),
      onChange: (listener) => coordinator.onChange(listener),
    })
    onExit.push(() => feed.close())

    const port = await listen(app, host, options.port ?? config.listen.port)
    url = `http://${nameOf(host)}:${port}`
    await writeFileDurably(path.join(dir, folderFiles.address), `${url}\n`)
    log.info({ url }, 'coordinator listens')
    return { ...coordinator, url, token, dashboardUrl: `${url}/#token=${token}`, close: unwind }
  } catch (error) {
    await unwind()
    throw error
  }
}

/** An address to listen on as one to call. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
