/**
 * Peers run in processes of their own, where each has its threads and its memory to itself, and speak JSON
 * lines: a question on stdin, its answer on stdout.
 *
 *     -> { "layers", "parameters": [{ "name", "shape", "trained", "data" }], "batchSize", "inputs", "targets" }
 *     <- { "version", "losses": [of three steps on the first batch] }   or   { "absent": "the reason" }
 *     -> { "seconds": 0.6 }
 *     <- { "samplesPerSecond" }, of steps on one batch after another, after one uncounted step
 *
 * Arrays of numbers are base64 of little-endian float32. A peer prepares as often as it is asked to, and ends
 * when its stdin does.
 */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { layersOf } from '#engine/architectures.ts'
import { namedParameters } from '#engine/network.ts'
import type { Workload } from './workload.ts'

export interface PeerProcess {
  prepare(work: Workload): Promise<PreparedPeer | { absent: string }>
  close(): Promise<void>
}

export interface PreparedPeer {
  readonly version: string
  /** Of the first three steps, all on the first batch. */
  readonly losses: readonly number[]
  /** Samples per second over about so long; rejects when the process has ended. */
  measure(seconds: number): Promise<number>
}

export interface PeerCommand {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** Starts at once; one that does not start says so when it is to prepare. */
export function startPeer({ command, args, env = {} }: PeerCommand): PeerProcess {
  // In a group of its own, so that Ctrl-C is left to this process, whose end ends the peer.
  const options = { env: { ...process.env, ...env }, stdio: 'pipe', detached: true } as const
  const child = spawn(command, args, options)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaints = `${complaints}${chunk.toString()}`.slice(-2000)
  })
  // Writing to a process that has ended; that it has is told below.
  child.stdin.on('error', () => {})
  const ended = new Promise<string>((resolve) => {
    child.once('error', () => resolve(`${command} does not start`))
    child.once('close', (code, signal) => {
      const said = complaints.trimEnd().split('\n')
      const reason = said.find((line) => /^\w*Error\b/.test(line)) ?? said.at(-1)
      resolve(`${command} ended with ${signal ?? code}${reason ? `: ${reason}` : ''}`)
    })
  })

  const ask = async (question: object): Promise<Record<string, unknown>> => {
    child.stdin.write(`${JSON.stringify(question)}\n`)
    const { done, value } = await lines.next()
    if (done) throw new Error(await ended)
    return JSON.parse(value) as Record<string, unknown>
  }
  return {
    async prepare(work) {
      const answer = await ask(questionOf(work)).catch((error: Error) => ({ absent: error.message }))
      if ('absent' in answer) return { absent: String(answer['absent']) }
      return {
        version: String(answer['version']),
        losses: answer['losses'] as number[],
        measure: async (seconds) => (await ask({ seconds }))['samplesPerSecond'] as number,
      }
    },
    async close() {
      child.stdin.end()
      await ended
    },
  }
}

const questionOf = ({ network, batchSize, inputs, targets }: Workload): object => ({
  layers: layersOf(network.spec),
  parameters: namedParameters(network).map(({ name, shape, trained, data }) => ({
    name,
    shape,
    trained,
    data: toBase64(data),
  })),
  batchSize,
  inputs: toBase64(inputs),
  targets: toBase64(targets),
})

const toBase64 = ({ buffer, byteOffset, byteLength }: Float32Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64')
