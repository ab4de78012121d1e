/**
 * docs/ref-config.md, from the schemas that read the files: names, ranges and defaults cannot drift from the
 * code, and a field without a meaning here, or a meaning without a field, stops the generator.
 */
import { z } from 'zod'
import { pathForms, temperatureForms } from '#distill/schedules.ts'
import { siteConfigSchema } from '#client/config.ts'
import { federationConfigSchema } from '#coordinator/config.ts'
import { kinds } from '#engine/spec.ts'

interface JsonSchema {
  readonly type?: string
  readonly description?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  /** Of a record, whose names are free. */
  readonly additionalProperties?: JsonSchema | boolean
  readonly items?: JsonSchema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly maxLength?: number
  readonly format?: string
}

const federationMeanings: Readonly<Record<string, string>> = {
  name: 'The name of the federation, as sites and the dashboard show it.',
  schema: 'The shared feature schema, JSON or YAML; relative to this file, as every path here.',
  'transfer.path': 'The public samples that sites are asked about.',
  'transfer.format': 'How to read them.',
  'transfer.labels': 'Their labels, for IDX, which keeps them in a file of its own.',
  'holdout.path': 'Labelled public samples that measure the student and never train it; optional.',
  'holdout.format': 'How to read them.',
  'holdout.labels': 'Their labels, for IDX.',
  'run.rule':
    'How answers combine into the soft targets of the student (docs/explanation-rules.md); auto chooses among the candidates by how they teach.',
  'run.head.NAME.rule':
    'Of several targets, the one of this name: how answers about it combine. Default: the first that fits its kind, mean-probability, gaussian-mixture or mean-label-probability.',
  'run.head.NAME.loss':
    'Likewise: what pulls the student towards its soft targets. Default: kd, and bce for labels.',
  'run.head.NAME.weight': "Likewise: of its loss among the others'. Default: 1.",
  'run.candidates':
    'The rules that auto chooses among; sites are asked for what all of them need. Default: mean-probability, era, entropy-weighted, prior-corrected and density-ratio, of which differential privacy leaves the first two or three.',
  'run.validation':
    'The most labelled transfer rows that auto measures candidates on, and tune settings; half of them are held back at a time. With fewer than 20 the sites measure candidates instead, once. Default: 2000.',
  'run.tune':
    'How many settings are tried on the revealed sums before the student is taught by the best of them (docs/explanation-rules.md); the first are those of the plan. Default: none.',
  'run.ask':
    'Ask about so many items of the transfer set instead of all: in the first round items spread evenly over it, in each later one those that the student is least sure of. Under pate fewer items carry less noise each.',
  'run.margin':
    'An item teaches the student only if its likeliest class leads the second by this much, in [0, 1], in what the teachers say together. Default: every item does.',
  'run.loss':
    'What pulls the student towards the soft targets; docs/ref-losses.md says what each is. Default: kd.',
  'run.relation':
    'Also taught: how items lie to each other in what teachers see of them, by this loss (docs/explanation-relations.md). Sites are asked for 31.5 numbers an item more. Default: not asked for.',
  'run.relationWeight': "Of that, beside the loss, whose weight is 1. Default: the relation's own.",
  'run.relationDepths':
    'At how many depths: 1, the last hidden layer, or 3, also a third and two thirds of the way to it, with 31.5 numbers an item for each. Default: 1.',
  'run.hint':
    'The weight of a hint, also taught: where items lie in what teachers see of them, as a regressor on the last hidden layer of the student says it (docs/explanation-relations.md). Sites are asked for 64 numbers an item more. Default: not asked for.',
  'run.attention':
    'The weight of attention, also taught: where convolutional teachers look in images, to a student that convolves them too (docs/explanation-relations.md). Sites are asked for 49 numbers an item more. Default: not asked for.',
  'run.temperature':
    "Softens the predictions of teachers and student alike; 1 leaves them as they are. Default: the loss's own, 2 for kd, and 1 for pate and for votes.",
  'run.temperatureSchedule': `The temperature at which the student is compared, where that changes while it learns: ${temperatureForms}.`,
  'run.alpha':
    'Weight of the soft loss; the rest goes to the labels of the transfer set, where there are any. Default: 1, or what docs/ref-losses.md says of losses for numbers.',
  'run.alphaSchedule': `Alpha, where that changes while the student learns: ${pathForms}.`,
  'run.rounds': 'The transfer set is asked about in so many slices, and the student learns after each.',
  'run.digest':
    'Epochs that each teacher learns, between rounds, from what the sites said so far; without it they answer as they are.',
  'run.digestFrom':
    'What they learn from: what the sites said together, or what the student makes of the same items.',
  'run.generations':
    'Students in a row after the last round, each learning from the one before too; the best by public labels is kept, or the last.',
  'run.threshold':
    'Fewest answers that may be summed. Default: two thirds of the roster, rounded down, plus one.',
  'run.privacy':
    '"masked": the coordinator learns only the sum of the answers. "pate:EPSILON" adds noise to it, and "dpsgd:EPSILON" asks for teachers trained privately: both promise differential privacy. "plain" lets it read each one, and every site must allow that.',
  'run.delta': 'Of such a promise. Default: 1e-6. Sites want it to be at most one in ten of their rows.',
  'run.members': 'For pate: the sub-teachers that each site sums. Default: 50.',
  'run.groups':
    '"median": answers are summed in groups of four sites or more, and the student learns from the median across groups, which fewer lying groups than half cannot move. "median:SITES" makes larger groups. Takes masks and sites for three groups; the sum of each group is seen.',
  'run.scale': 'Fixed-point units to 1.0 in an answer. Default: 65536, and 1024 for pate.',
  'run.bits':
    'Of each value in an answer, at most, from 1 to 16: answers then have fewer bytes, and are rounded at random so that their mean is right (docs/explanation-bytes.md). Instead of a scale, and not under pate. Default: words of 32 bits.',
  'run.topK':
    'Of plain answers: so many probabilities of each row are kept, and the answer is compressed. Default: all, as they are.',
  'run.federatedEvaluation':
    'Whether sites also measure the student on rows of their own, and what auto chooses among where too few transfer rows have labels. Default: true, and false under differential privacy, which those counts do not have.',
  'run.askAgain':
    'Ask the sites even where the sum of an earlier run answers the question: for when teachers have been trained anew.',
  'run.seed': 'Decides everything random in a run.',
  'run.deadlineSeconds': 'How long a question stays open.',
  'run.student': `The student: linear, mlp:64,32 (hidden widths), for images cnn:16,32/64 (channels/hidden widths), or a network spec as JSON, of the kind ${kinds()}. Default: chosen by the size of the transfer set.`,
  'run.augment':
    'What each step of training does to its rows before the student sees them, a list of shift:PIXELS, crop:PADDING and flip for images, noise:SIGMA, mask:RATE and mixup:ALPHA, such as "shift:2,noise:0.1". Default: nothing.',
  'run.training.epochs':
    'Epochs of distillation in each round. Default: chosen by the size of the transfer set.',
  'run.training.batchSize': 'Rows in a step.',
  'run.training.learningRate': 'Of Adam.',
  'run.training.weightDecay': 'Decoupled from the gradient, as in AdamW.',
  'listen.host': 'The address to listen on; 0.0.0.0 for every interface.',
  'listen.port': 'The port for sites, operator and dashboard; 0 takes any free one.',
  'listen.nats': 'Serve sites over this NATS broker too.',
  'listen.public': 'The addresses that invites carry, when sites reach this machine under another name.',
}

