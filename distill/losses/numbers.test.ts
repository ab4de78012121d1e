/** Losses of students that predict numbers and how sure they are, against values worked out by hand. */
import { describe, expect, it } from 'vitest'
import type { Expr } from '#engine/expr.ts'
import { computeLoss, differencesOf, type Trial } from '../../test/support/loss-lab.ts'
import { concentrationsOf, dirichletNllRows } from './dirichlet.ts'
import { gaussianKlRows, gaussianNllRows, gaussianOf, LOG_VARIANCE_BOUND } from './gaussian.ts'
import {
  attentionOf,
  attentiveImitationRows,
  boundedImitationRows,
  huberRows,
  teacherBoundRows,
} from './imitation.ts'

type Loss = Parameters<typeof computeLoss>[0]
const { log, PI, atanh } = Math

/** The raw output that becomes this log-variance. */
const raw = (logVariance: number) => LOG_VARIANCE_BOUND * atanh(logVariance / LOG_VARIANCE_BOUND)

const gaussianNll: Loss = (outputs, { values }) => gaussianNllRows(gaussianOf(outputs), values!)
const gaussianKl: Loss = (outputs, { mean, variance }) =>
  gaussianKlRows(gaussianOf(outputs), { mean: mean!, variance: variance! })
const taught = (student: Expr, batch: Readonly<Record<string, Expr>>) => ({
  student,
  teachers: batch['teachers']!,
  values: batch['values']!,
  attention: batch['attention'] ?? batch['values']!,
})

describe('a student that says how sure it is', () => {
  it('has the likelihood of a normal distribution', async () => {
    // N(3 | 1, 4): (log 2 pi + log 4 + 4 / 4) / 2.
    const { values } = await computeLoss(gaussianNll, {
      logits: [1, raw(log(4))],
      width: 2,
      batch: { values: [3] },
    })
    expect(values[0]).toBeCloseTo((log(2 * PI) + log(4) + 1) / 2, 10)
  })

  it('diverges from the teachers by the divergence of normal distributions, summed over targets', async () => {
    // Means 0 and 1, deviations 1 (teachers) and 2: log 2 + (1 + 1) / 8 - 1/2. The second target agrees: 0.
    const { values } = await computeLoss(gaussianKl, {
      logits: [1, 5, raw(log(4)), raw(log(9))],
      width: 4,
      batch: { mean: [0, 5], variance: [1, 9] },
    })
    expect(values[0]).toBeCloseTo(log(2) + 0.25 - 0.5, 10)
  })

  it('keeps a finite loss and slope, whatever it says, for teachers without variance', async () => {
    for (const says of [-1e4, 0, 1e4]) {
      const trial = { logits: [0, says], width: 2, batch: { mean: [0], variance: [0] } }
      const { values, slope } = await computeLoss(gaussianKl, trial)
      expect([...values, ...slope].every(Number.isFinite)).toBe(true)
    }
  })
})

describe('imitation', () => {
  it('is quadratic near the teachers and linear far from them', async () => {
    // Errors .5 and 3: .125 + (3 - .5).
    const trial = { logits: [0.5, -2], width: 2, batch: { teachers: [0, 1] } }
    const { values, slope } = await computeLoss((s, { teachers }) => huberRows(s, teachers!), trial)
    expect(values[0]).toBeCloseTo(0.125 + 2.5, 12)
    expect(slope).toEqual([0.5, -1])
  })

  const rows = { values: [0, 0], teachers: [2, 2] }

  it('is the squared error only while the student is worse than its teachers (Chen)', async () => {
    // Student 3: 9, since 9 > 4. Student 1: nothing, since 1 < 4.
    const trial = { logits: [3, 1], width: 1, batch: rows }
    const { values, slope } = await computeLoss((s, batch) => teacherBoundRows(taught(s, batch)), trial)
    expect(values).toEqual([9, 0])
    expect(slope).toEqual([6, 0])
  })

  it('follows teachers only where they are better (Saputra)', async () => {
    const trial = { logits: [3, 1], width: 1, batch: rows }
    const { values, slope } = await computeLoss((s, batch) => boundedImitationRows(taught(s, batch)), trial)
    expect(values).toEqual([1, 0])
    expect(slope[0]).toBe(2)
    expect(slope[1]).toBeCloseTo(0, 12)
  })

  it('believes teachers by their error (attentive imitation)', async () => {
    // Errors 1, 5 and 2: a range of 4, and so 1 - 1/4, 0 for 1 - 5/4, and 1 - 2/4.
    const attention = [...attentionOf([1, 5, 2])]
    expect(attention).toEqual([0.75, 0, 0.5])
    expect([...attentionOf([3, 3])]).toEqual([1, 1])
    // a (s - t)^2 with s = 4, t = 2: 4 a.
    const trial = {
      logits: [4, 4, 4],
      width: 1,
      batch: { values: [0, 0, 0], teachers: [2, 2, 2], attention },
    }
    const loss: Loss = (s, batch) => attentiveImitationRows(taught(s, batch))
    expect((await computeLoss(loss, trial)).values).toEqual([3, 0, 2])
  })
})

