/** A report of several targets, taken apart: one report for each, as if it had been alone. */
import type { MetricsReport, Report } from './report.ts'

/** The report itself, where there is one target. `rule` and `loss` are those of the target, as far as they are known. */
export function headReports(report: Report): readonly { readonly head?: string; readonly report: Report }[] {
  const heads = report.arms.student.heads
  const { heads: taught = [], ...common } = report
  return (
    heads?.map(({ name, task, classes }, at) => ({
      head: name,
      report: {
        ...common,
        ...ruleAndLoss(taught.find((each) => each.name === name)),
        task,
        classes: [...classes],
        ...measuredBy((metrics) => ofHead(metrics, at), report),
      },
    })) ?? [{ report }]
  )
}

const ruleAndLoss = (taught: NonNullable<Report['heads']>[number] | undefined) =>
  taught && { rule: taught.rule, loss: taught.loss }

/** All measurements of a report, each as `view` sees it. */
function measuredBy(
  view: (metrics: MetricsReport) => MetricsReport,
  { arms, federated, bySite, worstSite }: Report,
): Pick<Report, 'arms' | 'federated' | 'bySite' | 'worstSite'> {
  const { teachers, ...others } = arms
  const atSite = ({ site, metrics, teacher }: NonNullable<Report['worstSite']>) => ({
    site,
    metrics: view(metrics),
    ...(teacher && { teacher: view(teacher) }),
  })
  return {
    arms: {
      ...(Object.fromEntries(
        Object.entries(others).flatMap(([name, metrics]) => (metrics ? [[name, view(metrics)]] : [])),
      ) as Omit<Report['arms'], 'teachers'>),
      teachers: teachers.map(({ site, metrics }) => ({ site, metrics: view(metrics) })),
    },
    ...(federated && { federated: view(federated) }),
    ...(bySite && { bySite: bySite.map(atSite) }),
    ...(worstSite && { worstSite: atSite(worstSite) }),
  }
}

const ofHead = (metrics: MetricsReport, at: number): MetricsReport =>
  metrics.heads?.[at]?.metrics ?? { perClass: [] }
