/** What makes the two private teachers private, beyond being teachers. */
import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { teacherSchema, type DpsgdTeacherConfig, type PateTeacherConfig } from '../config.ts'
import type { Dataset } from '#engine/data/dataset.ts'
import { subset } from '#engine/data/dataset.ts'
import { featureSchemaSchema } from '#engine/data/schema.ts'
import { softmaxRows } from '#engine/predictor.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime, type Runtime } from '#engine/session/index.ts'
import { ready } from '#privacy/crypto.ts'
import { wordStream } from '#privacy/masks.ts'
import { openMemoryBlobs } from '#store/memory-blobs.ts'
import { varianceZ } from '../../test/support/goodness-of-fit.ts'
import { planeSchema as schema } from '../../test/support/plane.ts'
import { partByUnit } from '../units.ts'
import { gaussian, planSteps, poissonBatch, trainDpsgd } from './dpsgd.ts'
import { restorePate, trainPate } from './pate.ts'

let runtime: Runtime
beforeAll(async () => {
  await ready
  runtime = await openRuntime({ threads: 1 })
})

const random = seededRandom('private points')
const inputs = Float32Array.from({ length: 400 }, () => random.normal())
const labels = Int32Array.from({ length: 200 }, (_, row) => (inputs[2 * row]! > inputs[2 * row + 1]! ? 1 : 0))
const points: Dataset = { rows: 200, features: 2, inputs, labels, classes: ['low', 'high'] }
const unitKey = new Uint8Array(32).fill(5)
const job = { seed: 1, signal: new AbortController().signal, onEpoch: () => undefined }
const seed = (n: number) => new Uint8Array(32).fill(n)

const pate = teacherSchema.parse({
  kind: 'pate',
  members: 6,
  hidden: [3],
  rows: 24,
  epochs: 8,
  batchSize: 8,
}) as PateTeacherConfig

const dpsgd = (change: object = {}) =>
  teacherSchema.parse({ kind: 'dpsgd', epsilon: 3, delta: 1e-4, steps: 60, ...change }) as DpsgdTeacherConfig

describe('the PATE teacher', () => {
  const trained = async (training: Dataset) => {
    const blobs = await openMemoryBlobs()
    return {
      blobs,
      teacher: await trainPate(runtime, blobs, { ...job, config: pate, schema, training, unitKey }),
    }
  }
  const asked = Float32Array.of(1, -1, -1, 1, 0.5, 0.4)

  it('lets one row reach one sub-teacher: the others are the same to the bit when it is gone', async () => {
    const whole = await (await trained(points)).teacher.memberLogits!(asked, 3)
    const parts = partByUnit(points, unitKey, 6)
    for (const part of [0, 3]) {
      const gone = parts[part]![0]!
      const rest = subset(
        points,
        Array.from({ length: 200 }, (_, row) => row).filter((row) => row !== gone),
      )
      const without = await (await trained(rest)).teacher.memberLogits!(asked, 3)
      expect(whole.map((logits, i) => (logits.join() === without[i]!.join() ? 'same' : i))).toEqual(
        whole.map((_, i) => (i === part ? part : 'same')),
      )
    }
  })

  it('answers with the mean of its members, and as before when it is restored', async () => {
    const { blobs, teacher } = await trained(points)
    const members = await teacher.memberLogits!(asked, 3)
    const mean = members
      .map((logits) => softmaxRows(logits, 2))
      .reduce((sum, p) => sum.map((value, i) => value + p[i]! / 6), new Float32Array(6))
    const logits = await teacher.logits(asked, 3)
    logits.forEach((logit, i) => expect(Math.exp(logit)).toBeCloseTo(mean[i]!, 5))
    expect(mean[1]).toBeGreaterThan(mean[0]!)
    const restored = await restorePate(runtime, blobs, teacher.networkHash)
    expect(await restored.memberLogits!(asked, 3)).toEqual(members)
  })

  it('sees the edges of images, also when it is restored, and their pixels where site.yaml says so', async () => {
    const images = featureSchemaSchema.parse({
      ...schema,
      features: { kind: 'tensor', shape: [16, 16], divideBy: 1 },
      target: { classes: ['0', '1'].map((name) => ({ name, values: [name] })) },
    })
    // Stripes that lie or stand, at random places: no pixel tells, every edge does.
    const draw = (row: number) => {
      const [phase, brightness] = [random.integer(8), 1 + random.next()]
      return Array.from({ length: 256 }, (_, at) => {
        const along = row % 2 === 0 ? Math.floor(at / 16) : at % 16
        return (along + phase) % 8 < 4 ? brightness : 0
      })
    }
    const drawn = (rows: number): Dataset => ({
      rows,
      features: 256,
      inputs: Float32Array.from(Array.from({ length: rows }, (_, row) => draw(row)).flat()),
      labels: Int32Array.from({ length: rows }, (_, row) => row % 2),
      classes: ['low', 'high'],
    })
    const [training, unseen] = [drawn(60), drawn(40)]
    const rightOf = async (features: PateTeacherConfig['features']) => {
      const blobs = await openMemoryBlobs()
      const config = { ...pate, features, hidden: [] }
      const teacher = await trainPate(runtime, blobs, { ...job, config, schema: images, training, unitKey })
      const logits = await teacher.logits(unseen.inputs, 40)
      const restored = await restorePate(runtime, blobs, teacher.networkHash)
      expect(await restored.logits(unseen.inputs, 40)).toEqual(logits)
      return unseen.labels!.filter((label, row) => logits[2 * row + label]! > Math.log(0.5)).length
    }
    expect(await rightOf('edges')).toBe(40)
    expect(await rightOf('given')).toBeLessThan(36)
  })

  it('hears a rare class where it is told to balance them', async () => {
    // A class of 20 rows of 200 in a corner of the other one; its own bound is nowhere the likelier without balance.
    const labels = Int32Array.from({ length: 200 }, (_, row) => Number(row % 10 === 0))
    const rare = {
      ...points,
      labels,
      inputs: points.inputs.map((value, at) => value + labels[at >> 1]!),
    }
    const saysRare = async (balance: boolean) => {
      const config = { ...pate, balance, hidden: [], epochs: 60 }
      const blobs = await openMemoryBlobs()
      const teacher = await trainPate(runtime, blobs, { ...job, config, schema, training: rare, unitKey })
      return Math.exp((await teacher.logits(Float32Array.of(1, 1), 1))[1]!)
    }
    // Equal densities times 10 % and 90 %, or one half each: normal at (1, 1), e^1 likelier for the rare class.
    const [given, balanced] = [await saysRare(false), await saysRare(true)]
    expect(given).toBeLessThan(0.4) // .1 e / (.1 e + .9) = .23
    expect(balanced).toBeGreaterThan(0.55) // e / (e + 1) = .73
  })

  it('has an opinion even where a part has no rows', async () => {
    const { teacher } = await trained(subset(points, [0, 1]))
    const members = await teacher.memberLogits!(asked, 3)
    expect(members).toHaveLength(6)
    expect(members.every((logits) => logits.every(Number.isFinite))).toBe(true)
  })
})

