/**
 * Attacking a student with this site's own rows: it learnt them, if at all, from answers, so what it gives away of
 * them is what those gave away. The coordinator cannot ask that, as it has no private row.
 *
 * Shadows are models of this site, not students: they know which rows are easy, which is what a likelihood ratio is
 * for, and a student that is surer or less sure than they are throughout ranks the rows all the same.
 */
import { seededRandom } from '#engine/random.ts'
import { softmaxRows } from '#engine/predictor.ts'
import type { Runtime } from '#engine/session/index.ts'
import { confidenceScores, likelihoodRatioScores, logitConfidences } from '#privacy/audit/membership.ts'
import type { AttackResult } from '#privacy/audit/report.ts'
import type { Teacher } from '../teacher/teacher.ts'
import { shadowsOf } from './shadows.ts'
import { attackResult, suspectsOf } from './suspects.ts'
import type { AuditFindings, TeacherAudit } from './teacher-audit.ts'

export interface StudentAudit extends Omit<TeacherAudit, 'temperature' | 'noises' | 'bare' | 'retrain'> {
  readonly student: Teacher
}

const limits = [
  'An audit bounds a leak from below: attacks that were not run may find more.',
  'The rows of other sites were not looked for: each site can ask only for its own.',
  'The bounds on epsilon treat units as independent.',
  'The rows held out may have measured this student; they taught it nothing.',
]

/** Rejects with `AUDIT_IMPOSSIBLE` when there are fewer than two units on either side, and as training does. */
export async function auditStudent(runtime: Runtime, audit: StudentAudit): Promise<AuditFindings> {
  const { student, training, validation, delta, seed } = audit
  const suspects = suspectsOf(training, validation)
  const { labels = new Int32Array(), inputs, rows, classes } = suspects.dataset
  const read = (logits: Float32Array) => Float64Array.from(softmaxRows(logits, classes.length))
  const predictions = {
    probabilities: read(await student.logits(inputs, rows)),
    labels,
    classes: classes.length,
  }
  const result = (attack: AttackResult['attack'], scores: Float64Array) =>
    attackResult(suspects, { attack, artefact: 'student', delta }, scores)
  const attacks = [result('threshold', confidenceScores(predictions))]
  const random = seededRandom(seed).fork('audit').fork('shadows')
  const shadowing = { ...audit, seed: `${seed}/audit`, random }
  const shadows = await shadowsOf(runtime, audit, suspects, read, shadowing)
  if (shadows.length > 0)
    attacks.push(result('likelihood-ratio', likelihoodRatioScores(logitConfidences(predictions), shadows)))
  return {
    attacked: {
      networkHash: student.networkHash,
      kind: 'student',
      share: 'probabilities',
      temperature: 1,
      shadows: shadows.length,
    },
    attacks,
    canaries: null,
    labelLeak: null,
    limits,
  }
}
