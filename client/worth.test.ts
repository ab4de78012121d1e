import { describe, expect, it } from 'vitest'
import { UNLABELLED } from '#engine/data/dataset.ts'
import { toOnnx } from '#engine/export/onnx.ts'
import { initialise } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime } from '#engine/session/index.ts'
import { headOf } from '#distill/heads.ts'
import { parseSpec } from '#engine/spec.ts'
import { worthOf, worthText } from './worth.ts'

describe('what the federation is worth to a site', () => {
  it('is measured with its own teacher, on its own rows', async () => {
    const runtime = await openRuntime({ threads: 1 })
    const spec = parseSpec({ kind: 'mlp', inputs: 1, hidden: [], outputs: 2 })
    const network = initialise(spec, seededRandom(1))
    // logits (x, -x): class 0 where x > 0. Parameters: two weights, two biases.
    network.parameters.set([1, -1, 0, 0])
    const validation = {
      rows: 4,
      features: 1,
      inputs: Float32Array.of(1, 2, -1, -2),
      labels: Int32Array.of(0, 0, 1, 0),
      classes: ['a', 'b'],
    }
    // At this site 90 rows of 90 are "a" where the student says 1 : 1: fitted, odds of (90 + 5) : (0 + 5) shift its logits
    // by log 19 = 2.94 towards "a", so that at x = -1 it says "a" too, and at x = -2 still "b".
    const training = {
      rows: 90,
      features: 1,
      inputs: new Float32Array(90),
      labels: new Int32Array(90),
      classes: ['a', 'b'],
    }
    // The teacher calls everything "a". What each of the three is right on can be counted.
    const teacher = { logits: (_: Float32Array, rows: number) => Promise.resolve(everyRow(rows)) }
    const measure = (labels: Int32Array) =>
      worthOf({ runtime, teacher, training, validation: { ...validation, labels } }, toOnnx(network))
    const figures = { rows: 4, metric: 'accuracy', teacher: 0.75 }
    expect(await measure(validation.labels)).toEqual([{ ...figures, student: 0.75, fitted: 0.5 }])
    expect(await measure(Int32Array.of(0, 0, 0, 1))).toEqual([{ ...figures, student: 0.75, fitted: 1 }])
  })

  it('is unknown where no row was kept', async () => {
    const runtime = await openRuntime({ threads: 1 })
    const validation = { rows: 0, features: 1, inputs: new Float32Array(), classes: ['a', 'b'] }
    const teacher = { logits: () => Promise.reject(new Error('nobody asks')) }
    expect(await worthOf({ runtime, teacher, training: validation, validation }, new Uint8Array())).toEqual(
      [],
    )
  })

  it('is measured target by target, each on the rows that have it', async () => {
    const runtime = await openRuntime({ threads: 1 })
    const spec = parseSpec({ kind: 'mlp', inputs: 1, hidden: [], outputs: 6 })
    const network = initialise(spec, seededRandom(1))
    // Logits (x, -x), mean x with a raw log-variance of 0, and logits (0, 0) of a target that this site knows nothing of.
    network.parameters.set([1, -1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    const standard = { center: 100, spread: 10 }
    const validation = {
      rows: 3,
      features: 1,
      inputs: Float32Array.of(1, 2, -2),
      classes: [],
      heads: [
        { name: 'angina', classes: ['a', 'b'], labels: Int32Array.of(1, UNLABELLED, 1) },
        { name: 'pressure', classes: [], standard, values: Float32Array.of(1.5, 2, NaN) },
        { name: 'stage', classes: ['i', 'ii'] },
      ],
    }
    const teacher = {
      logits: (_: Float32Array, rows: number) =>
        Promise.resolve(Float32Array.from({ length: 6 * rows }, (__, i) => (i % 6 === 1 ? 1 : 0))),
    }
    const onnx = toOnnx(network, { outputs: headOf(validation).release })
    // Angina on rows 0 and 2: the teacher says "b" of both and is right; the student "a" of the first. Pressure on rows 0 and
    // 1: the teacher says 0, off by 1.5 and 2 spreads, sqrt((2.25 + 4) / 2) x 10; the student is off by half a spread and 0.
    expect(await worthOf({ runtime, teacher, training: validation, validation }, onnx)).toEqual([
      { target: 'angina', rows: 2, metric: 'accuracy', teacher: 1, student: 0.5 },
      {
        target: 'pressure',
        rows: 2,
        metric: 'rmse',
        teacher: expect.closeTo(10 * Math.sqrt(3.125), 4) as number,
        student: expect.closeTo(10 * Math.sqrt(0.125), 4) as number,
      },
    ])
  })

  it('is said in a sentence', () => {
    expect(worthText({ rows: 80, metric: 'accuracy', teacher: 0.8125, student: 0.875 })).toBe(
      'on 80 rows of this site that trained nobody, its teacher is right on 81.3 % and the student on 87.5 %',
    )
    expect(worthText({ rows: 80, metric: 'accuracy', teacher: 0.8, student: 0.7, fitted: 0.9 })).toBe(
      'on 80 rows of this site that trained nobody, its teacher is right on 80.0 %, the student on 70.0 %, and the student fitted to this site on 90.0 %',
    )
    expect(worthText({ rows: 80, metric: 'rmse', teacher: 7.26, student: 5.9 })).toBe(
      'on 80 rows of this site that trained nobody, its teacher errs by 7.26 and the student by 5.9 (root mean square)',
    )
    expect(
      worthText({ target: 'angina', rows: 80, metric: 'accuracy', teacher: 0.8125, student: 0.875 }),
    ).toMatch(/^angina: on 80 rows of this site/)
  })
})

const everyRow = (rows: number) => Float32Array.from({ length: 2 * rows }, (_, i) => (i % 2 === 0 ? 1 : 0))
