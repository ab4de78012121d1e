import { describe, expect, it } from 'vitest'
import type { BatchData } from './batch.ts'
import { memberSeed, trainEnsemble } from './ensemble.ts'
import type { EnsembleJob } from './ensemble.ts'
import { predictEnsemble } from './ensemble-predict.ts'
import { predictLogits } from './infer.ts'
import { crossEntropy, rowCrossEntropy } from './losses.ts'
import { initialise } from './network.ts'
import { seededRandom } from './random.ts'
import { openRuntime } from './session/index.ts'
import type { Runtime } from './session/index.ts'
import { parseSpec } from './spec.ts'
import { train } from './train.ts'
import type { TrainingJob, TrainingResult } from './train.ts'

const [rows, members] = [90, 5]
const random = seededRandom('ensemble')
const inputs = Float32Array.from({ length: rows * 4 }, () => random.normal())
const targets = Float32Array.from({ length: rows * 3 }, (_, i) => Number(Math.floor(i / 3) % 3 === i % 3))
const batch = { inputs: { data: inputs, width: 4 }, targets: { data: targets, width: 3 } }
const subsets = Array.from({ length: members }, (_, i) =>
  Int32Array.from({ length: 18 }, (_, k) => k * members + i),
)
const spec = parseSpec({ kind: 'mlp', inputs: 4, hidden: [8, 6], outputs: 3 })
const networks = subsets.map((_, i) => initialise(spec, random.fork(`member ${i}`)))
const job: EnsembleJob = {
  networks,
  batch,
  subsets,
  loss: rowCrossEntropy,
  epochs: 12,
  batchSize: 5,
  seed: 7,
}

const rowsOf = (subset: Int32Array): BatchData =>
  Object.fromEntries(
    Object.entries(batch).map(([name, { data, width }]) => [
      name,
      {
        width,
        data: Float32Array.from(
          { length: subset.length * width },
          (_, i) => data[subset[Math.floor(i / width)]! * width + (i % width)]!,
        ),
      },
    ]),
  )

/** What `train` makes of one member by itself. */
const alone = (runtime: Runtime, i: number, more: Partial<TrainingJob> = {}): Promise<TrainingResult> =>
  train(runtime, {
    network: networks[i]!,
    batch: rowsOf(subsets[i]!),
    loss: crossEntropy,
    epochs: job.epochs,
    batchSize: job.batchSize,
    seed: memberSeed(job.seed, i),
    ...more,
  })

const apart = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i]!)), 0)

describe.each(['onnxruntime-node', 'onnxruntime-web'] as const)('an ensemble on %s', (prefer) => {
  it.each([
    { learningRate: 0.01, schedule: 'cosine', weightDecay: 0.1 } as const,
    { kind: 'sgd', momentum: 0.9, averageDecay: 0.8 } as const,
    // Members' gradients begin at norms of about 1, so that some are shrunk and some are not.
    { learningRate: 0.01, clipNorm: 0.7 } as const,
  ])('trains its members as if each were alone, to 1e-5, with %j', async (optimiser) => {
    const runtime = await openRuntime({ prefer })
    const together = await trainEnsemble(runtime, { ...job, optimiser })
    for (const i of networks.keys()) {
      const { network, averaged } = await alone(runtime, i, { optimiser })
      expect(apart(together.networks[i]!.parameters, network.parameters)).toBeLessThan(1e-5)
      const average = together.averaged?.[i] ?? together.networks[i]!
      expect(apart(average.parameters, (averaged ?? network).parameters)).toBeLessThan(1e-5)
    }
  })
})

