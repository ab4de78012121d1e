import { describe, expect, it } from 'vitest'
import type { Dataset } from '#engine/data/dataset.ts'
import { predictLogits } from '#engine/infer.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import { distil, type Distillation } from './distil.ts'
import { classLossNames, distillationLosses } from './losses/registry.ts'
import { accuracy, fidelity } from './metrics.ts'
import { softmaxRows } from './softmax.ts'
import { trainTeacher, type TeacherTraining } from './teach.ts'

const runtime = await openRuntime()
const spec = parseSpec({ kind: 'mlp', inputs: 2, hidden: [16], outputs: 2 })

/** Two features in a square; class 1 where their product is positive, which no linear model can learn. */
function checkerboard(rows: number, seed: number): Dataset & { labels: Int32Array } {
  const random = seededRandom(seed)
  const inputs = Float32Array.from({ length: 2 * rows }, () => 2 * random.next() - 1)
  const labels = Int32Array.from({ length: rows }, (_, row) =>
    Number(inputs[2 * row]! * inputs[2 * row + 1]! > 0),
  )
  return { rows, features: 2, inputs, labels, classes: ['apart', 'together'] }
}

const training: TeacherTraining = {
  epochs: 60,
  batchSize: 16,
  learningRate: 0.02,
  weightDecay: 0,
  stopping: 0,
  patience: 5,
}
const train = checkerboard(300, 1)
const test = checkerboard(300, 2)

describe('trainTeacher', () => {
  it('learns what a linear model cannot, the same way for a seed', async () => {
    const { network } = await trainTeacher(runtime, { spec, dataset: train, training, seed: 7 })
    expect(
      accuracy(await predictLogits(runtime, network, test.inputs, test.rows), test.labels, 2),
    ).toBeGreaterThan(0.9)
    const again = await trainTeacher(runtime, { spec, dataset: train, training, seed: 7 })
    expect(again.network.parameters).toEqual(network.parameters)
  })

  it('augments what it is told to', async () => {
    const short = { ...training, epochs: 2 }
    const noisy = { ...short, augment: [{ kind: 'noise' as const, sigma: 0.1 }] }
    const [plain, augmented] = await Promise.all(
      [short, noisy].map((training) => trainTeacher(runtime, { spec, dataset: train, training, seed: 1 })),
    )
    expect(augmented!.network.parameters).not.toEqual(plain!.network.parameters)
  })

  it('leaves unlabelled rows out', async () => {
    const dataset = { ...train, labels: train.labels.map((label, row) => (row < 200 ? label : -1)) }
    const labelled = {
      ...train,
      rows: 200,
      inputs: train.inputs.slice(0, 400),
      labels: train.labels.slice(0, 200),
    }
    const short = { ...training, epochs: 2 }
    const [one, other] = await Promise.all([
      trainTeacher(runtime, { spec, dataset, training: short, seed: 1 }),
      trainTeacher(runtime, { spec, dataset: labelled, training: short, seed: 1 }),
    ])
    expect(one.network.parameters).toEqual(other.network.parameters)
  })

  it('stops when rows kept apart no longer gain, and keeps the best', async () => {
    const noise = { ...train, labels: train.labels.map((_, row) => (row * 7919) % 2) }
    const patient = { ...training, stopping: 0.3, patience: 3, epochs: 200 }
    const { epochs, curve } = await trainTeacher(runtime, {
      spec,
      dataset: noise,
      training: patient,
      seed: 1,
    })
    expect(epochs).toBeLessThan(200)
    expect(curve.every(({ validationLoss }) => validationLoss !== undefined)).toBe(true)
  })

  it('refuses a dataset without labels', async () => {
    const { labels: _, ...unlabelled } = train
    await expect(
      trainTeacher(runtime, { spec, dataset: unlabelled, training, seed: 1 }),
    ).rejects.toMatchObject({
      code: 'DATA_EMPTY',
    })
  })
})

