import { describe, expect, it } from 'vitest'
import { predictLogits } from '#engine/infer.ts'
import { initialise } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import { calibrated, shiftOf } from './calibrate.ts'
import { distil, type Distillation } from './distil.ts'
import { gaussiansOf, HALF_WIDTH } from './gaussian.ts'

const runtime = await openRuntime()

describe('shiftOf', () => {
  /** Means of 0 with this raw log-variance. */
  const raw = (rows: number, logVariance: number) =>
    Float32Array.from({ length: 2 * rows }, (_, at) => (at % 2 === 0 ? 0 : logVariance))

  it('makes deviations as large as nine in ten errors need', () => {
    // Ten errors at deviation 1: the 10th of ceil(.9 x 11) = 10 is 3.1, of 1.645 claimed.
    const values = Float32Array.of(0.1, -0.3, 0.4, 0.6, -0.8, 1, 1.2, -1.5, 2, 3.1)
    const shift = shiftOf({ raw: raw(10, 0), values })
    const [, variance] = gaussiansOf(Float32Array.of(0, shift))
    expect(Math.sqrt(variance!)).toBeCloseTo(3.1 / HALF_WIDTH[90], 4)
  })

  it('goes by rank, not by size', () => {
    // Of twenty the ceil(18.9) = 19th decides: the largest may be anything.
    const values = Float32Array.from({ length: 20 }, (_, i) => (i === 7 ? 100 : 0.1 * (i + 1)))
    const [, variance] = gaussiansOf(Float32Array.of(0, shiftOf({ raw: raw(20, 0), values })))
    expect(Math.sqrt(variance!)).toBeCloseTo(2 / HALF_WIDTH[90], 4)
  })

  it('never goes beyond sixteen times the variance', () => {
    expect(shiftOf({ raw: raw(5, 0), values: new Float32Array(5).fill(1000) })).toBeCloseTo(Math.log(16), 4)
    expect(shiftOf({ raw: raw(5, 0), values: new Float32Array(5) })).toBeCloseTo(-Math.log(16), 4)
  })
})

describe('calibrated', () => {
  const student = parseSpec({ kind: 'mlp', inputs: 1, hidden: [8], outputs: 2 })
  const random = seededRandom(3)
  const inputs = Float32Array.from({ length: 60 }, () => random.normal())
  /** Teachers know the mean, and claim half the deviation that there is. */
  const targets = Float32Array.from({ length: 120 }, (_, at) => (at % 2 === 0 ? inputs[at >> 1]! : 0.25))
  const values = inputs.map((mean) => mean + random.normal())
  const job: Distillation & { values: Float32Array } = {
    student,
    rows: 60,
    task: 'regress',
    inputs,
    targets,
    values,
    temperature: 1,
    alpha: 1,
    training: { epochs: 60, batchSize: 16, learningRate: 0.02, weightDecay: 0 },
    seed: 1,
  }
  const covered = (raw: Float32Array) => {
    const predicted = gaussiansOf(raw)
    return values.filter(
      (value, row) =>
        Math.abs(value - predicted[2 * row]!) <= HALF_WIDTH[90] * Math.sqrt(predicted[2 * row + 1]!),
    ).length
  }

  it('widens the intervals of a student that was told too little, and leaves its means', async () => {
    const { network } = await distil(runtime, job)
    const honest = await calibrated(runtime, network, job)
    const [before, after] = await Promise.all(
      [network, honest].map(({ parameters }) =>
        predictLogits(runtime, { spec: student, parameters }, inputs, 60),
      ),
    )
    // Of normal errors twice as large as told, an interval of 1.645 deviations holds 59 %.
    expect(covered(before!)).toBeLessThan(45)
    expect(covered(after!)).toBeGreaterThanOrEqual(51)
    const means = (raw: Float32Array) => raw.filter((_, at) => at % 2 === 0)
    expect(means(after!)).toEqual(means(before!))
  })

  it('leaves a student as it is where few values are known', async () => {
    const fresh = initialise(student, seededRandom(1))
    const few = values.map((value, row) => (row < 29 ? value : NaN))
    expect(await calibrated(runtime, fresh, { ...job, values: few })).toBe(fresh)
  })
})
