import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { besideEachOther, columnsOf, takeColumns } from './columns.ts'

/** Blocks of as many rows, each with its width. */
const blocks = fc
  .tuple(fc.nat(6), fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }))
  .chain(([rows, widths]) =>
    fc.tuple(
      fc.constant(widths),
      fc.tuple(
        ...widths.map((width) => fc.float32Array({ minLength: rows * width, maxLength: rows * width })),
      ),
    ),
  )

it('columns taken apart and put beside each other are what they were, block by block', () => {
  fc.assert(
    fc.property(blocks, ([widths, parts]) => {
      const whole = besideEachOther(parts, widths)
      expect(columnsOf(widths).map((place) => takeColumns(whole, place))).toEqual(parts)
      expect(
        besideEachOther(
          columnsOf(widths).map((place) => takeColumns(whole, place)),
          widths,
        ),
      ).toEqual(whole)
    }),
  )
})

it('columns lie side by side, row by row', () => {
  const whole = besideEachOther([Float32Array.of(1, 2, 3, 4), Float32Array.of(5, 6)], [2, 1])
  expect([...whole]).toEqual([1, 2, 5, 3, 4, 6])
  expect(columnsOf([2, 1])).toEqual([
    { from: 0, count: 2, width: 3 },
    { from: 2, count: 1, width: 3 },
  ])
})
