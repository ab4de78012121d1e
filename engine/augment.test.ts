import { describe, expect, it } from 'vitest'
import { augmented, betaDraw, parseAugmentations } from './augment.ts'
import type { Augmentation } from './augment.ts'
import type { BatchData } from './batch.ts'
import { evaluator } from './evaluate.ts'
import { input } from './expr.ts'
import { crossEntropy } from './losses.ts'
import { initialise } from './network.ts'
import { seededRandom } from './random.ts'
import { openRuntime } from './session/index.ts'
import type { Runtime } from './session/index.ts'
import { parseSpec } from './spec.ts'
import type { NetworkSpec } from './spec.ts'
import { train } from './train.ts'
import type { TrainingJob } from './train.ts'

const runtime = await openRuntime({ prefer: 'onnxruntime-node' })
const mlp = (inputs: number) => parseSpec({ kind: 'mlp', inputs, hidden: [4], outputs: 2 })

/** What training would see of these rows, for several seeds. */
async function seen(
  augment: Augmentation[],
  inputs: number[][],
  {
    seeds = [1],
    share = 1,
    targets = inputs.map(() => [1, 0]),
    prefer = 'onnxruntime-node',
  }: { seeds?: number[]; share?: number; targets?: number[][]; prefer?: Runtime['name'] } = {},
): Promise<{ inputs: number[]; targets: number[] }[]> {
  const width = inputs[0]!.length
  const given = { inputs: input('x', ['batch', width]), targets: input('t', ['batch', 2]) }
  const draws = { seed: input('seed', [1], 'int32'), share: input('share', [1]) }
  const { inputs: x, targets: t } = augmented(given, augment, mlp(width), draws)
  const run = await evaluator(await openRuntime({ prefer }), { inputs: x!, targets: t! })
  const results = []
  for (const seed of seeds) {
    const feeds = { x: inputs.flat(), t: targets.flat(), seed: [seed], share: [share] }
    results.push(await run(feeds))
  }
  await run.release()
  return results
}

const constantRows = (rows: number, width: number, value: number): number[][] =>
  Array.from({ length: rows }, () => Array.from({ length: width }, () => value))
const mean = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0) / xs.length

describe('noise', () => {
  it('is normal, with the deviation asked for, and independent of place and seed', async () => {
    const [a, b] = await seen([{ kind: 'noise', sigma: 0.5 }], constantRows(200, 100, 3), { seeds: [1, 2] })
    const z = a!.inputs.map((x) => (x - 3) / 0.5)
    // n = 20,000 draws; five standard errors each: of the mean 1/sqrt(n), of the variance sqrt(2/n), of the
    // fourth moment sqrt(96/n), of a correlation 1/sqrt(n).
    expect(Math.abs(mean(z))).toBeLessThan(5 / Math.sqrt(20_000))
    expect(Math.abs(mean(z.map((x) => x * x)) - 1)).toBeLessThan(5 * Math.sqrt(2 / 20_000))
    expect(Math.abs(mean(z.map((x) => x ** 4)) - 3)).toBeLessThan(5 * Math.sqrt(96 / 20_000))
    const next = b!.inputs.map((x) => (x - 3) / 0.5)
    for (const other of [next, [...z.slice(1), z[0]!], [...z.slice(100), ...z.slice(0, 100)]]) {
      expect(Math.abs(mean(z.map((x, i) => x * other[i]!)))).toBeLessThan(5 / Math.sqrt(20_000))
    }
  })
})

describe('masking', () => {
  it('puts the share asked for to 0 and leaves the rest alone', async () => {
    const [result] = await seen([{ kind: 'mask', rate: 0.3 }], constantRows(200, 100, 3))
    const { inputs } = result!
    expect(new Set(inputs)).toEqual(new Set([0, 3]))
    // The share of 20,000 has standard deviation sqrt(.3 * .7 / 20,000) = .0032; five of them are .016.
    expect(Math.abs(inputs.filter((x) => x === 0).length / 20_000 - 0.3)).toBeLessThan(0.016)
  })
})

