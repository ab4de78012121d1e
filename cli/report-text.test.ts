import pc from 'picocolors'
import { describe, expect, it } from 'vitest'
import { mergeReports } from '#distill/report.ts'
import { exampleReport } from '../test/support/example-report.ts'
import { reportText } from './report-text.ts'

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

  it('says what became of a wish that could not be met', () => {
    const notes = ['The loss is kd instead of dkd: why.']
    expect(reportText({ ...exampleReport, notes }, plain)).toContain(`\n${notes[0]}\nmean-probability, kd,`)
  })

  it('shows intervals over seeds', () => {
    const other = { ...exampleReport, seeds: [2] }
    const text = reportText(mergeReports([exampleReport, other]), plain)
    expect(text).toContain('0.900 ±0.000')
    expect(text).toContain('means over 2 seeds')
  })
})
