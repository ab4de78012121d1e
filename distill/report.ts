/**
 * The report: one JSON schema for `simulate`, the demo and a coordinator's run (DESIGN.md section 6).
 *
 * Every figure is a mean over seeds with a 95 % bootstrap interval and the values themselves, so that a
 * reader can test differently. Which arms exist depends on who reports: a coordinator measures its student
 * and, when asked about the hold-out, the ensemble; lone teachers and pooled data exist in simulations only.
 */
import { z } from 'zod'
import { tasks } from '#engine/data/schema.ts'
import { seededRandom } from '#engine/random.ts'
import { fidelityNames, leadingMetric, metricNames, type Measured, type MetricName } from './measured.ts'
import type { ReliabilityBin } from './metrics.ts'
import { meanOf } from './metrics.ts'

const figureSchema = z.strictObject({
  /** Null when no seed could give the figure. */
  mean: z.number().nullable(),
  ci95: z.tuple([z.number(), z.number()]).nullable(),
  /** One per seed. */
  values: z.array(z.number().nullable()),
})

const amount = z.number().min(0)

const metricsSchema = z.strictObject({
  /** Those of the report's task. */
  ...mapNames([...metricNames, ...fidelityNames], () => figureSchema.optional()),
  /** Means over seeds; empty where nothing is classified. */
  perClass: z.array(
    z.strictObject({
      class: z.string(),
      support: z.number(),
      precision: z.number().nullable(),
      recall: z.number().nullable(),
      f1: z.number().nullable(),
    }),
  ),
  /** Sums over seeds: rows by the probability of their top class, in equal parts of [0, 1] from the lowest. */
  reliability: z.array(z.strictObject({ rows: amount, confidence: amount, correct: amount })).optional(),
})

const siteMetricsSchema = z.strictObject({ site: z.string(), metrics: metricsSchema })
/** The student at one site, beside the teacher of that site, on the site's own held-out rows. */
const atSiteSchema = z.strictObject({ ...siteMetricsSchema.shape, teacher: metricsSchema.optional() })

export const reportSchema = z.strictObject({
  version: z.literal(1),
  task: z.enum(tasks),
  seeds: z.array(z.number().int()),
  rule: z.string(),
  loss: z.string(),
  temperature: z.number(),
  alpha: z.number(),
  /** What became of wishes that could not be met, a sentence each. */
  notes: z.array(z.string()).optional(),
  /** Networks in short form ("mlp:64"). */
  student: z.string(),
  classes: z.array(z.string()),
  arms: z.strictObject({
    student: metricsSchema,
    ensemble: metricsSchema.optional(),
    /** One model of all sites' rows together: the ceiling that a federation may not reach for. */
    pooled: metricsSchema.optional(),
    /** A student of the same shape on the public labels alone. */
    noDistillation: metricsSchema.optional(),
    /** The student of the same federation without differential privacy, its answers masked only. */
    withoutPrivacy: metricsSchema.optional(),
    teachers: z.array(siteMetricsSchema),
  }),
  /** How each candidate rule taught, where the rule was chosen by that: brief students on public labels. */
  selection: z
    .array(
      z.strictObject({
        rule: z.string(),
        accuracy: figureSchema,
        nll: figureSchema,
        /** With the temperature that makes the students as sure as they are right: what rules are told apart by. */
        calibratedNll: figureSchema.optional(),
        /** Seeds in which it was chosen. */
        chosen: z.number().int().min(0),
      }),
    )
    .optional(),
  /** The student on the sites' own validation rows, from one sum of counts. */
  federated: metricsSchema.optional(),
  /** What the federation is worth to each site. */
  bySite: z.array(atSiteSchema).optional(),
  /** The site whose own held-out rows the student predicts worst, by mean accuracy or RMSE. */
  worstSite: atSiteSchema.optional(),
  /** Transfer items that taught nothing, because no class led by the run's margin; absent where none was set. */
  undecided: amount.optional(),
  bytes: z.strictObject({
    upPerSite: amount,
    downPerSite: amount,
    /** What a site would have sent to average weights of the same student for `fedAvgRounds` rounds. */
    fedAvgUpPerSite: amount,
    fedAvgRounds: amount,
  }),
  privacy: z.strictObject({
    mode: z.enum(['plain', 'masked', 'dpsgd', 'pate']),
    /** Whose whole contribution epsilon is about. */
    unit: z.enum(['none', 'record', 'patient', 'site']),
    epsilon: z.number().nullable(),
    delta: z.number().nullable(),
    note: z.string(),
  }),
  seconds: z.strictObject({
    teachers: amount,
    answers: amount,
    distil: amount,
    evaluate: amount,
    total: amount,
  }),
})

