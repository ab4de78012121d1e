/**
 * A network as Keras layers: the topology in its functional JSON, and the weights in its layouts.
 *
 * Keras keeps channels last and its kernels [...window, inputs, outputs], so kernels turn, and a row of pixels
 * needs no turning. Only flattening must first put the channels where the dense layer behind it learned them.
 * What Keras lacks (attention by our layout, learned positions, causal convolutions in TensorFlow.js) is refused.
 */
import { layersOf } from '../architectures.ts'
import { EngineError } from '../errors.ts'
import type { Activation, Conv, Layer } from '../layers.ts'
import type { ParameterSlice } from '../layout.ts'
import type { Squashing } from '../predictor.ts'
import type { NetworkSpec } from '../spec.ts'

export interface KerasWeight {
  readonly name: string
  readonly shape: readonly number[]
  readonly data: Float32Array
}
type Parameter = ParameterSlice & { readonly data: Float32Array }

const kerasActivations: Partial<Record<Activation, string>> = {
  relu: 'relu',
  relu6: 'relu6',
  gelu: 'gelu',
  silu: 'swish',
  tanh: 'tanh',
  sigmoid: 'sigmoid',
}

/** The last layer makes probabilities by `squashing`. Throws ENGINE_EXPORT_UNSUPPORTED naming the layer that has no Keras layer. */
export function toKeras(
  spec: NetworkSpec,
  parameters: ReadonlyMap<string, Parameter>,
  squashing: Squashing,
): { layers: object[]; weights: KerasWeight[]; output: string } {
  const layers: object[] = []
  const weights: KerasWeight[] = []

  const taken = new Set<string>()
  /** The layers whose tensors the engine holds with channels first. */
  const channelsFirst = new Set<string>()

  /** Writes one layer behind others and gives its name, of its own and without a path's dots, which break it. */
  const put = (kind: string, path: string, from: readonly string[], config: object = {}): string => {
    const wish = path.replaceAll('.', '_')
    let name = wish
    for (let i = 2; taken.has(name); i++) name = `${wish}_${i}`
    taken.add(name)
    const inbound_nodes = from.length > 0 ? [from.map((source) => [source, 0, 0, {}])] : []
    layers.push({ class_name: kind, name, config: { name, dtype: 'float32', ...config }, inbound_nodes })
    return name
  }
  const hold = (
    layer: string,
    name: string,
    parameter: string,
    turn?: (p: Parameter) => KerasWeight,
  ): void => {
    const found = parameters.get(parameter)!
    const { shape, data } = turn ? turn(found) : found
    weights.push({ name: `${layer}/${name}`, shape, data })
  }
  const activate = (path: string, activation: Activation, from: string, slope = 0.01): string => {
    if (activation === 'linear') return from
    const name = `${path}.${activation}`
    if (activation === 'leakyRelu') return put('LeakyReLU', name, [from], { alpha: slope })
    return put('Activation', name, [from], { activation: kerasActivations[activation] })
  }
  const writeAll = (list: readonly Layer[], from: string): string =>
    list.reduce((source, layer) => {
      const result = write(layer, source)
      if (layer.kind === 'rearrange' ? layer.to === 'channelsFirst' : channelsFirst.has(source)) {
        channelsFirst.add(result)
      }
      return result
    }, from)

  function write(layer: Layer, from: string): string {
    const { name } = layer
    switch (layer.kind) {
      case 'dense': {
        const own = put('Dense', name, [from], { units: layer.outputs, activation: 'linear', use_bias: true })
        hold(own, 'kernel', `${name}.weight`)
        hold(own, 'bias', `${name}.bias`)
        return activate(name, layer.activation, own)
      }
      case 'conv':
        return writeConv(layer, from)
      case 'batchNorm': {
        const own = put('BatchNormalization', name, [from], { axis: -1, epsilon: layer.epsilon ?? 1e-5 })
        const names = { gamma: 'scale', beta: 'shift', moving_mean: 'mean', moving_variance: 'variance' }
        for (const [keras, ours] of Object.entries(names)) hold(own, keras, `${name}.${ours}`)
        return activate(name, layer.activation, own)
      }
      case 'pool': {
        const kind = layer.how === 'max' ? 'MaxPooling2D' : 'AveragePooling2D'
        const { window, stride, padding = 'valid' } = layer
        const strides = stride === undefined ? window : window.map(() => stride)
        return put(kind, name, [from], { pool_size: window, strides, padding })
      }
      case 'activation':
        return activate(name, layer.activation, from, layer.slope)
      case 'pad':
        return put('ZeroPadding2D', name, [from], { padding: layer.space })
      case 'residual': {
        const sum = put('Add', name, [writeAll(layer.body, from), writeAll(layer.shortcut, from)])
        return activate(name, layer.activation, sum)
      }
      case 'dropout':
        return layer.rate === 0 ? from : put('Dropout', name, [from], { rate: layer.rate })
      case 'rearrange':
        if (layer.to === 'channelsFirst' && layer.extents.length === 3) {
          return put('Reshape', 'image', [from], { target_shape: layer.extents })
        }
        if (layer.to === 'flatten') {
          const first = channelsFirst.has(from)
            ? put('Permute', 'channelsFirst', [from], { dims: [3, 1, 2] })
            : from
          return put('Flatten', name, [first])
        }
        // Keras has them there already; a name of its own says so.
        if (layer.to === 'channelsLast') return put('Activation', name, [from], { activation: 'linear' })
        if (layer.to === 'globalAverage') return put('GlobalAveragePooling2D', name, [from])
    }
    throw new EngineError(
      'ENGINE_EXPORT_UNSUPPORTED',
      `Layer ${name} (${layer.kind}) has no TensorFlow.js layer; export the network as ONNX instead.`,
    )
  }

  function writeConv(layer: Conv, from: string): string {
    const { name, groups, inputs, outputs, window, stride, dilation, padding, bias } = layer
    const depthwise = groups === inputs && inputs === outputs && groups > 1
    if (window.length !== 2 || padding === 'causal' || (groups > 1 && !depthwise)) {
      throw new EngineError(
        'ENGINE_EXPORT_UNSUPPORTED',
        `Layer ${name} (a convolution over a series or in groups) has no TensorFlow.js layer; export the network as ONNX instead.`,
      )
    }
    const shared = {
      kernel_size: window,
      strides: [stride, stride],
      dilation_rate: [dilation, dilation],
      padding,
      use_bias: bias,
      activation: 'linear',
    }
    const own = depthwise
      ? put('DepthwiseConv2D', name, [from], { ...shared, depth_multiplier: 1 })
      : put('Conv2D', name, [from], { ...shared, filters: outputs })
    hold(own, depthwise ? 'depthwise_kernel' : 'kernel', `${name}.weight`, (p) => turned(p, depthwise))
    if (bias) hold(own, 'bias', `${name}.bias`)
    return activate(name, layer.activation, own)
  }

  const source = put('InputLayer', 'inputs', [], { batch_input_shape: [null, spec.inputs] })
  const logits = writeAll(layersOf(spec), source)
  const output = put('Activation', 'probabilities', [logits], { activation: squashing })
  return { layers, weights, output }
}

/** [outputs, inputs, h, w] -> [h, w, inputs, outputs]; a depthwise [channels, 1, h, w] -> [h, w, channels, 1]. */
function turned({ name, shape, data }: Parameter, depthwise: boolean): KerasWeight {
  const [outputs, inputs, h, w] = shape as [number, number, number, number]
  const result = new Float32Array(data.length)
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) {
      for (let p = 0; p < h * w; p++) {
        const to = depthwise ? p * outputs + o : (p * inputs + i) * outputs + o
        result[to] = data[(o * inputs + i) * h * w + p]!
      }
    }
  }
  return { name, shape: [h, w, ...(depthwise ? [outputs, 1] : [inputs, outputs])], data: result }
}
