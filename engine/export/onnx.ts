/** A network as an ONNX inference model, and any suitable ONNX model as a predictor. */
import { SPEC_KEY } from '../checkpoint.ts'
import { joined } from '../data/matrix.ts'
import { EngineError } from '../errors.ts'
import { constant, input } from '../expr.ts'
import type { Expr } from '../expr.ts'
import { forward, namedParameters } from '../network.ts'
import type { Network } from '../network.ts'
import { decodeModel, emitGraph, encodeModel, toNumber } from '../onnx/emit.ts'
import { onnx } from '../onnx/gen/onnx.js'
import { softmax } from '../ops.ts'
import { logitsOf, type Predictor, type Squashing } from '../predictor.ts'
import { floats } from '../session/runtime.ts'
import type { Runtime } from '../session/runtime.ts'

/** Rows of one call to the runtime: enough to keep it busy, few enough to bound its memory. */
const ROWS_PER_CALL = 1024

/**
 * An ONNX model of a network: input `inputs` float [batch, features], outputs `logits` and `probabilities`
 * float [batch, classes], or what `outputs` makes of what the network gives. The parameters are initializers under their own names; the spec is in the metadata.
 */
export function toOnnx(
  network: Network,
  options: {
    name?: string
    metadata?: Readonly<Record<string, string>>
    outputs?: (given: Expr) => Readonly<Record<string, Expr>>
  } = {},
): Uint8Array {
  const { name = 'network', metadata = {}, outputs = logitsAndProbabilities } = options
  const parameters = namedParameters(network).map((p): [string, Expr] => [
    p.name,
    constant(p.data, p.shape, 'float32', p.name),
  ])
  const inputs = input('inputs', ['batch', network.spec.inputs])
  const given = forward(network.spec, new Map(parameters), inputs)
  const graph = emitGraph({ name, inputs: [inputs], outputs: outputs(given) })
  return encodeModel(graph, { [SPEC_KEY]: JSON.stringify(network.spec), ...metadata })
}

const logitsAndProbabilities = (logits: Expr) => ({ logits, probabilities: softmax(logits) })

/**
 * Any ONNX model with one float input [rows, features] and a float output [rows, classes], at least two
 * classes, whose name contains "logit" or "prob" (scikit-learn's and XGBoost's converters say
 * "probabilities"; turn their ZipMap off). Probabilities are answered as logits that `squashing` turns back into them.
 * A model of a number has an output [rows, 2] whose name contains "gaussian": the mean and the raw log-variance.
 * A model of several targets has one named "heads": what each head gives, side by side.
 * Throws ENGINE_MODEL_INVALID, saying what the model has instead.
 */
export async function openOnnxModel(
  runtime: Runtime,
  model: Uint8Array,
  squashing: Squashing = 'softmax',
): Promise<Predictor> {
  const { source, target, isProbability } = readInterface(decodeModel(model))
  const session = await runtime.load(model)

  async function answer(inputs: Float32Array, rows: number): Promise<Float32Array> {
    const features = inputs.length / rows
    const outputs = await session.run({ [source.name]: { data: inputs, shape: [rows, features] } }, [
      target.name,
    ])
    return floats(outputs, target.name)
  }

  return {
    inputs: source.width,
    outputs: target.width,
    async logits(inputs, rows) {
      const features = source.width ?? inputs.length / rows
      if (inputs.length !== rows * features || !Number.isInteger(features)) {
        const sizes = `${inputs.length} numbers for ${rows} rows of ${source.width ?? 'equal length'}`
        throw new EngineError('ENGINE_DATA_INVALID', `The model cannot take ${sizes}.`)
      }
      const parts: Float32Array[] = []
      for (let from = 0; from < rows; from += ROWS_PER_CALL) {
        const to = Math.min(rows, from + ROWS_PER_CALL)
        parts.push(await answer(inputs.subarray(from * features, to * features), to - from))
      }
      const logits = joined(parts)
      return isProbability ? logitsOf(logits, squashing) : logits
    },
    release: () => session.release(),
  }
}

/** What an ONNX model says it answers. Throws ENGINE_MODEL_INVALID. */
export const outputNamesOf = (model: Uint8Array): string[] =>
  (decodeModel(model).graph?.output ?? []).map(({ name }) => name ?? '')

interface Port {
  name: string
  /** The second extent, when the model states it. */
  width: number | undefined
}

function readInterface({ graph }: onnx.ModelProto): { source: Port; target: Port; isProbability: boolean } {
  const initializers = new Set(graph?.initializer?.map(({ name }) => name))
  const sources = (graph?.input ?? []).filter(({ name }) => !initializers.has(name))
  const source = sources.length === 1 ? matrixPort(sources[0]!) : undefined
  if (!source) {
    const found = sources.map(showPort).join(', ') || 'none'
    throw new EngineError(
      'ENGINE_MODEL_INVALID',
      `The model needs one float input [rows, features]; it has ${found}.`,
    )
  }
  const ports = (graph?.output ?? []).flatMap((output) => matrixPort(output) ?? [])
  const named = (part: string): Port | undefined =>
    ports.find(({ name }) => name.toLowerCase().includes(part))
  const heads = ports.find(({ name }) => name === 'heads')
  const logits = heads ?? named('logit') ?? named('gaussian')
  const target = logits ?? named('prob')
  if (!target || target.width === 1) {
    const found = (graph?.output ?? []).map(showPort).join(', ') || 'none'
    throw new EngineError(
      'ENGINE_MODEL_INVALID',
      `The model needs a float output "logits" or "probabilities" [rows, classes]; it has ${found}.`,
    )
  }
  return { source, target, isProbability: !logits }
}

function matrixPort({ name, type }: onnx.IValueInfoProto): Port | undefined {
  const dims = type?.tensor_type?.shape?.dim
  if (type?.tensor_type?.elem_type !== onnx.TensorProto.DataType.FLOAT || dims?.length !== 2) return undefined
  return { name: name ?? '', width: toNumber(dims[1]?.dim_value) || undefined }
}

/** An input or output of a model, for people. */
export function showPort({ name, type }: onnx.IValueInfoProto): string {
  const tensor = type?.tensor_type
  if (!tensor) return `"${name}" (not a tensor)`
  const kind = onnx.TensorProto.DataType[tensor.elem_type ?? 0]?.toLowerCase()
  const dims = tensor.shape?.dim?.map((d) => d.dim_value || d.dim_param || '?').join(', ')
  return `"${name}" ${kind} [${dims ?? '?'}]`
}