describe('a Dirichlet distribution over predictions', () => {
  const loss: Loss = (logits, { logs }) => dirichletNllRows(concentrationsOf(logits), logs!)
  /** Logits of these concentrations: shares times exp(8 tanh(s / 8)), where s is the log-sum of the logits. */
  const logitsOf = (...concentrations: number[]) => {
    const total = concentrations.reduce((a, b) => a + b)
    return concentrations.map((a) => log(a / total) + 8 * atanh(log(total) / 8))
  }

  it('has the likelihood of the teachers’ predictions', async () => {
    // Dir(p | 2, 1) has density 2 p_1: for teachers at (1/2, 1/2) and (1/4, 3/4), the mean of -log 1 and -log 1/2.
    const logs = [(log(0.5) + log(0.25)) / 2, (log(0.5) + log(0.75)) / 2]
    const { values } = await computeLoss(loss, { logits: logitsOf(2, 1), width: 2, batch: { logs } })
    expect(values[0]).toBeCloseTo(log(2) / 2, 6)
  })

  it('is flat at concentration 1', async () => {
    // Dir(1, 1, 1) is uniform on the triangle, with density Gamma(3) = 2.
    const { values } = await computeLoss(loss, {
      logits: logitsOf(1, 1, 1),
      width: 3,
      batch: { logs: [-1, -1, -1] },
    })
    expect(values[0]).toBeCloseTo(-log(2), 6)
  })

  it('is surest of teachers that agree', async () => {
    // At concentrations (a, a), agreement on (1/2, 1/2) makes more certainty likelier; (1/2 +- .4) less.
    const slopeAt = async (logs: number[]) => {
      const { slope } = await computeLoss(loss, {
        logits: logitsOf(4, 4),
        width: 2,
        batch: { logs },
      })
      return slope[0]!
    }
    expect(await slopeAt([log(0.5), log(0.5)])).toBeLessThan(0)
    const apart = (log(0.9) + log(0.1)) / 2
    expect(await slopeAt([apart, apart])).toBeGreaterThan(0)
  })
})

it.each<[string, Loss, Trial]>([
  ['gaussian NLL', gaussianNll, { logits: [0.3, -1, 2, 0.4], width: 2, batch: { values: [1, 2] } }],
  [
    'gaussian KL',
    gaussianKl,
    { logits: [0.3, -1, 2, 0.4], width: 2, batch: { mean: [1, 2], variance: [0.5, 3] } },
  ],
  [
    'teacher-bounded',
    (s, batch) => teacherBoundRows(taught(s, batch)),
    { logits: [3, 1.5, -0.4], width: 1, batch: { values: [0.2, 0.1, 0], teachers: [2, 2, 2] } },
  ],
  [
    'Dirichlet',
    (logits, { logs }) => dirichletNllRows(concentrationsOf(logits), logs!),
    { logits: [0.5, -1, 2, 1, 0, -0.3], width: 3, batch: { logs: [-1, -2, -0.7, -3, -0.2, -2] } },
  ],
])('the slope of the %s is the one that central differences show', async (_, loss, trial) => {
  const { slope } = await computeLoss(loss, trial)
  for (const [i, shown] of (await differencesOf(loss, trial)).entries())
    expect(slope[i]).toBeCloseTo(shown, 6)
})
