import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { BatchData } from './batch.ts'
import { rowFile } from './data/row-file.ts'
import { crossEntropy } from './losses.ts'
import { initialise } from './network.ts'
import { seededRandom } from './random.ts'
import { openRuntime } from './session/index.ts'
import { parseSpec } from './spec.ts'
import { arraySource, segmentsOf } from './stream.ts'
import type { RowSource } from './stream.ts'
import { train } from './train.ts'
import type { TrainingJob } from './train.ts'
import { epochSegments, segmentSizes } from './training-plan.ts'

const [rows, features] = [200, 3]
const random = seededRandom('stream')
const inputs = Float32Array.from({ length: rows * features }, () => random.normal())
const targets = new Float32Array(rows * 2)
for (let row = 0; row < rows; row++) targets[2 * row + Number(inputs[3 * row]! > inputs[3 * row + 1]!)] = 1
const batch: BatchData = { inputs: { data: inputs, width: 3 }, targets: { data: targets, width: 2 } }
/** Five numbers of four bytes. */
const ROW_BYTES = 20

const runtime = await openRuntime({ prefer: 'onnxruntime-node' })
const job = (more: Partial<TrainingJob> = {}): TrainingJob => ({
  network: initialise(parseSpec({ kind: 'mlp', inputs: 3, hidden: [8], outputs: 2 }), seededRandom(1)),
  batch,
  loss: crossEntropy,
  optimiser: { learningRate: 0.03, schedule: 'cosine', averageDecay: 0.9 },
  epochs: 5,
  batchSize: 16,
  seed: 7,
  ...more,
})

describe('the segments of an epoch', () => {
  it('hold every row once and differ by at most one row, each within the bound', () => {
    const counts = fc.record({
      rows: fc.integer({ min: 1, max: 500 }),
      most: fc.integer({ min: 1, max: 120 }),
    })
    fc.assert(
      fc.property(counts, fc.integer(), ({ rows, most }, seed) => {
        const sizes = segmentSizes(rows, most)
        expect(sizes).toHaveLength(Math.ceil(rows / most))
        expect(Math.max(...sizes)).toBeLessThanOrEqual(most)
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
        const segments = epochSegments(sizes, seededRandom(seed))
        const read = segments.map((stretches) =>
          stretches.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i)),
        )
        expect(read.map((segment) => segment.length)).toEqual(sizes)
        expect(read.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, i) => i))
      }),
    )
  })

  it('mix rows from all over the data, and others in every epoch', () => {
    const sizes = segmentSizes(10_000, 1000)
    const firsts = [1, 2].map((epoch) => epochSegments(sizes, seededRandom(epoch))[0]!)
    for (const stretches of firsts) {
      // 16 of 160 pieces, drawn without looking: all in one half would be a chance of about 2^-16.
      expect(stretches.some(({ from }) => from < 5000)).toBe(true)
      expect(stretches.some(({ from }) => from >= 5000)).toBe(true)
    }
    expect(firsts[0]).not.toEqual(firsts[1])
  })

  it('hold the numbers of their rows, all tensors side by side', async () => {
    const segments = segmentsOf(arraySource(batch), {
      batchSize: 16,
      random: seededRandom(1),
      segmentBytes: 33 * ROW_BYTES,
    })
    // 200 rows in 7 segments of 28 or 29, each in two batches.
    expect(segments.batches).toBe(14)
    const seen: string[] = []
    for await (const { rows: held, batch: part, order } of segments.epoch(1)) {
      expect(held).toBeLessThanOrEqual(33)
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: held }, (_, i) => i))
      for (let row = 0; row < held; row++) {
        const x = part['inputs']!.data.subarray(3 * row, 3 * row + 3)
        const t = part['targets']!.data.subarray(2 * row, 2 * row + 2)
        seen.push([...x, ...t].join())
      }
    }
    const all = Array.from({ length: rows }, (_, row) =>
      [...inputs.subarray(3 * row, 3 * row + 3), ...targets.subarray(2 * row, 2 * row + 2)].join(),
    )
    expect(seen.sort()).toEqual(all.sort())
  })
})

