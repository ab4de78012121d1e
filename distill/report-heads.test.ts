/** Reports of several targets: each target's own figures, over seeds, and taken apart again. */
import { describe, expect, it } from 'vitest'
import { assembleReport, mergeReports, type ReportHead, type SeedResult } from './assemble-report.ts'
import { figure } from './figures.ts'
import { measuredTogether } from './heads/several.ts'
import type { Measured } from './measured.ts'
import { evaluate } from './metrics.ts'
import { headReports } from './report-heads.ts'
import { reportRows } from './report-rows.ts'
import { reportSchema } from './report.ts'

/** Of four rows of two classes `hits` are right, by .75; and a number is off by `rmse`. */
function measured(hits: number, rmse: number): Measured {
  const labels = Int32Array.of(0, 1, 0, 1)
  const probabilities = Float32Array.from({ length: 8 }, (_, i) =>
    (labels[i >> 1] === (i & 1)) === i >> 1 < hits ? 0.75 : 0.25,
  )
  const [risk, pulse] = [
    evaluate({ rows: 4, classes: 2, probabilities }, labels),
    { rows: 3, rmse, nll: rmse },
  ]
  return measuredTogether(
    [
      { name: 'risk', task: 'classify', classes: ['no', 'yes'], metrics: risk },
      { name: 'pulse', task: 'regress', classes: [], metrics: pulse },
    ],
    4,
  )
}

const about: ReportHead = {
  task: 'multitask',
  rule: 'risk era, pulse gaussian-mixture',
  loss: 'risk kd, pulse kd',
  temperature: 1,
  alpha: 1,
  student: 'linear',
  classes: [],
  privacy: { mode: 'masked', unit: 'none', epsilon: null, delta: null, note: 'answers are masked' },
}

/** East's teacher and student are better, and it comes second. */
const result = (seed: number, hits: number, rmse: number): SeedResult => ({
  seed,
  student: { ...measured(hits, rmse), meanKl: 0.25 },
  ensemble: measured(4, 1),
  teachers: [
    { site: 'west', metrics: measured(1, 6) },
    { site: 'east', metrics: measured(2, 5) },
  ],
  federated: measured(hits, rmse + 1),
  bySite: [
    { site: 'west', metrics: measured(2, 9), teacher: measured(1, 8) },
    { site: 'east', metrics: measured(3, 2), teacher: measured(2, 3) },
  ],
  bytes: { upPerSite: 100, downPerSite: 10, fedAvgUpPerSite: 5000, fedAvgRounds: 10 },
  seconds: { teachers: 1, answers: 2, distil: 3, evaluate: 4, total: 10 },
})

const [one, other] = [assembleReport(about, [result(1, 3, 2)]), assembleReport(about, [result(2, 2, 4)])]
const merged = mergeReports([one, other])

describe('a report of several targets', () => {
  it('keeps to its schema, through JSON', () => {
    expect(reportSchema.parse(JSON.parse(JSON.stringify(merged)))).toEqual(merged)
  })

  it('has for each target the means over seeds, and their values', () => {
    const { heads, nll, meanKl } = merged.arms.student
    expect(heads?.map(({ name, task, classes }) => [name, task, classes])).toEqual([
      ['risk', 'classify', ['no', 'yes']],
      ['pulse', 'regress', []],
    ])
    const [risk, pulse] = heads!.map(({ metrics }) => metrics)
    expect(risk?.accuracy).toEqual(figure([0.75, 0.5]))
    expect(risk?.perClass.map(({ class: name, support }) => [name, support])).toEqual([
      ['no', 2],
      ['yes', 2],
    ])
    expect(risk?.reliability?.reduce((sum, { rows }) => sum + rows, 0)).toBe(8)
    expect(pulse).toMatchObject({ rmse: figure([2, 4]), perClass: [] })
    // Log-losses of both: (3 ln 4/3 + ln 4) / 4 and 2; (2 ln 4/3 + 2 ln 4) / 4 and 4.
    const [first, second] = [3, 2].map((hits) => (hits * Math.log(4 / 3) + (4 - hits) * Math.log(4)) / 4)
    expect(nll?.values[0]).toBeCloseTo(first! + 2, 6)
    expect(nll?.values[1]).toBeCloseTo(second! + 4, 6)
    expect(meanKl).toEqual(figure([0.25, 0.25]))
    expect(merged.arms.student).not.toHaveProperty('accuracy')
  })

  it('is the same whether its seeds came together or one by one', () => {
    expect(merged).toEqual(assembleReport(about, [result(1, 3, 2), result(2, 2, 4)]))
  })

  it('ranks sites by the sum of their log-losses', () => {
    expect(merged.worstSite?.site).toBe('west')
    expect(reportRows(one).map(({ name }) => name)).toEqual([
      'student',
      'ensemble of teachers',
      'teacher east',
      'teacher west',
    ])
  })
})

describe('headReports', () => {
  const [risk, pulse, ...more] = headReports(merged)

  it('is a report for each target, as if it were alone', () => {
    expect([risk?.head, pulse?.head, more]).toEqual(['risk', 'pulse', []])
    expect([risk?.report.task, pulse?.report.task]).toEqual(['classify', 'regress'])
    expect([risk?.report.classes, pulse?.report.classes]).toEqual([['no', 'yes'], []])
    for (const { report } of [risk!, pulse!]) {
      expect(reportSchema.parse(report)).toEqual(report)
      expect(report).toMatchObject({ rule: about.rule, bytes: merged.bytes, seeds: [1, 2] })
    }
  })

  it('has the figures of its target in every arm and at every site', () => {
    const { arms, federated, bySite, worstSite } = pulse!.report
    expect(arms.student.rmse).toEqual(figure([2, 4]))
    expect(arms.ensemble?.rmse).toEqual(figure([1, 1]))
    expect(arms.teachers.map(({ site, metrics }) => [site, metrics.rmse?.mean])).toEqual([
      ['west', 6],
      ['east', 5],
    ])
    expect(federated?.rmse).toEqual(figure([3, 5]))
    expect(bySite?.map(({ metrics, teacher }) => [metrics.rmse?.mean, teacher?.rmse?.mean])).toEqual([
      [9, 8],
      [2, 3],
    ])
    expect(worstSite?.teacher?.rmse?.mean).toBe(8)
    expect(arms).not.toHaveProperty('pooled')
    expect(risk?.report.arms.student.accuracy?.mean).toBe(0.625)
  })

  it('is the report itself where there is one target', () => {
    const single = { ...one, arms: { ...one.arms, student: risk!.report.arms.student } }
    expect(headReports(single)).toEqual([{ report: single }])
  })
})
