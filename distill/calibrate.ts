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
import { predictLogits } from '#engine/infer.ts'
import type { Network } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
import { endsInDense, scaledOutputs } from '#engine/scaled-outputs.ts'
import type { Runtime } from '#engine/session/index.ts'
import { distil, type Distillation } from './distil.ts'
import { gaussiansOf, HALF_WIDTH } from './gaussian.ts'

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

type Calibration = Omit<Distillation, 'resume' | 'onEpoch'> & { readonly values: Float32Array }

/**
 * The student that `job` made, with calibrated intervals; as it is where too few values are known, or where its last
 * layer is not a dense linear one. Takes as long as ten distillations, and the less the more rows are labelled: as one from 10,000 on. Rejects as `distil` does.
 */
export async function calibrated(runtime: Runtime, student: Network, job: Calibration): Promise<Network> {
  const known = job.values.reduce((count, value) => count + Number(!Number.isNaN(value)), 0)
  if (known < FEWEST_ROWS || !endsInDense(student)) return student
  return scaledOutputs(student, 1, [0, shiftOf(await crossFitted(runtime, job))])
}

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

async function crossFitted(runtime: Runtime, job: Calibration): Promise<Unseen> {
  // A student to go on from has seen the rows that are held back.
  const { start: _, ...afresh } = job
  const { student, rows, inputs, targets, values, seed } = afresh
  const items: Dataset = { rows, features: student.inputs, inputs, values, classes: [] }
  const known = Int32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]))
  const dealt = seededRandom(seed).fork('calibration folds').shuffle(known)
  const raw: number[] = []
  const seen: number[] = []
  const size = Math.ceil(dealt.length / FOLDS)
  for (let from = 0; from < Math.min(dealt.length, ENOUGH_ROWS); from += size) {
    const held = dealt.subarray(from, from + size)
    const without = new Set(held)
    const kept = Int32Array.from(values.keys()).filter((row) => !without.has(row))
    const taught = subset(items, kept)
    const { network } = await distil(runtime, {
      ...afresh,
      rows: taught.rows,
      inputs: taught.inputs,
      targets: subset({ ...items, inputs: targets, features: 2 }, kept).inputs,
      ...(taught.values && { values: taught.values }),
      seed: `${seed}/calibration/${from}`,
    })
    const asked = subset(items, held)
    raw.push(...(await predictLogits(runtime, network, asked.inputs, asked.rows)))
    seen.push(...(asked.values ?? []))
  }
  return { raw: Float32Array.from(raw), values: Float32Array.from(seen) }
}
