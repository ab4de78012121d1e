/** The networks that are measured, and what each should reach beside its peers. */
import type { Aim } from './row.ts'
import type { WorkloadShape } from './workload.ts'

export interface Entry extends WorkloadShape {
  /** Of the rows of onnxruntime-node, at any number of threads. */
  readonly aims: readonly Aim[]
  /** For TensorFlow.js's plain CPU backend, whose step in full would take minutes. */
  readonly slowBatch?: number
  /** Also asks how fast the step's matrix products are alone, and what share of that the step should reach. */
  readonly productsAim?: number
}

/** Of Adam on soft labels; eager PyTorch on the same cores is the measure. */
const aims = (pytorch: number): Aim[] => [
  { of: 'PyTorch', atLeast: pytorch },
  { of: 'tfjs wasm', atLeast: 30, threads: 1 },
]

const small = { kind: 'mlp', inputs: 64, hidden: [256, 128], outputs: 10 }
const big = { kind: 'mlp', inputs: 784, hidden: [512, 256], outputs: 10 }
const cnn = { kind: 'cnn', inputs: 784, image: [28, 28, 1], channels: [16, 32], hidden: [64], outputs: 10 }
const photo = { inputs: 3072, image: [32, 32, 3], outputs: 10 }
const transformer = {
  kind: 'transformer',
  inputs: 32 * 16,
  tokens: 32,
  width: 64,
  heads: 4,
  depth: 2,
  hidden: 256,
  outputs: 10,
}

export const BIG_MLP = { name: 'MLP 784-512-256-10', spec: big }
export const RESNET_8 = { name: 'resnet-8, 32x32x3', spec: { kind: 'resnet', depth: 8, ...photo } }

/** An epoch, of `batches`, is some tenths of a second. */
export const entries: readonly Entry[] = [
  { name: 'MLP 64-256-128-10', spec: small, batchSize: 128, batches: 200, aims: aims(1.5) },
  { ...BIG_MLP, batchSize: 64, batches: 50, aims: aims(1.5) },
  {
    ...BIG_MLP,
    batchSize: 256,
    batches: 20,
    aims: aims(1.5),
    slowBatch: 64,
    productsAim: 0.55,
  },
  { name: 'CNN 16-32-64-10, 28x28x1', spec: cnn, batchSize: 64, batches: 16, aims: aims(1), slowBatch: 4 },
  { ...RESNET_8, batchSize: 32, batches: 4, aims: aims(1), slowBatch: 1 },
  {
    name: 'mobilenet x0.25, 32x32x3',
    spec: { kind: 'mobilenet', widthMultiplier: 0.25, ...photo },
    batchSize: 32,
    batches: 4,
    aims: aims(1),
    slowBatch: 1,
  },
  {
    name: 'transformer 2x64, 32 tokens',
    spec: transformer,
    batchSize: 32,
    batches: 16,
    aims: aims(1),
    slowBatch: 4,
  },
]
