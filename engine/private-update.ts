/** One step of an optimiser as a model of its own, for sums of gradients that are finished outside of the graph. */
import { recut } from './blocks.ts'
import { input, scalar } from './expr.ts'
import type { Expr } from './expr.ts'
import { layoutOf, parameterCount, trainedCount } from './layout.ts'
import { emitGraph, encodeModel } from './onnx/emit.ts'
import { add, concat, expandLike, mul, slice } from './ops.ts'
import type { Optimiser } from './optimiser.ts'
import type { NetworkSpec } from './spec.ts'
import { scalarName, slotName, trainedName } from './training-graph.ts'

/**
 * The optimiser's step on (sum + noise) / expectedBatchSize. Inputs: `parameters` and each `slot.i` [P], `sum` and
 * `noise` [trained], each `scalar.i` [1]; outputs: `parameters.trained` and each `slot.i.trained` [P].
 */
export function privateUpdate(
  spec: NetworkSpec,
  optimiser: Optimiser,
  expectedBatchSize: number,
): Uint8Array {
  const [size, trained] = [parameterCount(spec), trainedCount(spec)]
  const names = ['parameters', ...Array.from({ length: optimiser.slots }, (_, i) => slotName(i))]
  const held = names.map((name) => input(name, [size]))
  const [sum, noise] = [input('sum', [trained]), input('noise', [trained])]
  const scalars = optimiser.scalars(1, 1).map((_, i) => input(scalarName(i), [1]))
  const pulls = layoutOf(spec)
    .filter((range) => range.trained)
    .map((range) => ({ ...range, value: expandLike(scalar(Number(range.decays)), input('', [range.size])) }))
  const [parameters, ...slots] = held.map((vector) => slice(vector, 0, 0, trained)) as [Expr, ...Expr[]]
  const [decays] = recut(pulls, [{ offset: 0, size: trained }])
  const gradient = mul(add(sum, noise), 1 / expectedBatchSize)
  const next = optimiser.update({ parameters, slots, gradient, scalars, decays: decays! })
  // Behind the trained numbers come frozen ones, which stay.
  const whole = (moved: Expr, before: Expr): Expr =>
    size > trained ? concat([moved, slice(before, 0, trained, size - trained)], 0) : moved
  const outputs = [next.parameters, ...next.slots].map((moved, i) => [
    trainedName(names[i]!),
    whole(moved, held[i]!),
  ])
  const inputs = [...held, sum, noise, ...scalars]
  return encodeModel(emitGraph({ name: 'update', inputs, outputs: Object.fromEntries(outputs) }))
}
