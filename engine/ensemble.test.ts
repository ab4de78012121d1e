import { describe, expect, it } from 'vitest'
import { memberSeed, trainEnsemble } from './ensemble.ts'
import type { EnsembleJob } from './ensemble.ts'
import { crossEntropy } from './losses.ts'
import { initialise } from './network.ts'
import { seededRandom } from './random.ts'
import { openRuntime } from './session/index.ts'
import { parseSpec } from './spec.ts'
import { train } from './train.ts'
import type { BatchData } from './train.ts'

const [rows, members] = [90, 5]
const random = seededRandom('ensemble')
const inputs = Float32Array.from({ length: rows * 4 }, () => random.normal())
const targets = Float32Array.from({ length: rows * 3 }, (_, i) => Number(Math.floor(i / 3) % 3 === i % 3))
const batch = { inputs: { data: inputs, width: 4 }, targets: { data: targets, width: 3 } }
const subsets = Array.from({ length: members }, (_, i) =>
  Int32Array.from({ length: 18 }, (_, k) => k * members + i),
)
const spec = parseSpec({ kind: 'mlp', inputs: 4, hidden: [8, 6], outputs: 3 })
const networks = subsets.map((_, i) => initialise(spec, random.fork(`member ${i}`)))
const job: EnsembleJob = { networks, batch, subsets, loss: crossEntropy, epochs: 12, batchSize: 5, seed: 7 }

const rowsOf = (subset: Int32Array): BatchData =>
  Object.fromEntries(
    Object.entries(batch).map(([name, { data, width }]) => [
      name,
      {
        width,
        data: Float32Array.from(
          { length: subset.length * width },
          (_, i) => data[subset[Math.floor(i / width)]! * width + (i % width)]!,
        ),
      },
    ]),
  )

describe.each(['onnxruntime-node', 'onnxruntime-web'] as const)('an ensemble on %s', (prefer) => {
  it.each([
    { learningRate: 0.01, schedule: 'cosine', weightDecay: 0.1 } as const,
    { kind: 'sgd', momentum: 0.9 } as const,
  ])('trains its members as if each were alone, to 1e-5, with %j', async (optimiser) => {
    const runtime = await openRuntime({ prefer })
    const together = await trainEnsemble(runtime, { ...job, optimiser })
    for (const [i, network] of networks.entries()) {
      const seed = memberSeed(job.seed, i)
      const alone = await train(runtime, { ...job, network, batch: rowsOf(subsets[i]!), optimiser, seed })
      const apart = together[i]!.parameters.map((p, k) => Math.abs(p - alone.network.parameters[k]!))
      expect(Math.max(...apart)).toBeLessThan(1e-5)
    }
  })
})

it('is refused members and subsets that are not alike', async () => {
  const runtime = await openRuntime()
  const code = 'ENGINE_DATA_INVALID'
  const refused = (more: Partial<EnsembleJob>): Promise<void> =>
    expect(trainEnsemble(runtime, { ...job, ...more })).rejects.toMatchObject({ code })
  await refused({ networks: [] })
  await refused({ subsets: subsets.slice(1) })
  await refused({ subsets: subsets.map((subset, i) => subset.subarray(i)) })
  await refused({ optimiser: { clipNorm: 1 } })
})
