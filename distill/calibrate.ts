/**
 * Makes the intervals of a finished student honest, where some transfer rows have public values.
 *
 * A student's variance is that of its targets, and its targets say how wrong the *teachers* are. On a new row the student
 * errs once more by itself, and on the rows that taught it nobody can see how much: there it says what it was told. So
 * students like it are taught without some of the labelled rows, a tenth at a time, and each is asked about the rows it
 * did not see (cross-conformal prediction: Vovk, arXiv 1208.0806). Where their intervals would have to be wider by one
 * factor to hold nine in ten values, those of the student are made so.
 *
 *     ten rows, errors in deviations   .1 .3 .4 .6 .8 1.0 1.2 1.5 2.0 3.1
 *     the ceil(.9 (10 + 1)) = 10th     3.1, where 1.64 was claimed: the deviation becomes 1.9 times as large
 *
 * The factor is not a number beside the network but a shift of the bias that its log-variance ends in, so whoever
 * runs the network, a browser or a site that measures it, has honest intervals.
 */
import { subset, type Dataset } from '#engine/data/dataset.ts'
import { joined, rowsOfMatrix } from '#engine/data/matrix.ts'
import { allRows } from '#engine/data/split.ts'
import { predictLogits } from '#engine/infer.ts'
import type { Network } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
import { endsInDense, scaledOutputs } from '#engine/scaled-outputs.ts'
import type { Runtime } from '#engine/session/index.ts'
import { columnsOf, takeColumns } from './columns.ts'
import { distil, type Distillation } from './distil.ts'
import { gaussiansOf, HALF_WIDTH } from './gaussian.ts'
import { headOf } from './heads.ts'

/** With fewer values known, the tenth of them that an interval may miss is too few rows to tell anything. */
const FEWEST_ROWS = 30
const FOLDS = 10
/** More errors than these say no more: the fraction of them inside an interval is then known to within .01. */
const ENOUGH_ROWS = 1000
/** A shift of the log-variance beyond this, 16 times the variance, says that something else is wrong. */
const MOST_SHIFT = Math.log(16)

/** What students gave for rows that did not teach them: mean and raw log-variance, rows x 2, and the values there. */
export interface Unseen {
  readonly raw: Float32Array
  readonly values: Float32Array
}

type Calibration = Omit<Distillation, 'resume' | 'onEpoch'>

/** A number that the student predicts: where its mean is among the outputs, and its standardised values, NaN where unknown. */
interface Numbers {
  readonly mean: number
  readonly values: Float32Array
}

/**
 * The student that `job` made, with calibrated intervals of each number it predicts; as it is where too few values are
 * known, or where its last layer is not a dense linear one. Takes as long as ten distillations, and the less the more
 * rows are labelled: as one from 10,000 on. Rejects as `distil` does.
 */
export async function calibrated(runtime: Runtime, student: Network, job: Calibration): Promise<Network> {
  const numbers = numbersOf(job).filter(({ values }) => knownOf(values).length >= FEWEST_ROWS)
  if (numbers.length === 0 || !endsInDense(student)) return student
  const shifts = new Float64Array(student.spec.outputs)
  const { rows, raw } = await crossFitted(runtime, job, numbers)
  for (const { mean, values } of numbers) {
    const known = [...rows.keys()].filter((at) => !Number.isNaN(values[rows[at]!]))
    const own = takeColumns(raw, { from: mean, count: 2, width: student.spec.outputs })
    shifts[mean + 1] = shiftOf({
      raw: Float32Array.from(known.flatMap((at) => [own[2 * at]!, own[2 * at + 1]!])),
      values: Float32Array.from(known, (at) => values[rows[at]!]!),
    })
  }
  return scaledOutputs(student, 1, shifts)
}

function numbersOf({ heads, values }: Calibration): Numbers[] {
  if (!heads) return values ? [{ mean: 0, values }] : []
  const places = columnsOf(heads.map((head) => headOf(head).outputs))
  return heads.flatMap((head, at) => (head.values ? [{ mean: places[at]!.from, values: head.values }] : []))
}

const knownOf = (values: Float32Array): number[] =>
  [...values.keys()].filter((row) => !Number.isNaN(values[row]))

/**
 * The shift of the raw log-variance at which nine in ten intervals hold their value: at which the ceil(.9 (n + 1))-th
 * smallest error, in deviations, is half the width of an interval. Each error shrinks as the shift grows, so halving
 * the bracket finds it.
 */
export function shiftOf({ raw, values }: Unseen): number {
  const rank = Math.min(values.length, Math.ceil(0.9 * (values.length + 1)))
  const quantile = (shift: number): number => {
    const predicted = gaussiansOf(raw.map((value, at) => (at % 2 === 0 ? value : value + shift)))
    const errors = values.map(
      (value, row) =>
        Math.abs(value - (predicted[2 * row] as number)) / Math.sqrt(predicted[2 * row + 1] as number),
    )
    return errors.sort()[rank - 1] ?? 0
  }
  let [low, high] = [-MOST_SHIFT, MOST_SHIFT]
  for (let halvings = 0; halvings < 20; halvings++) {
    const middle = (low + high) / 2
    if (quantile(middle) > HALF_WIDTH[90]) low = middle
    else high = middle
  }
  return high
}

/** What students like it give, rows x outputs, for rows that did not teach them and of which a number is known. */
async function crossFitted(
  runtime: Runtime,
  job: Calibration,
  numbers: readonly Numbers[],
): Promise<{ readonly rows: readonly number[]; readonly raw: Float32Array }> {
  // A student to go on from has seen the rows that are held back.
  const { start: _, ...afresh } = job
  const { student, inputs, targets, seed } = afresh
  const known = new Set(numbers.flatMap(({ values }) => knownOf(values)))
  const items: Dataset = { classes: [], ...afresh, features: student.inputs, inputs }
  const dealt = seededRandom(seed).fork('calibration folds').shuffle(Int32Array.from(known).sort())
  const raw: Float32Array[] = []
  const size = Math.ceil(dealt.length / FOLDS)
  const asked = Math.min(dealt.length, Math.ceil(ENOUGH_ROWS / size) * size)
  for (let from = 0; from < asked; from += size) {
    const held = dealt.subarray(from, from + size)
    const without = new Set(held)
    const kept = allRows(afresh.rows).filter((row) => !without.has(row))
    const { rows, values, heads, ...taught } = subset(items, kept)
    const { network } = await distil(runtime, {
      ...afresh,
      rows,
      inputs: taught.inputs,
      targets: rowsOfMatrix(targets, student.outputs, kept),
      ...(values && { values }),
      ...(heads && { heads }),
      seed: `${seed}/calibration/${from}`,
    })
    const unseen = subset(items, held)
    raw.push(await predictLogits(runtime, network, unseen.inputs, unseen.rows))
  }
  return { rows: [...dealt.subarray(0, asked)], raw: joined(raw) }
}
