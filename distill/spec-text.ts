/** Networks as text, for command lines and YAML: "linear", "mlp:64", "mlp:128,64", or a whole spec as JSON. */
import { EngineError, firstLine } from '#engine/errors.ts'
import { parseSpec, kinds, type NetworkSpec } from '#engine/spec.ts'

export { networkSpecSchema } from '#engine/spec.ts'

/** JSON may leave out inputs and outputs, which the data decide. Throws `ENGINE_SPEC_INVALID`. */
export function parseSpecText(
  text: string,
  { inputs, outputs }: { inputs: number; outputs: number },
): NetworkSpec {
  const words = text.trim().toLowerCase()
  if (words === 'linear') return parseSpec({ kind: 'mlp', inputs, hidden: [], outputs })
  const hidden = /^mlp:(\d+(?:,\d+)*)$/.exec(words)?.[1]
  if (hidden === undefined && words.startsWith('{')) return fromJson(text, { inputs, outputs })
  if (hidden === undefined)
    throw new EngineError(
      'ENGINE_SPEC_INVALID',
      `"${text}" names no network; write "linear", "mlp:64" or "mlp:128,64" (widths of the hidden layers), or a spec as JSON of the kind ${kinds()}.`,
    )
  return parseSpec({ kind: 'mlp', inputs, hidden: hidden.split(',').map(Number), outputs })
}

function fromJson(text: string, size: { inputs: number; outputs: number }): NetworkSpec {
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

/** The short form of a network, the inverse of `parseSpecText` up to inputs, outputs and activation. */
export function specText(spec: NetworkSpec): string {
  if (spec.kind !== 'mlp') return spec.kind
  return spec.hidden.length === 0 ? 'linear' : `mlp:${spec.hidden.join(',')}`
}
