/**
 * Keras layers by class name, each as layers of the engine. Configurations are those of Keras 2 and 3, and of
 * TensorFlow.js: https://keras.io/api/layers/. To add one, add its entry to `readers`.
 */
import { z } from 'zod'
import { EngineError } from '../errors.ts'
import type { Activation, Conv, Layer } from '../layers.ts'
import { sizeOf } from '../shape.ts'
import { added, extend, reshaped, toPlain, toTurned } from './keras-trail.ts'
import type { Trail } from './keras-trail.ts'
import type { LayerWeights } from './keras-weights.ts'

export interface KerasLayer {
  readonly className: string
  readonly name: string
  readonly config: unknown
}

/** What a reader is given besides its layer. */
export interface Import {
  readonly weights: LayerWeights
  /** The network's parameters by name, as they are found. */
  readonly parameters: Map<string, Float32Array>
  /** How many there were so far; each has a mask of its own. */
  dropouts: number
}

type Reader = (layer: KerasLayer, from: Trail, into: Import) => Trail

export const unsupported = ({ name, className }: KerasLayer, what: string): EngineError =>
  new EngineError(
    'ENGINE_IMPORT_UNSUPPORTED',
    `Layer ${name} (${className}): the engine does not know ${what}.`,
  )
const invalid = ({ name, className }: KerasLayer, what: string): EngineError =>
  new EngineError('ENGINE_MODEL_INVALID', `Layer ${name} (${className}): ${what}.`)

function configOf<Shape extends z.ZodRawShape>(
  layer: KerasLayer,
  shape: Shape,
): z.output<z.ZodObject<Shape>> {
  const parsed = z.object(shape).safeParse(layer.config)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw invalid(layer, `its ${issue?.path.join('.') || 'config'} is not valid: ${issue?.message}`)
}

/** One number for all axes, or a list of them. */
const counts = z.union([z.int(), z.array(z.int()).min(1).max(2)])
const listOf = (value: number | readonly number[], rank: number): readonly number[] =>
  typeof value === 'number' ? Array.from({ length: rank }, () => value) : value
const channelsLast = z.enum(['channels_last', 'channels_first']).nullish()

/** One layer's tensor under the engine's name, turned on the way; checks its shape. */
function hold(
  into: Import,
  layer: KerasLayer,
  names: { readonly ours: string; readonly keras: string },
  shape: readonly number[],
  otherwise?: number,
  turn: (data: Float32Array) => Float32Array = (data) => data,
): void {
  const found = into.weights(layer.name, names.keras)
  if (!found && otherwise !== undefined) {
    into.parameters.set(names.ours, new Float32Array(sizeOf(shape)).fill(otherwise))
    return
  }
  if (found?.shape.join() !== shape.join()) {
    const has = found ? `has shape [${found.shape.join(', ')}]` : 'is missing'
    throw invalid(layer, `its weight ${names.keras} ${has}, where [${shape.join(', ')}] is needed`)
  }
  into.parameters.set(names.ours, turn(found.data))
}

// ---------------------------------------------------------------------------------------------------------
// Activations

const activationNames: Readonly<Record<string, Activation>> = {
  linear: 'linear',
  relu: 'relu',
  relu6: 'relu6',
  gelu: 'gelu',
  silu: 'silu',
  swish: 'silu',
  tanh: 'tanh',
  sigmoid: 'sigmoid',
}
/** By name or, in Keras 3, by class. */
const activationSchema = z
  .union([z.string(), z.object({ class_name: z.string() }).transform((named) => named.class_name)])
  .nullish()

function activate(layer: KerasLayer, trail: Trail, activation: string | null | undefined): Trail {
  const name = (activation ?? 'linear').toLowerCase()
  if (name === 'softmax') return { ...trail, isProbability: true }
  const known = Object.hasOwn(activationNames, name) ? activationNames[name] : undefined
  if (!known) throw unsupported(layer, `the activation ${activation}`)
  return known === 'linear' ? trail : standing(layer, trail, known)
}

