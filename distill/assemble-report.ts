/** Puts a report together from what each seed gave, and several reports into one. */
import type { Evidence } from './evidence.ts'
import { bestFirst, figure, summarise } from './figures.ts'
import type { Measured, MetricName } from './measured.ts'
import { meanOf } from './metrics.ts'
import type { MetricsReport, Report } from './report.ts'
import { settingsText, type TrialReport } from './trials.ts'

interface SiteMeasured {
  readonly site: string
  readonly metrics: Measured
  readonly teacher?: Measured
  readonly fitted?: Measured
}

interface SelectedRule {
  readonly rule: string
  readonly accuracy: number | null
  readonly nll: number | null
  readonly calibratedNll?: number | null
  readonly by?: Evidence
  readonly chosen: boolean
}

/** Everything one seed gave. Arms are absent in every seed or in none. */
export interface SeedResult {
  readonly seed: number
  readonly student: Measured
  readonly ensemble?: Measured
  readonly pooled?: Measured
  readonly noDistillation?: Measured
  readonly withoutPrivacy?: Measured
  readonly teachers: readonly SiteMeasured[]
  /** Of the candidate rules, in the plan's order. */
  readonly selection?: readonly SelectedRule[]
  readonly trials?: readonly TrialReport[]
  readonly federated?: Measured
  /** The student, the site's own teacher, and the student fitted to the site, on each site's own held-out rows. */
  readonly bySite?: readonly SiteMeasured[]
  readonly undecided?: number
  readonly bytes: Report['bytes']
  readonly seconds: Report['seconds']
}

export type ReportHead = Pick<
  Report,
  'task' | 'rule' | 'loss' | 'heads' | 'temperature' | 'alpha' | 'notes' | 'student' | 'classes' | 'privacy'
>

/** Puts the seeds' results together. */
export function assembleReport(head: ReportHead, results: readonly [SeedResult, ...SeedResult[]]): Report {
  const arm = (pick: (result: SeedResult) => Measured | undefined) => {
    const measured = results.map(pick).filter((metrics) => metrics !== undefined)
    return measured.length > 0 ? summarise(measured, head.classes) : undefined
  }
  const [ensemble, pooled, noDistillation, withoutPrivacy, federated] = [
    arm((result) => result.ensemble),
    arm((result) => result.pooled),
    arm((result) => result.noDistillation),
    arm((result) => result.withoutPrivacy),
    arm((result) => result.federated),
  ]
  const selection = selectionOver(results.map((result) => result.selection ?? []))
  const trials = results.flatMap((result) => result.trials ?? [])
  const undecided = meanOf(results.map((result) => result.undecided ?? null))
  const bySite = perSite(
    results.map((result) => result.bySite ?? []),
    head.classes,
  )
  const worstSite = bestFirst(head.task, bySite).at(-1)
  return {
    version: 1,
    seeds: results.map(({ seed }) => seed),
    ...head,
    arms: {
      student: summarise(
        results.map(({ student }) => student),
        head.classes,
      ),
      ...(ensemble && { ensemble }),
      ...(pooled && { pooled }),
      ...(noDistillation && { noDistillation }),
      ...(withoutPrivacy && { withoutPrivacy }),
      teachers: perSite(
        results.map(({ teachers }) => teachers),
        head.classes,
      ),
    },
    ...(selection.length > 0 && { selection }),
    ...(trials.length > 0 && { trials }),
    ...(federated && { federated }),
    ...(bySite.length > 0 && { bySite }),
    ...(worstSite && { worstSite }),
    ...(undecided !== null && { undecided }),
    bytes: meanByKey(results.map(({ bytes }) => bytes)),
    seconds: meanByKey(results.map(({ seconds }) => seconds)),
  }
}

/** Reports of one seed each, over the same task, as one report. */
export function mergeReports(reports: readonly [Report, ...Report[]]): Report {
  const { task, rule, loss, heads, temperature, alpha, student, classes, privacy } = reports[0]
  const chosen = reports.flatMap(({ trials = [] }) => trials.filter((trial) => trial.chosen))
  const differ = new Set(chosen.map(({ settings }) => settingsText(settings))).size > 1
  const notes = [
    ...(reports[0].notes ?? []),
    ...(differ ? ['Seeds chose different settings; named here are those of the first.'] : []),
  ]
  const [first, ...rest] = reports.map(seedResultOf)
  const head = {
    task,
    rule,
    loss,
    ...(heads && { heads }),
    temperature,
    alpha,
    ...(notes.length > 0 && { notes }),
    student,
    classes,
    privacy,
  }
  return first ? assembleReport(head, [first, ...rest]) : reports[0]
}

