import { describe, expect, it } from 'vitest'
import { evaluator } from './evaluate.ts'
import { input } from './expr.ts'
import { gradients } from './gradient.ts'
import {
  crossEntropy,
  crossEntropyRows,
  field,
  meanSquaredError,
  temperedKlRows,
  weightedMean,
} from './losses.ts'
import { sum } from './ops.ts'
import { openRuntime } from './session/index.ts'

const runtime = await openRuntime()
const logits = input('logits', ['batch', 3])
const targets = input('targets', ['batch', 3])
const batch = { targets }

describe('cross-entropy', () => {
  it('is log 2 + log 2 / 2 over two rows worked by hand', async () => {
    // Row 1: logits (ln 2, 0, 0) give p = (1/2, 1/4, 1/4); target class 1 costs ln 2.
    // Row 2: equal logits of two classes with a third at -inf's stead (-1e4): p = (1/2, 1/2, 0);
    //        soft target (1/2, 1/2, 0) costs ln 2. The mean is ln 2.
    const evaluate = await evaluator(runtime, {
      rows: crossEntropyRows(logits, targets),
      mean: crossEntropy(logits, batch),
    })
    const got = await evaluate({ logits: [Math.LN2, 0, 0, 5, 5, -1e4], targets: [1, 0, 0, 0.5, 0.5, 0] })
    for (const row of got.rows) expect(row).toBeCloseTo(Math.LN2, 6)
    expect(got.mean[0]).toBeCloseTo(Math.LN2, 6)
  })
})

describe('tempered KL', () => {
  it('is 0 when the student agrees, and T^2 KL by hand when not', async () => {
    // T = 2, student logits (2 ln 3, 0, -2e4): softened (3/4, 1/4, 0); teacher (1/2, 1/2, 0).
    // KL = 1/2 ln(2/3) + 1/2 ln 2 = 1/2 ln(4/3) = .143841; times T^2 = .575364.
    const evaluate = await evaluator(runtime, { rows: temperedKlRows(logits, targets, 2) })
    const { rows } = await evaluate({
      logits: [2 * Math.log(3), 0, -2e4, 0, 0, -2e4],
      targets: [0.5, 0.5, 0, 0.5, 0.5, 0],
    })
    expect(rows[0]).toBeCloseTo(0.575364, 5)
    expect(rows[1]).toBeCloseTo(0, 6)
  })

  it('tends to |z - t|^2 / 2C on centred logits as T grows', async () => {
    // z = (1, 0, -1), t = (-1, 2, -1), both centred: |z - t|^2 = 4 + 4 + 0 = 8; 8 / 6 = 1.3333.
    const T = 1000
    const [z, t] = [
      [1, 0, -1],
      [-1, 2, -1],
    ]
    const weights = t.map((x) => Math.exp(x / T))
    const total = weights.reduce((a, b) => a + b)
    const evaluate = await evaluator(runtime, { rows: temperedKlRows(logits, targets, T) }, 'float64')
    const { rows } = await evaluate({ logits: z, targets: weights.map((w) => w / total) })
    expect(rows[0]).toBeCloseTo(4 / 3, 2)
  })

  it('has the gradient T (p_s - p_t)', async () => {
    const T = 3
    const loss = sum(temperedKlRows(logits, targets, T))
    const evaluate = await evaluator(runtime, { g: gradients(loss, [logits])[0]! }, 'float64')
    const z = [0.3, -1.2, 2]
    const p = z.map((x) => Math.exp(x / T))
    const total = p.reduce((a, b) => a + b)
    const t = [0.2, 0.5, 0.3]
    const { g } = await evaluate({ logits: z, targets: t })
    g.forEach((gi, i) => expect(gi).toBeCloseTo(T * (p[i]! / total - t[i]!), 9))
  })
})

describe('other losses', () => {
  it('weighs rows, and gives 0 where all weights are 0', async () => {
    // (1 * 2 + 3 * 6) / 4 = 5.
    const [rows, weights] = [input('rows', ['batch']), input('weights', ['batch', 1])]
    const evaluate = await evaluator(runtime, { mean: weightedMean(rows, weights) })
    expect((await evaluate({ rows: [2, 6], weights: [1, 3] })).mean[0]).toBeCloseTo(5, 6)
    expect((await evaluate({ rows: [2, 6], weights: [0, 0] })).mean[0]).toBe(0)
  })

  it('squares errors', async () => {
    // (1 + 0 + 4) / 3.
    const evaluate = await evaluator(runtime, { mse: meanSquaredError(logits, batch) })
    expect((await evaluate({ logits: [1, 2, 3], targets: [0, 2, 5] })).mse[0]).toBeCloseTo(5 / 3, 6)
  })

  it('names the tensor that a batch lacks', () => {
    expect(() => field(batch, 'labels')).toThrow('The loss needs a batch tensor "labels"; given are targets.')
  })
})
