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
 */
import type { Dataset } from '#engine/data/dataset.ts'
import { softmaxRows } from '#engine/infer.ts'
import type { Runtime } from '#engine/session/index.ts'
import { answersByHalf, validationRows, type HeldBack } from './cross-fit.ts'
import type { Distillation } from './distil.ts'
import { evaluate, meanOf } from './metrics.ts'
import type { CombineRuleName } from './rules.ts'
import { fitTemperature, logLosses, type LabelledLogits } from './temperature-scaling.ts'

export interface RuleScore {
  readonly rule: CombineRuleName
  /** Of the students, on the labelled items. */
  readonly accuracy: number
  /** Their mean -log p(label), in nats. */
  readonly nll: number
  /** The same, had each half's student been made as sure as the other half says it should be. */
  readonly calibratedNll: number
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

/** In the order of the candidates. Rejects as `distil` does. */
export async function scoreRules(runtime: Runtime, job: SelectionJob): Promise<RuleScore[]> {
  const { student, items, candidates, validation, temperature, loss, training, seed, signal } = job
  const measured = validationRows(items, validation, seed)
  const scores: RuleScore[] = []
  for (const { rule, targets } of candidates) {
    const halves = await answersByHalf(runtime, {
      student,
      items,
      targets,
      measured,
      labelsTeach: false,
      temperature,
      alpha: 1,
      ...(loss && { loss }),
      training: (rows) => {
        const epochs = Math.ceil((STEPS * training.batchSize) / Math.max(1, rows))
        return { ...training, epochs: Math.min(training.epochs, Math.max(3, epochs)) }
      },
      seed: `${seed}/selection`,
      ...(signal && { signal }),
    })
    scores.push({ rule, ...scoreOf(halves, items, student.outputs) })
  }
  return scores
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

/**
 * Of the rules whose students know as much as the best up to one standard error of the difference, item by item, the
 * one with the lowest log-loss as it is.
 */
export function bestRule(scores: readonly RuleScore[]): RuleScore {
  const [first] = scores
  if (!first) throw new TypeError('internal: no rule was scored')
  const cost = ({ nll, calibratedNll }: RuleScore): number => nll + calibratedNll
  return scores.reduce((best, score) => (cost(score) < cost(best) ? score : best))
}
