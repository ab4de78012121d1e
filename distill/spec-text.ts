/**
 * Networks as text, for command lines and YAML: "linear", "mlp:64", "mlp:128,64", "cnn:16,32/64" (channels, then
 * hidden widths), or a whole spec as JSON.
 */
import { featureCount, imageShape, type FeatureSchema } from '#engine/data/schema.ts'
import { outputCount } from '#engine/data/target.ts'
import { EngineError, firstLine } from '#engine/errors.ts'
import { parseSpec, kinds, type NetworkSpec } from '#engine/spec.ts'

export { networkSpecSchema } from '#engine/spec.ts'

/** What the data decide of a network. */
export interface NetworkSize {
  readonly inputs: number
  readonly outputs: number
  /** Height, width and channels, where rows are images. */
  readonly image?: readonly [number, number, number] | undefined
}

export const networkSize = (schema: FeatureSchema): NetworkSize => ({
  inputs: featureCount(schema),
  outputs: outputCount(schema),
  image: imageShape(schema),
})

/** JSON may leave out inputs and outputs. Throws `ENGINE_SPEC_INVALID`. */
export function parseSpecText(text: string, { inputs, outputs, image }: NetworkSize): NetworkSpec {
  const words = text.trim().toLowerCase()
  if (words.startsWith('{')) return fromJson(text, { inputs, outputs })
  if (words === 'linear') return parseSpec({ kind: 'mlp', inputs, hidden: [], outputs })
  const [, kind, first = '', hidden = ''] =
    /^(mlp|cnn):(\d+(?:,\d+)*)(?:\/(\d+(?:,\d+)*))?$/.exec(words) ?? []
  if (kind === 'mlp' && hidden === '')
    return parseSpec({ kind, inputs, hidden: first.split(',').map(Number), outputs })
  if (kind === 'cnn' && !image)
    throw new EngineError('ENGINE_SPEC_INVALID', `"${text}" is a network for images, and the rows are none.`)
  if (kind === 'cnn')
    return parseSpec({
      kind,
      inputs,
      image,
      channels: first.split(',').map(Number),
      hidden: hidden === '' ? [] : hidden.split(',').map(Number),
      outputs,
    })
  throw new EngineError(
    'ENGINE_SPEC_INVALID',
    `"${text}" names no network; write "linear", "mlp:64" or "mlp:128,64" (widths of the hidden layers), "cnn:16,32/64" (channels, then hidden widths), or a spec as JSON of the kind ${kinds()}.`,
  )
}

function fromJson(text: string, size: Pick<NetworkSize, 'inputs' | 'outputs'>): NetworkSpec {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new EngineError('ENGINE_SPEC_INVALID', `The network spec is not JSON: ${firstLine(cause)}.`, {
      cause,
    })
  }
  const spec = parseSpec({ ...size, ...(json as object) })
  if (spec.inputs === size.inputs && spec.outputs === size.outputs) return spec
  throw new EngineError(
    'ENGINE_SPEC_INVALID',
    `The network takes ${spec.inputs} numbers and gives ${spec.outputs} classes, where the data have ${size.inputs} and ${size.outputs}.`,
  )
}

/** The short form of a network, the inverse of `parseSpecText` up to inputs, outputs, image, activation and dropout. */
export function specText(spec: NetworkSpec): string {
  if (spec.kind === 'mlp') return spec.hidden.length === 0 ? 'linear' : `mlp:${spec.hidden.join(',')}`
  if (spec.kind !== 'cnn') return spec.kind
  const hidden = spec.hidden.length === 0 ? '' : `/${spec.hidden.join(',')}`
  return `cnn:${spec.channels.join(',')}${hidden}`
}
