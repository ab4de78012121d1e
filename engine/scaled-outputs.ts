/** A network whose outputs are scaled and shifted, folded into its last dense layer: an ordinary network again. */
import { layersOf } from './architectures.ts'
import { EngineError } from './errors.ts'
import { namedParameters, type Network } from './network.ts'

/** Whether the network ends in a dense linear layer, which alone can take a scale and a shift. */
export function endsInDense({ spec }: Network): boolean {
  const last = layersOf(spec).at(-1)
  return last?.kind === 'dense' && last.activation === 'linear'
}

/**
 * Gives `scale` times what the network gave, plus `shifts`, one an output. Throws `ENGINE_SPEC_INVALID` where the network
 * does not end in a dense linear layer.
 */
export function scaledOutputs(network: Network, scale: number, shifts: ArrayLike<number>): Network {
  if (!endsInDense(network))
    throw new EngineError('ENGINE_SPEC_INVALID', 'Only outputs of a dense linear layer can be scaled.')
  const changed = { spec: network.spec, parameters: network.parameters.slice() }
  const last = layersOf(network.spec).at(-1)!.name
  for (const { name, data } of namedParameters(changed)) {
    if (name === `${last}.weight`) data.forEach((weight, i) => (data[i] = scale * weight))
    if (name === `${last}.bias`) data.forEach((bias, i) => (data[i] = scale * bias + (shifts[i] ?? 0)))
  }
  return changed
}
