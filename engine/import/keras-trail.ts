/**
 * How far an import has come: the layers up to a tensor, and the form that it has there.
 *
 * Keras keeps channels last, the engine puts them first in front of convolutions, and a data set gives flat
 * rows. So a tensor of the shape that Keras speaks of is held in one of three forms, and turned when the next
 * layer needs another:
 *
 *     flat     [batch, 72]           rows as they come, and what was flattened or reshaped
 *     plain    [batch, 6, 6, 2]      as Keras has it: for dense layers and normalisation over the last axis
 *     turned   [batch, 2, 6, 6]      for convolutions and pooling
 *
 * Flattening goes by way of `plain`, so the dense layer behind it keeps its weights as they are.
 */
import { EngineError } from '../errors.ts'
import { input } from '../expr.ts'
import { applyLayers, parametersOf } from '../layers.ts'
import type { Layer, Rearrange } from '../layers.ts'
import { sizeOf } from '../shape.ts'
import type { Shape } from '../shape.ts'

type Form = 'flat' | 'plain' | 'turned'

export interface Trail {
  readonly layers: readonly Layer[]
  /** What Keras says: channels last, without the batch. */
  readonly shape: readonly number[]
  readonly form: Form
  /** Whether a softmax, which networks leave out, was the last to compute anything. */
  readonly isProbability: boolean
}

export const startOf = (shape: readonly number[]): Trail => ({
  layers: [],
  shape,
  form: 'flat',
  isProbability: false,
})

/** As the tensor lies there. */
function heldShape({ shape, form }: Trail): Shape {
  if (form === 'flat') return ['batch', sizeOf(shape)]
  return form === 'plain' ? ['batch', ...shape] : ['batch', shape.at(-1)!, ...shape.slice(0, -1)]
}

/** The trail with layers behind it, which leave the tensor in a form. Throws ENGINE_SHAPE naming the layer. */
export function extend(trail: Trail, layers: readonly Layer[], form: Form): Trail {
  const shapes = new Map(layers.flatMap(parametersOf).map((p) => [p.name, p.shape]))
  const parameter = (name: string) => input(name, shapes.get(name)!)
  const result = applyLayers(layers, input('x', heldShape(trail)), { parameter })
  const [first, ...rest] = result.shape.slice(1) as number[]
  const shape = form === 'turned' ? [...rest, first!] : [first!, ...rest]
  return { ...trail, layers: [...trail.layers, ...layers], shape, form }
}

const rearranged = (to: Rearrange['to'], extents: readonly number[] = []): Layer => ({
  kind: 'rearrange',
  name: to,
  to,
  extents,
})

export function toTurned(trail: Trail): Trail {
  if (trail.form === 'turned') return trail
  if (trail.shape.length < 2) throw new EngineError('ENGINE_SHAPE', 'a row needs space and channels.')
  return extend(trail, [rearranged('channelsFirst', trail.shape)], 'turned')
}

export function toPlain(trail: Trail): Trail {
  if (trail.form === 'plain' || trail.shape.length === 1) return { ...trail, form: 'plain' }
  if (trail.form === 'flat') return extend(trail, [rearranged('tokens', trail.shape)], 'plain')
  return extend(trail, [rearranged('channelsLast')], 'plain')
}

/** The same numbers under another shape, in the order in which Keras lists them. */
export function reshaped(trail: Trail, shape: readonly number[]): Trail {
  const plain = trail.form === 'flat' ? trail : toPlain(trail)
  const flat =
    plain.form === 'flat' || plain.shape.length === 1 ? plain : extend(plain, [rearranged('flatten')], 'flat')
  return { ...flat, shape, form: 'flat' }
}

/** Sums of branches in one form: a residual from where they part. */
export function added(name: string, left: Trail, right: Trail): Trail {
  const wanted = left.form === 'turned' || right.form === 'turned' ? toTurned : toPlain
  const [a, b] = left.form === right.form ? [left, right] : [wanted(left), wanted(right)]
  if (a.shape.join() !== b.shape.join()) {
    throw new EngineError('ENGINE_SHAPE', `it cannot add shapes [${a.shape.join()}] and [${b.shape.join()}].`)
  }
  // The layers of a shared stretch are the same objects.
  const parting = a.layers.findIndex((layer, i) => layer !== b.layers[i])
  const fork = parting < 0 ? a.layers.length : parting
  const residual: Layer = {
    kind: 'residual',
    name,
    body: a.layers.slice(fork),
    shortcut: b.layers.slice(fork),
    activation: 'linear',
  }
  return { ...a, layers: [...a.layers.slice(0, fork), residual] }
}
