/**
 * Training: prepares one graph, then calls the runtime for a bounded piece of work at a time.
 *
 * A call does as many steps as make about `WORK_PER_CALL` floating-point operations, at most an epoch. The
 * runtime holds the calling thread meanwhile, so the bound is what lets progress, cancel and a site's
 * heartbeat get their turn.
 */
import { EngineError } from './errors.ts'
import type { LossFn } from './losses.ts'
import { layersOf } from './architectures.ts'
import { usesDropout } from './layers.ts'
import { parameterCount, trainedCount } from './layout.ts'
import { workPerRow } from './network.ts'
import type { Network } from './network.ts'
import { optimiserFrom } from './optimiser.ts'
import type { Optimiser, OptimiserOptions } from './optimiser.ts'
import { seededRandom } from './random.ts'
import { floats } from './session/runtime.ts'
import type { Runtime, Session, Tensor } from './session/runtime.ts'
import type { NetworkSpec } from './spec.ts'
import { dataName, lossModel, scalarName, slotName, trainedName, trainingModel } from './training-graph.ts'
import type { BatchWidths } from './training-graph.ts'
import { batchStart, callRows, epochOrder, epochShape } from './training-plan.ts'

/** Named per-row tensors, row-major: `data` holds rows x `width` numbers. `inputs` is required. */
export type BatchData = Readonly<Record<string, { readonly data: Float32Array; readonly width: number }>>

export interface TrainingJob {
  /** The starting point: fresh from `initialise`, or trained before. */
  readonly network: Network
  readonly batch: BatchData
  readonly loss: LossFn
  readonly optimiser?: OptimiserOptions
  readonly epochs: number
  /** Goes on from here, with the job otherwise unchanged, as if it had never stopped, to the bit. */
  readonly resume?: TrainingState
  /** Stops after this epoch, of `epochs` in all. */
  readonly until?: number
  /** The most rows in one batch; `training-plan.ts` says how rows are dealt. */
  readonly batchSize: number
  readonly seed: number | string
  /** Stops after `patience` epochs without a lower loss on these rows, and keeps the best parameters. */
  readonly validation?: { readonly batch: BatchData; readonly patience: number }
  /** Called after every epoch; training waits for what it returns. */
  readonly onEpoch?: (progress: TrainingProgress) => void | Promise<void>
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
  /** The network as it is now. */
  readonly network: Network
  /** Present when the job has a clock. */
  readonly samplesPerSecond?: number
}

export interface TrainingResult {
  readonly network: Network
  readonly curve: EpochLoss[]
  /** Epochs that ran: fewer than asked for when validation stopped them. */
  readonly epochs: number
  /** From which another call goes on. */
  readonly state: TrainingState
  /** With an optimiser that averages: the latest weights' moving average. */
  readonly averaged?: Network
}

/** All that training holds between two epochs. */
export interface TrainingState {
  /** Epochs done. */
  readonly epoch: number
  /** The latest weights, which validation may not have found the best. */
  readonly parameters: Float32Array
  /** The optimiser's vectors. */
  readonly slots: readonly Float32Array[]
  /** Steps since negligible numbers were last put to 0. */
  readonly unsettled: number
  readonly best: { readonly loss: number; readonly epoch: number; readonly parameters: Float32Array }
}

/** About a tenth of a second of one core; the second bound is for tiny networks, whose steps cost more than their arithmetic. */
export const WORK_PER_CALL = 5e9
export const STEPS_PER_CALL = 200
/** Nothing against an optimiser's epsilon of 1e-8, and still a full float when 0.9^400 of it is left. */
const NEGLIGIBLE = 1e-19
const MOST_ROWS_PER_VALIDATION_CALL = 4096

/**
 * Trains a network. The same job and seed on the same runtime and thread count give the same bits.
 * Throws ENGINE_DATA_INVALID for tensors or numbers that do not fit, ENGINE_SHAPE for a loss that does not,
 * ENGINE_DIVERGED naming the epoch and step where a loss or a weight is no longer a finite number, and
 * ENGINE_CANCELLED.
 */
