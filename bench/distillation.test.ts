import { describe, expect, it } from 'vitest'
import { assembleReport, type SeedResult } from '#distill/report.ts'
import { judge } from './aims.ts'
import { suite, rowOf } from './distillation.ts'
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
  selection: [
    { rule: 'era', accuracy: 0.9, nll: 0.3, chosen: seed === 1 },
    { rule: 'density-ratio', accuracy: 0.9, nll: 0.2, chosen: seed !== 1 },
  ],
  bytes: { upPerSite: 242_846, downPerSite: 1, fedAvgUpPerSite: 1, fedAvgRounds: 1 },
  seconds: { teachers: 1, answers: 1, distil: 1, evaluate: 1, total: 100 * seed },
})
const report = assembleReport(
  {
    task: 'classify',
    rule: 'auto',
    loss: 'kd',
    temperature: 1,
    alpha: 1,
    student: 'linear',
    classes: [],
    privacy: { mode: 'masked', unit: 'none', epsilon: null, delta: null, note: '' },
  },
  [result(1, 0.96), result(2, 0.98), result(3, 0.97)],
)
const [mnist] = casesOf({ quick: false }) as [ReturnType<typeof casesOf>[number]]

describe('a row of the suite distillation', () => {
  it('has means over seeds, and what was sent and chosen', () => {
    const row = rowOf(mnist, 'auto', report)
    // (.96 + .98 + .97) / 3 = .97; the lone teachers' mean is (.1 + .3) / 2; (100 + 200 + 300) / 3 = 200.
    expect(row.ours).toBeCloseTo(0.97, 10)
    expect(row.aims).toBeUndefined()
    expect(row.beside).toEqual({
      '95 % interval': '0.960 - 0.980',
      ensemble: '0.975',
      'lone teachers, mean': '0.200',
      'kB up a site': '243',
      's a seed': '200',
      seeds: '3',
      chosen: 'era 1, density-ratio 2',
    })
  })

  it('of the density ratio is judged', () => {
    const [verdict] = judge(rowOf(mnist, 'density-ratio', report))
    expect(verdict).toMatchObject({ of: 'ours', atLeast: 0.985, met: false })
  })
})

it('tries every rule on every federation', () => {
  const { sections } = suite.open({})
  expect(new Set(sections.map(({ name }) => name)).size).toBe(9 * 5)
})
