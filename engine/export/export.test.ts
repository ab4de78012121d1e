import { beforeAll, describe, expect, it } from 'vitest'
import { SPEC_KEY } from '../checkpoint.ts'
import { constant, input } from '../expr.ts'
import { predictLogits, softmaxRows } from '../infer.ts'
import { initialise, namedParameters } from '../network.ts'
import type { Network } from '../network.ts'
import { decodeModel, emitGraph, encodeModel } from '../onnx/emit.ts'
import { matmul, sigmoid, softmax } from '../ops.ts'
import { seededRandom } from '../random.ts'
import { openRuntime } from '../session/index.ts'
import type { Runtime } from '../session/index.ts'
import { parseSpec } from '../spec.ts'
import { openOnnxModel, toOnnx } from './onnx.ts'
import { loadTfjsModel, toTfjsLayersModel } from './tfjs.ts'

const random = seededRandom('exports')
const rows = 2500 // more than two calls' worth
const inputs = Float32Array.from({ length: rows * 5 }, () => random.normal())

/** The network in plain arithmetic, double precision. */
function byHand({ spec, parameters }: Network, x: Float32Array): number[] {
  if (spec.kind !== 'mlp') throw new Error('only an mlp is written out here')
  const erf = (z: number): number => {
    // Maclaurin's series; |z| stays below 4 here, where 60 terms are exact to 1e-9.
    let [term, sum] = [z, z]
    for (let n = 1; n < 60; n++) {
      term *= (-z * z) / n
      sum += term / (2 * n + 1)
    }
    return (2 / Math.sqrt(Math.PI)) * sum
  }
  const act = {
    relu: (z: number) => Math.max(z, 0),
    tanh: Math.tanh,
    sigmoid: (z: number) => 1 / (1 + Math.exp(-z)),
    gelu: (z: number) => (z / 2) * (1 + erf(z / Math.SQRT2)),
    silu: (z: number) => z / (1 + Math.exp(-z)),
    relu6: (z: number) => Math.min(Math.max(z, 0), 6),
    leakyRelu: (z: number) => (z > 0 ? z : z / 100),
  }[spec.activation]
  let row = [...x]
  let at = 0
  const widths = [...spec.hidden, spec.outputs]
  for (const [layer, width] of widths.entries()) {
    const weights = parameters.subarray(at, (at += row.length * width))
    const biases = parameters.subarray(at, (at += width))
    const before = row
    row = Array.from(biases, (bias, k) =>
      before.reduce((sum, xj, j) => sum + xj * weights[j * width + k]!, bias),
    )
    if (layer < spec.hidden.length) row = row.map(act)
  }
  return row
}

describe.each(['relu', 'gelu', 'tanh', 'sigmoid', 'silu', 'relu6', 'leakyRelu'] as const)(
  'a network with %s',
  (activation) => {
    const network = initialise(
      parseSpec({ kind: 'mlp', inputs: 5, hidden: [8, 6], outputs: 3, activation }),
      random,
    )
    let runtimes: Runtime[]
    let probabilities: Float32Array

    beforeAll(async () => {
      runtimes = [
        await openRuntime({ prefer: 'onnxruntime-node' }),
        await openRuntime({ prefer: 'onnxruntime-web' }),
      ]
      probabilities = softmaxRows(await predictLogits(runtimes[0]!, network, inputs, rows), 3)
    })

    it('answers what its arithmetic says', async () => {
      const logits = await predictLogits(runtimes[0]!, network, inputs, rows)
      expect(logits).toHaveLength(rows * 3)
      for (const row of [0, 1, 1023, 1024, 2499]) {
        const expected = byHand(network, inputs.subarray(row * 5, row * 5 + 5))
        expected.forEach((z, k) => expect(logits[row * 3 + k]).toBeCloseTo(z, 5))
      }
    })

    it('is the same as ONNX, on both runtimes, to 1e-5', async () => {
      for (const runtime of runtimes) {
        const predictor = await openOnnxModel(runtime, toOnnx(network))
        expect([predictor.inputs, predictor.outputs]).toEqual([5, 3])
        expect(apart(softmaxRows(await predictor.logits(inputs, rows), 3), probabilities)).toBeLessThan(1e-5)
        await predictor.release()
      }
    })

    it('is the same as a TensorFlow.js layers model, to 1e-5', async () => {
      const { modelJson, weights } = toTfjsLayersModel(network)
      const written = JSON.parse(JSON.stringify(modelJson)) as object
      const predictor = await loadTfjsModel(written, weights)
      expect(apart(softmaxRows(await predictor.logits(inputs, rows), 3), probabilities)).toBeLessThan(1e-5)
      await predictor.release()
    })
  },
)

