import { describe, expect, it } from 'vitest'
import type { Report } from '#distill/report.ts'
import { exampleReport } from '../../test/support/example-report.ts'
import { compareRules } from './compare-rules.ts'

const { student } = exampleReport.arms

describe('compareRules', () => {
  it('measures what no rule has a part in once, and says so in every report', async () => {
    const seen: string[] = []
    const progress: number[] = []
    const reports = await compareRules(
      ['era', 'votes', 'auto'],
      { arms: 'all', onProgress: (fraction) => progress.push(fraction) },
      (rule, { arms, onProgress }) => {
        seen.push(`${rule} ${arms}`)
        onProgress(0.5, '')
        const pooled = arms === 'all' && { pooled: student, noDistillation: student }
        const report: Report = { ...exampleReport, rule, arms: { ...exampleReport.arms, ...pooled } }
        return Promise.resolve(report)
      },
    )
    expect(seen).toEqual(['era all', 'votes federation', 'auto federation'])
    expect(reports.map(({ rule }) => rule)).toEqual(['era', 'votes', 'auto'])
    expect(reports.every(({ arms }) => arms.pooled === student && arms.noDistillation === student)).toBe(true)
    // Half of the first, the second and the third of three.
    expect(progress).toEqual([1 / 6, 3 / 6, 5 / 6].map((part) => expect.closeTo(part, 9)))
  })

  it('hands on what the sites keep', async () => {
    const kept = new Set<unknown>()
    await compareRules(['era', 'votes'], { arms: 'all', onProgress: () => {} }, (_, turn) => {
      kept.add(turn.kept)
      return Promise.resolve(exampleReport)
    })
    expect(kept.size).toBe(1)
  })
})
