/** Several rules over the same teachers: a federation each, one after another, and a report of each. */
import type { Report } from '#distill/report.ts'
import type { RuleWish } from './options.ts'
import type { KeptSites } from './kept-sites.ts'
import type { Simulation } from './run-federation.ts'

/** How a federation differs from the others of the same seed. */
export type Turn = Required<Pick<Simulation, 'kept' | 'arms' | 'onProgress'>>

/** In the order of the rules. What is trained for comparison only is the same for all, and trained once. */
export async function compareRules(
  rules: readonly RuleWish[],
  { arms, onProgress }: Pick<Turn, 'arms' | 'onProgress'>,
  federation: (rule: RuleWish, turn: Turn) => Promise<Report>,
): Promise<Report[]> {
  const kept: KeptSites = new Map()
  const reports: Report[] = []
  for (const [at, rule] of rules.entries()) {
    const [first] = reports
    const report = await federation(rule, {
      kept,
      arms: first ? 'federation' : arms,
      onProgress: (fraction, note) => onProgress((at + fraction) / rules.length, note),
    })
    reports.push({ ...report, arms: { ...ofAnyRule(first), ...report.arms } })
  }
  return reports
}

function ofAnyRule(report: Report | undefined) {
  const { pooled, noDistillation } = report?.arms ?? {}
  return { ...(pooled && { pooled }), ...(noDistillation && { noDistillation }) }
}
