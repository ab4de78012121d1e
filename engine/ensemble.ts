/**
 * Ensembles: M networks of one shape trained at once, each on rows of its own.
 *
 * A small network leaves a processor waiting: its step is a few dozen operators on little data, and calling
 * them costs more than computing them. So networks share each call, their weights stacked (`ensemble-graph.ts`)
 * and their batches side by side (`ensemble-plan.ts`). Optimisers work number by number and need no change;
 * clipping and early stopping are each member's own. What comes out is what `train` makes of every member alone,
 * up to rounding, and a member's state is one from which `train` would go on.
 *
 * Only so many are stacked as have weights that a processor's last cache holds together with the optimiser's
 * vectors: past that, the passes of an optimiser go out to memory. So the members are trained in groups, in turn, an
 * epoch each, and a group whose members have all stopped early is left alone. In a group, a member that has stopped is
 * computed on with the others, as leaving it out would take another graph; its best parameters stay what they were.
 */
import { checkBatch, rowsIn, widthsOf, wrongData } from './batch.ts'
import type { BatchData } from './batch.ts'
import { openGroup } from './ensemble-group.ts'
import type { Group } from './ensemble-group.ts'
import { ensembleLossModel, ensembleSubject, sharedSpec } from './ensemble-graph.ts'
import { ensembleJudge } from './ensemble-judge.ts'
import type { MemberRows } from './ensemble-judge.ts'
import { ensembleShape, withWeights } from './ensemble-plan.ts'
import { parameterCount } from './layout.ts'
import type { RowLossFn } from './losses.ts'
import type { Network } from './network.ts'
import { optimiserFrom } from './optimiser.ts'
import type { Optimiser, OptimiserOptions } from './optimiser.ts'
import type { Runtime, Session } from './session/runtime.ts'
import type { MlpSpec } from './spec.ts'
import { averageIn, freshState } from './train.ts'
import { throwIfCancelled } from './training-calls.ts'
import { subjectModel } from './training-graph.ts'
import { batchStart, epochShape } from './training-plan.ts'
import type { TrainingState } from './training-state.ts'

export interface EnsembleJob {
  /** One shape: networks of the kind `mlp`. */
  readonly networks: readonly Network[]
  readonly batch: BatchData
  /** The rows of each member, at least one; `ensemble-plan.ts` says how different numbers of them are dealt. */
  readonly subsets: readonly Int32Array[]
  /** A member's loss is its mean over the batch. */
  readonly loss: RowLossFn
  /** Its clipNorm bounds each member's gradient by itself. */
  readonly optimiser?: OptimiserOptions
  readonly epochs: number
  /** The most rows in one batch of a member. */
  readonly batchSize: number
  /** Member `i` is dealt batches as `train` deals them with the seed `memberSeed(seed, i)`. */
  readonly seed: number | string
  /**
   * A member stops after `patience` epochs without a lower loss on its own rows of this batch, and keeps its best
   * parameters. Members may share rows here; those of PATE must not, as one row then reaches every vote.
   */
  readonly validation?: MemberRows & { readonly patience: number }
  /** Goes on from the states of all members, with the job otherwise unchanged, as if it had never stopped, to the bit. */
  readonly resume?: readonly TrainingState[]
  /** Stops after this epoch, of `epochs` in all. */
  readonly until?: number
  readonly onEpoch?: (progress: EnsembleProgress) => void | Promise<void>
  readonly signal?: AbortSignal
}

export interface EnsembleProgress {
  readonly epoch: number
  readonly epochs: number
  /** The mean, over the members still trained, of each one's mean loss before its updates. */
  readonly loss: number
  /** Members whose patience lasts. */
  readonly training: number
}

export interface EnsembleResult {
  readonly networks: Network[]
  /** From which another call goes on; each is whole by itself. */
  readonly states: TrainingState[]
  /** With an optimiser that averages: the moving averages of the latest weights. */
  readonly averaged?: Network[]
}

export const memberSeed = (seed: number | string, member: number): string => `${seed}/${member}`

/** Stacked parameters of a group: with their gradient and Adam's two vectors 8 MiB. */
const NUMBERS_PER_GROUP = 524_288

/**
 * Trains all members. The same job on the same runtime and thread count gives the same bits. Throws
 * ENGINE_DATA_INVALID for networks, rows or states that do not fit, ENGINE_SHAPE for a loss that is not one number a
 * row, ENGINE_DIVERGED naming epoch and step, and ENGINE_CANCELLED.
 */
