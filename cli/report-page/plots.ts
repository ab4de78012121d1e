/** The pictures of a report. Each is drawn from the report's own figures and nothing else. */
import { reportRows } from '#distill/report-rows.ts'
import type { MetricName } from '#distill/measured.ts'
import type { Figure, MetricsReport, Report } from '#distill/report.ts'
import { figureText } from '../report-text.ts'
import { bytes } from '../units.ts'
import { dot, label, line, linear, logarithmic, picture, tag, ticks, type Scale } from './svg.ts'

const WIDTH = 640
const ROW = 26

interface Mark {
  readonly kind: 'student' | 'teacher' | 'other'
  readonly name: string
  readonly figure: Figure
}

interface DotRow {
  readonly name: string
  readonly marks: readonly Mark[]
}

/** Every arm's figure with its interval, the student first. */
export function armsPlot(report: Report, metric: MetricName): string | undefined {
  const rows = reportRows(report).flatMap(({ kind, name, metrics }): DotRow[] => {
    const figure = metrics[metric]
    const of = kind === 'student' ? 'student' : kind.startsWith('teacher') ? 'teacher' : 'other'
    return figure ? [{ name, marks: [{ kind: of, name, figure }] }] : []
  })
  return dotPlot(rows, `${metric} of every arm`)
}

/** The student and the site's own teacher, on the site's own rows. */
export function sitesPlot({ bySite = [] }: Report, metric: MetricName): string | undefined {
  const mark = (kind: Mark['kind'], name: string, metrics: MetricsReport | undefined): Mark[] => {
    const figure = metrics?.[metric]
    return figure ? [{ kind, name, figure }] : []
  }
  const rows = bySite.map(({ site, metrics, teacher }) => ({
    name: site,
    marks: [...mark('teacher', `teacher of ${site}`, teacher), ...mark('student', 'student', metrics)],
  }))
  return dotPlot(rows, `${metric} on each site's own held-out rows`)
}

function dotPlot(rows: readonly DotRow[], title: string): string | undefined {
  const known = rows.flatMap(({ marks }) => marks.flatMap(({ figure }) => [...(figure.ci95 ?? [])]))
  if (known.length === 0) return undefined
  const range = padded(known)
  const left = 24 + 7 * Math.max(...rows.map(({ name }) => name.length))
  const height = ROW * rows.length + 34
  const x = linear(range, [left, WIDTH - 20])
  const drawn = rows.flatMap(({ name, marks }, at) => {
    const y = ROW * (at + 0.5) + 4
    return [
      label(left - 12, y + 4, name, { 'text-anchor': 'end' }),
      ...marks.flatMap(({ kind, name: whose, figure }) => {
        if (figure.mean === null || !figure.ci95) return []
        const [low, high] = figure.ci95
        const story = `${whose}: ${figureText(figure)}`
        return [line(x(low), y, x(high), y, `range ${kind}`), dot(x(figure.mean), y, kind, story)]
      }),
    ]
  })
  return picture(WIDTH, height, title, [...across(x, range, height - 30, height - 12), ...drawn])
}

