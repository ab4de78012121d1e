/**
 * Layers as data. A spec compiles to a list of layers, and everything else folds over that list: the
 * parameters' layout, their first values, the forward expression, and each export.
 *
 * To add a layer kind, add its record to `Layer` and its case to `parametersOf` and `applyLayer`.
 */
import { EngineError } from './errors.ts'
import type { Expr } from './expr.ts'
import { affine, gelu, relu, sigmoid, tanh } from './ops.ts'

export const activations = { relu, gelu, tanh, sigmoid, linear: (x: Expr): Expr => x } as const
export type Activation = keyof typeof activations

export interface Dense {
  readonly kind: 'dense'
  readonly name: string
  readonly inputs: number
  readonly outputs: number
  readonly activation: Activation
}
export type Layer = Dense

/** A named parameter tensor. */
export interface ParameterShape {
  readonly name: string
  readonly shape: readonly number[]
  readonly initial: 'he-normal' | 'glorot-uniform' | 'zeros'
  /** Whether weight decay pulls on it: on weights, never on biases. */
  readonly decays: boolean
}

export function parametersOf({ name, inputs, outputs, activation }: Layer): ParameterShape[] {
  const initial = activation === 'relu' || activation === 'gelu' ? 'he-normal' : 'glorot-uniform'
  return [
    { name: `${name}.weight`, shape: [inputs, outputs], initial, decays: true },
    { name: `${name}.bias`, shape: [outputs], initial: 'zeros', decays: false },
  ]
}

/** Shape errors inside the layer are told with its name in front. */
export function applyLayer(layer: Layer, x: Expr, parameter: (name: string) => Expr): Expr {
  try {
    const y = affine(x, parameter(`${layer.name}.weight`), parameter(`${layer.name}.bias`))
    return activations[layer.activation](y)
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    throw new EngineError(error.code, `Layer ${layer.name}: ${error.message}`, { cause: error })
  }
}
