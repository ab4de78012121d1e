/** The names of all figures, and one measurement of one arm. Which figures there are depends on the task. */
import type { OneTask, Task } from '#engine/data/target.ts'
import type { ClassMetrics, ReliabilityBin } from './metrics.ts'

/** All of them, in the order they are shown. */
export const metricNames = [
  'accuracy',
  'macroF1',
  'auroc',
  'auprc',
  'auprcBaseline',
  'rmse',
  'mae',
  'nll',
  'brier',
  'ece',
  'cost',
  'dataUncertainty',
  'knowledgeUncertainty',
  'coverage50',
  'coverage90',
  'width90',
] as const
/** Against the ensemble, on the same rows. */
export const fidelityNames = ['agreement', 'meanKl'] as const
export type MetricName = (typeof metricNames)[number] | (typeof fidelityNames)[number]

/** The figure that sites and teachers are ranked by. */
export const leadingMetric = {
  classify: { name: 'accuracy', better: 'higher' },
  regress: { name: 'rmse', better: 'lower' },
  multilabel: { name: 'auroc', better: 'higher' },
  multitask: { name: 'nll', better: 'lower' },
} as const satisfies Record<Task, { name: MetricName; better: 'higher' | 'lower' }>

export type Measured = Readonly<Partial<Record<MetricName, number | null>>> & {
  readonly rows: number
  /** Empty where nothing is classified. */
  readonly perClass?: readonly ClassMetrics[]
  readonly reliability?: readonly ReliabilityBin[]
  /** Of several targets, each by itself; `nll` is then the sum of theirs. */
  readonly heads?: readonly HeadMeasured[]
}

export interface HeadMeasured {
  readonly name: string
  readonly task: OneTask
  /** Of its classes or labels; empty for a number. */
  readonly classes: readonly string[]
  readonly metrics: Measured
}

/** A value for each name. */
export function mapNames<K extends string, V>(names: readonly K[], of: (name: K) => V): Record<K, V> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<K, V>
}