/** What `assembleReport` made of a single seed, taken apart again. */
function seedResultOf({
  seeds,
  arms,
  selection,
  trials,
  federated,
  bySite = [],
  undecided,
  bytes,
  seconds,
}: Report): SeedResult {
  const { student, ensemble, pooled, noDistillation, withoutPrivacy, teachers } = arms
  const each = (sites: NonNullable<Report['bySite']>): SiteMeasured[] =>
    sites.map(({ site, metrics, teacher, fitted }) => ({
      site,
      metrics: measuredOf(metrics),
      ...(teacher && { teacher: measuredOf(teacher) }),
      ...(fitted && { fitted: measuredOf(fitted) }),
    }))
  return {
    seed: seeds[0] ?? 0,
    student: measuredOf(student),
    ...(ensemble && { ensemble: measuredOf(ensemble) }),
    ...(pooled && { pooled: measuredOf(pooled) }),
    ...(noDistillation && { noDistillation: measuredOf(noDistillation) }),
    ...(withoutPrivacy && { withoutPrivacy: measuredOf(withoutPrivacy) }),
    teachers: each(teachers),
    ...(selection && {
      selection: selection.map(({ rule, accuracy, nll, calibratedNll, by, chosen }) => ({
        rule,
        accuracy: accuracy.mean,
        nll: nll.mean,
        ...(calibratedNll && { calibratedNll: calibratedNll.mean }),
        ...(by && { by }),
        chosen: chosen > 0,
      })),
    }),
    ...(trials && { trials }),
    ...(federated && { federated: measuredOf(federated) }),
    bySite: each(bySite),
    ...(undecided !== undefined && { undecided }),
    bytes,
    seconds,
  }
}

function measuredOf(metrics: MetricsReport): Measured {
  const { perClass, reliability, heads, ...figures } = metrics
  const values = Object.entries(figures).map(([name, figure]) => [name, figure?.values[0] ?? null])
  return {
    rows: perClass.reduce((sum, { support }) => sum + support, 0),
    ...(Object.fromEntries(values) as Partial<Record<MetricName, number | null>>),
    perClass,
    ...(reliability && { reliability }),
    ...(heads && { heads: heads.map((head) => ({ ...head, metrics: measuredOf(head.metrics) })) }),
  }
}

function selectionOver(seeds: readonly (readonly SelectedRule[])[]): NonNullable<Report['selection']> {
  return (seeds[0] ?? []).map(({ rule }) => {
    const scores = seeds.flat().filter((score) => score.rule === rule)
    return {
      rule,
      accuracy: figure(scores.map(({ accuracy }) => accuracy)),
      nll: figure(scores.map(({ nll }) => nll)),
      ...(scores.some(({ calibratedNll }) => calibratedNll !== undefined) && {
        calibratedNll: figure(scores.map(({ calibratedNll }) => calibratedNll ?? null)),
      }),
      ...(scores[0]?.by && { by: scores[0].by }),
      chosen: scores.filter(({ chosen }) => chosen).length,
    }
  })
}

function perSite(seeds: readonly (readonly SiteMeasured[])[], classes: readonly string[]) {
  const sites = [...new Set(seeds.flat().map(({ site }) => site))]
  return sites.map((site) => {
    const measured = seeds.flat().filter((entry) => entry.site === site)
    const teachers = measured.flatMap(({ teacher }) => teacher ?? [])
    const fits = measured.flatMap(({ fitted }) => fitted ?? [])
    return {
      site,
      metrics: summarise(
        measured.map(({ metrics }) => metrics),
        classes,
      ),
      ...(teachers.length > 0 && { teacher: summarise(teachers, classes) }),
      ...(fits.length > 0 && { fitted: summarise(fits, classes) }),
    }
  })
}

function meanByKey<K extends string>(records: readonly Readonly<Record<K, number>>[]): Record<K, number> {
  const keys = Object.keys(records[0] ?? {}) as K[]
  return Object.fromEntries(
    keys.map((key) => [key, meanOf(records.map((record) => record[key])) ?? 0]),
  ) as Record<K, number>
}
