/**
 * Layers as data. A spec compiles to a list of layers, and everything else folds over that list: the
 * parameters' layout, their first values, the forward expression, and each export.
 *
 * Tensors are [batch, channels, ...space] in front of convolutions, [batch, tokens, width] in front of
 * attention, [batch, features] otherwise; a spec's layers bring the flat rows of a data set into these forms.
 *
 * To add a layer kind, add its record to `Layer` and its case to `parametersOf` and `applyLayer`.
 */
import { conv } from './convolution.ts'
import { dropout } from './dropout.ts'
import { EngineError } from './errors.ts'
import type { Expr } from './expr.ts'
import { batchNorm, batchNormBy, layerNorm } from './normalisation.ts'
import { applyGraph } from './onnx/graph.ts'
import type { Graph } from './onnx/graph.ts'
import * as ops from './ops.ts'
import {
  add,
  affine,
  embed,
  matmul,
  mean,
  mul,
  pad,
  reshape,
  slice,
  softmax,
  split,
  transpose,
} from './ops.ts'
import { averagePool, globalAveragePool, maxPool } from './pooling.ts'
import { sizeOf } from './shape.ts'

const { relu, relu6, gelu, silu, tanh, sigmoid } = ops
const leakyRelu = (x: Expr): Expr => ops.leakyRelu(x)
const linear = (x: Expr): Expr => x
export const activations = { relu, relu6, leakyRelu, gelu, silu, tanh, sigmoid, linear } as const
export type Activation = keyof typeof activations

interface Named {
  readonly name: string
}
export interface Dense extends Named {
  readonly kind: 'dense'
  readonly inputs: number
  readonly outputs: number
  readonly activation: Activation
}
export interface Conv extends Named {
  readonly kind: 'conv'
  readonly inputs: number
  readonly outputs: number
  readonly window: readonly number[]
  readonly stride: number
  readonly dilation: number
  readonly groups: number
  /** `causal` looks back only: all its zeros come before the first step. */
  readonly padding: 'same' | 'valid' | 'causal'
  readonly bias: boolean
  readonly activation: Activation
}
export interface BatchNorm extends Named {
  readonly kind: 'batchNorm'
  readonly channels: number
  readonly activation: Activation
  /** Added to the variance; 1e-5 unless told, here and below. */
  readonly epsilon?: number | undefined
}
export interface LayerNorm extends Named {
  readonly kind: 'layerNorm'
  readonly width: number
  readonly epsilon?: number | undefined
}
/** An activation that stands alone. */
export interface Activate extends Named {
  readonly kind: 'activation'
  readonly activation: Activation
  /** Of leakyRelu, below 0; 0.01 unless told. */
  readonly slope?: number | undefined
}
export interface Pool extends Named {
  readonly kind: 'pool'
  readonly how: 'max' | 'average'
  readonly window: readonly number[]
  /** The window's extents unless told, so that windows touch. */
  readonly stride?: number | undefined
  /** `valid` unless told; an average does not count the padding. */
  readonly padding?: 'same' | 'valid' | undefined
}
/** Zeros around the space of [batch, channels, ...space]. */
export interface Pad extends Named {
  readonly kind: 'pad'
  /** [before, after] of each axis. */
  readonly space: readonly (readonly [number, number])[]
}
/** Same numbers, or fewer, in another form; these have no parameters. */
export interface Rearrange extends Named {
  readonly kind: 'rearrange'
  /**
   * `channelsFirst`: rows of [...space, channels] to [batch, channels, ...space], and `channelsLast` back.
   * `tokens`: to [batch, tokens, width], `flatten` to rows. `globalAverage`: the mean over space; `lastStep` of
   * a series, `meanToken`.
   */
  readonly to:
    'channelsFirst' | 'channelsLast' | 'tokens' | 'flatten' | 'globalAverage' | 'lastStep' | 'meanToken'
  /** The extents of one row, for `channelsFirst` and `tokens`. */
  readonly extents: readonly number[]
}
export interface Dropout extends Named {
  readonly kind: 'dropout'
  readonly rate: number
  /** Tells its mask from those of the network's other dropouts. */
  readonly label: number
}
/** Token numbers [batch, tokens] to their rows of a table. */
export interface Embedding extends Named {
  readonly kind: 'embedding'
  readonly vocabulary: number
  readonly width: number
}
/** Adds a learned vector to each position of [batch, tokens, width]. */
export interface Position extends Named {
  readonly kind: 'position'
  readonly tokens: number
  readonly width: number
}
/** Multi-head self-attention (Vaswani et al., arXiv 1706.03762, section 3.2). */
export interface Attention extends Named {
  readonly kind: 'attention'
  readonly width: number
  readonly heads: number
}
/** activation(body(x) + shortcut(x)); an empty shortcut is x itself (He et al., arXiv 1512.03385). */
export interface Residual extends Named {
  readonly kind: 'residual'
  readonly body: readonly Layer[]
  readonly shortcut: readonly Layer[]
  readonly activation: Activation
}
export type Layer =
  | Dense
  | Conv
  | BatchNorm
  | LayerNorm
  | Activate
  | Pool
  | Pad
  | Rearrange
  | Dropout
  | Embedding
  | Position
  | Attention
  | Residual
  | Graph

