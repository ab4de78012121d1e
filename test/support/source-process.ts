/** Runs one of our TypeScript files as a real process of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

export interface SourceProcess {
  readonly child: ChildProcess
  /** Lines of stdout, as they come. */
  readonly lines: AsyncIterableIterator<string>
  /** Resolves when the process has ended and its output is complete. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; stderr: string }>
}

/**
 * In the environment of a build server, where a pipe too gets text without colours. `wrap` puts another command in
 * front, such as a shell that sets limits.
 */
export function startSource(
  file: string,
  args: readonly string[],
  wrap: readonly string[] = [],
): SourceProcess {
  const node = [process.execPath, '--conditions=source', '--import', 'tsx', file, ...args]
  const [command, ...rest] = [...wrap, ...node]
  const child = spawn(command!, rest, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, CI: 'true' },
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null; stderr: string }>(
    (resolve) => {
      child.on('close', (code, signal) => resolve({ code, signal, stderr }))
    },
  )
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](), ended }
}
