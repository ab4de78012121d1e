/** What the two builds of ONNX Runtime share: one JavaScript API behind our port. */
import type { InferenceSession, Tensor as OrtTensor, TensorConstructor } from 'onnxruntime-web'
import { EngineError, firstLine } from '../errors.ts'
import { breathe } from './breathe.ts'
import type { ExecutionProvider, Runtime, RuntimeName, Session, Tensor } from './runtime.ts'

/** As much of the library as is used here. */
export interface Ort {
  Tensor: TensorConstructor
  InferenceSession: {
    create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>
  }
}

export interface OrtOptions {
  readonly threads: number
  readonly provider: ExecutionProvider
  /** Gets one line when the provider refuses a model and the CPU takes its place. */
  readonly onFallback?: (line: string) => void
}

/**
 * A provider may exist and still refuse a model, for an operator or for memory. If the CPU then takes the same
 * model, the CPU it is from there on, for this runtime: half of a federation's models on each would tell nobody
 * why it is slow.
 */
export function ortRuntime(name: RuntimeName, ort: Ort, options: OrtOptions): Runtime {
  const { threads, onFallback } = options
  const native = name === 'onnxruntime-node'
  let { provider } = options
  const create = (model: Uint8Array, on: ExecutionProvider): Promise<InferenceSession> =>
    ort.InferenceSession.create(model, {
      executionProviders: [on === 'cpu' && !native ? 'wasm' : on],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
      // Threads that wait for each other sleep. Spinning, they halve the speed of two sites on one machine.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    })
  const refused = (cause: unknown): EngineError =>
    new EngineError('ENGINE_MODEL_INVALID', `${name} cannot load the model: ${firstLine(cause)}`, { cause })

  return {
    name,
    threads,
    get provider() {
      return provider
    },
    async load(model) {
      const tried = provider
      const session = await create(model, tried).catch(async (cause: unknown) => {
        if (tried === 'cpu') throw refused(cause)
        const onCpu = await create(model, 'cpu').catch(() => {
          throw refused(cause)
        })
        // Two models may be refused at once, and one line says it.
        if (provider !== 'cpu')
          onFallback?.(
            `Execution provider ${tried} is not to be had (${firstLine(cause)}); using cpu instead.`,
          )
        provider = 'cpu'
        return onCpu
      })
      return ortSession(name, ort, session, !native)
    },
  }
}

/** `blocks`: a run holds the thread and the library itself does not yield before it. */
function ortSession(name: string, ort: Ort, session: InferenceSession, blocks: boolean): Session {
  const toOrt = ({ data, shape }: Tensor): OrtTensor => {
    if (data instanceof Float32Array) return new ort.Tensor('float32', data, shape)
    if (data instanceof Float64Array) return new ort.Tensor('float64', data, shape)
    if (data instanceof Int32Array) return new ort.Tensor('int32', data, shape)
    return new ort.Tensor('int64', data, shape)
  }
  return {
    async run(feeds, outputs = session.outputNames) {
      if (blocks) await breathe()
      try {
        const tensors = Object.entries(feeds).map(([key, tensor]) => [key, toOrt(tensor)] as const)
        const results = await session.run(Object.fromEntries(tensors), [...outputs])
        return Object.fromEntries(
          outputs.map((key) => {
            const { data, dims } = results[key]!
            return [key, { data: data as Tensor['data'], shape: dims }]
          }),
        )
      } catch (cause) {
        throw new EngineError('ENGINE_RUN_FAILED', `${name} stopped: ${firstLine(cause)}`, { cause })
      }
    },
    release: () => session.release(),
  }
}
