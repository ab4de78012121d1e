/**
 * A network as bytes: its named tensors, and its spec beside them (`safetensors.ts`).
 *
 * The tensors lie in the order of the flat vector, so the rest of the file behind its header is that vector.
 */
import type { Network } from './network.ts'
import { namedParameters } from './network.ts'
import { layoutOf, parameterCount } from './layout.ts'
import { decodeTensors, encodeTensors, invalidFile, parseJson } from './safetensors.ts'
import { parseSpec } from './spec.ts'

/** The metadata key under which saved and exported networks keep their spec, as JSON. */
export const SPEC_KEY = 'collegium.spec'

const WHAT = 'a saved network'

export const encodeNetwork = (network: Network): Uint8Array =>
  encodeTensors({ metadata: { [SPEC_KEY]: JSON.stringify(network.spec) }, tensors: namedParameters(network) })

/** Throws ENGINE_MODEL_INVALID when the bytes are not a network that `encodeNetwork` wrote, whole and unaltered in shape. */
export function decodeNetwork(bytes: Uint8Array): Network {
  const invalid = invalidFile(WHAT)
  const { metadata, tensors } = decodeTensors(bytes, WHAT)
  const spec = parseSpec(parseJson(metadata[SPEC_KEY] ?? '', WHAT))
  const layout = layoutOf(spec)
  if (tensors.length !== layout.length) {
    throw invalid(`its spec needs ${layout.length} tensors, it has ${tensors.length}`)
  }
  const parameters = new Float32Array(parameterCount(spec))
  for (const [i, { name, shape, offset }] of layout.entries()) {
    const found = tensors[i]!
    if (found.name !== name || found.shape.join() !== shape.join()) {
      throw invalid(`its tensor "${found.name}" does not fit its spec, which has "${name}" there`)
    }
    parameters.set(found.data, offset)
  }
  return { spec, parameters }
}
