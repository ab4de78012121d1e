/**
 * A Keras or TensorFlow.js layers model as a network that the engine runs, trains and saves like its own.
 *
 * The topology is JSON: a Sequential list, or a Functional graph. The engine's networks are lists too, in which
 * branches that part and are added again make a residual; so each tensor of the graph is followed back to the
 * input as a trail of layers (`keras-trail.ts`), and an Add folds two trails from where they part.
 */
import { z } from 'zod'
import { EngineError } from '../errors.ts'
import { parametersOf } from '../layers.ts'
import type { Dense, Layer } from '../layers.ts'
import { layoutOf, parameterCount } from '../layout.ts'
import type { Network } from '../network.ts'
import { sizeOf } from '../shape.ts'
import { parseSpec } from '../spec.ts'
import { readLayer, unsupported } from './keras-layers.ts'
import type { Import, KerasLayer } from './keras-layers.ts'
import { startOf } from './keras-trail.ts'
import type { Trail } from './keras-trail.ts'
import { manifestSchema, readWeights } from './keras-weights.ts'

const MOST_LAYERS = 1024

const layerSchema = z.object({
  class_name: z.string(),
  name: z.string().optional(),
  config: z.record(z.string(), z.unknown()).or(z.array(z.unknown())),
  inbound_nodes: z.array(z.unknown()).optional(),
})
type LayerJson = z.output<typeof layerSchema>
const topologySchema = z.object({ class_name: z.string(), config: z.unknown() })
const modelSchema = z.object({
  modelTopology: z.union([
    z.object({ model_config: topologySchema }).transform((m) => m.model_config),
    topologySchema,
  ]),
  weightsManifest: manifestSchema,
})
const layerList = z.array(layerSchema).max(MOST_LAYERS)
const sequentialSchema = z.union([
  layerList.transform((layers) => ({ layers })),
  z.object({ layers: layerList }),
])
const functionalSchema = z.object({
  layers: layerList,
  input_layers: z.unknown(),
  output_layers: z.unknown(),
})

const invalid = (message: string): EngineError => new EngineError('ENGINE_MODEL_INVALID', message)

/**
 * The network of a `model.json` (parsed) and the bytes of its weight files, one after another. A softmax at the end
 * is taken off, since networks answer logits; one sigmoid becomes the logits 0 and z of two classes. A row lists
 * the input as Keras does: the channels of a pixel, pixel after pixel.
 *
 * Throws ENGINE_IMPORT_UNSUPPORTED naming the layer and its class, and ENGINE_MODEL_INVALID.
 */
export function importKeras(modelJson: unknown, weights: Uint8Array): Network {
  const parsed = modelSchema.safeParse(modelJson)
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') || 'the file'
    throw invalid(`This is not a model.json of Keras layers: ${field} is missing or damaged.`)
  }
  const { modelTopology, weightsManifest } = parsed.data
  const into: Import = { weights: readWeights(weightsManifest, weights), parameters: new Map(), dropouts: 0 }
  const { trail, inputs } = readModel(modelTopology.class_name, modelTopology.config, undefined, into)
  const { layers, outputs } = ended(trail, into)
  checkApart(layers)
  const spec = parseSpec({ kind: 'layers', inputs, layers, outputs })
  const vector = new Float32Array(parameterCount(spec))
  for (const { name, offset } of layoutOf(spec)) vector.set(into.parameters.get(name)!, offset)
  return { spec, parameters: vector }
}

/** A model, or one inside another, from the tensor in front of it. */
function readModel(
  className: string,
  config: unknown,
  from: Trail | undefined,
  into: Import,
): { trail: Trail; inputs: number } {
  if (className === 'Sequential') return readSequential(parse(sequentialSchema, config).layers, from, into)
  if (['Functional', 'Model'].includes(className)) return readFunctional(config, from, into)
  throw new EngineError(
    'ENGINE_IMPORT_UNSUPPORTED',
    `The engine does not know models of the class ${className}.`,
  )
}

function parse<T>(schema: z.ZodType<T>, json: unknown): T {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]?.path.join('.') || 'its config'
  throw invalid(`The model's topology is damaged at ${field}.`)
}

function readSequential(
  layers: readonly LayerJson[],
  from: Trail | undefined,
  into: Import,
): { trail: Trail; inputs: number } {
  const start = from ?? startOf(rowShape(layers[0]))
  const rest = layers.filter(({ class_name }) => class_name !== 'InputLayer')
  const trail = rest.reduce((before, layer) => readAny(layer, [before], into), start)
  return { trail, inputs: sizeOf(start.shape) }
}

