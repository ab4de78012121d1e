/** Networks in short form, for command lines and YAML: "linear", "mlp:64", "mlp:128,64". */
import { EngineError } from '#engine/errors.ts'
import { parseSpec, type MlpSpec, type NetworkSpec } from '#engine/spec.ts'

export { networkSpecSchema } from '#engine/spec.ts'

/** Rejects with `ENGINE_SPEC_INVALID`. */
export function parseSpecText(
  text: string,
  { inputs, outputs }: { inputs: number; outputs: number },
): MlpSpec {
  const words = text.trim().toLowerCase()
  if (words === 'linear') return parseSpec({ kind: 'mlp', inputs, hidden: [], outputs })
  const hidden = /^mlp:(\d+(?:,\d+)*)$/.exec(words)?.[1]
  if (hidden === undefined)
    throw new EngineError(
      'ENGINE_SPEC_INVALID',
      `"${text}" names no network; write "linear", "mlp:64" or "mlp:128,64" (widths of the hidden layers).`,
    )
  return parseSpec({ kind: 'mlp', inputs, hidden: hidden.split(',').map(Number), outputs })
}

/** The short form of a network, the inverse of `parseSpecText` up to inputs, outputs and activation. */
export function specText(spec: NetworkSpec): string {
  if (spec.kind !== 'mlp') return spec.kind
  return spec.hidden.length === 0 ? 'linear' : `mlp:${spec.hidden.join(',')}`
}
