import { describe, expect, it } from 'vitest'
import type { BatchData } from './batch.ts'
import type { Expr } from './expr.ts'
import { predictLogits, softmaxRows } from './infer.ts'
import { crossEntropy } from './losses.ts'
import { initialise } from './network.ts'
import type { Network } from './network.ts'
import { add, mean, mul, sum } from './ops.ts'
import { adam } from './optimiser.ts'
import type { AdamOptions, OptimiserOptions } from './optimiser.ts'
import { seededRandom } from './random.ts'
import { openRuntime } from './session/index.ts'
import type { Tensor } from './session/index.ts'
import { parseSpec } from './spec.ts'
import type { MlpSpec } from './spec.ts'
import { train } from './train.ts'
import type { StepProgress, TrainingJob } from './train.ts'
import { trainingModel } from './training-graph.ts'
import { epochOrder } from './training-plan.ts'
import { decodeTrainingState, encodeTrainingState, TrainingDiverged } from './training-state.ts'
import type { TrainingState } from './training-state.ts'

const runtime = await openRuntime({ prefer: 'onnxruntime-node' })
const wasm = await openRuntime({ prefer: 'onnxruntime-web' })

const mlp = (inputs: number, hidden: number[], outputs: number): MlpSpec => ({
  kind: 'mlp',
  inputs,
  hidden,
  outputs,
  activation: 'relu',
})

/** Two interleaved classes, which no straight line separates: the sign of x y. */
function quadrants(rows: number, seed: string): BatchData {
  const random = seededRandom(seed)
  const inputs = Float32Array.from({ length: rows * 2 }, () => 2 * random.next() - 1)
  const targets = new Float32Array(rows * 2)
  for (let i = 0; i < rows; i++) targets[2 * i + (inputs[2 * i]! * inputs[2 * i + 1]! > 0 ? 1 : 0)] = 1
  return { inputs: { data: inputs, width: 2 }, targets: { data: targets, width: 2 } }
}

type ArrayJob = TrainingJob & { batch: BatchData }

const job = (more: Partial<ArrayJob> = {}): ArrayJob => ({
  network: initialise(mlp(2, [16], 2), seededRandom('network')),
  batch: quadrants(100, 'data'),
  loss: crossEntropy,
  optimiser: { learningRate: 0.02 },
  epochs: 20,
  batchSize: 32,
  seed: 1,
  ...more,
})

describe.each([runtime, wasm])('training on $name', (runtime) => {
  it('overfits a tiny set', async () => {
    const batch = quadrants(40, 'tiny')
    const network = initialise(mlp(2, [32, 16], 2), seededRandom(1))
    const result = await train(runtime, job({ network, batch, epochs: 300, batchSize: 16 }))
    expect(result.curve.at(-1)!.loss).toBeLessThan(0.02)
    const p = softmaxRows(await predictLogits(runtime, result.network, batch['inputs']!.data, 40), 2)
    for (let i = 0; i < 40; i++) expect(p[2 * i + 1]! > 0.5).toBe(batch['targets']!.data[2 * i + 1] === 1)
  })

  it('feeds the loss the numbers of each step, and judges by those of the last', async () => {
    // Four steps of 25 rows an epoch: their numbers, the losses here, are 1 to 4 and then 5 to 8 of 8.
    const counting = (logits: Expr, batch: Record<string, Expr>): Expr =>
      add(mul(mean(logits), 0), sum(batch['number']!))
    const { curve } = await train(
      runtime,
      job({
        loss: counting,
        stepNumbers: { number: (step, totalSteps) => step / totalSteps },
        validation: { batch: quadrants(10, 'validation'), patience: 9 },
        epochs: 2,
      }),
    )
    expect(curve.map(({ loss }) => loss)).toEqual([2.5 / 8, 6.5 / 8])
    expect(curve.map(({ validationLoss }) => validationLoss)).toEqual([1, 1])
  })

  it('lets a timer cancel it', async () => {
    const endless = train(runtime, job({ epochs: 1_000_000, signal: AbortSignal.timeout(50) }))
    await expect(endless).rejects.toMatchObject({ code: 'ENGINE_CANCELLED' })
  })

  it('gives the same bits from the same seed, and others from another', async () => {
    const [a, b, c] = [
      await train(runtime, job()),
      await train(runtime, job()),
      await train(runtime, job({ seed: 2 })),
    ]
    expect(a.network.parameters).toEqual(b.network.parameters)
    expect(a.curve).toEqual(b.curve)
    expect(a.network.parameters).not.toEqual(c.network.parameters)
  })
})

