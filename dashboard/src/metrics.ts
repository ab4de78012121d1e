/** How a metric is called, and which way is better. Unknown metrics are shown under their own name. */
import type { ArmView } from '#proto/snapshot.ts'

const names: Readonly<Record<string, string>> = {
  accuracy: 'Accuracy',
  macroF1: 'Macro-F1',
  auroc: 'AUROC',
  auprc: 'AUPRC',
  rmse: 'RMSE',
  mae: 'Mean error',
  nll: 'NLL',
  brier: 'Brier',
  ece: 'ECE',
  cost: 'Cost',
  agreement: 'Agreement',
  meanKl: 'KL',
}
const lowerIsBetter = new Set(['rmse', 'mae', 'nll', 'brier', 'ece', 'cost', 'meanKl'])
/**
 * What ranks no arm, and is left to the report: a property of the hold-out, the same for every arm, and coverage and
 * width of intervals and uncertainty, of which neither more nor less is better by itself.
 */
const notCompared = new Set([
  'auprcBaseline',
  'coverage50',
  'coverage90',
  'width90',
  'dataUncertainty',
  'knowledgeUncertainty',
])

export const metricName = (metric: string): string => names[metric] ?? metric
export const direction = (metric: string): 'higher' | 'lower' =>
  lowerIsBetter.has(metric) ? 'lower' : 'higher'

/** Every metric by which some arm can be compared, known ones first, in the order of `names`. */
export function metricsOf(arms: readonly ArmView[]): string[] {
  const all = arms.flatMap(({ metrics }) => Object.keys(metrics))
  const present = new Set(all.filter((metric) => !notCompared.has(metric)))
  const known = Object.keys(names).filter((metric) => present.has(metric))
  return [...known, ...[...present].filter((metric) => !(metric in names))]
}

/** The best defined value of a metric; undefined when no arm has one. */
export function bestOf(arms: readonly ArmView[], metric: string): number | undefined {
  const values = arms.map(({ metrics }) => metrics[metric]).filter((value) => typeof value === 'number')
  if (values.length === 0) return undefined
  return direction(metric) === 'lower' ? Math.min(...values) : Math.max(...values)
}

const order: Readonly<Record<ArmView['kind'], number>> = {
  student: 0,
  'without-privacy': 1,
  ensemble: 2,
  pooled: 3,
  'no-distillation': 4,
  teacher: 5,
}

/** The student, then what it is compared with, then the lone teachers from best to worst by `metric`. */
export function rankArms(arms: readonly ArmView[], metric: string): ArmView[] {
  const sign = direction(metric) === 'lower' ? -1 : 1
  const value = (arm: ArmView) => sign * (arm.metrics[metric] ?? -sign * Infinity)
  return [...arms].sort((a, b) => order[a.kind] - order[b.kind] || value(b) - value(a) || 0)
}

/** The scale of a dot strip: the values' range, widened outwards to multiples of 0.05. */
export function stripScale(values: readonly number[]): readonly [number, number] {
  const low = Math.floor(Math.min(...values) * 20 + 1e-9) / 20
  const high = Math.ceil(Math.max(...values) * 20 - 1e-9) / 20
  return high > low ? [low, high] : [low - 0.05, high + 0.05]
}
