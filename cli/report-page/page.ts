/**
 * Reports as one page of HTML: tables, pictures, what it cost and how it was protected. The page holds everything
 * it shows and runs nothing, so that it can be mailed, archived and opened anywhere.
 */
import { metricNames, type MetricName } from '#distill/measured.ts'
import { labelFigures } from '#distill/metrics.ts'
import type { Report } from '#distill/report.ts'
import { headReports } from '#distill/report-heads.ts'
import { reportRows } from '#distill/report-rows.ts'
import { figureText, privacyText } from '../report-text.ts'
import { bytes, count, duration } from '../units.ts'
import { armsPlot, bytesPlot, reliabilityPlot, sitesPlot } from './plots.ts'
import { escaped, tag } from './svg.ts'
import { style } from './style.ts'

/** The figure that leads: ranking where there are two classes, or labels, else accuracy; the error of a number; of several targets the sum of their log-losses. */
export const leadingMetric = ({ task, classes }: Report): MetricName => {
  if (task === 'regress') return 'rmse'
  if (task === 'multitask') return 'nll'
  return classes.length === 2 || task === 'multilabel' ? 'auroc' : 'accuracy'
}

/** One report in full, or several side by side and then each in full. */
export function reportPage(reports: readonly [Report, ...Report[]], title: string): string {
  const [first] = reports
  const metric = leadingMetric(first)
  const several = reports.length > 1
  const body = [
    tag('h1', {}, escaped(title)),
    ...(several ? [comparison(reports, metric)] : []),
    ...reports.flatMap((report, at) =>
      headReports(report).map(({ head, report: own }) =>
        section(own, `${several ? `${at + 1}. ` : ''}${head === undefined ? '' : `${head}: `}`),
      ),
    ),
    figure(
      bytesPlot(reports, metric),
      'Each site sends its answers once. The dashed line is what averaging the weights of the same student would have sent.',
    ),
  ]
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width">${tag('title', {}, escaped(title))}${tag('style', {}, style)}`
  return `<!doctype html>\n<html lang="en"><head>${head}</head><body><main>${body.join('\n')}</main></body></html>\n`
}

function comparison(reports: readonly Report[], metric: MetricName): string {
  const columns: MetricName[] = [
    ...new Set<MetricName>([metric, 'accuracy', 'nll', 'ece', 'cost', 'coverage90']),
  ].filter((name) => reports.some(({ arms }) => arms.student[name]))
  const rows = reports.map(({ rule, student, arms, bytes: sent, privacy }, at) => [
    `${at + 1}. ${rule}, ${student}`,
    ...columns.map((name) => figureText(arms.student[name])),
    bytes(sent.upPerSite),
    privacy.mode,
  ])
  return table(['student', ...columns, 'sent by each site', 'privacy'], rows)
}

function section(report: Report, number: string): string {
  const metric = leadingMetric(report)
  const { student, pooled, teachers } = report.arms
  const better = (a: number, b: number) => (metric === 'rmse' || metric === 'nll' ? a - b : b - a)
  const lone = teachers.flatMap(({ metrics }) => metrics[metric]?.mean ?? []).sort(better)[0]
  const facts: (readonly [string, string])[] = [
    ['student', figureText(student[metric])],
    ...(lone === undefined ? [] : [['best lone teacher', lone.toFixed(3)] as const]),
    ...(pooled ? [['pooled data', figureText(pooled[metric])] as const] : []),
    ['sent by each site', bytes(report.bytes.upPerSite)],
  ]
  const shown = metricNames.filter((name) => name !== 'auprcBaseline' && student[name])
  const arms = reportRows(report).map(({ name, metrics }) => [
    name,
    ...shown.map((each) => figureText(metrics[each])),
  ])
  const ofClasses = (['precision', 'recall', 'f1', ...labelFigures] as const).filter(
    (name) => name !== 'auprcBaseline' && student.perClass.some((each) => each[name] !== undefined),
  )
  const perClass = student.perClass.map((each) => [
    each.class,
    Math.round(each.support).toString(),
    ...ofClasses.map((name) => each[name]?.toFixed(3) ?? '–'),
  ])
  return [
    tag('h2', {}, escaped(`${number}${report.rule}, ${report.loss}, student ${report.student}`)),
    tag(
      'p',
      { class: 'facts' },
      facts.map(([name, value]) => `<span><b>${escaped(value)}</b> ${escaped(name)}</span>`).join(''),
    ),
    tag('p', { class: 'privacy' }, escaped(privacyText(report.privacy))),
    figure(
      armsPlot(report, metric),
      `${metric}, over ${count(report.seeds.length, 'seed')}; bars are 95 % bootstrap intervals.`,
    ),
    table(['', ...shown], arms),
    figure(
      sitesPlot(report, metric),
      `${metric} at each site, on rows of its own that trained nobody: its own teacher (brown) and the student (blue).`,
    ),
    figure(
      reliabilityPlot(report),
      'How often the most probable class is right, by its probability. On the diagonal a model is as right as it says. Student blue, ensemble brown.',
    ),
    ...(perClass.length > 0 ? [table(['class', 'rows', ...ofClasses], perClass)] : []),
    ...(report.trials ? [trialsTable(report.trials, report.seeds.length > 1)] : []),
    tag('p', {}, escaped(`Took ${duration(report.seconds.total)}; seeds ${report.seeds.join(', ')}.`)),
  ].join('\n')
}

/** As tried; the first of each seed are the settings that were asked for. */
function trialsTable(trials: NonNullable<Report['trials']>, several: boolean): string {
  const measures = (['accuracy', 'nll'] as const).filter((name) =>
    trials.some(({ score }) => score?.[name] !== undefined),
  )
  const head = ['rule', 'loss', 'temperature', 'alpha', 'student', 'epochs', ...measures, 'seconds', '']
  const rows = trials.map(({ seed, settings, score, seconds, chosen }) => [
    ...(several ? [String(seed)] : []),
    settings.rule,
    settings.loss,
    ...[settings.temperature, settings.alpha, settings.student, settings.epochs].map(String),
    ...measures.map((name) => score?.[name]?.toFixed(3) ?? '–'),
    seconds.toFixed(1),
    chosen ? 'chosen' : '',
  ])
  return `${tag('h3', {}, 'Settings tried on public labels')}${table([...(several ? ['seed'] : []), ...head], rows)}`
}

const figure = (drawn: string | undefined, caption: string): string =>
  drawn ? tag('figure', {}, `${drawn}${tag('figcaption', {}, escaped(caption))}`) : ''

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (name: 'th' | 'td', values: readonly string[]) =>
    tag('tr', {}, values.map((value) => tag(name, {}, escaped(value))).join(''))
  const body = rows.map((row) => cells('td', row)).join('')
  return tag('div', { class: 'wide' }, tag('table', {}, `${cells('th', head)}${body}`))
}
