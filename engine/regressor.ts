/**
 * A regressor beside a network: further outputs of its last dense layer, which training needs and nobody keeps.
 *
 *     widened:  row -> ... -> embedding -> [logits | regressor's outputs]        both read the same embedding
 */
import { layersOf } from './architectures.ts'
import { EngineError } from './errors.ts'
import type { Dense } from './layers.ts'
import { parameterCount } from './layout.ts'
import { initialise, namedParameters } from './network.ts'
import type { Network } from './network.ts'
import type { Random } from './random.ts'
import { parseSpec } from './spec.ts'
import type { NetworkSpec } from './spec.ts'

/** The network with `more` further outputs, fresh ones. Throws `ENGINE_SPEC_INVALID` where it does not end in logits. */
export function withRegressor(network: Network, more: number, random: Random): Network {
  const { spec } = network
  const fresh = initialise(widenedSpec(spec, more), random)
  return { ...fresh, parameters: copied(network, fresh, spec.outputs) }
}

/** The network of `spec` that is in one that `withRegressor` widened. */
export function withoutRegressor(widened: Network, spec: NetworkSpec): Network {
  const empty = { spec, parameters: new Float32Array(parameterCount(spec)) }
  return { spec, parameters: copied(widened, empty, spec.outputs) }
}

function widenedSpec(spec: NetworkSpec, more: number): NetworkSpec {
  const layers = layersOf(spec)
  const last = layers.at(-1)
  if (last?.kind !== 'dense' || last.activation !== 'linear')
    throw new EngineError(
      'ENGINE_SPEC_INVALID',
      'A regressor takes a network whose last layer is dense and linear.',
    )
  const outputs = last.outputs + more
  const wider: Dense = { ...last, outputs }
  return parseSpec({ kind: 'layers', inputs: spec.inputs, layers: [...layers.slice(0, -1), wider], outputs })
}

/** The parameters of `to`, as far as `from` has them those of `from`; of the last layer the first `outputs` columns. */
function copied(from: Network, to: Network, outputs: number): Float32Array {
  const parameters = to.parameters.slice()
  const held = new Map(namedParameters(from).map((slice) => [slice.name, slice]))
  for (const { name, shape, offset } of namedParameters(to)) {
    const source = held.get(name)!
    const [width, wide] = [shape.at(-1)!, source.shape.at(-1)!]
    if (width === wide) parameters.set(source.data, offset)
    else
      for (let row = 0; row * wide < source.data.length; row++)
        parameters.set(source.data.subarray(row * wide, row * wide + outputs), offset + row * width)
  }
  return parameters
}
