/**
 * Simulations as processes of their own, as anyone would start them: `simulate --json`, one seed each, on one thread,
 * as many at a time as there are cores. A report that was kept is read instead of made again, so that hours of
 * measuring may be interrupted.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { parseReports, type Report } from '#distill/report.ts'

export interface Simulations {
  /** One for each rule that the options name. Rejects with what the process said when it failed. */
  reports(options: readonly string[], seed: number): Promise<readonly Report[]>
}

export interface SimulationOptions {
  /** At a time. */
  readonly processes: number
  /** Where reports are kept; nowhere unless given. */
  readonly folder?: string | undefined
  readonly signal?: AbortSignal | undefined
}

export function openSimulations({ processes, folder, signal }: SimulationOptions): Simulations {
  const inTurn = turnsFor(processes)
  return {
    reports: (options, seed) =>
      inTurn(async () => {
        const args = [...options, '--seeds', '1', '--first-seed', String(seed)]
        const kept = folder === undefined ? undefined : path.join(folder, `${nameOf(args)}.json`)
        const text = kept && (await readFile(kept, 'utf8').catch(() => undefined))
        if (text !== undefined && text !== '') return parseReports(text)
        const made = await simulate(args, signal)
        if (kept !== undefined) await keep(kept, made)
        return parseReports(made)
      }),
  }
}

async function simulate(args: readonly string[], signal: AbortSignal | undefined): Promise<string> {
  const command = [...process.execArgv, process.argv[1] ?? '', 'simulate', ...args]
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...command, '--threads', '1', '--arms', 'federation', '--json'],
    { maxBuffer: 2 ** 28, ...(signal && { signal }) },
  )
  return stdout
}

/** Whole or not at all. */
async function keep(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(`${file}.part`, text)
  await rename(`${file}.part`, file)
}

/** The same for the same options; paths count by their last part. */
export function nameOf(args: readonly string[]): string {
  const short = args.map((arg) => arg.replace(/^(file:)?.*\//, '$1'))
  return createHash('sha256').update(JSON.stringify(short)).digest('hex').slice(0, 16)
}

/** At most so much work at a time, in the order asked. */
export function turnsFor(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let free = most
  return async (work) => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}
