/**
 * How fast networks train: samples per second, ours against TensorFlow.js on the same steps.
 *
 * Ours is `train`, as anyone calls it: drawing each epoch's order and crossing between JavaScript and the
 * runtime are counted; preparing the graph, once per training, is not. An uncounted first epoch, or step, warms up
 * each contestant. Before anything is measured, both sides train the same few steps and must agree
 * on every loss.
 */
import { crossEntropy } from '#engine/losses.ts'
import { openRuntime } from '#engine/session/index.ts'
import type { Runtime } from '#engine/session/index.ts'
import { train } from '#engine/train.ts'
import { compare } from './harness.ts'
import type { Contestant, Row, Suite } from './harness.ts'
import { tfjsLosses, tfjsPeer } from './tfjs-peer.ts'
import { mlpWorkload } from './workload.ts'
import type { Workload } from './workload.ts'

interface Entry {
  work: Workload
  /** Counted steps of a turn: TensorFlow.js on its CPU and WebAssembly backends. */
  tfjsSteps: { cpu: number; wasm: number }
}

const entries = (): Entry[] => [
  { work: mlpWorkload([64, 256, 128, 10], 128, 12_800), tfjsSteps: { cpu: 4, wasm: 16 } },
  { work: mlpWorkload([784, 512, 256, 10], 64, 3_200), tfjsSteps: { cpu: 2, wasm: 8 } },
]

const oneThread: Contestant = { absent: 'uses one thread in Node' }

export const suite: Suite = {
  name: 'engine',
  async run({ repeats, onNote }) {
    const rows: Row[] = []
    for (const { work, tfjsSteps } of entries()) {
      await checkEqualWork(work)
      const cpu = await tfjsPeer('cpu', work, tfjsSteps.cpu)
      const wasm = await tfjsPeer('wasm', work, tfjsSteps.wasm)
      const contests = [
        { threads: 1, prefer: 'onnxruntime-node', peers: { 'tfjs cpu': cpu, 'tfjs wasm': wasm } },
        { threads: 2, prefer: 'onnxruntime-node', peers: { 'tfjs cpu': oneThread, 'tfjs wasm': oneThread } },
        { threads: 1, prefer: 'onnxruntime-web', peers: { 'tfjs cpu': cpu, 'tfjs wasm': wasm } },
      ] as const
      for (const { threads, prefer, peers } of contests) {
        const runtime = await openRuntime({ prefer, threads, onFallback: onNote })
        const name = `${work.name}, ${runtime.name}`
        onNote(`${name}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`)
        const head = { name, unit: 'samples/s', threads: runtime.threads }
        rows.push(await compare(head, () => samplesPerSecond(runtime, work), peers, repeats))
      }
    }
    return rows
  },
}

const COUNTED_EPOCHS = 3

async function samplesPerSecond(runtime: Runtime, work: Workload): Promise<number> {
  const ends: number[] = []
  await trainOn(runtime, work, 1 + COUNTED_EPOCHS, () => ends.push(performance.now()))
  return (COUNTED_EPOCHS * work.rows) / ((ends.at(-1)! - ends[0]!) / 1000)
}

async function trainOn(
  runtime: Runtime,
  work: Workload,
  epochs: number,
  onEpoch?: () => void,
): Promise<number[]> {
  const { network, batchSize, inputs, targets } = work
  const { curve } = await train(runtime, {
    network,
    batch: {
      inputs: { data: inputs, width: network.spec.inputs },
      targets: { data: targets, width: network.spec.outputs },
    },
    loss: crossEntropy,
    optimiser: { learningRate: 1e-3 },
    epochs,
    batchSize,
    seed: 1,
    ...(onEpoch && { onEpoch }),
  })
  return curve.map(({ loss }) => loss)
}

/** Both sides train three steps on one and the same batch, so that the order of rows does not matter. */
async function checkEqualWork(work: Workload): Promise<void> {
  const { batchSize, inputs, targets, network } = work
  const one: Workload = {
    ...work,
    rows: batchSize,
    inputs: inputs.subarray(0, batchSize * network.spec.inputs),
    targets: targets.subarray(0, batchSize * network.spec.outputs),
  }
  const ours = await trainOn(await openRuntime(), one, 3)
  const theirs = await tfjsLosses(one, 3)
  const apart = Math.max(...ours.map((loss, i) => Math.abs(loss - theirs[i]!)))
  if (!(apart < 1e-3)) throw new Error(`${work.name}: the losses are ${apart} apart; the work is not equal.`)
}
