/** The contract of the teacher port, on every kind of teacher, and how each comes to be. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { toOnnx } from '#engine/export/onnx.ts'
import { toTfjsLayersModel } from '#engine/export/tfjs.ts'
import { softmaxRows } from '#engine/infer.ts'
import type { Network } from '#engine/network.ts'
import { openRuntime, type Runtime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import { ready } from '#privacy/crypto.ts'
import { openMemoryBlobs } from '#store/memory-blobs.ts'
import { planeDataset, planeSchema } from '../../test/support/plane.ts'
import { tempFolder } from '../../test/support/temp-folder.ts'
import type { TeacherConfig } from '../config.ts'
import { openTeacher, type TeacherJob } from './open.ts'

let runtime: Runtime
beforeAll(async () => {
  await ready
  runtime = await openRuntime()
})

const training = planeDataset('points', 200)
const { inputs, labels } = training

const coded = (code: string) => expect.objectContaining({ code })

/** The network with logits [3 x, 3 y]: it says "high" exactly where y > x. */
const oracle = (features = 2, classes = 2) => {
  const parameters = new Float32Array(features * classes + classes)
  parameters[0] = 3 // x to class 0
  parameters[classes + 1] = 3 // y to class 1
  return { spec: parseSpec({ kind: 'mlp', inputs: features, hidden: [], outputs: classes }), parameters }
}

async function setup(config: TeacherConfig) {
  const blobs = await openMemoryBlobs()
  const epochs: number[] = []
  const job: TeacherJob = {
    config,
    schema: planeSchema,
    schemaHash: 'a'.repeat(64),
    training,
    dataHash: 'b'.repeat(64),
    validationFraction: 0.2,
    seed: 1,
    earlier: undefined,
    signal: new AbortController().signal,
    onEpoch: ({ epoch }) => epochs.push(epoch),
    clock: () => 0,
    unitKey: new Uint8Array(32),
    random: (length) => new Uint8Array(length).fill(7),
  }
  const open = (change: Partial<TeacherJob> = {}) => openTeacher(runtime, blobs, { ...job, ...change })
  return { blobs, epochs, open }
}

async function modelFile(bytes: Uint8Array): Promise<string> {
  const file = path.join(await tempFolder(), 'model.onnx')
  await writeFile(file, bytes)
  return file
}

const onnxFile = (network: Network): Promise<string> => modelFile(toOnnx(network))

/** model.json and its weights beside it, in two files. */
async function kerasFile(network: Network): Promise<string> {
  const { modelJson, weights } = toTfjsLayersModel(network)
  const { weightsManifest } = modelJson as { weightsManifest: { weights: object[] }[] }
  const folder = await tempFolder()
  const manifest = [{ paths: ['shard1', 'shard2'], weights: weightsManifest[0]!.weights }]
  await writeFile(path.join(folder, 'shard1'), weights.subarray(0, 5))
  await writeFile(path.join(folder, 'shard2'), weights.subarray(5))
  const file = path.join(folder, 'model.json')
  await writeFile(file, JSON.stringify({ ...modelJson, weightsManifest: manifest }))
  return file
}

const configs: Readonly<Record<string, () => Promise<TeacherConfig>>> = {
  'of kind mlp': async () => ({ kind: 'mlp', hidden: [16], epochs: 30 }),
  'of kind network': async () => ({
    kind: 'network',
    network: '{ "kind": "mlp", "hidden": [16], "activation": "tanh" }',
    augment: 'noise:0.01',
    epochs: 30,
  }),
  'of kind onnx': async () => ({ kind: 'onnx', path: await onnxFile(oracle()), train: false }),
  'of kind keras': async () => ({ kind: 'keras', path: await kerasFile(oracle()), train: false }),
  'of kind onnx that goes on learning': async () => ({
    kind: 'onnx',
    path: await onnxFile(oracle()),
    train: true,
    epochs: 2,
  }),
  'of kind keras that goes on learning': async () => ({
    kind: 'keras',
    path: await kerasFile(oracle()),
    train: true,
    epochs: 2,
  }),
}

describe.each(Object.entries(configs))('a teacher %s', (_name, config) => {
  it('gives finite logits, one a class, the same for a row whatever stands beside it', async () => {
    const { open, blobs } = await setup(await config())
    const { teacher } = await open()
    expect(teacher.kind).toBe((await config()).kind)
    expect(await blobs.has(teacher.networkHash)).toBe(true)
    const both = await teacher.logits(Float32Array.of(1, -1, -1, 1), 2)
    const alone = await teacher.logits(Float32Array.of(-1, 1), 1)
    expect(both).toHaveLength(4)
    expect(both.every(Number.isFinite)).toBe(true)
    alone.forEach((logit, k) => expect(logit).toBeCloseTo(both[2 + k]!, 5))
    await teacher.release()
  })

  it('knows what its data know', async () => {
    const { open } = await setup(await config())
    const { teacher } = await open()
    const probabilities = softmaxRows(await teacher.logits(Float32Array.of(-1, 1, 1, -1), 2), 2)
    expect(probabilities[1]).toBeGreaterThan(0.8)
    expect(probabilities[3]).toBeLessThan(0.2)
    await teacher.release()
  })

  it('has a key that follows everything it was made from', async () => {
    const { open } = await setup(await config())
    const changes: Partial<TeacherJob>[] = [
      {},
      { dataHash: 'c'.repeat(64) },
      { schemaHash: 'd'.repeat(64) },
      { seed: 2 },
      { validationFraction: 0.3 },
    ]
    const keys = new Set<string>()
    for (const change of changes) keys.add((await open(change)).key)
    expect(keys.size).toBe(changes.length)
  })
})

