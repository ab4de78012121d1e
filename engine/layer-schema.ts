/** Layers as JSON: what a spec of the kind `layers` may say, and whether its layers fit together. */
import { z } from 'zod'
import { EngineError } from './errors.ts'
import { input } from './expr.ts'
import { activations, applyLayers, parametersOf } from './layers.ts'
import type { Activation, Layer, ParameterShape } from './layers.ts'
import { sameShape, showShape } from './shape.ts'

const name = z.string().min(1).max(200)
const extent = z.int().min(1).max(65_536)
const extents = z.array(extent).min(1).max(8)
const small = z.int().min(1).max(1024)
const window = z.array(small).min(1).max(2)
const activation = z.enum(Object.keys(activations) as [Activation, ...Activation[]]).default('linear')
const epsilon = z.number().min(0).max(1).optional()
const zeros = z.int().min(0).max(1024)

const DEEPEST = 8
const MOST_LAYERS = 1024
const MOST_NODES = 4096

const graphNode = z.strictObject({
  op: name,
  name: z.string().max(400),
  inputs: z.array(z.string().max(400)).max(64),
  outputs: z.array(z.string().max(400)).min(1).max(64),
  attributes: z.record(name, z.union([z.number(), z.string().max(400), z.array(z.number()).max(64)])),
})
const graph = z.strictObject({
  kind: z.literal('graph'),
  name,
  extents,
  input: z.string().max(400),
  output: z.string().max(400),
  parameters: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(400),
        shape: z.array(z.int().min(1).max(100_000_000)).min(1).max(6),
        trained: z.boolean(),
      }),
    )
    .max(MOST_NODES),
  constants: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(400),
        kind: z.enum(['float', 'int', 'ints']),
        data: z.array(z.number()).max(1024),
      }),
    )
    .max(MOST_NODES),
  nodes: z.array(graphNode).max(MOST_NODES),
})

const simple = [
  z.strictObject({ kind: z.literal('dense'), name, inputs: extent, outputs: extent, activation }),
  z.strictObject({
    kind: z.literal('conv'),
    name,
    inputs: extent,
    outputs: extent,
    window,
    stride: small.default(1),
    dilation: small.default(1),
    groups: extent.default(1),
    padding: z.enum(['same', 'valid', 'causal']).default('same'),
    bias: z.boolean().default(true),
    activation,
  }),
  z.strictObject({ kind: z.literal('batchNorm'), name, channels: extent, activation, epsilon }),
  z.strictObject({ kind: z.literal('layerNorm'), name, width: extent, epsilon }),
  z.strictObject({
    kind: z.literal('activation'),
    name,
    activation,
    slope: z.number().min(-10).max(10).optional(),
  }),
  z.strictObject({
    kind: z.literal('pool'),
    name,
    how: z.enum(['max', 'average']),
    window,
    stride: small.optional(),
    padding: z.enum(['same', 'valid']).optional(),
  }),
  z.strictObject({
    kind: z.literal('pad'),
    name,
    space: z
      .array(z.tuple([zeros, zeros]))
      .min(1)
      .max(2),
  }),
  z.strictObject({
    kind: z.literal('rearrange'),
    name,
    to: z.enum([
      'channelsFirst',
      'channelsLast',
      'tokens',
      'flatten',
      'globalAverage',
      'lastStep',
      'meanToken',
    ]),
    extents: extents.or(z.array(z.never()).max(0)).default([]),
  }),
  z.strictObject({
    kind: z.literal('dropout'),
    name,
    rate: z.number().min(0).max(0.95),
    label: z.int().min(0).max(MOST_LAYERS),
  }),
  z.strictObject({
    kind: z.literal('embedding'),
    name,
    vocabulary: z.int().min(1).max(1_000_000),
    width: extent,
  }),
  z.strictObject({ kind: z.literal('position'), name, tokens: extent, width: extent }),
  z.strictObject({ kind: z.literal('attention'), name, width: extent, heads: small }),
  graph,
] as const

/** Residuals may lie in one another, but only so deep, whatever a file says. */
function layerSchema(depth: number): z.ZodType<Layer> {
  if (depth === 0) return z.discriminatedUnion('kind', simple)
  const list = z.array(layerSchema(depth - 1)).max(MOST_LAYERS)
  const residual = z.strictObject({
    kind: z.literal('residual'),
    name,
    body: list,
    shortcut: list,
    activation,
  })
  return z.discriminatedUnion('kind', [...simple, residual])
}

export const layersSchema = z.array(layerSchema(DEEPEST)).min(1).max(MOST_LAYERS)

/** What is wrong with layers that should turn rows of `inputs` numbers into `outputs` logits, if anything. */
export function faultIn(layers: readonly Layer[], inputs: number, outputs: number): string | undefined {
  const shapes = new Map<string, ParameterShape>()
  for (const parameter of layers.flatMap(parametersOf)) {
    if (shapes.has(parameter.name)) return `two parameters have the name ${parameter.name}`
    shapes.set(parameter.name, parameter)
  }
  try {
    const parameter = (wanted: string) => input(wanted, shapes.get(wanted)!.shape)
    const { shape } = applyLayers(layers, input('inputs', ['batch', inputs]), { parameter })
    const wanted = ['batch', outputs]
    return sameShape(shape, wanted)
      ? undefined
      : `the layers give ${showShape(shape)}, not ${showShape(wanted)}`
  } catch (error) {
    if (error instanceof EngineError) return error.message.replace(/\.$/, '')
    throw error
  }
}
