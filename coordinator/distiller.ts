/** One round of distillation: the sums so far become a student, warm-started from the round before. */
import { calibrated } from '#distill/calibrate.ts'
import { leastCertain } from '#distill/choose.ts'
import { encodeDigest } from '#distill/digest-file.ts'
import { distil } from '#distill/distil.ts'
import { headOf, type Head } from '#distill/heads.ts'
import { knownRows, subset } from '#engine/data/dataset.ts'
import { allRows } from '#engine/data/split.ts'
import { predictLogits } from '#engine/infer.ts'
import { softmaxRows } from '#distill/softmax.ts'
import { decodeNetwork, encodeNetwork } from '#engine/checkpoint.ts'
import type { Network } from '#engine/network.ts'
import type { Runtime } from '#engine/session/index.ts'
import { itemCountOfRound, lossOf } from '#federation/plan.ts'
import type { Blobs, Clock } from '#federation/ports.ts'
import type { FederationState, Run } from '#federation/state.ts'
import { itemsOf, type Items } from '#proto/items.ts'
import type { CurvePoint } from '#proto/snapshot.ts'
import { decodeCheckpoint, encodeCheckpoint, type Scratch } from './checkpoint.ts'
import type { PublicData } from './datasets.ts'
import { teachingSet, type TeachingSet } from './teaching.ts'

export interface Distilled {
  readonly networkHash: string
  readonly curveHash: string
  readonly seconds: number
  readonly score?: number
  /** What teachers take in before the next round. */
  readonly digestHash?: string
  /** What the next round asks about, where the run asks about some items only. */
  readonly chosen?: Items
}

export interface DistillerParts {
  readonly blobs: Blobs
  readonly runtime: Runtime
  readonly clock: Clock
  /** Where training is kept while it goes on; without it, a round that is interrupted starts over. */
  readonly scratch?: Scratch | undefined
  readonly onCurve: (run: string, curve: readonly CurvePoint[]) => void
}

/** Points of a run's curve: as many as a screen shows, however long it trains. */
const POINTS = 400
/** Those that are measured on the hold-out too: enough to see, too few to slow training. */
const MEASURED_POINTS = 25
/** What a crash may cost; often enough that nobody minds, and seldom enough to cost nothing. */
const CHECKPOINT_EVERY_MS = 10_000

export async function distilRound(
  { blobs, runtime, clock, scratch, onCurve }: DistillerParts,
  state: FederationState,
  run: Run,
  data: PublicData,
  signal: AbortSignal,
): Promise<Distilled> {
  const { plan, round, student, generation } = run
  const began = clock()
  const { holdout } = data
  const teaching = await teachingSet(blobs, state, run, round, data)
  const before = student && decodeNetwork(await blobs.get(student.networkHash))
  const said = { head: headOf(data.transfer), temperature: plan.temperature }
  // A further generation starts afresh, with the one before among its teachers.
  const lesson =
    generation > 0 && before
      ? { ...teaching, targets: await mixedWith(before, runtime, teaching, said) }
      : { ...teaching, ...(before && { start: before }) }
  const earlier: CurvePoint[] = student ? await readCurve(blobs, student.curveHash) : []
  const trained = earlier.at(-1)?.epoch ?? 0
  const held = await scratch?.read()
  const checkpoint = held && decodeCheckpoint(held, { run: run.run, round, generation })
  const curve = [...(checkpoint?.curve ?? earlier)]
  let saved = began
  const { epochs } = plan.training
  const isDue = (epoch: number, points: number) =>
    epoch % Math.ceil((epochs * (plan.rounds + (plan.generations ?? 1) - 1)) / points) === 0 ||
    epoch === epochs

  const job = {
    student: plan.student,
    ...lesson,
    loss: lossOf(plan),
    temperature: plan.temperature,
    temperatureSchedule: plan.temperatureSchedule,
    alpha: plan.alpha,
    alphaSchedule: plan.alphaSchedule,
    training: plan.training,
    headLessons: plan.heads,
    seed: generation > 0 ? `${plan.seed}/student/${round}/${generation}` : `${plan.seed}/student/${round}`,
    signal,
  }
  const { network: taught } = await distil(runtime, {
    ...job,
    ...(checkpoint && { resume: checkpoint.state }),
    async onEpoch({ epoch, loss, network: current, state: training }) {
      const measured = holdout && isDue(epoch, MEASURED_POINTS)
      if (measured || isDue(epoch, POINTS)) {
        const point = { round, epoch: trained + epoch, loss }
        curve.push(measured ? { ...point, ...(await measuredOn(holdout, runtime, current)) } : point)
        onCurve(run.run, [...curve])
      }
      if (!scratch || clock() - saved < CHECKPOINT_EVERY_MS) return
      saved = clock()
      // A disk that takes no checkpoint will say so where it matters.
      const bytes = encodeCheckpoint({ run: run.run, round, generation, curve, state: training })
      await scratch.write(bytes).catch(() => undefined)
    },
  })
  const isLast = round + 1 >= plan.rounds
  // Before the training is forgotten: a coordinator that stops here need not train again.
  const network = isLast ? await calibrated(runtime, taught, job) : taught
  signal.throwIfAborted()
  await scratch?.clear()
  const score = isLast ? await scoreOf(runtime, run, network, data.transfer) : undefined
  return {
    networkHash: await blobs.put(encodeNetwork(network)),
    curveHash: await blobs.put(new TextEncoder().encode(JSON.stringify(curve))),
    seconds: Math.max(0, clock() - began) / 1000,
    ...(score !== undefined && { score }),
    ...(plan.digest &&
      !isLast && { digestHash: await blobs.put(await digestOf(runtime, run, network, teaching, said)) }),
    ...(plan.ask !== undefined &&
      !isLast && { chosen: await nextItems(runtime, run, network, data.transfer, teaching.asked) }),
  }
}

