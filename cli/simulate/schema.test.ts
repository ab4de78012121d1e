import { expect, it } from 'vitest'
import { parseFeatureSchema } from '#engine/data/schema.ts'
import { withCosts } from './schema.ts'

const classes = {
  column: 'sick',
  classes: [
    { name: 'no', values: ['0'], cost: 2 },
    { name: 'yes', values: ['1'] },
  ],
}
const number = { kind: 'numeric', column: 'age', center: 50, spread: 10 }
const schemaOf = (target: object) =>
  parseFeatureSchema({
    version: 1,
    features: { kind: 'table', columns: [{ name: 'x', kind: 'numeric', center: 0, spread: 1 }] },
    target,
  })
const costs = new Map([['yes', 5]])

it('prices the classes that are named, and leaves the others as they are', () => {
  const { target } = withCosts(schemaOf(classes), costs)
  expect('classes' in target && target.classes.map(({ cost }) => cost)).toEqual([2, 5])
})

it('says where the costs of several targets go, and that a number has none', () => {
  const targets = [
    { name: 'sick', target: classes },
    { name: 'age', target: number },
  ]
  expect(() => withCosts(schemaOf({ kind: 'several', targets }), costs)).toThrow(
    'of several a schema says what their classes cost',
  )
  expect(() => withCosts(schemaOf(number), costs)).toThrow('leave it out')
})