const siteMeanings: Readonly<Record<string, string>> = {
  'data.path': "The site's own rows; relative to this file. They are read here, and nothing of them is sent.",
  'data.format': 'How to read them.',
  'data.labels': 'Their labels, for IDX.',
  'data.columns': 'Names of the columns, for a CSV file whose first line does not name them.',
  target: 'The column to predict, where the file names it otherwise than the schema.',
  validation: 'The fraction of rows that never train the teacher, and measure the student.',
  'teacher.kind':
    'Trained here (mlp, or network for one of any kind), or so that differential privacy is possible (pate, dpsgd), or a model file (onnx, keras).',
  'teacher.hidden':
    'For mlp: widths of the hidden layers; none is logistic regression. Default: by the size of the data.',
  'teacher.network': `For network: as run.student of the federation, such as cnn:16,32/64.`,
  'teacher.augment':
    'What each step of training does to its rows, a list as run.augment of the federation. For pate and dpsgd: nothing.',
  'teacher.epochs': 'Of training, at most. Default: by the size of the data.',
  'teacher.batchSize': 'Rows in a step. Default: by the size of the data.',
  'teacher.learningRate': 'Of Adam. Default: 0.01, and 0.001 for a model file.',
  'teacher.weightDecay': 'As in AdamW. Default: by the size of the data, and 0 for a model file.',
  'teacher.path':
    'For onnx: a model with one float input [rows, features] and logits or probabilities as output. For keras: the model.json of a TensorFlow.js layers model, its weights beside it.',
  'teacher.train':
    "For a model file: whether it goes on learning from the site's rows; else it answers as it is.",
  'teacher.members': 'For pate: sub-teachers; as many as the runs of the federation count on.',
  'teacher.features':
    'For pate: what sub-teachers see of images of 16 x 16 and more: which way edges run and where (edges), from which few rows teach more, or the pixels (given). Other rows they see as given.',
  'teacher.balance':
    'For pate: whether sub-teachers learn from each class of their rows as often. A rare class is then heard through the noise, and thought more frequent than it is.',
  'teacher.rows':
    'For pate: rows that each sub-teacher learns from in an epoch. A part with fewer repeats them, one with more leaves the last out.',
  'teacher.epsilon': 'For dpsgd: what the training may cost each unit, and with it all answers.',
  'teacher.delta': 'For dpsgd: at most one in ten of the rows.',
  'teacher.clipNorm': 'For dpsgd: the most that one unit moves a step.',
  'teacher.samplingRate': "For dpsgd: the probability with which each unit is in a step's batch.",
  'teacher.steps': 'For dpsgd: steps of training.',
  'policy.minimumSites': "Fewest sites in a question's roster: an answer hides among them.",
  'policy.minimumThreshold': 'Fewest answers that the coordinator may sum.',
  'policy.shares': 'Kinds of share this site contributes.',
  'policy.purposes': 'What this site takes part in.',
  'policy.privacyModes':
    '"masked": only the sum of the answers is seen. "dpsgd" and "pate": the same, with differential privacy. "plain", which a site must name to allow: the coordinator could read each answer.',
  'policy.maximumEpsilonPerRun':
    "Most that all answers of one run with differential privacy may cost each unit, by this site's own accountant.",
  'policy.maximumDigestEpochs':
    'Most epochs that the teacher may learn, for one question, from what the sites have said together.',
  'policy.maximumQuestionsPerRun': 'In one run.',
  'policy.budget.epsilon': 'Most that all answers under noise about one dataset may cost together.',
  'policy.budget.delta':
    'The probability with which that bound may fail; well below one over the number of people.',
  'policy.budget.unit':
    'Whose whole contribution the bound protects: a record, a patient, or the site. Without a budget the site gives no answers under noise.',
  'policy.approval':
    '"manual": a question waits until somebody at the site has looked at it (collegium client preview) and approved it (collegium client answer).',
  'policy.maximumQuestionsPerDay': 'In any 24 hours.',
  seed: "Decides the split of the rows and the teacher's first weights.",
}

