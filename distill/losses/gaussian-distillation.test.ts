import { describe, expect, it } from 'vitest'
import { evaluator } from '#engine/evaluate.ts'
import { input, type Expr } from '#engine/expr.ts'
import { gradients } from '#engine/gradient.ts'
import { openRuntime } from '#engine/session/index.ts'
import { gaussianDistillation } from './gaussian-distillation.ts'
import type { NumberLossName } from './number-losses.ts'

const runtime = await openRuntime()

async function compute(
  alpha: number,
  feeds: { outputs: number[]; targets: number[]; values?: number[] },
  name?: NumberLossName,
) {
  const outputs = input('outputs', ['batch', 2])
  const batch: Record<string, Expr> = {
    targets: input('targets', ['batch', 2]),
    ...(feeds.values && { values: input('values', ['batch', 3]) }),
  }
  const loss = gaussianDistillation(alpha, name)(outputs, batch)
  const [slope] = gradients(loss, [outputs])
  const run = await evaluator(runtime, { loss, slope: slope! }, 'float64')
  const { loss: value, slope: gradient } = await run(feeds)
  await run.release()
  return { loss: value[0] ?? NaN, gradient }
}

describe('gaussianDistillation', () => {
  it('is KL(target || student) when alpha is 1', async () => {
    // N(1, 4) beside N(0, 1): (4 + 1 - 1 - ln 4) / 2; by the mean -(1 - 0), by the log-variance (1 - 5) / 2.
    const { loss, gradient } = await compute(1, { outputs: [0, 0], targets: [1, 4] })
    expect(loss).toBeCloseTo(2 - Math.LN2, 12)
    expect(gradient[0]).toBeCloseTo(-1, 12)
    expect(gradient[1]).toBeCloseTo(-2, 12)
  })

  it('adds the likelihood of the values that are known', async () => {
    // The first row's value is 2: NLL ln(2 pi)/2 + 2. The second's is not known. Both rows count in the mean.
    const rows = { outputs: [0, 0, 0, 0], targets: [0, 1, 0, 1], values: [2, 1, 1, 0, 0, 0] }
    const { loss } = await compute(0.25, rows)
    expect(loss).toBeCloseTo((0.75 * (0.5 * Math.log(2 * Math.PI) + 2)) / 2, 12)
    expect((await compute(0, rows)).loss).toBeCloseTo((0.5 * Math.log(2 * Math.PI) + 2) / 2, 12)
  })

  it('takes of a row that is mixed with one of unknown value the share that is known', async () => {
    // A quarter of a row whose value is 2: its likelihood, ln(2 pi)/2 + 2, counts a quarter.
    const row = { outputs: [0, 0], targets: [0, 1], values: [0.5, 0.25, 0.25] }
    expect((await compute(0, row)).loss).toBeCloseTo((0.5 * Math.log(2 * Math.PI) + 2) / 4, 12)
  })

  it('pulls towards the mixture as towards every teacher at once', async () => {
    const outputs = [0.3, -0.4]
    const [north, south] = [
      await compute(1, { outputs, targets: [0, 1] }),
      await compute(1, { outputs, targets: [2, 1] }),
    ]
    const mixture = await compute(1, { outputs, targets: [1, 2] }) // as in shares/gaussian.test.ts
    mixture.gradient.forEach((slope, at) =>
      expect(slope).toBeCloseTo((north.gradient[at]! + south.gradient[at]!) / 2, 12),
    )
  })

  it('leaves a gradient however sure the student is', async () => {
    const { gradient } = await compute(1, { outputs: [0, -30], targets: [0, 1] })
    expect(gradient[1]).toBeLessThan(-0.1)
  })
})

describe('imitation', () => {
  // Teachers say 2 of both rows; of the first the value is 0, and they are believed half. KL(N(2, 1) || N(s, 1)) and
  // NLL(0 | s) teach the variance and not the mean, and are (2 - s)^2 / 2 and ln(2 pi) / 2 + s^2 / 2 at variance 1.
  const rows = { outputs: [3, 0, 2.5, 0], targets: [2, 1, 2, 1], values: [0, 1, 0.5, 0, 0, 0] }
  const likelihood = (alpha: number) =>
    (alpha * 0.5 + (1 - alpha) * (0.5 * Math.log(2 * Math.PI) + 4.5) + alpha * 0.125) / 2

  it.each<[NumberLossName, number, number, number]>([
    // The second row's error is .5 from the teachers, .125 by Huber; its slope is .5 alpha.
    ['huber', 1, 0.5, 1], // |3 - 2| - 1/2, of slope 1
    ['huber', 0.25, 0.25 * 0.5 + 0.75 * 2.5, 1], // |3 - 0| - 1/2
    ['teacher-bounded', 0.25, 0.25 * 9 + 0.75 * 2.5, 0.25 * 6 + 0.75], // 9 > 4: worse than the teachers
    ['bounded-imitation', 0.5, 0.5 * 1 + 0.5 * 9, 0.5 * 2 + 0.5 * 6],
    ['attentive', 0.5, 0.5 * 0.5 + 0.5 * 9, 0.5 * 1 + 0.5 * 6],
  ])(
    'mixes what teachers and values say, and values only where known: %s at %f',
    async (name, alpha, first, slope) => {
      const { loss, gradient } = await compute(alpha, rows, name)
      expect(loss).toBeCloseTo((first + alpha * 0.125) / 2 + likelihood(alpha), 12)
      expect(gradient[0]).toBeCloseTo(slope / 2, 12)
      expect(gradient[2]).toBeCloseTo((alpha * 0.5) / 2, 12)
      // The variance's slope: KL (1 - 1 - 1) / 2, NLL (1 - 9) / 2.
      expect(gradient[1]).toBeCloseTo((alpha * -0.5 + (1 - alpha) * -4) / 2, 12)
    },
  )

  it('follows teachers alone where no value is known', async () => {
    const { values: _, ...unlabelled } = rows
    const { gradient } = await compute(1, unlabelled, 'attentive')
    expect(gradient[0]).toBeCloseTo(1 / 2, 12)
    expect(gradient[2]).toBeCloseTo(0.5 / 2, 12)
  })
})
