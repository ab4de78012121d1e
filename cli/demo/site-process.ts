/** One site as a process of its own: `collegium client start`, its log in its folder, ended with the demo. */
import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { CollegiumError } from '#proto/errors.ts'

export interface SiteProcess {
  readonly site: string
  /** Rejects when the process ends before it was told to, with the last thing it said. */
  readonly failed: Promise<never>
  stop(): Promise<void>
}

/** How long a site may take to close its store before it is killed. */
const GRACE_MS = 5000

/** Ctrl-C reaches the whole process group: once `interrupted`, a site that ends has not failed. */
export function startSiteProcess(site: string, dir: string, interrupted: AbortSignal): SiteProcess {
  const script = process.argv[1] ?? ''
  const child = spawn(
    process.execPath,
    [...process.execArgv, script, 'client', 'start', '--dir', dir, '--json'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const log = createWriteStream(path.join(dir, 'site.log'), { flags: 'a' })
  let said = ''
  const remember = (chunk: Buffer) => {
    said = `${said}${chunk.toString('utf8')}`.slice(-2000)
    log.write(chunk)
  }
  child.stdout.on('data', remember)
  child.stderr.on('data', remember)

  let stopping = false
  // Not on "exit": the last lines may still be in the pipe then.
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const killOnExit = () => void child.kill('SIGKILL')
  process.once('exit', killOnExit)
  const failed = new Promise<never>((_, reject) => {
    const fail = (how: string) =>
      reject(new CollegiumError('RUN_FAILED', `The process of site "${site}" ended (${how}).`))
    child.once('error', (cause) => fail(cause.message))
    child.once('close', (status, signal) => {
      log.end()
      process.off('exit', killOnExit)
      if (!stopping && !interrupted.aborted) fail(`${signal ?? `status ${status}`}: ${lastWords(said)}`)
    })
  })
  failed.catch(() => undefined) // whoever waits for it hears of it; nobody need wait

  return {
    site,
    failed,
    async stop() {
      stopping = true
      child.kill('SIGTERM')
      const killer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
      await ended
      clearTimeout(killer)
    },
  }
}

/** The sentence of the last line that a program wrote with `--json`: an error's, or a log line's. */
function lastWords(said: string): string {
  const line = said.trim().split('\n').at(-1) ?? ''
  try {
    const { error, msg } = JSON.parse(line) as { error?: { message?: string }; msg?: string }
    return error?.message ?? msg ?? line
  } catch {
    return line
  }
}
