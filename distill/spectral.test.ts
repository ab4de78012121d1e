import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { landmarkTarget } from './spectral.ts'

const gramOf = (features: ArrayLike<number>, size: number, width: number): number[] =>
  Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size]
    let dot = 0
    for (let k = 0; k < width; k++) dot += features[i * width + k]! * features[j * width + k]!
    return dot
  })

describe('landmarkTarget', () => {
  it('is the root of the largest eigenvalue along its vector, among landmarks alone', () => {
    // [[2, 1], [1, 2]]: 3 along (1, 1) / sqrt 2, and 1 along (1, -1) / sqrt 2.
    const [x, , y] = landmarkTarget([2, 1, 1, 2], 2, 2)
    expect(x).toBeCloseTo(Math.sqrt(3 / 2), 6)
    expect(y).toBeCloseTo(Math.sqrt(3 / 2), 6)
  })

  it('continues that to all other items', () => {
    // Landmarks along the axes, at right angles: an item is told by its products with them, in the order of eigenvalues.
    const landmarks = [4, 0, 0, 9]
    expect([...landmarkTarget([...landmarks, 6, 12], 2, 2)]).toEqual([0, 2, 3, 0, 4, 3])
    expect([...landmarkTarget(landmarks, 2, 2)]).toEqual([0, 2, 3, 0])
  })

  it('gives all items the inner products they have, where landmarks span what items do', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 3 }),
        fc.infiniteStream(fc.double({ min: -1, max: 1, noNaN: true })),
        (others, width, numbers) => {
          // The first landmarks are the axes themselves, so they span everything.
          const axes = Array.from({ length: width * width }, (_, at) => Number(at % (width + 1) === 0))
          const rest = Array.from({ length: (4 + others) * width }, () => numbers.next().value as number)
          const [features, size, landmarks] = [[...axes, ...rest], width + 4 + others, width + 4]
          const gram = gramOf(features, size, width)
          const strip = gram.filter((_, at) => at % size < landmarks)
          const again = gramOf(landmarkTarget(strip, landmarks, width), size, width)
          for (const [i, value] of gram.entries()) expect(Math.abs(again[i]! - value)).toBeLessThan(1e-4)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('leaves 0 where the landmarks have nothing more to say', () => {
    expect([...landmarkTarget([4, 0, 0, 0], 2, 3)]).toEqual([2, 0, 0, 0, 0, 0])
    expect([...landmarkTarget([0, 0, 0, 0], 2, 1)]).toEqual([0, 0])
  })

  it('does not make much of eigenvalues that are only rounding', () => {
    const rounded = [1, 1, 1, 1 + 1e-9, 1, 1 - 1e-5]
    expect([...landmarkTarget(rounded, 2, 2)].every((value) => Math.abs(value) < 1.001)).toBe(true)
  })
})