describe('distil', () => {
  const temperature = 2
  const job = async (): Promise<Distillation> => {
    const { network } = await trainTeacher(runtime, { spec, dataset: train, training, seed: 7 })
    const transfer = checkerboard(300, 3)
    const logits = await predictLogits(runtime, network, transfer.inputs, transfer.rows)
    const targets = Float32Array.from(softmaxRows(logits, 2, temperature))
    const { rows, inputs } = transfer
    return { student: spec, rows, inputs, targets, temperature, alpha: 1, training, seed: 5 }
  }

  it('gives a student that follows its teacher without a single label', async () => {
    const work = await job()
    const epochs: number[] = []
    const { network } = await distil(runtime, { ...work, onEpoch: ({ epoch }) => void epochs.push(epoch) })
    const logits = await predictLogits(runtime, network, work.inputs, work.rows)
    const student = {
      rows: work.rows,
      classes: 2,
      probabilities: Float32Array.from(softmaxRows(logits, 2, temperature)),
    }
    const { agreement, meanKl } = fidelity(student, { ...student, probabilities: work.targets })
    expect(agreement).toBeGreaterThan(0.97)
    expect(meanKl).toBeLessThan(0.02)
    expect(
      accuracy(await predictLogits(runtime, network, test.inputs, test.rows), test.labels, 2),
    ).toBeGreaterThan(0.88)
    expect(epochs).toEqual(Array.from({ length: training.epochs }, (_, i) => i + 1))
  })

  it('goes on from a student, and learns from labels where alpha leaves them room', async () => {
    const work = await job()
    const labels = checkerboard(300, 3).labels.map((label, row) => (row < 50 ? label : -1))
    const started = await distil(runtime, { ...work, training: { ...training, epochs: 5 } })
    const { curve } = await distil(runtime, { ...work, start: started.network, labels, alpha: 0.5 })
    expect(curve.at(-1)?.loss).toBeLessThan(curve[0]?.loss ?? 0)
  })

  it('counts alpha as 1 when no row is labelled', async () => {
    const work = { ...(await job()), training: { ...training, epochs: 1 } }
    const plain = await distil(runtime, work)
    const unlabelled = await distil(runtime, {
      ...work,
      alpha: 0.2,
      labels: new Int32Array(work.rows).fill(-1),
    })
    expect(unlabelled.network.parameters).toEqual(plain.network.parameters)
  })

  it('stops when told to', async () => {
    const abort = new AbortController()
    const work = await job()
    await expect(
      distil(runtime, {
        ...work,
        signal: abort.signal,
        onEpoch: ({ epoch }) => (epoch === 2 ? abort.abort() : undefined),
      }),
    ).rejects.toMatchObject({ code: 'ENGINE_CANCELLED' })
  })
})

describe('every loss', () => {
  /** Four classes around a circle, from teachers that are surer in the middle of each. */
  const towards = [
    [3, 0],
    [0, 3],
    [-3, 0],
    [0, -3],
  ]
  const logitsAt = (inputs: Float32Array) =>
    Float32Array.from({ length: 2 * inputs.length }, (_, i) => {
      const [row, [x, y]] = [Math.floor(i / 4), towards[i % 4] as [number, number]]
      return x * inputs[2 * row]! + y * inputs[2 * row + 1]!
    })
  const student = parseSpec({ kind: 'mlp', inputs: 2, hidden: [16], outputs: 4 })

  it.each(classLossNames)('teaches a student to predict as its teachers do: %s', async (loss) => {
    const { temperature } = distillationLosses[loss]
    const { network } = await distil(runtime, {
      student,
      rows: train.rows,
      inputs: train.inputs,
      targets: Float32Array.from(softmaxRows(logitsAt(train.inputs), 4, temperature)),
      disagreement: new Float32Array(train.rows).fill(0.1),
      loss,
      temperature,
      alpha: 1,
      training: { epochs: 40, batchSize: 16, learningRate: 0.02, weightDecay: 0 },
      seed: 1,
    })
    const taught = softmaxRows(logitsAt(test.inputs), 4)
    const winners = Int32Array.from({ length: test.rows }, (_, row) => {
      const four = taught.subarray(4 * row, 4 * row + 4)
      return four.indexOf(Math.max(...four))
    })
    const learnt = await predictLogits(runtime, network, test.inputs, test.rows)
    expect(accuracy(learnt, winners, 4)).toBeGreaterThan(0.9)
  })
})
