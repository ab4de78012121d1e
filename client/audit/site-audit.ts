/** The audit of the site that lives in a folder: reads what the site has, attacks it, and signs what was found. */
import { randomBytes } from 'node:crypto'
import { parseFeatureSchema, type FeatureSchema } from '#engine/data/schema.ts'
import type { Dataset } from '#engine/data/dataset.ts'
import { openRuntime, type ExecutionProvider, type Runtime } from '#engine/session/index.ts'
import type { Clock, Logger } from '#federation/ports.ts'
import type { Pricing } from '#federation/pricing.ts'
import type { SiteState } from '#federation/site-state.ts'
import type { PrivacyClaim } from '#privacy/audit/claim.ts'
import { signReport, type SignedReport } from '#privacy/audit/report.ts'
import { ready } from '#privacy/crypto.ts'
import type { Identity } from '#privacy/identity.ts'
import { CollegiumError } from '#proto/errors.ts'
import { readFileBlobs } from '#store/file-blobs.ts'
import type { KeyFileAccess } from '#store/key-file.ts'
import { openLmdbJournal } from '#store/lmdb-journal.ts'
import { overlayBlobs } from '#store/overlay-blobs.ts'
import type { SiteConfig } from '../config.ts'
import { openSiteCore } from '../core.ts'
import { fileDataSource } from '../data.ts'
import { requireJoined, siteFolder } from '../folder.ts'
import { readOwnRows } from '../own-rows.ts'
import { isBuiltIn, planBuiltIn } from '../teacher/built-in.ts'
import { openOnnxTeacher } from '../teacher/onnx.ts'
import { openTeacher, type TeacherJob } from '../teacher/open.ts'
import type { TeacherPlan } from '../teacher/trained.ts'
import { claimOf, noiseOf } from './claim.ts'
import { auditStudent } from './student-audit.ts'
import { auditTeacher, type AuditFindings, type TeacherAudit } from './teacher-audit.ts'

export interface SiteAuditOptions extends Pick<TeacherAudit, 'temperature' | 'shadows' | 'onProgress'> {
  /** An ONNX file: attacks this student instead of the site's teacher. */
  readonly student?: string
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly log: Logger
  readonly threads?: number
  readonly provider?: ExecutionProvider
  /** Opens the site's key file where it is locked. */
  readonly keys?: KeyFileAccess
  readonly pricing?: Pricing
}

/** Of the bounds on epsilon, where no delta is claimed. */
const UNCLAIMED_DELTA = 1e-5

/**
 * Audits the teacher that the site has now, or a student, and signs the report with the site's key. Rejects with
 * `AUDIT_IMPOSSIBLE` when the site has not made this teacher or has too few rows, `STORE_IN_USE` while the site runs,
 * `CONFIG_UNREADABLE` or `ENGINE_MODEL_INVALID` for the student's file, and with the codes of configuration, data, key
 * and engine. Writes nothing.
 */
export async function auditSite(dir: string, options: SiteAuditOptions): Promise<SignedReport> {
  await ready
  const { clock, log, pricing } = options
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
    const claim = claimOf(state, config.policy.budget, pricing)
    const audited = { dir, blobs: folder.blobs, identity, config, state, claim }
    const findings = await attack(runtime, audited, options)
    const { federation, site } = membership
    const madeAt = new Date(clock()).toISOString()
    return signReport(identity, { version: 1, federation, site, madeAt, claim, ...findings })
  } finally {
    await journal.close()
  }
}

interface Audited {
  readonly dir: string
  readonly blobs: string
  readonly identity: Identity
  readonly config: SiteConfig
  readonly state: SiteState
  readonly claim: PrivacyClaim
}

async function attack(
  runtime: Runtime,
  { dir, blobs: blobFolder, identity, config, state, claim }: Audited,
  { clock, signal, student: studentFile, temperature, shadows, onProgress }: SiteAuditOptions,
): Promise<AuditFindings> {
  const { schemaHash, key: answering } = state.teacher ?? {}
  if (schemaHash === undefined) throw impossible(`The site in ${dir} has no teacher yet: start it first.`)
  const blobs = await overlayBlobs(readFileBlobs(blobFolder))
  const schema = parseFeatureSchema(JSON.parse(new TextDecoder().decode(await blobs.get(schemaHash))))
  const data = fileDataSource(config)
  const { matter, validation } = await readOwnRows(data, config, identity, schema, schemaHash)
  const { training, unitKey } = matter
  const job: Omit<TeacherJob, 'onEpoch'> = {
    ...matter,
    earlier: state.teacher,
    signal,
    clock,
    random: (length) => new Uint8Array(randomBytes(length)),
  }
  const shown = (doing: string): Pick<TeacherJob, 'onEpoch'> => ({
    onEpoch: ({ epoch, epochs }) => onProgress?.(doing, epoch / epochs),
  })
  const { teacher, key } = await openTeacher(runtime, blobs, { ...job, ...shown('training the teacher') })
  try {
    if (key !== answering)
      throw impossible(
        `The data or settings in ${dir} have changed since its teacher was made: start it first.`,
      )
    const retrain: TeacherAudit['retrain'] = async (rows) => {
      const anew = { training: rows, earlier: undefined, seed: config.seed + 1 }
      return (await openTeacher(runtime, blobs, { ...job, ...anew, ...shown('training with canaries') }))
        .teacher
    }
    const plan = planLike(config.teacher, schema, training)
    const common = {
      teacher,
      unitKey,
      ...(plan && { plan }),
      training,
      validation,
      shadows,
      delta: claim.delta ?? UNCLAIMED_DELTA,
      seed: config.seed,
      signal,
      ...(onProgress && { onProgress }),
    }
    if (studentFile !== undefined) {
      const shape = { features: training.features, classes: training.classes.length }
      const student = await openOnnxTeacher(runtime, blobs, studentFile, shape, 'student')
      try {
        return await auditStudent(runtime, { ...common, student })
      } finally {
        await student.release()
      }
    }
    return await auditTeacher(runtime, {
      ...common,
      temperature,
      ...(isTrainedHere(config.teacher) && { retrain }),
      noises: teacher.memberLogits ? noiseOf(state) : [],
      bare: claim.epsilon === null || !teacher.memberLogits,
    })
  } finally {
    await teacher.release()
  }
}

/** A network such as the teacher's, for shadows. What was trained privately has shadows that were not: surer ones. */
function planLike(
  teacher: SiteConfig['teacher'],
  schema: FeatureSchema,
  training: Dataset,
): TeacherPlan | undefined {
  if (isBuiltIn(teacher)) return planBuiltIn(teacher, schema, training)
  if (teacher.kind === 'dpsgd')
    return planBuiltIn({ kind: 'mlp', hidden: teacher.hidden ?? [] }, schema, training)
  return undefined
}

const isTrainedHere = (teacher: SiteConfig['teacher']): boolean => !('train' in teacher) || teacher.train

const impossible = (message: string) => new CollegiumError('AUDIT_IMPOSSIBLE', message)