/** A named parameter tensor. */
export interface ParameterShape {
  readonly name: string
  readonly shape: readonly number[]
  readonly initial: 'he-normal' | 'glorot-uniform' | 'small-normal' | 'zeros' | 'ones'
  /** Whether weight decay pulls on it: on weights, never on biases. */
  readonly decays: boolean
  /** False for running statistics, which training replaces and no gradient reaches. */
  readonly trained: boolean
}

type Initial = ParameterShape['initial']

const weight = (name: string, shape: readonly number[], initial: Initial): ParameterShape => ({
  name,
  shape,
  initial,
  decays: true,
  trained: true,
})
const free = (name: string, shape: readonly number[], initial: Initial): ParameterShape => ({
  ...weight(name, shape, initial),
  decays: false,
})
const running = (name: string, shape: readonly number[], initial: Initial): ParameterShape => ({
  ...free(name, shape, initial),
  trained: false,
})

/** Half of a rectifier's inputs are lost, for which He's deviation makes up. */
const initialFor = (activation: Activation): Initial =>
  ['linear', 'tanh', 'sigmoid'].includes(activation) ? 'glorot-uniform' : 'he-normal'

export function parametersOf(layer: Layer): ParameterShape[] {
  const { name } = layer
  switch (layer.kind) {
    case 'dense': {
      const { inputs, outputs, activation } = layer
      return [
        weight(`${name}.weight`, [inputs, outputs], initialFor(activation)),
        free(`${name}.bias`, [outputs], 'zeros'),
      ]
    }
    case 'conv': {
      const shape = [layer.outputs, layer.inputs / layer.groups, ...layer.window]
      const kernel = weight(`${name}.weight`, shape, 'he-normal')
      return layer.bias ? [kernel, free(`${name}.bias`, [layer.outputs], 'zeros')] : [kernel]
    }
    case 'batchNorm': {
      const shape = [layer.channels]
      return [
        free(`${name}.scale`, shape, 'ones'),
        free(`${name}.shift`, shape, 'zeros'),
        running(`${name}.mean`, shape, 'zeros'),
        running(`${name}.variance`, shape, 'ones'),
      ]
    }
    case 'layerNorm':
      return [free(`${name}.scale`, [layer.width], 'ones'), free(`${name}.shift`, [layer.width], 'zeros')]
    case 'embedding':
      return [weight(`${name}.table`, [layer.vocabulary, layer.width], 'small-normal')]
    case 'position':
      return [free(`${name}.table`, [layer.tokens, layer.width], 'small-normal')]
    case 'attention': {
      const { width } = layer
      return [
        weight(`${name}.in.weight`, [width, 3 * width], 'glorot-uniform'),
        free(`${name}.in.bias`, [3 * width], 'zeros'),
        weight(`${name}.out.weight`, [width, width], 'glorot-uniform'),
        free(`${name}.out.bias`, [width], 'zeros'),
      ]
    }
    case 'residual':
      return [...layer.body, ...layer.shortcut].flatMap(parametersOf)
    case 'graph':
      return layer.parameters.map(({ name: own, shape, trained }) => ({
        // A single axis is a bias or a scale.
        ...(shape.length > 1 ? weight : free)(
          `${name}.${own}`,
          shape,
          shape.length > 1 ? 'he-normal' : 'zeros',
        ),
        trained,
      }))
    case 'activation':
    case 'pool':
    case 'pad':
    case 'rearrange':
    case 'dropout':
      return []
  }
}

export const usesDropout = (layers: readonly Layer[]): boolean =>
  layers.some(
    (layer) =>
      (layer.kind === 'dropout' && layer.rate > 0) ||
      (layer.kind === 'residual' && usesDropout([...layer.body, ...layer.shortcut])),
  )

/** What a forward pass is given besides its inputs. */
export interface Pass {
  readonly parameter: (name: string) => Expr
  /** Only in training: the seed of dropout, int32 [1], and where new running statistics are put, by name. */
  readonly training?: { readonly seed?: Expr; readonly updates: Map<string, Expr> } | undefined
}

export const applyLayers = (layers: readonly Layer[], x: Expr, pass: Pass): Expr =>
  layers.reduce((value, layer) => applyLayer(layer, value, pass), x)

/** Shape errors inside the layer are told with its name in front. */
function applyLayer(layer: Layer, x: Expr, pass: Pass): Expr {
  // A residual's own layers have told their names already.
  if (layer.kind === 'residual') {
    const [body, shortcut] = [applyLayers(layer.body, x, pass), applyLayers(layer.shortcut, x, pass)]
    return activations[layer.activation](add(body, shortcut))
  }
  try {
    return applySimple(layer, x, pass)
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    throw new EngineError(error.code, `Layer ${layer.name}: ${error.message}`, { cause: error })
  }
}

