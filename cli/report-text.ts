/** A report for a person: the table of arms, what travelled, what it took, and how answers were protected. */
import { gainsAtSites, type GainOptions } from '#distill/at-sites.ts'
import { leadingMetric, type MetricName } from '#distill/measured.ts'
import { headReports } from '#distill/report-heads.ts'
import { oneTask } from '#engine/data/target.ts'
import type { Figure, Report } from '#distill/report.ts'
import { reportRows } from '#distill/report-rows.ts'
import { scoreText, settingsText } from '#distill/trials.ts'
import type { Colors } from './colors.ts'
import { renderTable } from './table.ts'
import { bytes, count, duration } from './units.ts'

/** The columns worth a terminal's width; the JSON report has all of them. */
const usualColumns = {
  classify: ['accuracy', 'macroF1', 'auroc', 'auprc', 'nll', 'ece'],
  multilabel: ['accuracy', 'macroF1', 'auroc', 'auprc', 'nll', 'ece'],
  regress: ['rmse', 'mae', 'nll', 'coverage50', 'coverage90', 'width90'],
} as const
const columnsOf = ({ task, arms }: Report): readonly MetricName[] => [
  ...usualColumns[oneTask(task)],
  ...(arms.student.cost ? (['cost'] as const) : []),
]

const phases = ['teachers', 'answers', 'distil', 'evaluate'] as const

export function reportText(report: Report, color: Colors): string {
  const { upPerSite, downPerSite, fedAvgUpPerSite, fedAvgRounds } = report.bytes
  // A real coordinator cannot know how long sites spend on their teachers, and reports 0.
  const known = phases.filter((phase) => report.seconds[phase] > 0)
  const times = known.map((phase) => `${phase} ${duration(report.seconds[phase])}`).join(', ')
  const { agreement } = report.arms.student
  return [
    ...headReports(report).flatMap((target) => [
      armsText(target.report, target.head ?? '', color),
      '',
      ...(target.report.task === 'multilabel' ? [labelsText(target.report, color), ''] : []),
    ]),
    ...(report.seeds.length > 1
      ? [`means over ${count(report.seeds.length, 'seed')}, ± half a 95 % bootstrap interval`]
      : []),
    ...(report.notes ?? []).map((note) => color.yellow(note)),
    ...selectionLines(report, color),
    ...report.seeds.flatMap((seed) => tunedText(report, seed).map((line) => `  ${line}`)),
    `${methodText(report)}${agreement ? `, agrees with the ensemble on ${percent(agreement.mean)} of the transfer set` : ''}`,
    ...uncertaintyLines(report),
    ...(report.undecided === undefined
      ? []
      : [`${count(report.undecided, 'transfer item')} left out as undecided`]),
    `each site sent ${bytes(upPerSite)} and fetched ${bytes(downPerSite)}; weight averaging would have sent ${bytes(fedAvgUpPerSite)} in ${count(fedAvgRounds, 'round')}`,
    `took ${duration(report.seconds.total)}: ${times}`,
    color.yellow(privacyText(report.privacy)),
  ].join('\n')
}

/** By which rule and loss which student was taught; of several targets, each. */
function methodText({ rule, loss, heads, student }: Report): string {
  if (!heads) return `${rule}, ${loss}, student ${student}`
  return [...heads.map((head) => `${head.name} by ${taughtBy(head)}`), `student ${student}`].join('; ')
}

export const taughtBy = ({
  rule,
  loss,
  weight = 1,
}: {
  rule: string
  loss: string
  weight?: number | undefined
}): string => `${rule}, ${loss}${weight === 1 ? '' : `, weight ${weight}`}`

/** Everyone who was measured on one target. */
function armsText(report: Report, target: string, color: Colors): string {
  const columns = columnsOf(report)
  const federated = report.federated
    ? [['student at the sites', ...columns.map((name) => figureText(report.federated?.[name]))]]
    : []
  const rows = [
    ...reportRows(report).map(({ name, metrics }) => [
      name,
      ...columns.map((each) => figureText(metrics[each])),
    ]),
    ...federated,
  ]
  return renderTable(rows, {
    head: [target, ...columns],
    right: columns.map((_, at) => at + 1),
    emphasise: ([name]) => name === 'student',
    color,
  })
}

/** The student, label by label. */
function labelsText({ arms }: Report, color: Colors): string {
  const figures = ['f1', 'auroc', 'auprc', 'nll', 'ece'] as const
  const rows = arms.student.perClass.map((label) => [
    label.class,
    Math.round(label.support).toString(),
    ...figures.map((name) => label[name]?.toFixed(3) ?? '–'),
  ])
  const right = ['yes', ...figures].map((_, at) => at + 1)
  return renderTable(rows, { head: ['label, of the student', 'yes', ...figures], right, color })
}

