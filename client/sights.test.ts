/** What teachers of several widths and depths say of how items lie to each other, against plain arrays. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sharePartsOf } from '#distill/shares.ts'
import { blockStarts, GRAM_BLOCK } from '#distill/shares/gram-blocks.ts'
import { openPredictor } from '#engine/infer.ts'
import { initialise, namedParameters, type Network } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import { shareValues } from './share-values.ts'
import { sightsOf } from './sights.ts'
import { teacherOf } from './teacher/teacher.ts'
import { openNetwork } from './teacher/trained.ts'

const runtime = await openRuntime({ threads: 1 })
const kinds = ['gram-blocks', 'gram-blocks-third', 'gram-blocks-two-thirds']
const partsOf = (rows: number, kind = kinds.join('+')) => sharePartsOf({ kind, rows, classes: 2 })

const networkOf = (hidden: readonly number[], seed: number): Network =>
  initialise(
    parseSpec({ kind: 'mlp', inputs: 3, hidden, outputs: 2, activation: 'tanh' }),
    seededRandom(seed),
  )

/** A teacher's share of all depths, as the site computes it. */
async function shareOf(network: Network, inputs: Float32Array, rows: number): Promise<Float64Array> {
  const teacher = await openNetwork(runtime, 'mlp', network, '')
  const seen = await sightsOf(teacher, partsOf(rows), inputs, rows)
  const logits = await teacher.logits(inputs, rows)
  await teacher.release()
  return shareValues(partsOf(rows), { logits, ...seen, rows, temperature: 1 }, [])
}

/** Unit vectors that hidden layer `layer` of a network leaves of each row. */
function unitStates(network: Network, layer: number, inputs: Float32Array): number[][] {
  const held = new Map(namedParameters(network).map(({ name, data }) => [name, data]))
  return Array.from({ length: inputs.length / 3 }, (_, row) => {
    let state = [...inputs.subarray(3 * row, 3 * row + 3)]
    for (let i = 1; i <= layer; i++) {
      const [weight, bias] = [held.get(`hidden${i}.weight`)!, held.get(`hidden${i}.bias`)!]
      state = Array.from(bias, (start, k) =>
        Math.tanh(state.reduce((sum, x, j) => sum + x * weight[j * bias.length + k]!, start)),
      )
    }
    const length = Math.hypot(...state)
    return state.map((x) => x / length)
  })
}

const hiddenLayers = fc.array(fc.integer({ min: 2, max: 5 }), { minLength: 1, maxLength: 5 })

describe('what sites say of how items lie to each other', () => {
  it('adds up, at each depth, to the cosines of hidden layers that far on the way, whatever their widths', async () => {
    const cases = fc.record({
      rows: fc.integer({ min: GRAM_BLOCK, max: 2 * GRAM_BLOCK }),
      sites: fc.array(hiddenLayers, { minLength: 1, maxLength: 3 }),
      seed: fc.nat(1000),
    })
    await fc.assert(
      fc.asyncProperty(cases, async ({ rows, sites, seed }) => {
        const random = seededRandom(seed)
        const inputs = Float32Array.from({ length: 3 * rows }, () => random.normal())
        const networks = sites.map((hidden, site) => networkOf(hidden, seed + site))
        const shares = await Promise.all(networks.map((network) => shareOf(network, inputs, rows)))
        // The parts in the table's order: the last hidden layer, a third of the way, two thirds.
        const expected = [3, 1, 2].flatMap((thirds) => {
          const states = networks.map((network, site) =>
            unitStates(network, Math.ceil((thirds * sites[site]!.length) / 3), inputs),
          )
          const cosine = (a: number, b: number) =>
            states
              .map((rowsOf) => rowsOf[a]!.reduce((dot, x, k) => dot + x * rowsOf[b]![k]!, 0))
              .reduce((sum, x) => sum + x, 0)
          return blockStarts(rows).flatMap((start) =>
            Array.from({ length: GRAM_BLOCK }, (_, i) =>
              Array.from({ length: GRAM_BLOCK - 1 - i }, (_, j) => cosine(start + i, start + i + 1 + j)),
            ).flat(),
          )
        })
        const sum = shares[0]!.map((_, at) => shares.reduce((total, share) => total + share[at]!, 0))
        expect(sum).toHaveLength(expected.length)
        expect(Math.max(...sum.map((value, at) => Math.abs(value - expected[at]!)))).toBeLessThan(1e-4)
      }),
      { numRuns: 15 },
    )
  })

  it.each(kinds)(
    'is refused as %s by a teacher without a hidden layer, or that does not tell of any',
    async (kind) => {
      const linear = await openNetwork(runtime, 'mlp', networkOf([], 1), '')
      const foreign = teacherOf('onnx', await openPredictor(runtime, networkOf([4], 1)), '')
      for (const teacher of [linear, foreign])
        await expect(
          sightsOf(teacher, partsOf(GRAM_BLOCK, kind), new Float32Array(3 * GRAM_BLOCK), GRAM_BLOCK),
        ).rejects.toMatchObject({ code: 'POLICY_REFUSED' })
    },
  )
})
