import { describe, expect, it } from 'vitest'
import { computeLoss, differencesOf } from '../../test/support/loss-lab.ts'
import { softmaxRows } from '../softmax.ts'
import { distillationLosses, classLossNames, type ClassLossName } from './registry.ts'
import { teachingLoss, type TeachingLoss } from './teaching-loss.ts'

interface Parts {
  readonly logits: readonly number[]
  readonly targets: readonly number[]
  readonly labels?: readonly number[]
  readonly numbers?: Readonly<Record<string, readonly number[]>>
}

const trial = ({ logits, targets, labels, numbers }: Parts, width: number) => ({
  logits,
  width,
  batch: { targets, ...(labels && { labels }), ...numbers },
})

/** The loss of a batch and its slope, in double precision. */
async function compute(options: Partial<TeachingLoss>, parts: Parts, width = 2) {
  const { loss } = teachingLoss({ name: 'kd', temperature: 1, alpha: 1, ...options })
  const { values, slope } = await computeLoss(loss, trial(parts, width))
  return { loss: values[0] ?? NaN, slope }
}

const logits = [0, Math.log(3)] // p = (1/4, 3/4)
const even = [0.5, 0.5]

describe('kd', () => {
  it('is the cross-entropy when alpha is 0', async () => {
    const labels = [1, 0]
    const { loss, slope } = await compute({ temperature: 3, alpha: 0 }, { logits, targets: even, labels })
    expect(loss).toBeCloseTo(Math.log(4), 12)
    expect(slope[0]).toBeCloseTo(0.25 - 1, 12) // p - y
    expect(slope[1]).toBeCloseTo(0.75, 12)
  })

  // TextBrewer, IntelLabs Distiller and, without alpha, torchdistill leave T^2 out.
  it('is T^2 KL(target || student at T) when alpha is 1', async () => {
    // At T = 2 the student's odds 3 become sqrt 3: q = (1, sqrt 3) / (1 + sqrt 3).
    const q = [1 / (1 + Math.sqrt(3)), Math.sqrt(3) / (1 + Math.sqrt(3))] as const
    const kl = 0.5 * Math.log(0.5 / q[0]) + 0.5 * Math.log(0.5 / q[1])
    const { loss, slope } = await compute({ temperature: 2 }, { logits, targets: even })
    expect(loss).toBeCloseTo(4 * kl, 12)
    expect(slope[1]).toBeCloseTo(2 * (q[1] - 0.5), 12) // T (q - t)
  })

  // KD_Lib hands the student's probabilities over as targets, and the teachers' as predictions.
  it('diverges from the teachers to the student, and not the other way', async () => {
    // KL((1/2, 1/2) || (1/4, 3/4)) = ln(4/3) / 2 = .1438; the other way it is ln 2 - H(1/4) = .1308.
    expect((await compute({}, { logits, targets: even })).loss).toBeCloseTo(Math.log(4 / 3) / 2, 12)
  })

  // ModelOpt's default reduction divides by rows times classes.
  it('is a mean over rows and a sum over classes', async () => {
    // Sure teachers and a student of 100 equal logits: ln 100 a row, whose slope at the true class is 1/100 - 1.
    const sure = Array.from({ length: 100 }, (_, i) => Number(i === 0))
    const flat = sure.map(() => 0)
    const { loss, slope } = await compute(
      {},
      { logits: [...flat, ...flat], targets: [...sure, ...sure] },
      100,
    )
    expect(loss).toBeCloseTo(Math.log(100), 12)
    expect(slope[0]).toBeCloseTo((0.01 - 1) / 2, 12)
  })

  it('mixes soft and hard, and takes the soft part alone where the label is unknown', async () => {
    const parts = { logits: [...logits, ...logits], targets: [...even, ...even], labels: [1, 0, 0, 0] }
    const soft = (await compute({ temperature: 2, alpha: 1 }, parts)).loss
    const { loss } = await compute({ temperature: 2, alpha: 0.75 }, parts)
    expect(loss).toBeCloseTo(0.75 * soft + 0.25 * (Math.log(4) / 2), 12) // one of the two rows has a label
  })

  it('tends to matching logits as the temperature grows', async () => {
    // |z - t|^2 / (2 C) with z = (1, 2, -3) and t = (-1, 0, 1), both centred: (4 + 4 + 16) / 6 = 4.
    const temperature = 5000
    const targets = [...softmaxRows([-1, 0, 1], 3, temperature)]
    const { loss } = await compute({ temperature }, { logits: [1, 2, -3], targets }, 3)
    expect(Math.abs(loss - 4)).toBeLessThan(0.01)
  })
})

