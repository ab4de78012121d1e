/**
 * Several targets of one row, each with a head of its own: their outputs side by side, their losses added up
 * (Caruana 1997; with equal weights, as Kendall, Gal and Cipolla, arXiv 1705.07115, equation 1).
 *
 * A row teaches and measures the heads whose target it has. What a head does, it does as if it were alone.
 */
import { datasetViews, knownRows, subset, type Dataset } from '#engine/data/dataset.ts'
import { rowsOfMatrix } from '#engine/data/matrix.ts'
import { oneTask } from '#engine/data/target.ts'
import { field, type LossFn } from '#engine/losses.ts'
import { add, slice } from '#engine/ops.ts'
import { besideEachOther, columnsOf, takeColumns } from '../columns.ts'
import type { HeadMeasured, Measured } from '../measured.ts'
import type { Head } from './head.ts'

/** A head, and what its outputs are called. */
export interface NamedHead {
  readonly name: string
  readonly head: Head
}

/** Least probability of a class, as in the metrics: one that is missed costs at most 16 nats. */
const LEAST = Math.exp(-16)

export function severalHeads(named: readonly NamedHead[]): Head {
  const heads = named.map(({ head }) => head)
  const widths = heads.map(({ outputs }) => outputs)
  const places = columnsOf(widths)
  /** What each head makes of its own columns. */
  const each = <T>(matrix: Float32Array, of: (head: Head, own: Float32Array, at: number) => T): T[] =>
    heads.map((head, at) => of(head, takeColumns(matrix, places[at]!), at))

  return {
    task: 'multitask',
    outputs: widths.reduce((sum, width) => sum + width, 0),
    predict: (raw, temperature) =>
      besideEachOther(
        each(raw, (head, own) => head.predict(own, temperature)),
        widths,
      ),
    measure(predictions, dataset) {
      const views = datasetViews(dataset)
      const measured = each(predictions, (head, own, at): HeadMeasured => {
        const { name = '', ...view } = views[at]!
        const metrics = ofKnown(head, own, view)
        return { name, task: oneTask(head.task), classes: view.classes, metrics }
      })
      return measuredTogether(measured, dataset.rows)
    },
    fidelity(student, teacher) {
      const kls = each(
        student,
        (head, own, at) => head.fidelity(own, takeColumns(teacher, places[at]!)).meanKl,
      )
      return { meanKl: total(kls) }
    },
    /** The log-likelihood of what is known of a row, a mean over targets: lacking one is no reason to be liked. */
    confidences(predictions, dataset) {
      const views = datasetViews(dataset)
      const sums = new Float64Array(dataset.rows)
      const counts = new Float64Array(dataset.rows)
      each(predictions, (head, own, at) => {
        const view = views[at]!
        const liked = head.confidences(own, view)
        for (const row of knownRows(view)) {
          const score = liked[row] ?? 0
          counts[row] = counts[row]! + 1
          sums[row] = sums[row]! + (head.task === 'classify' ? Math.log(Math.max(LEAST, score)) : score)
        }
      })
      return sums.map((sum, row) => sum / Math.max(1, counts[row]!))
    },
    /** What each head releases, under its name, and `heads`, what the network gave. */
    release: (given) => ({
      ...Object.fromEntries(
        named.flatMap(({ name, head }, at) =>
          Object.entries(head.release(slice(given, -1, places[at]!.from, places[at]!.count))).map(
            ([output, expr]) => [`${name}_${output}`, expr],
          ),
        ),
      ),
      heads: given,
    }),
    lesson: lessonOf(heads),
  }
}

/** Those of all heads on the same rows: their likelihoods multiply. */
export const measuredTogether = (heads: readonly HeadMeasured[], rows: number): Measured => ({
  rows,
  nll: total(heads.map(({ metrics }) => metrics.nll)),
  heads,
})

function ofKnown(head: Head, predictions: Float32Array, view: Dataset): Measured {
  const known = knownRows(view)
  return head.measure(rowsOfMatrix(predictions, head.outputs, known), subset(view, known))
}

/** Undefined or null where one of them is. */
function total(values: readonly (number | null | undefined)[]): number | null {
  return values.reduce<number | null>(
    (sum, value) => (sum === null || typeof value !== 'number' ? null : sum + value),
    0,
  )
}

/** Each head reads its own outputs and targets, and they add up. */
function lessonOf(heads: readonly Head[]): Head['lesson'] {
  const places = columnsOf(heads.map(({ outputs }) => outputs))
  const targetPlaces = columnsOf(heads.map(({ lesson }) => lesson.targetWidth))
  const loss: LossFn = (outputs, batch) =>
    heads
      .map(({ lesson }, at) => {
        const [own, told] = [places[at]!, targetPlaces[at]!]
        return lesson.loss(slice(outputs, -1, own.from, own.count), {
          ...batch,
          targets: slice(field(batch, 'targets'), -1, told.from, told.count),
        })
      })
      .reduce((sum, each) => add(sum, each))
  return {
    targetWidth: targetPlaces[0]?.width ?? 0,
    targets(dataset) {
      const views = datasetViews(dataset)
      return besideEachOther(
        heads.map(({ lesson }, at) => lesson.targets(views[at]!)),
        heads.map(({ lesson }) => lesson.targetWidth),
      )
    },
    loss,
  }
}
