import { beforeAll, describe, expect, it } from 'vitest'
import { trainTeacher } from '#distill/teach.ts'
import { subset, type Dataset } from '#engine/data/dataset.ts'
import { allRows } from '#engine/data/split.ts'
import { openPredictor } from '#engine/infer.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime, type Runtime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import { ready } from '#privacy/crypto.ts'
import { teacherOf } from '../teacher/teacher.ts'
import type { TeacherPlan } from '../teacher/trained.ts'
import { makeCanaries, withCanaries } from './canaries.ts'
import { auditTeacher } from './teacher-audit.ts'

const FEATURES = 20

/** Points of a ball in 20 dimensions with labels thrown by a coin: nothing to learn, only rows to remember. */
function noise(seed: string, rows: number): Dataset {
  const random = seededRandom(seed)
  return {
    rows,
    features: FEATURES,
    inputs: Float32Array.from({ length: rows * FEATURES }, () => random.normal()),
    labels: Int32Array.from({ length: rows }, () => random.integer(2)),
    classes: ['tails', 'heads'],
  }
}

/** Enough weights and epochs to remember 200 rows. */
const plan: TeacherPlan = {
  spec: parseSpec({ kind: 'mlp', inputs: FEATURES, hidden: [64], outputs: 2 }),
  training: { epochs: 30, batchSize: 20, learningRate: 0.01, weightDecay: 0, stopping: 0, patience: 1 },
}

let runtime: Runtime
beforeAll(async () => {
  await ready
  runtime = await openRuntime()
})

const common = {
  temperature: 1,
  shadows: 16,
  delta: 1e-5,
  seed: 1,
  unitKey: new Uint8Array(32).fill(5),
}

async function train(dataset: Dataset, seed: number) {
  const { network } = await trainTeacher(runtime, { ...plan, dataset, seed })
  return teacherOf('mlp', await openPredictor(runtime, network), 'a'.repeat(64))
}

async function findings(trainedOn: Dataset, training: Dataset, validation: Dataset) {
  const teacher = await train(trainedOn, 1)
  const retrain = (rows: Dataset) => train(rows, 2)
  return auditTeacher(runtime, { ...common, teacher, plan, retrain, training, validation })
}

describe("an audit of one's own teacher", () => {
  const [training, validation] = [noise('training', 200), noise('validation', 200)]

  it('finds the rows of a teacher that remembers them', async () => {
    const { attacks, canaries, attacked } = await findings(training, training, validation)
    const [threshold, ratio] = attacks
    expect(attacks.map(({ attack }) => attack)).toEqual(['threshold', 'likelihood-ratio'])
    expect(attacked.shadows).toBe(16)
    expect(threshold?.auc).toBeGreaterThan(0.75)
    expect(ratio?.auc).toBeGreaterThan(0.75)
    expect(ratio?.epsilonAtLeast).toBeGreaterThan(0.3)
    expect(canaries?.correct).toBeGreaterThan(17) // of 20; by coins alone 18 or more have a chance of 2e-4
    expect(canaries?.guesses).toBe(20) // 200 / 4 canaries, a fifth of them said in, a fifth out
  }, 30_000)

  it('finds nothing in a teacher that was trained on other rows', async () => {
    const { attacks } = await findings(noise('elsewhere', 200), training, validation)
    // The AUC of 200 against 200 has a deviation of sqrt(401 / (12 200 200)) = .029.
    for (const { auc, epsilonAtLeast } of attacks) {
      expect(Math.abs(auc - 0.5)).toBeLessThan(0.09)
      expect(epsilonAtLeast).toBeLessThan(0.5)
    }
  }, 30_000)

  it('attacks a teacher that cannot be trained again by its confidence alone', async () => {
    const teacher = teacherOf(
      'onnx',
      // Sure of class 0 where the first feature is above zero: it knows no row.
      { logits: (inputs, rows) => Promise.resolve(Float32Array.from({ length: rows * 2 }, (_, at) => (at % 2 === 0 ? inputs[(at / 2) * FEATURES]! : 0))), release: () => Promise.resolve() } as Parameters<typeof teacherOf>[1], // prettier-ignore
      'b'.repeat(64),
    )
    const attack = { ...common, teacher, training, validation }
    const { attacks, canaries, attacked } = await auditTeacher(runtime, attack)
    expect(attacks.map(({ attack: name }) => name)).toEqual(['threshold'])
    expect([canaries, attacked.shadows]).toEqual([null, 0])
  })

  it('guesses about one row of each person, for their rows come and go together', async () => {
    // 200 rows of 50 people against 200 of 40.
    const owned = (dataset: Dataset, people: number, name: string): Dataset => ({
      ...dataset,
      units: Array.from({ length: dataset.rows }, (_, row) => `${name} ${row % people}`),
    })
    const teacher = await train(training, 1)
    const rows = { training: owned(training, 50, 'a'), validation: owned(validation, 40, 'b') }
    const { attacks } = await auditTeacher(runtime, { ...common, teacher, ...rows })
    expect(attacks[0]).toMatchObject({ artefact: 'answer', members: 50, nonMembers: 40 })
  })

  it('needs rows on both sides', async () => {
    const one = subset(validation, [0])
    await expect(findings(training, training, one)).rejects.toMatchObject({ code: 'AUDIT_IMPOSSIBLE' })
  })
})

describe('canaries', () => {
  const source = noise('source', 500)
  const canaries = makeCanaries(source, 400, seededRandom('canaries'))

  it('are near a row each, with another label, and half of them go in', () => {
    const { rows, included } = canaries
    expect(rows.rows).toBe(400)
    expect(included).toHaveLength(400)
    // A fair coin 400 times: 200, deviation 10.
    expect(Math.abs(included.filter(Boolean).length - 200)).toBeLessThan(50)
    const nearest = allRows(400).map((row) => {
      const distances = Array.from(
        allRows(500),
        (other) =>
        Math.hypot(...Array.from({ length: FEATURES }, (_, k) => rows.inputs[row * FEATURES + k]! - source.inputs[other * FEATURES + k]!)), // prettier-ignore
      )
      const least = Math.min(...distances)
      expect(least).toBeLessThan(0.5) // .05 sqrt(20) = .22 is usual
      return distances.indexOf(least)
    })
    expect(new Set(nearest).size).toBe(400)
    nearest.forEach((of, row) => expect(rows.labels?.[row]).toBe(1 - source.labels![of]!))
  })

  it('take the places of as many rows, those whose coin said so', () => {
    const mixed = withCanaries(source, canaries, seededRandom('places'))
    const { rows, included } = canaries
    expect(mixed.rows).toBe(500)
    const keyOf = ({ inputs }: Dataset, row: number) =>
      inputs.slice(row * FEATURES, (row + 1) * FEATURES).join()
    const there = new Set(Array.from({ length: 500 }, (_, row) => keyOf(mixed, row)))
    expect(included.map((_, row) => there.has(keyOf(rows, row)))).toEqual(included)
    const left = Array.from({ length: 500 }, (_, row) => keyOf(source, row)).filter((key) => there.has(key))
    expect(left).toHaveLength(500 - included.filter(Boolean).length)
  })
})
