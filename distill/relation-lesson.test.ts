import { describe, expect, it } from 'vitest'
import { embeddingNetwork } from '#engine/embeddings.ts'
import { predictLogits } from '#engine/infer.ts'
import type { Network } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import { distil, type Distillation } from './distil.ts'
import { HINT_WIDTH } from './hint-lesson.ts'
import { relationLossNames } from './losses/relations.ts'
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
async function likeness(network: Network): Promise<number> {
  const seen = await predictLogits(runtime, embeddingNetwork(network, 3)!, inputs, rows)
  const [a, b] = [gramOf(seen, 8), gram].map((values) => {
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
