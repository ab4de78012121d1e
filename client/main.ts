/** The composition root of a real site: a folder, LMDB, files, sockets or NATS. */
import { openRuntime, type ExecutionProvider, type Runtime } from '#engine/session/index.ts'
import type { Clock, Journal, Logger, SecureRandom } from '#federation/ports.ts'
import type { Pricing } from '#federation/pricing.ts'
import { ready } from '#privacy/crypto.ts'
import { openFileBlobs } from '#store/file-blobs.ts'
import type { KeyFileAccess } from '#store/key-file.ts'
import { openLmdbJournal } from '#store/lmdb-journal.ts'
import { fileDataSource } from './data.ts'
import { firstReachable, linkTo, type LinkFor } from './dial.ts'
import { requireJoined, requireSettledKey, siteFolder } from './folder.ts'
import { runSite } from './site.ts'
import type { SiteStatus } from './status.ts'

export { fitStudent, type FittedStudent } from './fit-student.ts'
export { joinFederation, type Joined, type JoinOptions } from './join.ts'
export { approveQuestion } from './approval.ts'
export { readLedger, type LedgerView } from './ledger-view.ts'
export { openAnswer } from './opening.ts'
export { previewQuestion, type Preview } from './preview.ts'
export { rotateSiteKey, type RotateOptions, type Rotated } from './rotate.ts'
export type { SiteStatus } from './status.ts'

export interface StartSiteOptions {
  readonly clock: Clock
  readonly random: SecureRandom
  readonly log: Logger
  /** For the teacher; 1 unless told. */
  readonly threads?: number
  /** What the teacher computes on; the CPU unless told. */
  readonly provider?: ExecutionProvider
  readonly onStatus?: (status: SiteStatus) => void
  readonly linkFor?: LinkFor
  readonly pollMs?: number
  /** What answers cost; the product's own prices unless told. */
  readonly pricing?: Pricing
  /** Opens the site's key file where it is locked. */
  readonly keys?: KeyFileAccess
  /** Lets a test put faults between the site and its journal. */
  readonly wrapJournal?: (journal: Journal) => Journal
}

export interface RunningSite {
  readonly site: string
  /** Resolves once closed; rejects when the site cannot go on. */
  readonly ended: Promise<void>
  /** Stops cleanly; what was sealed and not acknowledged is sent after the next start. */
  close(): Promise<void>
}

/**
 * Starts the site that lives in `dir`. Rejects with `CONFIG_INVALID` or `CONFIG_UNREADABLE`, `KEY_FILE_INVALID`,
 * `PASSPHRASE_NEEDED` or `PASSPHRASE_WRONG`, `KEY_ROTATION_UNFINISHED`, `STORE_IN_USE`, `STORE_UNWRITABLE`, `JOURNAL_CORRUPT` or `ENGINE_UNAVAILABLE`.
 */
export async function startSiteFromFolder(dir: string, options: StartSiteOptions): Promise<RunningSite> {
  await ready
  const { random, log, linkFor = linkTo } = options
  const folder = siteFolder(dir, options.keys)
  const { identity, membership } = await requireJoined(folder, dir)
  requireSettledKey(folder)
  const config = await folder.config()
  const { addresses, federation } = membership
  const link = firstReachable(addresses.map((address) => () => linkFor(address, { federation, random, log })))
  const runtime: Runtime = await openRuntime({
    ...(options.threads !== undefined && { threads: options.threads }),
    ...(options.provider && { provider: options.provider }),
    onFallback: (line) => log.warn({}, line),
  })
  const stored = await openLmdbJournal(folder.journal)
  const journal = options.wrapJournal?.(stored) ?? stored
  const stop = new AbortController()
  const run = async (): Promise<void> => {
    try {
      const blobs = await openFileBlobs(folder.blobs)
      const data = fileDataSource(config)
      await runSite(
        {
          ...options,
          identity,
          membership,
          link,
          journal,
          blobs,
          runtime,
          data,
          config,
          watchTransfer: true,
          approved: (question) => folder.isApproved(question),
        },
        stop.signal,
      )
    } finally {
      await journal.close()
    }
  }
  const ended = run()
  ended.catch(() => undefined) // Whoever awaits `ended` hears of it; until then it is not unhandled.
  return {
    site: membership.site,
    ended,
    async close() {
      stop.abort()
      await ended.catch(() => undefined)
    },
  }
}
