import { expect, it } from 'vitest'
import { WEIGHT } from './ensemble-graph.ts'
import { ensembleShape, interleave, withWeights } from './ensemble-plan.ts'

const [a, b] = [Int32Array.of(0, 1, 2, 3, 4), Int32Array.of(5, 6, 7)]
const spare = 9

it('lays batches side by side and fills up the shorter ones', () => {
  // The longest subset sets ceil(5 / 2) = 3 batches; 5 rows are cut at 0, 1, 3, 5 and 3 rows at 0, 1, 2, 3.
  const { batches } = ensembleShape([a, b], 2)
  expect(batches).toBe(3)
  const { order, offsets } = interleave([a, b], batches, { first: 0, end: 3, spare })
  expect([...order]).toEqual([0, 5, 1, 2, 6, spare, 3, 4, 7, spare])
  expect([...offsets]).toEqual([0n, 2n, 6n, 10n])
  const last = interleave([a, b], batches, { first: 2, end: 3, spare })
  expect([...last.order]).toEqual([3, 4, 7, spare])
})

it('leaves no batch without a row, even where no member has one', () => {
  // One row in two batches is cut at 0, 0, 1: nobody has a row in the first.
  const { order } = interleave([Int32Array.of(5)], 2, { first: 0, end: 2, spare })
  expect([...order]).toEqual([spare, 5])
})

it('adds a spare row of weight 0 where subsets differ in length, and none where they do not', () => {
  const batch = { inputs: { data: Float32Array.of(1, 2, 3, 4), width: 2 } }
  const [one, two] = [Int32Array.of(0), Int32Array.of(0, 1)]
  const uneven = withWeights(batch, [one, two])
  expect([...uneven[WEIGHT]!.data]).toEqual([1, 1, 0])
  expect([...uneven['inputs']!.data]).toEqual([1, 2, 3, 4, 1, 2])
  const even = withWeights(batch, [two, two])
  expect([...even[WEIGHT]!.data]).toEqual([1, 1])
  expect(even['inputs']!.data).toBe(batch.inputs.data)
})
