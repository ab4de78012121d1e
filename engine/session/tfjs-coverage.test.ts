/** The interpreter takes every graph that the engine writes: no operator and no attribute is unknown to it. */
import { describe, expect, it } from 'vitest'
import { specs } from '../../test/support/every-spec.ts'
import { openClippedGradients } from '../clipped-gradients.ts'
import { predictEnsemble } from '../ensemble-predict.ts'
import { trainEnsemble } from '../ensemble.ts'
import { input } from '../expr.ts'
import type { Expr } from '../expr.ts'
import { toOnnx } from '../export/onnx.ts'
import { gradients } from '../gradient.ts'
import { crossEntropy, rowCrossEntropy } from '../losses.ts'
import { initialise } from '../network.ts'
import { decodeModel, emitGraph, encodeModel } from '../onnx/emit.ts'
import type { onnx } from '../onnx/gen/onnx.js'
import * as ops from '../ops.ts'
import { optimiserFrom } from '../optimiser.ts'
import type { OptimiserOptions } from '../optimiser.ts'
import { trainPrivately } from '../private-training.ts'
import { seededRandom } from '../random.ts'
import { specKinds } from '../spec.ts'
import { openTensorFlow } from '../tfjs.ts'
import { lossModel, trainingModel } from '../training-graph.ts'
import { openRuntime } from './index.ts'
import type { Runtime } from './index.ts'
import { opTable } from './tfjs-ops.ts'

const runtime = await openRuntime({ prefer: 'tfjs-cpu', onFallback: (line) => expect.fail(line) })
const known = new Set(['Loop', ...Object.keys(opTable(await openTensorFlow()))])

const opsIn = (graph: onnx.IGraphProto): string[] =>
  (graph.node ?? []).flatMap(({ op_type, attribute }) => [
    op_type!,
    ...(attribute ?? []).flatMap(({ g }) => (g ? opsIn(g) : [])),
  ])

/** The operators that are not known, all at once; of what is known, the interpreter must take each node. */
async function unknownIn(model: Uint8Array): Promise<string[]> {
  const unknown = new Set(opsIn(decodeModel(model).graph!).filter((op) => !known.has(op)))
  if (unknown.size === 0) await (await runtime.load(model)).release()
  return [...unknown]
}

const optimisers: OptimiserOptions[] = [
  { kind: 'sgd' },
  { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0.1, clipNorm: 1 },
  { kind: 'adam', weightDecay: 0.1, averageDecay: 0.9 },
]

it('knows a tiny network of every kind', () => {
  expect(new Set(specs.map(({ spec }) => spec.kind))).toEqual(new Set(specKinds))
})

describe.each(specs)('$name', ({ spec }) => {
  const widths = { inputs: spec.inputs, targets: spec.outputs }

  it.each(optimisers)('is trained with %j', async (options) => {
    expect(await unknownIn(trainingModel(spec, widths, crossEntropy, optimiserFrom(options)))).toEqual([])
  })

  it('is judged and asked', async () => {
    expect(await unknownIn(lossModel(spec, widths, crossEntropy))).toEqual([])
    expect(await unknownIn(toOnnx(initialise(spec, seededRandom(1))))).toEqual([])
  })
})

describe('beside plain training', () => {
  const network = initialise(specs[0]!.spec, seededRandom(1))
  const { inputs, outputs } = network.spec
  const batch = {
    inputs: { data: new Float32Array(4 * inputs).fill(1), width: inputs },
    targets: { data: new Float32Array(4 * outputs).fill(1 / outputs), width: outputs },
  }
  /** All models that some work loads. */
  const loadedBy = async (work: (runtime: Runtime) => Promise<unknown>): Promise<Uint8Array[]> => {
    const native = await openRuntime()
    const models: Uint8Array[] = []
    const load = (model: Uint8Array) => {
      models.push(model)
      return native.load(model)
    }
    await work({ ...native, load })
    return models
  }
  const unknownTo = async (work: (runtime: Runtime) => Promise<unknown>): Promise<string[][]> =>
    Promise.all((await loadedBy(work)).map(unknownIn))

  it('ensembles are taken', async () => {
    const job = {
      networks: [network, network],
      batch,
      loss: rowCrossEntropy,
      epochs: 1,
      batchSize: 2,
      seed: 1,
    }
    const subsets = [Int32Array.of(0, 1), Int32Array.of(2)]
    const validation = { batch, subsets, patience: 1 }
    const asked = async (native: Runtime) => {
      await trainEnsemble(native, { ...job, subsets, validation, optimiser: { clipNorm: 1 } })
      await predictEnsemble(native, job.networks, batch.inputs.data, 4)
    }
    expect(await unknownTo(asked)).toEqual([[], [], []])
  })

  it('private training is taken', async () => {
    const trained = network.parameters.length
    const job = {
      network,
      batch,
      loss: rowCrossEntropy,
      clipNorm: 1,
      steps: 1,
      expectedBatchSize: 2,
      seed: 1,
    }
    const [batchOf, noise] = [() => Int32Array.of(0, 1), () => new Float32Array(trained)]
    expect(await unknownTo((native) => trainPrivately(native, { ...job, batchOf, noise }))).toEqual([[], []])
  })

  it.each(specs.filter(({ spec }) => ['cnn', 'tcn', 'transformer'].includes(spec.kind)))(
    'clipped gradients of $spec.kind are taken',
    async ({ spec }) => {
      const widths = { inputs: spec.inputs, targets: spec.outputs }
      const job = { spec, widths, loss: rowCrossEntropy, clipNorm: 1 }
      const open = async (native: Runtime) => (await openClippedGradients(native, job)).release()
      expect(await unknownTo(open)).toEqual([[]])
    },
  )

  const unused: Record<string, (x: Expr) => Expr> = {
    abs: ops.abs,
    leakyRelu: ops.leakyRelu,
    log: ops.log,
    max: (x) => ops.max(x, [1]),
    pow: (x) => ops.pow(x, 3),
    relu6: ops.relu6,
    silu: ops.silu,
    softplus: ops.softplus,
    tanh: ops.tanh,
  }
  it.each(Object.entries(unused))('%s, for a loss or an activation, is taken', async (_, f) => {
    const x = input('x', ['n', 3])
    const y = ops.sum(f(x))
    const model = encodeModel(
      emitGraph({ name: 'op', inputs: [x], outputs: { y, dx: gradients(y, [x])[0]! } }),
    )
    expect(await unknownIn(model)).toEqual([])
  })
})
