import { describe, expect, it } from 'vitest'
import { combine } from '#distill/rules.ts'
import { shareKinds } from '#distill/shares.ts'
import * as defaults from '#distill/defaults.ts'
import { distil } from '#distill/distil.ts'
import { accuracy } from '#distill/metrics.ts'
import { trainTeacher } from '#distill/teach.ts'
import type { Dataset } from '#engine/data/dataset.ts'
import { encodeDataset } from '#engine/data/encode.ts'
import { readData } from '#engine/data/read.ts'
import { parseFeatureSchema } from '#engine/data/schema.ts'
import { predictLogits } from '#engine/infer.ts'
import { openRuntime } from '#engine/session/index.ts'
import { generateCohort, riskOf, type Cohort } from './cohort.ts'

type Patient = Parameters<typeof riskOf>[0]

const encode = ({ schema }: Cohort, csv: string, labels: 'required' | 'optional' = 'required'): Dataset =>
  encodeDataset(schema, readData({ format: 'csv', bytes: new TextEncoder().encode(csv) }), { labels })

const prevalence = ({ labels, rows }: Dataset) =>
  (labels ?? new Int32Array()).reduce((a, b) => a + b, 0) / rows

describe('the cohort', () => {
  const cohort = generateCohort({ seed: 1 })

  it('is the same for a seed and another for another', () => {
    expect(generateCohort({ seed: 1 })).toEqual(cohort)
    expect(generateCohort({ seed: 2 }).holdout).not.toBe(cohort.holdout)
  })

  it('encodes by its own schema, missing values and all', () => {
    expect(parseFeatureSchema(JSON.parse(JSON.stringify(cohort.schema)))).toEqual(cohort.schema)
    expect(cohort.sites.map(({ csv }) => encode(cohort, csv).rows)).toEqual([500, 500, 500, 500, 500])
    expect(cohort.sites.every(({ csv }) => csv.includes(',,'))).toBe(true)
    expect(encode(cohort, cohort.holdout).rows).toBe(2000)
    const { labels } = encode(cohort, cohort.transfer, 'optional')
    expect(labels?.filter((label) => label >= 0)).toHaveLength(100)
  })

  it('is skewed between sites in outcome and in patients', () => {
    const [harbor, elmwood, northfield, brigid] = cohort.sites.map(({ csv }) => encode(cohort, csv))
    const population = prevalence(encode(cohort, cohort.holdout))
    expect(prevalence(harbor!)).toBeGreaterThan(population + 0.15)
    expect(prevalence(northfield!)).toBeLessThan(population - 0.15)
    const meanAge = ({ inputs, features, rows }: Dataset) =>
      inputs.reduce((sum, value, i) => (i % features === 0 ? sum + value : sum), 0) / rows
    expect(meanAge(elmwood!) - meanAge(brigid!)).toBeGreaterThan(1) // in spreads of 15 years
  })

  it('is as docs/explanation-cohort.md says, in numbers', () => {
    const { sites, holdout } = generateCohort({ seed: 1, rowsPerSite: 4000, holdoutRows: 20_000 })
    const measured = [...sites.map(({ csv }) => csv), holdout].map((csv) => percent(share(csv, 'yes')))
    expect(measured).toEqual([70, 67, 13, 16, 73, 42])
    expect(percent(bestPossibleAccuracy(holdout))).toBe(88)
  })

  it('is one where the student beats every lone teacher, with the defaults of the product', async () => {
    const runtime = await openRuntime()
    for (const seed of [1, 2, 3]) {
      const { student, teachers } = await federate(generateCohort({ seed }), seed, runtime)
      expect(student).toBeGreaterThan(Math.max(...teachers) + 0.02)
    }
  })
})

const cellsOf = (csv: string) =>
  csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))

const share = (csv: string, outcome: string) => {
  const rows = cellsOf(csv)
  return rows.filter((cells) => cells.at(-1) === outcome).length / rows.length
}

const percent = (fraction: number) => Math.round(fraction * 100)

/** The mean of max(p, 1 - p) over the patients of whom nothing is missing. */
function bestPossibleAccuracy(csv: string): number {
  const sure = cellsOf(csv)
    .filter((cells) => !cells.includes(''))
    .map(([age, sex, bmi, pulse, systolic, creatinine, crp, albumin, smoking, admission, stays]) => {
      const numbers = { age, bmi, pulse, systolic, creatinine, crp, albumin, stays }
      const known = Object.fromEntries(Object.entries(numbers).map(([name, cell]) => [name, Number(cell)]))
      const risk = riskOf({ ...known, sex, smoking, admission } as unknown as Patient)
      return Math.max(risk, 1 - risk)
    })
  return sure.reduce((sum, value) => sum + value, 0) / sure.length
}

/** Accuracies on the hold-out: what `collegium demo` does, without its processes, sockets and fixed point. */
async function federate(cohort: Cohort, seed: number, runtime: Awaited<ReturnType<typeof openRuntime>>) {
  const holdout = encode(cohort, cohort.holdout)
  const transfer = encode(cohort, cohort.transfer, 'optional')
  const { rows, inputs } = transfer
  const sum = new Float64Array(rows * 2)
  const teachers: number[] = []
  for (const { site, csv } of cohort.sites) {
    const dataset = encode(cohort, csv)
    const spec = defaults.defaultTeacher(cohort.schema, dataset.rows)
    const training = defaults.defaultTeacherTraining(dataset.rows)
    const { network } = await trainTeacher(runtime, { spec, dataset, training, seed: `${seed}/${site}` })
    const scores = await predictLogits(runtime, network, holdout.inputs, holdout.rows)
    teachers.push(accuracy(scores, holdout.labels!, 2))
    const logits = await predictLogits(runtime, network, inputs, rows)
    shareKinds.probabilities
      .compute({ logits, rows, classes: 2, temperature: defaults.DEFAULT_TEMPERATURE, clip: 0 })
      .forEach((value, i) => (sum[i] = (sum[i] ?? 0) + value))
  }
  const size = { kind: 'probabilities', rows, classes: 2, temperature: defaults.DEFAULT_TEMPERATURE }
  const { network } = await distil(runtime, {
    student: defaults.defaultStudent(cohort.schema, rows),
    rows,
    inputs,
    targets: combine('mean-probability', { ...size, sum, sites: cohort.sites.length }),
    temperature: defaults.DEFAULT_TEMPERATURE,
    alpha: 1,
    training: defaults.defaultStudentTraining(rows),
    seed,
  })
  const scores = await predictLogits(runtime, network, holdout.inputs, holdout.rows)
  return { teachers, student: accuracy(scores, holdout.labels!, 2) }
}
