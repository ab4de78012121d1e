/**
 * TensorFlow.js behind the same port: an interpreter of the ONNX graphs that the engine writes.
 *
 * Nothing is compiled. A graph is a list of nodes in order, each node one call of a table (`tfjs-ops.ts`) from
 * operator to function of tensors, and a `Loop` is a loop. What that buys is a second, independent execution of
 * every training graph, in any place where TensorFlow.js runs.
 *
 * Three things differ from ONNX and are settled at the edge. TensorFlow.js has no int64: row numbers and shapes
 * travel as int32, a number that does not fit is refused, and an output declared int64 leaves as one. It has
 * no float64 either, and a model that needs it is refused. And TensorFlow.js frees nothing by itself: a run is
 * one `tidy`, each turn of a loop another, and only what is named outlives them.
 */
import { EngineError, firstLine } from '../errors.ts'
import { decodeModel, toNumber } from '../onnx/emit.ts'
import { onnx } from '../onnx/gen/onnx.js'
import type { TensorFlow, TfTensor } from '../tfjs.ts'
import { breathe } from './breathe.ts'
import type { Runtime, RuntimeName, Session, Tensor } from './runtime.ts'
import { prepareGraph, runGraph } from './tfjs-graph.ts'
import type { Graph } from './tfjs-graph.ts'
import { opTable } from './tfjs-ops.ts'
import { toInt32 } from './tfjs-tensors.ts'

const { DataType } = onnx.TensorProto
/** The first in which every reduction takes its axes as an input, and the one the engine writes. */
const OPSET = 18

export function tfjsRuntime(
  name: RuntimeName,
  tf: TensorFlow,
  { backend, threads }: { backend: string; threads: number },
): Runtime {
  const ops = opTable(tf)
  return {
    name,
    threads,
    provider: 'cpu',
    async load(bytes) {
      const kept: TfTensor[] = []
      try {
        const { graph, opset_import: opsets } = decodeModel(bytes)
        const opset = toNumber(opsets.find(({ domain }) => !domain)?.version)
        if (opset < OPSET) throw new Error(`it is of opset ${opset}; ${OPSET} is the oldest understood`)
        await tf.setBackend(backend)
        return tfjsSession({ name, tf, backend, graph: prepareGraph(tf, ops, graph!, kept), kept })
      } catch (cause) {
        tf.dispose(kept)
        if (cause instanceof EngineError) throw cause
        const reason = `${name} cannot load the model: ${firstLine(cause)}`
        throw new EngineError('ENGINE_MODEL_INVALID', reason, { cause })
      }
    },
  }
}

function tfjsSession(parts: {
  name: string
  tf: TensorFlow
  backend: string
  graph: Graph
  kept: TfTensor[]
}): Session {
  const { name, tf, backend, graph, kept } = parts
  return {
    async run(feeds, wanted = graph.outputs.map((output) => output.name)) {
      await breathe()
      // The backend is the library's one choice for everybody; whoever ran meanwhile may have made another.
      while (tf.getBackend() !== backend) await tf.setBackend(backend)
      const results: Record<string, Tensor> = {}
      try {
        tf.tidy(() => {
          const fed = new Map(graph.inputs.map((input) => [input.name, feedOf(tf, input, feeds)]))
          const env = runGraph(graph, fed)
          for (const key of wanted) {
            const output = graph.outputs.find((known) => known.name === key)
            if (!output) throw new Error(`the model has no output "${key}"`)
            results[key] = resultOf(env.get(key)!, output.type)
          }
        })
      } catch (cause) {
        throw new EngineError('ENGINE_RUN_FAILED', `${name} stopped: ${firstLine(cause)}`, { cause })
      }
      return results
    },
    release: () => {
      tf.dispose(kept)
      return Promise.resolve()
    },
  }
}

function feedOf(
  tf: TensorFlow,
  { name, shape, type }: Graph['inputs'][number],
  feeds: Readonly<Record<string, Tensor>>,
): TfTensor {
  const fed = feeds[name]
  if (!fed) throw new Error(`the input "${name}" is missing`)
  const fits =
    fed.shape.length === shape.length &&
    shape.every((dim, i) => typeof dim === 'string' || dim === fed.shape[i])
  if (!fits)
    throw new Error(`the input "${name}" has shape [${fed.shape.join(', ')}], not [${shape.join(', ')}]`)
  if (typeOf(fed.data) !== type)
    throw new Error(`the input "${name}" has another element type than the model`)
  const data = fed.data instanceof BigInt64Array ? toInt32(name, fed.data) : fed.data
  return tf.tensor(data, [...fed.shape], type === DataType.FLOAT ? 'float32' : 'int32')
}

function typeOf(data: Tensor['data']): onnx.TensorProto.DataType {
  if (data instanceof Float32Array) return DataType.FLOAT
  if (data instanceof Float64Array) return DataType.DOUBLE
  return data instanceof Int32Array ? DataType.INT32 : DataType.INT64
}

/** A copy: what the library answers with may be the very array that was fed, or, after a cast, of another type. */
function resultOf(tensor: TfTensor, type: onnx.TensorProto.DataType): Tensor {
  const data = tensor.dataSync() as Int32Array
  const { shape } = tensor
  if (type === DataType.INT64) return { data: BigInt64Array.from(data, BigInt), shape }
  return { data: type === DataType.FLOAT ? Float32Array.from(data) : Int32Array.from(data), shape }
}
