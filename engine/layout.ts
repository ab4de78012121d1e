/** Where each parameter tensor of a network lies in its one flat vector. */
import { layersOf } from './architectures.ts'
import { parametersOf } from './layers.ts'
import type { ParameterShape } from './layers.ts'
import { sizeOf } from './shape.ts'
import type { NetworkSpec } from './spec.ts'

export interface ParameterSlice extends ParameterShape {
  readonly offset: number
  readonly size: number
}

/** All parameters of a network, in the order of the one flat vector that holds them: trained ones first. */
export function layoutOf(spec: NetworkSpec): ParameterSlice[] {
  const all = layersOf(spec).flatMap(parametersOf)
  let offset = 0
  return [...all.filter(({ trained }) => trained), ...all.filter(({ trained }) => !trained)].map(
    (parameter) => {
      const size = sizeOf(parameter.shape)
      const slice = { ...parameter, offset, size }
      offset += size
      return slice
    },
  )
}

export const parameterCount = (spec: NetworkSpec): number =>
  layoutOf(spec).reduce((total, { size }) => total + size, 0)

/** How many of them an optimiser moves; the rest are running statistics. */
export const trainedCount = (spec: NetworkSpec): number =>
  layoutOf(spec).reduce((total, { size, trained }) => total + (trained ? size : 0), 0)
