import { describe, expect, it } from 'vitest'
import type { Network } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import { computeLoss, differencesOf } from '../test/support/loss-lab.ts'
import { distil, type Distillation } from './distil.ts'
import { HINT_WIDTH } from './hint-lesson.ts'
import { learntTemperature, reversalAt, reversed, withLearntTemperature } from './learnt-temperature.ts'
import { teachingLoss } from './losses/teaching-loss.ts'
import { softmaxRows } from './softmax.ts'

const runtime = await openRuntime({ threads: 1 })

describe('a reversed gradient', () => {
  it('has the value of what it reverses, and -lambda times its slope', async () => {
    const { values, slope } = await computeLoss((x) => reversed(x, 0.3), {
      logits: [2, -5],
      width: 1,
      batch: {},
    })
    for (const [i, x] of [2, -5].entries()) expect(values[i]).toBeCloseTo(x, 12)
    for (const each of slope) expect(each).toBeCloseTo(-0.3, 12)
  })

  it('rises from nothing to the whole over ten epochs, along a cosine', () => {
    // 20 epochs of 5 steps: five epochs are behind step 26, and ten behind step 51.
    const at = [1, 26, 51, 100].map((step) => reversalAt(20)(step, 100))
    expect(at[0]).toBe(0)
    expect(at[1]).toBeCloseTo(0.5, 12)
    expect(at.slice(2)).toEqual([1, 1])
    // Four epochs of 5 steps end at 3.8 of ten: (1 - cos(.38 pi)) / 2 = .3159.
    expect(reversalAt(4)(20, 20)).toBeCloseTo(0.315938, 5)
  })
})

describe('a learnt temperature', () => {
  const temperatureOf = (outputs: number[], lambda: number) =>
    computeLoss((x) => learntTemperature(x, lambda), { logits: outputs, width: 1, batch: {} })

  it('starts at 15.6, and is one of the whole batch', async () => {
    // 1 + 20 / (1 + 1 / e) = 15.62117; a mean of -1 makes theta 0, where the sigmoid is a half.
    expect((await temperatureOf([0, 0, 0], 1)).values[0]).toBeCloseTo(15.62117, 5)
    const { values, slope } = await temperatureOf([1, -3], 0.5)
    expect(values[0]).toBeCloseTo(11, 12)
    // 20 x 1/4, halved by the mean over two rows, times -1/2.
    for (const each of slope) expect(each).toBeCloseTo(-1.25, 12)
  })

  it('climbs the loss that the logits descend', async () => {
    const taught = teachingLoss({
      name: 'kd',
      temperature: 2,
      alpha: 1,
      temperatureSchedule: { kind: 'ctkd' },
    })
    const { loss } = withLearntTemperature(20, taught)
    const trial = {
      logits: [0.3, -1.2, 0.8, -2, 2, 0.5, -0.4, -1.5], // three logits and the further output, twice
      width: 4,
      batch: { targets: [0.1, 0.2, 0.7, 0.3, 0.6, 0.1], reversal: [0.25] },
    }
    const { slope } = await computeLoss(loss, trial)
    const shown = await differencesOf(loss, trial)
    for (const [i, each] of shown.entries())
      expect(slope[i]).toBeCloseTo(i % 4 === 3 ? -0.25 * each : each, 6)
    expect(Math.abs(shown[3]!)).toBeGreaterThan(1e-3)
  })
})

describe('a student that learns its temperature', () => {
  const rows = 60
  const random = seededRandom('learnt temperature')
  const inputs = Float32Array.from({ length: 2 * rows }, () => random.normal())
  const student = parseSpec({ kind: 'mlp', inputs: 2, hidden: [8], outputs: 3 })
  const said = Array.from({ length: rows }, (_, i) => [2 * inputs[2 * i]!, inputs[2 * i + 1]!, 0]).flat()
  const job: Distillation = {
    student,
    rows,
    inputs,
    targets: Float32Array.from(softmaxRows(said, 3, 2)),
    temperature: 2,
    temperatureSchedule: { kind: 'ctkd' },
    alpha: 1,
    training: { epochs: 30, batchSize: 20, learningRate: 0.02, weightDecay: 0.01 },
    seed: 3,
  }

  it('is compared at 15.6 first, as a schedule that stays there does', async () => {
    const first = { ...job, training: { ...job.training, epochs: 1, batchSize: rows } }
    const T = 1 + 20 / (1 + Math.exp(-1))
    const constant = { kind: 'linear', from: T, to: T } as const
    const [learnt, told] = [
      await distil(runtime, first),
      await distil(runtime, { ...first, temperatureSchedule: constant }),
    ]
    expect(learnt.curve[0]!.loss).toBeCloseTo(told.curve[0]!.loss, 5)
  })

  it('learns, moves the temperature, and leaves as the network it was to be', async () => {
    const specs: unknown[] = []
    const onEpoch = ({ network }: { network: Network }) => void specs.push(network.spec)
    const { network, curve, state } = await distil(runtime, { ...job, onEpoch })
    expect(specs).toEqual(Array.from({ length: 30 }, () => student))
    expect(network.spec).toEqual(student)
    expect(network.parameters).toHaveLength(3 * 8 + 9 * 3)
    expect(network.parameters.every(Number.isFinite)).toBe(true)
    expect(curve.at(-1)!.loss).toBeLessThan(curve[0]!.loss / 4)
    // The further output is the fourth of the last layer, whose biases come last.
    expect(state.parameters).toHaveLength(3 * 8 + 9 * 4)
    expect(state.parameters.at(-1)).not.toBe(0)
  })

  it('goes on from where training was cut, beside a hint too', async () => {
    const hint = { targets: new Float32Array(rows * HINT_WIDTH).fill(0.1), weight: 1 }
    const both = { ...job, hint, training: { ...job.training, epochs: 6 } }
    const states: { readonly epoch: number }[] = []
    const straight = await distil(runtime, { ...both, onEpoch: ({ state }) => void states.push(state) })
    const resume = states[2] as typeof straight.state
    const resumed = await distil(runtime, { ...both, resume })
    expect(resume.epoch).toBe(3)
    expect(resumed.network).toEqual(straight.network)
    expect(straight.network.spec).toEqual(student)
  })
})
