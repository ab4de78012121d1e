import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { edgesOf, orientedGradientCount, orientedGradients, type ImageShape } from './oriented-gradients.ts'
import { featureSchemaSchema } from './schema.ts'

const square: ImageShape = [16, 16, 1]
const draw = (value: (y: number, x: number) => number): Float32Array =>
  Float32Array.from({ length: 256 }, (_, i) => value(Math.floor(i / 16), i % 16))
/** The 8 directions of the cell in this row and column of the 4 x 4. */
const cell = (described: Float32Array, row: number, column: number): number[] => [
  ...described.subarray((row * 4 + column) * 8, (row * 4 + column + 1) * 8),
]
const cosine = (a: Float32Array, b: Float32Array): number => {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * y[i]!, 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}

describe('orientedGradients', () => {
  // Brightness grows by .5 a column: gradients of (1, 0), and of (.5, 0) in the first and the last column, as the edge
  // is repeated. The tents of an inner cell are 1/8 3/8 5/8 7/8 7/8 5/8 3/8 1/8 and add up to 4; those of a cell at the
  // border 5/8 7/8 7/8 5/8 3/8 1/8 = 3.5, and with half of the first gradient 3.1875. So the cell (1, 1) has
  // 4 x 4 = 16, its neighbours 16, 4 x 3.1875, 3.5 x 4 and 3.5 x 3.1875, and the sum of their squares is
  //   11.15625^2 + 2 x 14^2 + 2 (12.75^2 + 2 x 16^2) = 1865.587, and .01 for the faint: 10 x 16 / 43.1925 = 3.70434
  it('sees which way an edge runs, be it from dark to light or from light to dark', () => {
    const ramp = draw((_, x) => x / 2)
    const across = orientedGradients(ramp, square)
    expect(cell(across, 1, 1)).toEqual([expect.closeTo(3.70434, 4), 0, 0, 0, 0, 0, 0, 0])
    expect(
      orientedGradients(
        ramp.map((value) => 8 - value),
        square,
      ),
    ).toEqual(across)
    // A quarter turn is half of the half turn: direction 4 of 8.
    const down = orientedGradients(
      draw((y) => y / 2),
      square,
    )
    expect(cell(down, 1, 1)[4]).toBeCloseTo(3.70434, 4)
    // An eighth of a turn and half a direction more lies between directions 2 and 3: tan(2.5 pi / 8) = 1.49661.
    const between = cell(
      orientedGradients(
        draw((y, x) => x + 1.49661 * y),
        square,
      ),
      1,
      1,
    )
    expect(between[2]).toBeGreaterThan(1)
    expect(between[3]! / between[2]!).toBeCloseTo(1, 3)
  })

  it('knows a bar that was moved by its width, where no pixel is the same', () => {
    const bar = (at: number) => draw((_, x) => (x === at || x === at + 1 ? 1 : 0))
    expect(cosine(bar(7), bar(9))).toBe(0)
    expect(cosine(orientedGradients(bar(7), square), orientedGradients(bar(9), square))).toBeGreaterThan(0.8)
  })

  it('sees no edge in an even image, and in any image numbers from 0 to 10, whatever is added to its values', () => {
    expect(Math.max(...orientedGradients(new Float32Array(256).fill(3), square))).toBe(0)
    // Steps of 1/64 so that an addition is exact.
    const pixels = fc.array(fc.integer({ min: 0, max: 64 }), { minLength: 768, maxLength: 768 })
    fc.assert(
      fc.property(pixels, (values) => {
        const image = Float32Array.from(values, (value) => value / 64)
        const described = orientedGradients(image, [16, 16, 3])
        expect(described).toHaveLength(orientedGradientCount([16, 16, 3]))
        expect(described.every((value) => value >= 0 && value <= 10)).toBe(true)
        const brighter = orientedGradients(
          image.map((value) => value + 2),
          [16, 16, 3],
        )
        expect(brighter).toEqual(described)
      }),
      { numRuns: 5 },
    )
  })

  it('describes each row by itself, of the channel that changes most', () => {
    const [one, other] = [draw((y, x) => (y > 5 ? x : y) / 16), draw((y, x) => ((x * y) % 7) / 7)]
    const both = Float32Array.from([...one, ...other])
    const alone = [one, other].flatMap((image) => [...orientedGradients(image, square)])
    expect([...orientedGradients(both, square)]).toEqual(alone)
    const twoChannels = Float32Array.from([...one].flatMap((value) => [value / 2, value]))
    expect(orientedGradients(twoChannels, [16, 16, 2])).toEqual(orientedGradients(one, square))
  })
})

it('is of images of 16 pixels and more on each side', () => {
  const schema = (shape: number[]) =>
    featureSchemaSchema.parse({
      version: 1,
      features: { kind: 'tensor', shape, divideBy: 255 },
      target: { classes: ['a', 'b'].map((name) => ({ name, values: [name] })) },
    })
  expect(edgesOf(schema([28, 28]))).toEqual([28, 28, 1])
  expect(edgesOf(schema([32, 16, 3]))).toEqual([32, 16, 3])
  expect(edgesOf(schema([8, 8]))).toBeUndefined()
  expect(edgesOf(schema([784]))).toBeUndefined()
})
