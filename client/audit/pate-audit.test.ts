/** Audits of what leaves under noise: they must not accuse noise that is as promised, and must find noise that is not. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Dataset } from '#engine/data/dataset.ts'
import { featureSchemaSchema } from '#engine/data/schema.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime, type Runtime } from '#engine/session/index.ts'
import { epsilonOf } from '#privacy/accounting/epsilon.ts'
import { ready } from '#privacy/crypto.ts'
import { wordStream } from '#privacy/masks.ts'
import { openMemoryBlobs } from '#store/memory-blobs.ts'
import { varianceZ } from '../../test/support/goodness-of-fit.ts'
import { teacherSchema, type PateTeacherConfig } from '../config.ts'
import { trainPate } from '../teacher/pate.ts'
import type { Teacher } from '../teacher/teacher.ts'
import { lookThroughNoise, type VoteNoise } from './noised-votes.ts'
import { auditTeacher } from './teacher-audit.ts'

let runtime: Runtime
beforeAll(async () => {
  await ready
  runtime = await openRuntime({ threads: 1 })
})

const SCALE = 1024
/** Two parts that nobody tells; `deviation` of their sum, where 1 is one sub-teacher's certainty. */
const noiseOf = (deviation: number, count = 1): VoteNoise => ({
  kind: 'distributedDiscreteGaussian',
  sites: 2,
  siteStdDev: Math.round((deviation * SCALE) / Math.SQRT2),
  l2: Math.SQRT2 * SCALE,
  l1: 2 * SCALE,
  dimensions: 2,
  count,
})
const words = (seed: number) => wordStream(new Uint8Array(32).fill(seed))

describe('what is seen through the noise', () => {
  const rows = 4000
  /** Two sub-teachers, sure and unsure: .75 + .5 votes for class 0, the rest for class 1. */
  const members = [
    [0.75, 0.25],
    [0.5, 0.5],
  ].map((row) => Float64Array.from({ length: rows * 2 }, (_, at) => row[at % 2]!))
  const labels = new Int32Array(rows).fill(0)
  const residuals = (noises: readonly VoteNoise[]) => {
    const { seen, variance } = lookThroughNoise({ members, labels, classes: 2 }, noises, words(1))
    return { variance, residuals: Array.from(seen, (votes) => votes - 1.25) }
  }

  it.each<[string, readonly VoteNoise[], number]>([
    ['once', [noiseOf(3)], 9],
    ['five times over', [noiseOf(3, 5)], 9 / 5],
    // The inverses of the variances add up: 1/9 + 1/16 + 1/16 = 17/72.
    ['in two runs', [noiseOf(3), noiseOf(4, 2)], 72 / 17],
  ])('is the votes, and noise of the variance that it says: %s', (_, noises, expected) => {
    const { variance, residuals: found } = residuals(noises)
    expect(variance / expected).toBeCloseTo(1, 2)
    expect(Math.abs(varianceZ(found, variance))).toBeLessThan(4)
    const mean = found.reduce((a, b) => a + b, 0) / rows
    expect(Math.abs(mean) / Math.sqrt(variance / rows)).toBeLessThan(4)
  })
})

describe('an audit of a site that answers under noise', () => {
  const FEATURES = 20
  /** Plain to learn, so that sub-teachers agree, and one that remembers a canary stands out. */
  const points = (seed: string, rows: number): Dataset => {
    const random = seededRandom(seed)
    const inputs = Float32Array.from({ length: rows * FEATURES }, () => random.normal())
    const labels = Int32Array.from({ length: rows }, () => random.integer(2))
    labels.forEach((label, row) => (inputs[row * FEATURES] = 6 * label - 3))
    return {
      rows,
      features: FEATURES,
      inputs,
      labels,
      classes: ['tails', 'heads'],
    }
  }
  const [training, validation] = [points('training', 600), points('validation', 600)]
  const unitKey = new Uint8Array(32).fill(5)
  const config = teacherSchema.parse({
    kind: 'pate',
    members: 10,
    hidden: [32],
    rows: 64,
    epochs: 40,
    weightDecay: 0,
  }) as PateTeacherConfig
  const schema = featureSchemaSchema.parse({
    version: 1,
    features: { kind: 'tensor', shape: [FEATURES], divideBy: 1 },
    target: { classes: ['tails', 'heads'].map((name, k) => ({ name, values: [String(k)] })) },
  })
  const retrain = async (rows: Dataset): Promise<Teacher> =>
    trainPate(runtime, await openMemoryBlobs(), { config, schema, training: rows, unitKey, seed: 1, signal: new AbortController().signal, onEpoch: () => undefined }) // prettier-ignore
  const delta = 1e-5
  let teacher: Teacher
  beforeAll(async () => {
    teacher = await retrain(training)
  })

  const audit = async (noise: VoteNoise) =>
    auditTeacher(runtime, {
      teacher,
      retrain,
      unitKey,
      training,
      validation,
      temperature: 1,
      shadows: 16,
      delta,
      seed: 1,
      noises: [noise],
    })

  it('proves no more than the noise allows', async () => {
    for (const noise of [noiseOf(1), noiseOf(2, 4)]) {
      const { epsilon } = epsilonOf([noise], delta)
      const { attacks, canaries } = await audit(noise)
      const noised = attacks.find(({ artefact }) => artefact === 'noised-answers')!
      expect(noised.epsilonAtLeast).toBeLessThanOrEqual(epsilon)
      expect(canaries!.epsilonAtLeast).toBeLessThanOrEqual(epsilon)
    }
  }, 60_000)

  it('proves more than is claimed when the noise is a twentieth of it, or is asked 400 times as often', async () => {
    const { epsilon: claimed } = epsilonOf([noiseOf(8)], delta)
    expect(claimed).toBeLessThan(0.8)
    for (const noise of [noiseOf(0.4), noiseOf(8, 400)]) {
      const { canaries } = await audit(noise)
      expect(canaries!.epsilonAtLeast).toBeGreaterThan(claimed)
    }
  }, 60_000)

  it('attacks the answer before its noise as well, with the sub-teachers as shadows', async () => {
    const { attacks, attacked, canaries } = await audit(noiseOf(1))
    expect(attacks.map(({ attack, artefact }) => `${attack}, ${artefact}`)).toEqual([
      'threshold, answer-before-noise',
      'likelihood-ratio, answer-before-noise',
      'likelihood-ratio, noised-answers',
    ])
    expect(attacked).toMatchObject({ kind: 'pate', shadows: 10 })
    expect(attacks[0]!.auc).toBeGreaterThan(attacks[2]!.auc)
    expect(canaries).toMatchObject({ guesses: 60 }) // of 150, a fifth said in, a fifth out
  }, 60_000)
})
