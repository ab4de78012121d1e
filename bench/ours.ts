/**
 * The engine as a contestant: `train`, as anyone calls it. Drawing each epoch's order and crossing between
 * JavaScript and the runtime are counted; preparing the graph, once per training, is not, nor is the first epoch,
 * which warms up.
 */
import { crossEntropy } from '#engine/losses.ts'
import { openRuntime } from '#engine/session/index.ts'
import type { Runtime } from '#engine/session/index.ts'
import { train } from '#engine/train.ts'
import type { BatchData } from '#engine/batch.ts'
import type { TrainingJob } from '#engine/train.ts'
import type { Contestant } from './harness.ts'
import { versionOf } from './machine.ts'
import { oneBatch } from './workload.ts'
import type { Workload } from './workload.ts'

export type OrtName = 'onnxruntime-node' | 'onnxruntime-web'

/** Absent where the runtime does not load. */
export async function engineOn(prefer: OrtName, threads: number, work: Workload): Promise<Contestant> {
  const runtime = await openRuntime({ prefer, threads })
  if (runtime.name !== prefer) return { absent: 'does not load' }
  return {
    version: await versionOf(prefer),
    measure: (seconds) => samplesPerSecond(runtime, work, seconds),
  }
}

/** The loss of each of the first steps, all on one batch, so that the order of its rows does not matter. */
export async function firstLosses(work: Workload, steps: number, runtime?: Runtime): Promise<number[]> {
  const { curve } = await train(runtime ?? (await openRuntime()), jobOf(oneBatch(work), { epochs: steps }))
  return curve.map(({ loss }) => loss)
}

async function samplesPerSecond(runtime: Runtime, work: Workload, seconds: number): Promise<number> {
  const enough = new AbortController()
  const ends: number[] = []
  const onEpoch = (): void => {
    ends.push(performance.now())
    if (ends.length > 1 && ends.at(-1)! - ends[0]! >= 1000 * seconds) enough.abort()
  }
  const job = jobOf(work, { epochs: 1_000_000, onEpoch, signal: enough.signal })
  await train(runtime, job).catch((error: unknown) => {
    if (!enough.signal.aborted) throw error
  })
  return ((ends.length - 1) * work.rows) / ((ends.at(-1)! - ends[0]!) / 1000)
}

export const jobOf = (
  { network, batchSize, inputs, targets }: Workload,
  how: Pick<TrainingJob, 'epochs' | 'onEpoch' | 'signal'>,
): TrainingJob & { readonly batch: BatchData } => ({
  network,
  batch: {
    inputs: { data: inputs, width: network.spec.inputs },
    targets: { data: targets, width: network.spec.outputs },
  },
  loss: crossEntropy,
  optimiser: { learningRate: 1e-3 },
  batchSize,
  seed: 1,
  ...how,
})
