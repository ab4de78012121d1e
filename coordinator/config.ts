/**
 * The coordinator's configuration, in two steps: `federation.yaml` as written, then a frozen, typed tree
 * with every default filled in. `collegium coordinator init` writes the file; an operator may edit it.
 */
import { z } from 'zod'
import { relationLossNames } from '#distill/losses/relations.ts'
import { ruleNames } from '#distill/rules.ts'
import {
  pathForms,
  readAlphaSchedule,
  readTemperatureSchedule,
  temperatureForms,
} from '#distill/schedules.ts'
import {
  digestPlanSchema,
  headPlanSchema,
  runPlanSchema,
  selectionPlanSchema,
  trainingPlanSchema,
  tuningPlanSchema,
} from '#federation/plan.ts'
import { CollegiumError } from '#proto/errors.ts'
import { parse as parseYaml, YAMLParseError } from 'yaml'

const dataPathSchema = z.strictObject({
  /** Relative to the federation.yaml. */
  path: z.string().min(1),
  format: z.enum(['csv', 'idx']).default('csv'),
  /** The file of labels, for IDX. */
  labels: z.string().min(1).optional(),
})

const privacyPattern = /^(masked|plain|(dpsgd|pate):\d+(\.\d+)?)$/

/** By the name of a target: what of its teaching is to be unlike usual. */
export const headWishesSchema = z.record(
  z.string(),
  headPlanSchema.pick({ rule: true, loss: true, weight: true }).partial(),
)
export type HeadWishes = z.infer<typeof headWishesSchema>

/** What an operator may wish for a run; nothing here has a default, so that an absent wish stays absent. */
export const runOverridesSchema = z.strictObject({
  rule: z.enum([...ruleNames, 'auto']).optional(),
  /** Where there are several targets: how each is taught, by its name. */
  head: headWishesSchema.optional(),
  /** The rules that "auto" chooses among. */
  candidates: selectionPlanSchema.shape.candidates.optional(),
  /** The most labelled transfer rows that "auto" measures them on, and that settings are tried on. */
  validation: selectionPlanSchema.shape.validation.optional(),
  /** Settings to try on the revealed sums before the student is taught by the best of them; absent: none. */
  tune: tuningPlanSchema.shape.trials.optional(),
  loss: runPlanSchema.shape.loss,
  /** Also taught: how items lie to each other in what teachers see of them, and with which weight. */
  relation: z.enum(relationLossNames).optional(),
  relationWeight: z.number().positive().max(1e9).optional(),
  /** At how many depths: in the last hidden layer, or also a third and two thirds of the way to it. */
  relationDepths: z.literal([1, 3]).optional(),
  hint: runPlanSchema.shape.hint,
  attention: runPlanSchema.shape.attention,
  ask: runPlanSchema.shape.ask,
  margin: runPlanSchema.shape.margin,
  temperature: runPlanSchema.shape.temperature.optional(),
  temperatureSchedule: z.string().refine(readTemperatureSchedule, `must be ${temperatureForms}`).optional(),
  alpha: runPlanSchema.shape.alpha.optional(),
  alphaSchedule: z.string().refine(readAlphaSchedule, `must be ${pathForms}, from 0 to 1`).optional(),
  rounds: runPlanSchema.shape.rounds.optional(),
  /** Epochs that each teacher learns, between rounds, from what the sites said so far; absent: none. */
  digest: digestPlanSchema.shape.epochs.optional(),
  /** Or from the student's own predictions for the same items. */
  digestFrom: digestPlanSchema.shape.from.optional(),
  /** Students in a row after the last round, each learning from the one before too. */
  generations: runPlanSchema.shape.generations,
  /** Absent: two thirds of the roster, rounded down, plus one (privacy notes, the active threshold). */
  threshold: runPlanSchema.shape.threshold.optional(),
  /**
   * "masked" unless told; "dpsgd:EPSILON" and "pate:EPSILON" promise differential privacy; "plain" lets the
   * coordinator read each answer. Sites must allow it.
   */
  privacy: z
    .string()
    .regex(privacyPattern, 'must be masked, plain, dpsgd:EPSILON or pate:EPSILON')
    .optional(),
  /** Of the promise; sites want at most one in ten of their rows. */
  delta: z.number().positive().max(0.01).optional(),
  /** Sub-teachers that each site sums, for "pate". */
  members: z.number().int().positive().max(10_000).optional(),
  /**
   * "median": sums by group and the median across them, which fewer lying groups than half cannot move. Groups have
   * four sites or more; with "median:SITES" as many as that.
   */
  groups: z
    .string()
    .regex(/^median(:\d+)?$/, 'must be median or median:SITES')
    .optional(),
  scale: runPlanSchema.shape.scale.optional(),
  bits: runPlanSchema.shape.bits,
  topK: runPlanSchema.shape.topK,
  federatedEvaluation: z.boolean().optional(),
  askAgain: z.boolean().optional(),
  seed: runPlanSchema.shape.seed.optional(),
  /** The operator's reason to release a student although the audit of its transfer rows speaks against it. */
  signOff: runPlanSchema.shape.signOff,
  deadlineSeconds: z
    .number()
    .positive()
    .max(30 * 24 * 3600)
    .optional(),
  /** A network: "linear", "mlp:64,32" or a spec as JSON. Absent: chosen by the size of the transfer set. */
  student: z.string().optional(),
  /** What training does to the transfer rows before the student sees them, such as "shift:2". */
  augment: z.string().optional(),
  training: trainingPlanSchema.omit({ augment: true }).partial().optional(),
})
export type RunOverrides = z.infer<typeof runOverridesSchema>

export const federationConfigSchema = z.strictObject({
  name: z.string().min(1).max(100),
  /** The shared feature schema, JSON or YAML. */
  schema: z.string().min(1),
  /** The shared, public samples the sites are asked about. */
  transfer: dataPathSchema,
  /** Labelled public samples that measure the student; optional. */
  holdout: dataPathSchema.optional(),
  /** The consortium's usual wishes; the operator's, when starting a run, come over them. */
  run: runOverridesSchema.omit({ signOff: true }).default({}),
  listen: z
    .strictObject({
      host: z.string().default('127.0.0.1'),
      port: z.number().int().min(0).max(65_535).default(7710),
      /** Also serve sites over this NATS broker. */
      nats: z.url().optional(),
      /** Addresses that invites carry, when sites reach this machine under another name. */
      public: z.array(z.url()).default([]),
    })
    .prefault({}),
})

export type FederationConfig = z.infer<typeof federationConfigSchema>

/** Rejects with `CONFIG_INVALID`, naming the line or the field. */
export function parseFederationConfig(text: string, file: string): FederationConfig {
  let raw: unknown
  try {
    raw = parseYaml(text)
  } catch (cause) {
    const at = cause instanceof YAMLParseError && cause.linePos ? ` line ${cause.linePos[0].line}` : ''
    throw new CollegiumError('CONFIG_INVALID', `${file}${at}: not valid YAML.`, { cause })
  }
  const parsed = federationConfigSchema.safeParse(raw)
  if (parsed.success) return Object.freeze(parsed.data)
  const issue = parsed.error.issues[0]
  throw new CollegiumError(
    'CONFIG_INVALID',
    `${file}: ${issue?.path.join('.') || 'the file'}: ${issue?.message}.`,
  )
}
