/** How a metric is called, and which way is better. Unknown metrics are shown under their own name. */
import type { ArmView } from '#proto/snapshot.ts'
import { metric as show } from './format.ts'

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

/** "angina accuracy" is the accuracy on one of several targets, whose names have no spaces. */
const isOfTarget = (metric: string): boolean => metric.includes(' ')
const figureOf = (metric: string): string => metric.slice(metric.indexOf(' ') + 1)

export function metricName(metric: string): string {
  const figure = figureOf(metric)
  const name = names[figure] ?? figure
  if (!isOfTarget(metric)) return name
  const isWord = /^[A-Z][a-z]/.test(name)
  return metric.slice(0, -figure.length) + (isWord ? name.toLowerCase() : name)
}
export const direction = (metric: string): 'higher' | 'lower' =>
  lowerIsBetter.has(figureOf(metric)) ? 'lower' : 'higher'

/** Every metric by which some arm can be compared: those of targets, then known ones in the order of `names`. */
export function metricsOf(arms: readonly ArmView[]): string[] {
  const all = arms.flatMap(({ metrics }) => Object.keys(metrics))
  const present = [...new Set(all)].filter((metric) => !notCompared.has(metric))
  const known = Object.keys(names).filter((metric) => present.includes(metric))
  const others = present.filter((metric) => !isOfTarget(metric) && !(metric in names))
  return [...present.filter(isOfTarget), ...known, ...others]
}

/** The sentence people come for: the student beside the best teacher on its own, or on how many targets it is as good. */
export function summary(arms: readonly ArmView[]): string {
  const metrics = metricsOf(arms)
  const student = arms.find(({ kind }) => kind === 'student')?.metrics ?? {}
  const teachers = arms.filter(({ kind }) => kind === 'teacher')
  const targets = metrics.filter(isOfTarget)
  if (targets.length > 0 && teachers.length === 0)
    return `student ${targets.map((metric) => `${metricName(metric)} ${show(student[metric])}`).join(', ')}`
  if (targets.length > 0) {
    const good = targets.filter((metric) => isAsGood(metric, student[metric], bestOf(teachers, metric)))
    return `student at least as good as the best lone teacher on ${good.length} of ${targets.length} targets`
  }
  const [headline = ''] = metrics
  const best = bestOf(teachers, headline)
  const own = `student ${metricName(headline).toLowerCase()} ${show(student[headline])}`
  return best === undefined ? own : `${own}, best lone teacher ${show(best)}`
}

/** As shown. */
function isAsGood(metric: string, value: number | null | undefined, than: number | undefined): boolean {
  if (typeof value !== 'number') return false
  const better = direction(metric) === 'lower' ? (than ?? Infinity) - value : value - (than ?? -Infinity)
  return better > 0 || show(value) === show(than)
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
