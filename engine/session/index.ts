/**
 * Opens a runtime: onnxruntime-node where its native library loads, else onnxruntime-web, the same graphs on
 * WebAssembly; or, asked for by name, TensorFlow.js. All pass one contract suite (`session.test.ts`).
 */
import { EngineError, firstLine } from '../errors.ts'
import { input } from '../expr.ts'
import { encodeModel, emitGraph } from '../onnx/emit.ts'
import { matmul } from '../ops.ts'
import { openTensorFlow, openTfjsNode } from '../tfjs.ts'
import { ortRuntime } from './onnxruntime.ts'
import type { Ort } from './onnxruntime.ts'
import type { ExecutionProvider, Runtime, RuntimeName } from './runtime.ts'
import { tfjsRuntime } from './tfjs.ts'

export { executionProviders } from './runtime.ts'
export type { ExecutionProvider, Runtime, RuntimeName, Session, Tensor } from './runtime.ts'

export interface RuntimeOptions {
  prefer?: RuntimeName
  /**
   * Threads for one run, 1 unless told: several sites often share a machine. TensorFlow takes its own number from
   * the variable TF_NUM_INTRAOP_THREADS when it is first loaded; with tfjs-node this says which that is.
   */
  threads?: number
  /** What computes inside ONNX Runtime; the CPU unless told. */
  provider?: ExecutionProvider
  /** Where tfjs-node is, as `tfjsNodeModule` says it; installed here unless told. */
  tfjsNode?: string
  /** Gets one line when a runtime or a provider is not to be had and another takes its place. */
  onFallback?: (line: string) => void
}

type Opening = Required<Pick<RuntimeOptions, 'threads' | 'provider'>> & RuntimeOptions

const open: Record<RuntimeName, (options: Opening) => Promise<Runtime>> = {
  async 'onnxruntime-node'(options) {
    const ort = await import('onnxruntime-node')
    // What it would log as an error it also throws.
    ort.env.logLevel = 'fatal'
    return withProvider('onnxruntime-node', ort, options)
  },
  async 'onnxruntime-web'(options) {
    const ort = await import('onnxruntime-web')
    ort.env.wasm.numThreads = 1
    return withProvider('onnxruntime-web', ort, { ...options, threads: 1 })
  },
  async 'tfjs-cpu'() {
    return tfjsRuntime('tfjs-cpu', await openTensorFlow(), { backend: 'cpu', threads: 1 })
  },
  async 'tfjs-node'({ tfjsNode, threads }) {
    return tfjsRuntime('tfjs-node', await openTfjsNode(tfjsNode), { backend: 'tensorflow', threads })
  },
}

/** Throws ENGINE_UNAVAILABLE when neither the runtime asked for nor ONNX Runtime loads. */
export async function openRuntime(options: RuntimeOptions = {}): Promise<Runtime> {
  const { prefer = 'onnxruntime-node', threads = 1, provider = 'cpu', onFallback } = options
  const failures: { name: RuntimeName; cause: unknown }[] = []
  for (const name of new Set<RuntimeName>([prefer, 'onnxruntime-node', 'onnxruntime-web'])) {
    const opened = await open[name]({ ...options, threads, provider }).catch((cause: unknown) => ({ cause }))
    if ('cause' in opened) {
      failures.push({ name, cause: opened.cause })
      continue
    }
    const [first] = failures
    if (first) onFallback?.(`${prefer} does not load (${firstLine(first.cause)}); using ${name} instead.`)
    return opened
  }
  const reasons = failures.map(({ name, cause }) => `${name}: ${firstLine(cause)}`).join('; ')
  const { cause } = failures.at(-1)!
  throw new EngineError('ENGINE_UNAVAILABLE', `No runtime loads (${reasons}).`, { cause })
}

/** One product, to learn at once whether a provider is to be had, and not in the middle of a training. */
const probe = (): Uint8Array => {
  const x = input('x', [2, 2])
  return encodeModel(emitGraph({ name: 'probe', inputs: [x], outputs: { y: matmul(x, x) } }))
}

async function withProvider(name: RuntimeName, ort: Ort, options: Opening): Promise<Runtime> {
  const runtime = ortRuntime(name, ort, options)
  if (options.provider !== 'cpu') await (await runtime.load(probe())).release()
  return runtime
}
