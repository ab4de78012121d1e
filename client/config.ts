/**
 * A site's configuration, in two steps: `site.yaml` as written, checked strictly, then a frozen, typed tree
 * with every default filled in and every path made absolute. An error names the line or the field and what
 * was found there.
 */
import path from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { policySchema } from '#federation/policy.ts'
import { CollegiumError } from '#proto/errors.ts'

const count = z.number().int().positive()

const dataSchema = z.strictObject({
  /** Relative to site.yaml. */
  path: z.string().min(1),
  format: z.enum(['csv', 'idx']).default('csv'),
  /** The file of labels; IDX keeps them apart. */
  labels: z.string().min(1).optional(),
  /** Names of the columns, for a CSV file whose first line does not name them. */
  columns: z.array(z.string().min(1)).min(1).optional(),
})

/** What is left out is chosen by the size of the data. */
const trainingFields = {
  epochs: count.max(100_000).optional(),
  batchSize: count.max(65_536).optional(),
  learningRate: z.number().positive().max(1).optional(),
  weightDecay: z.number().min(0).max(10).optional(),
  /** What each step does to its rows, such as "shift:2"; nothing unless told. */
  augment: z.string().min(1).max(200).optional(),
}

/** The built-in teacher: a multi-layer perceptron trained here. */
export const mlpTeacherSchema = z.strictObject({
  kind: z.literal('mlp'),
  /** Widths of the hidden layers; none is logistic regression. */
  hidden: z.array(count.max(65_536)).max(16).optional(),
  ...trainingFields,
})

/** The same with a network of any kind, such as a convolutional one for images. */
const networkTeacherSchema = z.strictObject({
  kind: z.literal('network'),
  /** "cnn:16,32/64", another short form, or a spec as JSON. */
  network: z.string().min(1),
  ...trainingFields,
})

/** Many small networks on parts of the rows, for questions with noise (mode "pate"). No default looks at the data. */
const pateTeacherSchema = z.strictObject({
  kind: z.literal('pate'),
  /** Sub-teachers; what the federation agreed on. */
  members: count.max(10_000).default(50),
  /** What they see of images: which way edges run, and where; or the values as given, as of all other rows. */
  features: z.enum(['edges', 'given']).default('edges'),
  /** Widths of the hidden layers of each. */
  hidden: z.array(count.max(65_536)).max(16).default([32]),
  /** Whether each learns from every class of its rows as often: a rare class is heard, but thought more frequent. */
  balance: z.boolean().default(false),
  /** Rows that each learns from in an epoch: fewer are repeated, more are left out. */
  rows: count.max(1_000_000).default(128),
  epochs: count.max(100_000).default(20),
  batchSize: count.max(65_536).default(32),
  learningRate: z.number().positive().max(1).default(0.01),
  weightDecay: z.number().min(0).max(10).default(1),
})

/** One network trained with differential privacy (mode "dpsgd"). */
const dpsgdTeacherSchema = z.strictObject({
  kind: z.literal('dpsgd'),
  /** What the training may cost each unit. */
  epsilon: z.number().positive().max(100),
  /** At most one in ten of the site's rows. */
  delta: z.number().positive().max(0.01).default(1e-6),
  /** Widths of the hidden layers; none, logistic regression, is what noise harms least. */
  hidden: z.array(count.max(65_536)).max(16).optional(),
  /** The most that one unit moves a step. */
  clipNorm: z.number().positive().max(1e6).default(1),
  /** The probability with which each unit is in a step's batch. */
  samplingRate: z.number().positive().max(1).default(0.05),
  steps: count.max(1_000_000).default(400),
  learningRate: z.number().positive().max(1).default(0.01),
})

const modelFile = {
  path: z.string().min(1),
  /** Whether the model goes on learning from the site's rows; else it answers as it is. */
  train: z.boolean().default(false),
  ...trainingFields,
}
/** Any model with one float input [rows, features] and an output of logits or probabilities. */
const onnxTeacherSchema = z.strictObject({ kind: z.literal('onnx'), ...modelFile })
/** The model.json of a TensorFlow.js layers model, its weights beside it. */
const kerasTeacherSchema = z.strictObject({ kind: z.literal('keras'), ...modelFile })

export const teacherSchema = z.discriminatedUnion('kind', [
  mlpTeacherSchema,
  networkTeacherSchema,
  pateTeacherSchema,
  dpsgdTeacherSchema,
  onnxTeacherSchema,
  kerasTeacherSchema,
])

export const siteConfigSchema = z.strictObject({
  data: dataSchema,
  /** The column to predict, where the file names it otherwise than the federation's schema. */
  target: z.string().min(1).optional(),
  /** The fraction of rows that never train the teacher and measure the federation's student. */
  validation: z.number().min(0).max(0.9).default(0.2),
  teacher: teacherSchema.default({ kind: 'mlp' }),
  policy: policySchema.prefault({}),
  /** Decides the split of the rows and the teacher's first weights. */
  seed: z.number().int().min(0).default(1),
})

export type SiteConfig = Readonly<z.infer<typeof siteConfigSchema>>
export type TeacherConfig = SiteConfig['teacher']
export type MlpTeacherConfig = z.infer<typeof mlpTeacherSchema>
export type NetworkTeacherConfig = z.infer<typeof networkTeacherSchema>
export type PateTeacherConfig = z.infer<typeof pateTeacherSchema>
export type DpsgdTeacherConfig = z.infer<typeof dpsgdTeacherSchema>
/** A teacher that comes from a file. */
export type ModelTeacherConfig = z.infer<typeof onnxTeacherSchema | typeof kerasTeacherSchema>
export type TrainingWishes = Pick<MlpTeacherConfig, keyof typeof trainingFields>

/**
 * Reads the text of a `site.yaml` that lies in `dir`; its paths come back absolute. Throws `CONFIG_INVALID`,
 * naming the line of bad YAML, or the field and what was found in it.
 */
export function parseSiteConfig(text: string, dir: string): SiteConfig {
  const raw = parseYaml(text)
  const parsed = siteConfigSchema.safeParse(raw)
  if (!parsed.success) throw new CollegiumError('CONFIG_INVALID', sentenceOf(parsed.error, raw))
  const { data, teacher, ...rest } = parsed.data
  const absolute = (file: string) => path.resolve(dir, file)
  if (data.format === 'idx' && data.labels === undefined)
    throw new CollegiumError('CONFIG_INVALID', 'site.yaml: data.labels: IDX data need a file of labels.')
  return deepFreeze({
    ...rest,
    data: {
      ...data,
      path: absolute(data.path),
      ...(data.labels === undefined ? {} : { labels: absolute(data.labels) }),
    },
    teacher: 'path' in teacher ? { ...teacher, path: absolute(teacher.path) } : teacher,
  })
}

function parseYaml(text: string): unknown {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [error] = document.errors
  if (error) {
    const { line, col } = lines.linePos(error.pos[0])
    throw new CollegiumError('CONFIG_INVALID', `site.yaml, line ${line}, column ${col}: ${error.message}.`)
  }
  return document.toJS({ maxAliasCount: 100 })
}

function sentenceOf(error: z.ZodError, raw: unknown): string {
  const [issue] = error.issues
  if (!issue) return 'site.yaml is not valid.'
  const field = issue.path.map(String).join('.') || 'the file'
  const found = issue.path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    raw,
  )
  const shown = found === undefined ? 'nothing' : JSON.stringify(found)
  return `site.yaml: ${field}: ${issue.message}; found ${shown.length > 80 ? `${shown.slice(0, 77)}...` : shown}.`
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(Object.freeze(value))) deepFreeze(inner)
  return value
}
