/** Network specs: the JSON that names a network's shape. */
import { z } from 'zod'
import { EngineError } from './errors.ts'
import { faultIn, layersSchema } from './layer-schema.ts'

const width = z.int().min(1).max(65_536)

/** Numbers of one row; where a spec says how they are arranged, the arrangement must hold as many. */
const inputs = z.int().min(1).max(1_000_000)
/** Logits of one row, one a class. */
const outputs = width
const hiddenActivation = z
  .enum(['relu', 'relu6', 'leakyRelu', 'gelu', 'silu', 'tanh', 'sigmoid'])
  .default('relu')
const rate = z.number().min(0).max(0.95).default(0)
const extent = z.int().min(1).max(4096)
/** Height, width and channels; a row lists the channels of a pixel, pixel after pixel. */
const image = z.tuple([extent, extent, extent])

const product = (extents: readonly number[]): number => extents.reduce((a, b) => a * b, 1)
const holds = { path: ['inputs'], error: 'the arrangement of a row must hold exactly this many numbers' }

const mlpSpecSchema = z.strictObject({
  kind: z.literal('mlp'),
  inputs,
  /** Widths of the hidden layers; none makes it softmax regression. */
  hidden: z.array(width).max(32),
  outputs,
  activation: hiddenActivation,
})

const cnnSpecSchema = z
  .strictObject({
    kind: z.literal('cnn'),
    inputs,
    image,
    /** Channels of each 3 x 3 convolution; a max pooling after each halves the image. */
    channels: z.array(extent).min(1).max(12),
    hidden: z.array(width).max(32).default([]),
    outputs,
    activation: hiddenActivation,
    /** Share of the last hidden values dropped in training. */
    dropout: rate,
  })
  .refine((spec) => spec.inputs === product(spec.image), holds)
  .refine(({ image: [h, w], channels }) => Math.min(h, w) >= 2 ** channels.length, {
    path: ['channels'],
    error: 'the image is too small to be halved so often',
  })

const resnetSpecSchema = z
  .strictObject({
    kind: z.literal('resnet'),
    inputs,
    image,
    /** 6n + 2: 8, 14, 20, 26, .. */
    depth: z
      .int()
      .min(8)
      .max(200)
      .refine((depth) => depth % 6 === 2, 'must be 6n + 2')
      .default(8),
    /** Channels of the first stage; the others have two and four times as many. */
    width: extent.default(16),
    outputs,
  })
  .refine((spec) => spec.inputs === product(spec.image), holds)

const mobilenetSpecSchema = z
  .strictObject({
    kind: z.literal('mobilenet'),
    inputs,
    image,
    widthMultiplier: z.number().min(0.05).max(4).default(1),
    /** Channels before the multiplier; the defaults are for images of about 32 x 32. */
    blocks: z
      .array(z.strictObject({ channels: extent, stride: z.int().min(1).max(2).default(1) }))
      .min(1)
      .max(32)
      .default([
        { channels: 64, stride: 1 },
        { channels: 128, stride: 2 },
        { channels: 128, stride: 1 },
        { channels: 256, stride: 2 },
        { channels: 256, stride: 1 },
        { channels: 512, stride: 2 },
        { channels: 512, stride: 1 },
      ]),
    outputs,
  })
  .refine((spec) => spec.inputs === product(spec.image), holds)

const tcnSpecSchema = z
  .strictObject({
    kind: z.literal('tcn'),
    inputs,
    /** A row lists the channels of a step, step after step. */
    steps: z.int().min(1).max(65_536),
    channels: extent,
    /** Channels of each residual block. */
    filters: z.array(extent).min(1).max(16),
    kernel: z.int().min(2).max(64).default(3),
    dropout: rate,
    outputs,
  })
  .refine((spec) => spec.inputs === spec.steps * spec.channels, holds)

const transformerSpecSchema = z
  .strictObject({
    kind: z.literal('transformer'),
    inputs,
    tokens: z.int().min(1).max(4096),
    /** When given, a row is `tokens` whole numbers below it; else each token is inputs / tokens numbers. */
    vocabulary: z.int().min(2).max(1_000_000).optional(),
    width: extent.default(64),
    heads: z.int().min(1).max(64).default(4),
    depth: z.int().min(1).max(64).default(2),
    /** Width inside the feed-forward parts. */
    hidden: width.default(128),
    dropout: rate,
    outputs,
  })
  .refine(
    (spec) => (spec.vocabulary === undefined ? spec.inputs % spec.tokens === 0 : spec.inputs === spec.tokens),
    holds,
  )
  .refine((spec) => spec.width % spec.heads === 0, { path: ['heads'], error: 'must divide the width' })

/** A network layer by layer: what is imported, and whatever the kinds above cannot say. */
const layersSpecSchema = z
  .strictObject({ kind: z.literal('layers'), inputs, layers: layersSchema, outputs })
  .superRefine((spec, context) => {
    const fault = faultIn(spec.layers, spec.inputs, spec.outputs)
    if (fault !== undefined) context.addIssue({ code: 'custom', path: ['layers'], message: fault })
  })

export const networkSpecSchema = z.discriminatedUnion(
  'kind',
  [
    mlpSpecSchema,
    cnnSpecSchema,
    resnetSpecSchema,
    mobilenetSpecSchema,
    tcnSpecSchema,
    transformerSpecSchema,
    layersSpecSchema,
  ],
  { error: (issue) => (issue.code === 'invalid_union' ? `must be ${kinds()}` : undefined) },
)
export type NetworkSpec = z.output<typeof networkSpecSchema>
export type MlpSpec = z.output<typeof mlpSpecSchema>
export type CnnSpec = z.output<typeof cnnSpecSchema>
export type ResnetSpec = z.output<typeof resnetSpecSchema>
export type MobilenetSpec = z.output<typeof mobilenetSpecSchema>
export type TcnSpec = z.output<typeof tcnSpecSchema>
export type TransformerSpec = z.output<typeof transformerSpecSchema>
export type LayersSpec = z.output<typeof layersSpecSchema>

/** The kinds there are. */
export const specKinds = networkSpecSchema.options.map((option) => option.shape.kind.value)

/** Them, for people. */
export const kinds = (): string => `${specKinds.slice(0, -1).join(', ')} or ${specKinds.at(-1)}`

/** Reads a spec from parsed JSON; throws ENGINE_SPEC_INVALID naming the first field that is wrong. */
export function parseSpec<Kind extends NetworkSpec['kind']>(
  json: Readonly<Record<string, unknown>> & { readonly kind: Kind },
): Extract<NetworkSpec, { kind: Kind }>
export function parseSpec(json: unknown): NetworkSpec
export function parseSpec(json: unknown): NetworkSpec {
  const parsed = networkSpecSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = issue?.path.join('.') || 'the spec'
  throw new EngineError(
    'ENGINE_SPEC_INVALID',
    `The network spec is not valid at ${field}: ${issue?.message}.`,
  )
}
