/**
 * The engine's layers trained with TensorFlow.js, in its own idiom: eager kernels, channels last, Adam as it
 * comes. Running statistics of batch normalisation are left out, which spares it a little.
 */
import type { Scalar, Tensor, Tensor4D, Variable } from '@tensorflow/tfjs-core'
import type { Activation, Layer } from '#engine/layers.ts'
import type { TensorFlow } from '#engine/tfjs.ts'

export interface TfjsWork {
  readonly layers: readonly Layer[]
  readonly parameters: readonly { name: string; shape: number[]; trained: boolean; data: Float32Array }[]
  readonly batchSize: number
  readonly inputs: Float32Array
  readonly targets: Float32Array
}

export interface TfjsTrainer {
  readonly batchSize: number
  readonly batches: number
  /** Trains on a batch, from 0, and gives its loss before the update. */
  step(batch: number): number
  dispose(): void
}

export function tfjsTrainer(tf: TensorFlow, work: TfjsWork): TfjsTrainer {
  const { batchSize, inputs, targets, layers } = work
  const last = layers.at(-1)!
  if (last.kind !== 'dense') throw new RangeError(`A network ends in a dense layer, not in ${last.kind}.`)
  const rows = targets.length / last.outputs
  const trained = work.parameters.filter((parameter) => parameter.trained)
  const variables = new Map(trained.map(({ name, shape, data }) => [name, variableOf(tf, shape, data)]))
  const adam = tf.train.adam(1e-3, 0.9, 0.999, 1e-8)
  const rowsOf = (data: Float32Array, batch: number): Tensor => {
    const width = data.length / rows
    const start = batch * batchSize * width
    return tf.tensor(data.subarray(start, start + batchSize * width), [batchSize, width])
  }
  return {
    batchSize,
    batches: Math.floor(rows / batchSize),
    step: (batch) =>
      tf.tidy(() => {
        const [x, t] = [rowsOf(inputs, batch), rowsOf(targets, batch)]
        const loss = (): Scalar =>
          tf.mean(tf.neg(tf.sum(tf.mul(t, tf.logSoftmax(applyAll(tf, layers, x, variables))), -1)))
        const { value, grads } = tf.variableGrads(loss, [...variables.values()])
        adam.applyGradients(grads as Parameters<typeof adam.applyGradients>[0])
        return value.dataSync()[0]!
      }),
    dispose() {
      adam.dispose()
      tf.dispose([...variables.values()])
    },
  }
}

/** Kernels [outputs, inputs / groups, h, w] become [h, w, inputs / groups, outputs]. */
function variableOf(tf: TensorFlow, shape: number[], data: Float32Array): Variable {
  return tf.tidy(() => {
    const value = tf.tensor(data, shape)
    return tf.variable(shape.length === 4 ? tf.transpose(value, [2, 3, 1, 0]) : value)
  })
}

type Variables = ReadonlyMap<string, Variable>

const applyAll = (tf: TensorFlow, layers: readonly Layer[], x: Tensor, variables: Variables): Tensor =>
  layers.reduce((value, layer) => apply(tf, layer, value, variables), x)

function apply(tf: TensorFlow, layer: Layer, x: Tensor, variables: Variables): Tensor {
  const own = (name: string): Variable => variables.get(`${layer.name}.${name}`)!
  switch (layer.kind) {
    case 'dense':
      return activate(tf, layer.activation, affine(tf, x, own('weight'), own('bias')))
    case 'conv': {
      const { stride, groups, window } = layer
      const [image, kernel] = [x as Tensor4D, own('weight') as Tensor as Tensor4D]
      const [h, w] = window as [number, number]
      const y =
        groups > 1
          ? tf.depthwiseConv2d(image, tf.reshape(kernel, [h, w, groups, 1]), stride, 'same')
          : tf.conv2d(image, kernel, stride, 'same')
      return activate(tf, layer.activation, layer.bias ? tf.add(y, own('bias')) : y)
    }
    case 'batchNorm': {
      const { mean, variance } = tf.moments(x, [0, 1, 2])
      const y = tf.batchNorm(x, mean, variance, own('shift'), own('scale'), 1e-5)
      return activate(tf, layer.activation, y)
    }
    case 'layerNorm': {
      const { mean, variance } = tf.moments(x, -1, true)
      const y = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5)))
      return tf.add(tf.mul(y, own('scale')), own('shift'))
    }
    case 'pool':
      return tf.maxPool(x as Tensor4D, [2, 2], [2, 2], 'valid')
    case 'rearrange':
      switch (layer.to) {
        case 'channelsFirst':
        case 'tokens':
          return tf.reshape(x, [x.shape[0], ...layer.extents])
        case 'flatten':
          // The dense layer behind it has learned the channels first.
          return tf.reshape(tf.transpose(x, [0, 3, 1, 2]), [x.shape[0], -1])
        case 'globalAverage':
          return tf.mean(x, [1, 2])
        case 'meanToken':
          return tf.mean(x, 1)
      }
      break
    case 'dropout':
      return x
    case 'position':
      return tf.add(x, own('table'))
    case 'attention': {
      const [batch, tokens] = x.shape as [number, number]
      const heads = (part: Tensor): Tensor =>
        tf.transpose(tf.reshape(part, [batch, tokens, layer.heads, -1]), [0, 2, 1, 3])
      const together = affine(tf, x, own('in.weight'), own('in.bias'))
      const [q, k, v] = tf.split(together, 3, 2).map(heads) as [Tensor, Tensor, Tensor]
      const scores = tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(layer.width / layer.heads))
      const mixed = tf.transpose(tf.matMul(tf.softmax(scores), v), [0, 2, 1, 3])
      return affine(tf, tf.reshape(mixed, [batch, tokens, layer.width]), own('out.weight'), own('out.bias'))
    }
    case 'residual': {
      const [body, shortcut] = [layer.body, layer.shortcut].map((part) => applyAll(tf, part, x, variables))
      return activate(tf, layer.activation, tf.add(body!, shortcut!))
    }
  }
  throw new RangeError(`TensorFlow.js as a peer knows no layer ${layer.kind}.`)
}

/** x [..., k], w [k, m] and b [m] give [..., m]. */
function affine(tf: TensorFlow, x: Tensor, w: Tensor, b: Tensor): Tensor {
  const [k, m] = w.shape as [number, number]
  const rows = tf.reshape(x, [-1, k])
  return tf.reshape(tf.add(tf.matMul(rows, w), b), [...x.shape.slice(0, -1), m])
}

function activate(tf: TensorFlow, activation: Activation, x: Tensor): Tensor {
  switch (activation) {
    case 'linear':
      return x
    case 'relu':
      return tf.relu(x)
    case 'relu6':
      return tf.relu6(x)
    case 'gelu':
      return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1))
    default:
      throw new RangeError(`TensorFlow.js as a peer knows no activation ${activation}.`)
  }
}