/** What the search of one seed found, beside what was asked for. */
function tunedText({ trials = [], seeds }: Report, seed: number): string[] {
  const made = trials.filter((trial) => trial.seed === seed)
  const [asked] = made
  const best = made.find(({ chosen }) => chosen) ?? asked
  if (!asked || !best) return []
  const whose = seeds.length > 1 ? `seed ${seed}, ` : ''
  const found = `${whose}best of ${count(made.length, 'trial')}: ${settingsText(best.settings)}; ${scoreText(best.score)}`
  return [best === asked ? `${found}, as asked for` : `${found}; as asked for ${scoreText(asked.score)}`]
}

export function privacyText({ note, epsilon, delta, unit }: Report['privacy']): string {
  return epsilon === null ? note : `${note}: epsilon ${epsilon} at delta ${delta} for each ${unit}`
}

/** Of the site where the student does least. */
const gainColumns = [
  { head: 'least gain of a site', of: 'metrics' },
  { head: 'fitted to it', of: 'fitted' },
] as const

/** Reports of several rules over the same teachers: the students in one table, and what each rule cost. */
export function comparisonText(reports: readonly [Report, ...Report[]], color: Colors): string {
  const [first] = reports
  const columns = columnsOf(first)
  const gains = gainColumns.filter(({ of }) =>
    reports.some((report) => gainsAtSites(report, { of }).length > 0),
  )
  const students = reports.map((report) => [
    report.rule,
    ...columns.map((name) => figureText(report.arms.student[name])),
    ...gains.map(({ of }) => worstGainText(report, of)),
    bytes(report.bytes.upPerSite),
  ])
  const others = reportRows(first).filter(({ kind }) => kind !== 'student' && kind !== 'ensemble')
  const arms = others.map(({ name, metrics }) => [
    name,
    ...columns.map((each) => figureText(metrics[each])),
    ...gains.map(() => ''),
    '',
  ])
  const head = ['student by', ...columns, ...gains.map(({ head }) => head), 'sent by a site']
  const chosen = reports.flatMap(({ selection = [] }) => selection.filter((each) => each.chosen > 0))
  return [
    renderTable([...students, ...arms], { head, right: head.map((_, at) => at).slice(1), color }),
    '',
    ...(first.seeds.length > 1
      ? [`means over ${count(first.seeds.length, 'seed')}, ± half a 95 % bootstrap interval`]
      : []),
    ...(gains.length > 0
      ? [
          `gain: ${leadingMetric[first.task].name} of the student less that of the site's own teacher, on the site's rows`,
        ]
      : []),
    ...(gains.some(({ of }) => of === 'fitted')
      ? ['fitted to it: the same of the student fitted to each site by rows of its own, for use there']
      : []),
    ...chosen.map(
      (each) => `auto chose ${each.rule}${first.seeds.length > 1 ? ` in ${count(each.chosen, 'seed')}` : ''}`,
    ),
    color.yellow(privacyText(first.privacy)),
  ].join('\n')
}

function worstGainText(report: Report, of: GainOptions['of']): string {
  const gains = gainsAtSites(report, { of }).toSorted((a, b) => (a.gain.mean ?? 0) - (b.gain.mean ?? 0))
  const [least] = gains
  return least ? `${figureText(least.gain)} ${least.site}` : '–'
}

/** How each candidate rule taught, and which one was chosen by whose word. */
function selectionLines({ selection = [], seeds }: Report, color: Colors): string[] {
  return selection.map(({ rule, accuracy, nll, calibratedNll, by = 'labels', chosen }) => {
    const calibrated = calibratedNll ? `, calibrated ${figureText(calibratedNll)}` : ''
    const who = by === 'sites' ? 'by the sites' : 'by public labels'
    const where = seeds.length > 1 ? ` in ${count(chosen, 'seed')}` : ''
    const verdict = chosen > 0 ? color.green(`, chosen ${who}${where}`) : ''
    return `  rule ${rule}: accuracy ${figureText(accuracy)}, nll ${figureText(nll)}${calibrated}${verdict}`
  })
}

/** Where the student learnt it: how unsure it is of the hold-out, and for which reason, beside its teachers. */
function uncertaintyLines({ arms: { student, ensemble } }: Report): string[] {
  if (!student.dataUncertainty) return []
  const parts = ({ dataUncertainty, knowledgeUncertainty }: typeof student) =>
    `${figureText(dataUncertainty)} nats since classes overlap and ${figureText(knowledgeUncertainty)} since teachers disagree`
  return [
    `the student is unsure by ${parts(student)}`,
    ...(ensemble ? [`its teachers are by ${parts(ensemble)}`] : []),
  ]
}

/** Mean, and half the width of its interval where there is one; a dash for what is not known. */
export function figureText(figure: Figure | undefined): string {
  if (!figure || figure.mean === null) return '–'
  const spread =
    figure.values.length > 1 && figure.ci95 ? ` ±${((figure.ci95[1] - figure.ci95[0]) / 2).toFixed(3)}` : ''
  return `${figure.mean.toFixed(3)}${spread}`
}

function percent(fraction: number | null): string {
  return fraction === null ? '–' : `${(fraction * 100).toFixed(1)} %`
}
