/**
 * The DP-SGD teacher (Abadi et al. 2016, 1607.00133): one network whose training is differentially private, so that
 * whatever it answers, to however many questions, costs nothing more (post-processing).
 *
 * In each step every person is drawn with probability `samplingRate`, alone (Poisson; dealt batches are not covered
 * by the analysis), and of each person drawn one row. So one person moves a step's sum by `clipNorm` at most. The
 * noise is calibrated by the accountants for all steps. Sampling rate, steps and divisor come from site.yaml, not from
 * the data; with Adam the divisor does not matter. Nobody tells how many rows were drawn.
 *
 * The noise is made of doubles, not of exact integers, and is added to a sum of floats. What leaks through the
 * lowest bits of such a sum (Mironov 2012) is here folded into thousands of weights over hundreds of steps, and each
 * draw is the sum of four, whose bits no one has inverted (Holohan and Braghin 2021, 2107.10138). This is a defence, not
 * a proof; the noise of `pate` is exact.
 */
import { defaultTeacher } from '#distill/defaults.ts'
import { oneHot, type Dataset } from '#engine/data/dataset.ts'
import type { FeatureSchema } from '#engine/data/schema.ts'
import { parameterCount } from '#engine/layout.ts'
import { rowCrossEntropy } from '#engine/losses.ts'
import { initialise } from '#engine/network.ts'
import { trainPrivately } from '#engine/private-training.ts'
import { seededRandom } from '#engine/random.ts'
import type { Runtime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import type { TrainingProgress } from '#engine/train.ts'
import type { Blobs, SecureRandom } from '#federation/ports.ts'
import { calibrate } from '#privacy/accounting/calibration.ts'
import type { Mechanism } from '#privacy/accounting/mechanism.ts'
import { wordStream } from '#privacy/masks.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { DpsgdTeacherConfig } from '../config.ts'
import { rowsByUnit } from '../units.ts'
import { keepNetwork, type NetworkTeacher } from './trained.ts'

export interface DpsgdJob {
  readonly config: DpsgdTeacherConfig
  /** As planned from `config`. */
  readonly plan: DpsgdSteps
  readonly schema: FeatureSchema
  readonly training: Dataset
  /** Of the first weights; batches and noise come from `random`. */
  readonly seed: number
  readonly random: SecureRandom
  readonly signal: AbortSignal
  readonly onEpoch: (progress: Pick<TrainingProgress, 'epoch' | 'epochs'>) => void
}

/** All steps, with the least noise over the clipping bound that keeps the promise. Throws `DP_UNREACHABLE`. */
export function planSteps({ epsilon, delta, samplingRate, steps }: DpsgdTeacherConfig): DpsgdSteps {
  const steadily = (noiseMultiplier: number) =>
    ({ kind: 'sampledGaussian', samplingRate, noiseMultiplier, count: steps }) as const
  return steadily(calibrate({ epsilon, delta }, (noise) => [steadily(noise)]).noise)
}

export type DpsgdSteps = Extract<Mechanism, { kind: 'sampledGaussian' }>

/** Trains and keeps the teacher. Rejects with `CONFIG_INVALID` for too large a delta, and as `trainPrivately` does. */
export async function trainDpsgd(runtime: Runtime, blobs: Blobs, job: DpsgdJob): Promise<NetworkTeacher> {
  const { config, plan, schema, training, seed, random, signal, onEpoch } = job
  const { clipNorm, learningRate, delta } = config
  const { samplingRate, noiseMultiplier, count: steps } = plan
  if (delta * 10 * training.rows > 1)
    throw new CollegiumError(
      'CONFIG_INVALID',
      `teacher.delta: ${delta} is above 1/(10 rows) for ${training.rows} rows; write ${1 / (10 * training.rows)} or less.`,
    )
  const classes = training.classes.length
  const usual = defaultTeacher(schema, training.rows)
  const spec = parseSpec({ ...usual, hidden: config.hidden ?? [] })
  const nextWord = wordStream(random(32))
  const units = rowsByUnit(training)
  const noise = gaussian(noiseMultiplier * clipNorm, nextWord)
  const { network } = await trainPrivately(runtime, {
    network: initialise(spec, seededRandom(seed).fork('teacher')),
    batch: {
      inputs: { data: training.inputs, width: training.features },
      targets: { data: oneHot(training.labels ?? new Int32Array(), classes), width: classes },
    },
    loss: rowCrossEntropy,
    clipNorm,
    optimiser: { learningRate, schedule: 'cosine' },
    steps,
    expectedBatchSize: EXPECTED_BATCH,
    batchOf: () => poissonBatch(units, samplingRate, nextWord),
    noise: () => Float32Array.from({ length: parameterCount(spec) }, noise),
    seed,
    signal,
    onStep: ({ step }) => onEpoch({ epoch: step, epochs: steps }),
  })
  return keepNetwork(runtime, blobs, 'dpsgd', network)
}

/** Adam divides by the size of its gradients, so any constant does. */
const EXPECTED_BATCH = 100

/** Each unit with the given probability, alone, and one row of each that is drawn. */
export function poissonBatch(
  units: readonly Int32Array[],
  samplingRate: number,
  nextWord: () => number,
): Int32Array {
  const drawn: number[] = []
  for (const rows of units)
    if (uniform(nextWord) < samplingRate)
      drawn.push(rows[Math.floor(uniform(nextWord) * rows.length)] as number)
  return Int32Array.from(drawn)
}

/** Normal draws of the given standard deviation: two pairs by Box and Muller make one. */
export function gaussian(stdDev: number, nextWord: () => number): () => number {
  const pair = (): number => {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform(nextWord)))
    const angle = 2 * Math.PI * uniform(nextWord)
    return radius * (Math.cos(angle) + Math.sin(angle))
  }
  return () => (stdDev / 2) * (pair() + pair())
}

/** On [0, 1), 53 bits. */
const uniform = (nextWord: () => number): number =>
  ((nextWord() >>> 5) * 2 ** 26 + (nextWord() >>> 6)) / 2 ** 53