/** docs/ref-config.md. Throws when fields and meanings do not match. */
export function configPage(): string {
  return `# Configuration

<!-- Generated from client/config.ts and coordinator/config.ts by \`npm run generate\`; do not edit. -->

Both files are YAML. A field that is not listed here is refused, and an error names the field and what was found in it.

## federation.yaml

In the coordinator's folder; \`collegium coordinator init\` writes it, and the operator may edit it. Fields
under \`run\` are defaults that \`collegium run start\` can override.

${table(federationConfigSchema, federationMeanings, 'federation.yaml')}

## site.yaml

In the site's folder; \`collegium client join\` leaves one to fill in. The coordinator can neither see nor
override it.

${table(siteConfigSchema, siteMeanings, 'site.yaml')}
`
}

function table(schema: z.ZodType, meanings: Readonly<Record<string, string>>, file: string): string {
  const fields = fieldsOf(z.toJSONSchema(schema, { io: 'input' }) as JsonSchema, '', true)
  const unknown = Object.keys(meanings).filter((path) => !fields.some((field) => field.path === path))
  const missing = fields.filter(({ path }) => meanings[path] === undefined).map(({ path }) => path)
  const wrong = [
    ...missing.map((path) => `${path} has no meaning`),
    ...unknown.map((path) => `${path} is no field`),
  ]
  if (wrong.length > 0) throw new Error(`scripts/config-reference.ts, ${file}: ${wrong.join('; ')}`)
  const rows = fields.map(({ path, values, fallback }) =>
    [`\`${path}\``, values, fallback, meanings[path]].join(' | '),
  )
  return [
    '| field | values | default | meaning |',
    '| --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n')
}

