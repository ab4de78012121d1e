/**
 * Reports as one page of HTML: tables, pictures, what it cost and how it was protected. The page holds everything
 * it shows and runs nothing, so that it can be mailed, archived and opened anywhere.
 */
import { metricNames, type MetricName } from '#distill/measured.ts'
import { labelFigures } from '#distill/metrics.ts'
import type { Figure, Report } from '#distill/report.ts'
import { headReports } from '#distill/report-heads.ts'
import { reportRows } from '#distill/report-rows.ts'
import { figureText, privacyText, taughtBy } from '../report-text.ts'
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
    ...(several ? [comparison(reports)] : []),
    ...reports.map((report, at) => section(report, several ? `${at + 1}. ` : '')),
    figure(
      bytesPlot(reports, metric),
      `Each site sends its answers once. The dashed line is what averaging the weights of the same student would have sent.${first.task === 'multitask' ? ' The height is the sum of the log-losses of all targets.' : ''}`,
    ),
  ]
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width">${tag('title', {}, escaped(title))}${tag('style', {}, style)}`
  return `<!doctype html>\n<html lang="en"><head>${head}</head><body><main>${body.join('\n')}</main></body></html>\n`
}

/** A figure of a student, for a column. */
interface Compared {
  readonly name: string
  readonly of: (report: Report) => Figure | undefined
}

function comparison(reports: readonly [Report, ...Report[]]): string {
  const [first] = reports
  const common = new Set<MetricName>([leadingMetric(first), 'accuracy', 'nll', 'ece', 'cost', 'coverage90'])
  const columns = [
    ...headReports(first).flatMap(({ head, report }) => (head === undefined ? [] : leadingOf(head, report))),
    ...[...common].map((name): Compared => ({ name, of: ({ arms }) => arms.student[name] })),
  ].filter(({ of }) => reports.some(of))
  const rows = reports.map((report, at) => [
    `${at + 1}. ${report.rule}, ${report.student}`,
    ...columns.map(({ of }) => figureText(of(report))),
    bytes(report.bytes.upPerSite),
    report.privacy.mode,
  ])
  return table(['student', ...columns.map(({ name }) => name), 'sent by each site', 'privacy'], rows)
}

/** The figure that leads one of several targets. */
function leadingOf(target: string, report: Report): Compared {
  const metric = leadingMetric(report)
  return {
    name: `${target} ${metric}`,
    of: ({ arms }) => arms.student.heads?.find(({ name }) => name === target)?.metrics[metric],
  }
}

/** Of several targets, what they have in common comes first and last. */
function section(report: Report, number: string): string {
  const { rule, loss, student, bytes: sent, privacy, trials, seconds, seeds } = report
  const targets = headReports(report)
  const several = targets.length > 1
  const sentBySite: Fact = ['sent by each site', bytes(sent.upPerSite)]
  const leading = targets.map(({ head, report: own }): Fact => {
    const metric = leadingMetric(own)
    return [`${head} ${metric}`, figureText(own.arms.student[metric])]
  })
  return [
    tag(
      'h2',
      {},
      escaped(several ? `${number}student ${student}` : `${number}${rule}, ${loss}, student ${student}`),
    ),
    facts([...(several ? leading : factsOf(report)), sentBySite]),
    tag('p', { class: 'privacy' }, escaped(privacyText(privacy))),
    ...targets.flatMap(({ head, report: own }, at) => [
      ...(head === undefined
        ? []
        : [
            tag('h3', {}, escaped(`${head}: ${taughtBy({ ...own, weight: report.heads?.[at]?.weight })}`)),
            facts(factsOf(own)),
          ]),
      measurements(own),
    ]),
    ...(trials ? [trialsTable(trials, seeds.length > 1)] : []),
    tag('p', {}, escaped(`Took ${duration(seconds.total)}; seeds ${seeds.join(', ')}.`)),
  ].join('\n')
}

type Fact = readonly [name: string, value: string]

const facts = (of: readonly Fact[]): string =>
  tag(
    'p',
    { class: 'facts' },
    of.map(([name, value]) => `<span><b>${escaped(value)}</b> ${escaped(name)}</span>`).join(''),
  )

/** How good the student is, beside whom it can be compared with. */
function factsOf(report: Report): Fact[] {
  const metric = leadingMetric(report)
  const { student, pooled, teachers } = report.arms
  const better = (a: number, b: number) => (metric === 'rmse' || metric === 'nll' ? a - b : b - a)
  const lone = teachers.flatMap(({ metrics }) => metrics[metric]?.mean ?? []).sort(better)[0]
  return [
    ['student', figureText(student[metric])],
    ...(lone === undefined ? [] : [['best lone teacher', lone.toFixed(3)] as const]),
    ...(pooled ? [['pooled data', figureText(pooled[metric])] as const] : []),
  ]
}

/** Pictures and tables of one target. */
function measurements(report: Report): string {
  const metric = leadingMetric(report)
  const { student } = report.arms
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