describe('the built-in teacher', () => {
  it('is not trained again when nothing has changed, and is when something has', async () => {
    const { open, epochs } = await setup({ kind: 'mlp', hidden: [], epochs: 2 })
    const { teacher, key } = await open()
    expect(epochs).toEqual([1, 2])
    const counts = { dataHash: '', schemaHash: '', classes: 2, rows: 200, validationRows: 0 }
    const earlier = { ...counts, key, networkHash: teacher.networkHash }
    const restored = await open({ earlier })
    expect(epochs).toEqual([1, 2])
    expect(await restored.teacher.logits(inputs, 200)).toEqual(await teacher.logits(inputs, 200))
    await open({ earlier, config: { kind: 'mlp', hidden: [], epochs: 3 } })
    expect(epochs).toEqual([1, 2, 1, 2, 3])
    await open({ earlier: { ...earlier, networkHash: 'f'.repeat(64) } }) // its blob is gone
    expect(epochs).toEqual([1, 2, 1, 2, 3, 1, 2])
  })

  it('is the same from the same seed, and stops when told', async () => {
    const { open } = await setup({ kind: 'mlp', epochs: 2 })
    const [one, two] = [await open(), await open()]
    expect(one.teacher.networkHash).toBe(two.teacher.networkHash)
    const stopped = AbortSignal.abort()
    await expect(open({ signal: stopped })).rejects.toEqual(coded('ENGINE_CANCELLED'))
  })
})

describe('an ONNX teacher', () => {
  it.each<[string, () => Promise<string>, string]>([
    ['that is not there', async () => '/nowhere/model.onnx', 'CONFIG_UNREADABLE'],
    ['that is not a model', () => modelFile(new TextEncoder().encode('hello')), 'ENGINE_MODEL_INVALID'],
    ['that takes other features', () => onnxFile(oracle(3, 2)), 'ENGINE_MODEL_INVALID'],
    ['that gives other classes', () => onnxFile(oracle(2, 3)), 'ENGINE_MODEL_INVALID'],
  ])('%s is refused', async (_name, file, code) => {
    const { open } = await setup({ kind: 'onnx', path: await file(), train: false })
    await expect(open()).rejects.toEqual(coded(code))
  })
})

describe('a teacher from a model file that goes on learning', () => {
  /** Says "high" where x > y: wrong everywhere. */
  const mistaken = (): Network => {
    const { spec, parameters } = oracle()
    return { spec, parameters: parameters.map((weight) => -weight / 3) }
  }

  it.each(['onnx', 'keras'] as const)('of kind %s unlearns its mistakes, and is kept', async (kind) => {
    const model = await (kind === 'onnx' ? onnxFile : kerasFile)(mistaken())
    const config = { kind, path: model, train: true, epochs: 40, learningRate: 0.1 }
    const { open, epochs } = await setup(config)
    const { teacher, key } = await open()
    const right = (logits: Float32Array) =>
      [...labels].filter((label, row) => (logits[2 * row + 1]! > logits[2 * row]! ? 1 : 0) === label).length
    expect(right(await teacher.logits(inputs, 200))).toBeGreaterThan(180)
    expect(epochs).toHaveLength(40)

    const counts = { dataHash: '', schemaHash: '', classes: 2, rows: 200, validationRows: 0 }
    const earlier = { ...counts, key, networkHash: teacher.networkHash }
    const restored = await open({ earlier })
    expect(epochs).toHaveLength(40)
    expect(await restored.teacher.logits(inputs, 200)).toEqual(await teacher.logits(inputs, 200))
    await open({ earlier, config: { ...config, epochs: 1 } })
    expect(epochs).toHaveLength(41)
  })

  it('answers as it was when it does not', async () => {
    const { open, epochs } = await setup({ kind: 'keras', path: await kerasFile(oracle()), train: false })
    const { teacher } = await open()
    // The oracle's logits are (3 x, 3 y).
    expect([...(await teacher.logits(Float32Array.of(2, -1), 1))]).toEqual([6, -3])
    expect(epochs).toEqual([])
  })

  it.each<[string, () => Promise<string>, string]>([
    ['that is not there', async () => '/nowhere/model.json', 'CONFIG_UNREADABLE'],
    ['that is not JSON', () => modelFile(new TextEncoder().encode('hello')), 'ENGINE_MODEL_INVALID'],
    ['that takes other features', () => kerasFile(oracle(3, 2)), 'ENGINE_MODEL_INVALID'],
    ['that gives other classes', () => kerasFile(oracle(2, 3)), 'ENGINE_MODEL_INVALID'],
  ])('%s is refused', async (_name, file, code) => {
    const { open } = await setup({ kind: 'keras', path: await file(), train: true })
    await expect(open()).rejects.toEqual(coded(code))
  })
})