describe('a schedule', () => {
  const targets = [0.7, 0.2, 0.1]
  const student = [0.3, -1.2, 0.8]

  it('compares at the temperature of the step, with the targets softened as far', async () => {
    const cooled = await compute(
      { temperature: 2, temperatureSchedule: { kind: 'linear', from: 2, to: 1 } },
      { logits: student, targets, numbers: { temperature: [1] } },
      3,
    )
    // At T = 1 what was shared at T0 = 2 is squared and normalised: (49, 4, 1) / 54.
    const squared = [49 / 54, 4 / 54, 1 / 54]
    expect(cooled.loss).toBeCloseTo((await compute({}, { logits: student, targets: squared }, 3)).loss, 6)
  })

  it('goes from its first number at the first step to its last at the last', () => {
    const { stepNumbers } = teachingLoss({
      name: 'kd',
      temperature: 4,
      alpha: 1,
      temperatureSchedule: { kind: 'linear', from: 8, to: 2 },
      alphaSchedule: { kind: 'cosine', from: 1, to: 0 },
    })
    const along = (name: string) => [1, 3, 5].map((step) => stepNumbers[name]!(step, 5))
    expect(along('temperature')).toEqual([8, 5, 2])
    expect(along('alpha')[0]).toBe(1)
    expect(along('alpha')[1]).toBeCloseTo(0.5, 12)
    expect(along('alpha')[2]).toBeCloseTo(0, 12)
    expect(stepNumbers['alpha']!(1, 1)).toBe(1)
  })

  it('weighs soft and hard by the alpha of the step', async () => {
    const parts = { logits: student, targets, labels: [0, 1, 0] }
    const alphaSchedule = { kind: 'linear', from: 1, to: 0 } as const
    const stepped = await compute({ alphaSchedule }, { ...parts, numbers: { alpha: [0.3] } }, 3)
    expect(stepped.loss).toBeCloseTo((await compute({ alpha: 0.3 }, parts, 3)).loss, 12)
  })

  it('cools the rows on which the student is unsure, and no slope goes through that (cwsm)', async () => {
    // Largest probabilities 1/2 and 1/4 of 4: w = 2 and 4, mean 3; with beta .5 and tau_0 2, T = 2.5 and 1.5.
    const rows = [Math.log(3), 0, 0, 0, 0, 0, 0, 0]
    const shared = [0.4, 0.3, 0.2, 0.1]
    const both = await compute(
      { temperature: 2, temperatureSchedule: { kind: 'cwsm', beta: 0.5 } },
      { logits: rows, targets: [...shared, ...shared] },
      4,
    )
    const alone = async (row: number, temperature: number) => {
      const powers = shared.map((p) => p ** (2 / temperature))
      const total = powers.reduce((a, b) => a + b)
      const targets = powers.map((p) => p / total)
      return compute({ temperature }, { logits: rows.slice(4 * row, 4 * row + 4), targets }, 4)
    }
    const [first, second] = [await alone(0, 2.5), await alone(1, 1.5)]
    expect(both.loss).toBeCloseTo((first.loss + second.loss) / 2, 6)
    const slopes = [...first.slope, ...second.slope]
    for (const [i, slope] of slopes.entries()) expect(both.slope[i]).toBeCloseTo(slope / 2, 6)
  })

  it('cools the rows on which the student is far from its teachers (flsw)', async () => {
    // The first row's logits point as the teachers' do, w = 0; the second's the other way, w = 2; the mean is 1.
    const [t, temperature] = [[1, 0, -1], 3]
    const targets = [...softmaxRows(t, 3, temperature)]
    const opposite = [-2, 0, 2]
    const { slope } = await compute(
      { temperature, temperatureSchedule: { kind: 'flsw', beta: 1, gamma: 1 } },
      { logits: [...t, ...opposite], targets: [...targets, ...targets] },
      3,
    )
    // Tau = 3 - 1 = 2 for the second: T (q - p) at T = 2, halved by the mean over two rows.
    const [q, p] = [softmaxRows(opposite, 3, 2), softmaxRows(t, 3, 2)]
    for (const i of [0, 1, 2]) {
      expect(slope[i]).toBeCloseTo(0, 6)
      expect(slope[3 + i]).toBeCloseTo(q[i]! - p[i]!, 4)
    }
  })
})