export type Report = z.infer<typeof reportSchema>

/** What `simulate --json` printed: a report, or one for each rule compared. Throws as JSON and zod do. */
export function parseReports(text: string): Report[] {
  return z
    .array(reportSchema)
    .min(1)
    .parse([JSON.parse(text)].flat())
}
export type MetricsReport = z.infer<typeof metricsSchema>
export type Figure = z.infer<typeof figureSchema>
interface SiteMeasured {
  readonly site: string
  readonly metrics: Measured
  readonly teacher?: Measured
}

interface SelectedRule {
  readonly rule: string
  readonly accuracy: number | null
  readonly nll: number | null
  readonly calibratedNll?: number | null
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
  readonly federated?: Measured
  /** The student, and the site's own teacher, on each site's own held-out rows. */
  readonly bySite?: readonly SiteMeasured[]
  readonly undecided?: number
  readonly bytes: Report['bytes']
  readonly seconds: Report['seconds']
}

export type ReportHead = Pick<
  Report,
  'task' | 'rule' | 'loss' | 'temperature' | 'alpha' | 'notes' | 'student' | 'classes' | 'privacy'
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
  const { task, rule, loss, temperature, alpha, notes, student, classes, privacy } = reports[0]
  const [first, ...rest] = reports.map(seedResultOf)
  const head = { task, rule, loss, temperature, alpha, ...(notes && { notes }), student, classes, privacy }
  return first ? assembleReport(head, [first, ...rest]) : reports[0]
}

/** What `assembleReport` made of a single seed, taken apart again. */
function seedResultOf({
  seeds,
  arms,
  selection,
  federated,
  bySite = [],
  undecided,
  bytes,
  seconds,
}: Report): SeedResult {
  const { student, ensemble, pooled, noDistillation, withoutPrivacy, teachers } = arms
  const each = (sites: NonNullable<Report['bySite']>): SiteMeasured[] =>
    sites.map(({ site, metrics, teacher }) => ({
      site,
      metrics: measuredOf(metrics),
      ...(teacher && { teacher: measuredOf(teacher) }),
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
      selection: selection.map(({ rule, accuracy, nll, calibratedNll, chosen }) => ({
        rule,
        accuracy: accuracy.mean,
        nll: nll.mean,
        ...(calibratedNll && { calibratedNll: calibratedNll.mean }),
        chosen: chosen > 0,
      })),
    }),
    ...(federated && { federated: measuredOf(federated) }),
    bySite: each(bySite),
    ...(undecided !== undefined && { undecided }),
    bytes,
    seconds,
  }
}

function measuredOf(metrics: MetricsReport): Measured {
  const { perClass, reliability, ...figures } = metrics
  const values = Object.entries(figures).map(([name, figure]) => [name, figure?.values[0] ?? null])
  return {
    rows: perClass.reduce((sum, { support }) => sum + support, 0),
    ...(Object.fromEntries(values) as Partial<Record<MetricName, number | null>>),
    perClass,
    ...(reliability && { reliability }),
  }
}