it('gives the same bits from the same seed on two threads', async () => {
  const two = await openRuntime({ threads: 2 })
  const network = initialise(mlp(2, [256, 256], 2), seededRandom(3))
  const [a, b] = [
    await train(two, job({ network, epochs: 5 })),
    await train(two, job({ network, epochs: 5 })),
  ]
  expect(a.network.parameters).toEqual(b.network.parameters)
})

/**
 * Softmax regression with AdamW, written out in double precision from the papers: the gradient of the mean
 * cross-entropy is x' (softmax(z) - t) / n for the weights, its column sums for the biases.
 */
function reference(
  start: Network,
  { batch, batchSize, epochs, seed }: ArrayJob,
  options: Required<AdamOptions>,
): number[] {
  const { inputs: d, outputs: c } = start.spec
  const p = Array.from(start.parameters)
  const [m, v] = [p.map(() => 0), p.map(() => 0)]
  const [x, t] = [batch['inputs']!.data, batch['targets']!.data]
  const rows = x.length / d
  let step = 0
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const order = Array.from(epochOrder(rows, epoch, seededRandom(seed).fork('batches')))
    for (let at = 0; at < rows; at += batchSize) {
      step++
      const picked = order.slice(at, at + batchSize)
      const g = p.map(() => 0)
      for (const row of picked) {
        const z = Array.from({ length: c }, (_, k) => {
          let sum = p[d * c + k]!
          for (let j = 0; j < d; j++) sum += x[row * d + j]! * p[j * c + k]!
          return Math.exp(sum)
        })
        const total = z.reduce((a, b) => a + b)
        for (let k = 0; k < c; k++) {
          const error = (z[k]! / total - t[row * c + k]!) / picked.length
          for (let j = 0; j < d; j++) g[j * c + k]! += error * x[row * d + j]!
          g[d * c + k]! += error
        }
      }
      for (const [i, gi] of g.entries()) {
        m[i] = options.beta1 * m[i]! + (1 - options.beta1) * gi
        v[i] = options.beta2 * v[i]! + (1 - options.beta2) * gi * gi
        const [mHat, vHat] = [m[i] / (1 - options.beta1 ** step), v[i] / (1 - options.beta2 ** step)]
        const decay = i < d * c ? options.weightDecay * p[i]! : 0
        p[i]! -= options.learningRate * (mHat / (Math.sqrt(vHat) + options.epsilon) + decay)
      }
    }
  }
  return p
}

