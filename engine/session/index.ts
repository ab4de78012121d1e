/**
 * Opens a runtime: onnxruntime-node where its native library loads, else onnxruntime-web, the same graphs on
 * WebAssembly. Both pass one contract suite (`session.test.ts`).
 */
import { EngineError, firstLine } from '../errors.ts'
import { ortRuntime } from './onnxruntime.ts'
import type { Runtime } from './runtime.ts'

export type { Runtime, Session, Tensor } from './runtime.ts'

export interface RuntimeOptions {
  prefer?: Runtime['name']
  /** Threads for one run, 1 unless told: several sites often share a machine. */
  threads?: number
  /** Gets one line when the preferred runtime is not to be had and another takes its place. */
  onFallback?: (line: string) => void
}

const open: Record<Runtime['name'], (threads: number) => Promise<Runtime>> = {
  async 'onnxruntime-node'(threads) {
    const ort = await import('onnxruntime-node')
    return ortRuntime('onnxruntime-node', ort, threads, 'cpu')
  },
  async 'onnxruntime-web'() {
    const ort = await import('onnxruntime-web')
    ort.env.wasm.numThreads = 1
    return ortRuntime('onnxruntime-web', ort, 1, 'wasm')
  },
}

const others: Record<Runtime['name'], Runtime['name']> = {
  'onnxruntime-node': 'onnxruntime-web',
  'onnxruntime-web': 'onnxruntime-node',
}

/** Throws ENGINE_UNAVAILABLE when neither runtime loads. */
export async function openRuntime(options: RuntimeOptions = {}): Promise<Runtime> {
  const { prefer = 'onnxruntime-node', threads = 1, onFallback } = options
  try {
    return await open[prefer](threads)
  } catch (first) {
    const other = others[prefer]
    onFallback?.(`${prefer} does not load (${firstLine(first)}); using ${other} instead.`)
    return open[other](threads).catch((second: unknown) => {
      const reasons = `${prefer}: ${firstLine(first)}; ${other}: ${firstLine(second)}`
      throw new EngineError('ENGINE_UNAVAILABLE', `No ONNX runtime loads (${reasons}).`, { cause: second })
    })
  }
}
