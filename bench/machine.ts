/** What a figure depends on besides the code: the machine, its load, and the versions. */
import { readFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'

export interface Machine {
  readonly cores: number
  readonly processor: string
  readonly memoryBytes: number
  readonly node: string
  /** Of the runtimes that train. */
  readonly versions: Readonly<Record<string, string>>
}

const RUNTIMES = ['onnxruntime-node', 'onnxruntime-web']

export async function describeMachine(): Promise<Machine> {
  const versions = await Promise.all(RUNTIMES.map(async (name) => [name, await versionOf(name)]))
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    memoryBytes: totalmem(),
    node: process.version,
    versions: Object.fromEntries(versions),
  }
}

/** Processes that want to run, averaged over the last minute. */
export const loadAverage = (): number => Math.round(loadavg()[0]! * 100) / 100

/** The version of an installed package; "absent" when there is none. */
export async function versionOf(name: string): Promise<string> {
  try {
    // Not every package exports its package.json, so it is looked for above its entry.
    for (let at = new URL('.', import.meta.resolve(name)); at.pathname !== '/'; at = new URL('..', at)) {
      const text = await readFile(fileURLToPath(new URL('package.json', at)), 'utf8').catch(() => '{}')
      const found = JSON.parse(text) as { name?: string; version?: string }
      if (found.name === name && found.version !== undefined) return found.version
    }
  } catch {
    // Not installed.
  }
  return 'absent'
}
