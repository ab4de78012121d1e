/**
 * Training: prepares one graph, then calls the runtime for a bounded piece of work at a time.
 *
 * A call does as many steps as make about `WORK_PER_CALL` floating-point operations, several short epochs or
 * a part of a long one. The runtime holds the calling thread meanwhile, so the bound is what lets progress,
 * cancel and a site's heartbeat get their turn.
 */
import { EngineError } from './errors.ts'
import type { LossFn } from './losses.ts'
import type { Network } from './network.ts'
import { adam } from './optimiser.ts'
import type { AdamOptions, Optimiser } from './optimiser.ts'
import { seededRandom } from './random.ts'
import { floats } from './session/runtime.ts'
import type { Runtime, Tensor } from './session/runtime.ts'
import { parameterCount } from './spec.ts'
import { dataName, lossModel, slotName, trainedName, trainingModel } from './training-graph.ts'
import type { BatchWidths } from './training-graph.ts'
import { batchOf, planTraining, rowsOf } from './training-plan.ts'
import type { StepRange, TrainingPlan } from './training-plan.ts'

/** Named per-row tensors, row-major: `data` holds rows x `width` numbers. `inputs` is required. */
export type BatchData = Readonly<Record<string, { readonly data: Float32Array; readonly width: number }>>

export interface TrainingJob {
  /** The starting point: fresh from `initialise`, or trained before. */
  readonly network: Network
  readonly batch: BatchData
  readonly loss: LossFn
  readonly optimiser?: AdamOptions
  readonly epochs: number
  /** The most rows in one batch; `training-plan.ts` says how rows are dealt. */
  readonly batchSize: number
  readonly seed: number | string
  /** Stops after `patience` epochs without a lower loss on these rows, and keeps the best parameters. */
  readonly validation?: { readonly batch: BatchData; readonly patience: number }
  readonly onEpoch?: (progress: TrainingProgress) => void
  readonly signal?: AbortSignal
  /** Milliseconds, from anywhere; only for `samplesPerSecond`. */
  readonly clock?: () => number
}

export interface EpochLoss {
  /** Counts from 1. */
  readonly epoch: number
  /** The mean over the epoch's rows of each batch's loss before its update. */
  readonly loss: number
  readonly validationLoss?: number
}

export interface TrainingProgress extends EpochLoss {
  readonly epochs: number
  /** Present when the job has a clock. */
  readonly samplesPerSecond?: number
}

export interface TrainingResult {
  readonly network: Network
  readonly curve: EpochLoss[]
  /** Epochs that ran: fewer than asked for when validation stopped them. */
  readonly epochs: number
}

/** About 50 ms of one core; the second bound is for tiny networks, whose steps cost more than their arithmetic. */
const WORK_PER_CALL = 2e9
const STEPS_PER_CALL = 1000
const ROWS_PER_VALIDATION_CALL = 4096

/**
 * Trains a network. The same job and seed on the same runtime and thread count give the same bits.
 * Throws ENGINE_DATA_INVALID for tensors or numbers that do not fit, ENGINE_SHAPE for a loss that does not,
 * ENGINE_DIVERGED naming the epoch and step when the loss is no longer a number, and ENGINE_CANCELLED.
 */
export async function train(runtime: Runtime, job: TrainingJob): Promise<TrainingResult> {
  const { network, batch, loss, epochs, batchSize, signal, clock } = job
  checkJob(job)
  const rows = checkBatch(network, batch)
  const widths = Object.fromEntries(Object.entries(batch).map(([name, { width }]) => [name, width]))
  const optimiser = adam(job.optimiser)
  const random = seededRandom(job.seed).fork('batches')
  // Forward is two operations a weight, backward four.
  const stepsPerCall = Math.min(
    WORK_PER_CALL / (6 * parameterCount(network.spec) * batchSize),
    STEPS_PER_CALL,
  )
  const plan = planTraining({
    rows,
    batchSize,
    epochs,
    stepsPerCall,
    pauseAtEpochs: job.validation !== undefined,
  })

  throwIfCancelled(signal)
  const session = await runtime.load(trainingModel(network.spec, widths, loss, optimiser))
  const judge = job.validation && (await openJudge(runtime, network, widths, loss, job.validation.batch))
  try {
    const data = feedsOf(batch, 0, rows)
    const curve: EpochLoss[] = []
    let state = startState(network.parameters, optimiser)
    let best = { loss: Infinity, epoch: 0, parameters: network.parameters }
    let epochLoss = 0

    for (const call of plan.calls) {
      throwIfCancelled(signal)
      const started = clock?.()
      const outputs = await session.run({ ...data, ...state, ...callFeeds(plan, call, random, optimiser) })
      const seconds = started === undefined ? undefined : (clock!() - started) / 1000
      state = Object.fromEntries(Object.keys(state).map((name) => [name, outputs[trainedName(name)]!]))
      const parameters = floats(outputs, trainedName('parameters'))

      const samples = call.count * (rows / plan.stepsPerEpoch)
      for (const [i, stepLoss] of floats(outputs, 'losses').entries()) {
        const { epoch, start, end } = batchOf(plan, call.first + i)
        if (!Number.isFinite(stepLoss))
          throw diverged(epoch, call.first + i - (epoch - 1) * plan.stepsPerEpoch + 1)
        epochLoss += (stepLoss * (end - start)) / rows
        if (end < rows) continue

        const validationLoss = await judge?.loss(parameters)
        const ended = { epoch, loss: epochLoss, ...(validationLoss !== undefined && { validationLoss }) }
        curve.push(ended)
        job.onEpoch?.({ ...ended, epochs, ...(seconds && { samplesPerSecond: samples / seconds }) })
        throwIfCancelled(signal)
        epochLoss = 0
        if (validationLoss === undefined || validationLoss < best.loss) {
          best = { loss: validationLoss ?? Infinity, epoch, parameters }
        }
      }
      if (job.validation && curve.length - best.epoch >= job.validation.patience) break
    }
    if (!best.parameters.every(Number.isFinite)) throw diverged(curve.length, plan.stepsPerEpoch)
    return { network: { spec: network.spec, parameters: best.parameters }, curve, epochs: curve.length }
  } finally {
    await session.release()
    await judge?.release()
  }
}

