/** The port between the engine and whatever executes its ONNX graphs. */

/** A dense tensor; the array's own type says the element type. */
export interface Tensor {
  readonly data: Float32Array | Float64Array | Int32Array | BigInt64Array
  readonly shape: readonly number[]
}

export type RuntimeName = 'onnxruntime-node' | 'onnxruntime-web' | 'tfjs-cpu' | 'tfjs-node'

/** What computes inside ONNX Runtime: https://onnxruntime.ai/docs/execution-providers/. */
export const executionProviders = ['cpu', 'cuda', 'webgpu', 'coreml', 'dml'] as const
export type ExecutionProvider = (typeof executionProviders)[number]

export interface Runtime {
  readonly name: RuntimeName
  /** Threads one run may use. On a CPU the same seed, data and thread count give the same bits. */
  readonly threads: number
  /** What computes at present: a provider that refuses a model gives way to the CPU, which is WebAssembly's too. */
  readonly provider: ExecutionProvider
  /** Prepares a model; throws ENGINE_MODEL_INVALID when the runtime refuses it. */
  load(model: Uint8Array): Promise<Session>
}

export interface Session {
  /**
   * Feeds every input of the model and gives the named outputs, all of them when none is named.
   * Throws ENGINE_RUN_FAILED when an input is missing or does not fit.
   */
  run(feeds: Readonly<Record<string, Tensor>>, outputs?: readonly string[]): Promise<Record<string, Tensor>>
  release(): Promise<void>
}

/** Reads a named float output, which the graph's author knows to be there. */
export function floats(outputs: Record<string, Tensor>, name: string): Float32Array {
  const data = outputs[name]?.data
  if (!(data instanceof Float32Array)) throw new TypeError(`internal: output ${name} holds no float32 values`)
  return data
}
