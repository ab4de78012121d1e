/** Where teachers look: what leaves a site, on one grid for all, and that it keeps its bounds. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attentionMapsOf } from '../attention-maps.ts'
import { ATTENTION_GRID, ATTENTION_PLACES, gridWeights } from '../losses/features.ts'
import { initialise } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import { attentionMaps } from './attention-maps.ts'

const runtime = await openRuntime({ threads: 1 })

/** Maps as a teacher has them: of length 1 without negative numbers, some of zeros. */
const mapsOf = (rows: number) =>
  fc
    .array(
      fc.array(fc.nat(9), { minLength: ATTENTION_PLACES, maxLength: ATTENTION_PLACES }).map((row) => {
        const length = Math.hypot(...row)
        return length > 0 ? row.map((value) => value / length) : row
      }),
      { minLength: rows, maxLength: rows },
    )
    .map((maps) => Float32Array.from(maps.flat()))

const shareOf = (attention: Float32Array): Float64Array =>
  attentionMaps.compute({
    rows: attention.length / ATTENTION_PLACES,
    classes: 2,
    logits: new Float32Array(),
    attention,
    temperature: 1,
    clip: 1,
  })

describe('attention-maps', () => {
  it('keep their length, their bound and their sensitivity', () => {
    const answers = fc.integer({ min: 1, max: 4 }).chain((rows) => fc.tuple(mapsOf(rows), mapsOf(rows)))
    fc.assert(
      fc.property(answers, ([one, other]) => {
        const [a, b] = [shareOf(one), shareOf(other)]
        const size = { rows: one.length / ATTENTION_PLACES, classes: 2 }
        expect(a).toHaveLength(attentionMaps.length(size))
        expect(a.every((value) => value >= 0 && value <= 1)).toBe(true)
        const moved = a.map((value, at) => Math.abs(value - b[at]!))
        const { l1, l2 } = attentionMaps.sensitivity(size)
        expect(moved.reduce((sum, by) => sum + by, 0)).toBeLessThanOrEqual(l1)
        expect(Math.hypot(...moved)).toBeLessThanOrEqual(l2 + 1e-6)
      }),
    )
  })

  it('move by all that the L2 sensitivity allows when a teacher looks elsewhere', () => {
    const at = (place: number) =>
      Float32Array.from({ length: ATTENTION_PLACES }, (_, i) => Number(i === place))
    const moved = shareOf(at(0)).map((value, i) => value - shareOf(at(48))[i]!)
    expect(Math.hypot(...moved)).toBeCloseTo(Math.SQRT2, 12)
    expect(attentionMaps.sensitivity({ rows: 1, classes: 2 }).l2).toBe(Math.SQRT2)
  })
})

describe('the grid', () => {
  it('leaves 7 places as they are, and takes the mean of four for each of 14', () => {
    const same = gridWeights(7, 7)
    expect([...same].every((value, at) => value === Number(at % 50 === 0))).toBe(true)
    const half = gridWeights(14, 7)
    // Places (0, 0) and (1, 0) of 14 x 7 are the two halves of the first place of the grid.
    expect([half[0], half[7 * ATTENTION_PLACES], half[2 * 7 * ATTENTION_PLACES]]).toEqual([0.5, 0.5, 0])
  })

  it('shares each place out by area, whatever the layer has', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), (height, width) => {
        const weights = gridWeights(height, width)
        // Each place of the grid is a mean, and every place of the layer has a weight in all of 49 / places.
        for (let to = 0; to < ATTENTION_PLACES; to++) {
          let mean = 0
          for (let from = 0; from < height * width; from++) mean += weights[from * ATTENTION_PLACES + to]!
          expect(mean).toBeCloseTo(1, 5)
        }
        for (let from = 0; from < height * width; from++) {
          const row = weights.subarray(from * ATTENTION_PLACES, (from + 1) * ATTENTION_PLACES)
          expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(
            ATTENTION_PLACES / (height * width),
            4,
          )
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('a convolutional network', () => {
  it('looks where the image is bright, if its kernel only copies', async () => {
    const spec = parseSpec({ kind: 'cnn', inputs: 196, image: [14, 14, 1], channels: [1], outputs: 2 })
    const network = initialise(spec, seededRandom(1))
    network.parameters.fill(0)
    // The middle of the 3 x 3 kernel, whose nine numbers come first.
    network.parameters[4] = 3
    const image = new Float32Array(2 * 196)
    // The first row's image is bright in places (3, 5) of the grid, twice as bright in (0, 0); the second's nowhere.
    image[2 * 3 * 14 + 2 * 5] = 1
    image[0] = 2
    const maps = await attentionMapsOf(runtime, network)!(image, 2)
    expect(maps).toHaveLength(2 * ATTENTION_PLACES)
    // Energies 9 and 36 for 3 x 1 and 3 x 2: of length 1, (1, 4) / sqrt 17.
    expect(maps[3 * ATTENTION_GRID + 5]).toBeCloseTo(1 / Math.sqrt(17), 6)
    expect(maps[0]).toBeCloseTo(4 / Math.sqrt(17), 6)
    expect(maps.filter((value) => value > 0)).toHaveLength(2)
  })
})