/** Entries of sites, from the best mean of the leading metric to the worst; unknown ones count as worst. */
export function bestFirst<T extends { readonly metrics: MetricsReport }>(
  task: Report['task'],
  sites: readonly T[],
): T[] {
  const { name, better } = leadingMetric[task]
  const sign = better === 'higher' ? 1 : -1
  const score = ({ metrics }: T): number => sign * (metrics[name]?.mean ?? -sign * Infinity)
  return sites.toSorted((a, b) => score(b) - score(a) || 0)
}

/** The measurements of one arm, over seeds. */
export function summarise(measured: readonly Measured[], classes: readonly string[]): MetricsReport {
  const present = [...metricNames, ...fidelityNames].filter((name) =>
    measured.some((metrics) => metrics[name] !== undefined),
  )
  const reliability = measured.flatMap((metrics) => (metrics.reliability ? [metrics.reliability] : []))
  return {
    ...mapNames(present, (name) => figure(measured.map((metrics) => metrics[name] ?? null))),
    perClass: classes.map((name, index) => {
      const mean = (key: 'support' | 'precision' | 'recall' | 'f1') =>
        meanOf(measured.map(({ perClass }) => perClass?.[index]?.[key] ?? null))
      return {
        class: name,
        support: mean('support') ?? 0,
        precision: mean('precision'),
        recall: mean('recall'),
        f1: mean('f1'),
      }
    }),
    ...(reliability.length > 0 && { reliability: addedBins(reliability) }),
  }
}

function addedBins(seeds: readonly (readonly ReliabilityBin[])[]): ReliabilityBin[] {
  const bins = Math.max(...seeds.map(({ length }) => length))
  const total = (bin: number, key: 'rows' | 'confidence' | 'correct') =>
    seeds.reduce((sum, seed) => sum + (seed[bin]?.[key] ?? 0), 0)
  return Array.from({ length: bins }, (_, bin) => ({
    rows: total(bin, 'rows'),
    confidence: total(bin, 'confidence'),
    correct: total(bin, 'correct'),
  }))
}

const RESAMPLES = 2000

/**
 * Mean and 95 % percentile bootstrap interval of the mean (Efron 1979): 2,000 resamples from a fixed seed, so
 * that equal values give an equal report. One value is its own interval.
 */
export function figure(values: readonly (number | null)[]): Figure {
  const known = values.filter((value) => value !== null)
  const mean = meanOf(known)
  if (mean === null) return { mean, ci95: null, values: [...values] }
  const random = seededRandom('bootstrap')
  const means = Float64Array.from({ length: RESAMPLES }, () => {
    let sum = 0
    for (let i = 0; i < known.length; i++) sum += known[random.integer(known.length)] ?? 0
    return sum / known.length
  }).sort()
  const quantile = (q: number) => means[Math.round(q * (RESAMPLES - 1))] ?? mean
  return { mean, ci95: [quantile(0.025), quantile(0.975)], values: [...values] }
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
      chosen: scores.filter(({ chosen }) => chosen).length,
    }
  })
}

function perSite(seeds: readonly (readonly SiteMeasured[])[], classes: readonly string[]) {
  const sites = [...new Set(seeds.flat().map(({ site }) => site))]
  return sites.map((site) => {
    const measured = seeds.flat().filter((entry) => entry.site === site)
    const teachers = measured.flatMap(({ teacher }) => teacher ?? [])
    return {
      site,
      metrics: summarise(
        measured.map(({ metrics }) => metrics),
        classes,
      ),
      ...(teachers.length > 0 && { teacher: summarise(teachers, classes) }),
    }
  })
}

function meanByKey<K extends string>(records: readonly Readonly<Record<K, number>>[]): Record<K, number> {
  const keys = Object.keys(records[0] ?? {}) as K[]
  return Object.fromEntries(
    keys.map((key) => [key, meanOf(records.map((record) => record[key])) ?? 0]),
  ) as Record<K, number>
}

function mapNames<K extends string, V>(names: readonly K[], of: (name: K) => V): Record<K, V> {
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<K, V>
}