function applySimple(layer: Exclude<Layer, Residual>, x: Expr, pass: Pass): Expr {
  const own = (name: string): Expr => pass.parameter(`${layer.name}.${name}`)
  switch (layer.kind) {
    case 'dense':
      return activations[layer.activation](affine(x, own('weight'), own('bias')))
    case 'conv': {
      const { stride: strides, dilation: dilations, groups, padding, window } = layer
      const back = window.map((k): [number, number] => [(k - 1) * dilations, 0])
      const options = { strides, dilations, groups, padding: padding === 'causal' ? back : padding }
      const y = conv(x, own('weight'), options, layer.bias ? own('bias') : undefined)
      return activations[layer.activation](y)
    }
    case 'batchNorm':
      return activations[layer.activation](applyBatchNorm(layer, x, pass))
    case 'layerNorm':
      return layerNorm(x, own('scale'), own('shift'), layer.epsilon)
    case 'activation':
      return layer.slope === undefined ? activations[layer.activation](x) : ops.leakyRelu(x, layer.slope)
    case 'pool': {
      const { window, stride: strides = window, padding = 'valid' } = layer
      return (layer.how === 'max' ? maxPool : averagePool)(x, window, { strides, padding })
    }
    case 'pad':
      return layer.space.reduce((padded, [before, after], i) => pad(padded, i + 2, before, after), x)
    case 'rearrange':
      return rearrange(layer, x)
    case 'dropout': {
      const seed = pass.training?.seed
      return seed ? dropout(x, layer.rate, seed, layer.label) : x
    }
    case 'embedding':
      return embed(own('table'), x)
    case 'position':
      return add(x, own('table'))
    case 'attention':
      return attention(layer, x, own)
    case 'graph':
      return applyGraph(layer, x, own)
  }
}

/** How much of a running statistic each step keeps. */
const STATISTICS_KEPT = 0.9

function applyBatchNorm({ name, epsilon }: BatchNorm, x: Expr, { parameter, training }: Pass): Expr {
  const [scale, shift] = [parameter(`${name}.scale`), parameter(`${name}.shift`)]
  const held = { mean: parameter(`${name}.mean`), variance: parameter(`${name}.variance`) }
  if (!training) return batchNormBy(x, scale, shift, held, epsilon)
  const { value, mean, variance } = batchNorm(x, scale, shift, epsilon)
  const blend = (old: Expr, fresh: Expr): Expr =>
    add(mul(old, STATISTICS_KEPT), mul(fresh, 1 - STATISTICS_KEPT))
  training.updates.set(`${name}.mean`, blend(held.mean, mean))
  training.updates.set(`${name}.variance`, blend(held.variance, variance))
  return value
}

function rearrange({ to, extents }: Rearrange, x: Expr): Expr {
  const [batch, ...rest] = x.shape as [string | number, ...number[]]
  switch (to) {
    case 'channelsFirst': {
      const image = reshape(x, [batch, ...extents])
      const rank = extents.length
      // One channel reads the same either way.
      if (extents.at(-1) === 1) return reshape(image, [batch, 1, ...extents.slice(0, -1)])
      return transpose(image, [0, rank, ...extents.slice(1).map((_, i) => i + 1)])
    }
    case 'channelsLast':
      return transpose(x, [0, ...rest.slice(1).map((_, i) => i + 2), 1])
    case 'tokens':
      return reshape(x, [batch, ...extents])
    case 'flatten':
      return reshape(x, [batch, sizeOf(rest)])
    case 'globalAverage':
      return globalAveragePool(x)
    case 'lastStep':
      return reshape(slice(x, 2, rest[1]! - 1, 1), [batch, rest[0]!])
    case 'meanToken':
      return mean(x, [1])
  }
}

function attention({ width, heads }: Attention, x: Expr, own: (name: string) => Expr): Expr {
  const [batch, tokens] = x.shape as [string | number, number]
  const each = width / heads
  const queriesKeysValues = affine(x, own('in.weight'), own('in.bias'))
  // [batch, tokens, width] -> [batch, heads, tokens, width / heads]
  const [q, k, v] = split(queriesKeysValues, [width, width, width], 2).map((part) =>
    transpose(reshape(part, [batch, tokens, heads, each]), [0, 2, 1, 3]),
  ) as [Expr, Expr, Expr]
  const weights = softmax(mul(matmul(q, k, { transposeB: true }), 1 / Math.sqrt(each)))
  const mixed = transpose(matmul(weights, v), [0, 2, 1, 3])
  return affine(reshape(mixed, [batch, tokens, width]), own('out.weight'), own('out.bias'))
}