/** What teachers take in: what the sites said together, or what the student makes of the same items. */
async function digestOf(
  runtime: Runtime,
  { plan }: Run,
  student: Network,
  { items, inputs, targets, rows }: TeachingSet,
  said: Said,
): Promise<Uint8Array> {
  if (plan.digest?.from !== 'student') return encodeDigest({ items, targets })
  return encodeDigest({ items, targets: await saidBy(student, runtime, { inputs, rows }, said) })
}

/**
 * What a further generation learns: half what the sites said, half what the student before says of the same items
 * (Furlanello et al., arXiv 1805.04770; the mixture is that of labels and predictions there).
 */
async function mixedWith(
  student: Network,
  runtime: Runtime,
  teaching: TeachingSet,
  said: Said,
): Promise<Float32Array> {
  const own = await saidBy(student, runtime, teaching, said)
  return teaching.targets.map((target, index) => (target + (own[index] as number)) / 2)
}

/** How a student answers as its teachers do. */
interface Said {
  readonly head: Head
  readonly temperature: number
}

async function saidBy(
  student: Network,
  runtime: Runtime,
  { inputs, rows }: Pick<TeachingSet, 'inputs' | 'rows'>,
  { head, temperature }: Said,
): Promise<Float32Array> {
  return head.predict(await predictLogits(runtime, student, inputs, rows), temperature)
}

/** Accuracy on public labels, where there are several generations to compare and the labels taught none of them. */
async function scoreOf(
  runtime: Runtime,
  { plan }: Run,
  student: Network,
  transfer: PublicData['transfer'],
): Promise<number | undefined> {
  const taughtByLabels = plan.alpha < 1 || plan.alphaSchedule !== undefined
  const labelled = subset(transfer, knownRows(transfer))
  if ((plan.generations ?? 1) === 1 || taughtByLabels || labelled.rows === 0) return undefined
  const head = headOf(transfer)
  const raw = await predictLogits(runtime, student, labelled.inputs, labelled.rows)
  return head.measure(head.predict(raw), labelled).accuracy ?? undefined
}

/** Of the items that nobody was asked about yet, those of which the student is least certain. */
async function nextItems(
  runtime: Runtime,
  { plan, round }: Run,
  student: Network,
  transfer: PublicData['transfer'],
  asked: readonly number[],
): Promise<Items> {
  const known = new Set(asked)
  const candidates = [...allRows(transfer.rows)].filter((row) => !known.has(row))
  const { inputs, rows } = subset(transfer, candidates)
  const classes = student.spec.outputs
  const probabilities = softmaxRows(await predictLogits(runtime, student, inputs, rows), classes)
  return itemsOf(leastCertain(candidates, probabilities, classes, itemCountOfRound(plan, round + 1)))
}

export async function readCurve(blobs: Blobs, hash: string): Promise<CurvePoint[]> {
  return JSON.parse(new TextDecoder().decode(await blobs.get(hash))) as CurvePoint[]
}

/** What a curve shows of the hold-out: accuracy, the error of a number, or the log-loss of several targets. */
async function measuredOn(
  holdout: NonNullable<PublicData['holdout']>,
  runtime: Runtime,
  network: Network,
): Promise<Pick<CurvePoint, 'accuracy' | 'rmse' | 'nll'>> {
  const head = headOf(holdout)
  const raw = await predictLogits(runtime, network, holdout.inputs, holdout.rows)
  const { accuracy, rmse, nll } = head.measure(head.predict(raw), holdout)
  return {
    ...(typeof accuracy === 'number' && { accuracy }),
    ...(typeof rmse === 'number' && { rmse }),
    ...(head.task === 'multitask' && typeof nll === 'number' && { nll }),
  }
}
