/**
 * What would leave, before it does: the answer to a question that the coordinator puts now, worked out and shown.
 *
 * A preview is the site itself, on copies: its journal is read into memory and its blobs lie under an overlay, so
 * whatever the work stores or records is gone with the process. It asks the coordinator for the inbox and what
 * questions refer to, and says nothing else. So it also works beside the running site, which need not stop.
 */
import { targetViews } from '#engine/data/target.ts'
import { openRuntime } from '#engine/session/index.ts'
import type { SharePart } from '#distill/shares.ts'
import { transferCoverage, type Coverage } from '#distill/transfer/coverage.ts'
import type { Mechanism } from '#privacy/accounting/mechanism.ts'
import { hash, ready } from '#privacy/crypto.ts'
import { keyIdOf, requireSignature } from '#privacy/identity.ts'
import { accountOf, isObjection, priceOf, promisedBy } from '#federation/ledger.ts'
import type { Objection } from '#federation/objection.ts'
import { groupsNote, privacyNotes, type PrivacyMode } from '#federation/privacy-plan.ts'
import { checkQuestion, type SitePolicy } from '#federation/policy.ts'
import type { Clock, Journal, Logger, SecureRandom } from '#federation/ports.ts'
import { usualPricing, type Pricing } from '#federation/pricing.ts'
import { decodeSum, partsOf, unpackShare } from '#federation/share.ts'
import { followCoordinator } from '#federation/site-decide.ts'
import { asReceived } from '#federation/key-rotation.ts'
import type { SiteState } from '#federation/site-state.ts'
import { wordBitsOf } from '#federation/word-width.ts'
import { decodeManifest, QUESTION_DOMAIN, type QuestionManifest } from '#proto/manifest.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { Inbox } from '#proto/frames.ts'
import { readFileBlobs } from '#store/file-blobs.ts'
import type { KeyFileAccess } from '#store/key-file.ts'
import { readLmdbJournal } from '#store/lmdb-journal.ts'
import { openMemoryJournal } from '#store/memory-journal.ts'
import { overlayBlobs } from '#store/overlay-blobs.ts'
import { createAnswerer } from './answer.ts'
import { createBlobFetcher } from './blobs.ts'
import { openSiteCore } from './core.ts'
import { fileDataSource } from './data.ts'
import { firstReachable, linkTo, type LinkFor } from './dial.ts'
import { requireJoined, siteFolder } from './folder.ts'
import { prepareSite } from './prepare.ts'
import { rollbackOf } from './rollback.ts'
import { besideAnother, createSession } from './session.ts'
import { createStatusBoard } from './status.ts'

export interface PreviewOptions {
  /** Opens the site's key file where it is locked. */
  readonly keys?: KeyFileAccess
  /** The question, by its id or the beginning of it; the first that waits unless told. */
  readonly question?: string | undefined
  readonly clock: Clock
  readonly random: SecureRandom
  readonly log: Logger
  readonly linkFor?: LinkFor
  readonly pricing?: Pricing
}

export interface Preview {
  readonly question: string
  readonly run: string
  readonly purpose: string
  readonly roster: readonly string[]
  readonly threshold: number
  readonly expiresAtMs: number
  readonly mode: string
  /** What the mode keeps from whom. */
  readonly protection: string
  /** Why this site would answer nothing; then `answer` is absent. */
  readonly objection?: Objection
  readonly answer?: AnswerPreview
  readonly cost?: CostPreview
  /** How well the items stand for this site's rows; absent where either are too few to say. */
  readonly coverage?: Coverage
}

export interface AnswerPreview {
  readonly kind: string
  /** What the answer speaks about: transfer items, or rows of our own. */
  readonly items: number
  readonly bytes: number
  /** Of each of its words. */
  readonly wordBits: number
  /** Of several targets one each. */
  readonly heads: readonly HeadPreview[]
  readonly least: number
  readonly most: number
}

export interface HeadPreview {
  /** Of one of several targets. */
  readonly name?: string
  readonly kind: string
  /** The numbers as the coordinator could read them if the question were plain; masked, it reads sums of them. */
  readonly firstRows: readonly (readonly number[])[]
}

export interface CostPreview {
  readonly mechanism: Mechanism
  /** All that the run may cost, reserved with this answer where it is the first. */
  readonly reserves?: Mechanism
  readonly delta: number
  readonly budget: number
  /** Epsilon promised before this answer, and with it. */
  readonly before: number
  readonly after: number
}

/**
 * Resolves with undefined when no question waits for this site. Rejects with `LINK_UNREACHABLE`, `QUESTION_UNKNOWN`
 * for one that does not wait, and with what keeps a site from having a teacher.
 */
