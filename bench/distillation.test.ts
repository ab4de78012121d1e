import { describe, expect, it } from 'vitest'
import { assembleReport, type ReportHead, type SeedResult } from '#distill/assemble-report.ts'
import { judge } from './aims.ts'
import { suite, rowsOf } from './distillation.ts'
import { casesOf } from './distillation-cases.ts'

const measured = (accuracy: number) => ({ rows: 10, accuracy, perClass: [] })
const result = (seed: number, student: number): SeedResult => ({
  seed,
  student: measured(student),
  ensemble: measured(0.975),
  teachers: [
    { site: 'north', metrics: measured(0.1) },
    { site: 'south', metrics: measured(0.3) },
  ],
  // North's own teacher is better by a tenth in every seed, and no better than the student fitted to north; south's is worse.
  bySite: [
    { site: 'north', metrics: measured(0.8), teacher: measured(0.9), fitted: measured(0.9) },
    { site: 'south', metrics: measured(0.8), teacher: measured(0.7) },
  ],
  selection: [
    { rule: 'era', accuracy: 0.9, nll: 0.3, chosen: seed === 1 },
    { rule: 'density-ratio', accuracy: 0.9, nll: 0.2, chosen: seed !== 1 },
  ],
  bytes: { upPerSite: 242_846, downPerSite: 1, fedAvgUpPerSite: 1, fedAvgRounds: 1 },
  seconds: { teachers: 1, answers: 1, distil: 1, evaluate: 1, total: 100 * seed },
})
const head = {
  task: 'classify',
  rule: 'auto',
  loss: 'kd',
  temperature: 1,
  alpha: 1,
  student: 'linear',
  classes: [],
  privacy: { mode: 'masked', unit: 'none', epsilon: null, delta: null, note: '' },
} satisfies ReportHead
const bySeed = [0.96, 0.98, 0.97].map((student, at) => assembleReport(head, [result(at + 1, student)]))
const [mnist] = casesOf({ quick: false }) as [ReturnType<typeof casesOf>[number]]

describe('the rows of the suite distillation', () => {
  it('have means over seeds, and what was sent and chosen', () => {
    const [row] = rowsOf(
      mnist,
      bySeed.map((report) => [report]),
    )
    // (.96 + .98 + .97) / 3 = .97; the lone teachers' mean is (.1 + .3) / 2; (100 + 200 + 300) / 3 = 200.
    expect(row?.ours).toBeCloseTo(0.97, 10)
    expect(row?.beside).toEqual({
      '95 % interval': '0.960 - 0.980',
      ensemble: '0.975',
      'lone teachers, mean': '0.200',
      'sites below their own teacher': 'north -0.100',
      'once fitted': 'none',
      'kB up a site': '243',
      's a seed': '200',
      seeds: '3',
      chosen: 'era 1, density-ratio 2',
    })
  })

  it('put the reports of the seeds together rule by rule', () => {
    const of = (rule: string, seed: number, student: number) => ({
      ...assembleReport(head, [result(seed, student)]),
      rule,
    })
    const rows = rowsOf(mnist, [
      [of('era', 1, 0.9), of('auto', 1, 0.93)],
      [of('era', 2, 0.96), of('auto', 2, 0.91)],
    ])
    expect(rows.map(({ name, ours }) => [name, ours])).toEqual([
      [`${mnist.name}: era`, expect.closeTo(0.93, 10)],
      [`${mnist.name}: auto`, expect.closeTo(0.92, 10)],
    ])
  })

  it('judge the density ratio by the aim of its case, and auto by the best of the others', () => {
    const rules = ['density-ratio', 'era', 'auto']
    const [ratio, , auto] = rowsOf(
      mnist,
      bySeed.map((report) => rules.map((rule) => ({ ...report, rule }))),
    )
    expect(judge(ratio!)).toMatchObject([{ of: 'ours', atLeast: 0.985, met: false }])
    // No more than a point below .97.
    expect(judge(auto!)).toMatchObject([{ of: 'ours', atLeast: expect.closeTo(0.96, 10), met: true }])
  })
})

it('tries every rule on every federation', () => {
  const { sections } = suite.open({})
  expect(new Set(sections.map(({ name }) => name)).size).toBe(9)
})