type Feeds = Record<string, Tensor>

const startState = (parameters: Float32Array, { slots }: Optimiser): Feeds => {
  const shape = [parameters.length]
  const zeros = Array.from({ length: slots }, (_, i) => [
    slotName(i),
    { data: new Float32Array(parameters.length), shape },
  ])
  return { parameters: { data: parameters, shape }, ...Object.fromEntries(zeros) }
}

function callFeeds(
  plan: TrainingPlan,
  call: StepRange,
  random: ReturnType<typeof seededRandom>,
  optimiser: Optimiser,
): Feeds {
  const { order, offsets } = rowsOf(plan, call, random)
  const scalars = Array.from({ length: call.count }, (_, i) =>
    optimiser.scalars(call.first + i + 1, plan.totalSteps),
  )
  return {
    steps: { data: BigInt64Array.of(BigInt(call.count)), shape: [] },
    order: { data: order, shape: [order.length] },
    offsets: { data: offsets, shape: [offsets.length] },
    scalars: { data: Float32Array.from(scalars.flat()), shape: [call.count, scalars[0]!.length] },
  }
}

const feedsOf = (batch: BatchData, from: number, to: number): Feeds =>
  Object.fromEntries(
    Object.entries(batch).map(([name, { data, width }]) => [
      dataName(name),
      { data: data.subarray(from * width, to * width), shape: [to - from, width] },
    ]),
  )

interface Judge {
  loss(parameters: Float32Array): Promise<number>
  release(): Promise<void>
}

/** Measures the loss on rows kept apart, a bounded number at a time. */
async function openJudge(
  runtime: Runtime,
  network: Network,
  widths: BatchWidths,
  loss: LossFn,
  batch: BatchData,
): Promise<Judge> {
  const rows = checkBatch(network, batch)
  const session = await runtime.load(lossModel(network.spec, widths, loss))
  return {
    async loss(parameters) {
      let total = 0
      for (let from = 0; from < rows; from += ROWS_PER_VALIDATION_CALL) {
        const to = Math.min(rows, from + ROWS_PER_VALIDATION_CALL)
        const state = { parameters: { data: parameters, shape: [parameters.length] } }
        const outputs = await session.run({ ...state, ...feedsOf(batch, from, to) })
        total += (floats(outputs, 'loss')[0]! * (to - from)) / rows
      }
      return total
    },
    release: () => session.release(),
  }
}

function checkJob({ network, epochs, batchSize }: TrainingJob): void {
  const counts = { epochs, batchSize }
  for (const [name, value] of Object.entries(counts)) {
    if (!Number.isInteger(value) || value < 1) {
      throw new EngineError(
        'ENGINE_DATA_INVALID',
        `Training needs a whole number of at least 1 as ${name}, not ${value}.`,
      )
    }
  }
  const wanted = parameterCount(network.spec)
  if (network.parameters.length !== wanted) {
    const has = network.parameters.length
    throw new EngineError(
      'ENGINE_DATA_INVALID',
      `The network's spec has ${wanted} parameters, its vector ${has}.`,
    )
  }
}

/** The number of rows, when every tensor has as many and holds only numbers. */
function checkBatch({ spec }: Network, batch: BatchData): number {
  const inputs = batch['inputs']
  if (inputs?.width !== spec.inputs) {
    const given = inputs ? `has ${inputs.width} columns` : 'is missing'
    throw new EngineError(
      'ENGINE_DATA_INVALID',
      `The batch tensor "inputs" ${given}; the network takes ${spec.inputs}.`,
    )
  }
  const rows = inputs.data.length / inputs.width
  for (const [name, { data, width }] of Object.entries(batch)) {
    if (rows < 1 || data.length !== rows * width) {
      const sizes = `${data.length} numbers for ${rows} rows of ${width}`
      throw new EngineError('ENGINE_DATA_INVALID', `The batch tensor "${name}" has ${sizes}.`)
    }
    const bad = data.findIndex((x) => !Number.isFinite(x))
    if (bad >= 0) {
      const place = `row ${Math.floor(bad / width) + 1}, column ${(bad % width) + 1}`
      throw new EngineError(
        'ENGINE_DATA_INVALID',
        `The batch tensor "${name}" holds ${data[bad]} at ${place}.`,
      )
    }
  }
  return rows
}

const diverged = (epoch: number, step: number): EngineError =>
  new EngineError(
    'ENGINE_DIVERGED',
    `The training loss is not a finite number at epoch ${epoch}, step ${step}.`,
  )

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new EngineError('ENGINE_CANCELLED', 'Training was cancelled.')
}
