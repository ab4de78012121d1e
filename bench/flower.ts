/** Flower's SecAgg+ as a peer: whatever `flwr` the `python3` on the PATH has. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Absent } from './row.ts'
import type { SumTask } from './secagg-sums.ts'

export interface FlowerFigures {
  readonly version: string
  /** CPU seconds of the masks of one client, and of those that the server takes off the sum. */
  readonly client: number
  readonly coordinator: number
}

export async function measureFlower(
  { sites, words, drops }: SumTask,
  seconds: number,
): Promise<FlowerFigures | Absent> {
  const args = [script(), sites, words, drops, seconds].map(String)
  try {
    const { stdout } = await promisify(execFile)('python3', args)
    return JSON.parse(stdout) as FlowerFigures | Absent
  } catch (error) {
    return { absent: `python3 does not run it: ${(error as Error).message.split('\n')[0]}` }
  }
}

/** Beside this file, or, from a build, beside its source. */
function script(): string {
  const places = ['./flwr_peer.py', '../../bench/flwr_peer.py']
  const paths = places.map((place) => fileURLToPath(new URL(place, import.meta.url)))
  return paths.find((path) => existsSync(path)) ?? paths[0]!
}
