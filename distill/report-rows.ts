/** The report as a table: one row an arm, in the order people compare them. */
import type { OneTask } from '#engine/data/target.ts'
import { fidelityNames, metricNames, type MetricName } from './measured.ts'
import { bestFirst } from './figures.ts'
import type { Figure, MetricsReport, Report } from './report.ts'

export interface ReportRow {
  readonly kind:
    'student' | 'ensemble' | 'pooled' | 'no-distillation' | 'without-privacy' | 'teacher' | 'teachers'
  readonly name: string
  readonly metrics: Figures
  /** Of several targets: each by itself. */
  readonly heads?: readonly { readonly name: string; readonly task: OneTask; readonly metrics: Figures }[]
}

type Figures = Readonly<Partial<Record<MetricName, Figure>>>

/** More lone teachers than this are shown as worst, mean and best. */
export const MOST_TEACHER_ROWS = 8

export function reportRows(report: Report): ReportRow[] {
  const { student, ensemble, pooled, noDistillation, withoutPrivacy, teachers } = report.arms
  const ranked = bestFirst(report.task, teachers)
  const all = ranked.map(({ metrics }) => metrics)
  const arm = (kind: ReportRow['kind'], name: string, metrics: MetricsReport | undefined): ReportRow[] =>
    metrics ? [{ kind, name, ...shownOf(metrics) }] : []
  return [
    ...arm('student', 'student', student),
    ...arm('without-privacy', 'student without privacy', withoutPrivacy),
    ...arm('ensemble', 'ensemble of teachers', ensemble),
    ...arm('pooled', 'pooled data (ceiling)', pooled),
    ...arm('no-distillation', 'no distillation', noDistillation),
    ...(teachers.length <= MOST_TEACHER_ROWS
      ? ranked.flatMap(({ site, metrics }) => arm('teacher', `teacher ${site}`, metrics))
      : [
          ...arm('teachers', 'best lone teacher', all[0]),
          {
            kind: 'teachers' as const,
            name: `mean of ${teachers.length} teachers`,
            ...meanOf(all),
          },
          ...arm('teachers', 'worst lone teacher', all.at(-1)),
        ]),
  ]
}

type Shown = Pick<ReportRow, 'metrics' | 'heads'>

const shownOf = ({ heads, ...metrics }: MetricsReport): Shown => ({
  metrics: figuresOf(metrics),
  ...(heads && {
    heads: heads.map(({ name, task, metrics: own }) => ({ name, task, metrics: figuresOf(own) })),
  }),
})

function figuresOf(metrics: Omit<MetricsReport, 'heads'>): Figures {
  const { perClass: _, reliability: _bins, ...figures } = metrics
  return figures as Figures
}

const meanOf = (teachers: readonly MetricsReport[]): Shown => {
  const heads = teachers[0]?.heads
  return {
    metrics: meanFigures(teachers),
    ...(heads && {
      heads: heads.map(({ name, task }, at) => ({
        name,
        task,
        metrics: meanFigures(teachers.flatMap((each) => each.heads?.[at]?.metrics ?? [])),
      })),
    }),
  }
}

/** Teachers averaged: the mean and the interval's ends are means over teachers. */
function meanFigures(teachers: readonly Omit<MetricsReport, 'heads'>[]): Figures {
  const names = [...metricNames, ...fidelityNames]
  return Object.fromEntries(
    names.flatMap((name) => {
      const known = teachers.flatMap((metrics) => {
        const figure = metrics[name]
        return figure && figure.mean !== null && figure.ci95 ? [{ mean: figure.mean, ci95: figure.ci95 }] : []
      })
      if (known.length === 0) return []
      const mean = (of: (figure: (typeof known)[number]) => number) =>
        known.reduce((sum, figure) => sum + of(figure), 0) / known.length
      const ci95: [number, number] = [mean(({ ci95 }) => ci95[0]), mean(({ ci95 }) => ci95[1])]
      return [
        [name, { mean: mean((figure) => figure.mean), ci95, values: known.map((figure) => figure.mean) }],
      ]
    }),
  )
}
