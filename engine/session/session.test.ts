/** One contract, every runtime. */
import { describe, expect, it, vi } from 'vitest'
import { constant, input } from '../expr.ts'
import { encodeModel, emitGraph } from '../onnx/emit.ts'
import { add, cast, matmul, mul } from '../ops.ts'
import { openEveryRuntime, present } from '../../test/support/runtimes.ts'
import { openRuntime } from './index.ts'

const contenders = await openEveryRuntime()

const x = input('x', ['rows', 2])
const doubled = mul(x, 2)
const model = encodeModel(
  emitGraph({
    name: 'contract',
    inputs: [x],
    outputs: { doubled, summed: matmul(doubled, constant([1, 1], [2, 1])) },
  }),
)
const feed = { x: { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] } }

it.for(contenders)('$name is here, on the CPU', (one, test) => {
  if ('absent' in one) return test.skip(one.absent)
  expect([one.runtime.name, one.runtime.provider]).toEqual([one.name, 'cpu'])
})

describe.each(present(contenders))('$name', ({ runtime }) => {
  it('computes all outputs, or the ones asked for', async () => {
    const session = await runtime.load(model)
    const all = await session.run(feed)
    expect(Object.keys(all).sort()).toEqual(['doubled', 'summed'])
    expect(all['doubled']).toEqual({ data: Float32Array.of(2, 4, 6, 8), shape: [2, 2] })
    expect(all['summed']).toEqual({ data: Float32Array.of(6, 14), shape: [2, 1] })
    expect(Object.keys(await session.run(feed, ['summed']))).toEqual(['summed'])
    await session.release()
  })

  it('reads a view at its own offset', async () => {
    const session = await runtime.load(model)
    const data = Float32Array.of(9, 9, 1, 2).subarray(2)
    expect((await session.run({ x: { data, shape: [1, 2] } }))['doubled']?.data).toEqual(
      Float32Array.of(2, 4),
    )
    await session.release()
  })

  it('carries every element type', async () => {
    const [i, j] = [input('i', [1], 'int32'), input('j', [1], 'int64')]
    const outputs = { i2: add(i, i), j2: add(j, j), f: cast(j, 'float32') }
    const session = await runtime.load(encodeModel(emitGraph({ name: 'types', inputs: [i, j], outputs })))
    const feeds = {
      i: { data: Int32Array.of(-3), shape: [1] },
      j: { data: BigInt64Array.of(5n), shape: [1] },
    }
    const { i2, j2, f } = await session.run(feeds)
    expect([i2?.data, j2?.data, f?.data]).toEqual([
      Int32Array.of(-6),
      BigInt64Array.of(10n),
      Float32Array.of(5),
    ])
    await session.release()
  })

  it('answers concurrent runs apart', async () => {
    const session = await runtime.load(model)
    const runs = [1, 2, 3].map((n) => session.run({ x: { data: Float32Array.of(n, n), shape: [1, 2] } }))
    expect((await Promise.all(runs)).map((r) => r['summed']?.data[0])).toEqual([4, 8, 12])
    await session.release()
  })

  it('refuses bytes that are not a model', async () => {
    const load = runtime.load(Uint8Array.of(1, 2, 3))
    await expect(load).rejects.toMatchObject({ name: 'EngineError', code: 'ENGINE_MODEL_INVALID' })
  })

  it('refuses a missing input and a shape that does not fit', async () => {
    const session = await runtime.load(model)
    await expect(session.run({})).rejects.toMatchObject({ code: 'ENGINE_RUN_FAILED' })
    const wide = { x: { data: new Float32Array(3), shape: [1, 3] } }
    await expect(session.run(wide)).rejects.toMatchObject({ code: 'ENGINE_RUN_FAILED' })
    await session.release()
  })
})

describe('openRuntime', () => {
  it('says how many threads a run may use', async () => {
    expect((await openRuntime({ prefer: 'onnxruntime-node', threads: 2 })).threads).toBe(2)
    expect((await openRuntime({ prefer: 'onnxruntime-web', threads: 2 })).threads).toBe(1)
    expect((await openRuntime({ prefer: 'tfjs-cpu', threads: 2 })).threads).toBe(1)
  })

  it('falls back to WebAssembly where the native library is missing, and says so', async () => {
    vi.doMock('onnxruntime-node', () => Promise.reject(new Error('not installed')))
    const lines: string[] = []
    const runtime = await openRuntime({ onFallback: (line) => lines.push(line) })
    vi.doUnmock('onnxruntime-node')
    expect(runtime.name).toBe('onnxruntime-web')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^onnxruntime-node does not load \(.+\); using onnxruntime-web instead\.$/)
  })

  it('falls back from a TensorFlow that does not load', async () => {
    const lines: string[] = []
    const onFallback = (line: string): number => lines.push(line)
    const runtime = await openRuntime({
      prefer: 'tfjs-node',
      tfjsNode: 'file:///nowhere/index.js',
      onFallback,
    })
    expect(runtime.name).toBe('onnxruntime-node')
    expect(lines).toEqual([
      expect.stringMatching(/^tfjs-node does not load \(.*nowhere.*\); using onnxruntime-node instead\.$/),
    ])
  })

  it('falls back to the CPU from a provider that is nowhere, and says so once', async () => {
    // DirectML is of Windows and Core ML of macOS: one of them is missing on every machine.
    const provider = process.platform === 'win32' ? 'coreml' : 'dml'
    const lines: string[] = []
    const runtime = await openRuntime({ provider, threads: 2, onFallback: (line) => lines.push(line) })
    expect([runtime.name, runtime.provider, runtime.threads]).toEqual(['onnxruntime-node', 'cpu', 2])
    const session = await runtime.load(model)
    expect((await session.run(feed))['summed']?.data).toEqual(Float32Array.of(6, 14))
    await session.release()
    expect(lines).toEqual([
      expect.stringMatching(
        new RegExp(`^Execution provider ${provider} is not to be had \\(.+\\); using cpu instead\\.$`),
      ),
    ])
  })
})
