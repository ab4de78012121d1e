/** The command line as a process of its own, run to its end. */
import { execFile } from 'node:child_process'

export interface Ended {
  readonly status: number | string | null
  readonly stdout: string
  readonly stderr: string
}

export function collegium(...args: readonly string[]): Promise<Ended> {
  const node = ['--conditions=source', '--import', 'tsx', 'cli/main.ts', ...args]
  const env = { ...process.env, NO_COLOR: '1' }
  return new Promise((resolve) => {
    execFile(process.execPath, node, { env, timeout: 25_000 }, (error, stdout, stderr) =>
      resolve({ status: error ? (error.code ?? error.signal ?? null) : 0, stdout, stderr }),
    )
  })
}
