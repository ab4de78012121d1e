import { expect, it } from 'vitest'
import { suspectsOf } from './suspects.ts'

const rows = { rows: 3, features: 1, inputs: Float32Array.of(1, 2, 3), classes: ['a', 'b'] }

it('guesses about one row of each unit, on both sides', () => {
  const labels = Int32Array.of(0, 1, 0)
  const { trained, members, nonMembers } = suspectsOf(
    { ...rows, labels, units: ['p', 'p', 'q'] },
    { ...rows, labels, units: ['r', 's', 's'] },
  )
  // The held-out rows follow the three that trained.
  expect([trained, [...members], [...nonMembers]]).toEqual([3, [0, 2], [3, 4]])
})

it.each([
  ['a number', { standard: { center: 0, spread: 1 } }],
  ['several labels', { multilabel: true as const }],
  ['several targets', { heads: [{ name: 'p', classes: ['a', 'b'] }] }],
])('refuses where %s is predicted', (what, of) => {
  const dataset = { ...rows, ...of }
  expect(() => suspectsOf(dataset, dataset)).toThrow(
    `The attacks are on predictions of classes, and this federation predicts ${what}.`,
  )
})
