/**
 * A site at work: stays connected, gets its teacher ready, and visits the coordinator's inbox every few
 * seconds, on a push and on every connection.
 *
 * It knows nothing of files and processes: `main.ts` gives it LMDB, sockets and a data file, the simulator
 * memory, an in-process link and rows dealt from a table. Both run exactly this.
 */
import type { Runtime } from '#engine/session/index.ts'
import { privacyNotice } from '#federation/policy.ts'
import type { Blobs, Clock, Journal, Logger, SecureRandom, SiteLink } from '#federation/ports.ts'
import type { QuestionId } from '#federation/ids.ts'
import type { Pricing } from '#federation/pricing.ts'
import { asReceived } from '#federation/key-rotation.ts'
import { followCoordinator, join } from '#federation/site-decide.ts'
import { keyIdOf, type Identity } from '#privacy/identity.ts'
import { CollegiumError, describeError, errorCodeOf, type ErrorCode } from '#proto/errors.ts'
import type { Inbox } from '#proto/frames.ts'
import { limits } from '#proto/limits.ts'
import { createAnswerer } from './answer.ts'
import { createBell } from './bell.ts'
import { createBlobFetcher } from './blobs.ts'
import type { SiteConfig } from './config.ts'
import { openSiteCore } from './core.ts'
import type { DataSource } from './data.ts'
import { createDesk } from './desk.ts'
import type { Membership } from './enrol.ts'
import { willPass } from './failures.ts'
import { prepareSite, type Prepared, type PrepareParts } from './prepare.ts'
import { createMaskedRounds } from './masked-rounds.ts'
import { createSession, type Sequence } from './session.ts'
import { createStatusBoard, type SiteStatus } from './status.ts'
import { createTransferWatch } from './transfer-watch.ts'
import { worthOf } from './worth.ts'

export interface SiteParts {
  readonly identity: Identity
  readonly membership: Membership
  readonly link: SiteLink
  readonly journal: Journal
  readonly blobs: Blobs
  readonly runtime: Runtime
  readonly data: DataSource
  readonly config: Pick<SiteConfig, 'teacher' | 'validation' | 'policy' | 'seed'>
  readonly clock: Clock
  readonly random: SecureRandom
  readonly log: Logger
  /** Shared with whatever else in this process speaks for the same identity, such as its enrolment. */
  readonly sequence?: Sequence
  readonly pollMs?: number
  readonly exclusively?: PrepareParts['exclusively']
  readonly sideInputs?: PrepareParts['sideInputs']
  /** What answers cost; the product's own prices unless told. */
  readonly pricing?: Pricing
  /** Whether somebody at the site has approved a question, where the policy wants that. */
  readonly approved?: (question: QuestionId) => Promise<boolean>
  readonly onStatus?: (status: SiteStatus) => void
  /** Whether the site's log tells how well transfer sets stand for its rows; not unless told. */
  readonly watchTransfer?: boolean
  /** Gets what the site answers with, for as long as it runs. */
  readonly onPrepared?: (prepared: Prepared) => void
}

/** How often an idle site visits its inbox, whether or not it was told of something. */
const POLL_MS = 5000

/** The coordinator we trust says that it will not have us. */
const DISMISSED: readonly ErrorCode[] = ['SITE_REVOKED', 'SITE_UNKNOWN']

/**
 * Runs until aborted; then resolves, with nothing half-done. Rejects with `SITE_REVOKED` or `SITE_UNKNOWN` when
 * the coordinator dismisses this site, `FEDERATION_MISMATCH` or `JOURNAL_CORRUPT` when the journal is not
 * its own, and with the codes of data, configuration and engine when there can be no teacher. A coordinator
 * that cannot be reached or believed is waited for.
 */