describe('a step', () => {
  const options = {
    learningRate: 0.01,
    schedule: 'constant',
    beta1: 0.9,
    beta2: 0.99,
    epsilon: 1e-6,
  } as const

  it('is the step of the AdamW paper, epoch after epoch', async () => {
    const optimiser = { ...options, weightDecay: 0.1 }
    const regression = job({
      network: initialise(mlp(2, [], 2), seededRandom(5)),
      batchSize: 25,
      epochs: 3,
      optimiser,
    })
    const { network } = await train(runtime, regression)
    const expected = reference(regression.network, regression, optimiser)
    for (const [i, p] of expected.entries()) expect(network.parameters[i]).toBeCloseTo(p, 6)
  })

  it('is the same for a vector that is held in several blocks', async () => {
    // The weights, 300 * 301, are a block of their own beside the biases' 301.
    const random = seededRandom('wide')
    const inputs = Float32Array.from({ length: 8 * 300 }, () => random.normal())
    const targets = Float32Array.from({ length: 8 * 301 }, (_, i) =>
      i % 301 === 7 * Math.floor(i / 301) ? 1 : 0,
    )
    const batch = { inputs: { data: inputs, width: 300 }, targets: { data: targets, width: 301 } }
    const network = initialise(mlp(300, [], 301), seededRandom(6))
    const optimiser = { ...options, weightDecay: 0.1 }
    const wide = job({ network, batch, batchSize: 4, epochs: 1, optimiser })
    const got = (await train(runtime, wide)).network.parameters
    const expected = reference(network, wide, optimiser)
    expect(Math.max(...expected.map((p, i) => Math.abs(p - got[i]!)))).toBeLessThan(1e-5)
  })

  it('made three at a time in the loop is three made singly', async () => {
    const spec = mlp(2, [8], 2)
    const optimiser = adam({ learningRate: 0.05 })
    const session = await runtime.load(
      trainingModel(spec, { inputs: 2, targets: 2 }, crossEntropy, optimiser),
    )
    const { inputs, targets } = quadrants(12, 'loop')
    const parameters = initialise(spec, seededRandom(4)).parameters
    const vector = (data: Float32Array): Tensor => ({ data, shape: [data.length] })
    const zeros = vector(new Float32Array(parameters.length))
    const scalars = (first: number, steps: number, k: number): Tensor =>
      vector(Float32Array.from({ length: steps }, (_, i) => optimiser.scalars(first + i + 1, 3)[k]!))
    const run = (
      state: Record<string, Tensor>,
      first: number,
      steps: number,
    ): Promise<Record<string, Tensor>> =>
      session.run({
        ...state,
        'data.inputs': { data: inputs!.data, shape: [12, 2] },
        'data.targets': { data: targets!.data, shape: [12, 2] },
        steps: { data: BigInt64Array.of(BigInt(steps)), shape: [] },
        order: { data: Int32Array.from({ length: 4 * steps }, (_, i) => 4 * first + i), shape: [4 * steps] },
        offsets: {
          data: BigInt64Array.from({ length: steps + 1 }, (_, i) => BigInt(4 * i)),
          shape: [steps + 1],
        },
        ...Object.fromEntries([0, 1, 2].map((k) => [`scalar.${k}`, scalars(first, steps, k)])),
      })

    const start = { parameters: vector(parameters), 'slot.0': zeros, 'slot.1': zeros }
    const together = await run(start, 0, 3)
    let state: Record<string, Tensor> = start
    const losses: number[] = []
    for (let step = 0; step < 3; step++) {
      const after = await run(state, step, 1)
      losses.push(Number(after['losses']!.data[0]))
      state = Object.fromEntries(Object.keys(start).map((name) => [name, after[`${name}.trained`]!]))
    }
    for (const name of Object.keys(start)) expect(state[name]).toEqual(together[`${name}.trained`])
    expect(losses).toEqual(Array.from(together['losses']!.data, Number))
    await session.release()
  })
})

