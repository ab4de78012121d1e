/**
 * What the combine rules teach: federations of public data, simulated over several seeds, with each rule over the same
 * teachers.
 *
 * No speed is measured, so simulations run side by side, one thread each. Their reports may be kept, and those that
 * are there already are not made again.
 */
import { availableParallelism } from 'node:os'
import { gainsAtSites, isLoss, type GainOptions } from '#distill/at-sites.ts'
import type { Figure, Report } from '#distill/report.ts'
import { mergeReports } from '#distill/assemble-report.ts'
import { figure } from '#distill/figures.ts'
import { casesOf, type Case } from './distillation-cases.ts'
import type { Section, Suite } from './harness.ts'
import type { Row } from './row.ts'
import { openSimulations } from './simulated.ts'

export const suite: Suite = {
  name: 'distillation',
  about: 'Means over seeds, one thread for each simulation and as many at a time as there are cores,',
  open({ data = process.env['COLLEGIUM_DATA'] ?? '../shared/data', reports, quick = false, signal }) {
    const simulations = openSimulations({ processes: availableParallelism(), folder: reports, signal })
    const section = (one: Case): Section => ({
      name: one.name,
      async run({ onNote }) {
        const options = [...(await one.options(data)), '--compare', one.rules.join()]
        const seeds = Array.from({ length: quick ? 1 : one.seeds }, (_, i) => i + 1)
        const bySeed = await Promise.all(
          seeds.map(async (seed) => {
            const compared = await simulations.reports(options, seed)
            const seconds = compared.reduce((sum, report) => sum + report.seconds.total, 0)
            onNote(`${one.name}, seed ${seed}: ${Math.round(seconds)} s`)
            return compared
          }),
        )
        return rowsOf(one, bySeed)
      },
    })
    return { atOnce: true, sections: casesOf({ quick }).map(section), close: () => Promise.resolve() }
  },
}

/** A row for each rule, from the reports of each seed; `auto` is set beside the best of the others. */
export function rowsOf(one: Case, bySeed: readonly (readonly Report[])[]): Row[] {
  const merged = (bySeed[0] ?? []).flatMap((_, at) => {
    const [first, ...rest] = bySeed.flatMap((reports) => reports[at] ?? [])
    return first ? [mergeReports([first, ...rest])] : []
  })
  const reached = ({ arms }: Report): number => arms.student[one.metric]?.mean ?? NaN
  const fixed = merged.filter(({ rule }) => rule !== 'auto').map(reached)
  return merged.map((report) => rowOf(one, report, Math.max(...fixed)))
}

function rowOf({ name, metric, aims = {} }: Case, report: Report, bestFixed: number): Row {
  const { rule } = report
  const { student, ensemble, teachers } = report.arms
  const [low, high] = student[metric]?.ci95 ?? [NaN, NaN]
  const lone = figure(teachers.map(({ metrics }) => metrics[metric]?.mean ?? null))
  // The promise of `auto`: no more than a point below the best rule that someone could have named.
  const atLeast = rule === 'auto' ? bestFixed - 0.01 : aims[rule]
  return {
    name: `${name}: ${rule}`,
    unit: metric,
    threads: 1,
    ours: student[metric]?.mean ?? NaN,
    peers: {},
    ...(atLeast !== undefined && { aims: [{ of: 'ours', atLeast }] }),
    beside: {
      '95 % interval': `${low.toFixed(3)} - ${high.toFixed(3)}`,
      ensemble: told(ensemble?.[metric]),
      'lone teachers, mean': told(lone),
      ...(student.cost && { cost: told(student.cost) }),
      ...(report.bySite && { 'sites below their own teacher': losers(report, 'metrics') }),
      ...(report.bySite?.some(({ fitted }) => fitted) && { 'once fitted': losers(report, 'fitted') }),
      'kB up a site': (report.bytes.upPerSite / 1000).toPrecision(3),
      's a seed': report.seconds.total.toFixed(0),
      seeds: String(report.seeds.length),
      ...(report.selection && { chosen: chosenBy(report.selection) }),
    },
  }
}

const told = (of: Figure | undefined): string => of?.mean?.toFixed(3) ?? ''

/** By more than seeds differ, and by how much. */
const losers = (report: Report, of: GainOptions['of']): string =>
  gainsAtSites(report, { of })
    .filter(isLoss)
    .map(({ site, gain }) => `${site} ${gain.mean?.toFixed(3)}`)
    .join(', ') || 'none'

const chosenBy = (selection: NonNullable<Report['selection']>): string =>
  selection.flatMap(({ rule, chosen }) => (chosen > 0 ? `${rule} ${chosen}` : [])).join(', ')
