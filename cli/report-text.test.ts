import pc from 'picocolors'
import { describe, expect, it } from 'vitest'
import { mergeReports } from '#distill/assemble-report.ts'
import { figure } from '#distill/figures.ts'
import { exampleReport, severalTargetsReport } from '../test/support/example-report.ts'
import { comparisonText, reportText } from './report-text.ts'

const plain = pc.createColors(false)

describe('reportText', () => {
  it('shows arms, bytes, seconds and how answers were protected', () => {
    expect(reportText(exampleReport, plain).split('\n')).toEqual([
      '               accuracy  macroF1  auroc  auprc    nll    ece',
      'student           0.900    0.900      –      –  0.500  0.100',
      'teacher north     0.800    0.800      –      –  0.500  0.100',
      '',
      'mean-probability, kd, student mlp:8, agrees with the ensemble on 95.0 % of the transfer set',
      'each site sent 1.2 kB and fetched 6.6 kB; weight averaging would have sent 59.0 kB in 10 rounds',
      'took 12.3 s: teachers 1.00 s, answers 0.50 s, distil 2.00 s, evaluate 0.25 s',
      'answers are not masked',
    ])
  })

  it('shows the student label by label where labels are predicted', () => {
    const label = {
      support: 12,
      precision: 0.5,
      recall: 1,
      f1: 2 / 3,
      auroc: 0.75,
      auprc: null,
      nll: 0.4,
      ece: 0.1,
    }
    const student = { ...exampleReport.arms.student, perClass: [{ class: 'angina', ...label }] }
    const arms = { ...exampleReport.arms, student }
    const text = reportText({ ...exampleReport, task: 'multilabel', arms }, plain)
    expect(text).toContain(
      [
        'label, of the student  yes     f1  auroc  auprc    nll    ece',
        'angina                  12  0.667  0.750      –  0.400  0.100',
      ].join('\n'),
    )
  })

  it('shows a table for each of several targets, and labels below those of labels', () => {
    const { student } = exampleReport.arms
    const named = { name: 'risk', task: 'classify' as const, classes: ['no', 'yes'], metrics: student }
    const pulse = { rmse: figure([2]), mae: figure([1.5]), nll: figure([3]), perClass: [] }
    const label = { support: 12, precision: 0.5, recall: 1, f1: 2 / 3, auroc: 0.75 }
    const signs = { ...student, perClass: [{ class: 'angina', ...label }] }
    const heads = [
      named,
      { name: 'pulse', task: 'regress' as const, classes: [], metrics: pulse },
      { name: 'signs', task: 'multilabel' as const, classes: ['angina'], metrics: signs },
    ]
    const arms = { ...exampleReport.arms, student: { nll: figure([4]), perClass: [], heads }, teachers: [] }
    const report = { ...exampleReport, task: 'multitask' as const, rule: 'risk era, pulse gaussian-mixture' }
    const text = reportText({ ...report, arms, federated: arms.student }, plain)
    expect(text.split('\n').slice(0, 15)).toEqual([
      'risk                  accuracy  macroF1  auroc  auprc    nll    ece',
      'student                  0.900    0.900      –      –  0.500  0.100',
      'student at the sites     0.900    0.900      –      –  0.500  0.100',
      '',
      'pulse                  rmse    mae    nll  coverage50  coverage90  width90',
      'student               2.000  1.500  3.000           –           –        –',
      'student at the sites  2.000  1.500  3.000           –           –        –',
      '',
      'signs                 accuracy  macroF1  auroc  auprc    nll    ece',
      'student                  0.900    0.900      –      –  0.500  0.100',
      'student at the sites     0.900    0.900      –      –  0.500  0.100',
      '',
      'label, of the student  yes     f1  auroc  auprc  nll  ece',
      'angina                  12  0.667  0.750      –    –    –',
      '',
    ])
    expect(text).toContain('\nrisk era, pulse gaussian-mixture, kd, student mlp:8\n')
  })

  it('says what became of a wish that could not be met', () => {
    const notes = ['The loss is kd instead of dkd: why.']
    expect(reportText({ ...exampleReport, notes }, plain)).toContain(`\n${notes[0]}\nmean-probability, kd,`)
  })

  it('sets rules side by side, with the site that gains least and what auto chose', () => {
    const { student, teachers } = exampleReport.arms
    const bySite = [{ site: 'north', metrics: teachers[0]!.metrics, teacher: student, fitted: student }]
    const auto = { rule: 'era', accuracy: figure([0.9]), nll: figure([0.3]), chosen: 1 }
    const text = comparisonText(
      [
        { ...exampleReport, bySite },
        { ...exampleReport, rule: 'auto', selection: [auto, { ...auto, rule: 'votes', chosen: 0 }] },
      ],
      plain,
    )
    // North's student, right in .8, has a teacher that is right in .9, and so is the student once fitted.
    expect(text.split('\n')).toEqual([
      'student by        accuracy  macroF1  auroc  auprc    nll    ece  least gain of a site  fitted to it  sent by a site',
      'mean-probability     0.900    0.900      –      –  0.500  0.100          -0.100 north   0.000 north          1.2 kB',
      'auto                 0.900    0.900      –      –  0.500  0.100                     –             –          1.2 kB',
      'teacher north        0.800    0.800      –      –  0.500  0.100',
      '',
      "gain: accuracy of the student less that of the site's own teacher, on the site's rows",
      'fitted to it: the same of the student fitted to each site by rows of its own, for use there',
      'auto chose era',
      'answers are not masked',
    ])
  })

  it('shows intervals over seeds', () => {
    const other = { ...exampleReport, seeds: [2] }
    const text = reportText(mergeReports([exampleReport, other]), plain)
    expect(text).toContain('0.900 ±0.000')
    expect(text).toContain('means over 2 seeds')
  })

  it('says how each of several targets was taught', () =>
    expect(reportText(severalTargetsReport, plain)).toContain(
      '\nangina by era, dkd, weight 2; pressure by gaussian-mixture, kd; student mlp:8\n',
    ))
})