describe('the DP-SGD teacher', () => {
  it('has the noise that all its steps need', () => {
    // Reference vector V11: sigma 1.5, q .05, 1,000 steps cost 6.20997 at 1e-6 by RDP, about .01 less by PLD.
    const asked = dpsgd({ epsilon: 6.2, delta: 1e-6, samplingRate: 0.05, steps: 1000 })
    const { noiseMultiplier: sigma, ...steps } = planSteps(asked)
    expect(steps).toEqual({ kind: 'sampledGaussian', samplingRate: 0.05, count: 1000 })
    expect(sigma).toBeGreaterThan(1.48)
    expect(sigma).toBeLessThan(1.502)
  })

  it('draws each person by itself, one row of each at most', () => {
    const units = Array.from({ length: 400 }, (_, i) => Int32Array.of(3 * i, 3 * i + 1, 3 * i + 2))
    const nextWord = wordStream(seed(1))
    const batches = Array.from({ length: 300 }, () => poissonBatch(units, 0.1, nextWord))
    for (const rows of batches)
      expect(new Set([...rows].map((row) => Math.floor(row / 3))).size).toBe(rows.length)
    const sizes = batches.map(({ length }) => length)
    // Binomial(120000, .1): 12,000 give or take 104; five deviations. And sizes vary as Poisson draws do.
    expect(Math.abs(sizes.reduce((a, b) => a + b, 0) - 12_000)).toBeLessThan(520)
    // The variance of one size is 400 * .1 * .9 = 36.
    expect(
      Math.abs(
        varianceZ(
          sizes.map((size) => size - 40),
          36,
        ),
      ),
    ).toBeLessThan(4)
    for (let third = 0; third < 3; third++) {
      const count = batches.flatMap((rows) => [...rows]).filter((row) => row % 3 === third).length
      expect(Math.abs(count - 4000)).toBeLessThan(300) // five deviations of 60
    }
  })

  it('adds noise of the stated deviation', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 255 }),
        fc.double({ min: 0.1, max: 50, noNaN: true }),
        (n, stdDev) => {
          const draw = gaussian(stdDev, wordStream(seed(n)))
          const samples = Array.from({ length: 4000 }, draw)
          expect(Math.abs(varianceZ(samples, stdDev ** 2))).toBeLessThan(5)
          expect(Math.abs(samples.reduce((a, b) => a + b, 0)) / (stdDev * Math.sqrt(4000))).toBeLessThan(5)
        },
      ),
      { numRuns: 20 },
    )
  })

  it('learns through the noise, and refuses a delta that says too little', async () => {
    const blobs = await openMemoryBlobs()
    const config = dpsgd({ samplingRate: 0.3, steps: 80, learningRate: 0.05 })
    const plan = planSteps(config)
    const train = (change: Partial<DpsgdTeacherConfig>) =>
      trainDpsgd(runtime, blobs, {
        ...job,
        config: { ...config, ...change },
        plan,
        schema,
        training: points,
        random: () => seed(9),
      })
    const teacher = await train({})
    const logits = await teacher.logits(Float32Array.of(2, -2, -2, 2), 2)
    expect(logits[1]! > logits[0]! && logits[2]! > logits[3]!).toBe(true)
    await teacher.release()
    // 1 / (10 * 200) = 5e-4.
    await expect(train({ delta: 6e-4 })).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
  })
})
