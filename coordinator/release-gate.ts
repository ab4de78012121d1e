/**
 * The last door before a release: what audits found against the student and its teachers.
 *
 * A coordinator holds no private row, so it cannot test for those. It has two kinds of evidence. Sites attack their own
 * teachers, and students that were released to them, with their own rows, and sign reports, which reach the operator as
 * files; every report counts, so the worst decides. One about an earlier student speaks of how students are made here. And the student was trained on the transfer rows
 * and not on the hold-out, so how well its confidence tells the one from the other shows how much it remembers of
 * what it is taught. That speaks about the transfer rows, which no privacy claim covers; a transfer set that is
 * public, or drawn from elsewhere than the hold-out, may stand out for no harm, which is for the operator to sign.
 */
import { knownRows, subset, type Dataset } from '#engine/data/dataset.ts'
import { decodeNetwork } from '#engine/checkpoint.ts'
import { headOf } from '#distill/heads.ts'
import { predictLogits } from '#engine/infer.ts'
import type { Network } from '#engine/network.ts'
import type { Runtime } from '#engine/session/index.ts'
import type { Blobs } from '#federation/ports.ts'
import { siteByKey, type FederationState, type Run } from '#federation/state.ts'
import { epsilonFromScores } from '#privacy/audit/epsilon-bound.ts'
import { releaseVerdict, type Evidence, type ReleaseVerdict } from '#privacy/audit/gate.ts'
import { readSignedReport } from '#privacy/audit/report.ts'
import { summariseRoc } from '#privacy/audit/roc.ts'
import { CollegiumError, describeError } from '#proto/errors.ts'
import type { PublicData } from './datasets.ts'

/** A file that may hold a site's signed privacy report. */
export interface ReportFile {
  readonly name: string
  readonly json: unknown
}

export interface GateParts {
  readonly blobs: Blobs
  readonly runtime: Runtime
  readonly siteReports?: (() => Promise<readonly ReportFile[]>) | undefined
}

export interface ReleaseGate extends ReleaseVerdict {
  readonly evidence: readonly Evidence[]
  /** Files that were no report of an approved site of this federation, each with why. */
  readonly ignored: readonly string[]
}

const DELTA = 1e-5

/** Rejects with `RELEASE_BLOCKED`, saying what was found, unless the student may be released. */
export async function gateRelease(
  { blobs, runtime, siteReports }: GateParts,
  state: FederationState,
  run: Run,
  data: PublicData,
): Promise<ReleaseGate> {
  const student = decodeNetwork(await blobs.get(run.student?.networkHash ?? ''))
  const own = await attackStudent(runtime, student, data)
  const reports = ((await siteReports?.()) ?? []).map((file) => evidenceIn(file, state))
  const evidence = [own, ...reports].filter((each) => typeof each === 'object')
  const ignored = reports.filter((each) => typeof each === 'string')
  const verdict = releaseVerdict(evidence, run.plan.signOff)
  if (verdict.outcome === 'blocked')
    throw new CollegiumError('RELEASE_BLOCKED', `The audit blocks the release. ${verdict.findings.join(' ')}`)
  return { ...verdict, evidence, ignored }
}

/** The threshold attack on the student's labelled transfer rows; undefined without those or without a hold-out. */
async function attackStudent(
  runtime: Runtime,
  student: Network,
  { transfer, holdout }: PublicData,
): Promise<Evidence | undefined> {
  const taught = labelled(transfer)
  const others = holdout && labelled(holdout)
  if (!taught || !others) return undefined
  const head = headOf(transfer)
  const scores = async (dataset: Dataset): Promise<Float64Array> => {
    const raw = await predictLogits(runtime, student, dataset.inputs, dataset.rows)
    return head.confidences(head.predict(raw), dataset)
  }
  const split = { members: await scores(taught), nonMembers: await scores(others) }
  const result = {
    attack: 'threshold' as const,
    artefact: 'student' as const,
    rows: 'transfer' as const,
    ...summariseRoc(split),
    epsilonAtLeast: epsilonFromScores(split, DELTA),
    delta: DELTA,
  }
  return { by: 'coordinator', claim: null, attacks: [result], canaries: null }
}

function labelled(dataset: Dataset): Dataset | undefined {
  const rows = knownRows(dataset)
  return rows.length > 0 ? subset(dataset, rows) : undefined
}

/** What a file's report says, or why it is ignored. */
function evidenceIn({ name, json }: ReportFile, state: FederationState): Evidence | string {
  try {
    const { report, publicKey } = readSignedReport(json)
    const site = siteByKey(state, publicKey)
    if (site?.enrolment !== 'approved' || report.federation !== state.founded?.federation)
      return `${name}: not signed by an approved site of this federation.`
    return { by: site.site, claim: report.claim, attacks: report.attacks, canaries: report.canaries }
  } catch (error) {
    return `${name}: ${describeError(error).message}`
  }
}
