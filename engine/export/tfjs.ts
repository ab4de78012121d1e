/**
 * A network as a TensorFlow.js layers model, and such a model as a predictor.
 *
 * The topology is Keras's functional JSON, the weights one binary beside it; `tf.loadLayersModel(url)` opens
 * the pair in a browser. The last layer ends in softmax or sigmoid, so the model answers probabilities, as people
 * expect of a Keras classifier. Format: https://github.com/tensorflow/tfjs/tree/master/tfjs-layers and the weights
 * manifest of tfjs-core's io/types.ts.
 */
import { EngineError, firstLine } from '../errors.ts'
import { namedParameters } from '../network.ts'
import type { Network } from '../network.ts'
import { logitsOf, type Predictor, type Squashing } from '../predictor.ts'
import { openTensorFlow } from '../tfjs.ts'
import { toKeras } from './keras.ts'
import type { WeightSpec } from '../tfjs.ts'

const ROWS_PER_CALL = 1024

/** `model.json` as an object, and the bytes of the `weights.bin` it names. */
export function toTfjsLayersModel(
  network: Network,
  squashing: Squashing = 'softmax',
): { modelJson: object; weights: Uint8Array } {
  const parameters = new Map(namedParameters(network).map((p) => [p.name, p]))
  const { layers, weights, output } = toKeras(network.spec, parameters, squashing)
  const bytes = new Float32Array(weights.reduce((size, { data }) => size + data.length, 0))
  weights.reduce((at, { data }) => {
    bytes.set(data, at)
    return at + data.length
  }, 0)
  const config = {
    name: network.spec.kind,
    layers,
    input_layers: [['inputs', 0, 0]],
    output_layers: [[output, 0, 0]],
  }
  return {
    modelJson: {
      format: 'layers-model',
      generatedBy: 'collegium',
      convertedBy: null,
      modelTopology: { class_name: 'Model', config },
      weightsManifest: [
        {
          paths: ['weights.bin'],
          weights: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
        },
      ],
    },
    weights: new Uint8Array(bytes.buffer),
  }
}

/**
 * Opens a layers model whose one output is probabilities [rows, classes]; they are answered as logits that
 * `squashing` turns back into them. Throws ENGINE_MODEL_INVALID when TensorFlow.js refuses it.
 */
export async function loadTfjsModel(
  modelJson: object,
  weights: Uint8Array,
  squashing: Squashing = 'softmax',
): Promise<Predictor> {
  const tf = await openTensorFlow()
  const { modelTopology, weightsManifest } = modelJson as ModelJson
  const artifacts = {
    modelTopology,
    weightSpecs: weightsManifest?.flatMap((group) => group.weights) ?? [],
    weightData: new Uint8Array(weights).buffer,
  }
  const model = await tf.layers.loadLayersModel(tf.io.fromMemory(artifacts)).catch((cause: unknown) => {
    const reason = `TensorFlow.js cannot load the model: ${firstLine(cause)}`
    throw new EngineError('ENGINE_MODEL_INVALID', reason, { cause })
  })
  const widths = [model.inputs, model.outputs].map((ends) => (ends.length === 1 ? ends[0]!.shape : []))
  const [source, target] = widths.map((shape) => (shape.length === 2 ? (shape[1] ?? undefined) : undefined))
  if (source === undefined || target === undefined) {
    model.dispose()
    const wanted = 'one input [rows, features] and one output [rows, classes]'
    throw new EngineError('ENGINE_MODEL_INVALID', `The TensorFlow.js model must have ${wanted}.`)
  }
  return {
    inputs: source,
    outputs: target,
    logits(inputs, rows) {
      if (inputs.length !== rows * source) {
        const sizes = `${inputs.length} numbers for ${rows} rows of ${source}`
        return Promise.reject(new EngineError('ENGINE_DATA_INVALID', `The model cannot take ${sizes}.`))
      }
      const probabilities = tf.tidy(() => {
        const x = tf.tensor2d(inputs, [rows, source])
        return (model.predict(x, { batchSize: ROWS_PER_CALL }) as { dataSync(): Float32Array }).dataSync()
      })
      return Promise.resolve(logitsOf(probabilities, squashing))
    },
    release() {
      model.dispose()
      return Promise.resolve()
    },
  }
}

/** What we read of a model.json; TensorFlow.js checks the rest. */
interface ModelJson {
  modelTopology?: object
  weightsManifest?: { weights: readonly WeightSpec[] }[]
}
