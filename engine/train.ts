/**
 * Training: prepares one graph, then runs it epoch by epoch (`epoch-runner.ts`).
 *
 *     rows, in memory or streamed (`stream.ts`) ──► augmented (`augment.ts`) ──► steps (`training-graph.ts`)
 *          ▲                                                                          │
 *          └── the next epoch ◄── best so far? (`validation.ts`) ◄── state (`training-state.ts`)
 *
 * The state between two epochs is all there is: a run can stop there, be saved, and go on elsewhere.
 */
import { parseAugmentations } from './augment.ts'
import type { Augmentation } from './augment.ts'
import { checkBatch, checkWidths, rowsIn, widthsOf, wrongData } from './batch.ts'
import type { BatchData, BatchWidths } from './batch.ts'
import { epochRunner } from './epoch-runner.ts'
import { atLastStep } from './losses.ts'
import type { LossFn, StepNumbers } from './losses.ts'
import { parameterCount, trainedCount } from './layout.ts'
import type { Network } from './network.ts'
import { optimiserFrom } from './optimiser.ts'
import type { Optimiser, OptimiserOptions } from './optimiser.ts'
import { seededRandom } from './random.ts'
import type { Runtime } from './session/runtime.ts'
import type { NetworkSpec } from './spec.ts'
import { isSource, segmentsOf } from './stream.ts'
import type { RowSource } from './stream.ts'
import { throwIfCancelled } from './training-calls.ts'
import { networkSubject, subjectModel } from './training-graph.ts'
import { checkFinite, TrainingDiverged } from './training-state.ts'
import type { TrainingState } from './training-state.ts'
import { openJudge } from './validation.ts'
import type { Judge, Judgement, Validation } from './validation.ts'

export interface TrainingJob {
  /** The starting point: fresh from `initialise`, or trained before. */
  readonly network: Network
  /** Rows in memory, or a source of rows that need not fit there. */
  readonly batch: BatchData | RowSource
  readonly loss: LossFn
  /** What the loss reads of the step, such as a temperature that falls. */
  readonly stepNumbers?: StepNumbers
  readonly optimiser?: OptimiserOptions
  readonly epochs: number
  /** Goes on from here, with the job otherwise unchanged, as if it had never stopped, to the bit. */
  readonly resume?: TrainingState
  /** Stops after this epoch, of `epochs` in all. */
  readonly until?: number
  /** The most rows in one batch; `training-plan.ts` says how rows are dealt. */
  readonly batchSize: number
  /** Every batch is `batchSize` neighbours in the data, whose rows must make whole batches and be in memory. */
  readonly keepNeighbours?: boolean
  readonly seed: number | string
  /** What is done to rows before they are trained on, in this order; never to those of validation. */
  readonly augment?: readonly Augmentation[]
  /** The most bytes of a source's rows held at a time, 64 MiB unless told. Other bounds deal rows in another order. */
  readonly segmentBytes?: number
  /** Stops after `patience` epochs without a better score on these rows, and keeps the best parameters. */
  readonly validation?: Validation
  /** Called after every epoch; training waits for what it returns. */
  readonly onEpoch?: (progress: TrainingProgress) => void | Promise<void>
  /** Called after every call to the runtime, about ten times a second; training waits for what it returns. */
  readonly onSteps?: (progress: StepProgress) => void | Promise<void>
  readonly signal?: AbortSignal
  /** Milliseconds, from anywhere; only for `samplesPerSecond` and `secondsLeft`. */
  readonly clock?: () => number
}

export interface EpochLoss {
  /** Counts from 1. */
  readonly epoch: number
  /** The mean over the epoch's rows of each batch's loss before its update. */
  readonly loss: number
  readonly validationLoss?: number
  /** By the metric that validation asks for, where that is not the loss. */
  readonly validationScore?: number
}

