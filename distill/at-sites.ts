/** What a federation is worth to each site: the student beside the site's own teacher, on the site's own rows. */
import { leadingMetric, type MetricName } from './measured.ts'
import { figure } from './figures.ts'
import type { Figure, Report } from './report.ts'

export interface Gain {
  readonly site: string
  /** A difference a seed; positive where the student is better. */
  readonly gain: Figure
}

/** In the order of the report's sites; a site of which a report does not know both has none. */
export function gainsAtSites(
  { task, bySite = [] }: Pick<Report, 'task' | 'bySite'>,
  metric: MetricName = leadingMetric[task].name,
): Gain[] {
  const sign = lowerIsBetter.has(metric) ? -1 : 1
  return bySite.flatMap(({ site, metrics, teacher }) => {
    const [ours, own] = [metrics[metric], teacher?.[metric]]
    if (!ours || !own) return []
    const differences = ours.values.map((value, seed) => {
      const of = own.values[seed] ?? null
      return value === null || of === null ? null : sign * (value - of)
    })
    return [{ site, gain: figure(differences) }]
  })
}

const lowerIsBetter: ReadonlySet<MetricName> = new Set(['nll', 'brier', 'ece', 'rmse', 'mae'])

/** Whether the sites' own teachers are better by more than the seeds differ: the whole interval lies below zero. */
export const isLoss = ({ gain }: Gain): boolean => (gain.ci95?.[1] ?? 0) < 0
