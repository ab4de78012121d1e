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

/**
 * The network with `more` further outputs, fresh ones or, without randomness, outputs of 0 whatever the row. Throws
 * `ENGINE_SPEC_INVALID` where it does not end in logits.
 */
export function withRegressor(network: Network, more: number, random?: Random): Network {
  const spec = widenedSpec(network.spec, more)
  const fresh = random ? initialise(spec, random) : emptyNetwork(spec)
  return { spec, parameters: copied(network, fresh, network.spec.outputs) }
}

/** The network of `spec` that is in one that `withRegressor` widened, once or more. */
export function withoutRegressor(widened: Network, spec: NetworkSpec): Network {
  return { spec, parameters: copied(widened, emptyNetwork(spec), spec.outputs) }
}

/** Whether a network of `spec` ends as `withRegressor` needs it to. */
export const takesRegressor = (spec: NetworkSpec): boolean => logitLayer(spec) !== undefined

function logitLayer(spec: NetworkSpec): Dense | undefined {
  const last = layersOf(spec).at(-1)
  return last?.kind === 'dense' && last.activation === 'linear' ? last : undefined
}

const emptyNetwork = (spec: NetworkSpec): Network => ({
  spec,
  parameters: new Float32Array(parameterCount(spec)),
})

function widenedSpec(spec: NetworkSpec, more: number): NetworkSpec {
  const last = logitLayer(spec)
  if (!last)
    throw new EngineError(
      'ENGINE_SPEC_INVALID',
      'A regressor takes a network whose last layer is dense and linear.',
    )
  const outputs = last.outputs + more
  const wider: Dense = { ...last, outputs }
  return parseSpec({
    kind: 'layers',
    inputs: spec.inputs,
    layers: [...layersOf(spec).slice(0, -1), wider],
    outputs,
  })
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