export async function train(runtime: Runtime, job: TrainingJob): Promise<TrainingResult> {
  const { batch, loss, epochs, signal, validation } = job
  const { spec } = job.network
  checkJob(job)
  throwIfCancelled(signal)
  const optimiser = optimiserFrom(job.optimiser)
  const widths = widthsOf(batch)

  const opened: Session[] = []
  const open = async (model: Uint8Array): Promise<Session> => {
    const session = await runtime.load(model)
    opened.push(session)
    return session
  }
  try {
    const runner = epochRunner(await open(trainingModel(spec, widths, loss, optimiser)), job, optimiser)
    const judge = validation && {
      session: await open(lossModel(spec, widths, loss)),
      batch: validation.batch,
      rowsPerCall: Math.max(
        1,
        Math.min(Math.floor(WORK_PER_CALL / (2 * workPerRow(spec))), MOST_ROWS_PER_VALIDATION_CALL),
      ),
    }
    const curve: EpochLoss[] = []
    let best = job.resume?.best ?? { loss: Infinity, epoch: 0, parameters: job.network.parameters }
    let last = job.resume?.epoch ?? 0
    for (let epoch = last + 1; epoch <= Math.min(epochs, job.until ?? epochs); epoch++) {
      const { loss, parameters, samplesPerSecond } = await runner.run(epoch)
      const validationLoss = judge && (await meanLoss(judge, parameters))
      if (validationLoss !== undefined && !Number.isFinite(validationLoss)) {
        throw new EngineError(
          'ENGINE_DIVERGED',
          `The validation loss is not a finite number at epoch ${epoch}.`,
        )
      }
      const ended = { epoch, loss, ...(validationLoss !== undefined && { validationLoss }) }
      curve.push(ended)
      const speed = samplesPerSecond === undefined ? {} : { samplesPerSecond }
      await job.onEpoch?.({ ...ended, epochs, network: { spec, parameters }, ...speed })
      // Without validation the latest is the best.
      if (validationLoss === undefined || validationLoss < best.loss) {
        best = { loss: validationLoss ?? Infinity, epoch, parameters }
      }
      last = epoch
      if (validation && epoch - best.epoch >= validation.patience) break
    }
    // A step's loss tells of the step before it; of the last, only the weights themselves can.
    if (!best.parameters.every(Number.isFinite))
      throw diverged(best.epoch, epochShape(rowsIn(batch), job.batchSize).batches)
    const state = { epoch: last, best, ...runner.state() }
    const steps = last * epochShape(rowsIn(batch), job.batchSize).batches
    const averaged = averageIn(spec, optimiser, state, steps)
    const network = { spec, parameters: best.parameters }
    return { network, curve, epochs: curve.length, state, ...(averaged && { averaged }) }
  } finally {
    await Promise.all(opened.map((session) => session.release()))
  }
}

/** The average that the last slot holds, made whole; running statistics are averages already. */
function averageIn(
  spec: NetworkSpec,
  { averageDecay }: Optimiser,
  { parameters, slots }: Pick<TrainingState, 'parameters' | 'slots'>,
  steps: number,
): Network | undefined {
  if (averageDecay === undefined || steps === 0) return undefined
  const trained = trainedCount(spec)
  const whole = 1 - averageDecay ** steps
  return { spec, parameters: parameters.map((p, i) => (i < trained ? slots.at(-1)![i]! / whole : p)) }
}

interface EpochOutcome {
  loss: number
  parameters: Float32Array
  samplesPerSecond: number | undefined
}

interface EpochRunner {
  run(epoch: number): Promise<EpochOutcome>
  state(): Pick<TrainingState, 'parameters' | 'slots' | 'unsettled'>
}