describe('a training job', () => {
  it('reports every epoch with the network as it then is', async () => {
    const seen: number[] = []
    let ticks = 0
    const result = await train(
      runtime,
      job({
        epochs: 3,
        // Each look at this clock is half a second after the last: one at the start, two around an epoch's 100
        // rows, and one for this report, so that epoch n ends 1.5 n seconds after the start.
        clock: () => 500 * ticks++,
        onEpoch: ({ epoch, epochs, loss, network, samplesPerSecond, secondsLeft }) => {
          seen.push(epoch)
          expect([epochs, samplesPerSecond]).toEqual([3, 200])
          expect(secondsLeft).toBeCloseTo(1.5 * (3 - epoch), 9)
          expect(Number.isFinite(loss)).toBe(true)
          expect(network.parameters).toHaveLength(82)
        },
      }),
    )
    expect(seen).toEqual([1, 2, 3])
    expect(result.epochs).toBe(3)
    expect(result.curve.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
  })

  it('reports within an epoch after every call, with the mean loss so far and the time left', async () => {
    const seen: StepProgress[] = []
    let ticks = 0
    const { curve } = await train(
      runtime,
      job({
        batch: quadrants(900, 'many'),
        batchSize: 2,
        epochs: 2,
        clock: () => 500 * ticks++,
        onSteps: (progress) => void seen.push(progress),
      }),
    )
    // 450 steps in calls of at most 200.
    expect(seen.map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 200],
      [1, 400],
      [1, 450],
      [2, 200],
      [2, 400],
      [2, 450],
    ])
    // Without onEpoch nobody asks for its report's time: looks are the start, the epoch's, then one a call.
    expect(seen[0]).toMatchObject({ epochs: 2, steps: 450, secondsLeft: (1 / 200) * 700 })
    expect(seen[2]!.loss).toBeCloseTo(curve[0]!.loss, 12)
    expect(seen.at(-1)!.secondsLeft).toBe(0)
  })

  it('stops when validation no longer improves, and keeps the best', async () => {
    const batch = quadrants(30, 'small')
    const validation = { batch: quadrants(200, 'other'), patience: 5 }
    const result = await train(
      runtime,
      job({
        network: initialise(mlp(2, [64], 2), seededRandom(2)),
        batch,
        validation,
        epochs: 2000,
        optimiser: { learningRate: 0.05 },
      }),
    )
    const losses = result.curve.map(({ validationLoss }) => validationLoss!)
    const best = Math.min(...losses)
    expect(result.epochs).toBeLessThan(2000)
    expect(losses.indexOf(best)).toBe(result.epochs - 1 - 5)
    // The returned network is the one that scored best, not the last.
    const logits = await predictLogits(runtime, result.network, validation.batch['inputs']!.data, 200)
    const p = softmaxRows(logits, 2)
    const t = validation.batch['targets']!.data
    const loss = -p.reduce((sum, q, i) => sum + t[i]! * Math.log(q), 0) / 200
    expect(loss).toBeCloseTo(best, 5)
  })

  it('starts warm from a trained network', async () => {
    const first = await train(runtime, job({ epochs: 30 }))
    const second = await train(
      runtime,
      job({ network: first.network, epochs: 1, optimiser: { learningRate: 1e-6 } }),
    )
    expect(second.curve[0]!.loss).toBeLessThan(first.curve[5]!.loss)
  })

  it('leaves the network it was given as it was', async () => {
    const given = job()
    const before = Float32Array.from(given.network.parameters)
    await train(runtime, given)
    expect(given.network.parameters).toEqual(before)
  })

  it('can be cancelled between epochs and before the first', async () => {
    const controller = new AbortController()
    const epochs: number[] = []
    const cancelled = train(
      runtime,
      job({
        signal: controller.signal,
        onEpoch: ({ epoch }) => {
          epochs.push(epoch)
          if (epoch === 2) controller.abort()
        },
      }),
    )
    await expect(cancelled).rejects.toMatchObject({ code: 'ENGINE_CANCELLED' })
    expect(epochs).toEqual([1, 2])
    await expect(train(runtime, job({ signal: AbortSignal.abort() }))).rejects.toMatchObject({
      code: 'ENGINE_CANCELLED',
    })
  })

  it('stops when the loss is no longer a number, naming epoch and step', async () => {
    // The first step moves every weight by about 1e30; the second batch's logits overflow.
    await expect(train(runtime, job({ optimiser: { learningRate: 1e30 } }))).rejects.toMatchObject({
      code: 'ENGINE_DIVERGED',
      message: 'Training diverged at epoch 1, step 2: its loss or its weights are no longer finite numbers.',
    })
  })

  it('keeps the last good state when it diverges, from which a smaller rate goes on', async () => {
    // From the second half on the rate is 10^32 times as large: epoch 3 is the first to go wrong.
    const schedule = { kind: 'step', at: [0.5], factor: 1e32 } as const
    const wild = job({ epochs: 4, optimiser: { learningRate: 0.01, schedule } })
    const states: TrainingState[] = []
    const error: unknown = await train(runtime, {
      ...wild,
      onEpoch: ({ state }) => void states.push(state),
    }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(TrainingDiverged)
    const { message, lastGood } = error as TrainingDiverged
    expect(message).toMatch(/^Training diverged at epoch 3, step [2-4]:/)
    expect(lastGood).toEqual(states[1])

    const saved = decodeTrainingState(encodeTrainingState(lastGood))
    const calm = { ...wild, optimiser: { learningRate: 0.01 } }
    const rescued = await train(runtime, { ...calm, resume: saved })
    // The first two epochs had the same rates as a run that is calm throughout.
    expect(rescued.state).toEqual((await train(runtime, calm)).state)
  })

  it('tells of weights that the last step of an epoch spoilt', async () => {
    // One step an epoch, whose loss is still good: only the weights show it.
    const wild = job({
      epochs: 1,
      batchSize: 100,
      optimiser: { kind: 'sgd', learningRate: 3e38, weightDecay: 1e38 },
    })
    const error: unknown = await train(runtime, wild).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'ENGINE_DIVERGED', lastGood: { epoch: 0 } })
    expect((error as TrainingDiverged).message).toContain('epoch 1, step 1')
    expect((error as TrainingDiverged).lastGood.parameters).toEqual(wild.network.parameters)
  })

  it('names the row and column of a number it cannot train on', async () => {
    const batch = quadrants(10, 'bad')
    batch['inputs']!.data[2 * 6 + 1] = NaN
    await expect(train(runtime, job({ batch }))).rejects.toMatchObject({
      code: 'ENGINE_DATA_INVALID',
      message: 'The training tensor "inputs" holds NaN at row 7, column 2.',
    })
  })

  it('refuses tensors, counts and networks that do not fit', async () => {
    const { inputs, targets } = quadrants(10, 'fit')
    const short = { inputs: inputs!, targets: { data: targets!.data.subarray(2), width: 2 } }
    const invalid = { code: 'ENGINE_DATA_INVALID' }
    await expect(train(runtime, job({ batch: short }))).rejects.toMatchObject({
      ...invalid,
      message: 'The training tensor "targets" has 18 numbers for 10 rows of 2.',
    })
    await expect(train(runtime, job({ batch: { inputs: inputs! } }))).rejects.toThrow(
      'The loss needs a batch tensor "targets"',
    )
    await expect(train(runtime, job({ batch: { targets: targets! } }))).rejects.toMatchObject(invalid)
    await expect(train(runtime, job({ epochs: 0 }))).rejects.toMatchObject(invalid)
    await expect(train(runtime, job({ batchSize: 1.5 }))).rejects.toMatchObject(invalid)
    const network = { spec: mlp(2, [], 2), parameters: new Float32Array(5) }
    await expect(train(runtime, job({ network }))).rejects.toThrow(
      "The network's spec has 6 parameters, its vector 5.",
    )
  })

  it('names the layer and the shapes when a loss does not fit', async () => {
    const { inputs } = quadrants(10, 'fit')
    const batch = { inputs: inputs!, targets: { data: new Float32Array(30), width: 3 } }
    await expect(train(runtime, job({ batch }))).rejects.toMatchObject({
      code: 'ENGINE_SHAPE',
      message: 'Mul cannot combine shapes [batch, 3] and [batch, 2].',
    })
  })
})

