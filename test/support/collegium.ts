/** The command line, run to its end. */
import { execFile } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { vi } from 'vitest'
import { main } from '#cli/main.ts'

export interface Ended {
  readonly status: number | string | null
  readonly stdout: string
  readonly stderr: string
}

/**
 * As a process of its own, which takes a second or two of computing to start, in the environment of a build server:
 * there too a pipe gets text without colours.
 */
export function collegium(...args: readonly string[]): Promise<Ended> {
  const node = ['--conditions=source', '--import', 'tsx', 'cli/main.ts', ...args]
  const env = { ...process.env, CI: 'true' }
  return new Promise((resolve) => {
    execFile(process.execPath, node, { env, timeout: 25_000 }, (error, stdout, stderr) =>
      resolve({ status: error ? (error.code ?? error.signal ?? null) : 0, stdout, stderr }),
    )
  })
}

/** In this process: what it prints, without colours, and the status that it would end with. One at a time. */
export async function collegiumHere(...args: readonly string[]): Promise<Ended> {
  let [stdout, stderr] = ['', '']
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((stdout += String(text)), true)),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((stderr += String(text)), true)),
  ]
  try {
    const status = await main(args)
    return { status, stdout: stripVTControlCharacters(stdout), stderr: stripVTControlCharacters(stderr) }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}