const standing = ({ name }: KerasLayer, trail: Trail, activation: Activation, slope?: number): Trail =>
  extend(
    trail,
    [
      {
        kind: 'activation',
        name: `${name}.${activation}`,
        activation,
        ...(slope !== undefined && { slope }),
      },
    ],
    trail.form,
  )

const relu: Reader = (layer, from) => {
  const { max_value, negative_slope, threshold } = configOf(layer, {
    max_value: z.number().nullish(),
    negative_slope: z.number().nullish(),
    threshold: z.number().nullish(),
  })
  if (threshold) throw unsupported(layer, 'a threshold other than 0')
  if (negative_slope) {
    if (max_value) throw unsupported(layer, 'a negative_slope with a max_value')
    return standing(layer, from, 'leakyRelu', negative_slope)
  }
  if (max_value !== undefined && max_value !== null && max_value !== 6) {
    throw unsupported(layer, `a max_value of ${max_value}`)
  }
  return standing(layer, from, max_value === 6 ? 'relu6' : 'relu')
}

const leakyRelu: Reader = (layer, from) => {
  const slope = z.number().optional()
  const { alpha, negative_slope } = configOf(layer, { alpha: slope, negative_slope: slope })
  return standing(layer, from, 'leakyRelu', alpha ?? negative_slope ?? 0.3)
}

// ---------------------------------------------------------------------------------------------------------
// Products

const dense: Reader = (layer, from, into) => {
  const { units, activation } = configOf(layer, { units: z.int(), activation: activationSchema })
  const plain = toPlain(from)
  const inputs = plain.shape.at(-1)!
  const { name } = layer
  hold(into, layer, { ours: `${name}.weight`, keras: 'kernel' }, [inputs, units])
  hold(into, layer, { ours: `${name}.bias`, keras: 'bias' }, [units], 0)
  const own: Layer = { kind: 'dense', name, inputs, outputs: units, activation: 'linear' }
  return activate(layer, extend(plain, [own], 'plain'), activation)
}

const windowed = {
  kernel_size: counts,
  strides: counts.nullish(),
  dilation_rate: counts.nullish(),
  padding: z.enum(['same', 'valid', 'causal']).default('valid'),
  data_format: channelsLast,
  activation: activationSchema,
  use_bias: z.boolean().default(true),
}

/** One number for all axes is what the engine has. */
function single(
  layer: KerasLayer,
  what: string,
  value: number | readonly number[] | null | undefined,
): number {
  const [first = 1, ...rest] = listOf(value ?? 1, 1)
  if (rest.some((n) => n !== first)) throw unsupported(layer, `${what} that differ between axes`)
  return first
}

/** What every convolution shares, from a configuration and the tensor before it. */
function windowOf(layer: KerasLayer, from: Trail): { trail: Trail; shared: Omit<Conv, 'name' | 'outputs'> } {
  const config = configOf(layer, windowed)
  if (config.data_format === 'channels_first') throw unsupported(layer, 'channels in front')
  const trail = toTurned(from)
  return {
    trail,
    shared: {
      kind: 'conv',
      inputs: trail.shape.at(-1)!,
      window: listOf(config.kernel_size, trail.shape.length - 1),
      stride: single(layer, 'strides', config.strides),
      dilation: single(layer, 'dilations', config.dilation_rate),
      groups: 1,
      padding: config.padding,
      bias: config.use_bias,
      activation: 'linear',
    },
  }
}

/** [...window, inputs, outputs] -> [outputs, inputs, ...window]. */
const turnedKernel =
  (inputs: number, outputs: number) =>
  (data: Float32Array): Float32Array => {
    const area = data.length / (inputs * outputs)
    const result = new Float32Array(data.length)
    for (let p = 0; p < area; p++) {
      for (let i = 0; i < inputs; i++) {
        for (let o = 0; o < outputs; o++)
          result[(o * inputs + i) * area + p] = data[(p * inputs + i) * outputs + o]!
      }
    }
    return result
  }

