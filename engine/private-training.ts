/**
 * Training by noised sums of clipped gradients, as DP-SGD does (Abadi et al., arXiv 1607.00133, algorithm 1):
 *
 *     step t:  rows B_t, drawn by the caller        Poisson: each row alone, with probability q; B_t may be empty
 *              S_t = sum over B_t of clip(g_i, C)   in parts, as many rows at once as fit in memory
 *              p' = optimiser(p, (S_t + noise_t) / expected |B_t|)
 *
 * An empty batch still takes its step, with the noise alone, and the divisor is a constant: were it the batch's
 * own size, that size would be told. Rows and noise come from outside, because what they must be drawn from (the
 * privacy folder's generator) and what they cost (its accountant) is not the engine's to know. For the same
 * reason nothing of losses, norms or batch sizes is reported: only the weights are noised.
 */
import { checkBatch, rowsIn, widthsOf, wrongData } from './batch.ts'
import type { BatchData } from './batch.ts'
import { openClippedGradients } from './clipped-gradients.ts'
import type { ClippedGradients } from './clipped-gradients.ts'
import { EngineError } from './errors.ts'
import { parameterCount, trainedCount } from './layout.ts'
import type { RowLossFn } from './losses.ts'
import type { Network } from './network.ts'
import { optimiserFrom } from './optimiser.ts'
import type { Optimiser, OptimiserOptions } from './optimiser.ts'
import { privateUpdate } from './private-update.ts'
import { seededRandom } from './random.ts'
import { floats } from './session/runtime.ts'
import type { Runtime } from './session/runtime.ts'
import type { NetworkSpec } from './spec.ts'
import { averageIn } from './train.ts'
import { settle, startState, STEPS_PER_CALL, throwIfCancelled } from './training-calls.ts'
import type { Feeds } from './training-calls.ts'
import { scalarName, slotName, trainedName } from './training-graph.ts'
import { isFiniteVector } from './training-state.ts'

export interface PrivateJob {
  readonly network: Network
  /** All rows that may be drawn. */
  readonly batch: BatchData
  readonly loss: RowLossFn
  /** C: the most that one row can move a sum, in L2 norm, up to float32 rounding. */
  readonly clipNorm: number
  /** Without a clipNorm of its own, which would come after the noise. */
  readonly optimiser?: OptimiserOptions
  readonly steps: number
  /** The divisor of every sum, above 0: of Poisson batches, rows x q. */
  readonly expectedBatchSize: number
  /** The rows of a step, which counts from 1: none twice, or none at all. Asked for once a step, in order. */
  readonly batchOf: (step: number) => Int32Array
  /** What is added to the step's sum, a number for each trained parameter. Asked for once a step, in order. */
  readonly noise: (step: number) => Float32Array | Promise<Float32Array>
  /** Of dropout; nothing else here is drawn. */
  readonly seed: number | string
  /** The most rows whose gradients are found at once; what fits in about 256 MiB unless told. */
  readonly rowsPerCall?: number
  /** Goes on from here, with the job otherwise unchanged, as if it had never stopped, to the bit. */
  readonly resume?: PrivateState
  /** Stops after this step, of `steps` in all. */
  readonly until?: number
  /** Training waits for what it returns. */
  readonly onStep?: (progress: { step: number; steps: number }) => void | Promise<void>
  readonly signal?: AbortSignal
}

/** All that training holds between two steps. */
export interface PrivateState {
  /** Steps done. */
  readonly step: number
  readonly parameters: Float32Array
  /** The optimiser's vectors. */
  readonly slots: readonly Float32Array[]
}

export interface PrivateResult {
  readonly network: Network
  /** From which another call goes on. */
  readonly state: PrivateState
  /** With an optimiser that averages: the weights' moving average, as private as they are. */
  readonly averaged?: Network
}

const BYTES_PER_CALL = 256 * 2 ** 20

/**
 * Trains a network privately. The same job on the same runtime and thread count gives the same bits.
 * Throws ENGINE_DATA_INVALID for rows, noise or numbers that do not fit, ENGINE_SPEC_INVALID for a network with batch
 * normalisation, ENGINE_DIVERGED naming the step whose gradients are not finite, and ENGINE_CANCELLED.
 */