describe('a run that stops and resumes', () => {
  const spec = parseSpec({
    kind: 'cnn',
    inputs: 32,
    image: [4, 4, 2],
    channels: [4],
    hidden: [8],
    outputs: 2,
    dropout: 0.3,
  })
  const random = seededRandom('resume')
  const batch = {
    inputs: { data: Float32Array.from({ length: 20 * 32 }, () => random.normal()), width: 32 },
    targets: { data: Float32Array.from({ length: 40 }, (_, i) => Number((i >> 1) % 2 === i % 2)), width: 2 },
  }
  const optimisers: OptimiserOptions[] = [
    { learningRate: 0.01, schedule: 'cosine', clipNorm: 0.5, averageDecay: 0.9 },
    { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0.01 },
  ]
  it.each(optimisers)('makes 2 and 3 epochs 5, to the bit, with %j', async (optimiser) => {
    const whole = job({ network: initialise(spec, random), batch, optimiser, epochs: 5, batchSize: 6 })
    const [first, straight] = [await train(runtime, { ...whole, until: 2 }), await train(runtime, whole)]
    const saved = decodeTrainingState(encodeTrainingState(first.state))
    const second = await train(runtime, { ...whole, resume: saved })
    expect([first.epochs, second.epochs]).toEqual([2, 3])
    expect(second.network.parameters).toEqual(straight.network.parameters)
    expect(second.state).toEqual(straight.state)
    expect(second.averaged).toEqual(straight.averaged)
    expect([...first.curve, ...second.curve]).toEqual(straight.curve)
  })

  it('is refused a state that does not fit', async () => {
    const { state } = await train(runtime, job({ epochs: 1 }))
    const other = train(runtime, job({ resume: state, optimiser: { kind: 'sgd' } }))
    await expect(other).rejects.toMatchObject({ code: 'ENGINE_DATA_INVALID' })
  })
})

it('clips the norm of the whole gradient', async () => {
  // One step of gradient descent at rate 1 moves the weights by the gradient itself, at most by the bound.
  const moved = async (optimiser: OptimiserOptions): Promise<number> => {
    const start = job({ optimiser, epochs: 1, batchSize: 100 })
    const { network } = await train(runtime, start)
    return Math.hypot(...network.parameters.map((p, i) => p - start.network.parameters[i]!))
  }
  const free = await moved({ kind: 'sgd', learningRate: 1 })
  expect(await moved({ kind: 'sgd', learningRate: 1, clipNorm: free / 3 })).toBeCloseTo(free / 3, 5)
  expect(await moved({ kind: 'sgd', learningRate: 1, clipNorm: free * 3 })).toBeCloseTo(free, 5)
})
