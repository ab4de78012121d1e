/**
 * What the combine rules teach: federations of public data, simulated with each rule over several seeds.
 *
 * No speed is measured, so simulations run side by side, one thread each. Their reports may be kept, and those that
 * are there already are not made again.
 */
import { availableParallelism } from 'node:os'
import type { Figure, Report } from '#distill/report.ts'
import { figure, mergeReports } from '#distill/report.ts'
import { casesOf, rules, type Case } from './distillation-cases.ts'
import type { Section, Suite } from './harness.ts'
import type { Row } from './row.ts'
import { openSimulations } from './simulated.ts'

export const suite: Suite = {
  name: 'distillation',
  about: 'Means over seeds, one thread for each simulation and as many at a time as there are cores,',
  open({ data = process.env['COLLEGIUM_DATA'] ?? '../shared/data', reports, quick = false, signal }) {
    const simulations = openSimulations({ processes: availableParallelism(), folder: reports, signal })
    const section = (one: Case, rule: string): Section => ({
      name: `${one.name}: ${rule}`,
      async run({ onNote }) {
        const options = [...(await one.options(data)), '--rule', rule]
        const seeds = Array.from({ length: quick ? 1 : one.seeds }, (_, i) => i + 1)
        const [first, ...rest] = await Promise.all(
          seeds.map(async (seed) => {
            const report = await simulations.report(options, seed)
            onNote(`${this.name}, seed ${seed}: ${Math.round(report.seconds.total)} s`)
            return report
          }),
        )
        return first ? [rowOf(one, rule, mergeReports([first, ...rest]))] : []
      },
    })
    return {
      atOnce: true,
      sections: casesOf({ quick }).flatMap((one) => rules.map((rule) => section(one, rule))),
      close: () => Promise.resolve(),
    }
  },
}

export function rowOf({ name, metric, atLeast }: Case, rule: string, report: Report): Row {
  const { student, ensemble, teachers } = report.arms
  const [low, high] = student[metric]?.ci95 ?? [NaN, NaN]
  const lone = figure(teachers.map(({ metrics }) => metrics[metric]?.mean ?? null))
  return {
    name: `${name}: ${rule}`,
    unit: metric,
    threads: 1,
    ours: student[metric]?.mean ?? NaN,
    peers: {},
    ...(atLeast !== undefined && rule === 'density-ratio' && { aims: [{ of: 'ours', atLeast }] }),
    beside: {
      '95 % interval': `${low.toFixed(3)} - ${high.toFixed(3)}`,
      ensemble: told(ensemble?.[metric]),
      'lone teachers, mean': told(lone),
      'kB up a site': (report.bytes.upPerSite / 1000).toPrecision(3),
      's a seed': report.seconds.total.toFixed(0),
      seeds: String(report.seeds.length),
      ...(report.selection && { chosen: chosenBy(report.selection) }),
    },
  }
}

const told = (of: Figure | undefined): string => of?.mean?.toFixed(3) ?? ''

const chosenBy = (selection: NonNullable<Report['selection']>): string =>
  selection.flatMap(({ rule, chosen }) => (chosen > 0 ? `${rule} ${chosen}` : [])).join(', ')
