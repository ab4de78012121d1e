/** What the two builds of ONNX Runtime share: one JavaScript API behind our port. */
import type { InferenceSession, Tensor as OrtTensor, TensorConstructor } from 'onnxruntime-web'
import { EngineError, firstLine } from '../errors.ts'
import type { Runtime, Session, Tensor } from './runtime.ts'

interface Ort {
  Tensor: TensorConstructor
  InferenceSession: {
    create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>
  }
}

export function ortRuntime(
  name: Runtime['name'],
  ort: Ort,
  threads: number,
  executionProvider: 'cpu' | 'wasm',
): Runtime {
  return {
    name,
    threads,
    async load(model) {
      const session = await ort.InferenceSession.create(model, {
        executionProviders: [executionProvider],
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        executionMode: 'sequential',
        graphOptimizationLevel: 'all',
        logSeverityLevel: 3,
        // Threads that wait for each other sleep. Spinning, they halve the speed of two sites on one machine.
        extra: { session: { intra_op: { allow_spinning: '0' } } },
      }).catch((cause: unknown) => {
        throw new EngineError('ENGINE_MODEL_INVALID', `${name} cannot load the model: ${firstLine(cause)}`, {
          cause,
        })
      })
      return ortSession(name, ort, session, executionProvider === 'wasm')
    },
  }
}

/** Lets timers, sockets and signals have their turn: a macrotask, where awaiting alone makes a microtask. */
const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve)
    else setTimeout(resolve)
  })

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
