/** The front of a network: its first layers, with the parameters they have, as a network by itself. */
import { input } from './expr.ts'
import type { Expr } from './expr.ts'
import { applyLayers } from './layers.ts'
import type { Layer } from './layers.ts'
import { layoutOf, parameterCount } from './layout.ts'
import { namedParameters } from './network.ts'
import type { Network } from './network.ts'
import type { Shape } from './shape.ts'
import { parseSpec } from './spec.ts'
import type { NetworkSpec } from './spec.ts'

/** The network of these of its layers, which give `outputs` numbers a row; layers without parameters may be new. */
export function frontOf(network: Network, layers: readonly Layer[], outputs: number): Network {
  const { inputs } = network.spec
  const spec = parseSpec({ kind: 'layers', inputs, layers, outputs })
  const held = new Map(namedParameters(network).map(({ name, data }) => [name, data]))
  const parameters = new Float32Array(parameterCount(spec))
  for (const { name, offset } of layoutOf(spec)) parameters.set(held.get(name)!, offset)
  return { spec, parameters }
}

/** What these of its layers leave of a batch, [batch, ...]; layers without parameters may be new. */
export function shapeBehind(spec: NetworkSpec, layers: readonly Layer[]): Shape {
  const parameters = new Map(
    layoutOf(spec).map(({ name, shape }): [string, Expr] => [name, input(name, shape)]),
  )
  const pass = { parameter: (name: string): Expr => parameters.get(name)! }
  return applyLayers(layers, input('inputs', ['batch', spec.inputs]), pass).shape
}