describe('mixup', () => {
  it('blends each row, in every tensor, with the next, and the last with the first', async () => {
    const rows = [
      [0, 0],
      [10, 20],
      [100, 200],
    ]
    const targets = [
      [1, 0],
      [0, 1],
      [0.5, 0.5],
    ]
    // .75 of the row and .25 of the next: (0, 0) and (10, 20) make (2.5, 5), and so on.
    const [mixed] = await seen([{ kind: 'mixup', alpha: 1 }], rows, { share: 0.75, targets })
    expect(mixed!.inputs).toEqual([2.5, 5, 32.5, 65, 75, 150])
    expect(mixed!.targets).toEqual([0.75, 0.25, 0.125, 0.875, 0.625, 0.375])
  })

  it.each([0.2, 1, 5])('draws its share from Beta(%d, same)', (alpha) => {
    const random = seededRandom('beta')
    const draws = Array.from({ length: 20_000 }, () => betaDraw(alpha, random))
    // Mean 1/2 and variance 1 / (4 (2 alpha + 1)); that of (x - 1/2)^2 is below E[(x - 1/2)^4],
    // which is at most a quarter of the variance, since |x - 1/2| <= 1/2.
    const variance = 1 / (4 * (2 * alpha + 1))
    expect(Math.abs(mean(draws) - 0.5)).toBeLessThan(5 * Math.sqrt(variance / 20_000))
    const found = mean(draws.map((x) => (x - 0.5) ** 2))
    expect(Math.abs(found - variance)).toBeLessThan(5 * Math.sqrt(variance / 4 / 20_000))
    expect(draws.every((x) => x >= 0 && x <= 1)).toBe(true)
  })
})

/** 3 x 4 pixels of two channels, which say where they are: row, and ten times the column; no zero among them. */
const image = [3, 4, 2] as const
const picture = Array.from({ length: 12 }, (_, i) => [1 + Math.floor(i / 4), 10 * (1 + (i % 4))]).flat()
/** That picture with the pixel at (y, x) replaced by that at `source(y, x)`, or by zeros. */
const redrawn = (source: (y: number, x: number) => [number, number] | undefined): number[] =>
  Array.from({ length: 12 }, (_, i) => {
    const [y, x] = source(Math.floor(i / 4), i % 4) ?? [-1, -1]
    return [1 + y, 10 * (1 + x)]
  }).flat()
const rowsOf = ({ inputs }: { inputs: number[] }): string[] =>
  Array.from({ length: inputs.length / 24 }, (_, i) => inputs.slice(24 * i, 24 * i + 24).join())
const clamp = (x: number, length: number): number => Math.max(0, Math.min(length - 1, x))

describe.each(['onnxruntime-node', 'onnxruntime-web'] as const)('images on %s', (prefer) => {
  const pictures = Array.from({ length: 400 }, () => picture)
  const imageArray: [number, number, number] = [...image]

  it('flip, half of them, exactly', async () => {
    const [first, second] = await seen([{ kind: 'flip', image: imageArray }], pictures, {
      seeds: [1, 2],
      prefer,
    })
    const mirrored = redrawn((y, x) => [y, 3 - x]).join()
    const found = rowsOf(first!)
    expect(new Set(found)).toEqual(new Set([picture.join(), mirrored]))
    // Of 400, 200 with standard deviation 10.
    expect(Math.abs(found.filter((row) => row === mirrored).length - 200)).toBeLessThan(50)
    expect(rowsOf(second!)).not.toEqual(found)
  })

  it.each(['crop', 'shift'] as const)('%s to every place within reach, evenly', async (kind) => {
    const augment: Augmentation =
      kind === 'crop' ? { kind, padding: 1, image: imageArray } : { kind, pixels: 1, image: imageArray }
    const [result] = await seen([augment], pictures, { prefer })
    const expected = [-1, 0, 1].flatMap((dy) =>
      [-1, 0, 1].map((dx) =>
        redrawn((y, x) => {
          const [from, at] = [y + dy, x + dx]
          if (kind === 'shift') return [clamp(from, 3), clamp(at, 4)]
          return from === clamp(from, 3) && at === clamp(at, 4) ? [from, at] : undefined
        }).join(),
      ),
    )
    const found = rowsOf(result!)
    expect(new Set(found)).toEqual(new Set(expected))
    // Nine places of 400 rows: 44.4 each, standard deviation sqrt(400 * 1/9 * 8/9) = 6.3; five are 32.
    for (const place of expected) {
      expect(Math.abs(found.filter((row) => row === place).length - 400 / 9)).toBeLessThan(32)
    }
  })
})