describe('members', () => {
  it('of different numbers of rows each get theirs in as many batches as the longest needs', async () => {
    const runtime = await openRuntime()
    // The longest makes ceil(21 / 5) = 5 batches. Alone, batches of at most 4 are ceil(19 / 4) = ceil(18 / 4) = 5 too.
    const lengths = [21, 18, 19, 18, 17]
    const uneven = lengths.map((length, i) => Int32Array.from({ length }, (_, k) => (k * 7 + i) % rows))
    const { networks: together } = await trainEnsemble(runtime, { ...job, subsets: uneven })
    for (const i of networks.keys()) {
      const { network } = await alone(runtime, i, {
        batch: rowsOf(uneven[i]!),
        batchSize: i === 0 ? 5 : 4,
      })
      expect(apart(together[i]!.parameters, network.parameters)).toBeLessThan(1e-5)
    }
  })

  it('of fewer rows than there are batches stand still in those that are empty', async () => {
    const runtime = await openRuntime()
    // Five batches for the first; for the other one row, which floor(i / 5) puts into the fifth. Alone: one step of five.
    const lone = [subsets[0]!, Int32Array.of(4)]
    const one = { ...job, networks: networks.slice(0, 2), subsets: lone, batchSize: 4, epochs: 1 }
    const optimiser = { kind: 'sgd', learningRate: 0.5 } as const
    const { networks: together } = await trainEnsemble(runtime, { ...one, optimiser })
    const { network } = await alone(runtime, 1, { batch: rowsOf(lone[1]!), optimiser, epochs: 1 })
    expect(apart(together[1]!.parameters, network.parameters)).toBeLessThan(1e-6)
  })

  it.each([
    { optimiser: { learningRate: 0.05 }, patience: 2 },
    // Losses go up and down: a member that stopped would find a lower one again, had it gone on with the others.
    { optimiser: { kind: 'sgd', learningRate: 0.1 } as const, patience: 1 },
  ])('stop early, each by its own rows, and keep their own best: %j', async ({ optimiser, patience }) => {
    const runtime = await openRuntime()
    // Targets say nothing about inputs, so that the loss on other rows soon rises.
    const others = subsets.map((_, i) => subsets[(i + 1) % members]!.subarray(0, 18 - i))
    const long = { ...job, optimiser, epochs: 30, validation: { batch, subsets: others, patience } }
    const counts: number[] = []
    const together = await trainEnsemble(runtime, {
      ...long,
      onEpoch: ({ training }) => void counts.push(training),
    })
    const bests: number[] = []
    for (const i of networks.keys()) {
      const own = { batch: rowsOf(others[i]!), patience }
      const { network, state } = await alone(runtime, i, { optimiser, epochs: 30, validation: own })
      expect(together.states[i]!.best.epoch).toBe(state.best.epoch)
      expect(together.states[i]!.best.score).toBeCloseTo(state.best.score!, 5)
      expect(apart(together.networks[i]!.parameters, network.parameters)).toBeLessThan(1e-5)
      bests.push(state.best.epoch)
    }
    // Not all at once, and no further than the last.
    expect(new Set(bests).size).toBeGreaterThan(1)
    expect(counts).toHaveLength(Math.max(...bests) + patience)
    expect(counts.at(-1)).toBe(0)

    const until = Math.min(...bests) + patience + 1
    const half = await trainEnsemble(runtime, { ...long, until })
    const rest = await trainEnsemble(runtime, { ...long, resume: half.states })
    expect(rest.networks.map(({ parameters }) => parameters)).toEqual(
      together.networks.map(({ parameters }) => parameters),
    )
  })

  it('go on after a stop as if there had been none, to the bit', async () => {
    const runtime = await openRuntime()
    const uneven = subsets.map((subset, i) => subset.subarray(i))
    const five = {
      ...job,
      subsets: uneven,
      epochs: 5,
      optimiser: { schedule: 'cosine', clipNorm: 1 },
    } as const
    const whole = await trainEnsemble(runtime, five)
    const two = await trainEnsemble(runtime, { ...five, until: 2 })
    const rest = await trainEnsemble(runtime, { ...five, resume: two.states })
    expect(rest.states).toEqual(whole.states)
    expect(two.states.map(({ epoch }) => epoch)).toEqual([2, 2, 2, 2, 2])
    const { averaged, ...plain } = rest
    expect(averaged).toBeUndefined()
    expect(plain.networks).toEqual(whole.networks)
  })

  it('of many parameters are trained in groups, and a group that has stopped waits for the others', async () => {
    const runtime = await openRuntime()
    // 4 x 400 + 400 + 400 x 300 + 300 + 300 x 3 + 3 = 123,203 parameters, of which 524,288 numbers hold four members:
    // two groups, of two and of three.
    const wide = parseSpec({ kind: 'mlp', inputs: 4, hidden: [400, 300], outputs: 3 })
    const large = networks.map((_, i) => initialise(wide, seededRandom(i)))
    const optimiser = { learningRate: 0.001 }
    // The first two are judged by what they learn, and go on; the others by rows whose targets are turned about.
    const turned = targets.map((_, i) => targets[3 * Math.floor(i / 3) + ((i + 1) % 3)]!)
    const both = {
      inputs: { data: Float32Array.of(...inputs, ...inputs), width: 4 },
      targets: { data: Float32Array.of(...targets, ...turned), width: 3 },
    }
    const judged = subsets.map((subset, i) => (i < 2 ? subset : subset.map((row) => row + rows)))
    const long: EnsembleJob = {
      ...job,
      networks: large,
      optimiser,
      epochs: 6,
      validation: { batch: both, subsets: judged, patience: 2 },
    }
    const whole = await trainEnsemble(runtime, long)
    const epochs = whole.states.map(({ epoch }) => epoch)
    expect(epochs[0]).toBe(6)
    expect(epochs[4]).toBeLessThan(6)
    const { network } = await alone(runtime, 0, { network: large[0]!, optimiser, epochs: 6 })
    expect(apart(whole.states[0]!.parameters, network.parameters)).toBeLessThan(1e-5)
    const { states } = await trainEnsemble(runtime, { ...long, until: 5 })
    const rest = await trainEnsemble(runtime, { ...long, resume: states })
    const differences = rest.states.map(({ parameters, epoch }, i) => [
      apart(parameters, whole.states[i]!.parameters),
      epoch - epochs[i]!,
    ])
    expect(differences).toEqual(networks.map(() => [0, 0]))
  })

  it('have states from which each could go on alone', async () => {
    const runtime = await openRuntime()
    const whole = await trainEnsemble(runtime, job)
    const { states } = await trainEnsemble(runtime, { ...job, until: 5 })
    const { network } = await alone(runtime, 3, { resume: states[3]! })
    expect(apart(network.parameters, whole.networks[3]!.parameters)).toBeLessThan(1e-5)
  })
})

