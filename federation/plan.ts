/**
 * A run's plan: everything that decides its outcome, fixed when it starts and written to the journal.
 * Two runs with equal plans, equal answers and equal thread counts release the same student, bit for bit.
 */
import { z } from 'zod'
import { augmentationsSchema } from '#distill/augment-text.ts'
import { lossNames, type LossName } from '#distill/losses/registry.ts'
import { relationLossNames } from '#distill/losses/relations.ts'
import { depthsOf, relationKinds } from '#distill/relation-lesson.ts'
import {
  alphaScheduleSchema,
  HIGHEST_TEMPERATURE,
  LOWEST_TEMPERATURE,
  temperatureScheduleSchema,
} from '#distill/schedules.ts'
import { countsFor, kindsFor, ruleNames, type CombineRuleName } from '#distill/rules.ts'
import { joinHeads } from '#distill/shares.ts'
import { networkSpecSchema } from '#distill/spec-text.ts'
import { itemsOf, type Items } from '#proto/items.ts'
import { hex32Schema, siteIdSchema } from './ids.ts'
import { groupTermsSchema, privacyPlanSchema, promiseOf } from './privacy-plan.ts'
import { MOST_VALUE_BITS } from './word-width.ts'

const positive = z.number().int().positive()

export const trainingPlanSchema = z.strictObject({
  epochs: positive.max(100_000),
  batchSize: positive.max(65_536),
  learningRate: z.number().positive().max(1),
  weightDecay: z.number().min(0).max(10),
  /** What each step does to its inputs. */
  augment: augmentationsSchema.optional(),
})

/** A public dataset held as blobs: a file in one of the formats the data readers know, bytes untouched. */
export const dataFileSchema = z.strictObject({
  hash: hex32Schema,
  format: z.enum(['csv', 'idx']),
  rows: positive,
  /** The file of labels, for formats that keep them apart. */
  labelsHash: hex32Schema.optional(),
})

export const selectionPlanSchema = z.strictObject({
  /** Sites are asked for what all of them need. */
  candidates: z.array(z.enum(ruleNames)).min(1),
  /** The most labelled transfer rows that candidates are measured on. */
  validation: positive,
})

export const tuningPlanSchema = z.strictObject({
  /** Settings tried on the first round's sums; the first are the plan's own. */
  trials: positive.max(1000),
  /** The most labelled transfer rows that they are measured on. */
  validation: positive,
})

/** How one of several targets is taught. */
export const headPlanSchema = z.strictObject({
  /** As the schema calls it. */
  name: z.string().min(1).max(40),
  /** Of the student's, in the schema's order. */
  outputs: positive,
  rule: z.enum(ruleNames),
  loss: z.enum(lossNames),
  /** Of its soft loss; the rest goes to what is publicly known of this target. */
  alpha: z.number().min(0).max(1),
  /** Of its loss among the others'. */
  weight: z.number().positive().max(1e6),
})

export const digestSources = ['consensus', 'student'] as const
export type DigestSource = (typeof digestSources)[number]

export const digestPlanSchema = z.strictObject({
  /** Of each teacher, before each round but the first. */
  epochs: positive.max(1000),
  /** What they learn from: what the sites said together so far, or what the student made of it. */
  from: z.enum(digestSources),
})

export const runPlanSchema = z.strictObject({
  /** Sites asked, sorted; fixed for the whole run. */
  roster: z.array(siteIdSchema).min(1),
  /** Fewest answers that may be summed; with fewer at the deadline the run fails. */
  threshold: positive,
  /** The transfer set is asked about in `rounds` consecutive slices; the student learns after each. */
  rounds: positive.max(1000),
  transfer: dataFileSchema,
  /** Labelled rows that only measure the student; absent when the consortium has none. */
  holdout: dataFileSchema.optional(),
  /** Transfer items asked about in all, chosen round by round; absent: all of them, in order. */
  ask: positive.optional(),
  /** Teachers learn from each other between rounds; absent: they answer as they are. */
  digest: digestPlanSchema.optional(),
  /** Students in a row, each the teacher of the next beside the sites; absent: one. */
  generations: positive.max(20).optional(),
  schemaHash: hex32Schema,
  /** "auto": one of the candidates, chosen by how it teaches (`selection`). "by-target": each target has its own (`heads`). */
  rule: z.enum([...ruleNames, 'auto', 'by-target']),
  /** Of several targets, in the schema's order; absent for one. */
  heads: z.array(headPlanSchema).min(2).max(20).optional(),
  selection: selectionPlanSchema.optional(),
  /** A search for settings that teach better, among those that the sums leave free; absent: the plan's are used. */
  tuning: tuningPlanSchema.optional(),
  /** By how much an item's likeliest class must lead the second to teach the student; absent: every item does. */
  margin: z.number().min(0).max(1).optional(),
  /** What pulls the student towards the soft targets; "kd" where a plan names none. */
  loss: z.enum(lossNames).optional(),
  /** How items lie to each other in what teachers see of them, taught beside the loss; absent: not asked for. */
  relation: z
    .strictObject({
      loss: z.enum(relationLossNames),
      weight: z.number().positive().max(1e9),
      /** In the last hidden layer alone, or also a third and two thirds of the way to it; 1 where absent. */
      depths: z.literal([1, 3]).optional(),
    })
    .optional(),
  /** The weight of where items lie in what teachers see of them, taught beside the loss; absent: not asked for. */
  hint: z.number().positive().max(1e9).optional(),
  /** The weight of where teachers look in images, taught beside the loss; absent: not asked for. */
  attention: z.number().positive().max(1e9).optional(),
  /** Softens the teachers' answers and, unless a schedule says otherwise, the student alike. */
  temperature: z.number().min(LOWEST_TEMPERATURE).max(HIGHEST_TEMPERATURE),
  temperatureSchedule: temperatureScheduleSchema.optional(),
  /** Weight of the soft loss; the rest goes to labels, where there are any. */
  alpha: z.number().min(0).max(1),
  /** Instead of `alpha` throughout. */
  alphaSchedule: alphaScheduleSchema.optional(),
  privacy: privacyPlanSchema,
  /** Sums by group, and the median across groups; absent: one sum of all. */
  groups: groupTermsSchema.optional(),
  /** Fixed-point units per 1.0. */
  scale: positive.max(2 ** 24),
  /** Of each value that a site answers with, at most: its words are as narrow as their sum allows. Absent: 32-bit words. */
  bits: positive.max(MOST_VALUE_BITS).optional(),
  /** Of plain answers: values kept in each row of probabilities, compressed. Absent: all, as they are. */
  topK: positive.max(2 ** 16).optional(),
  student: networkSpecSchema,
  training: trainingPlanSchema,
  /** Whether the sites measure students, the finished one and candidates, on rows of their own that never trained anything. */
  federatedEvaluation: z.boolean(),
  /** Asks the sites even for what an earlier sum answers; their teachers must have changed since, or they refuse. */
  askAgain: z.boolean().optional(),
  seed: z.number().int().min(0),
  /** Why the operator releases the student even if an audit finds a leak that no claim forbids. */
  signOff: z.string().min(1).max(500).optional(),
  /** What became of wishes that could not be met, a sentence each. */
  notes: z.array(z.string().max(500)).max(20).optional(),
  /** How long each question stays open. */
  deadlineMs: positive.max(30 * 24 * 3600 * 1000),
})