export async function previewQuestion(dir: string, options: PreviewOptions): Promise<Preview | undefined> {
  await ready
  const { clock, random, log, linkFor = linkTo, pricing = usualPricing } = options
  const folder = siteFolder(dir, options.keys)
  const { identity, membership } = await requireJoined(folder, dir)
  const { federation, addresses } = membership
  const config = await folder.config()
  const core = await openSiteCore(await copyOf(folder.journal), clock)
  const link = firstReachable(addresses.map((address) => () => linkFor(address, { federation, random, log })))
  try {
    await link.open({ onPush: () => undefined, onState: () => undefined })
    const coordinatorKey = () => core.state().joined?.coordinatorKey ?? membership.coordinatorKey
    const coordinatorKeyId = keyIdOf(coordinatorKey())
    const session = besideAnother(createSession({ identity, coordinatorKeyId, federation, link, clock }))
    const { rotations } = await session.hello()
    await core.commit((state) => followCoordinator(state, rotations.map(asReceived)))
    const inbox = await session.request({
      kind: 'poll',
      activity: 'idle',
      note: 'previewing',
      progress: 0,
      trainingRows: Math.round((core.state().teacher?.rows ?? 0) / 10) * 10,
    })
    const asked = chosen(inbox.questions, options.question)
    if (!asked) return undefined
    requireSignature(coordinatorKey(), QUESTION_DOMAIN, asked.manifest, asked.signature)
    const manifest = decodeManifest(asked.manifest)
    const setBack = await rollbackOf(core, inbox.journal)
    if (setBack) return previewOf(asked, manifest, setBack)

    const runtime = await openRuntime()
    const blobs = await overlayBlobs(readFileBlobs(folder.blobs))
    const fetchBlob = createBlobFetcher(session, blobs)
    const needs = {
      core,
      blobs,
      runtime,
      fetchBlob,
      data: fileDataSource(config),
      config,
      clock,
      identity,
      random,
    }
    const prepared = await prepareSite(
      { ...needs, status: createStatusBoard(), exclusively: (work) => work() },
      inbox.schemaHash ?? manifest.schemaHash,
      new AbortController().signal,
    )
    try {
      const objection = checkQuestion(config.policy, core.state(), manifest, clock(), pricing)
      if (objection) return previewOf(asked, manifest, objection)
      const { share, items, transfer } = await createAnswerer({ runtime, fetchBlob, random, ...prepared })(
        manifest,
      )
      const cost = costOf(config.policy, core.state(), manifest, pricing)
      const names = targetViews(prepared.schema).map(({ name }) => name)
      const answer = answerOf(manifest, share, items, names)
      const coverage = transfer && (await transferCoverage(runtime, prepared.training, transfer))
      return { ...previewOf(asked, manifest), answer, ...(cost && { cost }), ...(coverage && { coverage }) }
    } finally {
      await prepared.teacher.release()
    }
  } finally {
    await link.close()
  }
}

/** The journal as it is now, in memory: equal records, equal hashes. */
async function copyOf(folder: string): Promise<Journal> {
  const copy = await openMemoryJournal()
  for await (const { bytes } of readLmdbJournal(folder)) await copy.append([bytes])
  return copy
}

type Asked = Inbox['questions'][number]

function chosen(questions: readonly Asked[], wanted: string | undefined): Asked | undefined {
  if (wanted === undefined) return questions[0]
  const found = questions.find(({ manifest }) => hash(manifest).startsWith(wanted))
  if (found) return found
  throw new CollegiumError('QUESTION_UNKNOWN', `No question ${wanted} waits for this site now.`)
}

function previewOf(asked: Asked, manifest: QuestionManifest, objection?: Objection): Preview {
  const { run, purpose, roster, threshold, expiresAtMs, privacy, groups } = manifest
  const note = privacyNotes[privacy.mode as PrivacyMode] ?? 'this version does not know the mode'
  return {
    question: hash(asked.manifest),
    run,
    purpose,
    roster: roster.map(({ site }) => site),
    threshold,
    expiresAtMs,
    mode: privacy.mode,
    protection: `${note}${groupsNote(groups)}`,
    ...(objection && { objection }),
  }
}

const ROWS_SHOWN = 5
/** Counts have no rows of their own: so many of them are shown to a line. */
const COUNTS_TO_A_ROW = 8

function answerOf(
  { share }: QuestionManifest,
  bytes: Uint8Array,
  items: number,
  names: readonly (string | undefined)[],
): AnswerPreview {
  const values = decodeSum(share, unpackShare(share, bytes))
  const parts = partsOf(share)
  return {
    kind: share.kind,
    items,
    bytes: bytes.byteLength,
    wordBits: wordBitsOf(share),
    heads: share.kind.split(';').map((kind, at) => ({
      ...(names[at] !== undefined && { name: names[at] }),
      kind,
      firstRows: firstRowsOf(
        values,
        parts.find(({ head }) => head === at),
      ),
    })),
    least: values.reduce((least, value) => Math.min(least, value), Infinity),
    most: values.reduce((most, value) => Math.max(most, value), -Infinity),
  }
}

function firstRowsOf(values: Float64Array, part: SharePart | undefined): number[][] {
  if (!part) return []
  const { kind, offset, length, outputs } = part
  const width = kind.encoding === 'counts' ? COUNTS_TO_A_ROW : outputs.count
  const shown = Math.min(ROWS_SHOWN, Math.ceil(length / width))
  return Array.from({ length: shown }, (_, row) => [
    ...values.subarray(offset + row * width, offset + Math.min(length, (row + 1) * width)),
  ])
}

function costOf(
  { budget }: SitePolicy,
  state: SiteState,
  manifest: QuestionManifest,
  pricing: Pricing,
): CostPreview | undefined {
  const price = priceOf(budget, state, manifest, pricing)
  if (!budget || isObjection(price)) return undefined
  const { charge, reservation, training } = price
  const mechanism = charge ?? training?.mechanism
  if (!mechanism) return undefined
  const promised = promisedBy(accountOf(state, state.teacher?.dataHash ?? ''))
  const epsilon = (mechanisms: readonly Mechanism[]) => pricing.epsilonOf(mechanisms, budget.delta).epsilon
  const added = [training, reservation].flatMap((each) => (each ? [each.mechanism] : []))
  return {
    mechanism,
    ...(reservation && { reserves: reservation.mechanism }),
    delta: budget.delta,
    budget: budget.epsilon,
    before: epsilon(promised),
    after: epsilon([...promised, ...added]),
  }
}