export async function trainPrivately(runtime: Runtime, job: PrivateJob): Promise<PrivateResult> {
  checkJob(job)
  throwIfCancelled(job.signal)
  const { network, batch, loss, clipNorm, steps, resume } = job
  const { spec } = network
  const optimiser = optimiserFrom(job.optimiser)
  const clipped = await openClippedGradients(runtime, { spec, widths: widthsOf(batch), loss, clipNorm })
  try {
    const session = await runtime.load(privateUpdate(spec, optimiser, job.expectedBatchSize))
    try {
      const state = startState(resume?.parameters ?? network.parameters, resume?.slots, optimiser)
      let step = resume?.step ?? 0
      while (step < Math.min(steps, job.until ?? steps)) {
        throwIfCancelled(job.signal)
        step += 1
        const sum = await sumOf(job, clipped, floats(state, 'parameters'), step)
        const noise = await job.noise(step)
        checkNoise(spec, noise)
        const outputs = await session.run({
          ...state,
          sum: { data: sum, shape: [sum.length] },
          noise: { data: noise, shape: [noise.length] },
          ...scalarFeeds(optimiser.scalars(step, steps)),
        })
        for (const name of Object.keys(state)) state[name] = outputs[trainedName(name)]!
        if (step % STEPS_PER_CALL === 0) slotsOf(state, optimiser).forEach(settle)
        await job.onStep?.({ step, steps })
      }
      const parameters = floats(state, 'parameters')
      if (!isFiniteVector(parameters)) throw divergedAt(step)
      const slots = slotsOf(state, optimiser).map((slot) => slot.slice())
      const averaged = averageIn(spec, optimiser, { parameters, slots }, step)
      return {
        network: { spec, parameters },
        state: { step, parameters, slots },
        ...(averaged && { averaged }),
      }
    } finally {
      await session.release()
    }
  } finally {
    await clipped.release()
  }
}

/** The sum of the clipped gradients of one step's rows, some rows at a time; zeros of none. */
async function sumOf(
  job: PrivateJob,
  clipped: ClippedGradients,
  parameters: Float32Array,
  step: number,
): Promise<Float32Array> {
  const { batch, network } = job
  const rows = job.batchOf(step)
  const all = rowsIn(batch)
  const stray = rows.find((row) => !(row >= 0 && row < all))
  if (stray !== undefined) throw wrongData(`The batch of step ${step} names row ${stray} of ${all}.`)
  // Twice in one batch, a row would move the sum by 2 C.
  if (new Set(rows).size < rows.length) throw wrongData(`The batch of step ${step} names a row twice.`)
  const rowsPerCall = job.rowsPerCall ?? Math.max(1, Math.floor(BYTES_PER_CALL / 4 / clipped.numbersPerRow))
  const masks = seededRandom(job.seed).fork('dropout')
  let total: Float32Array | undefined
  for (let from = 0; from < rows.length; from += rowsPerCall) {
    throwIfCancelled(job.signal)
    const seed = masks.fork(`step ${step} from ${from}`).integer(2 ** 32) | 0
    const part = await clipped(parameters, pick(batch, rows.subarray(from, from + rowsPerCall)), seed)
    // A norm that is no number would clip nothing.
    if (!isFiniteVector(part.norms)) throw divergedAt(step)
    if (total) addTo(total, part.sum)
    else total = part.sum
  }
  return total ?? new Float32Array(trainedCount(network.spec))
}

function addTo(total: Float32Array, part: Float32Array): void {
  for (let i = 0; i < total.length; i++) total[i]! += part[i]!
}

const pick = (batch: BatchData, rows: Int32Array): BatchData =>
  Object.fromEntries(
    Object.entries(batch).map(([name, { data, width }]) => {
      const picked = new Float32Array(rows.length * width)
      rows.forEach((row, i) => picked.set(data.subarray(row * width, (row + 1) * width), i * width))
      return [name, { data: picked, width }]
    }),
  )

const slotsOf = (state: Feeds, { slots }: Optimiser): Float32Array[] =>
  Array.from({ length: slots }, (_, i) => floats(state, slotName(i)))

const scalarFeeds = (scalars: readonly number[]): Feeds =>
  Object.fromEntries(scalars.map((x, i) => [scalarName(i), { data: Float32Array.of(x), shape: [1] }]))

function checkJob({
  network,
  batch,
  optimiser,
  steps,
  expectedBatchSize,
  rowsPerCall,
  resume,
}: PrivateJob): void {
  for (const [name, value] of Object.entries({ steps, rowsPerCall: rowsPerCall ?? 1 })) {
    if (!Number.isInteger(value) || value < 1) {
      throw wrongData(`Private training needs a whole number of at least 1 as ${name}, not ${value}.`)
    }
  }
  if (!(expectedBatchSize > 0 && expectedBatchSize < Infinity)) {
    throw wrongData(`Private training needs an expectedBatchSize above 0, not ${expectedBatchSize}.`)
  }
  if (optimiser?.clipNorm !== undefined) {
    throw wrongData('Private training clips each row by the job’s clipNorm; leave out that of the optimiser.')
  }
  const size = parameterCount(network.spec)
  const slots = optimiserFrom(optimiser).slots
  const held = resume ? [resume.parameters, ...resume.slots] : [network.parameters]
  if (held.some((vector) => vector.length !== size) || (resume && resume.slots.length !== slots)) {
    throw wrongData(
      `The network or the state to resume from does not fit ${size} parameters and ${slots} optimiser vectors.`,
    )
  }
  checkBatch(network.spec, 'training', batch)
}

function checkNoise(spec: NetworkSpec, noise: Float32Array): void {
  const wanted = trainedCount(spec)
  if (noise.length === wanted && isFiniteVector(noise)) return
  throw wrongData(
    `Private training needs ${wanted} finite numbers of noise a step, not these ${noise.length}.`,
  )
}

const divergedAt = (step: number): EngineError =>
  new EngineError(
    'ENGINE_DIVERGED',
    `Training diverged at step ${step}: a gradient or a weight is no longer a finite number.`,
  )