describe('asking all members', () => {
  it.each(['onnxruntime-node', 'onnxruntime-web'] as const)('gives what each says, on %s', async (prefer) => {
    const runtime = await openRuntime({ prefer })
    const answers = await predictEnsemble(runtime, networks, inputs, rows)
    for (const [i, network] of networks.entries()) {
      const logits = await predictLogits(runtime, network, inputs, rows)
      expect(apart(answers[i]!, logits)).toBeLessThan(1e-5)
    }
  })

  it('some members and some rows at a time gives the same', async () => {
    const runtime = await openRuntime()
    const whole = await predictEnsemble(runtime, networks, inputs, rows)
    // A member has 40 + 54 + 21 = 115 parameters, so 2 fit; a row of 2 members is 4 + 2 (8 + 6 + 3) = 38 numbers, so 6 do.
    const parts = await predictEnsemble(runtime, networks, inputs, rows, 250)
    expect(parts.map((answer, i) => apart(answer, whole[i]!) < 1e-6)).toEqual(networks.map(() => true))
    // Not even one of either fits, but one at a time goes.
    const [one] = await predictEnsemble(runtime, networks, inputs.subarray(0, 8), 2, 1)
    expect(apart(one!, whole[0]!.subarray(0, 6))).toBeLessThan(1e-6)
  })
})

it('refuses members, rows, losses and states that do not fit, and stops when told', async () => {
  const runtime = await openRuntime()
  const refused = (more: Partial<EnsembleJob>, code = 'ENGINE_DATA_INVALID'): Promise<void> =>
    expect(trainEnsemble(runtime, { ...job, ...more })).rejects.toMatchObject({ code })
  await refused({ networks: [] })
  await refused({ subsets: subsets.slice(1) })
  await refused({ subsets: subsets.map((subset) => subset.map((row) => row + 10)) })
  await refused({ subsets: subsets.map((subset, i) => subset.subarray(18 * i)) })
  await refused({ validation: { batch, subsets: subsets.slice(1), patience: 1 } })
  await refused({ optimiser: { clipNorm: -1 } })
  await refused({ loss: crossEntropy }, 'ENGINE_SHAPE')
  const { states } = await trainEnsemble(runtime, { ...job, until: 1 })
  await refused({ resume: states.slice(1) })
  await refused({ resume: states, optimiser: { kind: 'sgd' } })
  await refused({ optimiser: { kind: 'sgd', learningRate: 1e38 } }, 'ENGINE_DIVERGED')
  const stop = new AbortController()
  await refused({ signal: stop.signal, onEpoch: () => stop.abort() }, 'ENGINE_CANCELLED')
  await expect(predictEnsemble(runtime, networks, inputs, rows + 1)).rejects.toMatchObject({
    code: 'ENGINE_DATA_INVALID',
  })
})
