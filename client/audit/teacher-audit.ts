/**
 * Attacking one's own teacher, with all that the strongest observer could have.
 *
 * The observer is granted everything but the rows: it knows every other site's answer, so the sum tells it this
 * site's answer as if there were no masks; it has put the very rows it asks about among the transfer items; and it
 * can train models like the teacher on rows like the site's. What it attacks is what leaves: share values, rounded
 * to the fixed point, at the temperature of a question; and where noise is added to them, what is seen through it
 * (noised-votes.ts). Then the values without noise, which never leave, are attacked too, to compare.
 */
import { shareKinds } from '#distill/shares.ts'
import { classCounts, subset, type Dataset } from '#engine/data/dataset.ts'
import { seededRandom, type Random } from '#engine/random.ts'
import type { Runtime } from '#engine/session/index.ts'
import { labelLeak } from '#privacy/audit/label-leak.ts'
import {
  confidenceScores,
  likelihoodRatioScores,
  logitConfidences,
  noisedVoteScores,
} from '#privacy/audit/membership.ts'
import { guessCanaries, oneRunEpsilon } from '#privacy/audit/one-run.ts'
import type { AttackResult, PrivacyReport } from '#privacy/audit/report.ts'
import { decode, encodeSimplex } from '#privacy/fixed-point.ts'
import { hashBytes } from '#privacy/crypto.ts'
import { wordStream } from '#privacy/masks.ts'
import type { Teacher } from '../teacher/teacher.ts'
import { makeCanaries, withCanaries } from './canaries.ts'
import { lookThroughNoise, type VoteNoise } from './noised-votes.ts'
import { holderOf, shadowsOf, type Making, type ShadowOptions } from './shadows.ts'
import { attackResult, oneOfEachUnit, suspectsOf } from './suspects.ts'

export interface TeacherAudit extends Making, Omit<ShadowOptions, 'random'> {
  /** Trains another such teacher, where that can be done here; without it there are no canaries. */
  readonly retrain?: (training: Dataset) => Promise<Teacher>
  /** The rows that trained the teacher, and rows of the same kind that did not; all with labels. */
  readonly training: Dataset
  readonly validation: Dataset
  readonly temperature: number
  /** At which bounds on epsilon are given. */
  readonly delta: number
  /** Under which its sub-teachers' answers have left; none unless given. */
  readonly noises?: readonly VoteNoise[]
  /** Whether answers without that noise may have left too. */
  readonly bare?: boolean
}

export type AuditFindings = Pick<PrivacyReport, 'attacked' | 'attacks' | 'canaries' | 'labelLeak' | 'limits'>

const SHARE = 'probabilities'
const MOST_CANARIES = 1000
/** Of five canaries the auditor says "in" of one and "out" of one; decided here, before it has seen any. */
const CANARIES_PER_GUESS = 5

const limits = [
  'An audit bounds a leak from below: attacks that were not run may find more.',
  'The observer is granted all other answers; behind a sum over many sites it sees less.',
  'The bounds on epsilon from attacks on rows treat units as independent; the bound from canaries need not.',
  'Label frequencies are guessed from answers about the held-out rows; items unlike those tell less.',
  'Through noise, each row was looked at by an observer of its own who spends all that the ledger was charged on it.',
]

/**
 * Rejects with `AUDIT_IMPOSSIBLE` when there are fewer than two units on either side or no classes are predicted, and
 * as training does.
 */
