/** Execution providers, on a library that keeps a record and refuses what it is told to. */
import { describe, expect, it } from 'vitest'
import { ortRuntime } from './onnxruntime.ts'
import type { Ort } from './onnxruntime.ts'

/** `takes` says whether a provider loads a model, told by the model's first byte. */
function fakeOrt(takes: (provider: string, model: number) => boolean) {
  const asked: string[] = []
  const session = { outputNames: [], release: () => Promise.resolve() }
  const create = (model: Uint8Array, options: { executionProviders?: readonly unknown[] }) => {
    const provider = String(options.executionProviders?.[0])
    asked.push(provider)
    if (takes(provider, model[0]!)) return Promise.resolve(session)
    return Promise.reject(new Error(`${provider} has no kernel\nat a place nobody asks about`))
  }
  return { asked, ort: { InferenceSession: { create } } as unknown as Ort }
}
const [small, big] = [Uint8Array.of(1), Uint8Array.of(2)]

describe('ortRuntime', () => {
  it('loads on the provider it is given', async () => {
    const { asked, ort } = fakeOrt(() => true)
    const lines: string[] = []
    const onFallback = (line: string): number => lines.push(line)
    const runtime = ortRuntime('onnxruntime-node', ort, { threads: 1, provider: 'cuda', onFallback })
    await runtime.load(small)
    expect([asked, runtime.provider, lines]).toEqual([['cuda'], 'cuda', []])
  })

  it('gives way to the CPU, once and for good, at the first model that only the CPU takes', async () => {
    const { asked, ort } = fakeOrt((provider, model) => provider === 'cpu' || model === 1)
    const lines: string[] = []
    const onFallback = (line: string): number => lines.push(line)
    const runtime = ortRuntime('onnxruntime-node', ort, { threads: 1, provider: 'cuda', onFallback })
    await runtime.load(small)
    await Promise.all([runtime.load(big), runtime.load(big)])
    await runtime.load(small)
    expect(asked).toEqual(['cuda', 'cuda', 'cuda', 'cpu', 'cpu', 'cpu'])
    expect(runtime.provider).toBe('cpu')
    expect(lines).toEqual([
      'Execution provider cuda is not to be had (cuda has no kernel); using cpu instead.',
    ])
  })

  it('blames the model, not the provider, when the CPU refuses it too', async () => {
    const { ort } = fakeOrt((_, model) => model === 1)
    const onFallback = (): never => expect.fail('the provider is not at fault')
    const runtime = ortRuntime('onnxruntime-node', ort, { threads: 1, provider: 'webgpu', onFallback })
    await expect(runtime.load(big)).rejects.toMatchObject({
      code: 'ENGINE_MODEL_INVALID',
      message: 'onnxruntime-node cannot load the model: webgpu has no kernel',
    })
    await runtime.load(small)
    expect(runtime.provider).toBe('webgpu')
  })

  it('means WebAssembly by the CPU of the web build', async () => {
    const { asked, ort } = fakeOrt((provider) => provider === 'wasm')
    await ortRuntime('onnxruntime-web', ort, { threads: 1, provider: 'cpu' }).load(small)
    await ortRuntime('onnxruntime-web', ort, { threads: 1, provider: 'webgpu' }).load(small)
    expect(asked).toEqual(['wasm', 'webgpu', 'wasm'])
  })
})