/** The rules that the run may use. */
export function rulesOf({ rule, selection, heads = [] }: RunPlan): readonly CombineRuleName[] {
  if (rule === 'by-target') return heads.map((head) => head.rule)
  return rule === 'auto' ? (selection?.candidates ?? []) : [rule]
}

/** What the run asks teachers for, as the manifest writes it. */
export function teachingKind(plan: RunPlan): string {
  if (plan.heads) return joinHeads(plan.heads.map(({ rule }) => kindsFor([rule])))
  return kindsFor(rulesOf(plan), [
    ...(plan.relation ? depthsOf(plan.relation.depths).map((depth) => relationKinds[depth]) : []),
    ...(plan.hint === undefined ? [] : (['gram-landmarks'] as const)),
    ...(plan.attention === undefined ? [] : (['attention-maps'] as const)),
  ])
}

/** The counts that sites measure students with, likewise. */
export function measuringKind(plan: RunPlan): string {
  if (plan.heads) return joinHeads(plan.heads.map(({ rule }) => countsFor(rule)))
  const [rule] = rulesOf(plan)
  return rule ? countsFor(rule) : 'evaluation-counts'
}

/** The outputs of each head, where there are several. */
export const headWidths = ({ heads = [] }: Pick<RunPlan, 'heads'>): number[] =>
  heads.map(({ outputs }) => outputs)

/** Each head's rule and loss in words, where there are several. */
export const headsText = (plan: RunPlan, of: 'rule' | 'loss'): string | undefined =>
  plan.heads?.map((head) => `${head.name} ${head[of]}`).join(', ')

/** Whether the sites can say which rule teaches best. Their counts carry no noise, so no promise covers them. */
export const sitesMayMeasure = ({
  federatedEvaluation,
  privacy,
}: Pick<RunPlan, 'federatedEvaluation' | 'privacy'>): boolean =>
  federatedEvaluation && promiseOf(privacy) === undefined

export type RunPlan = z.infer<typeof runPlanSchema>
export type TrainingPlan = z.infer<typeof trainingPlanSchema>
export type DataFile = z.infer<typeof dataFileSchema>

export const lossOf = ({ loss = 'kd' }: Pick<RunPlan, 'loss'>): LossName => loss

/** The loss in words: what else is taught beside it, and with which weight. */
export const lossText = (plan: RunPlan): string =>
  [
    headsText(plan, 'loss') ?? lossOf(plan),
    ...(plan.relation ? [relationText(plan.relation)] : []),
    ...(plan.hint === undefined ? [] : [`${plan.hint} hint`]),
    ...(plan.attention === undefined ? [] : [`${plan.attention} attention`]),
  ].join(' + ')

const relationText = ({ weight, loss, depths = 1 }: NonNullable<RunPlan['relation']>): string =>
  `${weight} ${loss}${depths === 1 ? '' : ` at ${depths} depths`}`

/** Transfer items that the whole run asks about. */
export const itemsAsked = ({ ask, transfer }: Pick<RunPlan, 'ask' | 'transfer'>): number =>
  ask ?? transfer.rows

/** How many of them round `round` asks about; rounds differ by at most one item. */
export function itemCountOfRound(plan: Slices, round: number): number {
  return edge(plan, round + 1) - edge(plan, round)
}

/**
 * The items that round `round` asks about: the next slice, or, where the run asks about some items only, those that
 * were chosen after the round before. Nobody knows which are worth asking about before the first answers, so the
 * first are spread evenly.
 */
export function itemsOfRound(plan: RunPlan, round: number, chosen: Items | undefined): Items {
  const rowCount = itemCountOfRound(plan, round)
  if (plan.ask === undefined) return { firstRow: edge(plan, round), rowCount }
  if (chosen) return chosen
  const { rows } = plan.transfer
  return itemsOf(Array.from({ length: rowCount }, (_, i) => Math.floor((i * rows) / rowCount)))
}

/** What decides how a run cuts its items into rounds. */
type Slices = Pick<RunPlan, 'ask' | 'transfer' | 'rounds'>

const edge = (plan: Slices, round: number): number => Math.floor((round * itemsAsked(plan)) / plan.rounds)