interface Field {
  readonly path: string
  readonly values: string
  readonly fallback: string
}

/** The leaves of an object schema. Variants of a discriminated union contribute each field once. */
function fieldsOf(schema: JsonSchema, prefix: string, required: boolean): Field[] {
  const { additionalProperties: each } = schema
  if (typeof each === 'object') return fieldsOf(each, `${prefix}.NAME`, false)
  const variants = schema.oneOf ?? schema.anyOf ?? [schema]
  if (variants.some(({ properties }) => properties)) {
    const fields = variants.flatMap(({ properties = {}, required: needed = [] }) =>
      Object.entries(properties).flatMap(([name, inner]) =>
        fieldsOf(
          inner,
          prefix ? `${prefix}.${name}` : name,
          required && variants.length === 1 && needed.includes(name),
        ),
      ),
    )
    const paths = [...new Set(fields.map(({ path }) => path))]
    return paths.map((path) =>
      merge(
        fields.filter((field) => field.path === path),
        schema.default,
      ),
    )
  }
  const fallback = schema.default === undefined ? (required ? 'required' : '–') : code(schema.default)
  return [{ path: prefix, values: valuesOf(schema), fallback }]
}

/** One row for a field that several variants have: the values of all. */
function merge(same: readonly Field[], whole: unknown): Field {
  const [first] = same
  if (!first) throw new TypeError('internal: an empty group')
  const name = first.path.slice(first.path.lastIndexOf('.') + 1)
  const inWhole =
    typeof whole === 'object' && whole !== null ? (whole as Record<string, unknown>)[name] : undefined
  const values = [...new Set(same.map((field) => field.values))].join(', ')
  return { ...first, values, fallback: inWhole === undefined ? first.fallback : code(inWhole) }
}

function valuesOf(schema: JsonSchema): string {
  if (schema.const !== undefined) return code(schema.const)
  if (schema.enum) return schema.enum.map(code).join(', ')
  if (schema.items) return `list of ${valuesOf(schema.items)}`
  if (schema.format === 'uri') return 'address (URL)'
  if (schema.type === 'string') return 'text'
  if (schema.type === 'boolean') return '`true`, `false`'
  const whole = schema.type === 'integer'
  const low = whole && schema.exclusiveMinimum === 0 ? 1 : (schema.exclusiveMinimum ?? schema.minimum)
  const high = schema.exclusiveMaximum ?? schema.maximum
  const noun = whole ? 'whole number' : 'number'
  const over =
    low === undefined ? '' : whole || schema.exclusiveMinimum === undefined ? ` from ${low}` : ` over ${low}`
  return `${noun}${over}${high === undefined || high >= Number.MAX_SAFE_INTEGER ? '' : ` to ${high}`}`
}

function code(value: unknown): string {
  return Array.isArray(value) ? value.map(code).join(', ') || 'none' : `\`${String(value)}\``
}
