import { describe, expect, it } from 'vitest'
import type { Measured } from './measured.ts'
import { evaluate } from './metrics.ts'
import { MOST_TEACHER_ROWS, reportRows } from './report-rows.ts'
import { assembleReport, mergeReports, type ReportHead, type SeedResult } from './assemble-report.ts'
import { figure } from './figures.ts'
import { reportSchema } from './report.ts'

/** Of ten rows of two classes, `hits` are predicted right. */
function measured(hits: number): Measured {
  const labels = Int32Array.from({ length: 10 }, (_, row) => row % 2)
  const sure = (row: number, k: number) => (((labels[row] ?? 0) === k) === row < hits ? 0.9 : 0.1)
  const probabilities = Float32Array.from({ length: 20 }, (_, i) => sure(i >> 1, i & 1))
  return evaluate({ rows: 10, classes: 2, probabilities }, labels)
}

const head: ReportHead = {
  task: 'classify',
  rule: 'mean-probability',
  loss: 'kd',
  temperature: 2,
  alpha: 1,
  student: 'mlp:64',
  classes: ['no', 'yes'],
  privacy: { mode: 'plain', unit: 'none', epsilon: null, delta: null, note: 'answers are not masked' },
}

const result = (seed: number, hits: number): SeedResult => ({
  seed,
  student: { ...measured(hits), agreement: 0.9, meanKl: 0.1 },
  ensemble: measured(9),
  teachers: [
    { site: 'east', metrics: measured(5) },
    { site: 'west', metrics: measured(7) },
  ],
  bySite: [
    { site: 'east', metrics: measured(8), teacher: measured(7), fitted: measured(9) },
    { site: 'west', metrics: measured(6) },
  ],
  bytes: { upPerSite: 100 * seed, downPerSite: 10, fedAvgUpPerSite: 5000, fedAvgRounds: 10 },
  seconds: { teachers: 1, answers: 2, distil: 3, evaluate: 4, total: 10 },
})

describe('assembleReport', () => {
  const report = assembleReport(head, [result(1, 8), result(3, 6)])

  it('keeps to its schema, through JSON', () => {
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report)
  })

  it('gives means over seeds and the values themselves', () => {
    expect(report.seeds).toEqual([1, 3])
    expect(report.arms.student.accuracy).toEqual({ mean: 0.7, ci95: [0.6, 0.8], values: [0.8, 0.6] })
    expect(report.arms.student.agreement?.mean).toBe(0.9)
    expect(report.bytes.upPerSite).toBe(200)
    expect(report.worstSite?.site).toBe('west')
    expect(report.bySite?.map(({ fitted }) => fitted?.accuracy?.mean)).toEqual([0.9, undefined])
  })

  it('keeps the trials of every seed, and says when seeds chose differently', () => {
    const tried = (seed: number, epochs: number): SeedResult => {
      const settings = {
        rule: 'era',
        loss: 'kd',
        temperature: 2,
        alpha: 1,
        student: 'mlp:64',
        epochs,
      } as const
      const one = { seed, settings, score: { accuracy: 0.8, nll: 0.4 }, seconds: 1 }
      return {
        ...result(seed, 8),
        trials: [
          { ...one, chosen: true },
          { ...one, chosen: false },
        ],
      }
    }
    const of = (seed: number, epochs: number) => assembleReport(head, [tried(seed, epochs)])
    const merged = mergeReports([of(1, 10), of(2, 20)])
    expect(merged.trials?.map(({ seed, chosen }) => [seed, chosen])).toEqual([
      [1, true],
      [1, false],
      [2, true],
      [2, false],
    ])
    expect(merged.notes).toEqual([expect.stringContaining('different settings')])
    expect(reportSchema.parse(JSON.parse(JSON.stringify(merged)))).toEqual(merged)
    expect(mergeReports([of(1, 10), of(2, 10)]).notes).toBeUndefined()
  })

  it('leaves out the arms that nobody measured', () => {
    expect(report.arms).not.toHaveProperty('pooled')
    expect(report).not.toHaveProperty('federated')
    expect(report.arms.ensemble).not.toHaveProperty('agreement')
  })
})

describe('figure', () => {
  it('is null where no seed could tell, and skips those that could not', () => {
    expect(figure([null, null])).toEqual({ mean: null, ci95: null, values: [null, null] })
    expect(figure([null, 0.5])).toEqual({ mean: 0.5, ci95: [0.5, 0.5], values: [null, 0.5] })
  })

  it('has the interval of the mean: for 100 draws of a fair coin, about .5 +- 1.96 x .05', () => {
    const { mean, ci95 } = figure(Array.from({ length: 100 }, (_, i) => i % 2))
    expect(mean).toBe(0.5)
    expect(Math.abs((ci95?.[0] ?? 0) - 0.402)).toBeLessThan(0.02)
    expect(Math.abs((ci95?.[1] ?? 0) - 0.598)).toBeLessThan(0.02)
  })
})

describe('reportRows', () => {
  it('lists the student first and few teachers by accuracy', () => {
    const rows = reportRows(assembleReport(head, [result(1, 8)]))
    expect(rows.map(({ name }) => name)).toEqual([
      'student',
      'ensemble of teachers',
      'teacher west',
      'teacher east',
    ])
    expect(rows[2]?.metrics.accuracy?.mean).toBe(0.7)
  })

  it('shows best, mean and worst of many', () => {
    const teachers = Array.from({ length: MOST_TEACHER_ROWS + 1 }, (_, i) => ({
      site: `s${i}`,
      metrics: measured(i + 1),
    }))
    const rows = reportRows(assembleReport(head, [{ ...result(1, 8), teachers }]))
    expect(rows.slice(2).map(({ name }) => name)).toEqual([
      'best lone teacher',
      'mean of 9 teachers',
      'worst lone teacher',
    ])
    expect(rows.slice(2).map(({ metrics }) => metrics.accuracy?.mean)).toEqual([0.9, 0.5, 0.1])
  })
})
