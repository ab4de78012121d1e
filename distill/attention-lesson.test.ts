import { describe, expect, it } from 'vitest'
import { initialise, type Network } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import { attentionMapsOf } from './attention-maps.ts'
import { distil, type Distillation } from './distil.ts'
import { HINT_WIDTH } from './hint-lesson.ts'
import { ATTENTION_PLACES } from './losses/features.ts'
import { GRAM_BLOCK } from './shares/gram-blocks.ts'

const runtime = await openRuntime({ threads: 1 })
const rows = GRAM_BLOCK
const student = parseSpec({ kind: 'cnn', inputs: 196, image: [14, 14, 1], channels: [4], outputs: 2 })

/** A bright square and a dark one, each the place of the grid; the teachers look at the bright one. */
const bright = (row: number): number => row % ATTENTION_PLACES
const dark = (row: number): number => (5 * row + 24) % ATTENTION_PLACES
const inputs = new Float32Array(196 * rows)
const maps = new Float32Array(rows * ATTENTION_PLACES)
for (let row = 0; row < rows; row++) {
  maps[row * ATTENTION_PLACES + bright(row)] = 1
  for (const [place, value] of [
    [bright(row), 1],
    [dark(row), -1],
  ] as const)
    for (const offset of [0, 1, 14, 15])
      inputs[row * 196 + 28 * Math.floor(place / 7) + 2 * (place % 7) + offset]! += value
}
const job: Distillation = {
  student,
  rows,
  inputs,
  targets: new Float32Array(2 * rows).fill(0.5),
  temperature: 1,
  alpha: 1,
  training: { epochs: 40, batchSize: 16, learningRate: 0.02, weightDecay: 0 },
  seed: 3,
}
const attention = { maps, weight: 1000 }

/** The mean square between where a network looks and where the teachers do, over items. */
async function apart(network: Network): Promise<number> {
  const seen = await attentionMapsOf(runtime, network)!(inputs, rows)
  return seen.reduce((sum, value, at) => sum + (value - maps[at]!) ** 2, 0) / rows
}

describe('an attention lesson', () => {
  it('turns the student to where the teachers look', async () => {
    const fresh = initialise(student, seededRandom(3).fork('student'))
    const { network, curve } = await distil(runtime, { ...job, attention })
    expect(network.spec).toEqual(student)
    expect(curve.at(-1)!.loss).toBeLessThan(curve[0]!.loss)
    expect(await apart(network)).toBeLessThan((await apart(fresh)) / 4)
  })

  it('goes with a relation and a hint', async () => {
    const gram = Float32Array.from({ length: GRAM_BLOCK ** 2 }, (_, at) =>
      Number(at % (GRAM_BLOCK + 1) === 0),
    )
    const inBlocks = Int32Array.from({ length: rows }, (_, row) => row)
    const { network, curve } = await distil(runtime, {
      ...job,
      training: { ...job.training, batchSize: GRAM_BLOCK },
      attention,
      relation: { loss: 'sp', weight: 1, rows: inBlocks, grams: { 3: gram } },
      hint: { targets: new Float32Array(rows * HINT_WIDTH).fill(0.1), weight: 1 },
    })
    expect(network.spec).toEqual(student)
    expect(curve.at(-1)!.loss).toBeLessThan(curve[0]!.loss)
  })

  it('refuses a student that does not convolve images', async () => {
    const dense = parseSpec({ kind: 'mlp', inputs: 196, hidden: [4], outputs: 2 })
    await expect(distil(runtime, { ...job, student: dense, attention })).rejects.toMatchObject({
      code: 'ENGINE_SPEC_INVALID',
    })
  })
})