function readFunctional(
  config: unknown,
  from: Trail | undefined,
  into: Import,
): { trail: Trail; inputs: number } {
  const { layers, input_layers, output_layers } = parse(functionalSchema, config)
  const byName = new Map(layers.map((layer) => [nameOf(layer), layer]))
  const [inputs, outputs] = [tensorsIn(input_layers), tensorsIn(output_layers)]
  if (inputs.length !== 1 || outputs.length !== 1) {
    const found = `${inputs.length} inputs and ${outputs.length} outputs`
    throw new EngineError(
      'ENGINE_IMPORT_UNSUPPORTED',
      `The model has ${found}; the engine takes one of each.`,
    )
  }
  const start = from ?? startOf(rowShape(byName.get(inputs[0]!)))
  const trails = new Map<string, Trail>([[inputs[0]!, start]])
  const entered = new Set<string>()
  const trailAt = (name: string): Trail => {
    const known = trails.get(name)
    if (known) return known
    const layer = byName.get(name)
    if (!layer || entered.has(name)) throw invalid(`The model's layer "${name}" is missing or reads itself.`)
    entered.add(name)
    const nodes = layer.inbound_nodes ?? []
    if (nodes.length > 1) throw unsupported(told(layer), 'layers that are used twice')
    const trail = readAny(layer, tensorsIn(nodes).map(trailAt), into)
    trails.set(name, trail)
    return trail
  }
  return { trail: trailAt(outputs[0]!), inputs: sizeOf(start.shape) }
}

function readAny(layer: LayerJson, sources: readonly Trail[], into: Import): Trail {
  const { class_name: className } = layer
  if (['Sequential', 'Functional', 'Model'].includes(className) && sources.length === 1) {
    return readModel(className, layer.config, sources[0], into).trail
  }
  try {
    return readLayer(told(layer), sources, into)
  } catch (error) {
    // Shapes are checked by the engine's layers, which tell their own names; the import's own tell none.
    if (!(error instanceof EngineError) || error.message.startsWith('Layer ')) throw error
    throw new EngineError(error.code, `Layer ${nameOf(layer)} (${className}): ${error.message}`, {
      cause: error,
    })
  }
}

const nameOf = ({ name, config }: LayerJson): string =>
  name ?? (!Array.isArray(config) && typeof config['name'] === 'string' ? config['name'] : 'without a name')

const told = (layer: LayerJson): KerasLayer => ({
  className: layer.class_name,
  name: nameOf(layer),
  config: layer.config,
})

/**
 * The layers whose tensors a piece of JSON refers to. Keras 2 and TensorFlow.js write [name, node, tensor], Keras
 * 3 a tensor with its history; both wrap them in lists, as deep as the layer's call had it.
 */
function tensorsIn(json: unknown): string[] {
  if (Array.isArray(json)) {
    return typeof json[0] === 'string' && typeof json[1] === 'number' ? [json[0]] : json.flatMap(tensorsIn)
  }
  if (typeof json !== 'object' || json === null) return []
  if ('keras_history' in json) return tensorsIn(json.keras_history)
  return Object.values(json).flatMap(tensorsIn)
}

/** What the first layer says of its input, without the batch. */
function rowShape(layer: LayerJson | undefined): number[] {
  const extents = z.array(z.int().min(1).nullable()).min(2).max(5)
  const said = z
    .object({ batch_input_shape: extents.optional(), batch_shape: extents.optional() })
    .safeParse(layer?.config)
  const shape = said.success ? (said.data.batch_input_shape ?? said.data.batch_shape)?.slice(1) : undefined
  if (!shape?.every((extent) => extent !== null)) {
    throw invalid("The model's first layer does not say the extents of its input (batch_input_shape).")
  }
  return shape
}

/** Logits for all classes at the end. */
function ended(trail: Trail, { parameters }: Import): { layers: readonly Layer[]; outputs: number } {
  const { shape, layers, isProbability } = trail
  const outputs = sizeOf(shape)
  if (outputs !== shape.at(-1)) {
    throw invalid(`The model gives [${shape.join(', ')}] for a row, not one number for each class.`)
  }
  const flat: Layer[] = shape.length > 1 && trail.form !== 'flat' ? [flattened] : []
  const last = layers.at(-1)
  const isSigmoid = last?.kind === 'activation' && last.activation === 'sigmoid'
  if (isProbability || !isSigmoid) return { layers: [...layers, ...flat], outputs }
  if (outputs > 1) {
    const what = 'The model ends in a sigmoid for each class, so its classes do not exclude each other'
    throw new EngineError('ENGINE_IMPORT_UNSUPPORTED', `${what}; the engine's do.`)
  }
  // sigmoid(z) is the second of softmax(0, z).
  const pair: Dense = { kind: 'dense', name: 'classes', inputs: 1, outputs: 2, activation: 'linear' }
  parameters.set('classes.weight', Float32Array.of(0, 1))
  parameters.set('classes.bias', new Float32Array(2))
  return { layers: [...layers.slice(0, -1), ...flat, pair], outputs: 2 }
}

const flattened: Layer = { kind: 'rearrange', name: 'flatten', to: 'flatten', extents: [] }

/** A layer twice means that branches cross in a way that residuals do not. */
function checkApart(layers: readonly Layer[]): void {
  const names = new Set<string>()
  for (const { name } of layers.flatMap(parametersOf)) {
    if (names.has(name)) {
      const what = `The engine adds branches again where they part, and cannot place ${name} in both`
      throw new EngineError('ENGINE_IMPORT_UNSUPPORTED', `${what}.`)
    }
    names.add(name)
  }
}
