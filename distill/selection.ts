/**
 * Choosing a combine rule by evidence.
 *
 * Which rule is best depends on how the sites' data differ, which nobody knows beforehand: correcting for class
 * frequencies helps by many points where sites have different classes, and harms where they see different people.
 * Nor does the rule with the most accurate targets make the best student: targets that are right but vague, or wrong
 * in the same way for all items of a kind, teach something else than their own accuracy says.
 *
 * So each candidate teaches a student, briefly, and the students are measured on items whose labels are public. The
 * labels train nobody (cross-fit.ts).
 *
 * Two questions decide: what does a student know, and is it as sure as it is right? Accuracy answers the first poorly:
 * on two hundred items it is known to three points, and where one class in fifty is the rare one it says nothing.
 * Log-loss is far steadier but mixes the two, and alone it would prefer a cautious student to one that knows more. The
 * log-loss that is left when a temperature has made the student as sure as it is right, a temperature that the other
 * half of the items set, tells knowledge alone, and would take students that call every guess certain. Whoever uses the
 * student may correct its confidence or not, so both log-losses count, and count alike.
 *
 * Where too few labels are public, the sites measure: each candidate teaches one student all items, and the sites count
 * how all of them do on rows of their own (evaluation-counts.ts). Counts know no temperature, so log-loss alone decides.
 */
import type { Dataset } from '#engine/data/dataset.ts'
import { softmaxRows } from '#engine/infer.ts'
import type { Network } from '#engine/network.ts'
import type { Runtime } from '#engine/session/index.ts'
import { answersByHalf, validationRows, type HeldBack } from './cross-fit.ts'
import { distil, type Distillation, type Training } from './distil.ts'
import { countsLength, metricsOfCounts } from './evaluation-counts.ts'
import { evaluate, meanOf } from './metrics.ts'
import type { CombineRuleName } from './rules.ts'
import { fitTemperature, logLosses, type LabelledLogits } from './temperature-scaling.ts'

export interface RuleScore {
  readonly rule: CombineRuleName
  /** Of the students, on the labelled items or the sites' rows. */
  readonly accuracy: number
  /** Their mean -log p(label), in nats. */
  readonly nll: number
  /** The same, had each half's student been made as sure as the other half says it should be; absent where sites count. */
  readonly calibratedNll?: number
}

/** What all candidates have in common. */
export interface BriefLesson extends Pick<
  Distillation,
  'student' | 'temperature' | 'loss' | 'training' | 'signal'
> {
  /** The items that the targets are for. */
  readonly items: Dataset
  readonly seed: number | string
}

export interface SelectionJob extends BriefLesson {
  /** -1 where a label is unknown. */
  readonly items: Dataset & { readonly labels: Int32Array }
  /** What each candidate makes of the sums: rows x classes. */
  readonly candidates: readonly { readonly rule: CombineRuleName; readonly targets: Float32Array }[]
  /** The most labelled items to measure on. */
  readonly validation: number
}

/** Steps that show which rule teaches better; the chosen one is then taught in full. */
const STEPS = 600

/** In the order of the candidates. Rejects as `distil` does. */
export async function scoreRules(runtime: Runtime, job: SelectionJob): Promise<RuleScore[]> {
  const { student, items, candidates, validation, seed } = job
  const measured = validationRows(items, validation, seed)
  const scores: RuleScore[] = []
  for (const { rule, targets } of candidates) {
    const halves = await answersByHalf(runtime, {
      ...taught(job),
      items,
      targets,
      measured,
      labelsTeach: false,
      training: (rows) => briefly(job.training, rows),
    })
    scores.push({ rule, ...scoreOf(halves, items, student.outputs) })
  }
  return scores
}

/** Teaches a student all items, for the sites to measure. Rejects as `distil` does. */
export async function briefStudent(
  runtime: Runtime,
  lesson: BriefLesson,
  targets: Float32Array,
): Promise<Network> {
  const { rows, inputs } = lesson.items
  const training = briefly(lesson.training, rows)
  const { network } = await distil(runtime, { ...taught(lesson), rows, inputs, targets, training })
  return network
}

const taught = ({ student, temperature, loss, seed, signal }: BriefLesson) => ({
  student,
  temperature,
  alpha: 1,
  ...(loss && { loss }),
  seed: `${seed}/selection`,
  ...(signal && { signal }),
})

function briefly(training: Training, rows: number): Training {
  const epochs = Math.ceil((STEPS * training.batchSize) / Math.max(1, rows))
  return { ...training, epochs: Math.min(training.epochs, Math.max(3, epochs)) }
}

/** Of what both students give for their halves, each with the confidence that the other half corrects. */
export function scoreOf(
  halves: readonly HeldBack[],
  items: Dataset,
  classes: number,
): Omit<RuleScore, 'rule'> {
  const answers: LabelledLogits[] = halves.map(({ rows, raw }) => ({
    logits: raw,
    labels: Int32Array.from(rows, (row) => items.labels?.[row] as number),
  }))
  const labels = Int32Array.from(answers.flatMap((half) => [...half.labels]))
  const probabilities = Float32Array.from(answers.flatMap(({ logits }) => [...softmaxRows(logits, classes)]))
  const { accuracy, nll } = evaluate({ rows: labels.length, classes, probabilities }, labels)
  const temperatures = answers.map(fitTemperature).reverse()
  const losses = answers.flatMap((half, at) => [...logLosses(half, temperatures[at] ?? 1)])
  return {
    accuracy: accuracy ?? 0,
    nll: nll ?? 0,
    calibratedNll: meanOf(losses) ?? 0,
  }
}

/** What the sites counted, of all students in the order of `networks`, one behind the other. */
export interface CountedStudents {
  readonly counts: Float64Array
  readonly networks: readonly string[]
  readonly classes: number
}

/** In the order of the candidates, of which several may have the same student; and how many rows were counted. */
export function scoresOfCounts(
  candidates: readonly { readonly rule: CombineRuleName; readonly networkHash: string }[],
  { counts, networks, classes }: CountedStudents,
): { readonly items: number; readonly scores: RuleScore[] } {
  const length = countsLength(classes)
  const measured = candidates.map(({ rule, networkHash }) => {
    const at = networks.indexOf(networkHash)
    return { rule, ...metricsOfCounts(counts.subarray(at * length, (at + 1) * length), classes) }
  })
  return {
    items: measured[0]?.rows ?? 0,
    scores: measured.map(({ rule, accuracy, nll }) => ({ rule, accuracy: accuracy ?? 0, nll: nll ?? 0 })),
  }
}

/** The one with the least of both log-losses, or of the one that is known; the first of equals. */
export function bestRule(scores: readonly RuleScore[]): RuleScore {
  const [first] = scores
  if (!first) throw new TypeError('internal: no rule was scored')
  const cost = ({ nll, calibratedNll = 0 }: RuleScore): number => nll + calibratedNll
  return scores.reduce((best, score) => (cost(score) < cost(best) ? score : best))
}