const convolution: Reader = (layer, from, into) => {
  const { filters, groups, activation } = configOf(layer, {
    filters: z.int(),
    groups: z.int().min(1).default(1),
    activation: activationSchema,
  })
  const { trail, shared } = windowOf(layer, from)
  const { name } = layer
  const within = shared.inputs / groups
  const names = { ours: `${name}.weight`, keras: 'kernel' }
  hold(into, layer, names, [...shared.window, within, filters], undefined, turnedKernel(within, filters))
  if (shared.bias) hold(into, layer, { ours: `${name}.bias`, keras: 'bias' }, [filters])
  return activate(layer, extend(trail, [{ ...shared, name, outputs: filters, groups }], 'turned'), activation)
}

/** Each channel by itself: Keras [...window, channels, times], the engine [channels x times, 1, ...window]. */
function depthwiseConv(
  layer: KerasLayer,
  shared: Omit<Conv, 'name' | 'outputs'>,
  into: Import,
  name: string,
): Conv {
  // TensorFlow.js leaves depth_multiplier out of what it saves.
  const times = into.weights(layer.name, 'depthwise_kernel')?.shape.at(-1) ?? 1
  const channels = shared.inputs
  const names = { ours: `${name}.weight`, keras: 'depthwise_kernel' }
  // Channels and multiples lie as one axis in both.
  hold(into, layer, names, [...shared.window, channels, times], undefined, turnedKernel(1, channels * times))
  return { ...shared, name, outputs: channels * times, groups: channels }
}

const depthwise: Reader = (layer, from, into) => {
  const { activation } = configOf(layer, { activation: activationSchema })
  const { trail, shared } = windowOf(layer, from)
  const own = depthwiseConv(layer, shared, into, layer.name)
  if (own.bias) hold(into, layer, { ours: `${layer.name}.bias`, keras: 'bias' }, [own.outputs])
  return activate(layer, extend(trail, [own], 'turned'), activation)
}

const separable: Reader = (layer, from, into) => {
  const { filters, activation } = configOf(layer, { filters: z.int(), activation: activationSchema })
  const { trail, shared } = windowOf(layer, from)
  const { name } = layer
  const each = { ...depthwiseConv(layer, shared, into, `${name}.depthwise`), bias: false }
  const across: Conv = {
    ...shared,
    name: `${name}.pointwise`,
    inputs: each.outputs,
    outputs: filters,
    window: shared.window.map(() => 1),
    stride: 1,
    dilation: 1,
  }
  const names = { ours: `${across.name}.weight`, keras: 'pointwise_kernel' }
  const shape = [...across.window, each.outputs, filters]
  hold(into, layer, names, shape, undefined, turnedKernel(each.outputs, filters))
  if (across.bias) hold(into, layer, { ours: `${across.name}.bias`, keras: 'bias' }, [filters])
  return activate(layer, extend(trail, [each, across], 'turned'), activation)
}

const embedding: Reader = (layer, from, into) => {
  const { input_dim, output_dim, mask_zero } = configOf(layer, {
    input_dim: z.int(),
    output_dim: z.int(),
    mask_zero: z.boolean().nullish(),
  })
  if (mask_zero) throw unsupported(layer, 'masks (mask_zero)')
  if (from.shape.length !== 1) throw unsupported(layer, 'tokens of several axes')
  hold(into, layer, { ours: `${layer.name}.table`, keras: 'embeddings' }, [input_dim, output_dim])
  const own: Layer = { kind: 'embedding', name: layer.name, vocabulary: input_dim, width: output_dim }
  return extend(from, [own], 'plain')
}

// ---------------------------------------------------------------------------------------------------------
// Normalisation

const axisSchema = z.union([z.int(), z.array(z.int())]).default(-1)

/** Normalisation along the last axis, which Keras counts with the batch. */
function checkLast(layer: KerasLayer, axis: number | readonly number[], { shape }: Trail): void {
  const [only, ...more] = listOf(axis, 1)
  if (more.length > 0 || (only !== -1 && only !== shape.length))
    throw unsupported(layer, `axis ${listOf(axis, 1).join()}`)
}

