import { describe, expect, it } from 'vitest'
import { evaluator } from '#engine/evaluate.ts'
import { input, type Expr } from '#engine/expr.ts'
import { gradients } from '#engine/gradient.ts'
import { openRuntime } from '#engine/session/index.ts'
import { hintonLoss, type DistillationLoss } from './losses.ts'
import { softmaxRows } from './softmax.ts'

const runtime = await openRuntime()

/** The loss and its gradient by the logits, in double precision. */
async function compute(
  options: DistillationLoss,
  feeds: { logits: number[]; targets: number[]; labels: number[] },
  classes = 2,
) {
  const logits = input('logits', ['batch', classes])
  const batch: Record<string, Expr> = {
    targets: input('targets', ['batch', classes]),
    labels: input('labels', ['batch', classes]),
  }
  const loss = hintonLoss(options)(logits, batch)
  const [slope] = gradients(loss, [logits])
  const run = await evaluator(runtime, { loss, slope: slope! }, 'float64')
  const { loss: value, slope: gradient } = await run(feeds)
  await run.release()
  return { loss: value[0] ?? NaN, gradient }
}

const logits = [0, Math.log(3)] // p = (1/4, 3/4)
const even = [0.5, 0.5]

describe('hintonLoss', () => {
  it('is the cross-entropy when alpha is 0', async () => {
    const { loss, gradient } = await compute(
      { temperature: 3, alpha: 0 },
      { logits, targets: even, labels: [1, 0] },
    )
    expect(loss).toBeCloseTo(Math.log(4), 12)
    expect(gradient[0]).toBeCloseTo(0.25 - 1, 12) // p - y
    expect(gradient[1]).toBeCloseTo(0.75, 12)
  })

  it('is T^2 KL(target || student at T) when alpha is 1', async () => {
    // At T = 2 the student's odds 3 become sqrt 3: q = (1, sqrt 3) / (1 + sqrt 3).
    const q = [1 / (1 + Math.sqrt(3)), Math.sqrt(3) / (1 + Math.sqrt(3))] as const
    const kl = 0.5 * Math.log(0.5 / q[0]) + 0.5 * Math.log(0.5 / q[1])
    const { loss, gradient } = await compute(
      { temperature: 2, alpha: 1 },
      { logits, targets: even, labels: [0, 0] },
    )
    expect(loss).toBeCloseTo(4 * kl, 12)
    expect(gradient[1]).toBeCloseTo(2 * (q[1] - 0.5), 12) // T (q - t)
  })

  it('mixes the two, and takes the soft part alone where the label is unknown', async () => {
    const parts = { logits: [...logits, ...logits], targets: [...even, ...even], labels: [1, 0, 0, 0] }
    const soft = (await compute({ temperature: 2, alpha: 1 }, parts)).loss
    const { loss } = await compute({ temperature: 2, alpha: 0.75 }, parts)
    expect(loss).toBeCloseTo(0.75 * soft + 0.25 * (Math.log(4) / 2), 12) // one of the two rows has a label
  })

  it('does not change when a constant is added to the logits', async () => {
    const settings = { temperature: 4, alpha: 0.5 }
    const one = await compute(settings, { logits: [1, 2, 3], targets: [0.2, 0.2, 0.6], labels: [0, 1, 0] }, 3)
    const other = await compute(
      settings,
      { logits: [11, 12, 13], targets: [0.2, 0.2, 0.6], labels: [0, 1, 0] },
      3,
    )
    expect(other.loss).toBeCloseTo(one.loss, 10)
    expect(one.gradient.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 12)
  })

  it('tends to matching logits as the temperature grows', async () => {
    // |z - t|^2 / (2 C) with z = (1, 2, -3) and t = (-1, 0, 1), both centred: (4 + 4 + 16) / 6 = 4.
    const temperature = 5000
    const targets = [...softmaxRows([-1, 0, 1], 3, temperature)]
    const { loss } = await compute(
      { temperature, alpha: 1 },
      { logits: [1, 2, -3], targets, labels: [0, 0, 0] },
      3,
    )
    expect(Math.abs(loss - 4)).toBeLessThan(0.01)
  })

  it('has the gradient that central differences give', async () => {
    const settings = { temperature: 2.5, alpha: 0.7 }
    const at = [0.3, -1.2, 0.8]
    const feeds = { targets: [0.1, 0.2, 0.7], labels: [0, 0, 1] }
    const { gradient } = await compute(settings, { logits: at, ...feeds }, 3)
    for (const [i] of at.entries()) {
      const nudged = async (by: number) =>
        (await compute(settings, { logits: at.map((z, k) => z + (k === i ? by : 0)), ...feeds }, 3)).loss
      expect(gradient[i]).toBeCloseTo(((await nudged(1e-4)) - (await nudged(-1e-4))) / 2e-4, 7)
    }
  })
})
