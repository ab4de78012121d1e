import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openClippedGradients } from './clipped-gradients.ts'
import { conv } from './convolution.ts'
import { evaluator } from './evaluate.ts'
import { input } from './expr.ts'
import type { Expr } from './expr.ts'
import { gradients } from './gradient.ts'
import { layoutOf } from './layout.ts'
import { crossEntropy, rowCrossEntropy } from './losses.ts'
import { forward, initialise, parameterTensors } from './network.ts'
import type { Network } from './network.ts'
import { affine, concat, matmul, reshape, square, sum, transpose } from './ops.ts'
import { clippedGradients } from './per-example.ts'
import { seededRandom } from './random.ts'
import { openRuntime } from './session/index.ts'
import { parseSpec } from './spec.ts'

const rows = 12
const classes = 3

/** Rows of any width: normal numbers, or token numbers below a vocabulary. */
function dataFor(width: number, vocabulary?: number) {
  const random = seededRandom('clipping')
  const inputs = Float32Array.from({ length: rows * width }, () =>
    vocabulary === undefined ? 2 * random.normal() : random.integer(vocabulary),
  )
  const targets = Float32Array.from({ length: rows * classes }, (_, i) =>
    Number(Math.floor(i / classes) % classes === i % classes),
  )
  const batchOf = (from: number, to: number) => ({
    inputs: { data: inputs.subarray(width * from, width * to), width },
    targets: { data: targets.subarray(classes * from, classes * to), width: classes },
  })
  return { batchOf, widths: { inputs: width, targets: classes } }
}

/** Each row's gradient by itself, of the whole network's mean loss on that row alone. */
async function gradientsOneByOne(
  { spec, parameters }: Network,
  batchOf: ReturnType<typeof dataFor>['batchOf'],
): Promise<number[][]> {
  const layout = layoutOf(spec)
  const vector = input('parameters', [parameters.length])
  const tensors = parameterTensors(spec, [{ offset: 0, size: parameters.length, value: vector }])
  const batch = {
    inputs: input('inputs', ['batch', spec.inputs]),
    targets: input('targets', ['batch', classes]),
  }
  const loss = crossEntropy(forward(spec, tensors, batch.inputs), batch)
  const slopes = gradients(
    loss,
    layout.map(({ name }) => tensors.get(name)!),
  )
  const flat = concat(
    slopes.map((slope, i) => reshape(slope, [layout[i]!.size])),
    0,
  )
  const evaluate = await evaluator(await openRuntime(), { flat })
  const found: number[][] = []
  for (let row = 0; row < rows; row++) {
    const { inputs, targets } = batchOf(row, row + 1)
    found.push((await evaluate({ parameters, inputs: inputs.data, targets: targets.data })).flat)
  }
  await evaluate.release()
  return found
}

const image = { inputs: 72, image: [6, 6, 2], outputs: classes } as const
// Between them these take every rule both ways: `2 T^2 < k m` holds or not for T steps and weights [k, m].
const specs = [
  { kind: 'mlp', inputs: 4, hidden: [], outputs: classes },
  { kind: 'mlp', inputs: 4, hidden: [8, 5], outputs: classes, activation: 'tanh' },
  // First convolution: T = 36, k m = 18 x 4, direct. Second, after pooling: T = 9, k m = 36 x 8 = 288 > 162, ghost.
  { kind: 'cnn', ...image, channels: [4, 8], hidden: [6] },
  // T = 5; first k m = 2 x 2 x 3 = 12 < 50, direct; later ones 2 x 6 x 6 = 72, ghost.
  { kind: 'tcn', inputs: 10, steps: 5, channels: 2, filters: [3, 6, 6], kernel: 2, outputs: classes },
  { kind: 'transformer', inputs: 12, tokens: 4, width: 8, heads: 2, depth: 1, hidden: 8, outputs: classes },
  // Tokens 0 to 4 in 6 places: some come twice in a row.
  {
    kind: 'transformer',
    inputs: 6,
    tokens: 6,
    vocabulary: 5,
    width: 4,
    heads: 1,
    depth: 1,
    hidden: 4,
    outputs: classes,
  },
] as const

describe.each(specs)('clipping %j', (json) => {
  const spec = parseSpec(json)
  const network = initialise(spec, seededRandom('clipped'))
  // Off the zeros and ones that biases, shifts and scales start from.
  const random = seededRandom('elsewhere')
  const parameters = network.parameters.map((p) => p + 0.1 * random.normal())
  const { batchOf, widths } = dataFor(spec.inputs, 'vocabulary' in json ? json.vocabulary : undefined)

  it('is the sum of gradients found and clipped one by one, to 1e-5', async () => {
    const runtime = await openRuntime()
    const single = await gradientsOneByOne({ spec, parameters }, batchOf)
    const norms = single.map((g) => Math.hypot(...g))
    // Between the smallest norm and the largest, so that some rows are clipped and some are not.
    const clipNorm = norms.toSorted((a, b) => a - b)[rows / 2]!
    const expected = Array.from(parameters, (_, k) =>
      single.reduce((total, g, i) => total + g[k]! * Math.min(1, clipNorm / norms[i]!), 0),
    )
    const clipped = await openClippedGradients(runtime, { spec, widths, loss: rowCrossEntropy, clipNorm })
    const got = await clipped(parameters, batchOf(0, rows))
    const apart = (a: ArrayLike<number>, b: readonly number[]): number =>
      Math.max(...b.map((x, i) => Math.abs(x - a[i]!) / Math.max(1, Math.abs(x))))
    expect(apart(got.norms, norms)).toBeLessThan(1e-5)
    expect(apart(got.sum, expected)).toBeLessThan(1e-5)
    await clipped.release()
  })
})

