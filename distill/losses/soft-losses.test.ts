/** Each loss against numbers worked out by hand; what holds for all of them is in teaching-loss.test.ts. */
import { describe, expect, it } from 'vitest'
import { computeLoss } from '../../test/support/loss-lab.ts'
import { softmaxRows } from '../softmax.ts'
import { bce } from './bce.ts'
import { distillationLosses, effectiveLoss, type ClassLossName } from './registry.ts'
import type { SoftLoss } from './soft-loss.ts'
import { tfKd } from './tf-kd.ts'

interface Parts {
  readonly logits: readonly number[]
  readonly targets: readonly number[]
  readonly width: number
  readonly temperature?: number
  readonly batch?: Readonly<Record<string, readonly number[]>>
}

/** The soft part, a value a row or one for the batch. */
async function soft(name: ClassLossName, { logits, targets, width, temperature = 1, batch = {} }: Parts) {
  const loss: SoftLoss = distillationLosses[name]
  const compute: Parameters<typeof computeLoss>[0] = (student, { targets, ...rest }) =>
    loss.soft({ logits: student, targets: targets!, sharedAt: temperature, temperature, batch: rest })
  return (await computeLoss(compute, { logits, width, batch: { targets, ...batch } })).values
}

const { log, exp } = Math

describe('logit-mse', () => {
  it('is the squared distance of centred logits a class, whatever they were shared at', async () => {
    // z = (1, 2, -3) + 5 and t = (-1, 0, 1): (4 + 4 + 16) / 3 = 8.
    for (const temperature of [1, 4]) {
      const targets = [...softmaxRows([-1, 0, 1], 3, temperature)]
      const [row] = await soft('logit-mse', { logits: [6, 7, 2], targets, width: 3, temperature })
      expect(row).toBeCloseTo(8, 9)
    }
  })

  it('takes what fixed point rounds to 0 for small, not for impossible', async () => {
    // log 2^-20 = -13.86; centred, (1, 0) becomes (6.93, -6.93), and half of 2 x 6.93^2 is 48.05.
    const [row] = await soft('logit-mse', { logits: [0, 0], targets: [1, 0], width: 2 })
    expect(row).toBeCloseTo((10 * log(2)) ** 2, 6)
  })
})

describe('bce', () => {
  it('adds up a divergence for each class by itself', async () => {
    // sigmoid(0) = 1/2 as the teachers say; sigmoid(ln 3) = 3/4 where they say 1/2: ln(4/3) / 2.
    const [row] = await soft('bce', { logits: [0, log(3)], targets: [0.5, 0.5], width: 2 })
    expect(row).toBeCloseTo(log(4 / 3) / 2, 12)
  })

  it('takes what is known of labels, and nothing of those that are not known', async () => {
    // sigmoid(ln 3) = 3/4, which is right, sigmoid(ln 3) again, which is wrong, and one that nobody knows.
    const hard: Parameters<typeof computeLoss>[0] = (student, { marks }) => bce.hard(student, marks!)
    const { values } = await computeLoss(hard, {
      logits: [log(3), log(3), 5],
      width: 3,
      batch: { marks: [1, -1, 0] },
    })
    expect(values[0]).toBeCloseTo(log(4 / 3) + log(4), 12)
  })
})

describe('tf-kd', () => {
  const hard: Parameters<typeof computeLoss>[0] = (student, { labels }) => tfKd.hard(student, labels!)

  it('has labels and a teacher that is right in 99 of 100 cases, at a temperature of 20', async () => {
    const logits = [2, 0, -1]
    const labels = [0, 1, 0]
    const { values } = await computeLoss(hard, { logits, width: 3, batch: { labels } })
    // By the definition, step by step: p = (.005, .99, .005) softened, against the student softened alike.
    const virtual = softmaxRows([log(0.005), log(0.99), log(0.005)], 3, 20)
    const student = softmaxRows(logits, 3, 20)
    const divergence = [...virtual].reduce((total, p, k) => total + p * log(p / student[k]!), 0)
    const crossEntropy = -log(softmaxRows(logits, 3)[1]!)
    expect(values[0]).toBeCloseTo(0.9 * crossEntropy + 0.1 * 400 * divergence, 5)
  })

  it('does not ask for more certainty than that teacher has', async () => {
    // At its own logits, whatever else is added to all three, the divergence is 0; cross-entropy is -ln .99.
    const { values } = await computeLoss(hard, {
      logits: [log(0.99) + 4, log(0.005) + 4, log(0.005) + 4],
      width: 3,
      batch: { labels: [1, 0, 0] },
    })
    expect(values[0]).toBeCloseTo(-0.9 * log(0.99), 9)
  })

  it('says nothing of a row whose label is not known', async () => {
    const { values } = await computeLoss(hard, { logits: [2, 0, -1], width: 3, batch: { labels: [0, 0, 0] } })
    expect(values[0]).toBe(0)
  })
})

