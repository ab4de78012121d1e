/** Every runtime trains every kind of network as onnxruntime-node does, and predicts the same with the result. */
import { describe, expect, it } from 'vitest'
import { openEveryRuntime, present } from '../../test/support/runtimes.ts'
import { predictLogits } from '../infer.ts'
import { crossEntropy } from '../losses.ts'
import { initialise } from '../network.ts'
import { seededRandom } from '../random.ts'
import { train } from '../train.ts'
import type { TrainingResult } from '../train.ts'
import { specs } from '../../test/support/every-spec.ts'

// `session.test.ts` says which are absent, and why.
const runtimes = present(await openEveryRuntime())
const reference = runtimes.find(({ name }) => name === 'onnxruntime-node')!.runtime
const [rows, classes] = [8, 3]

const apart = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  a.length === b.length ? Math.max(...Array.from(a, (x, i) => Math.abs(x - b[i]!))) : Infinity

describe.each(specs)('$name', ({ spec }) => {
  const random = seededRandom('contract')
  const words = spec.kind === 'transformer' ? spec.vocabulary : undefined
  const inputs = Float32Array.from({ length: rows * spec.inputs }, () =>
    words ? random.integer(words) : random.normal(),
  )
  const targets = new Float32Array(rows * classes)
  for (let row = 0; row < rows; row++) targets[row * classes + random.integer(classes)] = 1
  const trained = new Map<string, Promise<TrainingResult>>()
  const trainedOn = (name: string): Promise<TrainingResult> => {
    const { runtime } = runtimes.find((one) => one.name === name)!
    const job = {
      network: initialise(spec, seededRandom(5)),
      batch: { inputs: { data: inputs, width: spec.inputs }, targets: { data: targets, width: classes } },
      loss: crossEntropy,
      optimiser: { kind: 'sgd', learningRate: 0.05, momentum: 0.9 },
      epochs: 2,
      batchSize: 3,
      seed: 1,
    } as const
    const known = trained.get(name) ?? train(runtime, job)
    trained.set(name, known)
    return known
  }

  // Eight rows in three batches, twice: six steps, of which each compounds the ones before.
  it.each(runtimes.map(({ name }) => name))('trains on %s as on onnxruntime-node, to 1e-4', async (name) => {
    const [ours, theirs] = [await trainedOn('onnxruntime-node'), await trainedOn(name)]
    const losses = ({ curve }: TrainingResult): number[] => curve.map(({ loss }) => loss)
    expect(losses(ours)).toHaveLength(2)
    expect(losses(ours).every((loss) => loss > 0)).toBe(true)
    expect(apart(losses(theirs), losses(ours))).toBeLessThan(1e-4)
    expect(apart(theirs.network.parameters, ours.network.parameters)).toBeLessThan(1e-3)
  })

  it.each(runtimes)('predicts on $name as on onnxruntime-node, to 1e-4', async ({ runtime }) => {
    const { network } = await trainedOn('onnxruntime-node')
    const expected = await predictLogits(reference, network, inputs, rows)
    expect(apart(await predictLogits(runtime, network, inputs, rows), expected)).toBeLessThan(1e-4)
  })
})
