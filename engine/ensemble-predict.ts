/** Asking all members of an ensemble about the same rows. */
import { wrongData } from './batch.ts'
import { ensemblePredictionModel, sharedSpec, stack } from './ensemble-graph.ts'
import { layoutOf, parameterCount } from './layout.ts'
import type { Network } from './network.ts'
import { floats } from './session/runtime.ts'
import type { Runtime } from './session/runtime.ts'
import type { MlpSpec } from './spec.ts'

/** 64 MiB of them. */
const NUMBERS_PER_CALL = 2 ** 24

/**
 * The logits of each member, row-major [rows, outputs], for `rows` rows of inputs; the networks are of one spec of the
 * kind `mlp`. A call takes as many members as have at most `numbersPerCall` parameters, one at least, and of the rows
 * as many as have no more values in all layers; so of working memory it needs little more than the answers. Throws
 * ENGINE_DATA_INVALID for networks or inputs that do not fit.
 */
export async function predictEnsemble(
  runtime: Runtime,
  networks: readonly Network[],
  inputs: Float32Array,
  rows: number,
  numbersPerCall = NUMBERS_PER_CALL,
): Promise<Float32Array[]> {
  const spec = sharedSpec(networks)
  if (!Number.isInteger(rows) || rows < 1 || inputs.length !== rows * spec.inputs) {
    throw wrongData(`The networks cannot take ${inputs.length} numbers for ${rows} rows of ${spec.inputs}.`)
  }
  const size = parameterCount(spec)
  const parts = Math.ceil(networks.length / Math.max(1, Math.floor(numbersPerCall / size)))
  const answers: Float32Array[] = []
  for (let part = 0; part < parts; part++) {
    const [from, to] = [part, part + 1].map((i) => Math.floor((i * networks.length) / parts)) as [
      number,
      number,
    ]
    answers.push(...(await ask(runtime, networks.slice(from, to), { spec, inputs, rows, numbersPerCall })))
  }
  return answers
}

async function ask(
  runtime: Runtime,
  networks: readonly Network[],
  of: { spec: MlpSpec; inputs: Float32Array; rows: number; numbersPerCall: number },
): Promise<Float32Array[]> {
  const { spec, inputs, rows, numbersPerCall } = of
  const members = networks.length
  const { outputs } = spec
  const stacked = stack(
    layoutOf(spec),
    networks.map(({ parameters }) => parameters),
  )
  const state = { parameters: { data: stacked, shape: [stacked.length] } }
  const perRow = spec.inputs + members * [...spec.hidden, outputs].reduce((a, b) => a + b, 0)
  const rowsPerCall = Math.max(1, Math.floor(numbersPerCall / perRow))
  const answers = networks.map(() => new Float32Array(rows * outputs))
  const session = await runtime.load(ensemblePredictionModel(spec, members))
  try {
    for (let from = 0; from < rows; from += rowsPerCall) {
      const to = Math.min(rows, from + rowsPerCall)
      const data = inputs.subarray(from * spec.inputs, to * spec.inputs)
      const results = await session.run({ ...state, inputs: { data, shape: [to - from, spec.inputs] } })
      const logits = floats(results, 'logits')
      const each = (to - from) * outputs
      answers.forEach((answer, i) => answer.set(logits.subarray(i * each, (i + 1) * each), from * outputs))
    }
    return answers
  } finally {
    await session.release()
  }
}
