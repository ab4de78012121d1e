/** What a student says of rows, for people and scripts. */
import { columnsOf, takeColumns } from '#distill/columns.ts'
import { cheapestClass } from '#distill/costs.ts'
import { HALF_WIDTH } from '#distill/gaussian.ts'
import type { RowUncertainty } from '#distill/uncertainty.ts'
import {
  classCosts,
  classNames,
  headShapes,
  targetViews,
  type HasOneTarget,
  type HasTarget,
  type Standard,
} from '#engine/data/target.ts'

export interface PredictedClasses {
  readonly classes: readonly string[]
  readonly rows: readonly {
    readonly predicted: string
    readonly probabilities: readonly number[]
    /** In nats, of a student that learnt why its teachers are unsure. */
    readonly dataUncertainty?: number | undefined
    readonly knowledgeUncertainty?: number | undefined
  }[]
}

/** In the target's own unit; nine in ten values should lie between `low` and `high`. */
export interface PredictedNumbers {
  readonly target: string
  readonly rows: readonly {
    readonly mean: number
    readonly standardDeviation: number
    readonly low: number
    readonly high: number
  }[]
}

/** Labels that do not exclude each other; a row has those with a probability of at least one half. */
export interface PredictedLabels {
  readonly labels: readonly string[]
  readonly rows: readonly { readonly has: readonly string[]; readonly probabilities: readonly number[] }[]
}

export type PredictedOne = PredictedClasses | PredictedNumbers | PredictedLabels

/** Several targets of the same rows, in the schema's order. */
export interface PredictedTargets {
  readonly targets: readonly (PredictedOne & { readonly name: string })[]
}

export type Predicted = PredictedOne | PredictedTargets

/** Of a head's predictions, rows x outputs; `uncertainty` is that of a student with one target, which are classes. */
export function predictedOf(
  schema: HasTarget,
  predictions: Float32Array,
  uncertainty?: RowUncertainty,
): Predicted {
  const places = columnsOf(headShapes(schema).map(({ outputs }) => outputs))
  const targets = targetViews(schema).map((view, at) => ({
    name: view.name ?? '',
    ...predictedOne(view, takeColumns(predictions, places[at]!), uncertainty),
  }))
  const [{ name: _, ...only } = { name: '', classes: [], rows: [] }] = targets
  return targets.length > 1 ? { targets } : only
}

function predictedOne(
  view: HasOneTarget,
  predictions: Float32Array,
  uncertainty: RowUncertainty | undefined,
): PredictedOne {
  const { target } = view
  if (target.kind === 'numeric') return numbersOf(predictions, target)
  if (target.kind === 'labels') return labelsOf(predictions, classNames(view))
  return classesOf(predictions, classNames(view), { uncertainty, costs: classCosts(view) })
}

/** Decided by the schema's costs, where it names any: else the likeliest class. */
function classesOf(
  probabilities: Float32Array,
  classes: readonly string[],
  {
    uncertainty,
    costs = [],
  }: { uncertainty?: RowUncertainty | undefined; costs?: readonly number[] | undefined } = {},
): PredictedClasses {
  const rows = Array.from({ length: probabilities.length / classes.length }, (_, row) => {
    const of = probabilities.subarray(row * classes.length, (row + 1) * classes.length)
    return {
      predicted: classes[cheapestClass(of, costs)] ?? '',
      probabilities: [...of],
      ...(uncertainty && {
        dataUncertainty: uncertainty.data[row],
        knowledgeUncertainty: uncertainty.knowledge[row],
      }),
    }
  })
  return { classes, rows }
}

function labelsOf(probabilities: Float32Array, labels: readonly string[]): PredictedLabels {
  const rows = Array.from({ length: probabilities.length / labels.length }, (_, row) => {
    const of = [...probabilities.subarray(row * labels.length, (row + 1) * labels.length)]
    return { has: labels.filter((_, at) => (of[at] ?? 0) >= 0.5), probabilities: of }
  })
  return { labels, rows }
}

/** Means and variances of the standardised target, in its own unit. */
function numbersOf(
  predictions: Float32Array,
  { column, center, spread }: Standard & { readonly column: string },
): PredictedNumbers {
  const rows = Array.from({ length: predictions.length / 2 }, (_, row) => {
    const mean = center + spread * (predictions[2 * row] ?? 0)
    const standardDeviation = spread * Math.sqrt(predictions[2 * row + 1] ?? 0)
    const half = HALF_WIDTH[90] * standardDeviation
    return { mean, standardDeviation, low: mean - half, high: mean + half }
  })
  return { target: column, rows }
}

/** Columns of several targets lie side by side, each with its target's name in front. */
export function tableOf(predicted: Predicted): string[][] {
  if (!('targets' in predicted)) return tableOfOne(predicted)
  const tables = predicted.targets.map(({ name, ...one }) => {
    const [head = [], ...rows] = tableOfOne(one)
    return [head.map((column) => (column === name ? name : `${name} ${column}`)), ...rows]
  })
  return (tables[0] ?? []).map((_, row) => tables.flatMap((table) => table[row] ?? []))
}

function tableOfOne(predicted: PredictedOne): string[][] {
  if ('target' in predicted)
    return [
      [predicted.target, 'standard deviation', 'low', 'high'],
      ...predicted.rows.map(({ mean, standardDeviation, low, high }) =>
        [mean, standardDeviation, low, high].map((value) => String(Number(value.toPrecision(7)))),
      ),
    ]
  if ('labels' in predicted) {
    const { labels, rows } = predicted
    return [
      [...labels, ...labels.map((name) => `probability ${name}`)],
      ...rows.map(({ has, probabilities }) => [
        ...labels.map((name) => (has.includes(name) ? 'yes' : 'no')),
        ...probabilities.map((p) => p.toFixed(6)),
      ]),
    ]
  }
  const knowsWhy = predicted.rows.some(({ dataUncertainty }) => dataUncertainty !== undefined)
  return [
    [
      'predicted',
      ...predicted.classes.map((name) => `probability ${name}`),
      ...(knowsWhy ? ['data uncertainty', 'knowledge uncertainty'] : []),
    ],
    ...predicted.rows.map(({ predicted, probabilities, dataUncertainty, knowledgeUncertainty }) => [
      predicted,
      ...[...probabilities, ...(knowsWhy ? [dataUncertainty, knowledgeUncertainty] : [])].map((value) =>
        (value ?? NaN).toFixed(6),
      ),
    ]),
  ]
}