/** Holds the optimiser's state between epochs. */
function epochRunner(session: Session, job: TrainingJob, optimiser: Optimiser): EpochRunner {
  const { network, batch, batchSize, epochs, signal, clock } = job
  const rows = rowsIn(batch)
  const shape = epochShape(rows, batchSize)
  const random = seededRandom(job.seed).fork('batches')
  // Forward is two operations a multiplication, backward four.
  const work = 6 * workPerRow(network.spec) * batchSize
  const stepsPerCall = Math.max(1, Math.min(Math.floor(WORK_PER_CALL / work), STEPS_PER_CALL))
  const data = feedsOf(batch, 0, rows)
  const state = startState(job.resume?.parameters ?? network.parameters, job.resume?.slots, optimiser)
  let unsettled = job.resume?.unsettled ?? 0
  const slots = Array.from({ length: optimiser.slots }, (_, i) => slotName(i))
  const masks = usesDropout(layersOf(network.spec)) ? seededRandom(job.seed).fork('dropout') : undefined

  const run = async (epoch: number): Promise<EpochOutcome> => {
    const order = epochOrder(rows, epoch, random)
    const began = clock?.()
    let loss = 0
    for (let first = 0; first < shape.batches; first += stepsPerCall) {
      throwIfCancelled(signal)
      const end = Math.min(shape.batches, first + stepsPerCall)
      const stepsBefore = (epoch - 1) * shape.batches + first
      const scalars = Array.from({ length: end - first }, (_, i) =>
        optimiser.scalars(stepsBefore + i + 1, epochs * shape.batches),
      )
      const call = callFeeds(callRows(shape, order, first, end), scalars)
      const seeds =
        masks &&
        Int32Array.from(scalars, (_, i) => masks.fork(`step ${stepsBefore + i + 1}`).integer(2 ** 32))
      const outputs = await session.run({
        ...data,
        ...state,
        ...call,
        ...(seeds && { seeds: { data: seeds, shape: [seeds.length] } }),
      })
      for (const [i, stepLoss] of floats(outputs, 'losses').entries()) {
        if (!Number.isFinite(stepLoss)) throw diverged(epoch, first + i + 1)
        loss += (stepLoss * (batchStart(shape, first + i + 1) - batchStart(shape, first + i))) / rows
      }
      for (const name of Object.keys(state)) state[name] = outputs[trainedName(name)]!
      unsettled += end - first
      if (unsettled >= STEPS_PER_CALL) {
        for (const slot of slots) settle(floats(state, slot))
        unsettled = 0
      }
    }
    const parameters = floats(state, 'parameters')
    const seconds = began === undefined ? 0 : (clock!() - began) / 1000
    return { loss, parameters, samplesPerSecond: seconds > 0 ? rows / seconds : undefined }
  }
  return {
    run,
    state: () => ({
      parameters: floats(state, 'parameters'),
      slots: slots.map((slot) => floats(state, slot).slice()),
      unsettled,
    }),
  }
}

type Feeds = Record<string, Tensor>

export const startState = (
  parameters: Float32Array,
  held: readonly Float32Array[] | undefined,
  { slots }: Optimiser,
): Feeds => {
  const shape = [parameters.length]
  const zeros = Array.from({ length: slots }, (_, i) => [
    slotName(i),
    { data: held?.[i]?.slice() ?? new Float32Array(parameters.length), shape },
  ])
  return { parameters: { data: parameters, shape }, ...Object.fromEntries(zeros) }
}

/**
 * Puts negligible numbers to 0. The momentum of a weight that no row touches any more halves every few steps,
 * down to where numbers lose their leading bit and a CPU's arithmetic takes a hundred times as long.
 */
export function settle(vector: Float32Array): void {
  for (let i = 0; i < vector.length; i++) {
    const x = vector[i]!
    if (x < NEGLIGIBLE && x > -NEGLIGIBLE) vector[i] = 0
  }
}

export function callFeeds(
  { order, offsets }: ReturnType<typeof callRows>,
  scalars: readonly number[][],
): Feeds {
  const columns = scalars[0]!.map((_, i) => Float32Array.from(scalars, (row) => row[i]!))
  return {
    steps: { data: BigInt64Array.of(BigInt(scalars.length)), shape: [] },
    order: { data: order, shape: [order.length] },
    offsets: { data: offsets, shape: [offsets.length] },
    ...Object.fromEntries(columns.map((data, i) => [scalarName(i), { data, shape: [data.length] }])),
  }
}

