/** Network specs: the JSON that names a network's shape, and what follows from it. */
import { z } from 'zod'
import { EngineError } from './errors.ts'
import { parametersOf } from './layers.ts'
import type { Layer, ParameterShape } from './layers.ts'
import { sizeOf } from './shape.ts'

const width = z.int().min(1).max(65_536)

const mlpSpecSchema = z.strictObject({
  kind: z.literal('mlp'),
  /** Features of one row. */
  inputs: z.int().min(1).max(1_000_000),
  /** Widths of the hidden layers; none makes it softmax regression. */
  hidden: z.array(width).max(32),
  /** Logits of one row, one a class. */
  outputs: width,
  activation: z.enum(['relu', 'gelu', 'tanh', 'sigmoid']).default('relu'),
})

export const networkSpecSchema = z.discriminatedUnion('kind', [mlpSpecSchema])
export type NetworkSpec = z.output<typeof networkSpecSchema>
export type MlpSpec = z.output<typeof mlpSpecSchema>

/** Reads a spec from parsed JSON; throws ENGINE_SPEC_INVALID naming the first field that is wrong. */
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

export function layersOf(spec: NetworkSpec): Layer[] {
  const widths = [spec.inputs, ...spec.hidden, spec.outputs]
  return widths.slice(1).map((outputs, i): Layer => {
    const last = i === spec.hidden.length
    return {
      kind: 'dense',
      name: last ? 'output' : `hidden${i + 1}`,
      inputs: widths[i]!,
      outputs,
      activation: last ? 'linear' : spec.activation,
    }
  })
}

/** Where a parameter tensor lies in the flat vector. */
export interface ParameterSlice extends ParameterShape {
  readonly offset: number
  readonly size: number
}

/** All parameters of a network, in the order of the one flat vector that holds them. */
export function layoutOf(spec: NetworkSpec): ParameterSlice[] {
  let offset = 0
  return layersOf(spec)
    .flatMap(parametersOf)
    .map((parameter) => {
      const size = sizeOf(parameter.shape)
      const slice = { ...parameter, offset, size }
      offset += size
      return slice
    })
}

export function parameterCount(spec: NetworkSpec): number {
  return layoutOf(spec).reduce((total, { size }) => total + size, 0)
}