function apart(got: Float32Array, expected: Float32Array): number {
  if (got.length !== expected.length) return Infinity
  return expected.reduce((most, p, i) => Math.max(most, Math.abs(p - got[i]!)), 0)
}

describe('an exported ONNX model', () => {
  it('names its parameters and carries its spec and metadata', () => {
    // Two biases of one zero each are equal, and must keep their own names.
    const network = initialise(parseSpec({ kind: 'mlp', inputs: 5, hidden: [1, 1], outputs: 3 }), random)
    const model = decodeModel(toOnnx(network, { name: 'student', metadata: { run: '7' } }))
    expect(model.graph?.name).toBe('student')
    expect(model.graph?.initializer?.map(({ name }) => name)).toEqual(
      namedParameters(network).map(({ name }) => name),
    )
    const metadata = Object.fromEntries(model.metadata_props.map(({ key, value }) => [key, value]))
    expect(metadata['run']).toBe('7')
    expect(JSON.parse(metadata[SPEC_KEY])).toEqual(network.spec)
  })
})

describe("someone else's ONNX model", () => {
  const x = input('float_input', ['N', 2])
  const z = matmul(x, constant([1, 0, 0, 1], [2, 2]))
  const model = (outputs: Parameters<typeof emitGraph>[0]['outputs']): Uint8Array =>
    encodeModel(emitGraph({ name: 'other', inputs: [x], outputs }))

  it('may answer probabilities of labels, each by itself', async () => {
    // The inputs are the logits, and come back from their sigmoids.
    const given = model({ probabilities: sigmoid(z) })
    const predictor = await openOnnxModel(await openRuntime(), given, 'sigmoid')
    const [first, second] = await predictor.logits(Float32Array.of(Math.log(3), -2), 1)
    expect(first).toBeCloseTo(Math.log(3), 5)
    expect(second).toBeCloseTo(-2, 5)
    await predictor.release()
  })

  it('may answer probabilities', async () => {
    const runtime = await openRuntime()
    const predictor = await openOnnxModel(runtime, model({ probabilities: softmax(z) }))
    // softmax(log softmax(z)) is softmax(z): z = (ln 3, 0) gives 3/4 and 1/4.
    const p = softmaxRows(await predictor.logits(Float32Array.of(Math.log(3), 0), 1), 2)
    expect(p[0]).toBeCloseTo(0.75, 6)
    await expect(predictor.logits(new Float32Array(3), 1)).rejects.toMatchObject({
      code: 'ENGINE_DATA_INVALID',
    })
    await predictor.release()
  })

  it('is refused with what it has instead', async () => {
    const runtime = await openRuntime()
    await expect(openOnnxModel(runtime, model({ score: sigmoid(z) }))).rejects.toMatchObject({
      code: 'ENGINE_MODEL_INVALID',
      message:
        'The model needs a float output "logits" or "probabilities" [rows, classes]; it has "score" float [N, 2].',
    })
    const garbage = new TextEncoder().encode('not a model')
    await expect(openOnnxModel(runtime, garbage)).rejects.toMatchObject({ code: 'ENGINE_MODEL_INVALID' })
  })
})

describe('a TensorFlow.js model', () => {
  it('is refused when its topology or weights are damaged', async () => {
    const network = initialise(parseSpec({ kind: 'mlp', inputs: 5, hidden: [4], outputs: 3 }), random)
    const { modelJson, weights } = toTfjsLayersModel(network)
    const refused = { code: 'ENGINE_MODEL_INVALID' }
    await expect(loadTfjsModel({}, weights)).rejects.toMatchObject(refused)
    await expect(loadTfjsModel(modelJson, weights.subarray(8))).rejects.toMatchObject(refused)
  })
})

describe('softmaxRows', () => {
  it('divides by the temperature, and does not overflow', () => {
    // T = 2: (2 ln 3, 0) / 2 = (ln 3, 0) gives 3/4, 1/4; (2000, 0) is certain.
    const p = softmaxRows(Float32Array.of(2 * Math.log(3), 0, 2000, 0), 2, 2)
    expect([...p].map((x) => Number(x.toFixed(6)))).toEqual([0.75, 0.25, 1, 0])
  })
})