/** How often the top class is right, against how sure the model is (Guo et al. 2017); on the diagonal it is honest. */
export function reliabilityPlot({ arms }: Report): string | undefined {
  const [low, high] = [34, 300]
  const unit: [number, number] = [0, 1]
  const [x, y] = [linear(unit, [low, high]), linear(unit, [high - low + 14, 14])]
  const path = (kind: Mark['kind'], name: string, metrics: MetricsReport | undefined): string[] => {
    const bins = (metrics?.reliability ?? []).filter(({ rows }) => rows > 0)
    const points = bins.map(({ rows, confidence, correct }) => ({
      rows,
      sure: confidence / rows,
      right: correct / rows,
    }))
    if (points.length === 0) return []
    const d = points.map(({ sure, right }) => `${x(sure).toFixed(1)},${y(right).toFixed(1)}`)
    return [
      tag('polyline', { points: d.join(' '), class: `curve ${kind}` }),
      ...points.map(({ rows, sure, right }) =>
        dot(
          x(sure),
          y(right),
          kind,
          `${name}, ${rows} rows: sure ${sure.toFixed(2)}, right ${right.toFixed(2)}`,
        ),
      ),
    ]
  }
  const curves = [...path('teacher', 'ensemble', arms.ensemble), ...path('student', 'student', arms.student)]
  if (curves.length === 0) return undefined
  const bottom = high - low + 14
  const levels = ticks(unit).map((value) => [
    line(low, y(value), high, y(value), 'grid'),
    label(low - 6, y(value) + 4, String(value), { 'text-anchor': 'end' }),
  ])
  return picture(high + 20, bottom + 34, 'how often the model is right, by how sure it is', [
    ...across(x, unit, bottom, bottom + 18),
    ...levels.flat(),
    line(x(0), y(0), x(1), y(1), 'diagonal'),
    ...curves,
  ])
}

/** What each report's student is worth, against what a site sent for it; a log scale. */
export function bytesPlot(reports: readonly Report[], metric: MetricName): string | undefined {
  const points = reports.flatMap((report, at) => {
    const figure = report.arms.student[metric]
    const { upPerSite } = report.bytes
    if (!figure || figure.mean === null || upPerSite <= 0) return []
    return [
      {
        figure,
        mean: figure.mean,
        upPerSite,
        // The rules of several targets are too many words for a picture.
        name: `${reports.length > 1 ? `${at + 1}. ` : ''}${report.heads ? `student ${report.student}` : report.rule}`,
      },
    ]
  })
  if (points.length === 0) return undefined
  const averaging = reports[0]?.bytes.fedAvgUpPerSite ?? 0
  const all = [...points.map(({ upPerSite }) => upPerSite), averaging].filter((value) => value > 0)
  const [least, most] = [
    10 ** Math.floor(Math.log10(Math.min(...all))),
    10 ** Math.ceil(Math.log10(Math.max(...all) + 1)),
  ]
  const heights = padded(points.flatMap(({ figure }) => [...(figure.ci95 ?? [])]))
  const x = logarithmic([least, most], [60, WIDTH - 20])
  const y = linear(heights, [230, 20])
  const powers = Array.from({ length: Math.round(Math.log10(most / least)) + 1 }, (_, i) => least * 10 ** i)
  return picture(WIDTH, 270, `${metric} of the student against bytes sent by each site`, [
    ...powers.flatMap((value) => [
      line(x(value), 20, x(value), 230, 'grid'),
      label(x(value), 250, bytes(value), { 'text-anchor': 'middle' }),
    ]),
    ...ticks(heights).map((value) => label(52, y(value) + 4, String(value), { 'text-anchor': 'end' })),
    ...(averaging > 0
      ? [
          line(x(averaging), 20, x(averaging), 230, 'diagonal'),
          label(x(averaging) - 6, 32, 'weight averaging', { 'text-anchor': 'end' }),
        ]
      : []),
    ...points.map(({ name, figure, mean, upPerSite }) =>
      dot(x(upPerSite), y(mean), 'student', `${name}: ${figureText(figure)}, ${bytes(upPerSite)} a site`),
    ),
    ...points.map(({ name, mean, upPerSite }) => label(x(upPerSite) + 8, y(mean) + 4, name)),
  ])
}

/** The horizontal axis: a grid line and a number at each tick. */
const across = (x: Scale, range: readonly [number, number], bottom: number, text: number): string[] =>
  ticks(range).flatMap((value) => [
    line(x(value), 4, x(value), bottom, 'grid'),
    label(x(value), text, String(value), { 'text-anchor': 'middle' }),
  ])

function padded(values: readonly number[]): [number, number] {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const room = (most - least) * 0.08 || 0.05
  return [least - room, most + room]
}
