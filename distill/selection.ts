/**
 * Choosing a combine rule by evidence.
 *
 * Which rule is best depends on how the sites' data differ, which nobody knows beforehand: correcting for class
 * frequencies helps by many points where sites have different classes, and harms where they see different people.
 * Nor does the rule with the most accurate targets make the best student: targets that are right but vague, or wrong
 * in the same way for all items of a kind, teach something else than their own accuracy says.
 *
 * So each candidate teaches a student, briefly, and the students are measured on items whose labels are public. The
 * labels train nobody. Half of the labelled items are held back from the student that is measured on them, then the
 * other half, so that each label is used once and no student is asked about an item it was taught.
 */
import { UNLABELLED, subset, type Dataset } from '#engine/data/dataset.ts'
import { predictLogits, softmaxRows } from '#engine/infer.ts'
import { seededRandom } from '#engine/random.ts'
import type { Runtime } from '#engine/session/index.ts'
import { distil, type Distillation } from './distil.ts'
import { evaluate } from './metrics.ts'
import type { CombineRuleName } from './rules.ts'

export interface RuleScore {
  readonly rule: CombineRuleName
  /** Of the students, on the labelled items. */
  readonly accuracy: number
  /** Their mean -log p(label), in nats. */
  readonly nll: number
}

export interface SelectionJob extends Pick<
  Distillation,
  'student' | 'temperature' | 'loss' | 'training' | 'signal'
> {
  /** The items that the targets are for; -1 where a label is unknown. */
  readonly items: Dataset & { readonly labels: Int32Array }
  /** What each candidate makes of the sums: rows x classes. */
  readonly candidates: readonly { readonly rule: CombineRuleName; readonly targets: Float32Array }[]
  /** The most labelled items to measure on. */
  readonly validation: number
  readonly seed: number | string
}

/** Steps that show which rule teaches better; the chosen one is then taught in full. */
const STEPS = 600

/** Fewer labelled items than this say nothing. */
export const LEAST_VALIDATION = 20

/** Items with a label, of which as many as wanted are drawn. */
export function validationRows(
  labels: Int32Array | undefined,
  most: number,
  seed: number | string,
): Int32Array {
  const known = Int32Array.from(labels?.keys() ?? []).filter((row) => labels?.[row] !== UNLABELLED)
  return seededRandom(seed).fork('validation items').shuffle(known).subarray(0, most)
}

/** In the order of the candidates. Rejects as `distil` does. */
export async function scoreRules(runtime: Runtime, job: SelectionJob): Promise<RuleScore[]> {
  const { items, candidates, validation, seed } = job
  const measured = validationRows(items.labels, validation, seed)
  const half = Math.ceil(measured.length / 2)
  const folds = [measured.subarray(0, half), measured.subarray(half)].filter((fold) => fold.length > 0)
  const labels = Int32Array.from(measured, (row) => items.labels[row] as number)

  const scores: RuleScore[] = []
  for (const { rule, targets } of candidates) {
    const parts: Float32Array[] = []
    for (const fold of folds) parts.push(await predictionsFor(runtime, job, targets, fold))
    const probabilities = Float32Array.from(parts.flatMap((part) => [...part]))
    const classes = job.student.outputs
    const { accuracy, nll } = evaluate({ rows: labels.length, classes, probabilities }, labels)
    scores.push({ rule, accuracy: accuracy ?? 0, nll: nll ?? 0 })
  }
  return scores
}

/** Teaches a student all items but those of the fold, and asks it about these. */
async function predictionsFor(
  runtime: Runtime,
  { student, items, temperature, loss, training, seed, signal }: SelectionJob,
  targets: Float32Array,
  fold: Int32Array,
): Promise<Float32Array> {
  const held = new Set(fold)
  const taught = Int32Array.from(items.labels.keys()).filter((row) => !held.has(row))
  const { inputs, rows } = subset(items, taught)
  const classes = student.outputs
  const steps = Math.ceil((STEPS * training.batchSize) / Math.max(1, rows))
  const { network } = await distil(runtime, {
    student,
    rows,
    inputs,
    targets: subset({ ...items, inputs: targets, features: classes }, taught).inputs,
    temperature,
    alpha: 1,
    ...(loss && { loss }),
    training: { ...training, epochs: Math.min(training.epochs, Math.max(3, steps)) },
    seed: `${seed}/selection`,
    ...(signal && { signal }),
  })
  const asked = subset(items, fold)
  return softmaxRows(await predictLogits(runtime, network, asked.inputs, asked.rows), classes)
}

/**
 * Of the rules that are as accurate as the best up to one standard error, the one with the lowest log-loss: accuracy
 * is what most care for, and log-loss tells rules apart that a few items cannot, or that all say "healthy".
 */
export function bestRule(scores: readonly RuleScore[], items: number): RuleScore {
  const [first] = scores
  if (!first) throw new TypeError('internal: no rule was scored')
  const accuracy = Math.max(...scores.map((score) => score.accuracy))
  const error = Math.sqrt((accuracy * (1 - accuracy)) / Math.max(1, items))
  return scores
    .filter((score) => score.accuracy >= accuracy - error)
    .reduce((best, score) => (score.nll < best.nll ? score : best))
}
