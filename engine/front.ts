/** The front of a network: its first layers, with the parameters they have, as a network by itself. */
import type { Layer } from './layers.ts'
import { layoutOf, parameterCount } from './layout.ts'
import { namedParameters } from './network.ts'
import type { Network } from './network.ts'
import { parseSpec } from './spec.ts'

/** The network of these of its layers, which give `outputs` numbers a row; layers without parameters may be new. */
export function frontOf(network: Network, layers: readonly Layer[], outputs: number): Network {
  const { inputs } = network.spec
  const spec = parseSpec({ kind: 'layers', inputs, layers, outputs })
  const held = new Map(namedParameters(network).map(({ name, data }) => [name, data]))
  const parameters = new Float32Array(parameterCount(spec))
  for (const { name, offset } of layoutOf(spec)) parameters.set(held.get(name)!, offset)
  return { spec, parameters }
}