describe('the norm of one row', () => {
  // With one row and no clipping, the sum is that row's gradient, found by the layer's own backward rule; the norm
  // comes from another rule altogether, and must be the same.
  const geometry = fc.record({
    groups: fc.integer({ min: 1, max: 3 }),
    within: fc.integer({ min: 1, max: 3 }),
    filters: fc.integer({ min: 1, max: 4 }),
    size: fc.array(fc.integer({ min: 3, max: 6 }), { minLength: 1, maxLength: 2 }),
    window: fc.integer({ min: 1, max: 3 }),
    strides: fc.integer({ min: 1, max: 2 }),
    dilations: fc.integer({ min: 1, max: 2 }),
    padding: fc.constantFrom('same', 'valid'),
    biased: fc.boolean(),
  })

  it('is that of its gradient, for convolutions of any geometry', async () => {
    const runtime = await openRuntime()
    await fc.assert(
      fc.asyncProperty(geometry, async (g) => {
        fc.pre(g.padding === 'same' || g.size.every((n) => n > (g.window - 1) * g.dilations))
        const channels = g.groups * g.within
        const outputs = g.groups * g.filters
        const x = input('x', ['batch', channels, ...g.size])
        const shape = [outputs, g.within, ...g.size.map(() => g.window)]
        const named = new Map<string, Expr>([['w', input('w', shape)]])
        if (g.biased) named.set('b', input('b', [outputs]))
        const y = conv(x, named.get('w')!, g, named.get('b'))
        const steps = y.shape.slice(1).reduce<number>((n, d) => n * Number(d), 1)
        const rowLosses = sum(square(reshape(y, ['batch', steps])), [1])
        const { sums, norms } = clippedGradients(rowLosses, named, 1e9)
        const slopes = [...sums].map(([name, slope]) => [`slope.${name}`, slope])
        const evaluate = await evaluator(runtime, { norms, ...Object.fromEntries(slopes) })
        const draws = seededRandom(JSON.stringify(g))
        const normals = (n: number) => Array.from({ length: n }, () => draws.normal())
        const got: Record<string, number[]> = await evaluate({
          x: normals(channels * g.size.reduce((a, b) => a * b)),
          w: normals(shape.reduce((a, b) => a * b)),
          ...(g.biased && { b: normals(outputs) }),
        })
        const expected = Math.hypot(...got['slope.w']!, ...(got['slope.b'] ?? []))
        expect(Math.abs(got['norms']![0]! / expected - 1)).toBeLessThan(1e-5)
        await evaluate.release()
      }),
      { numRuns: 60, seed: 1 },
    )
  })
})

describe('clipping refuses', () => {
  const open = async (json: Record<string, unknown>, clipNorm = 1, loss = rowCrossEntropy) => {
    const spec = parseSpec(json)
    const widths = { inputs: spec.inputs, targets: classes }
    return openClippedGradients(await openRuntime(), { spec, widths, loss, clipNorm })
  }

  it('batch normalisation, by the name of the layer', async () => {
    const code = 'ENGINE_SPEC_INVALID'
    await expect(open({ kind: 'resnet', ...image, width: 2 })).rejects.toMatchObject({
      code,
      message: expect.stringContaining('behind layer stem.norm, which normalises over the batch'),
    })
    await expect(open({ kind: 'mobilenet', ...image, widthMultiplier: 0.1 })).rejects.toMatchObject({ code })
  })

  it('norms that bound nothing, and losses that are not one a row', async () => {
    const mlp = { kind: 'mlp', inputs: 4, hidden: [], outputs: classes }
    await expect(open(mlp, 0)).rejects.toMatchObject({ code: 'ENGINE_DATA_INVALID' })
    await expect(open(mlp, 1, crossEntropy)).rejects.toMatchObject({ code: 'ENGINE_SHAPE' })
  })

  it('a parameter that several layers read, or one that no known layer does, by its name', () => {
    const x = input('x', ['batch', 2])
    const w = input('w', [2, 2])
    const b = input('b', [2])
    const rowsOf = (y: Expr): Expr => sum(square(y), [1])
    const both = affine(affine(x, w, b), w, input('c', [2]))
    expect(() => clippedGradients(rowsOf(both), new Map([['w', w]]), 1)).toThrow(/w is read 2 times/)
    const turned = matmul(x, transpose(w))
    expect(() => clippedGradients(rowsOf(turned), new Map([['w', w]]), 1)).toThrow(/w is read by Transpose/)
  })
})
