/** Who the engine is measured against, and how each is started. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Contestant } from './harness.ts'
import { firstLosses } from './ours.ts'
import { startPeer } from './peer-process.ts'
import type { PeerCommand, PeerProcess } from './peer-process.ts'
import { oneBatch } from './workload.ts'
import type { Workload } from './workload.ts'

interface PeerKind {
  readonly name: string
  /** Others it is absent for. */
  readonly threads: readonly number[]
  readonly command: (threads: number) => PeerCommand
  /** Whether a full batch would take it too long. */
  readonly slow?: true
}

/** Whatever `python3` is on the PATH. */
export const pytorch = (threads: number, python = 'python3'): PeerCommand => ({
  command: python,
  args: [pytorchScript(), String(threads)],
})

const tfjs = (backend: string, threads: number): PeerCommand => ({
  command: process.execPath,
  args: [...process.execArgv, fileURLToPath(import.meta.resolve('#bench/tfjs-process.ts')), backend],
  env: { TF_NUM_INTRAOP_THREADS: String(threads), TF_NUM_INTEROP_THREADS: '1', TF_CPP_MIN_LOG_LEVEL: '2' },
})

const kinds: readonly PeerKind[] = [
  { name: 'PyTorch', threads: [1, 2], command: pytorch },
  { name: 'tfjs-node', threads: [1, 2], command: (threads) => tfjs('node', threads) },
  { name: 'tfjs wasm', threads: [1], command: (threads) => tfjs('wasm', threads) },
  { name: 'tfjs cpu', threads: [1], command: (threads) => tfjs('cpu', threads), slow: true },
]

export interface Peers {
  /** Everyone, ready for the work; throws an Error when a peer's first losses are not ours. */
  contestants(work: Workload, threads: number, slowBatch?: number): Promise<Record<string, Contestant>>
  close(): Promise<void>
}

/** Starts each peer when it is first wanted, once for each number of threads. */
export function openPeers(): Peers {
  const started = new Map<string, PeerProcess>()
  const processOf = ({ name, command }: PeerKind, threads: number): PeerProcess => {
    const key = `${name}, ${threads}`
    const known = started.get(key) ?? startPeer(command(threads))
    started.set(key, known)
    return known
  }
  return {
    async contestants(work, threads, slowBatch) {
      const all: [string, Contestant][] = []
      for (const kind of kinds) {
        const reduced = kind.slow && slowBatch !== undefined && slowBatch < work.batchSize
        const own = reduced ? oneBatch(work, slowBatch) : work
        const contestant = kind.threads.includes(threads)
          ? await contestantOf(kind.name, processOf(kind, threads), own)
          : { absent: 'uses one thread in Node' }
        const note = reduced && 'measure' in contestant && { note: `batches of ${slowBatch}` }
        all.push([kind.name, { ...contestant, ...note }])
      }
      return Object.fromEntries(all)
    },
    async close() {
      await Promise.all([...started.values()].map((peer) => peer.close()))
    },
  }
}

/** Absent for the reason that the process gives. */
export async function contestantOf(name: string, peer: PeerProcess, work: Workload): Promise<Contestant> {
  const prepared = await peer.prepare(work)
  if ('absent' in prepared) return prepared
  const ours = await firstLosses(work, STEPS)
  const apart = Math.max(...ours.map((loss, i) => Math.abs(loss - prepared.losses[i]!)))
  if (!(apart < MOST_APART)) {
    const shown = `${ours.join(', ')} and ${prepared.losses.join(', ')}`
    throw new Error(
      `${work.name}: the losses of the engine and of ${name} are ${shown}; the work is not equal.`,
    )
  }
  return prepared
}

const STEPS = 3
const MOST_APART = 1e-3

/** Beside this file, or, from a build, beside its source. */
function pytorchScript(): string {
  const places = ['./pytorch_peer.py', '../../bench/pytorch_peer.py']
  const paths = places.map((place) => fileURLToPath(new URL(place, import.meta.url)))
  return paths.find((path) => existsSync(path)) ?? paths[0]!
}
