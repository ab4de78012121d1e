/**
 * A run's plan: everything that decides its outcome, fixed when it starts and written to the journal.
 * Two runs with equal plans, equal answers and equal thread counts release the same student, bit for bit.
 */
import { z } from 'zod'
import { augmentationsSchema } from '#distill/augment-text.ts'
import { ruleNames, type CombineRuleName } from '#distill/rules.ts'
import { networkSpecSchema } from '#distill/spec-text.ts'
import { hex32Schema, siteIdSchema } from './ids.ts'
import { groupTermsSchema, privacyPlanSchema } from './privacy-plan.ts'

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
  schemaHash: hex32Schema,
  /** "auto": one of the candidates, chosen by how it teaches (`selection`). */
  rule: z.enum([...ruleNames, 'auto']),
  selection: selectionPlanSchema.optional(),
  /** Softens teachers and student alike. */
  temperature: z.number().min(0.1).max(100),
  /** Share of the soft loss in (1 - alpha) CE + alpha T^2 KL. */
  alpha: z.number().min(0).max(1),
  privacy: privacyPlanSchema,
  /** Sums by group, and the median across groups; absent: one sum of all. */
  groups: groupTermsSchema.optional(),
  /** Fixed-point units per 1.0. */
  scale: positive.max(2 ** 24),
  student: networkSpecSchema,
  training: trainingPlanSchema,
  /** Whether the sites measure the finished student on rows of their own that never trained anything. */
  federatedEvaluation: z.boolean(),
  /** Asks the sites even for what an earlier sum answers; their teachers must have changed since, or they refuse. */
  askAgain: z.boolean().optional(),
  seed: z.number().int().min(0),
  /** Why the operator releases the student even if an audit finds a leak that no claim forbids. */
  signOff: z.string().min(1).max(500).optional(),
  /** How long each question stays open. */
  deadlineMs: positive.max(30 * 24 * 3600 * 1000),
})

/** The rules that the run may use. */
export const rulesOf = ({ rule, selection }: RunPlan): readonly CombineRuleName[] =>
  rule === 'auto' ? (selection?.candidates ?? []) : [rule]

export type RunPlan = z.infer<typeof runPlanSchema>
export type TrainingPlan = z.infer<typeof trainingPlanSchema>
export type DataFile = z.infer<typeof dataFileSchema>

/** The rows [first, first + count) of the transfer set that round `round` asks about; slices differ by at most one row. */
export function sliceOfRound(plan: RunPlan, round: number): { firstRow: number; rowCount: number } {
  const edge = (index: number) => Math.floor((index * plan.transfer.rows) / plan.rounds)
  return { firstRow: edge(round), rowCount: edge(round + 1) - edge(round) }
}