export async function auditTeacher(runtime: Runtime, audit: TeacherAudit): Promise<AuditFindings> {
  const { teacher, training, validation, temperature, delta, noises = [], bare = noises.length === 0 } = audit
  const suspects = suspectsOf(training, validation)
  const random = seededRandom(audit.seed).fork('audit')
  const { dataset } = suspects
  const { labels = new Int32Array(), inputs, rows } = dataset
  const classes = dataset.classes.length
  const read = shareReader(classes, temperature)
  const probabilities = read(await teacher.logits(inputs, rows))
  const predictions = { probabilities, labels, classes }

  const artefact = bare ? 'answer' : 'answer-before-noise'
  const result = (attack: AttackResult['attack'], scores: Float64Array) =>
    attackResult(suspects, { attack, artefact, delta }, scores)
  const attacks = [result('threshold', confidenceScores(predictions))]
  const shadowing = { ...audit, seed: `${audit.seed}/audit`, random: random.fork('shadows') }
  const shadows = await shadowsOf(runtime, audit, suspects, read, shadowing)
  if (shadows.length > 0)
    attacks.push(result('likelihood-ratio', likelihoodRatioScores(logitConfidences(predictions), shadows)))
  if (noises.length > 0) {
    const scores = await noisedScores(teacher, dataset, audit, noises, 'rows')
    attacks.push(
      attackResult(suspects, { attack: 'likelihood-ratio', artefact: 'noised-answers', delta }, scores),
    )
  }
  const heldOut = probabilities.subarray(training.rows * classes)
  const leak = labelLeak(heldOut, heldOut, classCounts(training.labels ?? new Int32Array(), classes))
  return {
    attacked: {
      networkHash: teacher.networkHash,
      kind: teacher.kind,
      share: SHARE,
      temperature,
      shadows: shadows.length,
    },
    attacks,
    canaries: audit.retrain ? await auditByCanaries(audit, audit.retrain, noises, random) : null,
    labelLeak: { ...leak, summed: null },
    limits,
  }
}

/** What leaves without noise when a model with these logits is asked. */
function shareReader(classes: number, temperature: number): (logits: Float32Array) => Float64Array {
  const { compute, scale } = shareKinds[SHARE]
  return (logits) => {
    const values = compute({ logits, rows: logits.length / classes, classes, temperature, clip: 0 })
    return decode(encodeSimplex(values, classes, scale), scale)
  }
}

/** Of each row of a dataset, by what is seen of it through the noise. */
async function noisedScores(
  teacher: Teacher,
  dataset: Dataset,
  { temperature, unitKey, seed }: TeacherAudit,
  noises: readonly VoteNoise[],
  purpose: string,
): Promise<Float64Array> {
  if (!teacher.memberLogits) throw new TypeError('internal: noise is added to the answers of sub-teachers')
  const { inputs, rows, labels = new Int32Array() } = dataset
  const classes = dataset.classes.length
  const members = (await teacher.memberLogits(inputs, rows)).map(shareReader(classes, temperature))
  const nextWord = wordStream(hashBytes([new TextEncoder().encode(`${seed}/noise/${purpose}`)]))
  return noisedVoteScores({
    ...lookThroughNoise({ members, labels, classes }, noises, nextWord),
    votes: members.map((probabilities) => confidenceScores({ probabilities, labels, classes })),
    holder: holderOf(dataset, unitKey, members.length),
  })
}

/** Trains a teacher once more, with canaries among its rows, and guesses from what leaves which were there. */
async function auditByCanaries(
  audit: TeacherAudit,
  retrain: NonNullable<TeacherAudit['retrain']>,
  noises: readonly VoteNoise[],
  random: Random,
): Promise<PrivacyReport['canaries']> {
  const { training, validation, temperature, delta } = audit
  const wanted = Math.min(MOST_CANARIES, Math.floor(training.rows / 4))
  const source = subset(validation, oneOfEachUnit(validation))
  const canaries = makeCanaries(source, wanted, random.fork('canaries'))
  const teacher = await retrain(withCanaries(training, canaries, random.fork('places')))
  try {
    const { inputs, rows, labels = new Int32Array(), classes } = canaries.rows
    const read = shareReader(classes.length, temperature)
    const scores =
      noises.length > 0
        ? await noisedScores(teacher, canaries.rows, audit, noises, 'canaries')
        : confidenceScores({
            probabilities: read(await teacher.logits(inputs, rows)),
            labels,
            classes: classes.length,
          })
    const outcome = guessCanaries(scores, canaries.included, Math.floor(rows / CANARIES_PER_GUESS))
    return { ...outcome, epsilonAtLeast: oneRunEpsilon(outcome, delta), delta }
  } finally {
    await teacher.release()
  }
}
