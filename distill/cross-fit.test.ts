import { describe, expect, it } from 'vitest'
import type { Dataset } from '#engine/data/dataset.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import { crossFit, validationRows } from './cross-fit.ts'

const runtime = await openRuntime({ threads: 1 })
const features = 2
const classes = ['below', 'above']
const random = seededRandom('plane')
const [rows, inputs] = [60, Float32Array.from({ length: 120 }, () => random.normal())]
const isAbove = (row: number) => Number(inputs[2 * row + 1]! > inputs[2 * row]!)
/** Points of the plane; class 1 lies above the line y = x. Every third row has no label. */
const labels = Int32Array.from({ length: rows }, (_, row) => (row % 3 === 0 ? -1 : isAbove(row)))
const plane: Dataset = { rows, features, inputs, labels, classes }
const { labels: _, ...unlabelled } = plane

describe('rows to measure on', () => {
  it('are labelled, as many as there are or are wanted, in an order of the seed', () => {
    expect(validationRows(plane, 1000, 1)).toHaveLength(40)
    expect(validationRows(plane, 5, 1)).toHaveLength(5)
    expect([...validationRows(plane, 1000, 1)].every((row) => labels[row] !== -1)).toBe(true)
    expect(validationRows(plane, 5, 1)).not.toEqual(validationRows(plane, 5, 2))
    expect(validationRows(unlabelled, 10, 1)).toHaveLength(0)
    const values = Float32Array.of(1, NaN, 3)
    const numbers = { rows: 3, features: 0, inputs: new Float32Array(), values, classes: [] }
    expect(validationRows(numbers, 10, 1).sort()).toEqual(Int32Array.of(0, 2))
  })
})

describe('a cross-fit', () => {
  const job = {
    student: parseSpec({ kind: 'mlp', inputs: 2, hidden: [], outputs: 2 }),
    items: plane,
    measured: validationRows(plane, 1000, 1),
    // Teachers who know nothing: all that can be learnt are the labels.
    targets: new Float32Array(120).fill(0.5),
    temperature: 1,
    alpha: 0,
    training: () => ({ epochs: 60, batchSize: 8, learningRate: 0.05, weightDecay: 0 }),
    seed: 1,
  }

  it('teaches labels only where they are to teach', async () => {
    const learnt = await crossFit(runtime, { ...job, labelsTeach: true })
    expect(learnt.accuracy).toBeGreaterThan(0.9)
    expect(learnt.rows).toBe(40)
    const unlearnt = await crossFit(runtime, { ...job, labelsTeach: false })
    expect(unlearnt.nll).toBeCloseTo(Math.log(2), 1)
  })

  it('never teaches a label to the student that is measured on it', async () => {
    // Labels that say nothing of the inputs, and a student that can learn each by heart: were one of them among its
    // lessons, it would be right. As it is, it is right as often as a coin, .5 give or take .08 on 40 labels.
    const coin = seededRandom('coin')
    const items = { ...plane, labels: labels.map((label) => (label < 0 ? -1 : coin.integer(2))) }
    const student = parseSpec({ kind: 'mlp', inputs: 2, hidden: [64], outputs: 2 })
    const { accuracy } = await crossFit(runtime, { ...job, items, student, labelsTeach: true })
    expect(accuracy).toBeGreaterThan(0.25)
    expect(accuracy).toBeLessThan(0.75)
  })

  it('measures predictions of a number too', async () => {
    const values = Float32Array.from({ length: rows }, (__, row) => inputs[2 * row]!)
    const items: Dataset = {
      rows,
      features,
      inputs,
      values,
      classes: [],
      standard: { center: 0, spread: 10 },
    }
    // Mean and variance of what the value is: x, give or take .1.
    const targets = Float32Array.from({ length: 120 }, (__, i) => (i % 2 === 0 ? values[i / 2]! : 0.01))
    const measured = validationRows(items, 30, 1)
    const numbers = await crossFit(runtime, { ...job, items, targets, measured, alpha: 1, labelsTeach: true })
    // In the number's own unit, of which its standard deviation is ten.
    expect(numbers.rmse).toBeLessThan(2)
    expect(numbers.accuracy).toBeUndefined()
  })
})
