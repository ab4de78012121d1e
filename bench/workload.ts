/** The work that every contestant of the engine suite does: the same rows, targets, network and steps. */
import { initialise, namedParameters } from '#engine/network.ts'
import type { Network } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
import { parseSpec } from '#engine/spec.ts'

export interface Workload {
  readonly name: string
  readonly network: Network
  readonly batchSize: number
  readonly rows: number
  /** Row-major [rows, features] and soft labels [rows, classes]. */
  readonly inputs: Float32Array
  readonly targets: Float32Array
}

/** An MLP trained with Adam on soft-label cross-entropy, on random rows. */
export function mlpWorkload(
  widths: readonly [number, ...number[], number],
  batchSize: number,
  rows: number,
): Workload {
  const [inputs, hidden, outputs] = [widths[0], widths.slice(1, -1), widths.at(-1)!]
  const random = seededRandom('workload')
  const targets = Float32Array.from({ length: rows * outputs }, () => Math.exp(random.normal()))
  for (let start = 0; start < targets.length; start += outputs) {
    const row = targets.subarray(start, start + outputs)
    const total = row.reduce((a, b) => a + b)
    row.set(row.map((x) => x / total))
  }
  return {
    name: `MLP ${widths.join('-')}, batch ${batchSize}`,
    network: initialise(parseSpec({ kind: 'mlp', inputs, hidden, outputs }), random.fork('network')),
    batchSize,
    rows,
    inputs: Float32Array.from({ length: rows * inputs }, () => random.normal()),
    targets,
  }
}

export const weightsOf = (network: Network): { shape: number[]; data: Float32Array }[] =>
  namedParameters(network).map(({ shape, data }) => ({ shape: [...shape], data }))