describe('the losses that tell the winner from the others', () => {
  // Student q = (1, 3, 1) / 5.
  const parts = { logits: [0, log(3), 0], targets: [0.5, 0.25, 0.25], width: 3 }
  const batch = { winners: [1, 0, 0] }

  it('weigh the two parts by 1 and 8 (dkd)', async () => {
    // TCKD = ln(.5/.2) / 2 + ln(.5/.8) / 2 = ln(5/4). NCKD of (1/2, 1/2) from (3/4, 1/4) = ln(4/3) / 2.
    const [row] = await soft('dkd', { ...parts, batch })
    expect(row).toBeCloseTo(log(5 / 4) + 4 * log(4 / 3), 12)
  })

  it('are Hinton’s loss with two classes (dkd)', async () => {
    const two = { logits: [0.3, -1], targets: [0.8, 0.2], width: 2, temperature: 3 }
    const [row] = await soft('dkd', { ...two, batch: { winners: [1, 0] } })
    expect(row).toBeCloseTo((await soft('kd', two))[0]!, 12)
  })

  it('leave the order of the others alone where teachers leave them nothing (dkd)', async () => {
    // TCKD of (1, 0) from (1/5, 4/5) is ln 5.
    const [row] = await soft('dkd', { ...parts, targets: [1, 0, 0], batch })
    expect(row).toBeCloseTo(log(5), 9)
  })

  it('add the winner’s part to 1.5 of the order of the others (nkd)', async () => {
    // -.5 ln(1/5), and the cross-entropy of (1/2, 1/2) with (3/4, 1/4): ln(16/3) / 2.
    const [row] = await soft('nkd', { ...parts, batch })
    expect(row).toBeCloseTo(log(5) / 2 + 0.75 * log(16 / 3), 12)
  })
})

describe('dist', () => {
  // Rows: t = (1/6, -1/12, -1/12) and s = (-1/12, 1/6, -1/12) once centred: r = (-3/144) / (6/144) = -1/2, both.
  // Classes: the first two fall where the teachers' rise, 1 - r = 2; the third is constant, 1 - 0 = 1: 5/3.
  const logits = [log(1), log(2), log(1), log(2), log(1), log(1)]
  const targets = [0.5, 0.25, 0.25, 0.25, 0.5, 0.25]

  it('adds what rows and classes lack of correlation, twice each', async () => {
    expect((await soft('dist', { logits, targets, width: 3 }))[0]).toBeCloseTo(2 * 1.5 + (2 * 5) / 3, 9)
  })

  it('takes the classes alone as dist-intra', async () => {
    expect((await soft('dist-intra', { logits, targets, width: 3 }))[0]).toBeCloseTo((2 * 5) / 3, 9)
  })
})

describe('logit-std', () => {
  it('compares standardised logits at the temperature', async () => {
    // z = (2, 0, -2) and t = (-3, 0, 3) both have sample deviations that leave (1, 0, -1) and (-1, 0, 1). At T = 2,
    // p = (e^-.5, 1, e^.5) / S, and log p - log q = (-1, 0, 1): T^2 KL = 4 (e^.5 - e^-.5) / S.
    const targets = [...softmaxRows([-3, 0, 3], 3, 2)]
    const [row] = await soft('logit-std', { logits: [2, 0, -2], targets, width: 3, temperature: 2 })
    const total = exp(0.5) + 1 + exp(-0.5)
    expect(row).toBeCloseTo((4 * (exp(0.5) - exp(-0.5))) / total, 9)
  })

  it('does not change with the size of the student’s logits', async () => {
    const parts = { targets: [0.2, 0.5, 0.3], width: 3 }
    const [one] = await soft('logit-std', { ...parts, logits: [0.4, -1, 2] })
    const [ten] = await soft('logit-std', { ...parts, logits: [4, -10, 20] })
    expect(ten).toBeCloseTo(one!, 9)
  })
})

describe('annealing', () => {
  const targets = [...softmaxRows([-1, 0, 1, -1, 0, 1], 3)]
  const logits = [1, 2, -3, 1, 2, -3]

  it('shows a growing part of the teachers’ logits: one of eight at first, all of them after four fifths', () => {
    const { shown, ending } = distillationLosses.annealing.numbers!
    expect([0, 0.05, 0.1, 0.4, 0.75, 0.8, 1].map(shown!)).toEqual([1 / 8, 1 / 8, 1 / 4, 5 / 8, 1, 1, 1])
    expect([0, 0.79, 0.8, 1].map(ending!)).toEqual([0, 0, 1, 1])
  })

  it('ends on the label where there is one', async () => {
    // First half shown, t / 2 = (-.5, 0, .5): (2.25 + 4 + 12.25) / 3. Then -log softmax of the label's logit, 1.
    const labels = [1, 0, 0, 0, 0, 0]
    const at = async (ending: number) =>
      soft('annealing', { logits, targets, width: 3, batch: { labels, shown: [0.5], ending: [ending] } })
    expect((await at(0))[0]).toBeCloseTo(18.5 / 3, 9)
    const [labelled, unlabelled] = await at(1)
    expect(labelled).toBeCloseTo(log(exp(1) + exp(2) + exp(-3)) - 1, 9)
    expect(unlabelled).toBeCloseTo(18.5 / 3, 9)
  })
})

describe('effectiveLoss', () => {
  it('is the one wished for where it can teach', () => {
    for (const name of ['kd', 'logit-mse', 'dkd', 'nkd', 'dist', 'logit-std', 'annealing'] as const)
      expect(effectiveLoss(name, 3)).toEqual({ loss: name })
    expect(effectiveLoss('kd', 2)).toEqual({ loss: 'kd' })
  })

  it('is another, with a sentence that says why, where two classes leave it nothing to teach', () => {
    expect(effectiveLoss('dist', 2).loss).toBe('dist-intra')
    expect(effectiveLoss('dkd', 2)).toEqual({
      loss: 'kd',
      note: 'The loss is kd instead of dkd: it weighs the order of the other classes, and there is only one other.',
    })
    expect([effectiveLoss('nkd', 2).loss, effectiveLoss('logit-std', 2).loss]).toEqual(['kd', 'kd'])
    expect(effectiveLoss('bce', 10).loss).toBe('kd')
  })
})
