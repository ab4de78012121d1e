/** What a federation is worth to each site: the student, as it is or fitted to the site, beside the site's own teacher on the site's own rows. */
import { leadingMetric, type MetricName } from './measured.ts'
import { figure } from './figures.ts'
import type { Figure, Report } from './report.ts'

export interface Gain {
  readonly site: string
  /** A difference a seed; positive where the student is better. */
  readonly gain: Figure
}

export interface GainOptions {
  /** What leads the report's task unless told. */
  readonly metric?: MetricName
  /** Of the student as released, unless told. */
  readonly of?: 'metrics' | 'fitted' | undefined
}

/** In the order of the report's sites; a site of which a report does not know both has none. */
export function gainsAtSites(
  { task, bySite = [] }: Pick<Report, 'task' | 'bySite'>,
  { metric = leadingMetric[task].name, of = 'metrics' }: GainOptions = {},
): Gain[] {
  const sign = lowerIsBetter.has(metric) ? -1 : 1
  return bySite.flatMap((at) => {
    const { site, teacher } = at
    const [ours, own] = [at[of]?.[metric], teacher?.[metric]]
    if (!ours || !own) return []
    const differences = ours.values.map((value, seed) => {
      const theirs = own.values[seed] ?? null
      return value === null || theirs === null ? null : sign * (value - theirs)
    })
    return [{ site, gain: figure(differences) }]
  })
}

const lowerIsBetter: ReadonlySet<MetricName> = new Set(['nll', 'brier', 'ece', 'cost', 'rmse', 'mae'])

/** Whether the sites' own teachers are better by more than the seeds differ: the whole interval lies below zero. */
export const isLoss = ({ gain }: Gain): boolean => (gain.ci95?.[1] ?? 0) < 0