/** Three rows of four classes, with the winner of each, which no label contradicts. */
const rows = {
  logits: [0.3, -1.2, 0.8, 0.1, 2, 0.5, -0.4, -1, -0.2, 0.9, 0.6, -1.5],
  targets: [0.1, 0.2, 0.6, 0.1, 0.3, 0.4, 0.2, 0.1, 0.05, 0.15, 0.3, 0.5],
  numbers: {
    winners: [0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1],
    disagreement: [0.1, 0.7, 0],
    shown: [1],
    ending: [0],
  },
}

const others = (...left: readonly ClassLossName[]) => classLossNames.filter((name) => !left.includes(name))

describe('every loss', () => {
  const usual = (name: ClassLossName) => ({ name, temperature: distillationLosses[name].temperature })

  // IntelLabs Distiller detaches the student's logits, and so its soft loss teaches nothing.
  it.each(classLossNames)(
    'reaches the student with the slope that central differences show: %s',
    async (name) => {
      const { loss } = teachingLoss({ ...usual(name), alpha: 1 })
      const { slope } = await computeLoss(loss, trial(rows, 4))
      const shown = await differencesOf(loss, trial(rows, 4))
      expect(Math.max(...slope.map(Math.abs))).toBeGreaterThan(1e-3)
      for (const [i, each] of shown.entries()) expect(slope[i]).toBeCloseTo(each, 6)
    },
  )

  it.each(others('bce', 'dirichlet'))(
    'does not change when a constant is added to a row of logits: %s',
    async (name) => {
      const one = await compute(usual(name), rows, 4)
      const shifted = { ...rows, logits: rows.logits.map((z, i) => z + (i < 4 ? 10 : -3)) }
      const other = await compute(usual(name), shifted, 4)
      expect(other.loss).toBeCloseTo(one.loss, 9)
      expect(one.slope.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 9)
    },
  )

  // Keras gives losses other than KL the teachers' raw logits as targets.
  it.each(others('bce', 'nkd', 'dirichlet'))(
    'rests where the student predicts as its teachers do: %s',
    async (name) => {
      const logits = rows.targets.map((p) => usual(name).temperature * Math.log(p))
      const { loss, slope } = await compute(usual(name), { ...rows, logits }, 4)
      expect(loss).toBeCloseTo(0, 6)
      for (const each of slope) expect(each).toBeCloseTo(0, 6)
    },
  )

  it.each(classLossNames)('is finite, and its slope, for sure teachers and any student: %s', async (name) => {
    const targets = [1, 0, 0, 0]
    for (const logits of [
      [40, -40, -40, -40],
      [-40, 40, 0, 0],
      [0, 0, 0, 0],
    ]) {
      const numbers = { winners: targets, disagreement: [0], shown: [1], ending: [0] }
      const { loss, slope } = await compute(usual(name), { logits, targets, numbers }, 4)
      expect(Number.isFinite(loss)).toBe(true)
      expect(slope.every(Number.isFinite)).toBe(true)
    }
  })
})
