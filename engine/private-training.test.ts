import { describe, expect, it } from 'vitest'
import { rowsIn } from './batch.ts'
import { trainedCount } from './layout.ts'
import { crossEntropy, rowCrossEntropy } from './losses.ts'
import { initialise } from './network.ts'
import { reshape } from './ops.ts'
import { trainPrivately } from './private-training.ts'
import type { PrivateJob } from './private-training.ts'
import { seededRandom } from './random.ts'
import { openRuntime } from './session/index.ts'
import { parseSpec } from './spec.ts'
import { train } from './train.ts'
import { epochOrder } from './training-plan.ts'

const random = seededRandom('private')
const rows = 24
const batch = {
  inputs: { data: Float32Array.from({ length: rows * 4 }, () => random.normal()), width: 4 },
  targets: { data: Float32Array.from({ length: rows * 3 }, (_, i) => Number(i % 4 === 0)), width: 3 },
}
const spec = parseSpec({ kind: 'mlp', inputs: 4, hidden: [6], outputs: 3 })
const count = trainedCount(spec)
const job: PrivateJob = {
  network: initialise(spec, random),
  batch,
  loss: rowCrossEntropy,
  clipNorm: 0.5,
  steps: 5,
  expectedBatchSize: 8,
  batchOf: (step) => Int32Array.from({ length: 5 + step }, (_, i) => (7 * i + step) % rows),
  noise(step) {
    const draws = seededRandom(`noise ${step}`)
    return Float32Array.from({ length: count }, () => draws.normal())
  },
  seed: 3,
}
const apart = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i]!)), 0)

describe('a private step', () => {
  // One weight, one bias and the loss w x + b: the gradient of row x is (x, 1). Of x = 3 its norm is sqrt(10).
  const line = parseSpec({ kind: 'mlp', inputs: 1, hidden: [], outputs: 1 })
  const byHand: PrivateJob = {
    network: { spec: line, parameters: Float32Array.of(0, 0) },
    batch: { inputs: { data: Float32Array.of(3, 0), width: 1 } },
    loss: (logits) => reshape(logits, ['batch']),
    clipNorm: Math.sqrt(10) / 2,
    optimiser: { kind: 'sgd', learningRate: 1 },
    steps: 1,
    expectedBatchSize: 2,
    batchOf: () => Int32Array.of(0, 1),
    noise: () => Float32Array.of(0.5, -1),
    seed: 1,
  }

  it('clips each row, adds the noise once and divides by the expected size', async () => {
    // Row 3 is halved to (1.5, 0.5); row 0 has (0, 1), short enough. (1.5 + 0.5, 1.5 - 1) / 2 = (1, 0.25).
    const { network } = await trainPrivately(await openRuntime(), byHand)
    expect(network.parameters[0]).toBeCloseTo(-1, 6)
    expect(network.parameters[1]).toBeCloseTo(-0.25, 6)
  })

  it('is taken with the noise alone when no row was drawn', async () => {
    const nobody = { ...byHand, batchOf: () => new Int32Array() }
    const { network } = await trainPrivately(await openRuntime(), nobody)
    expect([...network.parameters]).toEqual([-0.25, 0.5])
  })
})

describe('private training', () => {
  it('without noise, and with a norm that clips nothing, is plain training, to 1e-5', async () => {
    const runtime = await openRuntime()
    const optimiser = { learningRate: 0.02, schedule: 'cosine', weightDecay: 0.1 } as const
    const common = { network: job.network, batch, optimiser, seed: 9 }
    const plain = await train(runtime, { ...common, loss: crossEntropy, epochs: 2, batchSize: 8 })
    // 24 rows in batches of 8: three steps an epoch, in the order that `train` deals with this seed.
    const deal = seededRandom(9).fork('batches')
    const { network } = await trainPrivately(runtime, {
      ...job,
      ...common,
      clipNorm: 1e6,
      steps: 6,
      batchOf(step) {
        const at = (step - 1) % 3
        return epochOrder(rowsIn(batch), Math.ceil(step / 3), deal).subarray(8 * at, 8 * at + 8)
      },
      noise: () => new Float32Array(count),
    })
    expect(apart(network.parameters, plain.network.parameters)).toBeLessThan(1e-5)
  })

  it('keeps the moving average of the weights', async () => {
    const runtime = await openRuntime()
    const optimiser = { kind: 'sgd', averageDecay: 0.5 } as const
    const one = await trainPrivately(runtime, { ...job, optimiser, until: 1 })
    const two = await trainPrivately(runtime, { ...job, optimiser, until: 2 })
    // A = d A + (1 - d) p from 0, made whole by 1 - d^t: after two steps (p1 / 4 + p2 / 2) / (3 / 4).
    const expected = one.network.parameters.map((p, i) => (p + 2 * two.network.parameters[i]!) / 3)
    expect(apart(two.averaged!.parameters, expected)).toBeLessThan(1e-6)
    expect(two.state.slots).toHaveLength(1)
  })

  it('adds up its sums from as few rows at a time as it is told', async () => {
    const runtime = await openRuntime()
    const whole = await trainPrivately(runtime, job)
    const parts = await trainPrivately(runtime, { ...job, rowsPerCall: 2 })
    expect(apart(whole.network.parameters, parts.network.parameters)).toBeLessThan(1e-5)
  })

  it('stops and goes on to the bit, dropout included', async () => {
    const runtime = await openRuntime()
    const image = {
      kind: 'cnn',
      inputs: 4,
      image: [2, 2, 1],
      channels: [3],
      hidden: [5],
      outputs: 3,
    } as const
    const dropping = parseSpec({ ...image, dropout: 0.5 })
    const long = {
      ...job,
      network: initialise(dropping, seededRandom('cnn')),
      noise: () => new Float32Array(trainedCount(dropping)).fill(0.1),
    }
    const whole = await trainPrivately(runtime, long)
    const { state } = await trainPrivately(runtime, { ...long, until: 2 })
    expect(state.step).toBe(2)
    const rest = await trainPrivately(runtime, { ...long, resume: state })
    expect(rest.network.parameters).toEqual(whole.network.parameters)
    const other = await trainPrivately(runtime, { ...long, seed: 4 })
    expect(other.network.parameters).not.toEqual(whole.network.parameters)
  })

  it('refuses what does not fit, and stops when told', async () => {
    const runtime = await openRuntime()
    const refused = (more: Partial<PrivateJob>, code: string): Promise<void> =>
      expect(trainPrivately(runtime, { ...job, ...more })).rejects.toMatchObject({ code })
    await refused({ expectedBatchSize: 0 }, 'ENGINE_DATA_INVALID')
    await refused({ optimiser: { clipNorm: 1 } }, 'ENGINE_DATA_INVALID')
    await refused({ batchOf: () => Int32Array.of(rows) }, 'ENGINE_DATA_INVALID')
    await refused({ batchOf: () => Int32Array.of(3, 4, 3) }, 'ENGINE_DATA_INVALID')
    await refused({ noise: () => new Float32Array(count - 1) }, 'ENGINE_DATA_INVALID')
    await refused({ noise: () => new Float32Array(count).fill(NaN) }, 'ENGINE_DATA_INVALID')
    await refused({ optimiser: { kind: 'sgd', learningRate: 1e38 } }, 'ENGINE_DIVERGED')
    const stop = new AbortController()
    const onStep = () => stop.abort()
    await refused({ signal: stop.signal, onStep }, 'ENGINE_CANCELLED')
  })
})
