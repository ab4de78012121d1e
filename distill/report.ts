/**
 * The report: one JSON schema for `simulate`, the demo and a coordinator's run (DESIGN.md section 6).
 *
 * Every figure is a mean over seeds with a 95 % bootstrap interval and the values themselves, so that a
 * reader can test differently. Which arms exist depends on who reports: a coordinator measures its student
 * and, when asked about the hold-out, the ensemble; lone teachers and pooled data exist in simulations only.
 */
import { z } from 'zod'
import { tasks } from '#engine/data/target.ts'
import { evidence } from './evidence.ts'
import { fidelityNames, mapNames, metricNames } from './measured.ts'
import { labelFigures } from './metrics.ts'
import { trialSchema } from './trials.ts'

const figureSchema = z.strictObject({
  /** Null when no seed could give the figure. */
  mean: z.number().nullable(),
  ci95: z.tuple([z.number(), z.number()]).nullable(),
  /** One per seed. */
  values: z.array(z.number().nullable()),
})

const amount = z.number().min(0)

const figuresOfOne = {
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
      /** Of labels, which do not exclude each other. */
      ...mapNames(labelFigures, () => z.number().nullable().optional()),
    }),
  ),
  /** Sums over seeds: rows by the probability of their top class, in equal parts of [0, 1] from the lowest. */
  reliability: z.array(z.strictObject({ rows: amount, confidence: amount, correct: amount })).optional(),
} as const

const metricsSchema = z.strictObject({
  ...figuresOfOne,
  /** Of several targets: each by itself, with its classes or labels; `nll` is then the sum of theirs. */
  heads: z
    .array(
      z.strictObject({
        name: z.string(),
        task: z.enum(tasks).exclude(['multitask']),
        classes: z.array(z.string()),
        metrics: z.strictObject(figuresOfOne),
      }),
    )
    .optional(),
})

const siteMetricsSchema = z.strictObject({ site: z.string(), metrics: metricsSchema })
/** The student at one site, beside the teacher of that site, on the site's own held-out rows. */
const atSiteSchema = z.strictObject({
  ...siteMetricsSchema.shape,
  teacher: metricsSchema.optional(),
  /** The student fitted to the rows that taught that teacher (fit-to-site.ts). */
  fitted: metricsSchema.optional(),
})

export const reportSchema = z.strictObject({
  version: z.literal(1),
  task: z.enum(tasks),
  seeds: z.array(z.number().int()),
  rule: z.string(),
  loss: z.string(),
  /** Of several targets, in the schema's order: how each was taught. `rule` and `loss` then say the same in words. */
  heads: z
    .array(z.strictObject({ name: z.string(), rule: z.string(), loss: z.string(), weight: z.number() }))
    .optional(),
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
  /** How each candidate rule taught, where the rule was chosen by that: brief students on public labels, or on rows of the sites. */
  selection: z
    .array(
      z.strictObject({
        rule: z.string(),
        accuracy: figureSchema,
        nll: figureSchema,
        /** With the temperature that makes the students as sure as they are right: what rules are told apart by. */
        calibratedNll: figureSchema.optional(),
        /** Who measured them. */
        by: z.enum(evidence).optional(),
        /** Seeds in which it was chosen. */
        chosen: z.number().int().min(0),
      }),
    )
    .optional(),
  /** Settings that were tried on public labels, seed after seed, where the run searched for them. */
  trials: z.array(trialSchema).optional(),
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
