/** TensorFlow.js as a contestant: the same training step in its own idiom, on its CPU or WebAssembly backend. */
import { createRequire } from 'node:module'
import path from 'node:path'
import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import { openTensorFlow } from '#engine/tfjs.ts'
import type { TensorFlow } from '#engine/tfjs.ts'
import type { Contestant } from './harness.ts'
import { weightsOf } from './workload.ts'
import type { Workload } from './workload.ts'

export type Backend = 'cpu' | 'wasm'

/** Samples per second over `steps` steps, after one that is not counted; absent where the backend does not load. */
export async function tfjsPeer(backend: Backend, work: Workload, steps: number): Promise<Contestant> {
  try {
    const tf = await openTensorFlow()
    if (backend === 'wasm') await registerWasm()
    return { version: tf.version_core, measure: () => measure(tf, backend, work, steps) }
  } catch (error) {
    return { absent: `does not load: ${error instanceof Error ? error.message : String(error)}` }
  }
}

/** The loss of each of the first steps, to check that the contestants do the same work. */
export async function tfjsLosses(work: Workload, steps: number): Promise<number[]> {
  const tf = await openTensorFlow()
  const { step, dispose } = trainer(tf, work)
  const losses = Array.from({ length: steps }, (_, i) => step(i))
  dispose()
  return losses
}

async function registerWasm(): Promise<void> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
  const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')
  setWasmPaths(`${path.dirname(entry)}${path.sep}`)
}

async function measure(tf: TensorFlow, backend: Backend, work: Workload, steps: number): Promise<number> {
  await tf.setBackend(backend)
  const { step, dispose } = trainer(tf, work)
  step(0)
  const began = performance.now()
  for (let i = 1; i <= steps; i++) step(i)
  const seconds = (performance.now() - began) / 1000
  dispose()
  return (steps * work.batchSize) / seconds
}

function trainer(tf: TensorFlow, work: Workload): { step: (i: number) => number; dispose: () => void } {
  const { batchSize, rows, network } = work
  const [features, classes] = [network.spec.inputs, network.spec.outputs]
  const variables = weightsOf(network).map(({ shape, data }) => tf.variable(tf.tensor(data.slice(), shape)))
  const optimiser = tf.train.adam(1e-3, 0.9, 0.999, 1e-8)

  const forward = (x: Tensor): Tensor => {
    const pairs = variables.length / 2
    return Array.from({ length: pairs }).reduce<Tensor>((h, _, i) => {
      const z = tf.add(tf.matMul(h as never, variables[2 * i] as never), variables[2 * i + 1]!)
      return i < pairs - 1 ? tf.relu(z) : z
    }, x)
  }
  const batch = (data: Float32Array, width: number, i: number): Tensor => {
    const start = ((i * batchSize) % (rows - batchSize + 1)) * width
    return tf.tensor(data.subarray(start, start + batchSize * width), [batchSize, width])
  }
  return {
    step: (i) =>
      tf.tidy(() => {
        const [x, t] = [batch(work.inputs, features, i), batch(work.targets, classes, i)]
        const loss = (): Scalar => tf.mean(tf.neg(tf.sum(tf.mul(t, tf.logSoftmax(forward(x))), -1)))
        const { value, grads } = tf.variableGrads(loss, variables)
        optimiser.applyGradients(grads as Parameters<typeof optimiser.applyGradients>[0])
        return value.dataSync()[0]!
      }),
    dispose() {
      optimiser.dispose()
      tf.dispose(variables)
    },
  }
}