export interface TrainingProgress extends EpochLoss {
  readonly epochs: number
  /** The network as it is now. */
  readonly network: Network
  /** From which another call goes on; `encodeTrainingState` makes bytes of it. */
  readonly state: TrainingState
  /** Present when the job has a clock. */
  readonly samplesPerSecond?: number
  /** Until the last epoch, at the mean pace so far; present when the job has a clock. */
  readonly secondsLeft?: number
}

export interface StepProgress {
  /** The epoch under way, of `epochs`; counts from 1. */
  readonly epoch: number
  readonly epochs: number
  /** Steps done, of `steps` that the epoch has. */
  readonly step: number
  readonly steps: number
  /** The mean over the epoch's rows so far. */
  readonly loss: number
  /** As in `TrainingProgress`. */
  readonly secondsLeft?: number
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

/**
 * Trains a network. The same job and seed on the same runtime and thread count give the same bits.
 * Throws ENGINE_DATA_INVALID for tensors or numbers that do not fit, ENGINE_SHAPE for a loss that does not,
 * ENGINE_SPEC_INVALID for an augmentation that does not, ENGINE_CANCELLED, and ENGINE_DIVERGED
 * (`TrainingDiverged`) naming the epoch and step where a loss or a weight is no longer a finite number.
 */
export async function train(runtime: Runtime, job: TrainingJob): Promise<TrainingResult> {
  const { batch, loss, stepNumbers = {}, epochs, batchSize, seed, signal, validation } = job
  const { spec } = job.network
  checkJob(job)
  throwIfCancelled(signal)
  const optimiser = optimiserFrom(job.optimiser)
  const augment = parseAugmentations(job.augment ?? [], spec)
  const subject = networkSubject(spec, loss, augment, stepNumbers)
  const random = seededRandom(seed).fork('batches')
  const { segmentBytes, keepNeighbours } = job
  const segments = segmentsOf(batch, { batchSize, random, segmentBytes, keepNeighbours })
  const steps = segments.batches
  const last = Math.min(epochs, job.until ?? epochs)

  let state = job.resume ?? freshState(job.network, optimiser)
  const session = await runtime.load(subjectModel(subject, tensorWidths(batch), optimiser))
  let judge: Judge | undefined
  try {
    const judging = atLastStep(loss, stepNumbers, epochs * steps)
    judge = validation && (await openJudge(runtime, spec, judging, validation))
    const parts = { session, spec, subject, segments, optimiser, augment, stepNumbers }
    const runner = epochRunner({ ...parts, batchSize, epochs, seed, signal })
    const curve: EpochLoss[] = []
    const timeLeft = pace(job.clock, state.epoch * steps, last * steps)
    while (state.epoch < last && !isOutOfPatience(state, validation)) {
      const before = state
      const epoch = before.epoch + 1
      const began = job.clock?.()
      const { loss, after } = await runner.run(before, (step, loss) =>
        job.onSteps?.({ epoch, epochs, step, steps, loss, ...timeLeft(before.epoch * steps + step) }),
      )
      const seconds = began === undefined ? 0 : (job.clock!() - began) / 1000
      checkFinite({ epoch, ...after }, before, steps)
      const judged = await judge?.judge(after.parameters)
      if (judged && !Number.isFinite(judged.loss)) {
        throw new TrainingDiverged(`The validation loss is not a finite number at epoch ${epoch}.`, before)
      }
      const best =
        !judge || judge.isBetter(judged!.score, before.best.score)
          ? { epoch, parameters: after.parameters, ...(judged && { score: judged.score }) }
          : before.best
      state = { epoch, ...after, best }

      const ended = { epoch, loss, ...scoresOf(judged, validation) }
      curve.push(ended)
      await job.onEpoch?.({
        ...ended,
        epochs,
        network: { spec, parameters: after.parameters },
        state,
        ...(seconds > 0 && { samplesPerSecond: segments.rows / seconds }),
        ...timeLeft(epoch * steps),
      })
    }
    const averaged = averageIn(spec, optimiser, state, state.epoch * steps)
    const network = { spec, parameters: state.best.parameters }
    return { network, curve, epochs: curve.length, state, ...(averaged && { averaged }) }
  } finally {
    await Promise.all([session.release(), judge?.release()])
  }
}

const isOutOfPatience = ({ epoch, best }: TrainingState, validation: Validation | undefined): boolean =>
  validation !== undefined && epoch - best.epoch >= validation.patience

export const freshState = ({ parameters }: Network, { slots }: Optimiser): TrainingState => ({
  epoch: 0,
  parameters,
  slots: Array.from({ length: slots }, () => new Float32Array(parameters.length)),
  unsettled: 0,
  best: { epoch: 0, parameters },
})

/** The seconds from a step, of the whole run, to the last one, as long a step as they took from the first on. */
function pace(clock: TrainingJob['clock'], first: number, last: number) {
  const began = clock?.() ?? 0
  return (step: number): { secondsLeft?: number } =>
    clock ? { secondsLeft: (((clock() - began) / 1000) * (last - step)) / (step - first) } : {}
}

const scoresOf = (judged: Judgement | undefined, validation: Validation | undefined) => ({
  ...(judged && { validationLoss: judged.loss }),
  ...(judged && (validation?.metric ?? 'loss') !== 'loss' && { validationScore: judged.score }),
})

/** The average that the last slot holds, made whole; running statistics are averages already. */
export function averageIn(
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

const tensorWidths = (rows: BatchData | RowSource): BatchWidths =>
  isSource(rows) ? rows.widths : widthsOf(rows)

function checkJob(job: TrainingJob): void {
  const { network, batch, epochs, batchSize, keepNeighbours, validation, resume, optimiser } = job
  const { spec } = network
  for (const [name, value] of Object.entries({ epochs, batchSize, patience: validation?.patience ?? 1 })) {
    if (!Number.isInteger(value) || value < 1) {
      throw wrongData(`Training needs a whole number of at least 1 as ${name}, not ${value}.`)
    }
  }
  const wanted = parameterCount(spec)
  if (network.parameters.length !== wanted) {
    throw wrongData(`The network's spec has ${wanted} parameters, its vector ${network.parameters.length}.`)
  }
  if (resume) {
    const held = [resume.parameters, resume.best.parameters, ...resume.slots]
    const slots = optimiserFrom(optimiser).slots
    if (resume.slots.length !== slots || held.some((vector) => vector.length !== wanted)) {
      throw wrongData(
        `The state to resume from does not fit a network of ${wanted} parameters and ${slots} optimiser vectors.`,
      )
    }
  }
  if (trainedCount(spec) === 0) {
    throw wrongData('Every parameter of this network is frozen; there is nothing to train.')
  }
  if (!isSource(batch)) checkBatch(spec, 'training', batch)
  else checkSource(spec, batch)
  if (keepNeighbours && (isSource(batch) || rowsIn(batch) % batchSize !== 0)) {
    throw wrongData(`Neighbours stay together in rows in memory that make whole batches of ${batchSize}.`)
  }
  if (validation) checkValidation(spec, tensorWidths(batch), validation)
}

/** What it gives is checked when it is read. */
function checkSource(spec: NetworkSpec, { rows, widths }: RowSource): void {
  checkWidths(spec, 'training', widths)
  if (!Number.isInteger(rows) || rows < 1) {
    throw wrongData(`Training needs a source of at least one row, not of ${rows}.`)
  }
}

function checkValidation(spec: NetworkSpec, training: BatchWidths, { batch, metric }: Validation): void {
  checkBatch(spec, 'validation', batch)
  const widths = widthsOf(batch)
  for (const name of Object.keys({ ...training, ...widths })) {
    if (training[name] !== widths[name]) {
      throw wrongData(`The tensor "${name}" must have one width in the training and the validation batch.`)
    }
  }
  if (metric === 'accuracy' && widths['targets'] !== spec.outputs) {
    throw wrongData(`Accuracy needs a validation tensor "targets" of ${spec.outputs} columns, one a class.`)
  }
}
