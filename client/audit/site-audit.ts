/** The audit of the site that lives in a folder: reads what the site has, attacks it, and signs what was found. */
import { randomBytes } from 'node:crypto'
import { parseFeatureSchema } from '#engine/data/schema.ts'
import { openRuntime, type ExecutionProvider } from '#engine/session/index.ts'
import type { Clock, Logger } from '#federation/ports.ts'
import { sealedAnswers, type SiteState } from '#federation/site-state.ts'
import type { PrivacyClaim } from '#privacy/audit/claim.ts'
import { signReport, type SignedReport } from '#privacy/audit/report.ts'
import { ready } from '#privacy/crypto.ts'
import { CollegiumError } from '#proto/errors.ts'
import { openFileBlobs } from '#store/file-blobs.ts'
import type { KeyFileAccess } from '#store/key-file.ts'
import { openLmdbJournal } from '#store/lmdb-journal.ts'
import { openSiteCore } from '../core.ts'
import { fileDataSource, partFor } from '../data.ts'
import { requireJoined, siteFolder } from '../folder.ts'
import { isBuiltIn, planBuiltIn } from '../teacher/built-in.ts'
import { openTeacher } from '../teacher/open.ts'
import { unitKeyOf } from '../units.ts'
import { auditTeacher, type TeacherAudit } from './teacher-audit.ts'

export interface SiteAuditOptions extends Pick<TeacherAudit, 'temperature' | 'shadows' | 'onProgress'> {
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly log: Logger
  readonly threads?: number
  readonly provider?: ExecutionProvider
  /** Opens the site's key file where it is locked. */
  readonly keys?: KeyFileAccess
  /** What this site promises; no differential privacy unless given. */
  readonly claim?: (state: SiteState) => PrivacyClaim
}

/** Of the bounds on epsilon, where no delta is claimed. */
const UNCLAIMED_DELTA = 1e-5

/**
 * Audits the teacher that the site has now and signs the report with the site's key. Rejects with `AUDIT_IMPOSSIBLE`
 * when the site has never made a teacher or has too few rows, `STORE_IN_USE` while the site runs, and with the codes
 * of configuration, data, key and engine.
 */
export async function auditSite(dir: string, options: SiteAuditOptions): Promise<SignedReport> {
  await ready
  const { clock, signal, log, claim: claimOf = noClaim, ...attack } = options
  const folder = siteFolder(dir, options.keys)
  const { identity, membership } = await requireJoined(folder, dir)
  const config = await folder.config()
  const runtime = await openRuntime({
    ...(options.threads !== undefined && { threads: options.threads }),
    ...(options.provider && { provider: options.provider }),
    onFallback: (line) => log.warn({}, line),
  })
  const journal = await openLmdbJournal(folder.journal)
  try {
    const state = (await openSiteCore(journal, clock)).state()
    const { schemaHash } = state.teacher ?? {}
    if (schemaHash === undefined)
      throw new CollegiumError('AUDIT_IMPOSSIBLE', `The site in ${dir} has no teacher yet: start it first.`)
    const blobs = await openFileBlobs(folder.blobs)
    const schema = parseFeatureSchema(JSON.parse(new TextDecoder().decode(await blobs.get(schemaHash))))
    const { dataset, dataHash } = await fileDataSource(config)(schema)
    const unitKey = unitKeyOf(identity)
    const { training, validation } = partFor(dataset, config, unitKey)
    const { teacher } = await openTeacher(runtime, blobs, {
      config: config.teacher,
      schema,
      schemaHash,
      training,
      dataHash,
      validationFraction: config.validation,
      seed: config.seed,
      earlier: state.teacher,
      signal,
      clock,
      unitKey,
      random: (length) => new Uint8Array(randomBytes(length)),
      onEpoch: ({ epoch, epochs }) => options.onProgress?.('training the teacher', epoch / epochs),
    })
    try {
      const claim = claimOf(state)
      const findings = await auditTeacher(runtime, {
        ...attack,
        teacher,
        ...(isBuiltIn(config.teacher) && { plan: planBuiltIn(config.teacher, schema, training) }),
        training,
        validation,
        delta: claim.delta ?? UNCLAIMED_DELTA,
        seed: config.seed,
        signal,
      })
      const { federation, site } = membership
      const madeAt = new Date(clock()).toISOString()
      return signReport(identity, { version: 1, federation, site, madeAt, claim, ...findings })
    } finally {
      await teacher.release()
    }
  } finally {
    await journal.close()
  }
}

function noClaim(state: SiteState): PrivacyClaim {
  const answers = sealedAnswers(state).filter(({ purpose }) => purpose === 'teach')
  return {
    mode: 'no differential privacy',
    unit: 'a row at this site',
    neighbours: 'one row present or absent',
    epsilon: null,
    delta: null,
    accountant: null,
    questions: answers.reduce((sum, { items }) => sum + items, 0),
    assumptions: [],
  }
}
