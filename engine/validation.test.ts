import { describe, expect, it } from 'vitest'
import { crossEntropy } from './losses.ts'
import { initialise } from './network.ts'
import { seededRandom } from './random.ts'
import { openRuntime } from './session/index.ts'
import { parseSpec } from './spec.ts'
import { train } from './train.ts'
import type { TrainingJob } from './train.ts'
import { accuracy } from './validation.ts'
import type { Validation } from './validation.ts'

const runtime = await openRuntime({ prefer: 'onnxruntime-node' })
const random = seededRandom('validation')
const rowsOf = (rows: number) => {
  const inputs = Float32Array.from({ length: 2 * rows }, () => random.normal())
  const targets = new Float32Array(2 * rows)
  for (let i = 0; i < rows; i++) targets[2 * i + Number(inputs[2 * i]! > inputs[2 * i + 1]!)] = 1
  return { inputs: { data: inputs, width: 2 }, targets: { data: targets, width: 2 } }
}
const [training, held] = [rowsOf(60), rowsOf(90)]
const job = (validation: Partial<Validation>, more: Partial<TrainingJob> = {}): TrainingJob => ({
  network: initialise(parseSpec({ kind: 'mlp', inputs: 2, hidden: [8], outputs: 2 }), seededRandom(1)),
  batch: training,
  loss: crossEntropy,
  optimiser: { learningRate: 0.02 },
  epochs: 12,
  batchSize: 10,
  seed: 1,
  validation: { batch: held, patience: 12, ...validation },
  ...more,
})

describe('accuracy', () => {
  it('is the share of rows whose largest logit is the target', () => {
    // Right, wrong, right by a soft target, wrong: 2 of 4.
    const logits = Float32Array.of(2, 1, 3, -1, -5, -4, 0, 1)
    const targets = Float32Array.of(1, 0, 0, 1, 0.4, 0.6, 0.9, 0.1)
    const batch = { inputs: { data: new Float32Array(4), width: 1 }, targets: { data: targets, width: 2 } }
    expect(accuracy.of(logits, batch)).toBe(0.5)
  })
})

describe('validation', () => {
  it('keeps the epoch of the highest accuracy, the first of equal ones', async () => {
    const { curve, state } = await train(runtime, job({ metric: 'accuracy' }))
    const scores = curve.map(({ validationScore }) => validationScore!)
    const best = Math.max(...scores)
    expect(best).toBeGreaterThan(0.8)
    expect(state.best).toMatchObject({ epoch: 1 + scores.indexOf(best), score: best })
    expect(curve[0]).toHaveProperty('validationLoss')
  })

  it.each(['higher', 'lower'] as const)(
    'goes by a metric of the caller, of which %s is better',
    async (better) => {
      // Epoch by epoch 1, 3, 2, 0, then 1 for good.
      const scores = [1, 3, 2, 0, 1, 1, 1, 1, 1, 1, 1, 1]
      let asked = 0
      const metric = {
        better,
        of(logits: Float32Array, batch: Validation['batch']) {
          expect([logits.length, batch]).toEqual([180, held])
          return scores[asked++]!
        },
      }
      const { curve, state, epochs } = await train(runtime, job({ metric, patience: 3 }))
      // Highest at epoch 2, lowest at 4, and three epochs of patience.
      const best = better === 'higher' ? 2 : 4
      expect(state.best).toMatchObject({ epoch: best, score: scores[best - 1] })
      expect(epochs).toBe(best + 3)
      expect(curve.map(({ validationScore }) => validationScore)).toEqual(scores.slice(0, epochs))
    },
  )

  it('makes 2 and 3 epochs 5, to the bit, and does not go on once patience is spent', async () => {
    const whole = job({ metric: 'accuracy', patience: 2 }, { epochs: 5 })
    const straight = await train(runtime, whole)
    const first = await train(runtime, { ...whole, until: 2 })
    const second = await train(runtime, { ...whole, resume: first.state })
    expect(second.state).toEqual(straight.state)
    const spent = { ...straight.state, epoch: 4, best: { ...straight.state.best, epoch: 2 } }
    expect((await train(runtime, { ...whole, resume: spent })).epochs).toBe(0)
  })

  it('refuses targets without classes, and a metric that gives no number', async () => {
    const narrow = {
      inputs: held.inputs,
      targets: { data: new Float32Array(90), width: 1 },
    }
    const invalid = { code: 'ENGINE_DATA_INVALID' }
    const wrong = job({ batch: narrow, metric: 'accuracy' }, { batch: narrow })
    await expect(train(runtime, wrong)).rejects.toMatchObject(invalid)
    const silent = job({ metric: { better: 'lower', of: () => NaN } })
    await expect(train(runtime, silent)).rejects.toMatchObject(invalid)
  })
})