const batchNormalization: Reader = (layer, from, into) => {
  const { axis, epsilon } = configOf(layer, { axis: axisSchema, epsilon: z.number().default(1e-3) })
  checkLast(layer, axis, from)
  const trail = from.shape.length === 1 ? from : toTurned(from)
  const { name } = layer
  const channels = trail.shape.at(-1)!
  for (const [ours, keras, otherwise] of [
    ['scale', 'gamma', 1],
    ['shift', 'beta', 0],
    ['mean', 'moving_mean', undefined],
    ['variance', 'moving_variance', undefined],
  ] as const) {
    hold(into, layer, { ours: `${name}.${ours}`, keras }, [channels], otherwise)
  }
  return extend(trail, [{ kind: 'batchNorm', name, channels, activation: 'linear', epsilon }], trail.form)
}

const layerNormalization: Reader = (layer, from, into) => {
  const { axis, epsilon } = configOf(layer, { axis: axisSchema, epsilon: z.number().default(1e-3) })
  checkLast(layer, axis, from)
  const plain = toPlain(from)
  const { name } = layer
  const width = plain.shape.at(-1)!
  hold(into, layer, { ours: `${name}.scale`, keras: 'gamma' }, [width], 1)
  hold(into, layer, { ours: `${name}.shift`, keras: 'beta' }, [width], 0)
  return extend(plain, [{ kind: 'layerNorm', name, width, epsilon }], 'plain')
}

// ---------------------------------------------------------------------------------------------------------
// Windows without weights, and arrangement

const pooling =
  (how: 'max' | 'average'): Reader =>
  (layer, from) => {
    const config = configOf(layer, {
      pool_size: counts,
      strides: counts.nullish(),
      padding: z.enum(['same', 'valid']).default('valid'),
      data_format: channelsLast,
    })
    if (config.data_format === 'channels_first') throw unsupported(layer, 'channels in front')
    const trail = toTurned(from)
    const window = listOf(config.pool_size, trail.shape.length - 1)
    const stride = single(layer, 'strides', config.strides ?? window)
    const { padding } = config
    return extend(trail, [{ kind: 'pool', name: layer.name, how, window, stride, padding }], 'turned')
  }

const globalAverage: Reader = (layer, from) => {
  const { keepdims, data_format } = configOf(layer, {
    keepdims: z.boolean().nullish(),
    data_format: channelsLast,
  })
  if (data_format === 'channels_first') throw unsupported(layer, 'channels in front')
  const trail = toTurned(from)
  const mean = extend(
    trail,
    [{ kind: 'rearrange', name: layer.name, to: 'globalAverage', extents: [] }],
    'plain',
  )
  return keepdims ? reshaped(mean, [...trail.shape.slice(0, -1).map(() => 1), ...mean.shape]) : mean
}

type Pair = readonly [number, number]

/** [before, after] of each axis; a lone pair is that of a series, and the same on both sides of an image's axes. */
function sidesOf(padding: number | Pair | readonly Pair[], rank: number): readonly Pair[] {
  if (typeof padding === 'number') return Array.from({ length: rank }, () => [padding, padding])
  const isPair = (value: Pair | readonly Pair[]): value is Pair => typeof value[0] === 'number'
  if (!isPair(padding)) return padding
  return rank === 1 ? [padding] : padding.map((n): Pair => [n, n])
}

const zeroPadding: Reader = (layer, from) => {
  const pair = z.tuple([z.int(), z.int()])
  const { padding, data_format } = configOf(layer, {
    padding: z.union([z.int(), z.array(pair).min(1).max(2), pair]),
    data_format: channelsLast,
  })
  if (data_format === 'channels_first') throw unsupported(layer, 'channels in front')
  const trail = toTurned(from)
  const space = sidesOf(padding, trail.shape.length - 1)
  return extend(trail, [{ kind: 'pad', name: layer.name, space }], 'turned')
}