export async function runSite(parts: SiteParts, signal: AbortSignal): Promise<void> {
  const { identity, membership, link, blobs, runtime, data, config, clock, log, pollMs = POLL_MS } = parts
  const core = await openSiteCore(parts.journal, clock)
  const { federation, site } = membership
  await core.commit((state) =>
    join(state, {
      federation,
      coordinatorKey: membership.coordinatorKey,
      site,
      publicKey: identity.publicKey,
    }),
  )
  const coordinatorKey = () => core.state().joined?.coordinatorKey ?? membership.coordinatorKey
  log.info({ site }, privacyNotice(config.policy))

  const status = createStatusBoard(parts.onStatus)
  const bell = createBell()
  const session = createSession({ ...parts, federation, coordinatorKeyId: keyIdOf(coordinatorKey()) })
  const fetchBlob = createBlobFetcher(session, blobs)
  const exclusively = parts.exclusively ?? (<T>(work: () => Promise<T>) => work())
  const stop = new AbortController()
  const stopping = AbortSignal.any([signal, stop.signal])

  let prepared: Prepared | undefined
  let answerer: ReturnType<typeof createAnswerer> | undefined
  let preparing: Promise<void> | undefined
  let failure: unknown
  let greeted = false

  const desk = createDesk({
    ...parts,
    core,
    session,
    fetchBlob,
    policy: config.policy,
    rounds: createMaskedRounds(identity, config.policy, parts.random),
    coordinatorKey,
    status,
    ...(parts.watchTransfer && {
      transferWatch: createTransferWatch({ runtime, log, training: () => prepared?.training }),
    }),
    worth: async (onnx) => (prepared ? worthOf({ runtime, ...prepared }, onnx) : []),
    answerer: () => answerer,
  })

  const prepare = async (schemaHash: string): Promise<void> => {
    try {
      const { random, sideInputs } = parts
      const needs = {
        core,
        blobs,
        runtime,
        fetchBlob,
        data,
        config,
        status,
        clock,
        exclusively,
        identity,
        random,
        ...(sideInputs && { sideInputs }),
      }
      prepared = await prepareSite(needs, schemaHash, stopping)
      log.info({ kind: prepared.teacher.kind, trainingRows: status.current().trainingRows }, 'teacher ready')
      answerer = createAnswerer({ runtime, fetchBlob, random, ...prepared })
      parts.onPrepared?.(prepared)
    } catch (error) {
      if (stopping.aborted) return
      const { code, message } = describeError(error)
      status.update({ activity: 'idle', note: `${code}: ${message}`.slice(0, 200), progress: 0 })
      if (willPass(error)) return log.warn({ code }, `${message} It is tried again.`)
      failure = error
    } finally {
      preparing = undefined
    }
    bell.ring()
  }

  const take = (inbox: Inbox): void => {
    status.update({ enrolment: inbox.enrolment })
    if (inbox.enrolment === 'revoked')
      throw new CollegiumError('SITE_REVOKED', 'The operator revoked this site.')
    if (inbox.enrolment !== 'approved') return status.update({ note: "waiting for the operator's approval" })
    if (!answerer && inbox.schemaHash !== undefined && failure === undefined)
      preparing ??= prepare(inbox.schemaHash)
    desk.receive(inbox)
  }

  const visit = async (): Promise<void> => {
    if (!greeted) {
      const { rotations } = await session.hello()
      await core.commit((state) => followCoordinator(state, rotations.map(asReceived)))
    }
    greeted = true
    const { activity, note, progress, trainingRows } = status.current()
    const rows = Math.round(trainingRows / 10) * 10
    take(await session.request({ kind: 'poll', activity, note, progress, trainingRows: rows }))
  }

  const onState = (state: 'connected' | 'disconnected'): void => {
    greeted = false
    status.update({ connected: state === 'connected' })
    bell.ring()
  }

  try {
    await openLink(link, { onPush: () => bell.ring(), onState }, log, signal)
    while (!signal.aborted) {
      const ending = failure
      try {
        if (status.current().connected) await visit()
      } catch (error) {
        const { code, message } = describeError(error)
        if (errorCodeOf(error) !== undefined && DISMISSED.includes(code)) throw error
        if (!signal.aborted) log.warn({ code, ...(code === 'INTERNAL' && { err: error }) }, message)
      }
      // The visit after the failure has told the operator why this site leaves.
      if (ending !== undefined) throw ending
      await bell.wait(status.current().activity === 'idle' ? pollMs : pollMs / 5, signal)
    }
  } finally {
    stop.abort()
    await preparing
    await desk.close()
    await link.close()
    await prepared?.teacher.release()
  }
}

/** Opens the link, however long that takes; resolves early when aborted. */
async function openLink(
  link: SiteLink,
  handlers: Parameters<SiteLink['open']>[0],
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  const aborted = new Promise<void>((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  )
  const again = createBell()
  for (let pauseMs = limits.reconnectBaseMs.value; !signal.aborted; pauseMs *= 2) {
    try {
      return await Promise.race([link.open(handlers), aborted])
    } catch (error) {
      if (errorCodeOf(error) !== 'LINK_UNREACHABLE') throw error
      log.warn({ code: 'LINK_UNREACHABLE' }, describeError(error).message)
      await again.wait(Math.min(pauseMs, limits.reconnectCapMs.value), signal)
    }
  }
}