describe('training from a source', () => {
  it('that fits one segment makes the bits that arrays make', async () => {
    const [streamed, held] = [
      await train(runtime, job({ batch: arraySource(batch) })),
      await train(runtime, job()),
    ]
    expect(streamed.state).toEqual(held.state)
    expect(streamed.curve).toEqual(held.curve)
  })

  it('reads a set that fits one segment once, and larger ones again in every epoch', async () => {
    const counted = (): { source: RowSource; read: number[] } => {
      const source = arraySource(batch)
      const read: number[] = []
      return {
        read,
        source: {
          ...source,
          read(from, to) {
            read.push(to - from)
            return source.read(from, to)
          },
        },
      }
    }
    const [small, large] = [counted(), counted()]
    await train(runtime, job({ batch: small.source }))
    await train(runtime, job({ batch: large.source, segmentBytes: 50 * ROW_BYTES }))
    expect(small.read).toEqual([rows])
    expect(large.read.reduce((a, b) => a + b, 0)).toBe(5 * rows)
    expect(Math.max(...large.read)).toBeLessThanOrEqual(50)
  })

  it('makes 2 and 3 epochs 5, to the bit, even when cancelled between', async () => {
    const streamed = job({ batch: arraySource(batch), segmentBytes: 50 * ROW_BYTES })
    const straight = await train(runtime, streamed)
    const first = await train(runtime, { ...streamed, until: 2 })
    // Cancelled in the middle of an epoch; what is left is the state at the end of the one before.
    const abort = new AbortController()
    let saved = first.state
    const cancelled = train(runtime, {
      ...streamed,
      resume: first.state,
      signal: abort.signal,
      onEpoch: ({ state }) => void (saved = state),
      onSteps: ({ epoch, step }) => (epoch === 4 && step > 4 ? abort.abort() : undefined),
    })
    await expect(cancelled).rejects.toMatchObject({ code: 'ENGINE_CANCELLED' })
    expect(saved.epoch).toBe(3)
    const second = await train(runtime, { ...streamed, resume: saved })
    expect(second.state).toEqual(straight.state)
    expect(second.averaged).toEqual(straight.averaged)
  })

  it('names the row and column, of the whole source, of a number it cannot train on', async () => {
    const bad = Float32Array.from(inputs)
    bad[3 * 170 + 2] = NaN
    const source = arraySource({ ...batch, inputs: { data: bad, width: 3 } })
    await expect(train(runtime, job({ batch: source, segmentBytes: 20 * ROW_BYTES }))).rejects.toMatchObject({
      code: 'ENGINE_DATA_INVALID',
      message: 'The training tensor "inputs" holds NaN at row 171, column 3.',
    })
  })

  it('refuses sources that do not fit, or give something else than they say', async () => {
    const source = arraySource(batch)
    const invalid = { code: 'ENGINE_DATA_INVALID' }
    const none = train(runtime, job({ batch: { ...source, rows: 0 } }))
    await expect(none).rejects.toMatchObject(invalid)
    const narrow = train(runtime, job({ batch: { ...source, widths: { inputs: 2, targets: 2 } } }))
    await expect(narrow).rejects.toThrow('has 2 columns; the network takes 3')
    const untrue = train(runtime, job({ batch: { ...source, widths: { ...source.widths, targets: 4 } } }))
    await expect(untrue).rejects.toMatchObject({ code: 'ENGINE_SHAPE' })
    const missing = { ...source, read: () => Promise.resolve({ inputs: batch['inputs']! }) }
    await expect(train(runtime, job({ batch: missing }))).rejects.toThrow('no tensor "targets" of 2 columns')
  })
})

describe('a file of rows', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'collegium-rows-'))
  afterAll(() => rm(folder, { recursive: true }))
  const name = path.join(folder, 'rows.f32')
  const numbers = Float32Array.from({ length: rows * 5 }, (_, i) => {
    const [row, column] = [Math.floor(i / 5), i % 5]
    return column < 3 ? inputs[3 * row + column]! : targets[2 * row + column - 3]!
  })
  await writeFile(name, numbers)
  const columns = { inputs: 3, targets: 2 }

  it('trains in segments smaller than itself as the same rows in memory do, and learns', async () => {
    const file = await open(name)
    const { size } = await file.stat()
    const segmentBytes = Math.floor(size / 6)
    const source = rowFile(
      {
        bytes: size,
        async read(offset, length) {
          // Misaligned, as a part of a larger buffer may be.
          const { buffer } = await file.read(Buffer.alloc(length + 1), 1, length, offset)
          return buffer.subarray(1)
        },
      },
      columns,
    )
    const [fromFile, fromMemory] = [
      await train(runtime, job({ batch: source, segmentBytes, epochs: 30 })),
      await train(runtime, job({ batch: arraySource(batch), segmentBytes, epochs: 30 })),
    ]
    await file.close()
    expect(fromFile.state).toEqual(fromMemory.state)
    expect(fromFile.curve.at(-1)!.loss).toBeLessThan(0.3 * fromFile.curve[0]!.loss)
  })

  it('must hold whole rows, and still hold them when they are read', async () => {
    const none = () => Promise.resolve(new Uint8Array())
    expect(() => rowFile({ bytes: 0, read: none }, columns)).toThrow(
      expect.objectContaining({ code: 'DATA_EMPTY' }),
    )
    expect(() => rowFile({ bytes: 30, read: none }, columns)).toThrow(
      '30 bytes, which is no whole number of rows of 20',
    )
    const shortened = rowFile({ bytes: 40, read: none }, columns)
    await expect(shortened.read(0, 2)).rejects.toMatchObject({ code: 'DATA_FORMAT' })
  })
})