const flatten: Reader = (layer, from) => {
  const { data_format } = configOf(layer, { data_format: channelsLast })
  if (data_format === 'channels_first') throw unsupported(layer, 'channels in front')
  return reshaped(from, [sizeOf(from.shape)])
}

const reshape: Reader = (layer, from) => {
  const { target_shape } = configOf(layer, { target_shape: z.array(z.int().min(-1)).min(1).max(4) })
  const known = target_shape.filter((n) => n !== -1).reduce((a, b) => a * b, 1)
  const shape = target_shape.map((n) => (n === -1 ? sizeOf(from.shape) / known : n))
  if (sizeOf(shape) !== sizeOf(from.shape) || !shape.every(Number.isInteger)) {
    throw invalid(layer, `it cannot turn shape [${from.shape.join(', ')}] into [${target_shape.join(', ')}]`)
  }
  return reshaped(from, shape)
}

/** Of all orders only the one that puts channels first, which the engine does anyway. */
const permute: Reader = (layer, from) => {
  const { dims } = configOf(layer, { dims: z.array(z.int()) })
  const rank = from.shape.length
  const first = [rank, ...from.shape.slice(1).map((_, i) => i + 1)]
  if (dims.join() !== first.join()) throw unsupported(layer, `the order [${dims.join(', ')}]`)
  const trail = toTurned(from)
  return { ...trail, form: 'plain', shape: [trail.shape.at(-1)!, ...trail.shape.slice(0, -1)] }
}

const dropout: Reader = (layer, from, into) => {
  const { rate, noise_shape } = configOf(layer, {
    rate: z.number(),
    noise_shape: z.array(z.unknown()).nullish(),
  })
  if (noise_shape) throw unsupported(layer, 'a noise_shape')
  const label = into.dropouts++
  return rate === 0 ? from : extend(from, [{ kind: 'dropout', name: layer.name, rate, label }], from.form)
}

export const readers: Readonly<Record<string, Reader>> = {
  Activation: (layer, from) =>
    activate(layer, from, configOf(layer, { activation: activationSchema }).activation),
  AveragePooling1D: pooling('average'),
  AveragePooling2D: pooling('average'),
  BatchNormalization: batchNormalization,
  BatchNormalizationV1: batchNormalization,
  Conv1D: convolution,
  Conv2D: convolution,
  Dense: dense,
  DepthwiseConv2D: depthwise,
  Dropout: dropout,
  Embedding: embedding,
  Flatten: flatten,
  GlobalAveragePooling1D: globalAverage,
  GlobalAveragePooling2D: globalAverage,
  LayerNormalization: layerNormalization,
  LeakyReLU: leakyRelu,
  MaxPooling1D: pooling('max'),
  MaxPooling2D: pooling('max'),
  Permute: permute,
  ReLU: relu,
  Reshape: reshape,
  SeparableConv2D: separable,
  Softmax: (_layer, from) => ({ ...from, isProbability: true }),
  ZeroPadding1D: zeroPadding,
  ZeroPadding2D: zeroPadding,
}

/** Those that compute nothing, and so may stand behind the last softmax. */
const still = new Set(['Activation', 'Dropout', 'Flatten', 'Reshape'])

/** One Keras layer behind the tensors that it reads. Throws ENGINE_IMPORT_UNSUPPORTED naming layer and class. */
export function readLayer(layer: KerasLayer, sources: readonly Trail[], into: Import): Trail {
  const { className } = layer
  if (sources.some(({ isProbability }) => isProbability) && !still.has(className)) {
    throw unsupported(layer, 'a softmax in front of it')
  }
  const [first, ...rest] = sources
  if (!first) throw invalid(layer, 'it reads no layer')
  if (className === 'Add') {
    return rest.reduce(
      (sum, next, i) => added(i === 0 ? layer.name : `${layer.name}.${i + 1}`, sum, next),
      first,
    )
  }
  const reader = Object.hasOwn(readers, className) ? readers[className] : undefined
  if (!reader || rest.length > 0) throw unsupported(layer, reader ? 'several inputs here' : 'this class')
  return reader(layer, first, into)
}
