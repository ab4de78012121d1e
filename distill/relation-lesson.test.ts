import { describe, expect, it } from 'vitest'
import { embeddingNetwork, type Depth } from '#engine/embeddings.ts'
import { scalar } from '#engine/expr.ts'
import { predictLogits } from '#engine/infer.ts'
import { initialise, namedParameters, type Network } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import { train } from '#engine/train.ts'
import { distil, type Distillation } from './distil.ts'
import { HINT_WIDTH } from './hint-lesson.ts'
import { relationLossNames } from './losses/relations.ts'
import { withRelation } from './relation-lesson.ts'
import { GRAM_BLOCK, gramBlocks, meanGramBlocks } from './shares/gram-blocks.ts'

const runtime = await openRuntime({ threads: 1 })
const random = seededRandom('relation lesson')
const rows = 3 * GRAM_BLOCK
const inputs = Float32Array.from({ length: 2 * rows }, () => random.normal())
const targets = new Float32Array(2 * rows).fill(0.5)
const student = parseSpec({ kind: 'mlp', inputs: 2, hidden: [8], outputs: 2 })

const gramOf = (data: Float32Array, width: number): Float32Array => {
  const embeddings = { data, width }
  const nothing = { classes: 2, logits: new Float32Array(), temperature: 1, clip: 1 }
  return meanGramBlocks(gramBlocks.compute({ rows, embeddings, ...nothing }), rows, 1)
}
/** What the teachers see of a point is its direction from the origin. */
const gram = gramOf(inputs, 2)
const inBlocks = Int32Array.from({ length: rows }, (_, row) => row)
const job: Distillation = {
  student,
  rows,
  inputs,
  targets,
  temperature: 1,
  alpha: 1,
  training: { epochs: 60, batchSize: GRAM_BLOCK, learningRate: 0.02, weightDecay: 0 },
  seed: 3,
}

/** How well cosines between the student's embeddings follow those of the teachers: their correlation. */
async function likeness(network: Network, depth: Depth = 3): Promise<number> {
  const front = embeddingNetwork(network, depth)!
  const seen = await predictLogits(runtime, front, inputs, rows)
  const [a, b] = [gramOf(seen, front.spec.outputs), gram].map((values) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return values.map((value) => value - mean)
  }) as [Float32Array, Float32Array]
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, at) => sum + value * y[at]!, 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}

describe('a relation lesson', () => {
  it.each(relationLossNames)(
    '%s brings items together in the student as they are in the teachers',
    async (loss) => {
      const relation = { loss, weight: loss === 'rkd' ? 1 : 100, rows: inBlocks, grams: { 3: gram } }
      // Angles of triples take longest, and teach most in a step.
      const short = { ...job, training: { ...job.training, epochs: loss === 'rkd' ? 20 : 60 } }
      const [plain, taught] = [await distil(runtime, short), await distil(runtime, { ...short, relation })]
      expect(await likeness(taught.network)).toBeGreaterThan(0.9)
      expect(await likeness(taught.network)).toBeGreaterThan(await likeness(plain.network))
    },
  )

  it('still teaches targets, and takes items from where the blocks have them', async () => {
    // Class 1 where the first number is positive. Only the last 64 items are taught, in two equal blocks.
    const sides = Float32Array.from(targets, (_, at) => Number(inputs[at - (at % 2)]! > 0 === (at % 2 === 1)))
    const blocks = Int32Array.from({ length: 2 * GRAM_BLOCK }, (_, i) => 128 + (i % GRAM_BLOCK))
    const twice = new Float32Array(2 * GRAM_BLOCK ** 2)
    twice.set(gram.subarray(-(GRAM_BLOCK ** 2)))
    twice.set(gram.subarray(-(GRAM_BLOCK ** 2)), GRAM_BLOCK ** 2)
    const relation = { loss: 'sp', weight: 1, rows: blocks, grams: { 3: twice } } as const
    const { network } = await distil(runtime, { ...job, targets: sides, relation })
    const logits = await predictLogits(runtime, network, inputs, rows)
    const right = Array.from({ length: rows }, (_, i) => logits[2 * i + 1]! > logits[2 * i]!).filter(
      (positive, i) => positive === inputs[2 * i]! > 0,
    )
    expect(right.length / rows).toBeGreaterThan(0.9)
  })

  it('refuses a student without a hidden layer, and batches that are not blocks', async () => {
    const relation = { loss: 'sp', weight: 1, rows: inBlocks, grams: { 3: gram } } as const
    const linear = parseSpec({ kind: 'mlp', inputs: 2, hidden: [], outputs: 2 })
    await expect(distil(runtime, { ...job, student: linear, relation })).rejects.toMatchObject({
      code: 'ENGINE_SPEC_INVALID',
    })
    const training = { ...job.training, batchSize: 50 }
    await expect(distil(runtime, { ...job, training, relation })).rejects.toThrow('whole batches of 50')
  })
})

