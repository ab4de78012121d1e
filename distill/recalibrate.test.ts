import { describe, expect, it } from 'vitest'
import { recalibrated } from './recalibrate.ts'

/** Forty rows of N(1, 4). */
const targets = Float32Array.from({ length: 80 }, (_, at) => (at % 2 === 0 ? 1 : 4))
const rows = (value: (row: number) => number) => Float32Array.from({ length: 40 }, (_, row) => value(row))

describe('recalibrated', () => {
  it('scales variances by what the errors say of them, and leaves means', () => {
    // Errors of 4 and of 0 by turns: (16 / 4 + 0) / 2 = 2 times the variance.
    const scaled = recalibrated(
      targets,
      rows((row) => (row % 2 === 0 ? 5 : 1)),
    )
    expect([...scaled.subarray(0, 4)]).toEqual([1, 8, 1, 8])
  })

  it('learns from known values alone', () => {
    // Every fourth value is unknown; the others are 2 off: 4 / 4.
    expect(
      recalibrated(
        targets,
        rows((row) => (row % 4 === 0 ? NaN : 3)),
      ),
    ).toEqual(targets)
    expect(
      recalibrated(
        targets,
        rows((row) => (row % 4 === 0 ? NaN : 5)),
      )[1],
    ).toBe(16)
  })

  it('does nothing where few are known, and nothing absurd', () => {
    expect(
      recalibrated(
        targets,
        rows((row) => (row < 29 ? 5 : NaN)),
      ),
    ).toBe(targets)
    expect(
      recalibrated(
        targets,
        rows(() => 1000),
      )[1],
    ).toBe(4 * 16)
    expect(
      recalibrated(
        targets,
        rows(() => 1),
      )[1],
    ).toBe(4 / 16)
  })
})