describe('training with augmentation', () => {
  const rows = 60
  const random = seededRandom('augmented')
  const data = Float32Array.from({ length: rows * 16 }, () => random.normal())
  const targets = Float32Array.from({ length: rows * 2 }, (_, i) => Number((i >> 1) % 2 === i % 2))
  const batch: BatchData = { inputs: { data, width: 16 }, targets: { data: targets, width: 2 } }
  const spec = parseSpec({
    kind: 'cnn',
    inputs: 16,
    image: [4, 4, 1],
    channels: [4],
    outputs: 2,
    dropout: 0.2,
  })
  const job = (more: Partial<TrainingJob> = {}): TrainingJob => ({
    network: initialise(spec, seededRandom(1)),
    batch,
    loss: crossEntropy,
    optimiser: { learningRate: 0.01, averageDecay: 0.9 },
    epochs: 5,
    batchSize: 8,
    seed: 3,
    augment: [
      { kind: 'crop', padding: 1 },
      { kind: 'flip' },
      { kind: 'noise', sigma: 0.1 },
      { kind: 'mask', rate: 0.1 },
      { kind: 'mixup', alpha: 0.4 },
    ],
    ...more,
  })

  it('makes 2 and 3 epochs 5, to the bit, and others from another seed', async () => {
    const straight = await train(runtime, job())
    const first = await train(runtime, job({ until: 2 }))
    const second = await train(runtime, job({ resume: first.state }))
    expect(second.state).toEqual(straight.state)
    expect(second.averaged).toEqual(straight.averaged)
    const other = await train(runtime, job({ seed: 4 }))
    expect(other.network.parameters).not.toEqual(straight.network.parameters)
  })

  it.each(['crop', 'flip', 'noise', 'mask', 'mixup'] as const)('changes what %s trains on', async (kind) => {
    const augment = job().augment!.filter((augmentation) => augmentation.kind === kind)
    const [plain, changed] = [
      await train(runtime, job({ epochs: 1, augment: [] })),
      await train(runtime, job({ epochs: 1, augment })),
    ]
    expect(augment).toHaveLength(1)
    expect(changed.curve[0]!.loss).not.toBe(plain.curve[0]!.loss)
  })

  it.each(['onnxruntime-web', 'tfjs-cpu'] as const)('sees on %s what it sees elsewhere', async (prefer) => {
    // Several draws a row, each a function of seed and place; the arithmetic may differ in its last bits.
    const other = await openRuntime({ prefer })
    expect(other.name).toBe(prefer)
    for (const batchSize of [8, 7]) {
      const [here, there] = [
        await train(runtime, job({ epochs: 1, batchSize })),
        await train(other, job({ epochs: 1, batchSize })),
      ]
      expect(there.curve[0]!.loss).toBeCloseTo(here.curve[0]!.loss, 4)
    }
  })

  it('leaves validation as it is', async () => {
    // At rate 0 nothing is learnt, so the validation loss is that of the untouched rows, in every epoch.
    const still = { learningRate: 0 }
    const validation = { batch, patience: 9 }
    const [plain, changed] = [
      await train(runtime, job({ optimiser: still, validation, augment: [] })),
      await train(runtime, job({ optimiser: still, validation })),
    ]
    const losses = (curve: typeof plain.curve) => curve.map(({ validationLoss }) => validationLoss)
    expect(losses(changed.curve)).toEqual(losses(plain.curve))
  })
})

describe('a list of augmentations', () => {
  const refused =
    (json: unknown, spec: NetworkSpec = mlp(24)): (() => unknown) =>
    () =>
      parseAugmentations(json, spec)

  it('is read from JSON, the image from the network or from the list', () => {
    const cnn = parseSpec({ kind: 'cnn', inputs: 24, image: [3, 4, 2], channels: [2], outputs: 2 })
    expect(parseAugmentations([{ kind: 'flip' }], cnn)).toEqual([{ kind: 'flip' }])
    const own = [{ kind: 'shift', pixels: 2, image: [3, 4, 2] }]
    expect(parseAugmentations(own, mlp(24))).toEqual(own)
  })

  it.each([
    [[{ kind: 'blur' }], 'at 0.kind'],
    [[{ kind: 'noise', sigma: 0 }], 'at 0.sigma'],
    [[{ kind: 'noise', sigma: 1, rate: 1 }], 'at 0'],
    [[{ kind: 'mask', rate: 1 }], 'at 0.rate'],
    [[{ kind: 'mixup', alpha: -1 }], 'at 0.alpha'],
    [[{ kind: 'flip' }, { kind: 'flip' }], 'each kind at most once'],
    [[{ kind: 'flip' }], 'The augmentation "flip" needs images'],
    [[{ kind: 'flip', image: [3, 4, 1] }], 'for images of 3 x 4 x 1; a row has 24 numbers'],
    [
      [{ kind: 'crop', padding: 3, image: [3, 4, 2] }],
      '"crop" by 3 pixels would push out images of 3 x 4 x 2',
    ],
    ['flip', 'at the list'],
  ])('is refused: %j', (json, told) => {
    expect(refused(json)).toThrow(
      expect.objectContaining({ code: 'ENGINE_SPEC_INVALID', message: expect.stringContaining(told) }),
    )
  })

  it('is refused for token numbers, which have no neighbours', () => {
    const words = { kind: 'transformer', inputs: 8, tokens: 8, vocabulary: 50, outputs: 2 } as const
    expect(refused([{ kind: 'noise', sigma: 1 }], parseSpec(words))).toThrow('token numbers')
  })
})