describe('a relation lesson at several depths', () => {
  const deep = parseSpec({ kind: 'mlp', inputs: 2, hidden: [8, 7, 6], outputs: 2 })
  const relation = { loss: 'sp', weight: 100, rows: inBlocks, grams: {} } as const
  const at = (...depths: readonly Depth[]) => ({
    ...relation,
    grams: Object.fromEntries(depths.map((depth) => [depth, depth === 2 ? other : gram])),
  })
  /** Another one, so that depths that are taken for each other are found out. */
  const other = gramOf(
    inputs.map((x, i) => (i % 2 === 0 ? x : 0.1 * x)),
    2,
  )

  /** What a step of the relation alone does to the student: which of its layers move. */
  async function movedBy(depth: Depth): Promise<string[]> {
    const fresh = initialise(deep, seededRandom(1))
    const batch = { inputs: { data: inputs, width: 2 } }
    const lesson = withRelation(at(depth), { batch, loss: () => scalar(0) })
    const { network } = await train(runtime, {
      ...lesson,
      network: fresh,
      epochs: 1,
      batchSize: GRAM_BLOCK,
      seed: 1,
      optimiser: { learningRate: 0.01, weightDecay: 0 },
    })
    const after = namedParameters(network)
    return namedParameters(fresh).flatMap(({ name, data }, i) =>
      data.some((value, k) => value !== after[i]!.data[k]) ? [name] : [],
    )
  }

  it('reaches each hidden layer from its own depth on, and none behind that', async () => {
    const layer = (n: number) => [`hidden${n}.weight`, `hidden${n}.bias`]
    expect(await movedBy(1)).toEqual(layer(1))
    expect(await movedBy(2)).toEqual([1, 2].flatMap(layer))
    expect(await movedBy(3)).toEqual([1, 2, 3].flatMap(layer))
  })

  it('is the mean of what each depth alone is', async () => {
    // At a rate of next to nothing the losses of an epoch are those of the fresh student.
    const still = { ...job, student: deep, training: { ...job.training, epochs: 1, learningRate: 1e-12 } }
    const lossOf = async (...depths: Depth[]) => {
      const { curve } = await distil(runtime, { ...still, relation: at(...depths) })
      return curve[0]!.loss
    }
    const alone = [await lossOf(1), await lossOf(2), await lossOf(3)]
    expect(new Set(alone.map((loss) => loss.toFixed(2))).size).toBe(3)
    expect(await lossOf(1, 2, 3)).toBeCloseTo(alone.reduce((sum, loss) => sum + loss, 0) / 3, 3)
  })

  it('brings items together in early layers too', async () => {
    const taught = await distil(runtime, { ...job, student: deep, relation: at(1) })
    const late = await distil(runtime, { ...job, student: deep, relation: at(3) })
    expect(await likeness(taught.network, 1)).toBeGreaterThan(0.9)
    expect(await likeness(taught.network, 1)).toBeGreaterThan(await likeness(late.network, 1))
  })

  it('teaches a student of one hidden layer all of them there', async () => {
    const { network } = await distil(runtime, { ...job, relation: { ...relation, grams: { 1: gram } } })
    expect(await likeness(network)).toBeGreaterThan(0.9)
  })
})

describe('a hint', () => {
  it('gives the student a sense of where items lie, and leaves it the network it was to be', async () => {
    // Where they lie is their direction: the first two of 16 coordinates.
    const hint = new Float32Array(rows * HINT_WIDTH)
    for (let row = 0; row < rows; row++) {
      const [x, y] = [inputs[2 * row]!, inputs[2 * row + 1]!]
      hint.set([x / Math.hypot(x, y), y / Math.hypot(x, y)], row * HINT_WIDTH)
    }
    const specs: unknown[] = []
    const onEpoch = ({ network }: { network: Network }) => void specs.push(network.spec)
    const hinted = { ...job, hint: { targets: hint, weight: 100 }, onEpoch }
    const [plain, taught] = [await distil(runtime, job), await distil(runtime, hinted)]
    expect(specs).toEqual(Array.from({ length: 60 }, () => student))
    expect(taught.network.parameters).toHaveLength(plain.network.parameters.length)
    expect(await likeness(taught.network)).toBeGreaterThan(await likeness(plain.network))
    const relation = { loss: 'cka', weight: 1, rows: inBlocks, grams: { 3: gram } } as const
    const both = await distil(runtime, { ...hinted, relation })
    expect(both.curve.at(-1)!.loss).toBeLessThan(both.curve[0]!.loss / 2)
  })
})