export async function trainEnsemble(runtime: Runtime, job: EnsembleJob): Promise<EnsembleResult> {
  const spec = checkEnsemble(job)
  throwIfCancelled(job.signal)
  const { networks, epochs, subsets, batchSize } = job
  const optimiser = optimiserFrom(job.optimiser)
  const start = job.resume ?? networks.map((network) => freshState(network, optimiser))
  const opened: Session[] = []
  try {
    const groups = await openGroups(runtime, { job, spec, optimiser, start, opened })
    const last = Math.min(epochs, job.until ?? epochs)
    for (let epoch = 1 + Math.max(...start.map((state) => state.epoch)); epoch <= last; epoch++) {
      const going = groups.filter((group) => group.training() > 0)
      if (going.length === 0) break
      let [loss, members] = [0, 0]
      for (const group of going) {
        loss += await group.run()
        members += group.members
      }
      const training = groups.reduce((total, group) => total + group.training(), 0)
      await job.onEpoch?.({ epoch, epochs, loss: loss / members, training })
    }
    const states = groups.flatMap((group) => group.states())
    const { batches } = ensembleShape(subsets, batchSize)
    const averaged = states.flatMap((state) => averageIn(spec, optimiser, state, state.epoch * batches) ?? [])
    return {
      networks: states.map(({ best: { parameters } }) => ({ spec, parameters })),
      states,
      ...(averaged.length > 0 && { averaged }),
    }
  } finally {
    await Promise.all(opened.map((session) => session.release()))
  }
}

/** The members of each group: as few groups as the bound allows, their sizes differing by at most one. */
function groupsOf(members: number, spec: MlpSpec): { from: number; to: number }[] {
  const shape = epochShape(members, Math.max(1, Math.floor(NUMBERS_PER_GROUP / parameterCount(spec))))
  return Array.from({ length: shape.batches }, (_, i) => ({
    from: batchStart(shape, i),
    to: batchStart(shape, i + 1),
  }))
}

/** The groups; groups of one size share their sessions, which go into `opened`. */
async function openGroups(
  runtime: Runtime,
  setup: {
    job: EnsembleJob
    spec: MlpSpec
    optimiser: Optimiser
    start: readonly TrainingState[]
    opened: Session[]
  },
): Promise<Group[]> {
  const { job, spec, optimiser, start, opened } = setup
  const { subsets, loss, batchSize, epochs, seed, validation, signal } = job
  const batch = withWeights(job.batch, subsets)
  const { batches } = ensembleShape(subsets, batchSize)
  const judged = validation && withWeights(validation.batch, validation.subsets)

  const sessions = new Map<string, Session>()
  const load = async (kind: string, model: () => Uint8Array): Promise<Session> => {
    const session = sessions.get(kind) ?? (await runtime.load(model()))
    if (!sessions.has(kind)) opened.push(session)
    sessions.set(kind, session)
    return session
  }

  const groups: Group[] = []
  for (const { from, to } of groupsOf(subsets.length, spec)) {
    const count = to - from
    const session = await load(`training ${count}`, () =>
      subjectModel(ensembleSubject(spec, count, loss), widthsOf(batch), optimiser),
    )
    const judge =
      judged &&
      ensembleJudge(
        await load(`loss ${count}`, () => ensembleLossModel(spec, count, loss, widthsOf(judged))),
        { spec, batch: judged, subsets: validation.subsets.slice(from, to) },
      )
    const members = subsets
      .slice(from, to)
      .map((subset, i) => ({ subset, seed: memberSeed(seed, from + i), state: start[from + i]! }))
    const data = { batch, batchSize, batches, epochs }
    const patience = validation?.patience
    groups.push(openGroup({ spec, optimiser, session, ...data, members, judge, patience, signal }))
  }
  return groups
}

function checkEnsemble(job: EnsembleJob): MlpSpec {
  const { networks, batch, subsets, validation, resume, epochs, batchSize } = job
  const spec = sharedSpec(networks)
  for (const [name, value] of Object.entries({ epochs, batchSize, patience: validation?.patience ?? 1 })) {
    if (!Number.isInteger(value) || value < 1) {
      throw wrongData(`Training needs a whole number of at least 1 as ${name}, not ${value}.`)
    }
  }
  const checkRows = (purpose: string, from: BatchData, lists: readonly Int32Array[]): void => {
    checkBatch(spec, purpose, from)
    const all = rowsIn(from)
    const fits = (rows: Int32Array): boolean => rows.length > 0 && rows.every((row) => row >= 0 && row < all)
    if (lists.length === networks.length && lists.every(fits)) return
    throw wrongData(
      `An ensemble needs for each network a ${purpose} subset of at least one of the ${all} rows.`,
    )
  }
  checkRows('training', batch, subsets)
  if (validation) checkRows('validation', validation.batch, validation.subsets)
  if (resume) checkStates(job, resume, spec)
  return spec
}

function checkStates(
  { networks, optimiser }: EnsembleJob,
  states: readonly TrainingState[],
  spec: MlpSpec,
): void {
  const size = parameterCount(spec)
  const { slots } = optimiserFrom(optimiser)
  const fits = groupsOf(networks.length, spec).every(({ from, to }) =>
    states
      .slice(from, to)
      .every(
        (state) =>
          state.epoch === states[from]!.epoch &&
          state.unsettled === states[from]!.unsettled &&
          state.slots.length === slots &&
          [state.parameters, state.best.parameters, ...state.slots].every(({ length }) => length === size),
      ),
  )
  if (states.length === networks.length && fits) return
  throw wrongData(
    `An ensemble resumes from one state a member, as it left them, with ${size} parameters and ${slots} optimiser vectors.`,
  )
}