export const feedsOf = (batch: BatchData, from: number, to: number): Feeds =>
  Object.fromEntries(
    Object.entries(batch).map(([name, { data, width }]) => [
      dataName(name),
      { data: data.subarray(from * width, to * width), shape: [to - from, width] },
    ]),
  )

/** The loss on rows kept apart, a bounded number at a time. */
async function meanLoss(
  { session, batch, rowsPerCall }: { session: Session; batch: BatchData; rowsPerCall: number },
  parameters: Float32Array,
): Promise<number> {
  const rows = rowsIn(batch)
  let total = 0
  for (let from = 0; from < rows; from += rowsPerCall) {
    const to = Math.min(rows, from + rowsPerCall)
    const state = { parameters: { data: parameters, shape: [parameters.length] } }
    const outputs = await session.run({ ...state, ...feedsOf(batch, from, to) })
    total += (floats(outputs, 'loss')[0]! * (to - from)) / rows
  }
  return total
}

export const rowsIn = ({ inputs }: BatchData): number => inputs!.data.length / inputs!.width

export const widthsOf = (batch: BatchData): BatchWidths =>
  Object.fromEntries(Object.entries(batch).map(([name, { width }]) => [name, width]))

export const wrongData = (message: string): EngineError => new EngineError('ENGINE_DATA_INVALID', message)

function checkJob({ network, batch, epochs, batchSize, validation, resume, optimiser }: TrainingJob): void {
  for (const [name, value] of Object.entries({ epochs, batchSize, patience: validation?.patience ?? 1 })) {
    if (!Number.isInteger(value) || value < 1) {
      throw wrongData(`Training needs a whole number of at least 1 as ${name}, not ${value}.`)
    }
  }
  const wanted = parameterCount(network.spec)
  if (network.parameters.length !== wanted) {
    throw wrongData(`The network's spec has ${wanted} parameters, its vector ${network.parameters.length}.`)
  }
  if (resume) {
    const held = [resume.parameters, ...resume.slots]
    const slots = optimiserFrom(optimiser).slots
    if (held.length !== slots + 1 || held.some((vector) => vector.length !== wanted)) {
      throw wrongData(
        `The state to resume from does not fit a network of ${wanted} parameters and ${slots} optimiser vectors.`,
      )
    }
  }
  checkBatch(network.spec, 'training', batch)
  if (validation) checkBatch(network.spec, 'validation', validation.batch)
  const names = new Set([batch, validation?.batch ?? batch].flatMap(Object.keys))
  for (const name of names) {
    if (batch[name]?.width !== (validation?.batch ?? batch)[name]?.width) {
      throw wrongData(`The tensor "${name}" must have one width in the training and the validation batch.`)
    }
  }
}

/** Every tensor must have as many rows as the inputs, and hold only numbers. */
export function checkBatch(spec: NetworkSpec, purpose: string, batch: BatchData): void {
  const inputs = batch['inputs']
  if (inputs?.width !== spec.inputs) {
    const given = inputs ? `has ${inputs.width} columns` : 'is missing'
    throw wrongData(`The ${purpose} tensor "inputs" ${given}; the network takes ${spec.inputs}.`)
  }
  const rows = rowsIn(batch)
  for (const [name, { data, width }] of Object.entries(batch)) {
    if (rows < 1 || data.length !== rows * width) {
      throw wrongData(
        `The ${purpose} tensor "${name}" has ${data.length} numbers for ${rows} rows of ${width}.`,
      )
    }
    const bad = data.findIndex((x) => !Number.isFinite(x))
    if (bad >= 0) {
      const place = `row ${Math.floor(bad / width) + 1}, column ${(bad % width) + 1}`
      throw wrongData(`The ${purpose} tensor "${name}" holds ${data[bad]} at ${place}.`)
    }
  }
}

export const diverged = (epoch: number, step: number): EngineError =>
  new EngineError(
    'ENGINE_DIVERGED',
    `Training diverged at epoch ${epoch}, step ${step}: its loss or its weights are no longer finite numbers.`,
  )

export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new EngineError('ENGINE_CANCELLED', 'Training was cancelled.')
}
