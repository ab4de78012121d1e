/**
 * Attacking one's own teacher, with all that the strongest observer could have.
 *
 * The observer is granted everything but the rows: it knows every other site's answer, so the sum tells it this
 * site's answer as if there were no masks; it has put the very rows it asks about among the transfer items; and it
 * can train models like the teacher on rows like the site's. What it attacks is what leaves: share values, rounded
 * to the fixed point, at the temperature of a question.
 */
import { trainTeacher } from '#distill/teach.ts'
import { shareKinds } from '#distill/shares.ts'
import { classCounts, concatenate, type Dataset } from '#engine/data/dataset.ts'
import { predictEnsemble } from '#engine/ensemble-predict.ts'
import { predictLogits } from '#engine/infer.ts'
import { seededRandom, type Random } from '#engine/random.ts'
import type { Runtime } from '#engine/session/index.ts'
import { epsilonFromScores } from '#privacy/audit/epsilon-bound.ts'
import { labelLeak } from '#privacy/audit/label-leak.ts'
import { confidenceScores, likelihoodRatioScores, logitConfidences } from '#privacy/audit/membership.ts'
import { guessCanaries, oneRunEpsilon } from '#privacy/audit/one-run.ts'
import type { AttackResult, PrivacyReport } from '#privacy/audit/report.ts'
import { summariseRoc } from '#privacy/audit/roc.ts'
import { decode, encodeSimplex } from '#privacy/fixed-point.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { Teacher } from '../teacher/teacher.ts'
import type { TeacherPlan } from '../teacher/trained.ts'
import { makeCanaries, withCanaries } from './canaries.ts'
import { trainShadows } from './shadows.ts'

export interface TeacherAudit {
  readonly teacher: Teacher
  /** How the teacher is trained, where that can be done again; without it there are no shadows and no canaries. */
  readonly plan?: TeacherPlan
  /** The rows that trained the teacher, and rows of the same kind that did not; all with labels. */
  readonly training: Dataset
  readonly validation: Dataset
  readonly temperature: number
  /** 16 to 64 are usual. */
  readonly shadows: number
  /** At which bounds on epsilon are given. */
  readonly delta: number
  readonly seed: number | string
  readonly signal?: AbortSignal
  readonly onProgress?: (doing: string, fraction: number) => void
}

export type AuditFindings = Pick<PrivacyReport, 'attacked' | 'attacks' | 'canaries' | 'labelLeak' | 'limits'>

const SHARE = 'probabilities'
const MOST_CANARIES = 1000
/** Of five canaries the auditor says "in" of one and "out" of one; decided here, before it has seen any. */
const CANARIES_PER_GUESS = 5

const limits = [
  'An audit bounds a leak from below: attacks that were not run may find more.',
  'The observer is granted all other answers; behind a sum over many sites it sees less.',
  'The bounds on epsilon from attacks on rows treat rows as independent; the bound from canaries need not.',
  'Label frequencies are guessed from answers about the held-out rows; items unlike those tell less.',
  'Where the epsilon of an answer grows with the questions, these attacks saw each row answered once.',
]

/** Rejects with `AUDIT_IMPOSSIBLE` when there are fewer than two rows on either side, and as training does. */
export async function auditTeacher(runtime: Runtime, audit: TeacherAudit): Promise<AuditFindings> {
  const { teacher, training, validation, temperature, plan } = audit
  if (training.rows < 2 || validation.rows < 2)
    throw new CollegiumError(
      'AUDIT_IMPOSSIBLE',
      `There are ${training.rows} training rows and ${validation.rows} others; an audit needs two of each.`,
    )
  const random = seededRandom(audit.seed).fork('audit')
  const dataset = concatenate([training, validation])
  const classes = dataset.classes.length
  const labels = dataset.labels ?? new Int32Array()
  /** What leaves when a model with these logits is asked. */
  const answerOf = (logits: Float32Array): Float64Array => {
    const rows = logits.length / classes
    const share = shareKinds[SHARE]
    const values = share.compute({ logits, rows, classes, temperature, clip: 0 })
    return decode(encodeSimplex(values, classes, share.scale), share.scale)
  }
  const predictions = (probabilities: Float64Array) => ({ probabilities, labels, classes })
  const answer = answerOf(await teacher.logits(dataset.inputs, dataset.rows))

  const result = (attack: AttackResult['attack'], scores: Float64Array): AttackResult => {
    const split = { members: scores.slice(0, training.rows), nonMembers: scores.slice(training.rows) }
    return {
      attack,
      rows: 'private',
      ...summariseRoc(split),
      epsilonAtLeast: epsilonFromScores(split, audit.delta),
      delta: audit.delta,
    }
  }
  const attacks = [result('threshold', confidenceScores(predictions(answer)))]
  const retrainable = plan?.spec.kind === 'mlp' ? plan : undefined
  if (retrainable) {
    const shadows = await trainShadows(runtime, {
      plan: retrainable,
      dataset,
      count: audit.shadows,
      random: random.fork('shadows'),
      seed: `${audit.seed}/audit`,
      ...(audit.signal && { signal: audit.signal }),
      onProgress: (fraction) => audit.onProgress?.('training shadow models', fraction),
    })
    const networks = shadows.map(({ network }) => network)
    const logits = await predictEnsemble(runtime, networks, dataset.inputs, dataset.rows)
    const confidences = logits.map((each) => logitConfidences(predictions(answerOf(each))))
    const known = shadows.map(({ trainedOn }, at) => ({ confidences: confidences[at]!, trainedOn }))
    attacks.push(
      result('likelihood-ratio', likelihoodRatioScores(logitConfidences(predictions(answer)), known)),
    )
  }
  const heldOut = answer.subarray(training.rows * classes)
  const leak = labelLeak(heldOut, heldOut, classCounts(training.labels ?? new Int32Array(), classes))
  return {
    attacked: {
      networkHash: teacher.networkHash,
      kind: teacher.kind,
      share: SHARE,
      temperature,
      shadows: retrainable ? audit.shadows : 0,
    },
    attacks,
    canaries: retrainable ? await auditByCanaries(runtime, audit, retrainable, random, answerOf) : null,
    labelLeak: { ...leak, summed: null },
    limits,
  }
}

/** Trains a teacher once more, with canaries among its rows, and guesses from its answers which were there. */
async function auditByCanaries(
  runtime: Runtime,
  { training, validation, delta, seed, signal, onProgress }: TeacherAudit,
  plan: TeacherPlan,
  random: Random,
  answerOf: (logits: Float32Array) => Float64Array,
): Promise<PrivacyReport['canaries']> {
  const wanted = Math.min(MOST_CANARIES, Math.floor(training.rows / 4))
  const canaries = makeCanaries(validation, wanted, random.fork('canaries'))
  const { network } = await trainTeacher(runtime, {
    ...plan,
    dataset: withCanaries(training, canaries),
    seed: `${seed}/canaries`,
    ...(signal && { signal }),
    onEpoch: ({ epoch, epochs }) => onProgress?.('training with canaries', epoch / epochs),
  })
  const { inputs, rows, labels = new Int32Array(), classes } = canaries.rows
  const probabilities = answerOf(await predictLogits(runtime, network, inputs, rows))
  const scores = confidenceScores({ probabilities, labels, classes: classes.length })
  const outcome = guessCanaries(scores, canaries.included, Math.floor(rows / CANARIES_PER_GUESS))
  return { ...outcome, epsilonAtLeast: oneRunEpsilon(outcome, delta), delta }
}
