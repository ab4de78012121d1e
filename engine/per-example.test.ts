import { describe, expect, it } from 'vitest'
import { crossEntropyRows, field } from './losses.ts'
import type { LossFn } from './losses.ts'
import { initialise } from './network.ts'
import { openClippedGradients } from './per-example.ts'
import type { RowLossFn } from './per-example.ts'
import { seededRandom } from './random.ts'
import { openRuntime } from './session/index.ts'
import { parseSpec } from './spec.ts'
import { train } from './train.ts'
import { mean } from './ops.ts'

const rows = 12
const random = seededRandom('clipping')
const inputs = Float32Array.from({ length: rows * 4 }, () => 2 * random.normal())
const targets = Float32Array.from({ length: rows * 3 }, (_, i) => Number(Math.floor(i / 3) % 3 === i % 3))
const widths = { inputs: 4, targets: 3 }
const batchOf = (from: number, to: number) => ({
  inputs: { data: inputs.subarray(4 * from, 4 * to), width: 4 },
  targets: { data: targets.subarray(3 * from, 3 * to), width: 3 },
})
const loss: RowLossFn = (logits, batch) => crossEntropyRows(logits, field(batch, 'targets'))
const meanLoss: LossFn = (logits, batch) => mean(loss(logits, batch))

describe.each([[[]], [[6]], [[8, 5]]])('clipping with hidden layers %j', (hidden) => {
  const network = initialise(
    parseSpec({ kind: 'mlp', inputs: 4, hidden, outputs: 3, activation: 'tanh' }),
    random,
  )

  it('is the sum of gradients found and clipped one by one, to 1e-5', async () => {
    const runtime = await openRuntime()
    // Gradient descent at rate 1 on one row alone moves the weights by minus that row's gradient.
    const single = await Promise.all(
      Array.from({ length: rows }, async (_, row) => {
        const optimiser = { kind: 'sgd', learningRate: 1 } as const
        const batch = batchOf(row, row + 1)
        const job = { network, batch, loss: meanLoss, optimiser }
        const after = await train(runtime, { ...job, epochs: 1, batchSize: 1, seed: 1 })
        return Array.from(network.parameters, (p, i) => p - after.network.parameters[i]!)
      }),
    )
    const norms = single.map((g) => Math.hypot(...g))
    // Between the smallest norm and the largest, so that some rows are clipped and some are not.
    const clipNorm = norms.toSorted((a, b) => a - b)[rows / 2]!
    const expected = Array.from(network.parameters, (_, k) =>
      single.reduce((total, g, i) => total + g[k]! * Math.min(1, clipNorm / norms[i]!), 0),
    )

    const clipped = await openClippedGradients(runtime, network, { widths, loss, clipNorm })
    const got = await clipped(network.parameters, batchOf(0, rows))
    const apart = (a: ArrayLike<number>, b: readonly number[]): number =>
      Math.max(...b.map((x, i) => Math.abs(x - a[i]!)))
    expect(apart(got.norms, norms)).toBeLessThan(1e-5)
    expect(apart(got.sum, expected)).toBeLessThan(1e-5)
    await clipped.release()
  })
})

it('is refused networks whose rows it cannot tell apart, and norms that bound nothing', async () => {
  const runtime = await openRuntime()
  const cnn = initialise(
    parseSpec({ kind: 'cnn', inputs: 4, image: [2, 2, 1], channels: [2], outputs: 3 }),
    random,
  )
  const mlp = initialise(parseSpec({ kind: 'mlp', inputs: 4, hidden: [], outputs: 3 }), random)
  const open = (network: typeof mlp, clipNorm: number) =>
    openClippedGradients(runtime, network, { widths, loss, clipNorm })
  await expect(open(cnn, 1)).rejects.toMatchObject({ code: 'ENGINE_SHAPE' })
  await expect(open(mlp, 0)).rejects.toMatchObject({ code: 'ENGINE_DATA_INVALID' })
})
