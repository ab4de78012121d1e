import { describe, expect, it } from 'vitest'
import type { Report } from '#distill/report.ts'
import { exampleReport, severalTargetsReport } from '../../test/support/example-report.ts'
import { bytesPlot, reliabilityPlot } from './plots.ts'
import { leadingMetric, reportPage } from './page.ts'
import { escaped, linear, logarithmic, ticks } from './svg.ts'

const unknown = { mean: null, ci95: null, values: [null] }

describe('a report page', () => {
  it('shows the arms, the sites, what was sent, and how answers were protected', () => {
    const { student } = exampleReport.arms
    const report: Report = {
      ...exampleReport,
      classes: ['a', 'b', 'c'],
      bySite: [{ site: 'north', metrics: student, teacher: exampleReport.arms.teachers[0]!.metrics }],
    }
    const page = reportPage([report], 'Three sites')
    expect(page.match(/<svg/g)).toHaveLength(4) // arms, sites, reliability, bytes
    expect(page).toContain('accuracy of every arm')
    expect(page).toContain('teacher of north: 0.800')
    expect(page).toContain('student: 0.900')
    expect(page).toContain('1.2 kB')
    expect(page).toContain('answers are not masked')
  })

  it('leaves out the pictures that have nothing to show', () => {
    // Two classes lead with AUROC, which this report does not know; reliability and no more is drawn.
    expect(leadingMetric(exampleReport)).toBe('auroc')
    expect(reportPage([exampleReport], 'x').match(/<svg/g)).toHaveLength(1)
    const { reliability: _, ...student } = exampleReport.arms.student
    const bare = { ...exampleReport, arms: { ...exampleReport.arms, student } }
    expect(reliabilityPlot(bare)).toBeUndefined()
  })

  it('sets several reports side by side', () => {
    const page = reportPage([exampleReport, { ...exampleReport, rule: 'mean-logit' }], 'Two rules')
    expect(page).toContain('1. mean-probability')
    expect(page).toContain('2. mean-logit')
    expect(page.match(/sent by each site<\/th>/g)).toHaveLength(1)
  })

  it('shows each of several targets in a part of its own, and what is common to all once', () => {
    const page = reportPage([severalTargetsReport], 'Two targets')
    expect(page.match(/<h[23]>[^<]*/g)).toEqual([
      '<h2>student mlp:8',
      '<h3>angina: era, dkd, weight 2',
      '<h3>pressure: gaussian-mixture, kd',
    ])
    expect(page).toContain('<b>0.900</b> angina accuracy')
    expect(page).toContain('<b>12.000</b> pressure rmse')
    expect(page).toContain('<b>15.000</b> best lone teacher')
    expect(page.match(/answers are not masked/g)).toHaveLength(1)
    expect(page.match(/Took 12/g)).toHaveLength(1)
    expect(page).toContain('rmse of every arm')
    expect(page).toContain('sum of the log-losses of all targets')
  })

  it('compares reports of several targets by the figure that leads each', () => {
    const page = reportPage([severalTargetsReport, { ...severalTargetsReport, student: 'mlp:16' }], 'Two')
    const columns = ['student', 'angina accuracy', 'pressure rmse', 'nll', 'sent by each site', 'privacy']
    expect(page).toContain(columns.map((name) => `<th>${name}</th>`).join(''))
    // A log-loss of .5 and one of 4.
    const figures = ['0.900', '12.000', '4.500'].map((value) => `<td>${value}</td>`).join('')
    expect(page.split(figures)).toHaveLength(3)
  })

  it('lists the settings that were tried, and says which taught the student', () => {
    const settings = {
      rule: 'era',
      loss: 'dkd',
      temperature: 4,
      alpha: 0.9,
      student: 'mlp:16',
      epochs: 77,
    } as const
    const trials = [
      { seed: 1, settings, score: { accuracy: 0.8125, nll: 0.4 }, seconds: 2.25, chosen: true },
      { seed: 1, settings: { ...settings, epochs: 78 }, seconds: 1, chosen: false },
    ]
    const page = reportPage([{ ...exampleReport, trials }], 'Tried')
    const cells = ['era', 'dkd', '4', '0.9', 'mlp:16']
    const row = (values: readonly string[]) => values.map((value) => `<td>${value}</td>`).join('')
    expect(page).toContain(row([...cells, '77', '0.813', '0.400', '2.3', 'chosen']))
    expect(page).toContain(row([...cells, '78', '–', '–', '1.0', '']))
    expect(reportPage([exampleReport], 'x')).not.toContain('Settings tried')
  })

  it('runs nothing and fetches nothing, whatever names it is given', () => {
    const evil = '"><script src="//x">&'
    const report = { ...exampleReport, student: evil, classes: [evil, 'b'], rule: evil }
    const page = reportPage([report], evil)
    expect(page).not.toContain('<script')
    expect(page).not.toMatch(/<[^>]*\s(src|href|on\w+)=/)
    expect(page).toContain('&#60;script')
  })
})

describe('plots', () => {
  it('place dots where the figures are', () => {
    const plot = bytesPlot([exampleReport], 'accuracy')!
    // 1,200 bytes of 1,000 to 100,000 on a log scale: log10(1.2) / 2 = .0396 of 60 .. 620 is 82.2;
    // .9 amid .85 to .95 is half of 230 .. 20: 125.
    expect(plot).toContain('cx="82.2" cy="125"')
    expect(
      bytesPlot([{ ...exampleReport, bytes: { ...exampleReport.bytes, upPerSite: 0 } }], 'accuracy'),
    ).toBe(undefined)
    expect(
      bytesPlot(
        [
          {
            ...exampleReport,
            arms: { ...exampleReport.arms, student: { ...exampleReport.arms.student, accuracy: unknown } },
          },
        ],
        'accuracy',
      ),
    ).toBeUndefined()
  })

  it('add reliability over seeds', () => {
    const [measured] = [exampleReport.arms.student.reliability![0]!]
    expect(measured).toEqual({ rows: 10, confidence: 8, correct: 9 })
    // Sure 8 / 10 of the way from 34 to 300, right 9 / 10 of the way from 280 up to 14.
    expect(reliabilityPlot(exampleReport)).toContain('cx="246.8" cy="40.6"')
  })
})

describe('svg', () => {
  it('ticks at round numbers within the range', () => {
    expect(ticks([0, 1])).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
    expect(ticks([0.713, 0.928])).toEqual([0.75, 0.8, 0.85, 0.9])
    expect(ticks([3, 3])).toEqual([3])
  })

  it('scales ends to ends', () => {
    expect([0, 5, 10].map(linear([0, 10], [100, 0]))).toEqual([100, 50, 0])
    expect([1, 10, 100].map(logarithmic([1, 100], [0, 1]))).toEqual([0, 0.5, 1])
    expect(linear([2, 2], [5, 9])(2)).toBe(5)
  })

  it('lets no markup through', () => {
    expect(escaped(`<a b='"'>&`)).toBe('&#60;a b=&#39;&#34;&#39;&#62;&#38;')
  })
})
