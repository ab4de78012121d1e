/** The work that every contestant of the engine suite does: the same rows, targets, network and steps. */
import { initialise } from '#engine/network.ts'
import type { Network } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
import { parseSpec } from '#engine/spec.ts'

export interface Workload {
  readonly name: string
  readonly network: Network
  readonly batchSize: number
  /** A whole number of batches. */
  readonly rows: number
  /** Row-major [rows, features] and soft labels [rows, classes]. */
  readonly inputs: Float32Array
  readonly targets: Float32Array
}

export interface WorkloadShape {
  readonly name: string
  /** JSON of a network spec. */
  readonly spec: Readonly<Record<string, unknown>>
  readonly batchSize: number
  readonly batches: number
}

/** Normal inputs and random soft labels, for training with Adam on soft-label cross-entropy. */
export function workloadOf({ name, spec: json, batchSize, batches }: WorkloadShape): Workload {
  const spec = parseSpec(json)
  const random = seededRandom('workload')
  const rows = batchSize * batches
  const targets = Float32Array.from({ length: rows * spec.outputs }, () => Math.exp(random.normal()))
  for (let start = 0; start < targets.length; start += spec.outputs) {
    const row = targets.subarray(start, start + spec.outputs)
    const total = row.reduce((a, b) => a + b)
    row.set(row.map((x) => x / total))
  }
  return {
    name: `${name}, batch ${batchSize}`,
    network: initialise(spec, random.fork('network')),
    batchSize,
    rows,
    inputs: Float32Array.from({ length: rows * spec.inputs }, () => random.normal()),
    targets,
  }
}

/** The same network on one batch of the first `batchSize` rows. */
export function oneBatch(work: Workload, batchSize = work.batchSize): Workload {
  const { inputs, outputs } = work.network.spec
  return {
    ...work,
    batchSize,
    rows: batchSize,
    inputs: work.inputs.subarray(0, batchSize * inputs),
    targets: work.targets.subarray(0, batchSize * outputs),
  }
}
